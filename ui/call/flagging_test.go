package call_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui/theme"
)

// asked is a stage on which the rep has just flagged the open answer.
func asked(t *testing.T) *stage {
	s := stageWith(t, opened())
	s.press(ctrl(fyne.KeyF))
	s.press(alt(fyne.KeyW))
	s.page.SetView(flagged(0))
	return s
}

func TestASentenceIsFlaggedByItsNumber(t *testing.T) {
	s := asked(t)
	s.typed("2")
	if got := s.lastUse(t).Answered; got != (live.AnsweredUse{Sentence: 2}) {
		t.Fatalf("told %+v", got)
	}
	s.page.SetView(flagged(2))
	if !s.focusIn("Why? In your words") {
		t.Fatal("why cannot be written at once")
	}
	s.typed("2 weeks")
	if got := s.lastUse(t).Answered; got != (live.AnsweredUse{Typed: true, Why: "2 weeks"}) {
		t.Errorf("told %+v", got)
	}
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t).Answered; got != (live.AnsweredUse{Done: true}) {
		t.Errorf("told %+v", got)
	}
	s.page.SetView(opened())
	if !s.focusIn("A few of their words") {
		t.Error("the keyboard does not go back to what the customer says")
	}
}

func TestASentenceIsFlaggedByArrowsAndByTheMouse(t *testing.T) {
	s := asked(t)
	for _, k := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} {
		s.key(k)
	}
	if got := s.lastUse(t).Answered; got.Sentence != 3 {
		t.Errorf("by arrows: told %+v", got)
	}
	s = asked(t)
	for range 6 {
		s.key(fyne.KeyDown)
	}
	if !s.focusIn("Why? In your words") {
		t.Error("behind the last sentence there is no why")
	}
	s.key(fyne.KeyUp)
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t).Answered; got.Sentence != 6 {
		t.Errorf("back from why: told %+v", got)
	}
	s = asked(t)
	tapWord(t, s, "If it is still there on Thursday, we refund it the same")
	if got := s.lastUse(t).Answered; got.Sentence != 3 {
		t.Errorf("by the mouse: told %+v", got)
	}
}

func TestEscLeavesTheFlagAndThenClosesTheAnswer(t *testing.T) {
	s := asked(t)
	s.key(fyne.KeyEscape)
	if got := s.lastUse(t); got.Answered != (live.AnsweredUse{Done: true}) || got.CloseAnswer {
		t.Errorf("told %+v", got)
	}
	s.page.SetView(opened())
	s.key(fyne.KeyEscape)
	if got := s.lastUse(t); !got.CloseAnswer {
		t.Errorf("told %+v", got)
	}
}

func TestThePicturesOfAnAnswerStandBelowItsSteps(t *testing.T) {
	s := stageWith(t, with(opened(), func(v *live.View) {
		v.Open.Files = []assist.File{{Name: "payment-list.png", Blob: "p", Step: 2}, {Name: "form.pdf", Blob: "f"}}
	}))
	got := strings.ReplaceAll(s.shown(), "\n", " ")
	if !strings.Contains(got, "form.pdf Step 2 payment-list.png") {
		t.Errorf("not named: %s", got)
	}
	s.page.SetView(opened())
	if strings.Contains(s.shown(), "form.pdf") {
		t.Error("the files of another answer are still there")
	}
}

func TestAFlagBlocksNothing(t *testing.T) {
	s := asked(t)
	s.typed("and my parcel")
	if n := len(s.heard); n == 0 || !strings.HasSuffix(s.heard[n-1], "and my parcel") {
		t.Errorf("heard %q", s.heard)
	}
	s = asked(t)
	s.press(ctrl(fyne.KeyF))
	s.typed("2 parcels")
	if n := len(s.heard); n == 0 || !strings.HasSuffix(s.heard[n-1], "2 parcels") {
		t.Errorf("heard %q: a number in the box is no sentence", s.heard)
	}
	s = asked(t)
	s.typed("9")
	if got := s.lastUse(t); got.Answered.Sentence != 0 {
		t.Errorf("a sentence that is not there was flagged: %+v", got)
	}
}

func TestACallThatComesBackDoesNotTakeTheKeyboardForItsFlag(t *testing.T) {
	s := stageWith(t, with(known(), func(v *live.View) { v.Call = "c2" }))
	s.press(ctrl(fyne.KeyJ))
	s.page.SetView(flagged(0))
	s.typed("2")
	for _, u := range s.uses {
		if u.Answered.Sentence != 0 {
			t.Errorf("told %+v", u)
		}
	}
}

func TestTheSentencesOfAFlagAreInSight(t *testing.T) {
	for name, size := range sizes {
		s := open(t, size, theme.Light)
		s.page.SetView(opened())
		s.press(alt(fyne.KeyW))
		s.page.SetView(flagged(0))
		if !s.stands("I can see both charges, Mary, and") || !s.stands("WHICH SENTENCE") {
			t.Errorf("%s: the sentences are out of sight", name)
		}
	}
}

func TestTheWrapUpTeachesTheLibraryByOneKey(t *testing.T) {
	s := stageWith(t, taught("a trimmer to lend", false))
	s.press(alt(fyne.KeyI))
	if !s.lastUse(t).WrapUp.Make {
		t.Errorf("told %+v", s.uses)
	}
	s.press(alt(fyne.KeyZ))
	if !s.lastUse(t).WrapUp.Forget {
		t.Errorf("told %+v", s.uses)
	}
	tapWord(t, s, "Make this an answer")
	tapWord(t, s, "Do not keep")
	if len(s.uses) != 4 || !s.uses[2].WrapUp.Make || !s.uses[3].WrapUp.Forget {
		t.Errorf("by the mouse: told %+v", s.uses)
	}
	for name, v := range map[string]live.View{"talking": known(), "nothing is left": wrapping(),
		"made": with(taught("x", true), func(v *live.View) { v.WrapUp.Missed = 0 })} {
		s := stageWith(t, v)
		s.press(alt(fyne.KeyI))
		s.press(alt(fyne.KeyZ))
		if len(s.uses) != 0 {
			t.Errorf("%s: told %+v", name, s.uses)
		}
	}
}

func TestTheNoteIsKeptForTheRepAloneByKeyAndByMouse(t *testing.T) {
	noted := func(private bool) live.View {
		return with(wrapping(), func(v *live.View) {
			w := *v.WrapUp
			w.Noted, w.Private = true, private
			v.WrapUp = &w
		})
	}
	s := stageWith(t, noted(false))
	s.press(ctrl(fyne.KeyO))
	tapWord(t, s, "The note is only for me")
	if len(s.uses) != 2 || !s.uses[0].WrapUp.Private || !s.uses[1].WrapUp.Private {
		t.Errorf("told %+v", s.uses)
	}
	s.page.SetView(noted(true))
	if !s.stands("✓ The note is only for me") {
		t.Error("it is not seen that the note is only for the rep")
	}
	s = stageWith(t, wrapping())
	s.press(ctrl(fyne.KeyO))
	if len(s.uses) != 0 || s.stands("The note is only for me") {
		t.Errorf("without a note: told %+v", s.uses)
	}
}

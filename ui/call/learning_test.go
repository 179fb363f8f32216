package call_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var wanted = live.Learn{Answer: "charged-twice", Words: "they took it two times"}

func TestWhatCameOfTheOpenAnswerIsToldByOneKey(t *testing.T) {
	for name, c := range map[string]struct {
		key   fyne.KeyName
		label string
		want  live.AnsweredUse
	}{
		"said":   {fyne.KeyS, "Said it", live.AnsweredUse{Answer: "charged-twice", Said: true}},
		"helped": {fyne.KeyH, "Helped", live.AnsweredUse{Answer: "charged-twice", Helped: true}},
		"wrong":  {fyne.KeyW, "Wrong", live.AnsweredUse{Answer: "charged-twice", Wrong: true}},
	} {
		s := stageWith(t, opened())
		s.press(ctrl(fyne.KeyJ))
		s.press(alt(c.key))
		tapWord(t, s, c.label)
		if len(s.uses) != 2 || s.uses[0].Answered != c.want || s.uses[1].Answered != c.want {
			t.Errorf("%s: told %+v", name, s.uses)
		}
	}
	s := stageWith(t, known())
	s.press(alt(fyne.KeyS))
	if len(s.uses) != 0 {
		t.Errorf("no answer is open, and told %+v", s.uses)
	}
}

func TestOneKeyTakesTheWordsAsTheyWereMended(t *testing.T) {
	s := stageWith(t, learned(wanted))
	s.press(alt(fyne.KeyL))
	if got := s.lastUse(t).Learn; got.Words != "they took it two times" {
		t.Errorf("took %+v", got)
	}
	for range 40 { // by Tab
		if s.win.Canvas().(interface{ FocusNext() }).FocusNext(); s.focusIn("The customer's words") {
			break
		}
	}
	if !s.focusIn("The customer's words") {
		t.Fatal("the words cannot be mended")
	}
	s.press(&fyne.ShortcutSelectAll{})
	s.typed("took it twice")
	s.page.SetView(with(learned(wanted), func(v *live.View) { v.Seq++; v.Note.Text = "x" }))
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t).Learn; got.Words != "took it twice" {
		t.Errorf("took %+v", got)
	}
	s.page.SetView(learned(live.Learn{Answer: "charged-twice", Words: "took it twice", Taken: true}))
	if !s.focusIn("A few of their words") {
		t.Error("the keyboard does not go back to what the customer says")
	}
	uses := len(s.uses)
	s.press(alt(fyne.KeyL))
	if len(s.uses) != uses {
		t.Errorf("what was taken is taken again: %+v", s.lastUse(t))
	}
}

func TestEscRefusesTheWordsBeforeItClosesTheAnswer(t *testing.T) {
	s := stageWith(t, learned(wanted))
	s.press(ctrl(fyne.KeyF))
	s.key(fyne.KeyEscape)
	if got := s.lastUse(t); !got.Learn.Refuse || got.CloseAnswer {
		t.Errorf("told %+v", got)
	}
	s.page.SetView(learned(live.Learn{Answer: "charged-twice", Words: "x", Taken: true}))
	s.key(fyne.KeyEscape)
	if got := s.lastUse(t); !got.CloseAnswer {
		t.Errorf("told %+v", got)
	}
}

func TestTheMarkWalksFromAnswersToWhatElseWasFound(t *testing.T) {
	s := stageWith(t, with(known(), func(v *live.View) { v.Answers.Hits = v.Answers.Hits[:2]; v.Found = finds() }))
	s.press(ctrl(fyne.KeyF))
	s.key(fyne.KeyDown)
	if len(s.uses) != 1 || !s.uses[0].Moved {
		t.Fatalf("told %+v, want that the rep has moved", s.uses)
	}
	s.key(fyne.KeyDown) // people stand first, whatever the order in which they came
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t).Found; got != (live.FoundUse{Type: assist.TypeCustomer, ID: "peter"}) || len(s.uses) != 2 {
		t.Errorf("told %+v", s.uses)
	}
	for range 9 {
		s.key(fyne.KeyDown)
	}
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t).Found; got.ID != "season" {
		t.Errorf("the last row opened %+v", got)
	}
	s.typed(" x")
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t); got.Answer != "charged-twice" {
		t.Errorf("after new words Enter opened %+v, want the first answer", got)
	}
}

// stands reports whether a text is in sight, not scrolled away.
func (s *stage) stands(text string) bool {
	return slices.ContainsFunc(s.words(), func(w word) bool { return strings.Contains(w.text, text) })
}

func TestTheMarkedRowIsAlwaysInSight(t *testing.T) {
	for name, size := range sizes {
		s := open(t, size, theme.Light)
		s.page.SetView(with(known(), func(v *live.View) { v.Found = finds() }))
		s.press(ctrl(fyne.KeyF))
		for range 12 {
			s.key(fyne.KeyDown)
		}
		if !s.stands("How was the season for you?") {
			t.Errorf("%s: the mark is on the last row, which is out of sight", name)
		}
		for range 12 {
			s.key(fyne.KeyUp)
		}
		if !s.stands("Charged twice for") {
			t.Errorf("%s: the mark is on the first row again, which is out of sight", name)
		}
		for range 12 {
			s.key(fyne.KeyDown)
		}
		s.typed("x")
		s.page.SetView(with(known(), func(v *live.View) { v.Heard, v.Found = s.page.View().Heard+"x", finds() }))
		if !s.stands("What does the customer") || !s.stands("Charged twice for") {
			t.Errorf("%s: after new words their first answer is out of sight", name)
		}
	}
}

func TestTheMarkFollowsTheOpenAnswer(t *testing.T) {
	s := stageWith(t, known())
	s.press(ctrl(fyne.KeyF))
	s.press(ctrl(fyne.Key2))
	s.page.SetView(with(known(), func(v *live.View) { v.Open = &live.Open{AnswerHit: hits()[1]} }))
	s.key(fyne.KeyDown)
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t).Answer; got != "change-payment" {
		t.Errorf("Down from the second answer and Enter opened %q", got)
	}
}

func TestEnterOpensTheMarkedRowWhereNothingHasTheKeyboard(t *testing.T) {
	s := stageWith(t, known())
	s.win.Canvas().Unfocus()
	s.key(fyne.KeyDown)
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t).Answer; got != "refund-late" {
		t.Errorf("opened %q", got)
	}
}

func TestAClosedAnswerLeavesTheKeyboardToTheBox(t *testing.T) {
	s := stageWith(t, opened())
	s.press(ctrl(fyne.KeyF))
	s.win.Canvas().FocusNext() // Close
	s.key(fyne.KeyEscape)
	s.page.SetView(with(opened(), func(v *live.View) { v.Open = nil }))
	if !s.focusIn("A few of their words: charged twice") {
		t.Errorf("the keyboard is in %T", s.win.Canvas().Focused())
	}
}

func TestAnAnswerThatClosesByItselfTakesTheKeyboardFromNobodyElse(t *testing.T) {
	s := stageWith(t, opened())
	elsewhere := widgets.NewAction(widgets.Plain, "On another page", "", widgets.Keys{}, func() {})
	s.win.SetContent(container.NewStack(s.page.Object(), elsewhere))
	s.win.Canvas().Focus(elsewhere)
	s.page.SetView(with(opened(), func(v *live.View) { v.Open = nil }))
	if s.win.Canvas().Focused() != fyne.Focusable(elsewhere) {
		t.Errorf("the keyboard is in %T", s.win.Canvas().Focused())
	}
}

func TestWhatIsOpenedFromTheEndOfTheListsStandsInSight(t *testing.T) {
	for name, size := range sizes {
		s := open(t, size, theme.Light)
		listed := with(known(), func(v *live.View) { v.Found = finds() })
		s.page.SetView(listed)
		s.press(ctrl(fyne.KeyF))
		for range 12 {
			s.key(fyne.KeyDown)
		}
		s.page.SetView(with(listed, func(v *live.View) {
			v.Peek = &live.Peek{Type: assist.TypeNote, ID: "n1", Title: "Peter Shaw", Sub: "noted today"}
		}))
		if !s.stands("A NOTE") {
			t.Errorf("%s: the note opened out of sight", name)
		}
		for range 12 {
			s.key(fyne.KeyDown)
		}
		s.page.SetView(with(known(), func(v *live.View) { v.Call = "c2" }))
		if !s.stands("Mary Shaw") {
			t.Errorf("%s: the card of the next call is out of sight", name)
		}
	}
}

// A line of 10,000 letters is wider than graphics cards paint.
func TestTheBoxHasAnEndAndSaysSo(t *testing.T) {
	s := stageWith(t, known())
	s.page.TypeHeard(strings.Repeat("twice ", 2000))
	if n := len([]rune(s.heard[len(s.heard)-1])); n != 1000 {
		t.Errorf("the desk heard %d letters", n)
	}
	if !s.stands("The box is full") {
		t.Error("nobody says that the box is full")
	}
	s.page.TypeHeard("charged twice")
	s.page.SetView(known())
	if s.stands("The box is full") {
		t.Error("a box with room is said to be full")
	}
}

func TestAPersonFoundByNameTakesTheWordsOutOfTheBox(t *testing.T) {
	s := stageWith(t, live.View{At: now, Phase: live.Idle, Who: live.Nobody})
	s.typed("shaw") // with no box in front
	if got := strings.Join(s.heard, ","); got != "s,sh,sha,shaw" {
		t.Fatalf("heard %q", got)
	}
	s.page.SetView(found())
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t).Found; got.ID != "peter" || got.Call {
		t.Errorf("told %+v", got)
	}
	if strings.Contains(s.shown(), "shaw") {
		t.Error("the name stays in the box")
	}
	s = stageWith(t, with(known(), func(v *live.View) { v.Answers, v.Found = live.Answers{State: "none"}, finds() }))
	s.page.TypeHeard("shaw")
	s.press(ctrl(fyne.KeyF))
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t).Found; got.ID != "peter" || !strings.Contains(s.shown(), "shaw") {
		t.Errorf("a look at somebody else: %+v", got)
	}
}

func TestBetweenCallsAFoundPersonIsNoQuestionWithoutAnAnswer(t *testing.T) {
	s := stageWith(t, found())
	if strings.Contains(s.shown(), "Nothing in the library fits") {
		t.Error("somebody was found, and the page says that nothing fits")
	}
}

func TestEscClosesThePeek(t *testing.T) {
	s := stageWith(t, with(known(), func(v *live.View) { v.Peek = &live.Peek{Type: assist.TypeCustomer, Title: "Peter Shaw"} }))
	if got := s.shown(); !strings.Contains(got, "ANOTHER CUSTOMER") || !strings.Contains(got, "Mary Shaw") {
		t.Errorf("the page shows:\n%s", got)
	}
	s.press(ctrl(fyne.KeyF))
	s.key(fyne.KeyEscape)
	if !s.lastUse(t).CloseAnswer || len(s.heard) != 0 {
		t.Errorf("told %+v, heard %v", s.uses, s.heard)
	}
}

// people answers what was typed into the box for a caller.
func (s *stage) people(words string) {
	s.page.SetView(with(s.page.View(), func(v *live.View) {
		v.Seq++
		v.People = live.People{For: words, Found: []glance.Found{{Type: assist.TypeCustomer, ID: "peter", Title: "Peter Shaw"}, {Type: assist.TypeCustomer, ID: "mary", Title: "Mary Shaw"}}}
	}))
}

func TestANameInTheBoxForACallerOffersWhoThatMayBe(t *testing.T) {
	for name, view := range map[string]live.View{"idle": {At: now, Phase: live.Idle, Who: live.Nobody}, "in a call": known()} {
		for _, c := range []struct {
			typed string
			keys  []fyne.KeyName
			who   assist.ID // "" is a ring
		}{
			{"shaw", nil, "peter"},
			{"shaw", []fyne.KeyName{fyne.KeyDown}, "mary"},
			{"shaw", []fyne.KeyName{fyne.KeyUp}, ""},
			{"0113 49", nil, ""},
			{"0113 49", []fyne.KeyName{fyne.KeyDown}, "peter"},
		} {
			s := stageWith(t, view)
			s.press(ctrl(fyne.KeyK))
			s.typed(c.typed)
			if got := s.lastUse(t).People; got != c.typed {
				t.Fatalf("%s: looked for %q", name, got)
			}
			s.people(c.typed)
			for _, k := range append(c.keys, fyne.KeyReturn) {
				s.key(k)
			}
			called := false
			for _, u := range s.uses {
				called = called || u.Found == live.FoundUse{Type: assist.TypeCustomer, ID: c.who, Call: true}
			}
			if called != (c.who != "") || (len(s.rings) == 1) != (c.who == "") {
				t.Errorf("%s, %q %v: told %+v and %+v", name, c.typed, c.keys, s.uses, s.rings)
			}
		}
	}
}

func TestWhoWasFoundByOlderWordsIsNotOffered(t *testing.T) {
	s := stageWith(t, live.View{At: now, Phase: live.Idle, Who: live.Nobody})
	s.press(ctrl(fyne.KeyK))
	s.typed("shaw")
	s.people("shaw")
	s.typed("n")
	if strings.Contains(s.shown(), "Peter Shaw") {
		s.page.SetView(with(s.page.View(), func(v *live.View) { v.Seq++ }))
	}
	s.key(fyne.KeyReturn)
	if len(s.rings) != 1 || s.rings[0].Name != "shawn" {
		t.Errorf("told %+v and %+v", s.uses, s.rings)
	}
	s.press(ctrl(fyne.KeyK))
	s.typed("x")
	s.key(fyne.KeyEscape)
	if got := s.lastUse(t).People; got != " " {
		t.Errorf("Esc left %q to be looked for", got)
	}
}

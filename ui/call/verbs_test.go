package call_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

func ctrl(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
}

func alt(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}
}

// press sends a shortcut as Fyne does: to the focused widget only, when there is one.
func (s *stage) press(sc fyne.Shortcut) {
	if f, ok := s.win.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(sc)
		return
	}
	s.page.Shortcut(sc)
}

func (s *stage) key(k fyne.KeyName) {
	if f := s.win.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: k})
		return
	}
	s.page.Key(&fyne.KeyEvent{Name: k})
}

func (s *stage) typed(text string) {
	for _, r := range text {
		if f := s.win.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		} else {
			s.page.Rune(r)
		}
	}
}

// focusIn reports whether the keyboard is in the box whose hint begins so.
func (s *stage) focusIn(hint string) bool {
	e, ok := s.win.Canvas().Focused().(*widgets.Entry)
	return ok && strings.HasPrefix(e.PlaceHolder, hint)
}

func (s *stage) lastUse(t *testing.T) live.Use {
	t.Helper()
	if len(s.uses) == 0 {
		t.Fatal("no verb was used")
	}
	return s.uses[len(s.uses)-1]
}

func stageWith(t *testing.T, v live.View) *stage {
	t.Helper()
	s := open(t, sizes["wide"], theme.Light)
	s.page.Now = func() time.Time { return now }
	s.page.SetView(v)
	return s
}

// TestKeysWorkWhileTypingANote: every key is sent while the note has the keyboard,
// where Fyne gives it to nobody else.
func TestKeysWorkWhileTypingANote(t *testing.T) {
	due := promising().Promise
	for name, c := range map[string]struct {
		view live.View
		key  fyne.Shortcut
		want live.Use
	}{
		"first answer":  {known(), ctrl(fyne.Key1), live.Use{Answer: "charged-twice"}},
		"fifth answer":  {known(), ctrl(fyne.Key5), live.Use{Answer: "fraud-check"}},
		"asked":         {known(), alt(fyne.KeyA), live.Use{Prompt: live.PromptUse{Prompt: "high-hedges", Reply: assist.ReplyAsked}}},
		"not now":       {known(), alt(fyne.KeyN), live.Use{Prompt: live.PromptUse{Prompt: "high-hedges", Reply: assist.ReplyNotNow}}},
		"never":         {known(), alt(fyne.KeyX), live.Use{Prompt: live.PromptUse{Prompt: "high-hedges", Reply: assist.ReplyNever}}},
		"find out":      {known(), ctrl(fyne.KeyI), live.Use{FindOut: true}},
		"next call":     {known(), ctrl(fyne.KeyTab), live.Use{NextCall: true}},
		"second caller": {several(), ctrl(fyne.Key2), live.Use{Caller: "k1"}},
		"done":          {wrapping(), ctrl(fyne.KeyReturn), live.Use{WrapUp: live.WrapUpUse{Done: true, Disposition: "Promise made"}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := stageWith(t, c.view)
			s.press(ctrl(fyne.KeyJ))
			s.typed("x")
			s.press(c.key)
			if got := s.lastUse(t); got != c.want {
				t.Errorf("told %+v, want %+v", got, c.want)
			}
		})
	}
	s := stageWith(t, promising())
	s.press(ctrl(fyne.KeyJ))
	s.press(ctrl(fyne.KeyP))
	want := live.PromiseUse{Text: due.Text, Due: due.Due, AllDay: due.AllDay}
	if len(s.promises) != 1 || s.promises[0] != want {
		t.Errorf("promised %+v, want %+v", s.promises, want)
	}
}

func TestAnswerBoxReportsEveryLetterAndOpensTheMarked(t *testing.T) {
	s := open(t, sizes["wide"], theme.Light)
	s.page.SetView(live.View{At: now, Phase: live.Idle, Who: live.Nobody})
	s.typed("/late")
	if got := strings.Join(s.heard, ","); got != "l,la,lat,late" {
		t.Fatalf("heard %q", got)
	}
	s.page.SetView(with(live.View{At: now, Phase: live.Idle, Heard: "late"}, func(v *live.View) {
		v.Answers = live.Answers{State: "show", Hits: hits()}
	}))
	s.key(fyne.KeyDown)
	s.key(fyne.KeyDown)
	s.key(fyne.KeyUp)
	s.key(fyne.KeyReturn)
	if got := s.lastUse(t); got.Answer != "refund-late" {
		t.Errorf("opened %q, want the second answer", got.Answer)
	}
	s.key(fyne.KeyEscape)
	if got := s.heard[len(s.heard)-1]; got != "" {
		t.Errorf("Esc left %q in the box", got)
	}
}

func TestEscClosesTheOpenAnswerFirst(t *testing.T) {
	s := stageWith(t, opened())
	s.press(ctrl(fyne.KeyF))
	s.key(fyne.KeyEscape)
	if got := s.lastUse(t); !got.CloseAnswer {
		t.Errorf("told %+v, want the answer closed", got)
	}
	if len(s.heard) != 0 {
		t.Errorf("Esc also cleared the box: %v", s.heard)
	}
}

func TestTheNextStepOfACall(t *testing.T) {
	for phase, want := range map[live.Phase]phone.Phase{live.Ringing: phone.Answered, live.Talking: phone.Ended} {
		s := stageWith(t, with(known(), func(v *live.View) { v.Phase = phase }))
		s.press(ctrl(fyne.KeyReturn))
		if len(s.rings) != 1 || s.rings[0].Phase != want || s.rings[0].ID != "r1" || !s.rings[0].At.Equal(now) {
			t.Errorf("%s: told %+v, want %s of r1", phase, s.rings, want)
		}
	}
}

func TestNumbersAndNamesStartACall(t *testing.T) {
	for text, want := range map[string]phone.Ring{
		" 0113 496 0123 ": {From: "0113 496 0123", Phase: phone.Answered, At: now, Source: phone.ByHand},
		"Mary Shaw":       {ID: "typed-1795255200000000000", Name: "Mary Shaw", Phase: phone.Answered, At: now, Source: phone.ByHand},
	} {
		s := stageWith(t, live.View{At: now, Phase: live.Idle, Who: live.Nobody})
		s.press(ctrl(fyne.KeyK))
		s.typed(text)
		s.key(fyne.KeyReturn)
		if len(s.rings) != 1 || s.rings[0] != want {
			t.Errorf("%q: told %+v, want %+v", text, s.rings, want)
		}
	}
	s := stageWith(t, known())
	s.press(ctrl(fyne.KeyK))
	s.typed("020 7946 0991")
	s.key(fyne.KeyReturn)
	if len(s.rings) != 1 || s.rings[0].From != "020 7946 0991" {
		t.Errorf("during a call: told %+v", s.rings)
	}
}

func TestDigitsChooseTheCaller(t *testing.T) {
	s := stageWith(t, several())
	s.typed("3")
	if got := s.lastUse(t); got.Caller != "k2" {
		t.Errorf("chose %q, want the third", got.Caller)
	}
}

func TestOneKeyMakesACustomerAndAsksForTheName(t *testing.T) {
	for phoneName, want := range map[string]string{"LONDON GB": "LONDON GB", "": " "} {
		s := stageWith(t, with(stranger(live.Unknown), func(v *live.View) { v.Ring.Name = phoneName }))
		s.press(ctrl(fyne.KeyN))
		if got := s.lastUse(t); got.NewCustomer != want {
			t.Errorf("made %q, want %q", got.NewCustomer, want)
		}
		s.page.SetView(with(s.page.View(), func(v *live.View) {
			v.Seq++
			v.Who, v.Card = live.Known, &live.Card{Customer: assist.Customer{ID: "new", Name: "Caller of 2 January, 15:04", Unchecked: true}}
		}))
		if !s.focusIn("Name of the caller") {
			t.Fatal("the keyboard is not in the box for the name")
		}
		s.press(&fyne.ShortcutSelectAll{})
		s.typed("Jo Bloggs")
		s.key(fyne.KeyReturn)
		if got := s.lastUse(t); got.NewCustomer != "Jo Bloggs" {
			t.Errorf("named %q", got.NewCustomer)
		}
		if !s.focusIn("A few of their words") {
			t.Error("the keyboard does not go on to what the customer says")
		}
		s.page.SetView(with(s.page.View(), func(v *live.View) {
			v.Seq++
			v.Card = &live.Card{Customer: assist.Customer{ID: "new", Name: "Jo Bloggs", Unchecked: true}}
		}))
		if strings.Contains(s.shown(), "Name of the caller") {
			t.Error("a caller who has a name is asked for it again")
		}
	}
}

func TestTheNameOfACustomerWhomWeKnowIsNotAsked(t *testing.T) {
	s := stageWith(t, known())
	s.press(ctrl(fyne.KeyN))
	if len(s.uses) != 0 || s.focusIn("Name of the caller") {
		t.Errorf("told %+v", s.uses)
	}
}

func TestAskedPutsTheKeyboardIntoTheReply(t *testing.T) {
	s := stageWith(t, known())
	s.typed("/")
	s.press(alt(fyne.KeyA))
	s.page.SetView(with(known(), func(v *live.View) { v.Seq++; v.Reply = &live.Reply{Offer: v.Prompts[0]} }))
	s.typed("A Stihl")
	want := live.PromptUse{Prompt: "high-hedges", Reply: assist.ReplyAsked, Said: "A Stihl"}
	if got := s.lastUse(t).Prompt; got != want {
		t.Errorf("told %+v, want %+v", got, want)
	}
	s.key(fyne.KeyReturn)
	if want.Final = true; s.lastUse(t).Prompt != want {
		t.Errorf("told %+v, want %+v", s.lastUse(t).Prompt, want)
	}
	if !s.focusIn("A few of their words") {
		t.Error("the keyboard does not go back to what the customer says")
	}
}

func TestAReplyThatComesByItselfTakesNoKeyboard(t *testing.T) {
	s := stageWith(t, known())
	s.typed("/")
	s.page.SetView(with(known(), func(v *live.View) { v.Seq++; v.Reply = &live.Reply{Offer: v.Prompts[0]} }))
	if !s.focusIn("A few of their words") {
		t.Error("the keyboard has left the box for what the customer says")
	}
}

func TestCtrlTabStandsBesideTheFirstUnfinishedCall(t *testing.T) {
	s := stageWith(t, unfinished())
	if got := s.shown(); strings.Count(got, "Ctrl+Tab") != 2 { // once more in the sheet of keys
		t.Errorf("the page shows:\n%s", got)
	}
	s.press(ctrl(fyne.KeyTab))
	if !s.lastUse(t).NextCall {
		t.Errorf("told %+v", s.lastUse(t))
	}
}

func TestReplyIsReportedWhileTypedAndKeptByEnter(t *testing.T) {
	s := stageWith(t, with(promising(), func(v *live.View) { v.Reply.Text = "" }))
	s.page.TypeReply("A Stihl")
	want := live.PromptUse{Prompt: "high-hedges", Reply: assist.ReplyAsked, Said: "A Stihl"}
	if got := s.lastUse(t).Prompt; got != want {
		t.Errorf("told %+v, want %+v", got, want)
	}
	tapLabel(t, s, "Keep it")
	want.Final = true
	if got := s.lastUse(t).Prompt; got != want {
		t.Errorf("told %+v, want %+v", got, want)
	}
}

func TestButtonsTellTheDesk(t *testing.T) {
	for label, c := range map[string]struct {
		view live.View
		want live.Use
	}{
		"Kept":          {known(), live.Use{Keep: "p1"}},
		"Not now":       {known(), live.Use{Prompt: live.PromptUse{Prompt: "high-hedges", Reply: assist.ReplyNotNow}}},
		"Close":         {opened(), live.Use{CloseAnswer: true}},
		"I'll find out": {with(known(), func(v *live.View) { v.Answers = live.Answers{State: "none"} }), live.Use{FindOut: true}},
		"Put away":      {wrapping(), live.Use{WrapUp: live.WrapUpUse{Discard: true}}},
		"Next call":     {with(known(), func(v *live.View) { v.Others = []live.Waiting{{Call: "c2", Title: "Tom"}} }), live.Use{NextCall: true}},
	} {
		s := stageWith(t, c.view)
		tapLabel(t, s, label)
		if got := s.lastUse(t); got != c.want {
			t.Errorf("%s: told %+v, want %+v", label, got, c.want)
		}
	}
	s := stageWith(t, promising())
	tapLabel(t, s, "No promise")
	if len(s.promises) != 1 || !s.promises[0].Refuse {
		t.Errorf("told %+v, want a refusal", s.promises)
	}
}

func TestRowsThatSayWhatTheyAreTellTheDesk(t *testing.T) {
	for text, c := range map[string]struct {
		view live.View
		want live.Use
	}{
		"Refund not there yet":              {known(), live.Use{Answer: "refund-late"}},
		"3. Offer to call back on that day": {opened(), live.Use{Step: 3}},
		"Peter Shaw":                        {several(), live.Use{Caller: "k1"}},
		"Tom Reed":                          {with(known(), func(v *live.View) { v.Others = []live.Waiting{{Call: "c2", Title: "Tom Reed"}} }), live.Use{Call: "c2"}},
		"+44 20 7946 0991":                  {unfinished(), live.Use{Call: "d2"}},
	} {
		s := stageWith(t, c.view)
		tapWord(t, s, text)
		if got := s.lastUse(t); got != c.want {
			t.Errorf("%s: told %+v, want %+v", text, got, c.want)
		}
	}
}

func TestOutcomeChosenByTheRepStays(t *testing.T) {
	s := stageWith(t, wrapping())
	s.press(ctrl(fyne.KeyD))
	s.page.SetView(with(wrapping(), func(v *live.View) { v.Seq++; v.WrapUp.Suggested = "Wrong number" }))
	s.press(ctrl(fyne.KeyReturn))
	if got := s.lastUse(t).WrapUp; got != (live.WrapUpUse{Done: true, Disposition: "Answered"}) {
		t.Errorf("told %+v, want the second outcome", got)
	}
}

func tapLabel(t *testing.T, s *stage, label string) { t.Helper(); tapWord(t, s, label) }

// tapWord taps where the word stands, as a mouse would.
func tapWord(t *testing.T, s *stage, text string) {
	t.Helper()
	for _, w := range s.words() {
		if w.text == text {
			test.TapCanvas(s.win.Canvas(), fyne.NewPos((w.area.x1+w.area.x2)/2, (w.area.y1+w.area.y2)/2))
			return
		}
	}
	t.Fatalf("%q is not on the page", text)
}

// TestTheKeyForTheBoxIsNotTypedIntoIt: a ring has put the keyboard there already.
func TestTheKeyForTheBoxIsNotTypedIntoIt(t *testing.T) {
	s := stageWith(t, with(known(), func(v *live.View) { v.Heard = "" }))
	s.typed("/late 24/7")
	if got := s.heard[len(s.heard)-1]; got != "late 24/7" {
		t.Errorf("heard %q", got)
	}
}

func TestOpenAnswerIsNotInTheListBelowIt(t *testing.T) {
	s := stageWith(t, opened())
	if n := strings.Count(s.shown(), "Charged twice for one order"); n != 1 {
		t.Errorf("the open answer's title is shown %d times", n)
	}
	s.press(ctrl(fyne.Key2))
	if got := s.lastUse(t); got.Answer != "refund-late" {
		t.Errorf("Ctrl+2 opened %q, want the second of the list", got.Answer)
	}
}

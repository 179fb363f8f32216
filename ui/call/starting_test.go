package call_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/assist/phone"
	seen "ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

func idleStage(t *testing.T, clipboard *string) *stage {
	s := open(t, sizes["wide"], theme.Light)
	s.page.Now = func() time.Time { return now }
	s.page.Clipboard = func() string { return *clipboard }
	s.page.SetView(live.View{At: now, Phase: live.Idle, Who: live.Nobody})
	return s
}

func TestNumberOnTheClipboardIsOfferedAndNeverTaken(t *testing.T) {
	text := "0113 496 0123"
	s := idleStage(t, &text)
	s.reads(t, false, "On the clipboard")
	s.page.LookAtClipboard()
	s.reads(t, true, "On the clipboard: +44 113 496 0123", "Alt+V")
	if len(s.rings) != 0 {
		t.Fatalf("taken: %+v", s.rings)
	}
	s.press(alt(fyne.KeyV))
	want := phone.Ring{From: text, Phase: phone.Answered, At: now, Source: phone.ByHand}
	if len(s.rings) != 1 || s.rings[0] != want {
		t.Fatalf("rang %+v", s.rings)
	}
	s.page.LookAtClipboard()
	s.press(alt(fyne.KeyV))
	s.reads(t, false, "On the clipboard")
	text = "+49 30 901820"
	s.press(ctrl(fyne.KeyK)) // the box for a number looks, too
	s.reads(t, true, "On the clipboard: +49 30 901820")
	if len(s.rings) != 1 {
		t.Errorf("rang %+v", s.rings)
	}
}

func TestNothingIsOfferedBesideACall(t *testing.T) {
	text := "0113 496 0123"
	s := idleStage(t, &text)
	s.page.SetView(known())
	s.page.LookAtClipboard()
	s.press(alt(fyne.KeyV))
	s.reads(t, false, "On the clipboard")
	if len(s.rings) != 0 {
		t.Errorf("rang %+v", s.rings)
	}
}

func TestCallStartsByOneKey(t *testing.T) {
	none := ""
	s := idleStage(t, &none)
	s.reads(t, true, "A call started", "Alt+C")
	s.press(alt(fyne.KeyC))
	if got := s.lastUse(t); got != (live.Use{Begin: true}) {
		t.Errorf("told %+v", got)
	}
	s.page.SetView(known())
	s.press(alt(fyne.KeyC))
	if len(s.uses) != 1 {
		t.Errorf("begins another beside a call: %+v", s.uses)
	}
}

func TestOnlyACallBegunByHandIsTurnedAround(t *testing.T) {
	v := stranger(live.Withheld)
	s := stageWith(t, v)
	s.reads(t, true, "Incoming call: who?")
	s.reads(t, false, "I am calling them")
	s.press(alt(fyne.KeyO))
	if len(s.uses) != 0 {
		t.Errorf("told %+v", s.uses)
	}
	v.Ring.Source, v.Phase, v.Call = phone.ByHand, live.Talking, "by hand"
	s.page.SetView(v)
	s.reads(t, true, "A call: who?", "I am calling them")
	s.press(alt(fyne.KeyO))
	if got := s.lastUse(t); got != (live.Use{Outgoing: true}) {
		t.Errorf("told %+v", got)
	}
	v.Ring.Outgoing = true
	s.page.SetView(v)
	s.reads(t, true, "Calling: who?", "you called")
}

// name types into the box below the caller, and presses Enter.
func name(t *testing.T, s *stage, text string) {
	t.Helper()
	box := seen.Find(t, s.page.Object(), func(e *widgets.Entry) bool { return strings.HasPrefix(e.PlaceHolder, "Number or name of the caller") })
	s.win.Canvas().Focus(box)
	box.SetText(text)
	s.key(fyne.KeyReturn)
}

func TestNumberTypedBelowACallWithoutOneIsItsCaller(t *testing.T) {
	s := stageWith(t, stranger(live.Withheld))
	name(t, s, "0113 496 0123")
	if got := s.lastUse(t); got != (live.Use{Number: "0113 496 0123"}) || len(s.rings) != 0 {
		t.Errorf("told %+v, rang %+v", got, s.rings)
	}
	name(t, s, "Mary Shaw")
	if got := s.lastUse(t); got != (live.Use{NewCustomer: "Mary Shaw"}) {
		t.Errorf("told %+v", got)
	}
}

// reads fails unless each of the words is shown, or none is.
func (s *stage) reads(t *testing.T, want bool, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(s.shown(), w) != want {
			t.Errorf("%q is shown: %v, in %s", w, !want, s.shown())
		}
	}
}

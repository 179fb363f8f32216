package call_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
)

// TestAKeyAwaitsTheViewThatAnswersIt: what was typed and its answers are painted
// together only when the answers are there before the key is done with.
func TestAKeyAwaitsTheViewThatAnswersIt(t *testing.T) {
	s := stageWith(t, with(known(), func(v *live.View) { v.Heard, v.Answers = "", live.Answers{} }))
	awaited := 0
	s.page.Await = func(answers func(live.View) bool) bool {
		awaited++
		old := s.page.View()
		if late := with(old, func(v *live.View) { v.Seq++; v.Heard = "something else" }); answers(late) {
			t.Error("a View for other words is taken for the answer")
		}
		v := with(old, func(v *live.View) { v.Seq++; v.Heard = "c"; v.Answers = live.Answers{State: "show", Hits: hits()} })
		if !answers(v) {
			t.Error("the View for these words is not taken for the answer")
		}
		s.page.SetView(v)
		return true
	}
	s.typed("/c")
	if awaited != 1 || !strings.Contains(s.shown(), "Refund not there yet") {
		t.Errorf("awaited %d times for one letter; the page shows:\n%s", awaited, s.shown())
	}
	s.key(fyne.KeyDown) // tells the desk nothing
	if awaited != 1 {
		t.Error("a key that tells the desk nothing waits for it")
	}
}

func TestAChoiceAwaitsTheNextView(t *testing.T) {
	s := stageWith(t, known())
	awaited := 0
	s.page.Await = func(answers func(live.View) bool) bool {
		awaited++
		old := s.page.View()
		if answers(old) || !answers(with(old, func(v *live.View) { v.Seq++ })) {
			t.Error("not the next View is awaited, but another")
		}
		return false
	}
	s.press(ctrl(fyne.Key2))
	s.press(ctrl(fyne.KeyReturn))
	s.press(alt(fyne.KeyN))
	if awaited != 3 {
		t.Errorf("awaited %d times for three choices", awaited)
	}
}

func TestWhatWasSaidBeforeStandsInTheMiddleUntilTheFirstWord(t *testing.T) {
	silent := with(known(), func(v *live.View) { v.Heard, v.Answers = "", live.Answers{} })
	s := stageWith(t, silent)
	if got := s.shown(); !strings.Contains(got, "WHAT WAS SAID BEFORE") || !strings.Contains(got, "pleased to be told") {
		t.Errorf("the page shows:\n%s", got)
	}
	s.page.SetView(known())
	if strings.Contains(s.shown(), "WHAT WAS SAID BEFORE") {
		t.Error("it stands below the answers")
	}
	s.page.SetView(silent)
	s.page.SetNarrow(true)
	if strings.Contains(s.shown(), "WHAT WAS SAID BEFORE") {
		t.Error("it takes room beside the phone")
	}
}

func TestTheCardSaysHowMuchMoreThereIs(t *testing.T) {
	s := stageWith(t, with(known(), func(v *live.View) {
		c := card()
		for range 9 {
			c.Known = append(c.Known, live.Fact{Intelligence: assist.Market, Text: "One more thing about the trade", Source: "said in a call"})
		}
		v.Card = c
	}))
	got := s.shown()
	if !strings.Contains(got, "more · F2") || strings.Count(got, "One more thing") > 4 {
		t.Errorf("the page shows:\n%s", got)
	}
	s.key(fyne.KeyF2)
	if strings.Contains(s.shown(), "more · F2") {
		t.Error("all is shown, and more is said to be there")
	}
}

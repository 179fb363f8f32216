package call_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
)

func TestOneKeyMakesAndCopiesTheWordsForAColleague(t *testing.T) {
	s := stageWith(t, known())
	var copied, name, saved string
	s.page.OnCopy = func(text string) { copied = text }
	s.page.OnSaveText = func(n, text string) { name, saved = n, text }
	s.press(ctrl(fyne.KeyJ))
	s.press(alt(fyne.KeyT))
	if got := s.lastUse(t); !got.HandOver.Make || copied != "" {
		t.Fatalf("told %+v, copied %q", got, copied)
	}
	s.page.SetView(passing())
	if copied != passing().HandOver || !s.stands("Copied") {
		t.Errorf("copied %q", copied)
	}
	copied = ""
	more := with(passing(), func(v *live.View) { v.Seq++; v.HandOver += "\nand more" })
	s.page.SetView(more)
	if copied != "" || s.stands("Copied") {
		t.Errorf("what is typed later is copied without being asked for, or said to be: %q", copied)
	}
	s.press(alt(fyne.KeyT))
	if copied != more.HandOver {
		t.Errorf("copied %q", copied)
	}
	tapWord(t, s, "Save as a file…")
	if saved != more.HandOver || name == "" {
		t.Errorf("saved %q as %q", saved, name)
	}
	s.key(fyne.KeyEscape)
	if got := s.lastUse(t); !got.HandOver.Close {
		t.Errorf("Esc tells %+v", got)
	}
}

func TestWithoutACallNothingIsPassedOn(t *testing.T) {
	s := stageWith(t, unfinished())
	s.press(alt(fyne.KeyT))
	if len(s.uses) != 0 {
		t.Errorf("told %+v", s.uses)
	}
}

func TestDoNotDisturbIsSeenAndEndsByKeyAndButton(t *testing.T) {
	s := stageWith(t, undisturbed())
	tapWord(t, s, "Ring again")
	s.press(alt(fyne.KeyD))
	if len(s.uses) != 2 || !s.uses[0].Disturb || !s.uses[1].Disturb {
		t.Errorf("told %+v", s.uses)
	}
	s.page.SetView(known())
	if s.stands("Ring again") {
		t.Error("it stays")
	}
}

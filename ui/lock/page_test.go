package lock

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

func shown(t *testing.T, p *Page) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	w := test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(700, 500))
	p.Focus(w.Canvas())
	return w
}

func TestWordsAreAskedForAndTriedOnce(t *testing.T) {
	p := New("Locked", "Nothing was touched for 15 minutes.", true)
	shown(t, p)
	var tried []string
	p.OnUnlock = func(words string) { tried = append(tried, words) }
	look.Press(t, p.Object(), "Unlock")
	if len(tried) != 0 {
		t.Error("no words are tried")
	}
	test.Type(p.words, "correct horse")
	p.words.OnSubmitted("")
	p.words.OnSubmitted("") // twice, in haste
	if len(tried) != 1 || tried[0] != "correct horse" {
		t.Errorf("tried %q", tried)
	}
	look.Reads(t, p.Object(), "Locked", "One moment…")
	p.SetTrouble("This is not the passphrase.")
	look.Reads(t, p.Object(), "This is not the passphrase.")
	if p.words.Text != "" || p.open.Disabled() {
		t.Error("others cannot be tried")
	}
}

func TestARingIsShownAndNobodysName(t *testing.T) {
	p := New("Locked", "", false)
	w := shown(t, p)
	look.Hides(t, p.Object(), "The phone rings.")
	p.SetRinging(true)
	look.Reads(t, p.Object(), "The phone rings.")
	p.SetRinging(false)
	look.Hides(t, p.Object(), "The phone rings.")
	opened := 0
	p.OnUnlock = func(string) { opened++ }
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened != 1 {
		t.Errorf("opened %d times", opened)
	}
}

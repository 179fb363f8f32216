package cards_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/ui/cards"
	"ringside/ui/widgets"
)

// guarded is a box that hides cards, and what it told.
type guarded struct {
	*widgets.Entry
	cards *cards.Cards
	told  []string
	shown string
}

func newGuarded(t *testing.T) *guarded {
	test.NewTempApp(t)
	g := &guarded{cards: &cards.Cards{}}
	g.cards.OnHidden = func(s string) { g.shown = s }
	g.Entry = widgets.NewEntry("", 4, widgets.Keys{Cards: g.cards})
	g.OnTyped = func(s string) { g.told = append(g.told, s) }
	w := test.NewTempWindow(t, g.Entry)
	w.Resize(fyne.NewSize(400, 200))
	w.Canvas().Focus(g.Entry)
	return g
}

func (g *guarded) typed(s string) {
	for _, r := range s {
		g.TypedRune(r)
	}
}

func (g *guarded) paste(s string) {
	c := test.NewClipboard()
	c.SetContent(s)
	g.TypedShortcut(&fyne.ShortcutPaste{Clipboard: c})
}

func (g *guarded) is(t *testing.T, want string) {
	t.Helper()
	if g.Text != want || len(g.told) == 0 || g.told[len(g.told)-1] != want {
		t.Fatalf("the box has %q and told %q, want %q", g.Text, g.told[max(0, len(g.told)-2):], want)
	}
}

const masked = "•••• •••• •••• 1111"

func TestACardIsHiddenWithItsLastDigit(t *testing.T) {
	g := newGuarded(t)
	g.typed("She paid with 4111 1111 1111 1111 exp 12/27, cvv 123 today")
	g.is(t, "She paid with "+masked+" exp ••/••, cvv ••• today")
	for _, told := range g.told {
		if told == "She paid with 4111 1111 1111 1111" {
			t.Errorf("it was told: %q", told)
		}
	}
}

func TestACardIsHiddenInTheMidstOfANote(t *testing.T) {
	g := newGuarded(t)
	g.typed("card , please")
	for range len(", please") {
		g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	}
	g.typed("4111111111111111!")
	g.is(t, "card "+masked+"!, please")
}

func TestAPastedCardIsHidden(t *testing.T) {
	g := newGuarded(t)
	g.paste("Visa 4222222222222") // 13 digits: nobody types on
	g.is(t, "Visa •••• •••• •••• 2222")
	if g.shown != "•••• •••• •••• 2222" {
		t.Errorf("said %q", g.shown)
	}
}

func TestAShortCardIsHiddenWhenTheBoxIsLeft(t *testing.T) {
	g := newGuarded(t)
	g.typed("4222222222222")
	g.is(t, "4222222222222")
	g.FocusLost()
	g.is(t, "•••• •••• •••• 2222")
}

func TestAFalseAlarmIsGivenBack(t *testing.T) {
	for name, back := range map[string]fyne.Shortcut{"Alt+J": cards.BackKey, "Ctrl+Z": &fyne.ShortcutUndo{}} {
		t.Run(name, func(t *testing.T) {
			g := newGuarded(t)
			g.typed("order 4111-1111-1111-1111")
			g.is(t, "order "+masked)
			g.TypedShortcut(back)
			g.is(t, "order 4111-1111-1111-1111")
			if g.shown != "" {
				t.Errorf("still says %q", g.shown)
			}
			g.typed(" is late, card 5555555555554444.")
			g.is(t, "order 4111-1111-1111-1111 is late, card •••• •••• •••• 4444.")
			if !g.cards.Spared.Has("4111111111111111") || g.cards.Spared.Has("5555555555554444") {
				t.Error("the wrong one is spared")
			}
		})
	}
}

func TestAFalseAlarmIsGivenBackAfterMoreWasTyped(t *testing.T) {
	g := newGuarded(t)
	g.paste("order 4111-1111-1111-1111 of Mary")
	g.typed(", until 12/27")
	if !g.cards.Back() {
		t.Fatal("nothing to give back")
	}
	g.is(t, "order 4111-1111-1111-1111 of Mary, until 12/27")
	if g.cards.Back() {
		t.Error("given back twice")
	}
}

func TestAnotherTextHasNothingToGiveBack(t *testing.T) {
	g := newGuarded(t)
	g.paste("4111-1111-1111-1111")
	g.SetShown("the note of another call")
	if g.cards.Back() || g.shown != "" {
		t.Errorf("there is something: %q, %q", g.shown, g.Text)
	}
}

func TestABoxWithoutCardsHidesNothing(t *testing.T) {
	test.NewTempApp(t)
	e := widgets.NewEntry("", 1, widgets.Keys{})
	e.SetTyped("4111111111111111")
	if e.Text != "4111111111111111" {
		t.Errorf("it has %q", e.Text)
	}
}

package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	keys "fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/settings"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
)

// trainer opens the app with a library that needs something, on its To do list.
func trainer(t *testing.T) *desktop {
	d := newDesktop(t)
	d.uncover()
	h := d.r.store.house
	now := time.Now()
	stale := assist.Date{Year: 2026, Month: 1, Day: 5}
	err := errors.Join(
		h.db.Save(t.Context(), assist.Rep{ID: "ann", Name: "Ann Okafor"}, assist.Rep{ID: "tom", Name: "Tom Baker"}, assist.Customer{ID: "mary", Name: "Mary Shaw"},
			assist.Answer{ID: "loan-5", Title: "How long a loan mower takes", Department: "Zebra", Say: "A loan mower reaches the workshop within 5 working days.",
				Phrasings: []string{"when does the loan mower come"}, Owner: "ann"},
			assist.Answer{ID: "loan-10", Title: "How long the loan mower takes", Department: "Zebra", Say: "A loan mower reaches the workshop within 10 working days.",
				Phrasings: []string{"when is my loan mower here"}},
			assist.Answer{ID: "old", Title: "An old answer", Department: "Zebra", Say: "As it was.", Owner: "tom", Verified: stale, VerifyEvery: 30},
			assist.Call{ID: "c1", Customer: "mary", Rep: "tom", Started: now.Add(-time.Hour)},
			assist.Note{ID: "n1", Customer: "mary", Call: "c1", At: now.Add(-time.Hour), Text: "Her money is not back."},
			assist.Flag{ID: "f1", Answer: "loan-5", Sentence: "A loan mower reaches the workshop within 5 working days.", Why: "it took eight", Call: "c1", Customer: "mary", Rep: "tom", At: now},
			assist.Gap{ID: "g1", Text: "do you rent out a zebra trailer", Customer: "mary", Call: "c1", Rep: "tom", At: now},
			assist.Gap{ID: "g2", Text: "Do you rent out a zebra trailer?", Rep: "ann", At: now}),
		h.db.SaveSettings(t.Context(), settings.Machine{Started: true, Me: "ann", Region: "GB"}))
	if err != nil {
		t.Fatal(err)
	}
	d.win.Show(ui.Library)
	d.room.Show(tabTodo)
	d.sees(t, "FLAGGED IN CALLS  1")
	return d
}

func (d *desktop) sees(t *testing.T, words string) {
	t.Helper()
	d.until(t, words, func() bool { return strings.Contains(look.Words(d.win.Window().Content()), words) })
}

// kept waits until a record in the store is as wanted.
func kept[T assist.Record](t *testing.T, d *desktop, id assist.ID, want func(T) bool) T {
	t.Helper()
	var r T
	d.until(t, "the record "+string(id), func() (ok bool) {
		var err error
		r, err = storage.Find[T](t.Context(), d.r.store.house.db, id)
		if ok = err == nil && want(r); !ok {
			time.Sleep(2 * time.Millisecond)
			d.posts <- func() {}
		}
		return ok
	})
	return r
}

// do chooses a row by its words and types a letter on it.
func (d *desktop) do(t *testing.T, row string, letter rune) {
	t.Helper()
	time.Sleep(450 * time.Millisecond) // a key that comes sooner is not heard
	rows := look.Find[*panes.Rows](t, d.todo.Object(), nil)
	for i := range rows.Count() {
		rows.SetChosen(i)
		lines := strings.Split(look.Words(d.todo.Object()), "\n")
		at := slices.IndexFunc(lines, func(l string) bool { return strings.HasSuffix(l, "("+strings.ToUpper(string(letter))+")") })
		if at >= 0 && strings.Contains(strings.Join(lines[max(at-7, 0):], "\n"), row) { // in the reading pane
			rows.TypedRune(letter)
			return
		}
	}
	t.Fatalf("no row reads %q:\n%s", row, look.Words(d.todo.Object()))
}

func TestATrainerSettlesWhatTheLibraryNeeds(t *testing.T) {
	d := trainer(t)
	d.sees(t, "Her money is not back.")
	d.sees(t, "On the line: Mary Shaw")
	closed := func(f assist.Flag) bool { return !f.Closed.IsZero() && f.By == "ann" }
	d.do(t, "How long a loan mower takes", 'r')
	kept(t, d, "f1", closed)
	d.do(t, "An old answer", 'v')
	kept(t, d, "old", func(a assist.Answer) bool { return a.Verified == assist.DateOf(time.Now()) })
	d.do(t, "zebra trailer", 'n')
	kept(t, d, "g1", func(g assist.Gap) bool { return !g.Closed.IsZero() && g.Answer == "" })
	kept(t, d, "g2", func(g assist.Gap) bool { return !g.Closed.IsZero() })
	rows := look.Find[*panes.Rows](t, d.todo.Object(), nil)
	for range 3 {
		rows.TypedRune('u')
	}
	kept(t, d, "g2", func(g assist.Gap) bool { return g.Closed.IsZero() })
	kept(t, d, "old", func(a assist.Answer) bool { return a.Stale(time.Now()) })
	kept(t, d, "f1", func(f assist.Flag) bool { return f.Closed.IsZero() && f.By == "" })
	d.sees(t, "FLAGGED IN CALLS  1")
}

func TestAnAnswerTakesTheWordsOfAQuestionInOneWrite(t *testing.T) {
	d := trainer(t)
	h := d.r.store.house
	gaps := []assist.ID{"g1", "g2"}
	var before, after []assist.Record
	for _, id := range gaps {
		g, err := storage.Find[assist.Gap](t.Context(), h.db, id)
		if err != nil {
			t.Fatal(err)
		}
		before = append(before, g)
		g.Closed, g.Answer = time.Now().UTC().Truncate(time.Millisecond), "old"
		after = append(after, g)
	}
	a, err := storage.Find[assist.Answer](t.Context(), h.db, "old")
	if err != nil {
		t.Fatal(err)
	}
	bad := a
	bad.Title = ""
	if err := d.r.settleTodo(t.Context(), append(before, a), append(after, bad)); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("an answer without a title: %v", err)
	}
	if g, err := storage.Find[assist.Gap](t.Context(), h.db, "g1"); err != nil || !g.Closed.IsZero() {
		t.Errorf("half of it was kept: %+v, %v", g, err)
	}
	taken := a
	taken.Phrasings = []string{"do you rent out a zebra trailer"}
	if err := d.r.settleTodo(t.Context(), append(before, a), append(after, taken)); err != nil {
		t.Fatal(err)
	}
	if err := d.r.settleTodo(t.Context(), append(before, a), append(after, taken)); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("what was changed meanwhile: %v", err)
	}
	if err := d.r.settleTodo(t.Context(), append(after, taken), append(before, a)); err != nil {
		t.Errorf("undo: %v", err)
	}
	if got, err := storage.Find[assist.Answer](t.Context(), h.db, "old"); err != nil || len(got.Phrasings) != 0 {
		t.Errorf("taken back: %q, %v", got.Phrasings, err)
	}
}

func TestTwoAnswersThatDisagreeBecomeOne(t *testing.T) {
	d := trainer(t)
	d.sees(t, "and: How long")
	d.do(t, "within 10 working days", '1')
	var gone assist.Answer
	d.until(t, "one of them is gone", func() bool {
		all, err := all[assist.Answer](t.Context(), d.r.store.house.db)
		i := slices.IndexFunc(all, func(a assist.Answer) bool { return a.Off })
		if i >= 0 {
			gone = all[i]
		} else {
			time.Sleep(2 * time.Millisecond)
			d.posts <- func() {}
		}
		return err == nil && i >= 0
	})
	keeper := kept(t, d, gone.Into, func(a assist.Answer) bool { return !a.Off })
	if len(keeper.Phrasings) < 2 {
		t.Errorf("the keeper has %q", keeper.Phrasings)
	}
	look.Find[*panes.Rows](t, d.todo.Object(), nil).TypedRune('u')
	kept(t, d, gone.ID, func(a assist.Answer) bool { return !a.Off && a.Into == "" })
	d.room.Show(tabTodo) // what was found while they were one is looked for again
	d.sees(t, "and: How long")
	d.do(t, "within 10 working days", 'b')
	apart := assist.IDFrom("apart", "loan-10", "loan-5")
	if gone.ID == "loan-10" {
		apart = assist.IDFrom("apart", "loan-5", "loan-10")
	}
	kept(t, d, apart, func(a assist.Apart) bool { return a.By == "ann" && a.Stood[0] != "" })
	d.room.Show(tabTodo)
	d.until(t, "they are kept apart", func() bool { return !strings.Contains(look.Words(d.todo.Object()), "and: How long") })
}

func TestCtrlPageDownTurnsTheListsOfTheLibrary(t *testing.T) {
	d := newDesktop(t)
	d.uncover()
	d.win.Show(ui.Library)
	turn := func(key fyne.KeyName) {
		t.Helper()
		shortcut := &keys.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
		for _, m := range d.win.Window().MainMenu().Items { // where the window looks first, whatever has the keyboard
			for _, item := range m.Items {
				if item.Shortcut != nil && item.Shortcut.ShortcutName() == shortcut.ShortcutName() {
					item.Action()
					return
				}
			}
		}
		t.Fatalf("no menu has %s", shortcut.ShortcutName())
	}
	front := func(tab string) bool {
		b := look.Find(t, d.room.Object(), func(b *widget.Button) bool { return strings.HasPrefix(b.Text, tab) })
		return b.Importance == widget.HighImportance
	}
	turn(fyne.KeyPageDown)
	if !front(tabTodo) || !d.todo.Object().Visible() {
		t.Error("Ctrl+PageDown does not turn to the next list")
	}
	turn(fyne.KeyPageUp)
	if !front(tabAnswers) {
		t.Error("Ctrl+PageUp does not turn back")
	}
	d.win.Show(ui.Review)
	turn(fyne.KeyPageDown)
	d.win.Show(ui.Library)
	if !front(tabAnswers) {
		t.Error("the key turned the lists of a page that is not in front")
	}
}

func TestAnOldMistakeDoesNotSpeakAgainstAnAnswer(t *testing.T) {
	d := trainer(t)
	h := d.r.store.house
	call := func(id assist.ID, at time.Time, wrong bool) assist.Call {
		return assist.Call{ID: id, Started: at, Used: []assist.Used{{Answer: "old", At: at, Said: true, Wrong: wrong}}}
	}
	calls := []assist.Record{call("long-ago", time.Date(2025, 12, 1, 9, 0, 0, 0, time.UTC), true)}
	for i := range 6 {
		calls = append(calls, call(assist.ID("x"+string(rune('0'+i))), time.Now().AddDate(0, 0, -i), false))
	}
	if err := h.db.Save(t.Context(), calls...); err != nil {
		t.Fatal(err)
	}
	d.room.Show(tabTodo)
	d.sees(t, "said 6 times, flagged 0")
	d.room.Show(tabAnswers)
	d.library.Open("old")
	d.sees(t, "26 weeks: shown 0, opened 6, said 6, helped 0, wrong 0")
}

func TestWhoMayNotPublishDecidesOnlyAboutTheirOwnAnswers(t *testing.T) {
	d := trainer(t)
	h, ctx := d.r.store.house, t.Context()
	set, err := h.db.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	me, err := storage.Find[assist.Rep](ctx, h.db, set.Me)
	if err != nil {
		t.Fatal(err)
	}
	me.Role = assist.RoleRep
	mine := assist.Answer{ID: "mine", Title: "Mine", Department: "Sales", Say: "Yes.", Owner: set.Me}
	theirs := assist.Answer{ID: "theirs", Title: "Theirs", Department: "Sales", Say: "No.", Owner: "boss"}
	flags := []assist.Flag{{ID: "fm", Answer: "mine", At: time.Now()}, {ID: "ft", Answer: "theirs", At: time.Now()}}
	if err := h.db.Save(ctx, me, assist.Rep{ID: "boss", Name: "The boss", Role: assist.RoleTrainer}, mine, theirs, flags[0], flags[1]); err != nil {
		t.Fatal(err)
	}
	closed := func(f assist.Flag) assist.Flag { f.Closed = time.Now(); return f }
	verified := func(a assist.Answer) assist.Answer { a.Verified = assist.DateOf(time.Now()); return a }
	reworded := mine
	reworded.Say = "Perhaps."
	list := func(r ...assist.Record) []assist.Record { return r }
	for name, c := range map[string]struct {
		before, after []assist.Record
		may           bool
	}{
		"settle a flag of theirs": {list(flags[1]), list(closed(flags[1])), false},
		"verify theirs":           {list(theirs), list(verified(theirs)), false},
		"reword mine":             {list(mine), list(reworded), false},
		"keep two apart":          {nil, list(assist.Apart{ID: "x", Of: [2]assist.ID{"mine", "theirs"}, At: time.Now()}), false},
		"settle a flag of mine":   {list(flags[0]), list(closed(flags[0])), true},
		"verify mine":             {list(mine), list(verified(mine)), true},
	} {
		if err := d.r.settleTodo(ctx, c.before, c.after); (err == nil) != c.may {
			t.Errorf("%s: %v", name, err)
		}
	}
}

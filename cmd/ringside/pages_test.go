package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	fynetest "fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/settings"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/setup"
	"ringside/ui/theme"
)

// desktop is the whole app in Fyne's software window. The test is its window's
// goroutine.
type desktop struct {
	*pages
	posts chan func()
}

// openDesktop opens the app as runWindow does.
func openDesktop(t *testing.T, open func(context.Context) (*house, error)) *desktop {
	t.Helper()
	own(t)
	d := &desktop{posts: make(chan func(), 1000)}
	post := func(f func()) { d.posts <- f }
	r := startRunning(t.Context(), open, time.Now, events{show: func() {}, others: func() { post(func() { d.followOthers() }) }, off: func(o settings.Off) { post(func() { d.switchedOff(o) }) }, opened: func(h *house, err error) {
		post(func() {
			if err != nil {
				d.fail(err)
				return
			}
			d.opened(h)
		})
	}})
	t.Cleanup(func() {
		if err := r.Close(); err != nil && r.store.err == nil {
			t.Errorf("close: %v", err)
		}
	})
	app := fynetest.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	d.pages = newPages(app, r, "the folder", post)
	async.Views(r.ctx, r.desk.Views(), post, d.view)
	d.win.Window().Show()
	return d
}

// newDesktop opens the app on a new data folder.
func newDesktop(t *testing.T) *desktop {
	dir := t.TempDir()
	d := openDesktop(t, func(ctx context.Context) (*house, error) { return openHouse(ctx, dir, time.Now) })
	d.until(t, "the first run is asked", func() bool { return d.over != nil })
	return d
}

// until lets the window work until something is so.
func (d *desktop) until(t *testing.T, what string, so func() bool) {
	t.Helper()
	late := time.After(20 * time.Second)
	for !so() {
		select {
		case f := <-d.posts:
			f()
		case <-late:
			t.Fatalf("never came: %s", what)
		}
	}
}

func (d *desktop) covered() bool { return d.win.Window().Content() != d.content }

func TestANewUserIsAskedOnceHowToBegin(t *testing.T) {
	d := newDesktop(t)
	if !d.covered() {
		t.Fatal("the first-run page is not shown")
	}
	d.over.(*setup.First).OnSample()
	d.until(t, "the sample team is there", func() bool { return d.over == nil && len(d.team) > 0 && d.chosen.Started })
	if d.covered() || d.repName(d.chosen.Me) == "" {
		t.Errorf("covered %v, the rep here is %q", d.covered(), d.chosen.Me)
	}
}

func TestStartEmptyOpensTheWindow(t *testing.T) {
	d := newDesktop(t)
	d.over.(*setup.First).OnEmpty()
	d.until(t, "the window", func() bool { return d.over == nil && d.chosen.Started })
	if len(d.team) != 0 {
		t.Errorf("somebody is on the team: %v", d.team)
	}
}

func TestACallComesBeforeEveryOtherPage(t *testing.T) {
	d := newDesktop(t)
	d.r.Ring(phone.Ring{ID: "1", From: "01134960123", Phase: phone.Ringing, At: time.Now()})
	d.until(t, "the call", func() bool { return d.win.CallPage().View().Phase == live.Ringing })
	if d.covered() {
		t.Error("the first-run page hides the call")
	}
	d.r.Ring(phone.Ring{ID: "1", From: "01134960123", Phase: phone.Ended, At: time.Now()})
	d.r.desk.Use(live.Use{WrapUp: live.WrapUpUse{Discard: true}})
	d.until(t, "the end of the call", func() bool { return d.win.CallPage().View().Call == "" })
	if !d.covered() {
		t.Error("the first run is not asked again after the call")
	}
}

func TestTheImportPageBringsCustomers(t *testing.T) {
	d := newDesktop(t)
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte("Name,Phone,Since\nMary Shaw,0113 496 0123,3/4/2019\nTom Becker,,\n,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m := importer{d.r}
	pic, err := m.Look(t.Context(), file, setup.Chosen{})
	if err != nil || pic.Rows != 2 || pic.Date != "3/4/2019" || len(pic.Columns) != 3 || pic.Columns[1].Meaning != "phone" {
		t.Fatalf("the picture of the file: %+v, %v", pic, err)
	}
	no := false
	pic, err = m.Look(t.Context(), file, setup.Chosen{MonthFirst: &no, Meanings: map[string]string{"Since": "notes"}})
	if err != nil || pic.Date != "" || pic.Columns[2].Meaning != "notes" {
		t.Errorf("after the rep has said so: %+v, %v", pic, err)
	}
	for _, want := range []setup.Outcome{{Imported: 2}, {Unchanged: 2}} {
		got, err := m.Run(t.Context(), file, setup.Chosen{MonthFirst: &no}, func(int, int) {})
		if err != nil || got.Imported != want.Imported || got.Unchanged != want.Unchanged {
			t.Errorf("the import: %+v, %v; want %+v", got, err, want)
		}
	}
	if _, err := m.Look(t.Context(), filepath.Join(t.TempDir(), "none"), setup.Chosen{}); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("a file that is not there: %v", err)
	}

	d.uncover()
	d.importFile(file)
	if !d.covered() {
		t.Error("a dropped file opens no page")
	}
	d.uncover()
	if d.covered() {
		t.Error("there is no way back from the import page")
	}
}

func TestSettingsAreKeptAndReachTheDesk(t *testing.T) {
	d := newDesktop(t)
	d.uncover()
	d.win.Show(ui.Settings)
	d.setup.OnNewRep("Jo Pike")
	d.until(t, "the new rep", func() bool { return d.repName(d.chosen.Me) == "Jo Pike" })
	s := d.chosen
	s.OnRing, s.Region = settings.Nothing, "DE"
	d.setup.OnSave(s)
	h := d.r.store.house
	d.until(t, "the settings on disk", func() bool {
		kept, err := h.db.Settings(t.Context())
		return err == nil && reflect.DeepEqual(kept, s)
	})
	if got := d.setup.ReadNumber("030 901820", "DE"); got != "+49 30 901820" {
		t.Errorf("a number is read as %q", got)
	}
	d.setup.OnTestRing()
	d.until(t, "the test ring", func() bool { return d.win.CallPage().View().Ring.Name == "A test ring" })
}

func TestThePagesReadTheStore(t *testing.T) {
	d := newDesktop(t)
	d.uncover()
	d.win.Show(ui.Library)
	d.library.Open("charged-twice")
	now := time.Now()
	h := d.r.store.house
	if err := h.db.Save(t.Context(), assist.Promise{ID: "refund", Text: "refund", Made: now}); err != nil {
		t.Fatal(err)
	}
	d.win.Show(ui.Review)
	d.reviews.Show(tabPromises)
	d.until(t, "the promise on the page", func() bool { return strings.Contains(look.Words(d.review.Object()), "Kept (K)") })
	rows := look.Find[*panes.Rows](t, d.review.Object(), nil)
	for _, c := range []struct {
		letter rune
		kept   bool
	}{{'k', true}, {'u', false}} {
		rows.TypedRune(c.letter)
		d.until(t, "the promise on disk", func() bool {
			p, err := storage.Find[assist.Promise](t.Context(), h.db, "refund")
			if err == nil && p.Open() == c.kept {
				time.Sleep(time.Millisecond)
				d.posts <- func() {}
			}
			return err == nil && p.Open() != c.kept
		})
	}
}

func TestTheLibraryPageCountsCallsAndTakesPhrasings(t *testing.T) {
	d := newDesktop(t)
	d.uncover()
	now := time.Now()
	h := d.r.store.house
	err := h.db.Save(t.Context(), assist.Call{ID: "c", Started: now, Shown: []assist.ID{"charged-twice", "refund-missing"},
		Used: []assist.Used{{Answer: "charged-twice", Heard: "zebra money", At: now, Said: true, Helped: true}}},
		assist.Proposal{ID: "p", Answer: "charged-twice", Phrasing: "zebra money on my statement", At: now})
	if err != nil {
		t.Fatal(err)
	}
	page := d.win.Window().Content()
	sees := func(words string) {
		t.Helper()
		d.until(t, words, func() bool { return strings.Contains(look.Words(page), words) })
	}
	d.win.Show(ui.Library)
	sees("Phrasings to look at: 1")
	d.library.Open("charged-twice")
	sees("In calls: shown 1, opened 1, said 1, helped 1, wrong 0")
	look.Press(t, page, "Phrasings to look at")
	look.Press(t, page, "Take it")
	d.until(t, "the phrasing on disk", func() bool {
		p, err := storage.Find[assist.Proposal](t.Context(), h.db, "p")
		return err == nil && p.Taken
	})
	a, err := storage.Find[assist.Answer](t.Context(), h.db, "charged-twice")
	if err != nil || a.Phrasings[len(a.Phrasings)-1] != "zebra money on my statement" {
		t.Errorf("phrasings %q, %v", a.Phrasings, err)
	}
	look.Hides(t, page, "Phrasings to look at")
}

func TestTheWindowSaysWhyTheStoreStaysShut(t *testing.T) {
	d := openDesktop(t, func(context.Context) (*house, error) {
		return nil, &assist.Fault{What: "the data folder is in use", Do: "Close the other one.", Err: assist.ErrInUse}
	})
	before := d.content
	d.until(t, "the fault", func() bool { return d.content != before })
	if d.win.Window().Content() != d.content {
		t.Error("the fault is not shown")
	}
	d.view(live.View{Seq: 99, Phase: live.Idle, Who: live.Nobody})
	if d.win.Window().Content() == before {
		t.Error("the next picture of the desk hides the fault")
	}
}

func TestTheMenuRunsCommandsOfTheCommandLine(t *testing.T) {
	d := newDesktop(t)
	to := filepath.Join(t.TempDir(), "out")
	said, err := d.r.say(t.Context(), []string{"export", "--to", to})
	if err != nil || !strings.Contains(said, "answers") {
		t.Errorf("export said %q, %v", said, err)
	}
	if _, err := d.r.say(t.Context(), []string{"export", "--to", to}); err == nil || !strings.Contains(err.Error(), "not empty") || strings.HasPrefix(err.Error(), "ringside:") {
		t.Errorf("a second export to the same place: %v", err)
	}
}

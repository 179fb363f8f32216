package main

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes/look"
	"ringside/ui/setup"
	"ringside/ui/widgets"
)

// newWriting opens the app on the sample team, with the Library in front.
func newWriting(t *testing.T) *desktop {
	d := newDesktop(t)
	d.over.(*setup.First).OnSample()
	d.until(t, "the sample team is there", func() bool { return d.over == nil && len(d.team) > 0 && d.chosen.Started })
	d.win.Window().Resize(fyne.NewSize(1280, 720))
	d.win.Show(ui.Library)
	d.until(t, "the answers", func() bool { return len(d.answers) > 0 })
	return d
}

// box returns the box of the editor that has the keyboard.
func (d *desktop) box(t *testing.T) *widgets.Entry {
	t.Helper()
	e, ok := d.win.Window().Canvas().Focused().(*widgets.Entry)
	if !ok {
		t.Fatalf("%T has the keyboard", d.win.Window().Canvas().Focused())
	}
	return e
}

func (d *desktop) drafts(t *testing.T) []assist.Revision {
	t.Helper()
	list, err := all[assist.Revision](t.Context(), d.r.store.house.db)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAnAnswerIsChangedPublishedAndFound(t *testing.T) {
	d := newWriting(t)
	d.library.OnEdit("charged-twice")
	d.until(t, "the editor", func() bool { return d.library.Shows(d.editor.Object()) && d.editor.Answer() == "charged-twice" })
	d.box(t).SetTyped("Zebra stripes on the statement")
	fynetest.Tap(look.Find(t, d.editor.Object(), func(a *widgets.Action) bool { return a.Label() == "Publish" }))
	d.until(t, "it is published", func() bool {
		return strings.Contains(look.Words(d.editor.Object()), "Published: it is found from now on.")
	})
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		hits, err := d.r.libraryFind(t.Context(), "zebra stripes")
		if err == nil && len(hits) > 0 && hits[0].Answer == "charged-twice" {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the new words find %+v, %v", hits, err)
		}
	}
	d.box(t).TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	d.until(t, "the library", func() bool { return !d.library.Shows(d.editor.Object()) })
	d.until(t, "the answer in front", func() bool {
		return strings.Contains(look.Words(d.library.Object()), "Zebra stripes on the statement")
	})
}

func TestTheLastWordsAreKeptWhenTheWindowCloses(t *testing.T) {
	d := newWriting(t)
	d.library.OnEdit("")
	d.until(t, "the editor", func() bool { return d.editor.Answer() != "" })
	d.box(t).SetTyped("Gift vouchers")
	d.closing()
	if list := d.drafts(t); len(list) != 1 || list[0].Next.Title != "Gift vouchers" || list[0].By != d.chosen.Me || list[0].Stage != assist.StageDraft {
		t.Errorf("kept %+v", list)
	}
}

func TestADraftIsListedAndTakenUpAgain(t *testing.T) {
	d := newWriting(t)
	d.editAnswer(assist.Revision{Next: assist.Answer{Phrasings: []string{"can I pay by voucher"}}, Gaps: []assist.ID{"g1"}})
	d.until(t, "the editor", func() bool { return d.editor.Answer() != "" })
	look.Reads(t, d.editor.Object(), "A new answer", "Publishing answers 1 open question.")
	d.box(t).SetTyped("Gift vouchers")
	d.box(t).TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	d.until(t, "the library", func() bool { return !d.library.Shows(d.editor.Object()) })
	d.until(t, "it is counted", func() bool { return strings.Contains(look.Words(d.library.Object()), "Changes: 1 (D)") })
	d.library.OnChanges()
	d.until(t, "the list", func() bool { return strings.Contains(look.Words(d.changes.Object()), "Gift vouchers") })
	d.changes.OnEdit(d.drafts(t)[0])
	d.until(t, "the editor", func() bool { return d.library.Shows(d.editor.Object()) && d.editor.Answer() != "" })
	if d.box(t).Text != "Gift vouchers" {
		t.Errorf("it shows %q", d.box(t).Text)
	}
}

func TestARingWhileAnAnswerIsWrittenTakesNothing(t *testing.T) {
	d := newWriting(t)
	d.library.OnEdit("")
	d.until(t, "the editor", func() bool { return d.editor.Answer() != "" })
	d.box(t).SetTyped("Half a")
	d.r.Ring(phone.Ring{ID: "1", From: "01134960123", Phase: phone.Ringing, At: time.Now()})
	d.until(t, "the call", func() bool { return d.win.CallPage().View().Phase == live.Ringing })
	if d.win.Page() != ui.Library || d.box(t).Text != "Half a" {
		t.Errorf("the page is %s", d.win.Page())
	}
	d.win.Show(ui.Call)
	d.until(t, "the draft", func() bool { return len(d.drafts(t)) == 1 })
	d.win.Show(ui.Library)
	if d.box(t).Text != "Half a" {
		t.Errorf("back in the editor %q has the keyboard", d.box(t).Text)
	}
}

func TestACallPutsTheChoiceOfAFileAway(t *testing.T) {
	d := newWriting(t)
	d.library.OnEdit("")
	d.until(t, "the editor", func() bool { return d.editor.Answer() != "" })
	d.chooseFile()
	if d.win.Window().Canvas().Overlays().Top() == nil {
		t.Fatal("no file can be chosen")
	}
	d.r.Ring(phone.Ring{ID: "1", From: "01134960123", Phase: phone.Ringing, At: time.Now()})
	d.until(t, "the call", func() bool { return d.win.CallPage().View().Phase == live.Ringing })
	if d.win.Window().Canvas().Overlays().Top() != nil || d.chooser != nil {
		t.Error("the choice lies on the card")
	}
}

func TestADroppedPictureGoesIntoTheAnswer(t *testing.T) {
	d := newWriting(t)
	var data bytes.Buffer
	if err := png.Encode(&data, image.NewNRGBA(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "list.png")
	if err := os.WriteFile(path, data.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	d.library.OnEdit("charged-twice")
	d.until(t, "the editor", func() bool { return d.editor.Answer() != "" })
	d.dropped(path)
	d.until(t, "the draft", func() bool { l := d.drafts(t); return len(l) == 1 && len(l[0].Next.Files) == 1 })
	f := d.drafts(t)[0].Next.Files[0]
	kept, err := (editSource{d.r}).Blob(t.Context(), f.Blob)
	if err != nil || !bytes.Equal(kept, data.Bytes()) || f.Name != "list.png" {
		t.Errorf("kept %+v, %d bytes, %v", f, len(kept), err)
	}
	d.dropped(filepath.Join(t.TempDir(), "gone.png"))
	d.until(t, "the fault", func() bool { return strings.Contains(look.Words(d.editor.Object()), "cannot be read") })
}

func TestALargeFileIsNotReadWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "film")
	if err := os.WriteFile(path, make([]byte, mostRead+100), 0o600); err != nil {
		t.Fatal(err)
	}
	data, err := readSmall(path)
	if err != nil || len(data) != mostRead {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	blob := assist.Blob{Data: data}
	if blob.ID = blob.Key(); !errors.Is(blob.Validate(), assist.ErrInvalid) {
		t.Error("what was read of it can be kept")
	}
}

func TestTheWordsAreShownForTheLastCaller(t *testing.T) {
	d := newWriting(t)
	at := time.Now()
	err := d.r.store.house.db.Save(t.Context(), assist.Customer{ID: "mary", Name: "Mary Shaw", Emails: []string{"m@shaw.example"}},
		assist.Call{ID: assist.NewID(at), Customer: "mary", Started: at, Used: []assist.Used{{Answer: "charged-twice", At: at}}})
	if err != nil {
		t.Fatal(err)
	}
	facts, err := d.factsOf(t.Context(), "")
	if err != nil || facts.Customer.Name != "Mary Shaw" || facts.Rep.ID != d.chosen.Me {
		t.Errorf("%+v, %v", facts, err)
	}
	people, err := d.r.peopleNamed(t.Context(), "mary sh")
	if err != nil || len(people) == 0 || people[0].Name != "Mary Shaw" {
		t.Errorf("%+v, %v", people, err)
	}
	if facts, err = d.factsOf(t.Context(), people[0].ID); err != nil || facts.Customer.Name != "Mary Shaw" {
		t.Errorf("%+v, %v", facts, err)
	}
}

func TestPhrasingsPayByTheLibrarysOwnQuestions(t *testing.T) {
	d := newWriting(t)
	poor, err := d.r.gainOf(t.Context(), assist.Answer{})
	if err != nil || !strings.Contains(poor, "points more often") {
		t.Errorf("%q, %v", poor, err)
	}
	a, err := storage.Find[assist.Answer](t.Context(), d.r.store.house.db, "charged-twice")
	if err != nil {
		t.Fatal(err)
	}
	if rich, err := d.r.gainOf(t.Context(), a); err != nil || rich == poor {
		t.Errorf("%q, %v", rich, err)
	}
}

package library_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/library"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

var now = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

func answers() []assist.Answer {
	return []assist.Answer{
		{ID: "charged-twice", Title: "Charged twice for one order", Department: "Billing", Owner: "tom",
			Say:       "I can see both charges, {{customer.name}}, and I am sorry about that. One of them is only a hold: your bank lets it go within three working days. If it is still there on {{date.friday}}, call me and I will have it paid back the same day.",
			Steps:     []string{"Open the order and compare the two amounts", "If both are booked, refund the later one", "Tell the customer the day on which the money is back"},
			Phrasings: []string{"you took my money twice", "there are two payments on my card", "double payment"},
			Products:  []string{"Hedge 300"}, Verified: assist.Date{Year: 2026, Month: 11, Day: 3}, VerifyEvery: 90, Web: "https://example.org/help/charged-twice"},
		{ID: "refund-late", Title: "Refund not there yet", Department: "Billing", Say: "Refunds take five working days.", Verified: assist.Date{Year: 2026, Month: 1, Day: 5}, VerifyEvery: 90, Owner: "ann"},
		{ID: "margin", Title: "What we earn on a Hedge 300", Department: "Sales", Say: "Between 11 and 14 per cent.", Internal: true},
		{ID: "blade", Title: "Blade jams on high hedges", Department: "Repairs", Say: "Switch it off first.", Draft: true},
		{ID: "moved", Title: "Moved house: where will my order go?", Department: "Delivery", Say: "To the new address."},
		{ID: "long", Title: strings.Repeat("An exceedingly long title that nobody can read in one go ", 3), Department: "The Department of Long Names and Even Longer Explanations", Say: strings.Repeat("Long words to say. ", 60)},
		{ID: "cjk", Title: "注文が二重に請求されました", Department: "請求", Say: "二重に請求されたことを確認いたしました。"},
		{ID: "rtl", Title: "חויבתי פעמיים על הזמנה אחת", Department: "חיובים", Say: "אני רואה את שני החיובים."},
	}
}

type desk struct {
	t     *testing.T
	page  *library.Page
	w     fyne.Window
	queue chan func()
	asked []string
}

func newDesk(t *testing.T, size fyne.Size) *desk {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, queue: make(chan func(), 16)}
	d.page = library.New(library.Options{
		Find: func(_ context.Context, words string) ([]library.Hit, error) {
			var hits []library.Hit
			for _, a := range answers() {
				if strings.Contains(strings.ToLower(a.Title), strings.ToLower(words)) {
					hits = append(hits, library.Hit{Answer: a.ID, Why: "title says “" + words + "”"})
				}
			}
			return hits, nil
		},
		Name: func(id assist.ID) string { return map[assist.ID]string{"tom": "Tom Baker", "ann": "Ann Okafor"}[id] },
		Now:  func() time.Time { return now },
		Post: func(f func()) { d.queue <- f },
	})
	d.page.OnCopy = func(string) {}
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	return d
}

// settle waits for one result that comes from beside the window.
func (d *desk) settle() {
	d.t.Helper()
	select {
	case f := <-d.queue:
		f()
	case <-time.After(10 * time.Second):
		d.t.Fatal("no result came")
	}
}

func (d *desk) see(words ...string) {
	d.t.Helper()
	look.Reads(d.t, d.page.Object(), words...)
}

func (d *desk) unseen(words ...string) {
	d.t.Helper()
	look.Hides(d.t, d.page.Object(), words...)
}

var wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(480, 720)

func TestEmptyLibrarySaysHowToFillIt(t *testing.T) {
	d := newDesk(t, wide)
	d.see("No answers yet", "ringside import pack DIR")
}

func TestFirstAnswerIsOpenInAWideWindow(t *testing.T) {
	d := newDesk(t, wide)
	d.page.SetAnswers(answers())
	d.see("8 answers, 2 need an eye", "Tom Baker answers for it", "[customer’s name]", "WHAT TO DO", "1.  Open the order", "“double payment”", "verified 3 November 2026")
	d.unseen("{{")
}

func TestEveryStateHasItsWord(t *testing.T) {
	d := newDesk(t, wide)
	d.page.SetAnswers(answers())
	for id, words := range map[assist.ID]string{
		"refund-late": "Not verified for 323 days, and it should be every 90",
		"margin":      "do not say this aloud",
		"blade":       "nobody has agreed to these words yet",
	} {
		d.page.Open(id)
		d.see(words)
	}
	d.see("verified", "stale", "internal", "draft")
}

func TestTypingFindsAndSaysWhy(t *testing.T) {
	d := newDesk(t, wide)
	d.page.SetAnswers(answers())
	d.page.Find("refund")
	d.settle()
	d.see("1 found", "Refund not there yet", "Found by: title says “refund”")
	d.unseen("Blade jams")
	d.page.Find("zzz")
	d.settle()
	d.see("Nothing fits these words")
	d.unseen("Found by: title says “refund”")
	d.page.Find("")
	d.see("8 answers", "Charged twice")
}

func TestDepartmentNarrowsAndWidensAgain(t *testing.T) {
	d := newDesk(t, wide)
	d.page.SetAnswers(answers())
	dep := look.Find[*widget.Select](t, d.page.Object(), nil)
	dep.SetSelected("Repairs")
	d.see("1 answer")
	d.unseen("Charged twice")
	d.page.Find("order")
	d.settle()
	d.see("Nothing fits these words", "Look in all departments (2 more)")
	look.Press(t, d.page.Object(), "Look in all")
	d.see("2 found", "Charged twice")
}

func TestAnAnswerStandsInEveryDepartmentThatSaysIt(t *testing.T) {
	d := newDesk(t, wide)
	list := answers()
	list[0].Also = []string{"Repairs", "Shop floor"} // charged twice, of Billing
	d.page.SetAnswers(list)
	dep := look.Find[*widget.Select](t, d.page.Object(), nil)
	for _, name := range []string{"Repairs", "Shop floor", "Billing"} {
		dep.SetSelected(name)
		d.see("Charged twice")
	}
}

func TestNewAnswersKeepWhatIsOpen(t *testing.T) {
	d := newDesk(t, wide)
	d.page.SetAnswers(answers())
	d.page.Open("blade")
	d.page.SetAnswers(answers()[1:])
	d.see("nobody has agreed to these words yet")
}

func TestKeysWalkOpenAndCopy(t *testing.T) {
	d := newDesk(t, wide)
	var copied string
	d.page.OnCopy = func(s string) { copied = s }
	d.page.SetAnswers(answers())
	box := look.Find[*panes.Box](t, d.page.Object(), nil)
	d.w.Canvas().Focus(box)
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.see("Refunds take five working days.")
	rows := look.Find[*panes.Rows](t, d.page.Object(), nil)
	d.w.Canvas().Focus(rows)
	rows.TypedRune('C')
	if copied != "Refunds take five working days." {
		t.Errorf("copied %q", copied)
	}
	d.see("Copied")
	rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	d.see("Copy these words (C)", "Tom Baker answers for it")
	box.SetText("x")
	d.settle()
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if box.Text != "" {
		t.Errorf("Escape left %q in the box", box.Text)
	}
}

func TestNarrowWindowShowsListThenAnswer(t *testing.T) {
	d := newDesk(t, slim)
	d.page.SetAnswers(answers())
	d.see("Blade jams")
	d.unseen("WHAT TO DO")
	rows := look.Find[*panes.Rows](t, d.page.Object(), nil)
	rows.SetChosen(0)
	rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.see("WHAT TO DO", "Back to the list")
	d.unseen("Blade jams")
	look.Press(t, d.page.Object(), "Back to the list")
	d.see("Blade jams")
	d.w.Resize(wide)
	d.see("Blade jams", "Copy these words")
}

// TestNothingOverlaps looks at the answer pane, whose heights follow from its width.
func TestNothingOverlaps(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim, fyne.NewSize(320, 600)} {
		d := newDesk(t, size)
		d.page.SetAnswers(answers())
		for _, a := range answers() {
			d.page.Open(a.ID)
			look.Apart(t, d.page.Object(), size, fmt.Sprint(size, " ", a.ID))
			if size.Width < 700 {
				look.Press(t, d.page.Object(), "Back to the list")
			}
		}
	}
}

// TestGallery saves a picture of each state.
func TestGallery(t *testing.T) {
	look.Gallery(t)
	for at, size := range map[string]fyne.Size{"wide": wide, "narrow": slim} {
		d := newDesk(t, size)
		shot := func(state string) { look.Picture(t, d.w, "library-"+state+"-"+at) }
		shot("empty")
		d.page.SetAnswers(answers())
		shot("list")
		d.page.Open("refund-late")
		shot("stale")
		d.page.Open("charged-twice")
		shot("answer")
		d = newDesk(t, size)
		d.page.SetAnswers(answers())
		d.page.Find("order")
		d.settle()
		shot("found")
		d.page.Find("zzz")
		d.settle()
		shot("none")
		d.page.Find("")
		d.page.SetProposals(proposals())
		shot("phrasings-wait")
		look.Press(t, d.page.Object(), "Phrasings to look at")
		shot("phrasings")
		d.page.Open("charged-twice")
		shot("phrasing")
	}
}

package patterns

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/chart"
	"ringside/assist/insight"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

var start = time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)

var wide, slim = fyne.NewSize(1208, 660), fyne.NewSize(380, 720)

// source counts what a book was told.
type source struct {
	book  insight.Book
	n     int
	asked []insight.Period
	tells []Progress
	fault error
	gone  bool // the quotes cannot be read
}

func (s *source) Patterns(_ context.Context, p insight.Period, tell func(Progress)) ([]insight.Pattern, error) {
	s.asked = append(s.asked, p)
	for _, t := range s.tells {
		tell(t)
	}
	return s.book.Patterns(start, p), s.fault
}

func (s *source) Chart(_ context.Context, t insight.Theme, p insight.Period) (chart.Chart, error) {
	return s.book.Chart(t, start, p), nil
}

func (s *source) Quotes(_ context.Context, _ insight.Theme, refs []assist.Ref) (out []Quote, err error) {
	if s.gone {
		return nil, errors.New("the disk is away")
	}
	for _, r := range refs {
		out = append(out, Quote{Ref: r, Words: "Theirs is cheaper " + string(r.ID) + ".", At: start, Customer: "c" + r.ID, Who: "Mary Shaw", Rep: "Tom", Note: r.ID})
	}
	return out, nil
}

// told has so many customers tell a theme in a week, so many days ago. Other weeks, other
// customers.
func (s *source) told(t insight.Theme, customers, ago int) {
	for i := range customers {
		s.n++
		who := ago*7 + i
		ref := assist.Ref{Type: assist.TypeNote, ID: assist.ID(fmt.Sprintf("note-%04d", s.n))}
		var themes []insight.Theme
		if t.Kind != "" {
			themes = append(themes, t)
		}
		s.book.Put(insight.Said{Ref: ref, At: start.AddDate(0, 0, -ago-i%7), Customer: assist.ID(fmt.Sprint("c", who)), Rep: assist.ID(fmt.Sprint("r", s.n%4)), Talk: ref, Themes: themes})
	}
}

var (
	barn  = insight.Theme{Group: insight.Competitive, Kind: insight.Named, About: assist.AboutCompetitor, Subject: "GreenBarn", Matter: "price"}
	moss  = insight.Theme{Group: insight.Market, Kind: insight.Bought, About: assist.AboutPlace, Subject: "Mossgate DIY"}
	door  = insight.Theme{Group: insight.BackDoor, Kind: insight.Leaving, Matter: "waiting"}
	quiet = insight.Theme{Group: insight.Relationship, Kind: insight.Felt, Feeling: assist.Love, About: assist.AboutProduct, Subject: "Hedge 300", Matter: "noise"}
)

func filled() *source {
	s := &source{}
	for week := range 26 {
		s.told(insight.Theme{}, 60, 7*week)
	}
	for week := range 13 {
		s.told(barn, 4+week%3, 7*week)
		s.told(barn, week%2, 91+7*week)
		s.told(moss, 1+week%2, 7*week)
		s.told(moss, 1+week%2, 91+7*week)
		s.told(quiet, week%2, 7*week)
		s.told(quiet, week%2, 91+7*week)
	}
	s.told(door, 3, 12)
	return s
}

type desk struct {
	t     *testing.T
	page  *Page
	src   *source
	w     fyne.Window
	queue chan func()
	did   []string
}

func newDesk(t *testing.T, s *source, size fyne.Size) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, src: s, queue: make(chan func(), 64)}
	d.page = New(Options{Source: s, Now: func() time.Time { return start }, Post: func(f func()) { d.queue <- f }})
	tell := func(what string) func(assist.ID) {
		return func(id assist.ID) { d.did = append(d.did, what+" "+string(id)) }
	}
	d.page.OnNote, d.page.OnCustomer = tell("note"), tell("customer")
	d.page.OnCopy = func(text string) { d.did = append(d.did, "copy "+text) }
	d.page.OnSave = func(name string, data []byte) { d.did = append(d.did, fmt.Sprint("save ", name, " ", len(data) > 500)) }
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.Reload()
	d.work()
	d.page.Focus(d.w.Canvas())
	return d
}

// work lets everything come back that is done beside the window.
func (d *desk) work() {
	d.t.Helper()
	for {
		select {
		case f := <-d.queue:
			f()
		case <-time.After(100 * time.Millisecond):
			return
		}
	}
}

func (d *desk) rows() *panes.Rows { return look.Find[*panes.Rows](d.t, d.page.Object(), nil) }

func (d *desk) see(words ...string)    { d.t.Helper(); look.Reads(d.t, d.page.Object(), words...) }
func (d *desk) unseen(words ...string) { d.t.Helper(); look.Hides(d.t, d.page.Object(), words...) }

func (d *desk) at(words string) {
	d.t.Helper()
	i := slices.IndexFunc(d.page.shown, func(e *entry) bool { return strings.HasPrefix(e.line.Title, words) && !e.line.Heading })
	if i < 0 {
		d.t.Fatalf("no row %q", words)
	}
	d.rows().SetChosen(i)
	d.work()
}

func (d *desk) press(r rune) {
	d.t.Helper()
	d.rows().TypedRune(r)
	d.work()
}

func (d *desk) last() string {
	d.t.Helper()
	if len(d.did) == 0 {
		d.t.Fatal("nothing was done")
	}
	return d.did[len(d.did)-1]
}

func TestPatternsStandInTheirGroupsWithTheirFigures(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.see("COMPETITORS, AND WHAT FOR  1", "GreenBarn named for price", "64 customers, 4 reps; 8.2 times as often", "64 customers, 4 reps, since August; ", "times as often as in the quarter before (", "rising, strong",
		"WHERE AND WHY PEOPLE BUY  1", "19 customers, 4 reps", "some",
		"Hedge 300 loved for quiet", "early", "3 patterns, 1 of them rising or falling for sure", "NOT ENOUGH YET  1", "Show them (N)")
	d.unseen("A reason to leave: waiting")
	d.see("The evidence is strong", "HOW IT IS MADE", "Benjamini and Hochberg", "Save as PNG (P)", "Save as SVG (S)")
	d.page.reading.scroll.Page(1)
	d.see("IN THEIR WORDS, THE LATEST FIRST", "Mary Shaw · today", "heard by Tom")
}

func TestWhatIsNotEnoughYetSaysWhatIsMissing(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.press('n')
	d.see("Hide them (N)", "A reason to leave: waiting", "3 customers, 3 reps; lacks 2 more customers")
	d.at("A reason to leave")
	d.see("not enough yet: 2 more customers")
	d.at("Hide them")
	d.see("1 theme of which too few customers spoke")
	look.Press(t, d.page.Object(), "Hide them")
	d.unseen("A reason to leave: waiting")
}

func TestThePeriodAndTheKindAreChosen(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.page.period.SetSelected("Last 4 weeks")
	d.work()
	if want := []insight.Period{insight.Quarter, insight.FourWeeks}; !slices.Equal(d.src.asked, want) {
		t.Errorf("asked for %v, want %v", d.src.asked, want)
	}
	d.page.what.SetSelected("Market")
	d.work()
	d.unseen("COMPETITORS", "GreenBarn named for price")
	d.page.what.SetSelected("Front line")
	d.work()
	d.see("Nothing like that")
	look.Press(t, d.page.Object(), "Show everything")
	d.see("GreenBarn named for price")
}

func TestWordsOpenTheirNoteAndCustomer(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.at("GreenBarn")
	d.press('o')
	latest := d.page.reading.quotes[0]
	if d.last() != "note "+string(latest.Note) {
		t.Error(d.did)
	}
	d.page.reading.scroll.Page(1)
	look.Press(t, d.page.Object(), "Open the customer")
	if d.last() != "customer "+string(latest.Customer) {
		t.Error(d.did)
	}
	if n := len(d.page.reading.quotes); n != atOnce {
		t.Errorf("%d quotes at first", n)
	}
	d.press('m')
	if n := len(d.page.reading.quotes); n != 2*atOnce {
		t.Errorf("%d quotes with more", n)
	}
	for range 10 {
		d.press('m')
	}
	if n := len(d.page.reading.quotes); n != len(d.page.reading.entry.pattern.Refs) || d.page.reading.more.Visible() {
		t.Errorf("%d quotes in the end; more is shown: %v", n, d.page.reading.more.Visible())
	}
}

func TestAPatternIsCopiedAndItsPictureSaved(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.at("GreenBarn")
	d.press('c')
	for _, want := range []string{"GreenBarn named for price: 64 customers", "Evidence: strong.", "“Theirs is cheaper", "(Mary Shaw · today · heard by Tom)", "How it is made: Every customer counts once"} {
		if !strings.Contains(d.last(), want) {
			t.Errorf("no %q in %s", want, d.last())
		}
	}
	d.press('p')
	if d.last() != "save greenbarn-named-for-price.png true" {
		t.Error(d.last())
	}
	d.press('s')
	if d.last() != "save greenbarn-named-for-price.svg true" {
		t.Error(d.last())
	}
}

func TestReadingSaysHowFarItIs(t *testing.T) {
	s := filled()
	s.tells = []Progress{{340_000, 1_000_000}}
	d := newDesk(t, &source{}, wide)
	d.see("No patterns yet")
	d.page.opt.Source = s
	d.page.Reload()
	(<-d.queue)() // the first thing that comes back is how far it is
	d.see("Reading what was kept: 340,000 of about 1,000,000…")
	d.work()
	d.see("3 patterns")
	s.fault = &assist.Fault{What: "the notes cannot be read", Do: "Start Ringside again."}
	d.page.Reload()
	d.work()
	d.see("The notes cannot be read", "GreenBarn named for price")
	s.fault, s.gone = nil, true
	d.page.Reload()
	d.work()
	d.at("Mossgate")
	d.page.reading.scroll.Page(1)
	d.see("The disk is away")
}

func TestWhatIsInFrontStaysThere(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.at("Mossgate")
	d.see("no sure change since the quarter before")
	d.page.Reload()
	d.work()
	if e, _ := d.page.chosen(); e == nil || e.pattern.Theme != moss || len(d.page.reading.quotes) == 0 {
		t.Errorf("%+v", e)
	}
}

func TestNothingIsCutOffOrLiesOnAnother(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim, fyne.NewSize(400, 640)} {
		d := newDesk(t, filled(), size)
		look.Apart(t, d.page.Object(), size, fmt.Sprint("list at ", size.Width))
		d.page.split.Read(true)
		look.Apart(t, d.page.Object(), size, fmt.Sprint("reading at ", size.Width))
	}
}

func TestGallery(t *testing.T) {
	look.Gallery(t)
	for name, size := range map[string]fyne.Size{"patterns-wide": wide, "patterns-slim": slim} {
		d := newDesk(t, filled(), size)
		look.Picture(t, d.w, name)
		d.page.split.Read(true)
		look.Picture(t, d.w, name+"-read")
	}
}

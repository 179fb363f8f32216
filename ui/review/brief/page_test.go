package brief_test

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
	"ringside/assist/brief"
	"ringside/ui/panes/look"
	page "ringside/ui/review/brief"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var thursday = time.Date(2026, 11, 26, 15, 0, 0, 0, time.UTC)

var wide, slim = fyne.NewSize(1180, 640), fyne.NewSize(400, 700)

// desk is a page in a window, whose work waits until a step is taken.
type desk struct {
	t     *testing.T
	page  *page.Page
	w     fyne.Window
	queue chan func()
	asked []page.Ask
	fault error
	did   []string
}

func newDesk(t *testing.T, size fyne.Size) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, queue: make(chan func(), 20)}
	d.page = page.New(page.Options{Load: d.load, Write: d.write, Now: func() time.Time { return thursday }, Post: func(f func()) { d.queue <- f }})
	d.page.OnSaveFile = func(name string, data []byte) { d.did = append(d.did, fmt.Sprintf("save %s %.12s", name, data)) }
	d.page.OnPrint = func(name string, data []byte) { d.did = append(d.did, fmt.Sprintf("print %s %.12s", name, data)) }
	d.page.OnMail = func(subject, body string) { d.did = append(d.did, fmt.Sprintf("mail %s: %.12s", subject, body)) }
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	return d
}

func (d *desk) load(_ context.Context, ask page.Ask) (brief.Brief, error) {
	d.asked = append(d.asked, ask)
	b := brief.Compose(inputs(ask))
	if ask.Hidden {
		b = brief.Hide(b, []brief.Person{{Is: "Customer", Names: []string{"Mary Shaw"}}})
	}
	return b, d.fault
}

func (d *desk) write(b brief.Brief, form page.Form) ([]byte, error) {
	return []byte(string(form) + " of " + b.Title), d.fault
}

func inputs(ask page.Ask) brief.Inputs {
	in := brief.Inputs{Team: "Thornfell", From: thursday.AddDate(0, 0, 1-7*ask.Weeks), Until: thursday, Parts: ask.Parts}
	for i := range 20 {
		in.Heard = append(in.Heard, brief.Heard{Who: "Mary Shaw, Leeds", RepName: "Ewa Nowak", Insight: assist.Insight{ID: assist.ID(fmt.Sprint(i)), At: thursday.AddDate(0, 0, -i*5),
			Customer: assist.ID(fmt.Sprint("c", i%6)), Rep: "ewa", Intelligence: assist.Competitive, Subject: "Halden", Text: fmt.Sprint("Theirs needs no wire, said ", i), Source: "said in a call"}})
		in.Promises = append(in.Promises, assist.Promise{ID: assist.ID(fmt.Sprint("p", i)), Made: thursday.AddDate(0, 0, -i-2), Due: thursday.AddDate(0, 0, -i), Kept: thursday.AddDate(0, 0, -i-1)})
	}
	in.Patterns = map[brief.Part][]brief.Claim{brief.Competitive: {{Says: "Halden named for robots: 13 customers, 7 reps, since August.", Basis: brief.Basis{N: 20, Counted: "conversation", Customers: 13, Reps: 7, Grade: "some"}}}}
	return in
}

// step shows what has come.
func (d *desk) step() {
	d.t.Helper()
	select {
	case f := <-d.queue:
		f()
	case <-time.After(10 * time.Second):
		d.t.Fatal("nothing came")
	}
}

func (d *desk) reload() {
	d.t.Helper()
	d.page.Reload()
	d.step()
}

func (d *desk) press(label string) {
	d.t.Helper()
	test.Tap(look.Find(d.t, d.page.Object(), func(a *widgets.Action) bool { return strings.HasPrefix(a.Label(), label) }))
}

func (d *desk) key(letters string) {
	d.t.Helper()
	d.page.Focus(d.w.Canvas())
	for _, r := range letters {
		d.w.Canvas().Focused().TypedRune(r)
	}
}

func TestTheBriefIsReadOnThePage(t *testing.T) {
	d := newDesk(t, fyne.NewSize(1180, 6000))
	d.reload()
	look.Reads(t, d.page.Object(), "What customers told us", "Thornfell · 20 to 26 November 2026", "At a glance", "Things heard", "Rivals",
		"Halden named for robots: 13 customers", "20 conversations from 13 customers, written by 7 reps; evidence: some", "“Theirs needs no wire, said 0”",
		"Mary Shaw, Leeds; 26 November 2026; said in a call; written by Ewa Nowak", "100% of our promises were kept", "Not enough yet")
	look.Hides(t, d.page.Object(), "Counting")
}

func TestNothingOverlapsInAnyWindow(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim, {Width: 400, Height: 6000}, {Width: 1180, Height: 4000}} {
		d := newDesk(t, size)
		d.reload()
		look.Apart(t, d.page.Object(), size, fmt.Sprint(size))
	}
}

func TestPicturesOfTheBrief(t *testing.T) {
	look.Gallery(t)
	for name, size := range map[string]fyne.Size{"brief-wide": {Width: 1180, Height: 1400}, "brief-400": {Width: 400, Height: 2000}} {
		d := newDesk(t, size)
		d.reload()
		look.Picture(t, d.w, name)
	}
}

func TestAPeriodANameAndAPartAreOneKeyOrOnePress(t *testing.T) {
	d := newDesk(t, fyne.NewSize(1180, 6000))
	d.reload()
	d.key("2")
	d.step()
	look.Reads(t, d.page.Object(), "30 October to 26 November 2026")
	d.press("Half a year")
	d.step()
	d.key("n")
	d.step()
	look.Reads(t, d.page.Object(), "Names hidden (N)", "Customer 1, Leeds")
	look.Hides(t, d.page.Object(), "Mary Shaw")
	d.press("Rivals")
	d.step()
	look.Hides(t, d.page.Object(), "Halden named")
	d.press("Rivals")
	d.step()
	look.Reads(t, d.page.Object(), "Halden named")
	last := d.asked[len(d.asked)-1]
	if last.Weeks != 26 || !last.Hidden || len(last.Parts) != len(brief.Parts()) {
		t.Errorf("asked for %+v", last)
	}
}

func TestTheBriefIsHandedOn(t *testing.T) {
	d := newDesk(t, wide)
	d.key("p")
	if len(d.did) > 0 {
		t.Fatal("a brief was handed on that is not there")
	}
	d.reload()
	for _, key := range "phmre" {
		d.key(string(key))
		d.step()
	}
	d.press("HTML")
	d.step()
	want := []string{"save ringside-brief-2026-11-26.pdf pdf of What ", "save ringside-brief-2026-11-26.html html of What", "save ringside-brief-2026-11-26.md md of What c",
		"print ringside-brief-2026-11-26.html html of What", "mail What customers told us: 20 to 26 November 2026: md of What c", "save ringside-brief-2026-11-26.html html of What"}
	if !slices.Equal(d.did, want) {
		t.Errorf("it did\n%s", strings.Join(d.did, "\n"))
	}
}

func TestAChartOfTheBriefCanBeSaved(t *testing.T) {
	d := newDesk(t, fyne.NewSize(1180, 6000))
	d.reload()
	d.press("SVG")
	if len(d.did) != 1 || !strings.HasPrefix(d.did[0], "save heard-by-week.svg <svg") {
		t.Errorf("it did %q", d.did)
	}
}

func TestAFaultIsSaidAndLeavesTheBriefThere(t *testing.T) {
	d := newDesk(t, wide)
	d.reload()
	d.fault = &assist.Fault{What: "the store is away", Do: "Try again.", Err: errors.New("x")}
	d.key("p")
	d.step()
	look.Reads(t, d.page.Object(), "The store is away. Try again.")
	d.key("2")
	d.step()
	look.Reads(t, d.page.Object(), "The store is away. Try again.", "20 to 26 November 2026")
	if len(d.did) > 0 {
		t.Errorf("it did %q", d.did)
	}
}

func TestALateCountIsNotShown(t *testing.T) {
	d := newDesk(t, wide)
	d.page.Reload()
	first := <-d.queue
	d.key("2")
	d.step()
	first()
	look.Reads(t, d.page.Object(), "30 October to 26 November 2026")
}

func TestTheArrowKeysScroll(t *testing.T) {
	d := newDesk(t, slim)
	d.reload()
	d.page.Focus(d.w.Canvas())
	look.Reads(t, d.page.Object(), "At a glance")
	d.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	look.Hides(t, d.page.Object(), "What customers told us")
	d.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	look.Reads(t, d.page.Object(), "What customers told us")
	d.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	look.Reads(t, d.page.Object(), "What customers told us")
}

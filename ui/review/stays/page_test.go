package stays_test

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
	"ringside/assist/compose"
	"ringside/assist/stay"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/review/stays"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var (
	start      = time.Date(2026, 11, 26, 17, 30, 0, 0, time.UTC)
	wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(400, 720)
)

func ago(days int) time.Time { return start.AddDate(0, 0, -days) }

// store keeps what the page saves, as the real one does.
type store struct {
	records []assist.Record
	now     time.Time
	took    time.Duration
	reads   int
	refuse  error
	fault   error
}

func (s *store) read(_ context.Context, told func(string)) (stays.Data, error) {
	t := stay.New(s.now)
	for _, r := range s.records {
		t.Add(r)
	}
	s.now, s.reads = s.now.Add(s.took), s.reads+1
	return stays.Data{Me: "jo", Report: t.Report(),
		Names:    map[assist.ID]string{"mary": "Mary Shaw", "ali": "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine the Elder", "ben": "Ben Hill"},
		Mails:    map[assist.ID]string{"mary": "mary@shaw.example"},
		Evidence: map[assist.Ref]string{{Type: assist.TypePromise, ID: "p"}: "Promise of 6 November: Refund the second charge"},
		Write: func(slip stay.Slip) stays.Letter {
			l := slip.Write(compose.Facts{Customer: assist.Customer{Name: "Mary Shaw"}, Now: s.now})
			return stays.Letter{Subject: l.Subject, Body: l.Body}
		}}, s.fault
}

func (s *store) save(_ context.Context, _, after []assist.Record) error {
	if s.refuse != nil {
		return s.refuse
	}
	for _, r := range after {
		kind, id := r.Ident()
		s.records = slices.DeleteFunc(s.records, func(o assist.Record) bool { k, i := o.Ident(); return k == kind && i == id })
		s.records = append(s.records, r)
	}
	return nil
}

// filled has twelve customers in Leeds, of whom three slip away: mary, to whom a promise
// was broken and who brought most; ali, who is silent, and ben, who named a rival.
func filled() *store {
	s := &store{now: start}
	add := func(r ...assist.Record) { s.records = append(s.records, r...) }
	for i, id := range []assist.ID{"ali", "ben", "mary", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11"} {
		add(assist.Customer{ID: id, Name: "C", City: "Leeds", Owns: []assist.Product{{Name: "Hedge 300, the long one with the battery and the strap"}}},
			assist.Note{ID: "n" + id, Customer: id, At: ago(400), Text: "x"})
		if i > 0 {
			add(assist.Note{ID: "m" + id, Customer: id, At: ago(20), Text: "x"}, assist.Order{ID: "o" + id, Customer: id, At: ago(21), Value: int64(i), Currency: "GBP"})
		}
	}
	for _, d := range []int{160, 130, 100, 70} {
		add(assist.Note{ID: assist.ID(fmt.Sprint("a", d)), Customer: "ali", At: ago(d), Text: "x"})
	}
	add(assist.Order{ID: "big", Customer: "mary", At: ago(30), Value: 1234567, Currency: "GBP"},
		assist.Promise{ID: "p", Customer: "mary", Text: "Refund the second charge", Made: ago(20), Due: ago(9), AllDay: true},
		assist.Insight{ID: "i", Customer: "ben", At: ago(10), About: assist.AboutCompetitor, Subject: "Stihl", Text: "x"})
	return s
}

type desk struct {
	t     *testing.T
	page  *stays.Page
	store *store
	w     fyne.Window
	queue chan func()
	told  []string
}

func newDesk(t *testing.T, s *store, size fyne.Size) *desk {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, store: s, queue: make(chan func(), 16)}
	d.page = stays.New(stays.Options{Read: s.read, Save: s.save, Now: func() time.Time { return s.now }, Post: func(f func()) { d.queue <- f }})
	tell := func(format string, args ...any) { d.told = append(d.told, fmt.Sprintf(format, args...)) }
	d.page.OnCustomer = func(id assist.ID) { tell("customer %s", id) }
	d.page.OnCopy = func(text string) { tell("copy %s", text) }
	d.page.OnMail = func(to, subject, body string) { tell("mail %s: %s", to, subject) }
	d.page.OnPicture = func(name string, data []byte) { tell("picture %s %t", name, len(data) > 0) }
	d.page.OnCount = func(n int) { d.told = []string{fmt.Sprint("left ", n)} }
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.Reload()
	d.step()
	d.w.Canvas().Focus(d.rows())
	return d
}

// step lets the window do one thing that came from beside it.
func (d *desk) step() {
	d.t.Helper()
	select {
	case f := <-d.queue:
		f()
	case <-time.After(10 * time.Second):
		d.t.Fatal("nothing came")
	}
}

// key types letters into the list, each a second after the last, and lets what they do
// be kept.
func (d *desk) key(letters string) {
	d.t.Helper()
	for _, r := range letters {
		d.store.now = d.store.now.Add(time.Second)
		d.rows().TypedRune(r)
		if strings.ContainsRune("pnur", r) {
			d.step()
		}
	}
}

// to goes to the nth customer, from 0.
func (d *desk) to(n int) {
	d.rows().SetChosen(0)
	d.rows().Step(7 + n)
}

func (d *desk) rows() *panes.Rows { return look.Find[*panes.Rows](d.t, d.page.Object(), nil) }

func (d *desk) see(words ...string)    { d.t.Helper(); look.Reads(d.t, d.page.Object(), words...) }
func (d *desk) unseen(words ...string) { d.t.Helper(); look.Hides(d.t, d.page.Object(), words...) }

func TestFiguresStandAboveTheCustomersWhoSlipAway(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.see("WHO STAYS AND WHO GOES", "Growth beside loss", "this month 0 came, 10 came back, 0 went", "Who stayed: City", "12 of 12 (76% to 100%), Leeds", "SLIPPING AWAY  3",
		"Of 12 customers with a contact on record.", "Came: the first contact on record")
	d.to(0)
	d.see("Mary Shaw", "£12,345.69 in two years · a promise was not kept", "have not heard from us since: Refund the second charge", "Promise of 6 November", "Last contact",
		"Recency 5 of 5", "Promise to call (P)", "Not slipping (N)")
	d.unseen("Came: the first contact on record")
	d.rows().Step(1)
	d.see("Ben Hill", "They named Stihl on 16 November")
	d.rows().Step(1)
	d.see("No contact for 70 days. As a rule they are in touch every 30 days")
}

func TestACustomerIsSeenToWithOneKeyAndThatCanBeTakenBack(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.to(0)
	d.key("pnn")
	d.see("Undo (U)", "Not slipping: Wolfe")
	d.unseen("SLIPPING AWAY")
	if !slices.Equal(d.told, []string{"left 0"}) {
		t.Errorf("told %q", d.told)
	}
	look.Press(t, d.page.Object(), "Read again (R)") // nobody comes back
	d.step()
	d.unseen("SLIPPING AWAY")
	d.key("uuu")
	d.unseen("Undo (U)")
	d.key("r")
	d.see("SLIPPING AWAY  3", "Mary Shaw")
	var calls int
	for _, r := range d.store.records {
		if p, ok := r.(assist.Promise); ok && p.Rep == "jo" && !p.Dropped.IsZero() && p.Due.Equal(time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)) {
			calls++
		}
	}
	if calls != 1 {
		t.Errorf("%d promises to call are on record as dropped", calls)
	}
}

func TestTheyCanBeWrittenToAndShown(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.to(0)
	d.see("How are things going?", "tell me frankly")
	d.told = nil
	d.key("ces")
	if len(d.told) != 3 || !strings.HasPrefix(d.told[0], "copy How are things going?\n\nDear Mary") || d.told[1] != "mail mary@shaw.example: How are things going?" || d.told[2] != "customer mary" {
		t.Errorf("told %q", d.told)
	}
}

func TestChartsAreHandedOut(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.told = nil
	d.rows().SetChosen(2)
	look.Find(t, d.page.Object(), func(a *widgets.Action) bool { return a.Label() == "SVG" }).Tapped(nil)
	if !slices.Equal(d.told, []string{"picture who-stayed-period.svg true"}) {
		t.Errorf("told %q", d.told)
	}
	for _, r := range "pncesu" { // a figure is no customer
		d.rows().TypedRune(r)
	}
	if len(d.told) != 1 || len(d.store.records) != len(filled().records) {
		t.Errorf("told %q", d.told)
	}
}

func TestWhatIsRefusedComesBackAndIsSaid(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.store.refuse = errors.New("this was changed elsewhere meanwhile")
	d.to(0)
	d.key("n")
	d.see("changed elsewhere meanwhile", "SLIPPING AWAY  3")
	d.unseen("Undo (U)")
}

func TestASecondKeyInTheSameBreathIsNotHeard(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.to(0)
	d.key("n")
	d.rows().TypedRune('n')
	d.see("SLIPPING AWAY  2")
}

func TestEverythingIsReadAgainOnlyWhenThatIsWorthIt(t *testing.T) {
	s := filled()
	s.took = 3 * time.Second
	d := newDesk(t, s, wide)
	s.now = s.now.Add(4 * time.Minute)
	d.page.Reload()
	if s.reads != 1 {
		t.Error("what was read 4 minutes ago, in 3 seconds, is read again")
	}
	s.now = s.now.Add(2 * time.Minute)
	d.page.Reload()
	d.step()
	if s.reads != 2 {
		t.Error("what was read 6 minutes ago is not read again")
	}
}

func TestWithoutContactsItIsNotEnoughYet(t *testing.T) {
	d := newDesk(t, &store{now: start, records: []assist.Record{assist.Customer{ID: "mary", Name: "Mary"}}}, wide)
	d.see("Not enough yet", "No customer has a call")
	d.key("sce") // nothing to act on
	d = newDesk(t, &store{now: start, records: filled().records[:6]}, wide)
	d.see("Growth beside loss\nnot enough yet", "Not enough yet: of 2 customers a contact is on record")
	d = newDesk(t, &store{now: start, fault: errors.New("the disk is gone")}, wide)
	d.see("Who stays cannot be read", "The disk is gone", "Try again")
}

func TestNothingIsCutOffOrOverlaps(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim} {
		d := newDesk(t, filled(), size)
		look.Apart(t, d.page.Object(), size, fmt.Sprint(size))
		for i := range 10 {
			d.rows().SetChosen(0)
			d.rows().Step(i)
			d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			look.Apart(t, d.page.Object(), size, fmt.Sprint(size, " row ", i))
			if size.Width < 700 {
				look.Press(t, d.page.Object(), "Back to the list")
			}
		}
	}
}

func TestGallery(t *testing.T) {
	look.Gallery(t)
	for at, size := range map[string]fyne.Size{"wide": wide, "narrow": slim} {
		d := newDesk(t, filled(), size)
		look.Picture(t, d.w, "stays-"+at)
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		look.Picture(t, d.w, "stays-figure-"+at)
		if at == "narrow" {
			look.Press(t, d.page.Object(), "Back to the list")
		}
		d.to(0)
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		look.Picture(t, d.w, "stays-customer-"+at)
	}
}

package incident_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/ui/incident"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var (
	now        = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC) // a Tuesday
	wide, slim = fyne.NewSize(1204, 720), fyne.NewSize(380, 664)
)

func depot() assist.Incident {
	return assist.Incident{ID: "depot", Title: "Deliveries from Leeds stand still", Opened: now.AddDate(0, 0, -1), Every: 4,
		What: "The depot in Leeds had a fire in the night. Nobody was hurt.", Doing: "Everything for this week goes by way of York.",
		FixedBy: now.AddDate(0, 0, 3), Cities: []string{"Leeds", "Otley"}, Updated: now.Add(-5 * time.Hour)}
}

func data() incident.Data {
	return incident.Data{
		Open: []incident.Row{{Incident: depot(), All: 340, Told: 328},
			{Incident: assist.Incident{ID: "blade", Title: "Hedge 300: the blade guard comes loose on machines made before the spring of this year", Opened: now.AddDate(0, -2, 0),
				Every: 24, Updated: now.Add(-20 * time.Hour), Products: []string{"Hedge 300"}}, All: 100_000, Told: 100_000}},
		Maybe: []incident.Suggestion{{Title: "Charged twice", Customers: []assist.ID{"mary", "ali", "hana"},
			Names: []string{"Mary Shaw", "Ali Khan", "田中 花子"}, Since: now.AddDate(0, 0, -2)}},
		Closed: []incident.Row{{Incident: assist.Incident{ID: "old", Title: "The shop was down", Opened: now.AddDate(0, 0, -9), Closed: now.AddDate(0, 0, -8),
			What: "Nobody could order."}, All: 12, Told: 12}},
	}
}

// source gives what the test puts into it, and notes what is asked of it.
type source struct {
	mu    sync.Mutex
	data  incident.Data
	err   error // of Load
	fault error // of what changes something
	half  bool  // the fault comes after an incident was kept
	all   int   // how many people an incident has
	gate  chan struct{}
	told  map[assist.ID]bool
	asked []string
	saved []assist.Incident
}

func (s *source) note(format string, args ...any) {
	s.asked = append(s.asked, fmt.Sprintf(format, args...))
}

func (s *source) Load(context.Context) (incident.Data, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return incident.Data{Open: slices.Clone(s.data.Open), Closed: slices.Clone(s.data.Closed), Maybe: s.data.Maybe}, s.err
}

func (s *source) People(_ context.Context, i, after assist.ID, most int) ([]incident.Person, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.note("people of %s after %q, %d", i, after, most)
	from := 0
	if after != "" {
		fmt.Sscanf(string(after), "c%d", &from)
		from++
	}
	var out []incident.Person
	for n := from; n < min(from+most, s.all); n++ {
		id := assist.ID(fmt.Sprintf("c%d", n))
		q := incident.Person{Affected: assist.Affected{Incident: i, Customer: id}, Name: fmt.Sprint("Customer ", n), Concierge: "Ann Okafor",
			Number: fmt.Sprintf("0113 496 %04d", n), Knows: s.told[id]}
		if n >= 3 {
			q.Told = now.AddDate(0, 0, -1)
		}
		out = append(out, q)
	}
	return out, nil
}

func (s *source) Save(_ context.Context, i assist.Incident) (assist.Incident, error) {
	if s.gate != nil {
		<-s.gate
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault != nil && !s.half {
		return i, s.fault
	}
	for _, r := range s.data.Open {
		if r.ID == i.ID && (r.Why != i.Why || r.What != i.What || r.Doing != i.Doing || !r.FixedBy.Equal(i.FixedBy)) {
			i.Updated = now
		}
	}
	if i.ID == "" {
		i.ID = "fresh"
		s.data.Open = append(s.data.Open, incident.Row{Incident: i, All: 3})
	}
	for n := range s.data.Open {
		if s.data.Open[n].ID == i.ID {
			s.data.Open[n].Incident = i
		}
	}
	s.saved = append(s.saved, i)
	return i, s.fault
}

func (s *source) Close(_ context.Context, i assist.ID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.note("close %s", i)
	if s.fault != nil {
		return s.fault
	}
	at := slices.IndexFunc(s.data.Open, func(r incident.Row) bool { return r.ID == i })
	r := s.data.Open[at]
	r.Closed, r.Told = now, 0
	s.data.Open, s.data.Closed = slices.Delete(slices.Clone(s.data.Open), at, at+1), append(s.data.Closed, r)
	return nil
}

func (s *source) Tell(_ context.Context, i assist.ID, who ...assist.ID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.note("tell %s %v", i, who)
	if s.fault == nil {
		for _, c := range who {
			s.told[c] = true
		}
	}
	return s.fault
}

type desk struct {
	t     testing.TB
	page  *incident.Page
	w     fyne.Window
	src   *source
	queue chan func()
	clock time.Time
	told  []string // what the page reported
}

func newDesk(t testing.TB, size fyne.Size, change func(*incident.Options)) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, src: &source{all: 120, told: map[assist.ID]bool{}}, queue: make(chan func(), 64), clock: now}
	tell := func(format string, args ...any) { d.told = append(d.told, fmt.Sprintf(format, args...)) }
	opt := incident.Options{Source: d.src, Now: func() time.Time { return d.clock }, Post: func(f func()) { d.queue <- f }, Day: readDay,
		Letter: func(i assist.Incident, p incident.Person) (string, string) {
			return "About: " + i.Title, "Dear " + p.Name + ",\n\n" + i.What + "\n" + i.Doing + "\n\nWe write again at 2 pm. Until then I am on 0113 496 0000.\n\n" + p.Concierge
		},
		OnCopy: func(s string) { tell("copy %s", s) }, OnMail: func(to, subject, _ string) { tell("mail %s: %s", to, subject) },
		OnCustomer: func(id assist.ID) { tell("customer %s", id) }}
	if change != nil {
		change(&opt)
	}
	d.page = incident.New(opt)
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	return d
}

// readDay knows a few words.
func readDay(s string) (time.Time, string) {
	switch s {
	case "friday 3pm":
		return time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC), ""
	case "yesterday":
		return now.AddDate(0, 0, -1), ""
	case "3/4":
		return time.Time{}, "Which day do you mean: 3 April or 4 March?"
	}
	return time.Time{}, ""
}

func (d *desk) load(data incident.Data, err error) {
	d.t.Helper()
	d.src.mu.Lock()
	d.src.data, d.src.err = data, err
	d.src.mu.Unlock()
	d.page.Reload()
	d.step(1)
}

// step lets the window do so many things that came from beside it.
func (d *desk) step(n int) {
	d.t.Helper()
	for range n {
		select {
		case f := <-d.queue:
			f()
		case <-time.After(10 * time.Second):
			d.t.Fatal("nothing came")
		}
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

func (d *desk) press(words string) {
	d.t.Helper()
	look.Press(d.t, d.page.Object(), words)
}

// rows is the list at the left, or in a narrow window the one that is seen.
func (d *desk) rows() *panes.Rows {
	d.t.Helper()
	return look.Find[*panes.Rows](d.t, d.page.Object(), nil)
}

func (d *desk) down(n int) {
	for range n {
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
}

// key types a letter into the list, a second after the last.
func (d *desk) key(letters string) {
	for _, r := range letters {
		d.clock = d.clock.Add(time.Second)
		d.rows().TypedRune(r)
	}
}

// box finds the box with this hint.
func (d *desk) box(hint string) *widgets.Entry {
	d.t.Helper()
	var found *widgets.Entry
	walkAll(d.page.Object(), func(o fyne.CanvasObject) {
		if e, ok := o.(*widgets.Entry); ok && strings.HasPrefix(e.PlaceHolder, hint) {
			found = e
		}
	})
	if found == nil {
		d.t.Fatalf("no box %q", hint)
	}
	return found
}

func walkAll(root fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	look.Walk(root, func(o fyne.CanvasObject, _, _ look.Area) { visit(o) })
}

const (
	titleBox, whatBox, whyBox, doingBox = "Deliveries from", "In words", "As far as", "And what"
	fixedBox, everyBox, citiesBox       = "friday", "hours", "Leeds"
)

func TestIncidentsStandInTheOrderOfNeed(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	all, at := look.Words(d.page.Object()), 0
	for _, want := range []string{"1 update late", "OPEN  2", "Deliveries from Leeds", "since yesterday · 12 of 340 not told", "late since 9 am",
		"Hedge 300", "all 100,000 told", "due 2 pm", "MIGHT BE ONE  1", "Charged twice", "3 customers since 22 Nov · Mary Shaw", "FIXED  1", "fixed 16 Nov"} {
		i := strings.Index(all[at:], want)
		if i < 0 {
			t.Fatalf("%q is missing or out of order in:\n%s", want, all)
		}
		at += i
	}
	d.see("an update is late since today, 9 am", "An update was due today, 9 am.", "Friday 27 November, 10 am.")
}

func TestAnEmptyPageSaysWhatAnIncidentIs(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(incident.Data{}, nil)
	d.see("No incident", "touches many customers")
	d.press("New incident")
	d.see("BEING WRITTEN  1", "it finds whom this touches")
}

func TestTroubleIsSaidAndTheListStays(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.load(incident.Data{}, &assist.Fault{What: "the disk does not answer", Do: "try again", Err: errors.New("io")})
	d.see("The disk does not answer. Try again.", "Deliveries from Leeds")
	d.load(data(), nil)
	d.unseen("The disk does not answer")
}

func TestASuggestionBecomesAnIncidentWithItsCustomers(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.down(2)
	d.see("3 customers with one problem since Sunday 22 November", "Mary Shaw, Ali Khan, 田中 花子", "Make it an incident (Enter)")
	d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.see("BEING WRITTEN  1", "And by name: Mary Shaw, Ali Khan, 田中 花子.")
	d.unseen("MIGHT BE ONE")
	if got := d.box(titleBox).Text; got != "Charged twice" {
		t.Errorf("the title is %q", got)
	}
	d.press("Leave it")
	d.see("MIGHT BE ONE  1")
	d.down(9)
	for range 1 {
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	}
	d.press("Make it an incident")
	d.press("Save")
	d.step(2)
	if s := d.src.saved; len(s) != 1 || len(s[0].Customers) != 3 || !s[0].Opened.Equal(now) || !s[0].Updated.IsZero() {
		t.Fatalf("saved %+v", s)
	}
	d.unseen("BEING WRITTEN")
	d.see("OPEN  3", "3 of 3 not told")
}

func TestAnIncidentIsClosedAfterOneQuestion(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.press("It is fixed")
	d.see("Is it fixed for everybody? 340 people have that to hear then.")
	d.press("Not yet")
	d.unseen("Is it fixed for everybody?")
	d.press("It is fixed")
	d.box(whyBox).SetTyped("A cable")
	d.see("What you typed is not saved.")
	d.press("Undo")
	d.press("Yes, it is fixed")
	d.step(2)
	if !slices.Equal(d.src.asked, []string{"close depot"}) {
		t.Errorf("asked %q", d.src.asked)
	}
	d.see("OPEN  1", "FIXED  2", "340 of 340 not told")
}

func TestNothingOverlaps(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim, fyne.NewSize(320, 560), fyne.NewSize(720, 600)} {
		d := newDesk(t, size, nil)
		check := func(state string) { look.Apart(t, d.page.Object(), size, fmt.Sprint(size, " ", state)) }
		check("empty")
		d.load(data(), nil)
		check("list")
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		check("form")
		d.press("It is fixed")
		check("closing")
		d.press("Who is told")
		d.step(1)
		check("people")
	}
}

func TestGallery(t *testing.T) {
	look.Gallery(t)
	for at, size := range map[string]fyne.Size{"wide": wide, "narrow": slim} {
		d := newDesk(t, size, nil)
		shot := func(state string) { look.Picture(t, d.w, "incident-"+state+"-"+at) }
		d.load(incident.Data{}, nil)
		shot("empty")
		d.load(data(), nil)
		d.page.Focus(d.w.Canvas())
		shot("list")
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		d.box(whyBox).SetTyped("A cable, says the fire brigade.")
		shot("form")
		d.press("Undo")
		d.press("It is fixed")
		shot("closing")
		d.press("Who is told")
		d.step(1)
		shot("people")
	}
}

package customers

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/twin"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

var now = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// store is a source and keeper in memory.
type store struct {
	mu      sync.Mutex
	people  map[assist.ID]assist.Customer
	life    map[assist.ID][]assist.Record
	found   twin.Found
	merges  []assist.Merge
	were    []twin.Group // before the merge
	apart   [][2]assist.ID
	housed  []string
	choices twin.Choices
	saved   []assist.Customer
	firm    string
	fails   error
	parted  bool

	noErasing bool // who sits here may not erase
}

func (s *store) Look(_ context.Context, progress func(done, all int)) (Data, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	progress(1, 2)
	d := Data{Me: "jo", MayErase: !s.noErasing, Names: map[assist.ID]string{"jo": "Jo Brand", "tom": "Tom Baker"}, People: map[assist.ID]assist.Customer{}, Found: s.found,
		Merges: slices.Clone(s.merges), Count: len(s.people)}
	for id, c := range s.people {
		d.People[id] = c
	}
	return d, nil
}

func (s *store) Find(_ context.Context, words string) (out []glance.Found, err error) {
	if words == "nobody" {
		return nil, nil
	}
	for _, id := range []assist.ID{"mary", "tim"} {
		out = append(out, glance.Found{Type: assist.TypeCustomer, ID: id, Customer: id, Title: s.people[id].Name, Text: "Leeds"})
	}
	return append(out, glance.Found{Type: assist.TypeCompany, ID: "acme", Title: "Acme Ltd"}), nil
}

func (s *store) Read(_ context.Context, ids []assist.ID) (out []Person, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		c := s.people[id]
		p := Person{Customer: c, People: s.people, Company: assist.Company{ID: c.Company, Name: map[assist.ID]string{"acme": "Acme Ltd"}[c.Company]},
			Versions: []Version{{At: now, Rep: "jo", Customer: c}, {At: now.AddDate(0, -1, 0), Rep: "tom", Customer: assist.Customer{ID: id, Name: "Mary Sha", Emails: []string{"old@example.org"}}}}}
		for i, r := range s.life[id] {
			t, rid := r.Ident()
			p.Life = append(p.Life, Moment{assist.Ref{Type: t, ID: rid}, now.AddDate(0, 0, -i)})
		}
		if id == "mary" {
			p.Members = []assist.Customer{{ID: "tim", Name: "Tim Shaw", Role: "gardener"}}
			p.Related = []assist.Customer{{ID: "tim", Name: "Tim Shaw", Relations: []assist.Relation{{To: "mary", Who: "his mother"}}}}
		}
		out = append(out, p)
	}
	return out, nil
}

func (s *store) Records(_ context.Context, refs []assist.Ref) (out []assist.Record, err error) {
	for _, list := range s.life {
		for _, r := range list {
			if t, id := r.Ident(); slices.Contains(refs, assist.Ref{Type: t, ID: id}) {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

func (s *store) Members(context.Context, assist.ID) ([]assist.Customer, error) {
	return []assist.Customer{s.people["mary"], s.people["tim"]}, nil
}

func (s *store) Merge(_ context.Context, shown []assist.Customer, choices twin.Choices) (assist.Merge, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails != nil {
		return assist.Merge{}, s.fails
	}
	kept, _ := twin.Join(shown[0], shown[1:], choices)
	m := assist.Merge{ID: "merge", Keeper: kept.ID, Before: shown, After: kept, By: "jo", At: now,
		Moved: map[assist.ID][]assist.Ref{shown[1].ID: {{Type: assist.TypeCall, ID: "c2"}}}}
	s.choices, s.merges, s.were, s.found.Groups = choices, []assist.Merge{m}, s.found.Groups, nil
	s.people[kept.ID] = kept
	return m, nil
}

func (s *store) Part(context.Context, assist.ID) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.parted, s.merges, s.found.Groups = true, nil, s.were
	return 2, nil
}

func (s *store) Save(_ context.Context, before, after assist.Customer, company string) (assist.Customer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails != nil {
		return after, s.fails
	}
	s.people[after.ID], s.firm = after, company
	s.saved = append(s.saved, after)
	return after, nil
}

func (s *store) House(_ context.Context, h twin.Household, before []assist.Customer, on bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	word := "made "
	if !on {
		word = "left "
	}
	s.housed = append(s.housed, word+h.Name+" "+before[0].Name)
	return nil
}

func (s *store) Apart(_ context.Context, pairs [][2]assist.ID, on bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.apart = nil; on {
		s.apart = pairs
	}
	return nil
}

func newStore() *store {
	s := &store{people: map[assist.ID]assist.Customer{}, life: map[assist.ID][]assist.Record{}}
	for _, c := range []assist.Customer{
		{ID: "mary", Name: "Mary Shaw", City: "Leeds", Company: "acme", Phones: []assist.Phone{{Raw: "0113 496 0123", E164: "+441134960123"}}, Emails: []string{"mary@example.org"},
			Since: assist.Date{Year: 2011, Month: 3}, Relations: []assist.Relation{{To: "tim", Who: "her son"}}},
		{ID: "double", Name: "M Shaw", City: "York", Phones: []assist.Phone{{Raw: "+44 113 496 0123", E164: "+441134960123"}}, CallMe: "Mrs Shaw"},
		{ID: "tim", Name: "Tim Shaw", City: "Leeds", Role: "gardener"},
	} {
		s.people[c.ID] = c
	}
	s.life["mary"] = []assist.Record{assist.Call{ID: "c1", Customer: "mary", Rep: "tom", Started: now, Disposition: "Answered"},
		assist.Promise{ID: "p1", Customer: "mary", Text: "send the manual", Made: now, Due: now.AddDate(0, 0, -2)},
		assist.Order{ID: "o1", Customer: "mary", At: now, Number: "1007", Products: []string{"Hedge 300"}, Value: 12950, Currency: "GBP"},
		assist.Kudos{ID: "k1", Customer: "mary", Rep: "tom", At: now, Words: "so patient"}}
	for i := range 60 {
		s.life["mary"] = append(s.life["mary"], assist.Note{ID: assist.ID("n" + string(rune('a'+i/26)) + string(rune('a'+i%26))), Customer: "mary", At: now, Text: "a note of hers"})
	}
	s.life["double"] = []assist.Record{assist.Call{ID: "c2", Customer: "double", Started: now}}
	s.found = twin.Found{Groups: []twin.Group{{Customers: []assist.ID{"mary", "double"}, Grade: .95, Reasons: []string{"same number", "same last name and initial", "but other cities"}}},
		Households: []twin.Household{{Name: "Shaw, 3 Elm Row", Members: []assist.ID{"mary", "tim"}, Reasons: []string{"same last name", "same number"}}}}
	return s
}

type desk struct {
	t     *testing.T
	page  *Page
	store *store
	w     fyne.Window
	queue chan func()
}

func newDesk(t *testing.T, size fyne.Size, opt Options) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, queue: make(chan func(), 256), store: newStore()}
	opt.Source, opt.Keep, opt.Now, opt.Post = d.store, d.store, func() time.Time { return now }, func(f func()) { d.queue <- f }
	d.page = New(opt)
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.Reload()
	d.settle()
	d.w.Canvas().Focus(d.page.rows)
	return d
}

// settle takes what comes from beside the window until nothing has come for a while.
func (d *desk) settle() {
	d.t.Helper()
	for {
		select {
		case f := <-d.queue:
			f()
			continue
		case <-time.After(60 * time.Millisecond):
		}
		if !d.page.busy && !d.page.looking {
			return
		}
	}
}

func (d *desk) choose(key string) {
	d.t.Helper()
	i := slices.IndexFunc(d.page.shown, func(e entry) bool { return e.key == key })
	if i < 0 {
		d.t.Fatalf("%s is not listed: %s", key, look.Words(d.page.rows))
	}
	d.page.rows.SetChosen(i)
	d.settle()
}

func (d *desk) letter(r rune) {
	d.t.Helper()
	d.w.Canvas().Focused().TypedRune(r)
	d.settle()
}

func (d *desk) press(n fyne.KeyName) {
	d.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	d.settle()
}

var wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(380, 720)

func TestWhatIsToBePutInOrderIsListed(t *testing.T) {
	d := newDesk(t, wide, Options{})
	look.Reads(t, d.page.Object(), "LOOK ALIKE  1", "Mary Shaw, M Shaw", "likely", "HOUSEHOLDS  1", "Shaw, 3 Elm Row", "3 customers compared")
	look.Reads(t, d.page.reading.object, "One person? Mary Shaw")
	look.Reads(t, d.page.reading.body, "Likely: same number, same last name and initial, but other cities.", "WHO STAYS", "WHERE THEY DIFFER", "City (2)", "Leeds", "York", "Numbers: all are kept", "To be called: Mrs Shaw", "From M Shaw: 1 call.")
}

func TestARepChoosesWhoStaysAndWhoseWordsCount(t *testing.T) {
	d := newDesk(t, wide, Options{})
	d.letter('2') // the city
	d.letter('m')
	if got := d.store.people["mary"]; got.City != "York" || got.CallMe != "Mrs Shaw" || len(got.Phones) != 1 {
		t.Errorf("merged into %+v", got)
	}
	look.Reads(t, d.page.Object(), "2 records are one: Mary Shaw", "MERGED  1")
	d.letter('u')
	if !d.store.parted {
		t.Error("the merge was not taken back")
	}
	look.Reads(t, d.page.Object(), "What was written since the merge stays with Mary Shaw: 2 records.")
	look.Hides(t, d.page.Object(), "MERGED", "Undo")
	if got := d.page.key(); got != "gmary" {
		t.Errorf("%s is in front, and not what was taken back", got)
	}
}

func TestAnotherRecordCanBeTheKeeper(t *testing.T) {
	d := newDesk(t, wide, Options{})
	d.letter('k')
	look.Reads(t, d.page.reading.object, "One person? M Shaw")
	look.Reads(t, d.page.reading.body, "From Mary Shaw: 1 call, 60 notes, 1 promise, 1 order, praise once.")
	d.letter('m')
	if m := d.store.merges; len(m) != 1 || m[0].Keeper != "double" {
		t.Errorf("merged %+v", m)
	}
}

func TestAMergeThatIsRefusedSaysWhy(t *testing.T) {
	d := newDesk(t, wide, Options{})
	d.store.fails = &assist.Fault{What: "M Shaw was changed meanwhile", Do: "Look again.", Err: assist.ErrInvalid}
	d.letter('m')
	look.Reads(t, d.page.Object(), "M Shaw was changed meanwhile")
	look.Hides(t, d.page.Object(), "Undo (U)")
}

func TestPeopleAreKeptApartAndHousedAndThatIsTakenBack(t *testing.T) {
	d := newDesk(t, wide, Options{})
	d.letter('b')
	if !slices.Equal(d.store.apart, [][2]assist.ID{{"mary", "double"}}) {
		t.Errorf("apart: %v", d.store.apart)
	}
	d.letter('u')
	if d.store.apart != nil {
		t.Errorf("still apart: %v", d.store.apart)
	}
	d.choose("hmary")
	look.Reads(t, d.page.reading.object, "they look like one household, not like one person")
	d.letter('h')
	d.letter('u')
	if !slices.Equal(d.store.housed, []string{"made Shaw, 3 Elm Row Mary Shaw", "left Shaw, 3 Elm Row Mary Shaw"}) {
		t.Errorf("housed: %v", d.store.housed)
	}
}

func TestACustomerIsReadWhole(t *testing.T) {
	d := newDesk(t, wide, Options{})
	d.page.box.SetText("shaw")
	d.settle()
	if len(d.page.shown) != 3 {
		t.Fatalf("listed: %s", look.Words(d.page.rows))
	}
	d.choose("pmary")
	look.Reads(t, d.page.reading.body, "0113 496 0123", "March 2011", "ALSO OF ACME LTD", "Tim Shaw", "gardener", "her son", "says: his mother",
		"LIFE WITH US", "They called, Tom Baker spoke", "Promised, and late: send the manual", "Order 1007", "129.50 GBP", "Praise for Tom Baker: “so patient”", "Show earlier: 24 more",
		"CHANGES OF THE RECORD", "by Jo Brand", "Name: “Mary Sha” became “Mary Shaw”", "E-mail: “old@example.org” taken away", "The record was made.")
	look.Hides(t, d.page.reading.body, "Export", "Erase")
	d.page.reading.life.next()
	d.settle()
	look.Hides(t, d.page.reading.body, "Show earlier")
	d.choose("pacme")
	look.Reads(t, d.page.reading.object, "Acme Ltd", "2 customers", "Mary Shaw")
	d.page.box.SetText("nobody")
	d.settle()
	look.Reads(t, d.page.Object(), "Nobody is found by these words")
}

func TestWhoIsFoundFirstIsInFront(t *testing.T) {
	d := newDesk(t, wide, Options{})
	d.choose("h" + string(d.page.data.Found.Households[0].Members[0]))
	d.page.box.SetText("shaw")
	d.settle()
	if len(d.page.shown) < 2 || d.page.chosen().key != d.page.shown[0].key {
		t.Errorf("of %d, %q is in front", len(d.page.shown), d.page.chosen().key)
	}
}

func TestEnterInTheBoxGivesTheKeysToTheList(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim} {
		d := newDesk(t, size, Options{})
		d.w.Canvas().Focus(d.page.box)
		d.page.box.SetText("shaw")
		d.settle()
		d.press(fyne.KeyReturn)
		if d.w.Canvas().Focused() != fyne.Focusable(d.page.rows) || !d.page.split.ReadingSeen() {
			t.Errorf("%v: the letters of the buttons go nowhere", size)
		}
	}
}

func TestFieldsAreChangedAndThatIsTakenBack(t *testing.T) {
	d := newDesk(t, wide, Options{})
	d.page.Open("mary")
	d.settle()
	d.letter('c')
	f := d.page.reading.form
	if got := d.w.Canvas().Focused(); got != fyne.Focusable(f.lines[0].Entry) {
		t.Errorf("the keyboard is with a %T", got)
	}
	f.lines[0].SetTyped("  Mary   Shaw-Becker ")
	f.lines[5-1].SetTyped("0113 496 0123\n07400 900123 mobile")
	f.lines[companyLine].SetTyped("Shaw Gardens")
	f.checks[0].SetChecked(true)
	f.save()
	d.settle()
	got := d.store.people["mary"]
	if got.Name != "Mary Shaw-Becker" || !got.DoNotAsk || d.store.firm != "Shaw Gardens" || len(got.Phones) != 2 ||
		got.Phones[1] != (assist.Phone{Raw: "07400 900123", E164: "+447400900123", Label: "mobile"}) || got.Phones[0].E164 != "+441134960123" || len(got.Relations) != 1 {
		t.Errorf("kept %+v at %q", got, d.store.firm)
	}
	if f.box.Visible() {
		t.Error("the form is still open")
	}
	d.page.takeBack()
	d.settle()
	if got := d.store.people["mary"]; got.Name != "Mary Shaw" || got.DoNotAsk || d.store.firm != "Acme Ltd" {
		t.Errorf("taken back to %+v at %q", got, d.store.firm)
	}
}

func TestWhatCannotBeKeptIsSaidInTheForm(t *testing.T) {
	d := newDesk(t, wide, Options{})
	d.page.Open("mary")
	d.settle()
	d.page.reading.letter('c')
	f := d.page.reading.form
	for typed, want := range map[int]string{4: "“no figures” is no telephone number", 5: "“no figures” is no e-mail address", 8: "is not a date"} {
		f.lines[typed].SetTyped("no figures")
		f.save()
		look.Reads(t, f.box, want)
		f.lines[typed].SetTyped("")
	}
	d.store.fails = errors.New("the disk is full")
	f.save()
	d.settle()
	look.Reads(t, f.box, "The disk is full")
	if len(d.store.saved) != 0 {
		t.Errorf("kept %+v", d.store.saved)
	}
}

func TestTheFormShowsTheBoxThatHasTheKeyboardAndWhatIsWrong(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim} {
		d := newDesk(t, size, Options{})
		d.page.Open("mary")
		d.settle()
		d.page.reading.letter('c')
		f := d.page.reading.form
		seen := func(what string, o fyne.CanvasObject) {
			t.Helper()
			at, from := fyne.CurrentApp().Driver().AbsolutePositionForObject(o), fyne.CurrentApp().Driver().AbsolutePositionForObject(d.page.reading.scroll)
			if end := from.Y + d.page.reading.scroll.Size().Height; at.Y < from.Y || at.Y+o.Size().Height > end {
				t.Errorf("%v: %s is at %v to %v, seen is %v to %v", size, what, at.Y, at.Y+o.Size().Height, from.Y, end)
			}
		}
		d.w.Canvas().Focus(f.lines[10].Entry)
		seen("the box", f.lines[10].Entry)
		d.w.Canvas().Focus(f.lines[0].Entry)
		seen("the first box", f.lines[0].Entry)
		f.lines[8].SetTyped("no figures")
		f.save()
		seen("what is wrong", f.fault)
		f.lines[8].SetTyped("")
		d.w.Canvas().Focus(f.lines[0].Entry)
		d.store.fails = errors.New("somebody else has changed this meanwhile, too")
		f.save()
		d.settle()
		seen("why it was refused", f.fault)
	}
}

func TestARelationIsAddedAndRemoved(t *testing.T) {
	d := newDesk(t, wide, Options{})
	d.page.Open("mary")
	d.settle()
	d.page.reading.letter('r')
	r := d.page.reading.relate
	r.take()
	look.Reads(t, r.box, "Say what they are to this customer")
	r.who.SetTyped("her gardener")
	r.take()
	look.Reads(t, r.box, "Find the other customer first")
	r.find.SetTyped("tim")
	d.settle()
	r.take()
	d.settle()
	want := []assist.Relation{{To: "tim", Who: "her son"}, {To: "tim", Who: "her gardener"}}
	if got := d.store.people["mary"].Relations; !slices.Equal(got, want) || d.store.firm != "Acme Ltd" {
		t.Errorf("kept %+v", got)
	}
}

func TestErasingIsNotOfferedToWhoMayNot(t *testing.T) {
	d := newDesk(t, wide, full())
	d.store.noErasing = true
	d.page.Reload()
	d.settle()
	d.page.Open("mary")
	d.settle()
	look.Hides(t, d.page.reading.object, "Erase for good")
	look.Reads(t, d.page.reading.object, "Export everything (E)")
	if d.page.reading.letter('x'); d.page.reading.erasing.box.Visible() {
		t.Error("the key offers it")
	}
}

func TestWhoIsErasedMustBeNamed(t *testing.T) {
	var erased, exported assist.ID
	d := newDesk(t, wide, Options{
		Export: func(_ context.Context, id assist.ID) (string, error) { exported = id; return "mary.zip", nil },
		Erase:  func(_ context.Context, id assist.ID, typed string) error { erased = id; return nil },
	})
	d.page.Open("mary")
	d.settle()
	d.page.reading.letter('e')
	d.settle()
	look.Reads(t, d.page.reading.object, "All that is kept of Mary Shaw is in mary.zip.")
	d.page.reading.letter('x')
	e := d.page.reading.erasing
	e.typed.SetTyped("Mary")
	e.erase()
	d.settle()
	if look.Reads(t, e.box, "That is not the name. Nothing was erased."); erased != "" || !e.do.Disabled() {
		t.Errorf("erased %q", erased)
	}
	e.typed.SetTyped("Mary Shaw")
	e.erase()
	d.settle()
	if erased != "mary" || exported != "mary" {
		t.Errorf("erased %q, exported %q", erased, exported)
	}
	look.Reads(t, d.page.reading.object, "Mary Shaw was erased for good.")
}

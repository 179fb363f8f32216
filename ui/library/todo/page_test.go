package todo

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/curate/compare"
	"ringside/assist/glance"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var start = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

var wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(380, 720)

// store keeps what the page saves, as the real one does: in one write or not at all.
type store struct {
	data   Data
	looked Looked
	writes [][]assist.Record
	refuse error
}

func (s *store) Todo(context.Context) (Data, error)   { return s.data, nil }
func (s *store) Look(context.Context) (Looked, error) { return s.looked, nil }

func (s *store) save(_ context.Context, _, after []assist.Record) error {
	if s.refuse != nil {
		return s.refuse
	}
	s.writes = append(s.writes, after)
	for _, r := range after {
		switch r := r.(type) {
		case assist.Answer:
			s.data.Answers = put(s.data.Answers, r)
		case assist.Apart:
			s.data.Apart = put(s.data.Apart, r)
		case assist.Gap:
			needs := slices.Clone(s.data.Needs)
			for i := range needs {
				needs[i].Gaps = slices.DeleteFunc(slices.Clone(needs[i].Gaps), func(g assist.Gap) bool { return g.ID == r.ID })
			}
			s.data.Needs = needs
			if r.Closed.IsZero() {
				s.data.Needs = append(needs, curate.Need{Text: r.Text, Gaps: []assist.Gap{r}, Customers: 1, Reps: 1, Last: r.At})
			}
		case assist.Flag:
			s.data.Flags = slices.DeleteFunc(slices.Clone(s.data.Flags), func(f Flag) bool { return f.ID == r.ID })
			if r.Closed.IsZero() {
				s.data.Flags = append(s.data.Flags, Flag{Flag: r})
			}
		}
	}
	return nil
}

func put[T assist.Record](list []T, r T) []T {
	_, id := r.Ident()
	out := slices.DeleteFunc(slices.Clone(list), func(o T) bool { _, other := o.Ident(); return other == id })
	return append(out, r)
}

func filled() *store {
	days := func(n int) time.Time { return start.AddDate(0, 0, -n) }
	return &store{
		data: Data{
			Me: "ann", May: true,
			Answers: []assist.Answer{
				{ID: "hold", Title: "Charged twice", Department: "Billing", Owner: "ann", Say: "One of them is only a hold. Your bank lets it go within three working days. I am sorry.",
					Verified: assist.Date{Year: 2026, Month: 11, Day: 3}, VerifyEvery: 90},
				{ID: "refund", Title: "Refund not there yet", Department: "Billing", Owner: "tom", Say: "Refunds take five working days.", Phrasings: []string{"where is my refund"},
					Verified: assist.Date{Year: 2026, Month: 1, Day: 5}, VerifyEvery: 90},
				{ID: "refund-2", Title: "How long a refund takes", Department: "Service", Say: "Refunds take ten working days.", Deputy: "ann"},
				{ID: "delivery", Title: "Delivery times", Department: "Delivery", Owner: "tom", Say: "We deliver on weekdays.", VerifyEvery: 30},
			},
			Counts: map[assist.ID]glance.Counts{"refund": {Shown: 40, Opened: 35, Said: 31, Helped: 20}},
			Since:  map[assist.ID]glance.Counts{"refund": {Shown: 40, Opened: 35, Said: 31, Helped: 20}},
			Flags: []Flag{{Flag: assist.Flag{ID: "f1", Answer: "hold", Sentence: "Your bank lets it go within three working days.", Why: "it took eight",
				Customer: "mary", Rep: "tom", Call: "c1", At: days(1)}, Called: days(1), Note: "Still waiting for her money."}},
			Needs: []curate.Need{
				{Text: "can I pay with my watch", Customers: 2, Reps: 1, Last: days(1), Gaps: []assist.Gap{
					{ID: "g1", Text: "can I pay with my watch", Customer: "mary", Rep: "ann", At: days(9), How: assist.MissEmpty},
					{ID: "g2", Text: "do you take my\nsmart watch", Customer: "bob", Rep: "tom", At: days(1)},
					{ID: "g3", Text: "Can I pay with my watch?", At: days(2)}}},
				{Text: "do you buy old mowers", Customers: 1, Reps: 1, Last: days(3), Gaps: []assist.Gap{{ID: "g4", Text: "do you buy old mowers", At: days(3)}}},
			},
			Names: map[assist.ID]string{"ann": "Ann Okafor", "tom": "Tom Baker", "mary": "Mary Shaw", "bob": "Bob Lee"},
			Pages: map[assist.ID]assist.WebPage{"p1": {ID: "p1", URL: "https://example.org/delivery", Title: "Delivery", Text: "We deliver every day.", Read: days(2)}},
		},
		looked: Looked{At: start,
			Pairs: []compare.Pair{{A: "refund", B: "refund-2", Clash: true, Why: "five and ten working days", OfA: "Refunds take five working days.", OfB: "Refunds take ten working days."}},
			Site:  []compare.SiteClash{{Answer: "delivery", Page: "p1", Ours: "We deliver on weekdays.", Theirs: "We deliver every day.", Why: "weekdays and every day"}}},
	}
}

type desk struct {
	t     *testing.T
	page  *Page
	store *store
	w     fyne.Window
	queue chan func()
	now   time.Time
	seeds []assist.Revision
	count int
}

func newDesk(t *testing.T, s *store, size fyne.Size) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, store: s, queue: make(chan func(), 64), now: start}
	d.page = New(Options{Source: s, Save: s.save, Now: func() time.Time { return d.now }, Post: func(f func()) { d.queue <- f },
		Find: func(_ context.Context, words string) ([]Hit, error) {
			return []Hit{{ID: "hold", Title: "Charged twice", Why: "title"}, {ID: "refund", Title: "Refund not there yet"}}, nil
		}})
	d.page.OnEdit = func(r assist.Revision) { d.seeds = append(d.seeds, r) }
	d.page.OnCount = func(n int) { d.count = n }
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.Reload()
	d.page.Look()
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

// at chooses the row whose words begin so.
func (d *desk) at(words string) {
	d.t.Helper()
	i := slices.IndexFunc(d.page.shown, func(e *entry) bool { return strings.HasPrefix(e.line.Title, words) && !e.line.Heading })
	if i < 0 {
		d.t.Fatalf("no row %q", words)
	}
	d.rows().SetChosen(i)
}

// stale chooses the row of a stale answer.
func (d *desk) stale(title string) {
	d.t.Helper()
	d.rows().SetChosen(slices.IndexFunc(d.page.shown, func(e *entry) bool { return e.kind == stale && e.a.Title == title }))
}

// press types a letter on the list, long enough after the last one.
func (d *desk) press(r rune) {
	d.t.Helper()
	d.now = d.now.Add(time.Second)
	d.rows().TypedRune(r)
	d.work()
}

func answer(s *store, id assist.ID) assist.Answer {
	i := slices.IndexFunc(s.data.Answers, func(a assist.Answer) bool { return a.ID == id })
	return s.data.Answers[i]
}

func TestEverythingThatWaitsIsInOneList(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.see("FLAGGED IN CALLS  1", "ANSWERS THAT CONTRADICT  1", "THE SITE SAYS OTHERWISE  1", "NOBODY COULD ANSWER  2", "STALE  2",
		"3×", "2 customers", "said 31 times", "7 things · looked for doubles today, 10 am")
	d.see("it took eight", "Still waiting for her money.", "On the line: Mary Shaw", "Your bank lets it go within three working days.", "Mend it (E)", "It is right (R)")
	if d.count != 3 { // the flag, the pair, the question that she heard herself
		t.Errorf("%d things wait for Ann", d.count)
	}
}

func TestNothingWaits(t *testing.T) {
	d := newDesk(t, &store{data: Data{Answers: []assist.Answer{{ID: "x"}}}}, wide)
	d.see("Nothing waits", "0 things")
	d.unseen("Mine", "Everybody’s")
}

func TestTheChoicesFilter(t *testing.T) {
	d := newDesk(t, filled(), wide)
	pick := func(now, to string) {
		look.Find(t, d.page.Object(), func(s *widget.Select) bool { return s.Selected == now }).SetSelected(to)
	}
	pick("Everybody’s", "Mine")
	d.see("FLAGGED IN CALLS  1", "ANSWERS THAT CONTRADICT  1", "NOBODY COULD ANSWER  1", "3 of 7 things")
	d.unseen("STALE  2", "THE SITE")
	pick("Everything", "Site")
	d.see("Nothing like that", "0 of 7 things")
	look.Press(t, d.page.Object(), "Show everything")
	d.see("7 things")
}

func TestAFlagIsMendedOrFoundRight(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.press('e')
	if len(d.seeds) != 1 || d.seeds[0].Answer != "hold" || d.seeds[0].Base != answer(d.store, "hold").Fingerprint() || d.seeds[0].By != "ann" ||
		!slices.Equal(d.seeds[0].Flags, []assist.ID{"f1"}) {
		t.Errorf("the editor gets %+v", d.seeds)
	}
	d.press('r')
	f := d.store.writes[0][0].(assist.Flag)
	if f.Closed.IsZero() || f.Fixed || f.By != "ann" {
		t.Errorf("kept %+v", f)
	}
	d.unseen("FLAGGED IN CALLS")
	d.see("Undo (U)", "These two contradict")
	d.press('u')
	d.see("FLAGGED IN CALLS  1", "It is right (R)")
	if f := d.store.writes[1][0].(assist.Flag); !f.Closed.IsZero() || f.By != "" {
		t.Errorf("taken back: %+v", f)
	}
}

func TestStaleAnswersAreVerifiedOneAfterTheOther(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.stale("Refund not there yet")
	d.see("said 31 times", "Verify (V)")
	d.press('v')
	d.press('v')
	if len(d.store.writes) != 2 || answer(d.store, "refund").Stale(start) || answer(d.store, "delivery").Stale(start) {
		t.Errorf("%d writes; refund %v, delivery %v", len(d.store.writes), answer(d.store, "refund").Verified, answer(d.store, "delivery").Verified)
	}
	d.press('u')
	d.press('u')
	if !answer(d.store, "refund").Stale(start) || !answer(d.store, "delivery").Verified.IsZero() {
		t.Error("undo left something verified")
	}
	d.see("STALE  2")
}

func TestASecondKeyInHasteIsNotHeard(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.stale("Refund not there yet")
	d.press('v')
	d.rows().TypedRune('v')
	d.now = d.now.Add(200 * time.Millisecond)
	d.rows().TypedRune('v')
	d.work()
	if len(d.store.writes) != 1 {
		t.Errorf("%d writes, want 1", len(d.store.writes))
	}
}

func TestAQuestionBecomesAnAnswer(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.at("“can I pay")
	d.see("do you take my\nsmart watch", "Bob Lee", "nothing was found", "Asked 3 times by 2 customers")
	d.press('m')
	want := []string{"can I pay with my watch", "do you take my smart watch"}
	if len(d.seeds) != 1 || d.seeds[0].Answer != "" || d.seeds[0].Next.Title != want[0] || !slices.Equal(d.seeds[0].Next.Phrasings, want) ||
		!slices.Equal(d.seeds[0].Gaps, []assist.ID{"g1", "g2", "g3"}) {
		t.Errorf("the editor gets %+v", d.seeds)
	}
	if len(d.store.writes) != 0 {
		t.Error("something was kept before it was written")
	}
}

func TestAQuestionIsGivenToAnAnswer(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.at("“can I pay")
	d.press('h')
	d.see("Which answer has it?", "Charged twice")
	box, ok := d.w.Canvas().Focused().(*widgets.Entry)
	if !ok || box.Text != "can I pay with my watch" {
		t.Fatalf("the keyboard is with %T", d.w.Canvas().Focused())
	}
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.work()
	if len(d.store.writes) != 1 || len(d.store.writes[0]) != 4 {
		t.Fatalf("writes %v, want the three questions and the answer in one", d.store.writes)
	}
	if a := answer(d.store, "refund"); len(a.Phrasings) != 3 || a.Phrasings[2] != "do you take my smart watch" {
		t.Errorf("phrasings %q", a.Phrasings)
	}
	if g := d.store.writes[0][0].(assist.Gap); g.Closed.IsZero() || g.Answer != "refund" {
		t.Errorf("kept %+v", g)
	}
	d.unseen("Which answer has it?", "can I pay with my watch”")
	if d.w.Canvas().Focused() != d.rows() {
		t.Error("the list has not the keyboard again")
	}
	d.press('u')
	if a := answer(d.store, "refund"); len(a.Phrasings) != 1 {
		t.Errorf("taken back, phrasings %q", a.Phrasings)
	}
}

func TestAQuestionThatIsNotForUsIsClosed(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.at("“do you buy")
	d.press('n')
	if g := d.store.writes[0][0].(assist.Gap); g.ID != "g4" || g.Closed.IsZero() || g.Answer != "" {
		t.Errorf("kept %+v", g)
	}
	d.press('u')
	d.see("NOBODY COULD ANSWER")
	if g := d.store.writes[1][0].(assist.Gap); !g.Closed.IsZero() {
		t.Errorf("taken back: %+v", g)
	}
}

func TestTwoAnswersBecomeOneInOneWrite(t *testing.T) {
	for key, keeper := range map[rune]assist.ID{'1': "refund", '2': "refund-2"} {
		d := newDesk(t, filled(), wide)
		d.rows().Step(1)
		d.see("These two contradict each other", "Five and ten working days.", "FIRST", "SECOND", "said 31 times, helped 20")
		d.press(key)
		if len(d.store.writes) != 1 || len(d.store.writes[0]) != 2 {
			t.Fatalf("writes %v", d.store.writes)
		}
		gone := d.store.writes[0][1].(assist.Answer)
		if !gone.Off || gone.Into != keeper || answer(d.store, keeper).Off {
			t.Errorf("%c: gone %+v", key, gone)
		}
		d.unseen("ANSWERS THAT CONTRADICT")
		d.press('u')
		d.see("ANSWERS THAT CONTRADICT  1")
		if answer(d.store, gone.ID).Off {
			t.Error("undo left it off")
		}
	}
}

func TestBothAreRightWhileTheyStandAsTheyStand(t *testing.T) {
	for row, of := range [][2]assist.ID{{"refund", "refund-2"}, {"delivery", "p1"}} {
		d := newDesk(t, filled(), wide)
		d.rows().Step(1 + row*2)
		d.press('b')
		apart := d.store.writes[0][0].(assist.Apart)
		if apart.Of != of || apart.Stood[0] != answer(d.store, of[0]).Fingerprint() || apart.Stood[1] == "" || apart.By != "ann" {
			t.Errorf("kept %+v", apart)
		}
		d.see("6 things", "Undo")
		d.press('u')
		if back := d.store.writes[1][0].(assist.Apart); back.ID != apart.ID || back.Stood != [2]string{} {
			t.Errorf("taken back: %+v", back)
		}
	}
}

func TestAnAnswerWhosePageChangedIsVerifiedOrMended(t *testing.T) {
	for gone, buttons := range map[bool]string{false: "It is still right: verify (V)", true: "Mend ours (E)"} {
		s := filled()
		page := s.data.Pages["p1"]
		page.Changed, page.Gone = start.AddDate(0, 0, -2), gone
		s.data.Pages["p1"] = page
		s.data.Touched = []Touched{{Answer: "hold", Page: "p1"}}
		d := newDesk(t, s, wide)
		d.rows().SetChosen(slices.IndexFunc(d.page.shown, func(e *entry) bool { return e.kind == touched && !e.line.Heading }))
		d.see("THE PAGE CHANGED, OR IS GONE  1", buttons, "We deliver every day.")
		d.press('v')
		if verified := len(d.store.writes) == 1; verified == gone {
			t.Errorf("gone %v, verified %v", gone, verified)
		}
	}
}

func TestARepDecidesOnlyOnWhatIsTheirs(t *testing.T) {
	s := filled()
	s.data.May = false
	d := newDesk(t, s, wide)
	d.see("It is right (R)", "Mend it (E)") // Ann answers for it
	d.rows().Step(1)
	d.see("Edit the first (E)")
	d.unseen("Keep the first", "Both are right")
	d.stale("Delivery times")
	d.see("A trainer decides about it; you may suggest a change.")
	for _, key := range "1v" {
		d.press(key)
	}
	if len(s.writes) != 0 {
		t.Errorf("a rep changed %v", s.writes)
	}
}

func TestWhatCannotBeKeptComesBack(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.store.refuse = errors.New("this was changed elsewhere meanwhile")
	d.press('r')
	d.see("This was changed elsewhere meanwhile.", "FLAGGED IN CALLS  1")
	d.unseen("Undo (U)")
}

func TestThePageFitsInEveryWidth(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim, fyne.NewSize(760, 720)} {
		d := newDesk(t, filled(), size)
		for i := range d.rows().Count() {
			rows := d.rows()
			rows.SetChosen(i)
			look.Apart(t, d.page.Object(), size, "list")
			rows.OnOpen(i)
			look.Apart(t, d.page.Object(), size, "reading")
			if size == slim {
				look.Press(t, d.page.Object(), "Back to the list")
			}
		}
	}
}

func TestPictures(t *testing.T) {
	look.Gallery(t)
	for name, size := range map[string]fyne.Size{"wide": wide, "slim": slim} {
		d := newDesk(t, filled(), size)
		for i, row := range []int{1, 3, 5, 7, 10} {
			rows := d.rows()
			rows.SetChosen(row)
			rows.OnOpen(row)
			look.Picture(t, d.w, "todo-"+name+"-"+string(rune('1'+i)))
			if size == slim {
				look.Press(t, d.page.Object(), "Back to the list")
			}
		}
	}
}

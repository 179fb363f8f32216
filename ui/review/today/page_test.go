package today_test

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
	"ringside/assist/evening"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/review/today"
	"ringside/ui/theme"
)

var (
	start      = time.Date(2026, 11, 26, 17, 30, 0, 0, time.UTC)
	wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(400, 720)
)

// store keeps what the page saves, as the real one does.
type store struct {
	day    evening.Day
	now    time.Time
	refuse error
	saved  []string
}

func (s *store) read(context.Context) (today.Data, error) {
	return today.Data{Me: s.day.Me, Left: evening.Left(s.day, s.now),
		Names: map[assist.ID]string{"jo": "Jo Price", "tom": "Tom Baker", "mary": "Mary Shaw", "ali": "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine the Elder"},
		Mails: map[assist.ID]string{"mary": "mary@shaw.example"},
		Thank: func(k assist.Kudos) today.Letter {
			return today.Letter{Subject: "Thank you", Body: "Dear Mary,\n\n“" + k.Words + "”: that made our day."}
		}}, nil
}

func (s *store) save(_ context.Context, before, after []assist.Record) error {
	if s.refuse != nil {
		return s.refuse
	}
	for _, r := range after {
		t, id := r.Ident()
		s.saved = append(s.saved, fmt.Sprintf("%s %s, %d before", t, id, len(before)))
		switch r := r.(type) {
		case assist.Promise:
			s.day.Promises = put(s.day.Promises, r)
		case assist.Asked:
			s.day.Asked = put(s.day.Asked, r)
		case assist.Note:
			s.day.Notes = put(s.day.Notes, r)
		case assist.Gap:
			s.day.Gaps = put(s.day.Gaps, r)
		case assist.Flag:
			s.day.Flags = put(s.day.Flags, r)
		case assist.Affected:
			s.day.Affected = put(s.day.Affected, r)
		}
	}
	return nil
}

func put[T assist.Record](list []T, r T) []T {
	_, id := r.Ident()
	return append(slices.DeleteFunc(slices.Clone(list), func(o T) bool { _, other := o.Ident(); return other == id }), r)
}

func filled() *store {
	ago := func(days int) time.Time { return start.AddDate(0, 0, -days) }
	return &store{now: start, day: evening.Day{Me: "jo", May: true, Owner: func(a assist.Answer) assist.ID { return a.Owner },
		Promises: []assist.Promise{
			{ID: "moved", Rep: "jo", Customer: "ali", Text: "Ask Repairs whether the blade is under warranty, and write what they say whichever way it goes", Made: ago(9), Due: start.AddDate(0, 0, 3), AllDay: true, Moved: ago(1)},
			{ID: "late", Rep: "jo", Customer: "mary", Text: "Refund the second charge", Made: ago(9), Due: ago(2), AllDay: true},
		},
		Incidents: []assist.Incident{{ID: "leeds", Title: "No deliveries in Leeds", What: "The depot is under water.", Doing: "Lorries go round by York.", Opened: ago(2)}},
		Affected:  []assist.Affected{{ID: assist.Affected{Incident: "leeds", Customer: "mary"}.Key(), Incident: "leeds", Customer: "mary", Concierge: "jo", At: ago(2)}},
		Kudos:     []assist.Kudos{{ID: "k1", Customer: "mary", By: "jo", Rep: "tom", At: ago(1), Words: "Tom stayed on the line until it ran"}},
		Notes: []assist.Note{{ID: "n1", Customer: "mary", Rep: "jo", Text: "Wants the long blade.", At: ago(3),
			Remarks: []assist.Remark{{By: "tom", At: ago(1), Text: "Did she say which year the saw is from?", For: "jo"}}}},
		Gaps:      []assist.Gap{{ID: "g1", Rep: "jo", Customer: "mary", Text: "Does it cut bamboo?", At: ago(1)}},
		Answers:   map[assist.ID]assist.Answer{"hold": {ID: "hold", Title: "Charged twice", Owner: "jo"}},
		Flags:     []assist.Flag{{ID: "f1", Answer: "hold", Rep: "tom", Sentence: "The bank lets it go in three days.", Why: "it took eight", At: ago(1)}},
		Revisions: []assist.Revision{{ID: "r1", By: "jo", Stage: assist.StageDraft, At: ago(1), Next: assist.Answer{Title: "Cutting wet hedges", Say: "Yes, with care."}}},
	}}
}

type desk struct {
	t     *testing.T
	page  *today.Page
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
	d.page = today.New(today.Options{Day: s.read, Save: s.save, Now: func() time.Time { return s.now }, Post: func(f func()) { d.queue <- f }})
	tell := func(format string, args ...any) { d.told = append(d.told, fmt.Sprintf(format, args...)) }
	d.page.OnCustomer = func(id assist.ID) { tell("customer %s", id) }
	d.page.OnAnswer = func(r assist.Revision) { tell("answer %s %q %q %q", r.Answer, r.Next.Title, r.Gaps, r.Flags) }
	d.page.OnCopy = func(text string) { tell("copy %s", text) }
	d.page.OnMail = func(to, subject, body string) { tell("mail %s: %s", to, subject) }
	d.page.OnCount = func(n int) { d.told = append(d.told[:0:0], d.told...); d.told = append(d.told, fmt.Sprint("left ", n)) }
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

// key types letters into the list, each a second after the last, and lets what they do be
// kept and read again.
func (d *desk) key(letters string) {
	d.t.Helper()
	for _, r := range letters {
		d.store.now = d.store.now.Add(time.Second)
		d.rows().TypedRune(r)
		if strings.ContainsRune("dmbu", r) {
			d.step()
			d.step()
		}
	}
}

func (d *desk) rows() *panes.Rows { return look.Find[*panes.Rows](d.t, d.page.Object(), nil) }

func (d *desk) see(words ...string)    { d.t.Helper(); look.Reads(d.t, d.page.Object(), words...) }
func (d *desk) unseen(words ...string) { d.t.Helper(); look.Hides(d.t, d.page.Object(), words...) }

func TestTheDayIsDoneOneKeyAfterAnotherAndEnds(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.see("TELL THEM FIRST  2", "PROMISES  1", "SAY THANK YOU  1", "WORDS FOR YOU  1", "NOBODY COULD ANSWER  1", "FLAGGED ANSWERS  1", "DRAFTS NOT SENT  1", "8 left")
	d.key("ddddddd")
	d.see("1 left · 7 done", "Cutting wet hedges", "Nobody else has seen it")
	d.key("l")
	d.see("That is all for today", "7 things done, 1 left for tomorrow. Good evening.")
	if d.w.Canvas().Focused() != d.rows() {
		t.Error("nothing can be taken back by key")
	}
	if len(evening.Left(d.store.day, d.store.now)) != 1 || len(d.store.saved) != 7 {
		t.Errorf("saved %q", d.store.saved)
	}
	look.Press(t, d.page.Object(), "Show what is left for tomorrow")
	d.see("Cutting wet hedges", "1 left")
}

func TestWhatWasDoneCanBeTakenBack(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.key("dd")
	d.see("6 left · 2 done", "Undo (U)")
	d.key("uu")
	d.see("8 left", "TELL THEM FIRST  2")
	d.unseen("done", "Undo (U)")
}

func TestAPromiseMovesToTomorrowOrIsBrokenAndTheCustomerIsToBeTold(t *testing.T) {
	for key, says := range map[string]string{"m": "moved to tomorrow, and they do not know", "b": "It will not be kept, and they do not know it yet."} {
		d := newDesk(t, filled(), wide)
		d.store.day.Affected, d.store.day.Promises = nil, d.store.day.Promises[1:]
		d.page.Reload()
		d.step()
		d.rows().SetChosen(0)
		d.key(key)
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
		d.see("TELL THEM FIRST  1", says)
		d.unseen("PROMISES")
	}
}

func TestTheEditorIsOpenedWithWhatIsKnown(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.told = nil
	for range 5 {
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	d.key("o")
	d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.key("o")
	d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.key("o")
	want := []string{`answer  "Does it cut bamboo?" ["g1"] []`, `answer hold "Charged twice" [] ["f1"]`, `answer  "Cutting wet hedges" [] []`}
	if !slices.Equal(d.told, want) {
		t.Errorf("told %q", d.told)
	}
}

func TestThanksCanBeWrittenAtOnce(t *testing.T) {
	d := newDesk(t, filled(), wide)
	for range 3 {
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	d.see("Thank Mary Shaw", "“Tom stayed on the line until it ran”: that made our day.")
	d.told = nil
	d.key("ce")
	look.Press(t, d.page.Object(), "Show the customer")
	if len(d.told) != 3 || !strings.HasPrefix(d.told[0], "copy Thank you\n\nDear Mary") || d.told[1] != "mail mary@shaw.example: Thank you" || d.told[2] != "customer mary" {
		t.Errorf("told %q", d.told)
	}
}

func TestWhatIsRefusedComesBackAndIsSaid(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.store.refuse = errors.New("this was changed elsewhere meanwhile")
	d.key("d")
	d.see("changed elsewhere meanwhile", "8 left")
	d.unseen("done")
}

func TestASecondKeyInTheSameBreathIsNotHeard(t *testing.T) {
	d := newDesk(t, filled(), wide)
	d.key("d")
	d.rows().TypedRune('d')
	d.see("7 left · 1 done")
}

func TestAQuietDaySaysSo(t *testing.T) {
	d := newDesk(t, &store{now: start}, wide)
	d.see("That is all for today", "nobody waits for news or thanks")
	d.key("lce") // nothing to act on
}

func TestNothingIsCutOffOrOverlaps(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim} {
		d := newDesk(t, filled(), size)
		look.Apart(t, d.page.Object(), size, fmt.Sprint(size))
		for i := range 8 {
			d.rows().SetChosen(0)
			d.rows().Step(i)
			d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			look.Apart(t, d.page.Object(), size, fmt.Sprint(size, " thing ", i))
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
		look.Picture(t, d.w, "today-"+at)
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		look.Picture(t, d.w, "today-open-"+at)
	}
}

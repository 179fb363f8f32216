package questions

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/library/panes/look"
	"ringside/ui/theme"
)

var (
	now        = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(380, 720)
)

// shelf is a source that keeps things in memory and ranks as it is told.
type shelf struct {
	data  Data
	ranks map[assist.ID]int
	fails error
}

func (s *shelf) Load(context.Context) (Data, error) {
	d := s.data
	d.Questions = slices.Clone(d.Questions)
	return d, nil
}

func (s *shelf) Score(context.Context) (curate.Score, error) {
	out := curate.Score{Rank: map[assist.ID]int{}}
	for _, q := range s.data.Questions {
		if q.Off {
			continue
		}
		rank := s.ranks[q.ID]
		out.Asked++
		out.Rank[q.ID] = rank
		if rank == 1 {
			out.Top1++
		}
		if rank >= 1 && rank <= 3 {
			out.Top3++
		}
	}
	return out, nil
}

func (s *shelf) Find(_ context.Context, words string) (out []Hit, err error) {
	for _, id := range []assist.ID{"late", "refund"} {
		if a := s.data.Answers[id]; words != "" && strings.Contains("parcel late refund money where is it ", strings.ToLower(strings.Fields(words)[0])) {
			out = append(out, Hit{ID: id, Title: a.Title, Why: "customers ask"})
		}
	}
	return out, nil
}

func (s *shelf) Save(_ context.Context, before, after assist.Question) error {
	if s.fails != nil {
		return s.fails
	}
	i := slices.IndexFunc(s.data.Questions, func(q assist.Question) bool { return q.ID == after.ID })
	if i < 0 {
		s.data.Questions = append(s.data.Questions, after)
		return nil
	}
	if s.data.Questions[i] != before {
		return errors.New("it does not stand as before")
	}
	s.data.Questions[i] = after
	return nil
}

type desk struct {
	t      *testing.T
	page   *Page
	shelf  *shelf
	opened []assist.ID
	w      fyne.Window
	queue  chan func()
}

func newDesk(t *testing.T, size fyne.Size) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	q := func(id, text, answer string) assist.Question {
		return assist.Question{ID: assist.ID(id), Text: text, Answer: assist.ID(answer), At: now.AddDate(0, 0, -1), By: "tom", Call: "c1"}
	}
	d := &desk{t: t, queue: make(chan func(), 64), shelf: &shelf{
		ranks: map[assist.ID]int{"q1": 1, "q2": 2, "q3": 0},
		data: Data{Me: "tom", Names: map[assist.ID]string{"tom": "Tom Reed"}, Calls: map[assist.ID]time.Time{"c1": now.AddDate(0, 0, -1)},
			Answers: map[assist.ID]assist.Answer{"late": {ID: "late", Title: "Parcel is late", Department: "Delivery"}, "refund": {ID: "refund", Title: "Refund not there"},
				"old": {ID: "old", Title: "Old words", Off: true, Into: "late"}},
			Questions: []assist.Question{q("q1", "where is my parcel", "late"), q("q2", "it should be here by now", "late"),
				q("q3", "where is my money", "refund"), q("q4", "the old words", "old"), q("q5", "nobody asks this", "gone")}}}}
	d.page = New(Options{Source: d.shelf, OnAnswer: func(id assist.ID) { d.opened = append(d.opened, id) }, Now: func() time.Time { return now },
		Post: func(f func()) { d.queue <- f }})
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.Reload()
	d.asked()
	return d
}

// until takes what comes from beside the window, until ok.
func (d *desk) until(ok func() bool) {
	d.t.Helper()
	for !ok() {
		select {
		case f := <-d.queue:
			f()
		case <-time.After(10 * time.Second):
			d.t.Fatal("it did not come")
		}
	}
}

// asked takes what comes until all is kept, read and asked.
func (d *desk) asked() {
	d.t.Helper()
	d.until(func() bool { return !d.page.saving && !d.page.asking && len(d.page.ranks) > 0 })
}

func (d *desk) choose(id assist.ID) {
	d.t.Helper()
	i := slices.IndexFunc(d.page.shown, func(e entry) bool { return e.q.ID == id })
	if i < 0 {
		d.t.Fatalf("%s is not listed: %s", id, look.Words(d.page.rows))
	}
	d.page.rows.SetChosen(i)
}

func (d *desk) kept(id assist.ID) assist.Question {
	d.t.Helper()
	for _, q := range d.shelf.data.Questions {
		if q.ID == id {
			return q
		}
	}
	d.t.Fatalf("%s is not kept", id)
	return assist.Question{}
}

func TestWhatFailsStandsFirst(t *testing.T) {
	d := newDesk(t, wide)
	var order []assist.ID
	for _, e := range d.page.shown {
		if !e.line.Heading {
			order = append(order, e.q.ID)
		}
	}
	if !slices.Equal(order, []assist.ID{"q4", "q5", "q3", "q2", "q1"}) {
		t.Errorf("in order %v", order)
	}
	look.Reads(t, d.page.Object(), "ANSWER GONE  2", "NOT FOUND  1", "SECOND OR THIRD  1", "FIRST  1", "5 questions: first 20 %, among the first three 40 %")
	d.choose("q1")
	d.until(func() bool { return len(d.page.reading.finds.Objects) > 1 })
	look.Reads(t, d.page.reading.object, "“where is my parcel”", "Saved by Tom Reed, yesterday, from the call of yesterday", "Parcel is late", "Delivery", "Its answer comes first.", "1.  Parcel is late, as it must")
}

func TestAnAnswerThatWentAwaySaysWhere(t *testing.T) {
	d := newDesk(t, wide)
	d.choose("q4")
	look.Reads(t, d.page.reading.object, "“Parcel is late” says it now", "Move it to “Parcel is late” (M)")
	d.page.rows.TypedRune('m')
	d.asked()
	if q := d.kept("q4"); q.Answer != "late" {
		t.Errorf("it must find %s", q.Answer)
	}
	d.page.rows.TypedRune('u')
	d.asked()
	if q := d.kept("q4"); q.Answer != "old" {
		t.Errorf("after undo it must find %s", q.Answer)
	}
	d.choose("q5")
	look.Reads(t, d.page.reading.object, "This answer is gone")
}

func TestAQuestionIsSwitchedOffAndOnAgain(t *testing.T) {
	d := newDesk(t, wide)
	d.choose("q1")
	d.page.rows.TypedRune('o')
	d.until(func() bool { return d.page.score.Asked == 4 })
	look.Reads(t, d.page.Object(), "SWITCHED OFF  1", "Switched off", "Undo (U)", "4 questions: first 0 %")
	if !d.kept("q1").Off {
		t.Error("it is still asked")
	}
	d.page.rows.TypedRune('u')
	d.asked()
	if d.kept("q1").Off {
		t.Error("undo did not ask it again")
	}
}

func TestANewQuestionIsTypedWithItsAnswer(t *testing.T) {
	d := newDesk(t, wide)
	d.page.rows.TypedRune('n')
	f := d.page.form
	f.take(0)
	look.Reads(t, f.box, "Type what the customer asked.")
	f.words.SetText("  where   has it gone ")
	d.until(func() bool { return len(f.hits) == 2 })
	look.Reads(t, f.box, "Parcel is late", "Refund not there")
	f.key(f.words, &fyne.KeyEvent{Name: fyne.KeyDown})
	f.key(f.words, &fyne.KeyEvent{Name: fyne.KeyReturn})
	d.asked()
	q := d.shelf.data.Questions[len(d.shelf.data.Questions)-1]
	if q.Text != "where has it gone" || q.Answer != "refund" || q.By != "tom" || !q.At.Equal(now) {
		t.Errorf("kept %+v", q)
	}
	if f.box.Visible() || f.words.Text != "" {
		t.Error("the form is still there")
	}
}

func TestWordsThatAreSavedAlreadyAreMoved(t *testing.T) {
	d := newDesk(t, wide)
	d.page.rows.TypedRune('n')
	f := d.page.form
	f.words.SetText("Where is my parcel?")
	d.until(func() bool { return len(f.hits) == 2 })
	f.pick(0)
	look.Reads(t, f.box, "saved already for this answer")
	f.pick(1)
	look.Reads(t, f.box, "they must find “Parcel is late”", "Move them to “Refund not there” (Enter)")
	if len(d.shelf.data.Questions) != 5 || d.kept("q1").Answer != "late" {
		t.Fatal("it was kept before anybody agreed")
	}
	f.take(f.now)
	d.asked()
	if len(d.shelf.data.Questions) != 5 || d.kept("q1").Answer != "refund" {
		t.Errorf("kept %+v", d.shelf.data.Questions)
	}
}

func TestAnotherAnswerIsChosen(t *testing.T) {
	d := newDesk(t, wide)
	d.choose("q3")
	d.page.rows.TypedRune('c')
	f := d.page.form
	f.find.SetText("late")
	d.until(func() bool { return len(f.hits) == 2 })
	d.shelf.fails = errors.New("the disk is full")
	f.pick(0)
	d.asked()
	look.Reads(t, f.box, "The disk is full.")
	d.shelf.fails = nil
	f.pick(0)
	d.asked()
	if q := d.kept("q3"); q.Answer != "late" || q.Text != "where is my money" {
		t.Errorf("kept %+v", q)
	}
}

func TestEnterOpensTheAnswer(t *testing.T) {
	d := newDesk(t, wide)
	d.choose("q1")
	d.page.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.choose("q5")
	d.page.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // its answer is gone
	if !slices.Equal(d.opened, []assist.ID{"late"}) {
		t.Errorf("opened %v", d.opened)
	}
}

func TestTheBoxFindsByWordsAndByTheAnswer(t *testing.T) {
	d := newDesk(t, wide)
	d.page.box.SetText("parcel late")
	look.Reads(t, d.page.rows, "where is my parcel", "it should be here by now")
	look.Hides(t, d.page.rows, "where is my money")
	d.page.box.SetText("xylophone")
	look.Reads(t, d.page.Object(), "No question has these words")
}

func TestNothingLiesOnAnythingElse(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": wide, "slim": slim} {
		d := newDesk(t, size)
		for _, id := range []assist.ID{"q4", "q1"} {
			d.choose(id)
			d.page.split.Read(true)
			look.Apart(t, d.page.Object(), size, name+" "+string(id))
			d.page.split.Read(false)
			look.Apart(t, d.page.Object(), size, name+" list")
		}
		d.page.form.begin()
		look.Apart(t, d.page.Object(), size, name+" form")
	}
}

func TestNoQuestionsSayWhatTheyAreFor(t *testing.T) {
	d := newDesk(t, wide)
	d.shelf.data.Questions = nil
	d.page.Reload()
	d.until(func() bool { return len(d.page.data.Questions) == 0 })
	look.Reads(t, d.page.Object(), "No question is saved yet", "New question (N)")
}

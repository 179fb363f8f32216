package questions

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
	"ringside/assist/curate"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

var now = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// shelf is a source that keeps things in memory.
type shelf struct {
	mu    sync.Mutex // of data
	data  Data
	ranks map[assist.ID]int
	fails error
	held  chan struct{} // closed: the questions may be asked; nil: they may
	ended chan struct{} // closed when asking was broken off
}

func (s *shelf) Load(context.Context) (Data, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.data
	d.Questions = slices.Clone(d.Questions)
	return d, nil
}

func (s *shelf) Score(ctx context.Context) (curate.Score, error) {
	if s.held != nil {
		select {
		case <-s.held:
		case <-ctx.Done():
			close(s.ended)
			return curate.Score{}, ctx.Err()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	out := curate.Score{Rank: map[assist.ID]int{}}
	for _, q := range s.data.Questions {
		if q.Off {
			continue
		}
		rank := s.ranks[q.ID]
		out.Asked++
		if out.Rank[q.ID] = rank; rank == 1 {
			out.Top1++
		}
		if rank > 0 && rank < 4 {
			out.Top3++
		}
	}
	return out, nil
}

func (s *shelf) Find(_ context.Context, words string) (out []Hit, err error) {
	if strings.Contains(words, "nonsense") {
		return nil, nil
	}
	for _, id := range []assist.ID{"refund", "parcel", "blade"} {
		out = append(out, Hit{ID: id, Title: s.data.Answers[id].Title, Why: "Returns · its title"})
	}
	return out, nil
}

func (s *shelf) Save(_ context.Context, before, after assist.Question) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails != nil {
		return s.fails
	}
	if i := slices.IndexFunc(s.data.Questions, func(q assist.Question) bool { return q.ID == after.ID }); i >= 0 {
		s.data.Questions[i] = after
	} else {
		s.data.Questions = append(s.data.Questions, after)
	}
	return nil
}

func (s *shelf) kept(id assist.ID) assist.Question {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.data.Questions, func(q assist.Question) bool { return q.ID == id })
	return s.data.Questions[i]
}

type desk struct {
	t      *testing.T
	page   *Page
	shelf  *shelf
	w      fyne.Window
	queue  chan func()
	opened assist.ID
}

func newShelf() *shelf {
	ask := func(id, text, answer string, days int) assist.Question {
		return assist.Question{ID: assist.ID(id), Text: text, Answer: assist.ID(answer), By: "ann", Call: "c1", At: now.AddDate(0, 0, -days)}
	}
	s := &shelf{ranks: map[assist.ID]int{"good": 1, "second": 2, "low": 7}, data: Data{Me: "tom",
		Names: map[assist.ID]string{"ann": "Ann Okafor", "tom": "Tom Baker"}, Calls: map[assist.ID]time.Time{"c1": now.AddDate(0, 0, -1)},
		Answers: map[assist.ID]assist.Answer{
			"refund": {ID: "refund", Title: "When the money is back", Department: "Returns"},
			"parcel": {ID: "parcel", Title: "Where a parcel is", Department: "Delivery"},
			"blade":  {ID: "blade", Title: "Which blade fits", Department: "Technical"},
			"old":    {ID: "old", Title: "Refunds, as they were", Off: true, Into: "refund"},
		},
		Questions: []assist.Question{
			ask("good", "where has my parcel got to", "parcel", 1), ask("second", "have you sent my cash back", "refund", 2),
			ask("low", "it cuts badly since the spring", "blade", 3), ask("lost", "my thing is blunt", "blade", 4),
			ask("moved", "can I have a refund", "old", 5), ask("gone", "do you sharpen scissors", "nowhere", 6)}}}
	off := ask("off", "is the shop open on Sundays", "parcel", 9)
	off.Off = true
	s.data.Questions = append(s.data.Questions, off)
	return s
}

func newDesk(t *testing.T, size fyne.Size, s *shelf) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, queue: make(chan func(), 64), shelf: s}
	d.page = New(Options{Source: s, Now: func() time.Time { return now }, Post: func(f func()) { d.queue <- f }, OnAnswer: func(id assist.ID) { d.opened = id }})
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.Reload()
	d.until(func() bool { return d.page.loaded })
	d.page.Focus(d.w.Canvas())
	return d
}

// asked is a desk on which all questions have been asked.
func asked(t *testing.T, size fyne.Size) *desk {
	d := newDesk(t, size, newShelf())
	d.settle()
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

// settle takes what comes until nothing is being kept or asked, and answers are found.
func (d *desk) settle() {
	d.t.Helper()
	d.until(func() bool {
		p := d.page
		return !p.saving && !p.asking && len(p.score.Rank) > 0 && (p.key() == "" || len(p.reading.finds.Objects) > 0) && (!p.form.box.Visible() || p.form.now < len(p.form.hits))
	})
}

func (d *desk) choose(key string) {
	d.t.Helper()
	i := slices.IndexFunc(d.page.shown, func(e entry) bool { return e.key() == key })
	if i < 0 {
		d.t.Fatalf("%s is not listed: %s", key, look.Words(d.page.rows))
	}
	d.page.rows.SetChosen(i)
	d.settle()
}

func (d *desk) press(names ...fyne.KeyName) {
	for _, n := range names {
		d.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func (d *desk) letter(r rune) { d.w.Canvas().Focused().TypedRune(r) }

var wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(380, 720)

func TestQuestionsThatFailComeFirst(t *testing.T) {
	d := asked(t, wide)
	var keys []string
	for _, e := range d.page.shown {
		keys = append(keys, e.key()+e.line.Title[:min(len(e.line.Title), 5)]+e.line.Badge)
	}
	if got, want := strings.Join(keys, " "), "ANSWE movedcan Inot found gonedo yonot found NOT F lostmy thnot found BELOW lowit cu7th SECON secondhave 2nd FIRST goodwhere1st SWITC offis thoff"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if d.page.key() != "moved" {
		t.Errorf("%s is in front", d.page.key())
	}
	look.Reads(t, d.page.Object(), "6 questions: first 16 %, among the first three 33 %")
	d.page.box.SetText("BLADE blunt")
	if len(d.page.shown) != 2 || d.page.shown[1].key() != "lost" {
		t.Errorf("filtered: %s", look.Words(d.page.rows))
	}
	d.page.box.SetText("zebra")
	look.Reads(t, d.page.Object(), "No question has these words")
	look.Hides(t, d.page.reading.object, "MUST FIND")
}

func TestTheListIsThereBeforeTheQuestionsAreAsked(t *testing.T) {
	s := newShelf()
	s.held, s.ended = make(chan struct{}), make(chan struct{})
	d := newDesk(t, wide, s)
	look.Reads(t, d.page.Object(), "BEING ASKED  4", "6 questions: being asked…")
	close(s.held)
	d.settle()
	look.Hides(t, d.page.Object(), "BEING ASKED", "being asked…")
}

func TestWhoLeavesAsksNoMore(t *testing.T) {
	s := newShelf()
	s.held, s.ended = make(chan struct{}), make(chan struct{})
	d := newDesk(t, wide, s)
	d.page.Object().Hide()
	select {
	case <-s.ended:
	case <-time.After(10 * time.Second):
		t.Fatal("the library is still being asked")
	}
}

func TestAQuestionTellsWhatItMustFindAndWhatItFinds(t *testing.T) {
	d := asked(t, wide)
	for key, want := range map[string][]string{
		"second": {"“have you sent my cash back”", "Saved by Ann Okafor", "from the call of yesterday, 10 am", "Its answer comes 2nd.", "When the money is back", "1.  When the money is back, as it must", "3.  Which blade fits"},
		"lost":   {"Its answer is not found"},
		"moved":  {"Its answer is switched off; “When the money is back” says it now.", "Move it to that answer (M)"},
		"gone":   {"an answer that is gone", "This answer is gone."},
		"off":    {"It is switched off", "Ask it again (O)"},
	} {
		d.choose(key)
		look.Reads(t, d.page.reading.object, want...)
	}
	d.choose("good")
	d.press(fyne.KeyReturn)
	if d.opened != "parcel" {
		t.Errorf("opened %q", d.opened)
	}
	d.opened = ""
	d.choose("gone")
	d.press(fyne.KeyReturn)
	if look.Hides(t, d.page.reading.object, "Open the answer"); d.opened != "" {
		t.Errorf("opened %q, which is gone", d.opened)
	}
}

func TestAQuestionIsSwitchedOffMovedAndTakenBack(t *testing.T) {
	d := asked(t, wide)
	d.choose("good")
	d.letter('o')
	d.settle()
	if !d.shelf.kept("good").Off || d.page.key() != "good" {
		t.Errorf("kept %+v, %s in front", d.shelf.kept("good"), d.page.key())
	}
	d.choose("moved")
	d.letter('m')
	d.settle()
	if d.shelf.kept("moved").Answer != "refund" {
		t.Errorf("kept %+v", d.shelf.kept("moved"))
	}
	look.Reads(t, d.page.Object(), "Moved to “When the money is back”")
	d.letter('u')
	d.settle()
	d.letter('u')
	d.settle()
	if d.shelf.kept("good").Off || d.shelf.kept("moved").Answer != "old" {
		t.Errorf("kept %+v", d.shelf.data.Questions)
	}
	look.Hides(t, d.page.Object(), "Undo")
}

func TestAnotherAnswerIsChosenByTyping(t *testing.T) {
	d := asked(t, wide)
	d.choose("lost")
	d.letter('c')
	d.settle()
	test.Type(d.page.form.find, "nonsense")
	d.until(func() bool { return d.page.form.says.Text() != "" })
	look.Reads(t, d.page.form.box, "No answer fits these words")
	d.press(fyne.KeyReturn)
	look.Reads(t, d.page.form.box, "Find the answer first")
	d.page.form.find.SetTyped("parcel")
	d.settle()
	d.press(fyne.KeyDown, fyne.KeyReturn)
	d.settle()
	if q := d.shelf.kept("lost"); q.Answer != "parcel" || q.Text != "my thing is blunt" || d.page.form.box.Visible() {
		t.Errorf("kept %+v, the form is open: %v", q, d.page.form.box.Visible())
	}
	d.letter('c')
	d.press(fyne.KeyEscape)
	if d.page.form.box.Visible() || d.w.Canvas().Focused() != fyne.Focusable(d.page.rows) {
		t.Error("Escape did not lead back to the list")
	}
}

func TestANewQuestionIsSavedForTheAnswerThatWasFound(t *testing.T) {
	d := asked(t, wide)
	d.letter('n')
	d.press(fyne.KeyReturn)
	look.Reads(t, d.page.form.box, "Type what the customer asked.")
	look.Hides(t, d.page.reading.object, "MUST FIND")
	test.Type(d.page.form.words, "  which   knife for the mower ")
	d.settle()
	d.shelf.fails = &assist.Fault{What: "the disk is full", Err: errors.New("full")}
	d.press(fyne.KeyReturn)
	d.until(func() bool { return !d.page.saving })
	look.Reads(t, d.page.form.box, "The disk is full")
	d.shelf.fails = nil
	d.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	d.settle()
	q := d.shelf.data.Questions[len(d.shelf.data.Questions)-1]
	if q.Text != "which knife for the mower" || q.Answer != "blade" || q.By != "tom" || q.Validate() != nil || d.page.key() != string(q.ID) {
		t.Fatalf("kept %+v, %s in front", q, d.page.key())
	}
	d.letter('u')
	d.settle()
	if !d.shelf.kept(q.ID).Off {
		t.Error("a new question that was taken back is still asked")
	}
}

func TestTheSameWordsAreNotSavedTwice(t *testing.T) {
	for _, x := range []struct {
		words string
		down  int
		says  string
		moved assist.ID // "": nothing is offered
		of    assist.ID
	}{
		{"Where has my parcel got to?", 0, "they must find “Where a parcel is”", "refund", "good"},
		{"where has my parcel got to", 1, "saved already for this answer.", "", "good"},
		{"is the shop open on sundays", 1, "and switched off", "parcel", "off"},
	} {
		t.Run(x.words+fmt.Sprint(x.down), func(t *testing.T) {
			d := asked(t, wide)
			n := len(d.shelf.data.Questions)
			d.letter('n')
			d.page.form.words.SetTyped(x.words)
			d.settle()
			for range x.down {
				d.press(fyne.KeyDown)
			}
			d.press(fyne.KeyReturn)
			look.Reads(t, d.page.form.box, x.says)
			before := d.shelf.kept(x.of)
			d.press(fyne.KeyReturn)
			d.settle()
			after := d.shelf.kept(x.of)
			if len(d.shelf.data.Questions) != n || x.moved == "" && after != before || x.moved != "" && (after.Answer != x.moved || after.Off) {
				t.Errorf("%d questions; %+v became %+v", len(d.shelf.data.Questions), before, after)
			}
		})
	}
}

func TestWhatWasNotKeptIsTold(t *testing.T) {
	d := asked(t, wide)
	d.choose("good")
	d.shelf.fails = &assist.Fault{What: "somebody else has changed this question", Err: assist.ErrInvalid}
	d.letter('o')
	d.settle()
	look.Reads(t, d.page.Object(), "Somebody else has changed this question")
	look.Hides(t, d.page.Object(), "Undo")
}

func TestAnEmptyListSaysWhatItIsFor(t *testing.T) {
	d := newDesk(t, wide, &shelf{})
	look.Reads(t, d.page.Object(), "No question is saved yet")
	look.Press(t, d.page.none.Measured, "New question (N)")
	look.Reads(t, d.page.Object(), "A new question.")
	d.press(fyne.KeyEscape)
	look.Hides(t, d.page.Object(), "A new question.")
	d.letter('n') // the empty list hears it, too
	look.Reads(t, d.page.Object(), "A new question.")
}

// views are the page as it may look.
func views(t *testing.T, size fyne.Size, visit func(d *desk, name string)) {
	for _, key := range []string{"moved", "second"} {
		d := asked(t, size)
		visit(d, "list-"+key)
		d.choose(key)
		d.page.open(0)
		visit(d, key)
	}
	d := asked(t, size)
	d.letter('n')
	d.page.form.words.SetTyped("where has my parcel got to")
	d.settle()
	d.press(fyne.KeyReturn)
	visit(d, "twice")
	d = asked(t, size)
	d.letter('c')
	d.settle()
	visit(d, "choosing")
}

func TestNothingLiesOnAnything(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim} {
		views(t, size, func(d *desk, name string) { look.Apart(t, d.page.Object(), size, name) })
	}
}

func TestGallery(t *testing.T) {
	look.Gallery(t)
	for name, size := range map[string]fyne.Size{"wide": wide, "slim": slim} {
		views(t, size, func(d *desk, view string) { look.Picture(t, d.w, "questions-"+view+"-"+name) })
	}
}

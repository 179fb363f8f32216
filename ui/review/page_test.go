package review_test

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
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/review"
	"ringside/ui/theme"
)

var (
	now        = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC) // a Tuesday
	wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(480, 720)
)

func promise(id, text, who string, due time.Time, allDay bool) review.Promise {
	return review.Promise{CustomerName: who, RepName: "Tom Baker", Promise: assist.Promise{ID: assist.ID(id), Customer: "c-" + assist.ID(id),
		Text: text, Made: now.AddDate(0, 0, -6), Due: due, AllDay: allDay}}
}

func data() review.Data {
	d := review.Data{
		Promises: []review.Promise{
			promise("later", "Send the spring catalogue", "Jo Price", now.AddDate(0, 1, 20), true),
			promise("late", "Refund the second charge for the hedge trimmer", "Mary Shaw", now.AddDate(0, 0, -2), true),
			promise("today", "Call back with the delivery slot", "Ali Khan", now.Add(5*time.Hour), false),
			promise("week", "Ask Repairs whether the blade is under warranty, and write to her what they say whichever way it goes", "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine the Elder", now.AddDate(0, 0, 3), true),
			promise("none", "Look into the noise", "", time.Time{}, false),
			promise("late-today", "Ring the driver", "田中 花子", now.Add(-time.Hour), false),
		},
		Gaps: []review.Gap{
			{CustomerName: "Ali Khan", RepName: "Ann Okafor", Gap: assist.Gap{ID: "g1", Customer: "c1", Text: "Can the Hedge 300 run on a boat’s 24 volts?", At: now.AddDate(0, 0, -1)}},
			{Gap: assist.Gap{ID: "g2", Text: "Do you buy back old batteries?", At: now.AddDate(0, -3, 0)}},
		},
	}
	for i := range 10_000 {
		n := review.Note{CustomerName: "Mary Shaw", RepName: "Tom Baker", Note: assist.Note{ID: assist.ID(fmt.Sprint("n", i)), Customer: "mary",
			At: now.Add(-time.Duration(i) * 5 * time.Hour), Text: fmt.Sprintf("Note %d. Parcel late again; she was patient about it.\nWants to be told early, by phone.", i)}}
		if i%7 == 1 {
			n.Intelligence, n.CustomerName, n.Text = assist.Competitive, "דנה לוי", fmt.Sprintf("Rival %d gives two years of warranty.", i)
		}
		d.Notes = append(d.Notes, n)
	}
	return d
}

// source gives what the test puts into it.
type source struct {
	data review.Data
	err  error
}

func (s *source) Promises(context.Context) (review.Data, error) { return s.data, s.err }

func (s *source) Talk(context.Context) (review.Data, error) { return s.data, s.err }

type desk struct {
	t     testing.TB
	page  *review.Page
	room  *panes.Room // of its lists
	w     fyne.Window
	src   *source
	queue chan func()
	clock time.Time
	told  []string // what the page reported

	mu    sync.Mutex
	saved []string // what became of promises, in order
	fault error    // of the next changes
	gate  chan struct{}
	steps int // changes that are known to be kept
}

func newDesk(t testing.TB, size fyne.Size) *desk {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, src: &source{}, queue: make(chan func(), 16), clock: now}
	d.page = review.New(review.Options{Source: d.src, Now: func() time.Time { return d.clock }, Post: func(f func()) { d.queue <- f },
		Save: d.save, ReadDay: readDay, Draft: func(p review.Promise) review.Letter {
			return review.Letter{Subject: "About: " + p.Text, Body: "Dear " + p.CustomerName + ",\n\nso it stands."}
		}})
	tell := func(format string, args ...any) { d.told = append(d.told, fmt.Sprintf(format, args...)) }
	d.page.OnCustomer = func(id assist.ID) { tell("customer %s", id) }
	d.page.OnAnswer = func(seed assist.Revision) {
		tell("answer %q %q %q %v", seed.Next.Title, seed.Next.Say, seed.Next.Phrasings, seed.Gaps)
	}
	d.page.OnCopy = func(text string) { tell("copy %s", text) }
	d.page.OnMail = func(to, subject, body string) { tell("mail %s: %s", to, subject) }
	d.page.OnSaveText = func(name, text string) { tell("file %s: %s", name, text) }
	d.page.OnCalendar = func(list []review.Promise) { tell("calendar %d", len(list)) }
	d.room = panes.NewRoom(d.tab("Promises", review.OfPromises), d.tab("Notes", review.OfNotes), d.tab("Heard", review.OfHeard), d.tab("Questions", review.OfQuestions))
	d.w = test.NewTempWindow(t, d.room.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	return d
}

// tab is a list of the page as the window has it.
func (d *desk) tab(name string, l review.List) panes.Tab {
	counted := d.page.OnCount
	d.page.OnCount = func(of review.List, n int) {
		if counted != nil {
			counted(of, n)
		}
		if of == l && d.room != nil {
			d.room.SetCount(name, n)
		}
	}
	return panes.Tab{Name: name, Object: d.page.Object(), Focus: d.page.Focus, Reload: func() { d.page.Show(l) }}
}

// save notes what became of a promise, as words.
func (d *desk) save(_ context.Context, before, after assist.Promise) error {
	if d.gate != nil {
		<-d.gate
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fault != nil {
		return d.fault
	}
	d.saved = append(d.saved, string(after.ID)+":"+standing(before)+">"+standing(after))
	return nil
}

func standing(p assist.Promise) string {
	var out []string
	for word, at := range map[string]time.Time{"kept": p.Kept, "broken": p.Broken, "moved": p.Moved, "told": p.Told} {
		if !at.IsZero() {
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "+")
}

// readDay knows a few words.
func readDay(words string) review.Day {
	switch words {
	case "friday 3pm":
		return review.Day{Due: time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC)}
	case "yesterday":
		return review.Day{Due: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), AllDay: true}
	case "3/4":
		return review.Day{Due: now, Ask: "Which day do you mean: 3 April or 4 March?"}
	}
	return review.Day{}
}

func (d *desk) load(data review.Data, err error) {
	d.t.Helper()
	d.src.data, d.src.err = data, err
	d.page.Reload()
	d.step()
	d.step()
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

// key types a letter into the list, a second after the last.
func (d *desk) key(letters string) {
	for _, r := range letters {
		d.clock = d.clock.Add(time.Second)
		d.rows().TypedRune(r)
	}
}

// keptAs lets all changes be kept, and compares them.
func (d *desk) keptAs(want ...string) {
	d.t.Helper()
	for ; d.steps < len(want); d.steps++ {
		d.step()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if !slices.Equal(d.saved, want) {
		d.t.Errorf("saved %q, want %q", d.saved, want)
	}
}

func (d *desk) see(words ...string) {
	d.t.Helper()
	look.Reads(d.t, d.room.Object(), words...)
}

func (d *desk) unseen(words ...string) {
	d.t.Helper()
	look.Hides(d.t, d.room.Object(), words...)
}

func (d *desk) press(words string) {
	d.t.Helper()
	look.Press(d.t, d.room.Object(), words)
}

func (d *desk) rows() *panes.Rows {
	d.t.Helper()
	return look.Find[*panes.Rows](d.t, d.room.Object(), nil)
}

func TestPromisesStandInTheOrderOfNeed(t *testing.T) {
	d := newDesk(t, fyne.NewSize(1208, 1000))
	d.load(data(), nil)
	all, at := look.Words(d.room.Object()), 0
	for _, want := range []string{"LATE  2", "2 days late", "since 9 am", "TODAY  1", "3 pm", "IN THE NEXT SEVEN DAYS  1", "Friday", "LATER  1", "13 Jan 2027", "NO DAY NAMED  1", "a caller without a name"} {
		i := strings.Index(all[at:], want)
		if i < 0 {
			t.Fatalf("%q is missing or out of order in:\n%s", want, all)
		}
		at += i
	}
	d.see("2 late: call before they do", "Was due Sunday 22 November", "Promised Wednesday 18 November by Tom Baker.")
}

func TestKeepingTheLastPromiseLeavesWordsNotAHole(t *testing.T) {
	d := newDesk(t, slim)
	d.load(review.Data{Promises: data().Promises[1:2]}, nil)
	d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.press("Kept (K)")
	d.see("No promise waits", "Undo (U)")
}

func TestNotesAreFilteredByAllTheWords(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.press("Notes 10,000")
	box := look.Find[*panes.Box](t, d.room.Object(), nil)
	box.SetText("rival WARRANTY 8")
	d.see("Rival 8 gives two years", "Said to a question about rivals", "competitive")
	d.unseen("patient")
	box.SetText("shaw tom 4321.")
	d.see("1 of 10,000 notes", "Note 4321.", "Wants to be told early")
	box.SetText("no such words")
	d.see("No note has these words")
	d.press("Show all notes")
	d.see("Note 0.", "The latest first")
}

func TestOnlyTheRowsInSightAreMade(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.press("Notes")
	rows := 0
	look.Walk(d.room.Object(), func(o fyne.CanvasObject, _, _ look.Area) {
		if _, ok := o.(*panes.Row); ok {
			rows++
		}
	})
	if rows == 0 || rows > 20 {
		t.Errorf("%d rows for 10,000 notes", rows)
	}
	d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	d.see("Note 9999.")
}

func TestANoteOrAQuestionBecomesAnAnswer(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.rows().TypedRune('a') // a promise is none
	d.press("Questions")
	d.rows().TypedRune('a')
	d.press("Notes")
	d.press("Make this an answer")
	gap, note := data().Gaps[0], data().Notes[0]
	want := []string{fmt.Sprintf("answer %q %q %q %v", gap.Text, "", []string{gap.Text}, []assist.ID{gap.ID}),
		fmt.Sprintf("answer %q %q %q %v", "", note.Text, []string(nil), []assist.ID(nil))}
	if !slices.Equal(d.told, want) {
		t.Errorf("told %q, want %q", d.told, want)
	}
}

func TestQuestionsWithoutAnAnswer(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.press("Questions 2")
	d.see("24 volts", "Asked by Ali Khan, yesterday", "Heard by Ann Okafor")
	d.press("Show the customer")
	if len(d.told) != 1 || d.told[0] != "customer c1" {
		t.Errorf("reported %v", d.told)
	}
}

func TestWhatWasHeardStandsInTheCustomersWords(t *testing.T) {
	d := newDesk(t, wide)
	all := withHeard(data())
	d.load(all, nil)
	d.press("Heard 3")
	d.see("It starts first pull", "about Brackmoor", "love", "heard by Ann Okafor", "Tom was brilliant", "praise", "They have us for lunch")
}

// withHeard adds one of everything that is heard.
func withHeard(all review.Data) review.Data {
	all.Heard = []review.Heard{
		{Insight: assist.Insight{ID: "h1", Customer: "c1", At: now.AddDate(0, 0, -1), Intelligence: assist.Competitive, Feeling: assist.Love,
			About: assist.AboutCompetitor, Subject: "Brackmoor", Text: "It starts first pull"}, CustomerName: "Ali Khan", RepName: "Ann Okafor"},
		{Insight: assist.Insight{ID: "h2", At: now.AddDate(0, 0, -2), Text: "Tom was brilliant"}, CustomerName: "Ali Khan", Praised: "Tom Reed"},
		{Insight: assist.Insight{ID: "h3", At: now.AddDate(0, 0, -3), Intelligence: assist.FrontLine, Text: "They have us for lunch"}, RepName: "Ann Okafor"}}
	return all
}

func TestEmptyPagesSayWhatToDo(t *testing.T) {
	d := newDesk(t, wide)
	d.load(review.Data{}, nil)
	d.see("No promise waits")
	d.press("Notes")
	d.see("No notes yet")
	d.press("Heard")
	d.see("Nothing heard yet")
	d.press("Questions")
	d.see("No question is without an answer")
}

func TestTroubleIsSaidAndTheListStays(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.load(review.Data{}, &assist.Fault{What: "the disk does not answer", Do: "try again", Err: errors.New("io")})
	d.see("The disk does not answer. Try again.", "Refund the second charge")
	d.load(data(), nil)
	d.unseen("The disk does not answer")
}

func TestReloadKeepsWhatTheRepReads(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.see("Was due today, 9 am")
	d.load(data(), nil)
	d.see("Was due today, 9 am")
}

func TestArrowsStepOverHeadings(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	for range 2 {
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	d.see("Due today, 3 pm.")
	for range 9 {
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	}
	d.see("Was due Sunday 22 November")
}

func TestNothingOverlaps(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim, fyne.NewSize(320, 600)} {
		d := newDesk(t, size)
		d.load(withHeard(data()), nil)
		for _, tab := range []string{"Promises", "Notes", "Heard", "Questions"} {
			d.press(tab)
			look.Apart(t, d.room.Object(), size, fmt.Sprint(size, tab))
			d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			look.Apart(t, d.room.Object(), size, fmt.Sprint(size, tab, " open"))
			if size.Width < 700 {
				d.press("Back to the list")
			}
		}
		d.press("Promises")
		d.key("k")
		look.Apart(t, d.room.Object(), size, fmt.Sprint(size, " kept"))
		d.key("m")
		look.Apart(t, d.room.Object(), size, fmt.Sprint(size, " moving"))
	}
}

func TestGallery(t *testing.T) {
	look.Gallery(t)
	for at, size := range map[string]fyne.Size{"wide": wide, "narrow": slim} {
		d := newDesk(t, size)
		shot := func(state string) { look.Picture(t, d.w, "review-"+state+"-"+at) }
		d.load(review.Data{}, nil)
		shot("empty")
		d.load(data(), nil)
		d.w.Canvas().Focus(d.rows())
		shot("promises")
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		shot("promise")
		d.press("Kept (K)")
		shot("kept")
		d.press("Questions")
		shot("questions")
		d.press("Notes")
		shot("notes")
		look.Find(t, d.room.Object(), func(b *panes.Box) bool { return b.Visible() }).SetText("rival 8")
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		shot("filtered")
	}
}

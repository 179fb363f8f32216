package notes

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/settings"
	"ringside/assist/sift"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var now = time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)

// names are who and what there is.
type names map[sift.Field]*sift.List

func (n names) Like(f sift.Field, words string) []sift.Value {
	if l := n[f]; l != nil {
		return l.Like(words)
	}
	return nil
}

func (n names) Name(f sift.Field, key string) string {
	if l := n[f]; l != nil {
		return l.Name(key)
	}
	return ""
}

// drawer is a source that keeps notes in memory.
type drawer struct {
	mu      sync.Mutex // of all below
	notes   []glance.NoteFound
	data    Data
	about   map[assist.ID]About
	views   []settings.View
	fails   error         // of the next Save
	lost    error         // of every Find
	held    chan struct{} // Find waits for it; nil: it does not
	queries []glance.NoteQuery
	pages   int  // how many were read
	partial bool // Find cannot see all notes yet
}

const perPage = 60

func (d *drawer) Open(context.Context) (Data, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	data := d.data
	for _, n := range d.notes {
		if unread(n.Note, data.Me) {
			data.ForMe = append(data.ForMe, n)
		}
	}
	return data, nil
}

func (d *drawer) Find(ctx context.Context, q glance.NoteQuery, from string) (page glance.NotePage, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if held := d.held; held != nil {
		d.mu.Unlock()
		select {
		case <-held:
		case <-ctx.Done():
		}
		d.mu.Lock()
	}
	if err := cmp.Or(d.lost, ctx.Err()); err != nil {
		return page, err
	}
	d.queries = append(d.queries, q)
	d.pages++
	var list []glance.NoteFound
	for _, n := range d.notes {
		if fits(n, q) {
			list = append(list, n)
		}
	}
	at, _ := strconv.Atoi(from)
	page.Notes = slices.Clone(list[min(at, len(list)):min(at+perPage, len(list))])
	if at+perPage < len(list) {
		page.Next = strconv.Itoa(at + perPage)
	}
	page.Partial = d.partial
	return page, nil
}

func fits(n glance.NoteFound, q glance.NoteQuery) bool {
	for _, w := range strings.Fields(strings.ToLower(q.Text)) {
		if !strings.Contains(strings.ToLower(n.Text), w) {
			return false
		}
	}
	return (q.Rep == "" || n.Rep == q.Rep) && (q.Tag == "" || slices.Contains(n.Tags, q.Tag)) && (!q.Unreviewed || n.Reviewed.IsZero()) &&
		(q.Competitor == "" || strings.Contains(n.Text, q.Competitor)) && (q.Customer == "" || n.Customer == q.Customer)
}

func (d *drawer) About(_ context.Context, id assist.ID) (About, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.notes, func(n glance.NoteFound) bool { return n.ID == id })
	if i < 0 {
		return About{}, &assist.Fault{What: "there is no such note", Err: assist.ErrNotFound}
	}
	a := d.about[id]
	a.Note = d.notes[i]
	for _, ref := range a.Note.Links {
		a.Links = append(a.Links, Link{Ref: ref, Title: "Refunds"})
	}
	return a, nil
}

func (d *drawer) Seek(_ context.Context, words string) ([]Link, error) {
	if strings.Contains(words, "nonsense") {
		return nil, nil
	}
	return []Link{{Ref: assist.Ref{Type: assist.TypeAnswer, ID: "refund"}, Title: "Refunds", Sub: "answer"}}, nil
}

func (d *drawer) Save(_ context.Context, before, after assist.Note) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.fails; err != nil {
		d.fails = nil
		return err
	}
	for i, n := range d.notes {
		if n.ID != before.ID {
			continue
		}
		if fmt.Sprint(n.Note) != fmt.Sprint(before) {
			return &assist.Fault{What: "this note was changed elsewhere meanwhile", Do: "See how it stands now, and decide again.", Err: assist.ErrInvalid}
		}
		d.notes[i].Note = after
	}
	return nil
}

func (d *drawer) saveViews(_ context.Context, views []settings.View) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.fails; err != nil {
		d.fails = nil
		return err
	}
	d.views = views
	return nil
}

func (d *drawer) kept(id assist.ID) assist.Note {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.notes, func(n glance.NoteFound) bool { return n.ID == id })
	return d.notes[i].Note
}

func value(key, name string) sift.Value { return sift.Value{Key: key, Name: name} }

func filled() *drawer {
	note := func(id, text, rep string, hours int) glance.NoteFound {
		return glance.NoteFound{Note: assist.Note{ID: assist.ID(id), Customer: "mary", Call: "c1", Rep: assist.ID(rep), At: now.Add(-time.Duration(hours) * time.Hour), Text: text},
			CustomerName: "Mary Shaw", RepName: map[string]string{"ann": "Ann Okafor", "baker": "Tom Baker"}[rep]}
	}
	d := &drawer{about: map[assist.ID]About{}, notes: []glance.NoteFound{
		note("leak", "The hedge trimmer leaks oil. She looked at Greenbarn already.", "baker", 1),
		note("late", "Her parcel is late again, and nobody called back.", "ann", 30),
		note("praise", "She likes the new saw, and thanks Tom.", "ann", 80),
		note("old", "Asked for a refund of the first trimmer.", "baker", 9000)}}
	d.notes[1].Tags = []string{"vip"}
	d.notes[2].Remarks = []assist.Remark{{By: "ann", At: now.Add(-time.Hour), Text: "Tom, she would love to hear from you.", For: "baker"}}
	d.about["leak"] = About{Company: Link{Ref: assist.Ref{Type: assist.TypeCompany, ID: "shaws"}, Title: "Shaw Gardens"},
		Call:     assist.Call{ID: "c1", Started: now.Add(-time.Hour), Mood: assist.Upset, Disposition: "Promise made"},
		Said:     []Link{{Ref: assist.Ref{Type: assist.TypeAnswer, ID: "oil"}, Title: "Which oil it takes"}},
		Promises: []assist.Promise{{ID: "p", Text: "send a new seal", Made: now, Due: now.AddDate(0, 0, 2)}},
		Named:    []assist.Subject{{ID: "g", Kind: assist.AboutCompetitor, Name: "Greenbarn"}}, Others: []glance.NoteFound{note("late", "Her parcel is late again", "ann", 30)}}
	d.data = Data{Me: "baker", Reps: []assist.Rep{{ID: "baker", Name: "Tom Baker"}, {ID: "ann", Name: "Ann Okafor"}},
		Names: names{sift.Rep: sift.NewList([]sift.Value{value("baker", "Tom Baker"), value("tomas", "Tomás Reed"), value("ann", "Ann Okafor")}),
			sift.Tag:        sift.NewList([]sift.Value{value("vip", "vip"), value("call back", "call back")}),
			sift.Competitor: sift.NewList([]sift.Value{value("Greenbarn", "Greenbarn")}), sift.Customer: sift.NewList([]sift.Value{value("mary", "Mary Shaw")})}}
	return d
}

// many is a drawer with so many notes.
func many(n int) *drawer {
	d := filled()
	for i := range n {
		m := d.notes[3]
		m.ID, m.Text, m.At = assist.ID(fmt.Sprint("n", i)), fmt.Sprint("Note number ", i, " of a long list"), now.Add(-time.Duration(10_000+i)*time.Hour)
		d.notes = append(d.notes, m)
	}
	return d
}

type desk struct {
	t      *testing.T
	page   *Page
	drawer *drawer
	w      fyne.Window
	queue  chan func()
	clock  time.Time
	copied string
	seed   assist.Revision
	shown  assist.ID // the customer or the answer that was brought to the front
}

var wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(380, 720)

func open(t *testing.T, size fyne.Size, s *drawer) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, queue: make(chan func(), 256), drawer: s, clock: now}
	d.page = New(Options{Source: s, SaveViews: s.saveViews, Now: func() time.Time { return d.clock }, Post: func(f func()) { d.queue <- f }})
	d.page.OnCopy = func(text string) { d.copied = text }
	d.page.OnAnswer = func(seed assist.Revision) { d.seed = seed }
	d.page.OnShowAnswer = func(id assist.ID) { d.shown = id }
	d.page.OnCustomer = func(id assist.ID) { d.shown = id }
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.Reload()
	d.until(func() bool { return d.page.opened && !d.page.finding })
	d.page.Focus(d.w.Canvas())
	d.rest()
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
			d.t.Fatal("it did not come; the page says:\n" + look.Words(d.page.Object()))
		}
	}
}

// rest waits until everything is found and kept, and the note in front has what belongs to
// it; then the rep has looked at it for a while.
func (d *desk) rest() {
	d.t.Helper()
	p := d.page
	d.until(func() bool {
		return !p.finding && !p.growing && !p.changes.busy && !p.asking.looking && (p.reading.note.ID == "" || p.reading.about.Note.ID == p.reading.note.ID)
	})
	d.clock = d.clock.Add(time.Second)
}

func (d *desk) typed(text string) {
	for _, r := range text {
		d.w.Canvas().Focused().TypedRune(r)
	}
	d.rest()
}

func (d *desk) press(names ...fyne.KeyName) {
	for _, n := range names {
		d.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
	d.rest()
}

func (d *desk) list() string {
	var ids []string
	for _, e := range d.page.shown {
		ids = append(ids, string(e.note.ID))
	}
	return strings.Join(ids, " ")
}

func (d *desk) lists(want string) {
	d.t.Helper()
	if got := d.list(); got != want {
		d.t.Errorf("lists %q, want %q", got, want)
	}
}

// choose puts a note in front and gives the list the keyboard.
func (d *desk) choose(id assist.ID) {
	d.t.Helper()
	d.page.rows.SetChosen(d.page.place(id))
	d.page.toRows()
	d.rest()
}

func TestWordsAndFiltersSiftAsTheyAreTyped(t *testing.T) {
	d := open(t, wide, filled())
	d.lists("leak late praise old")
	d.typed("trimmer")
	d.lists("leak old")
	d.typed(" rep:ann")
	d.lists("")
	look.Reads(t, d.page.Object(), "No note fits", "Rep: Ann Okafor")
	d.press(fyne.KeyEscape)
	d.typed("rep:ann ")
	d.lists("late praise")
	if d.page.box.Text != "" || d.page.sifted.Rep != "ann" {
		t.Errorf("the box has %q, sifted by %+v", d.page.box.Text, d.page.sifted)
	}
	d.typed("tag:vip")
	d.press(fyne.KeyReturn)
	d.lists("late")
	if d.page.box.Text != "" || d.page.sifted.Tag != "vip" {
		t.Errorf("Enter left %q in the box, sifted by %+v", d.page.box.Text, d.page.sifted)
	}
	d.press(fyne.KeyBackspace)
	d.lists("late praise")
	d.press(fyne.KeyBackspace)
	d.lists("leak late praise old")
}

func TestNotesThatAreStillReadInAreAwaited(t *testing.T) {
	s := filled()
	all := s.notes
	s.notes, s.partial = nil, true
	d := open(t, wide, s)
	look.Reads(t, d.page.Object(), "Reading…", "What fits comes by itself")
	look.Hides(t, d.page.Object(), "No notes yet")
	s.mu.Lock()
	s.notes = all[:2]
	s.mu.Unlock()
	d.until(func() bool { return len(d.page.shown) == 2 })
	look.Reads(t, d.page.Object(), "2 notes · more may come")
	d.rest()
	d.page.rows.Step(1)
	front, _ := d.page.chosen()
	s.mu.Lock()
	s.notes, s.partial = all, false
	s.mu.Unlock()
	d.until(func() bool { return len(d.page.shown) == len(all) })
	d.rest()
	look.Hides(t, d.page.Object(), "more may come")
	if n, _ := d.page.chosen(); n.ID != front.ID {
		t.Errorf("%q is in front, and was %q", n.ID, front.ID)
	}
}

func TestWhereNothingFitsTheBoxKeepsTheKeyboard(t *testing.T) {
	d := open(t, wide, filled())
	d.typed("trimmer")
	look.Reads(t, d.page.Object(), "Amend")
	d.typed("zzz")
	d.press(fyne.KeyReturn)
	d.typed("q")
	if d.page.box.Text != "trimmerzzzq" {
		t.Errorf("the box has %q", d.page.box.Text)
	}
	d.page.views.name()
	d.rest()
	look.Reads(t, d.page.Object(), "A name for this search")
	look.Hides(t, d.page.Object(), "Amend") // no note is in front
	d.press(fyne.KeyEscape)
	d.typed("y")
	if d.page.box.Text != "trimmerzzzqy" {
		t.Errorf("the box has %q", d.page.box.Text)
	}
}

func TestALongNameDoesNotWidenTheNote(t *testing.T) {
	s := filled()
	s.notes[0].CustomerName = strings.Repeat("Bartholomew ", 20)
	size := fyne.NewSize(824, 540)
	d := open(t, size, s)
	d.choose("leak")
	look.Apart(t, d.page.Object(), size, "a long name")
	if room, got := d.page.reading.object.Size().Width, d.page.reading.measured.Size().Width; got > room {
		t.Errorf("the note is %v wide in a pane of %v", got, room)
	}
}

func TestEnterWaitsForWhatIsTyped(t *testing.T) {
	d := open(t, wide, filled())
	quick := func(text string) {
		for _, r := range text {
			d.page.box.TypedRune(r)
		}
		d.page.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		d.rest()
	}
	quick("rep:ann")
	d.lists("late praise")
	if d.page.box.Text != "" || d.page.sifted.Rep != "ann" || d.w.Canvas().Focused() != d.page.box {
		t.Errorf("the box has %q, sifted by %+v", d.page.box.Text, d.page.sifted)
	}
	quick("new")
	if d.page.box.Text != "" || !d.page.sifted.Unreviewed {
		t.Errorf("the box has %q, sifted by %+v", d.page.box.Text, d.page.sifted)
	}
	quick("rep:tom")
	look.Reads(t, d.page.picks.box, "Tom Baker")
	if d.w.Canvas().Focused() != d.page.box {
		t.Error("the keyboard left what is offered")
	}
	d.press(fyne.KeyEscape)
	quick("parcel")
	if d.w.Canvas().Focused() != d.page.rows {
		t.Error("Enter did not lead to the list")
	}
	d.lists("late")
}

func TestNamesAreOfferedAndUnknownOnesAreSaid(t *testing.T) {
	d := open(t, wide, filled())
	d.typed("refund rep:tom")
	look.Reads(t, d.page.picks.box, "Tom Baker", "Tomás Reed")
	d.lists("old")
	d.press(fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	d.lists("old")
	if d.page.box.Text != "refund " || d.page.sifted.Rep != "baker" {
		t.Errorf("the box has %q, sifted by %+v", d.page.box.Text, d.page.sifted)
	}
	d.press(fyne.KeyEscape)
	d.typed("rep:zoe")
	look.Reads(t, d.page.Object(), "No rep is called “zoe”.")
	look.Hides(t, d.page.picks.box, "Tom Baker")
}

func TestAFilterIsSetAndTakenAwayByMouse(t *testing.T) {
	d := open(t, wide, filled())
	press := func(label string) {
		for _, o := range append(slices.Clone(d.page.filters.chips.Objects), d.page.filters.menu.Objects...) {
			if a := o.(interface {
				Label() string
				fyne.Tappable
			}); a.Label() == label {
				a.Tapped(nil)
				d.rest()
				return
			}
		}
		t.Fatalf("no chip says %q", label)
	}
	press("Filter…")
	press("Competitor")
	look.Reads(t, d.page.picks.box, "Greenbarn")
	test.Tap(d.page.picks.rows[0])
	d.rest()
	d.lists("leak")
	press("Competitor: Greenbarn")
	d.lists("leak late praise old")
	press("Filter…")
	press("Not reviewed")
	if !d.page.sifted.Unreviewed {
		t.Error("not sifted by what is not reviewed")
	}
}

func TestTheNewestSearchWins(t *testing.T) {
	d := open(t, wide, filled())
	d.drawer.mu.Lock()
	d.drawer.held = make(chan struct{})
	held := d.drawer.held
	d.drawer.mu.Unlock()
	for _, r := range "refund" {
		d.page.box.TypedRune(r)
	}
	d.drawer.mu.Lock()
	d.drawer.held = nil
	d.drawer.mu.Unlock()
	d.page.box.SetTyped("parcel")
	close(held)
	d.rest()
	d.lists("late")
	for len(d.queue) > 0 {
		(<-d.queue)()
	}
	d.lists("late")
}

func TestScrollingReadsTheNextPageAndNothingIsLeftOut(t *testing.T) {
	d := open(t, wide, many(300))
	if n := len(d.page.shown); n >= 200 {
		t.Fatalf("%d notes were read at once", n)
	}
	d.page.toRows()
	for range 10 {
		d.press(fyne.KeyEnd)
		d.w.Canvas().Capture()
		d.rest()
	}
	if n := len(d.page.shown); n != 304 || d.page.next != "" {
		t.Errorf("%d notes after scrolling to the end, want 304", n)
	}
	if n, _ := d.page.chosen(); n.ID != "n299" {
		t.Errorf("%s is in front, want the last", n.ID)
	}
	d.page.Reload()
	d.rest()
	if n, _ := d.page.chosen(); n.ID != "n299" {
		t.Errorf("%s is in front after reading again", n.ID)
	}
}

func TestTheListIsReadByKeys(t *testing.T) {
	d := open(t, wide, filled())
	d.press(fyne.KeyReturn) // from the box to the list
	d.typed("n")
	front := func(want assist.ID) {
		t.Helper()
		if n, _ := d.page.chosen(); n.ID != want {
			t.Errorf("%s is in front, want %s", n.ID, want)
		}
	}
	front("late")
	d.press(fyne.KeyDown)
	front("praise")
	d.typed("p")
	front("late")
	d.press(fyne.KeySpace) // it is seen whole
	front("praise")
	d.typed("/")
	if d.w.Canvas().Focused() != d.page.box {
		t.Error("/ does not lead to the box")
	}
}

func TestTheReadingPaneShowsWhatBelongsToTheNote(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("leak")
	look.Reads(t, d.page.reading.object, "Mary Shaw", "by Tom Baker", "the customer was upset", "Promise made", "said: “Which oil it takes”",
		"send a new seal", "due Saturday 28 November", "Greenbarn · competitor", "Shaw Gardens · company", "same call")
	d.typed("3")
	d.lists("leak")
	if d.page.asked != (glance.NoteQuery{Competitor: "Greenbarn"}) {
		t.Errorf("link 3 asks for %+v", d.page.asked)
	}
	d.choose("leak")
	d.typed("4")
	if d.shown != "oil" {
		t.Errorf("link 4 opened %q", d.shown)
	}
	d.typed("5")
	d.lists("late")
	look.Reads(t, d.page.Object(), "One note")
	d.typed("b")
	d.lists("leak")
	d.typed("b")
	d.lists("leak late praise old")
	if n, _ := d.page.chosen(); n.ID != "leak" {
		t.Errorf("%s is in front after going back", n.ID)
	}
	d.typed("o")
	if d.shown != "mary" {
		t.Errorf("O opened %q", d.shown)
	}
}

func TestAnAmendmentStandsBelowAndTheFirstTextStays(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("leak")
	first := d.drawer.kept("leak").Text
	d.typed("a")
	d.typed("It was the seal")
	d.press(fyne.KeyEscape)
	d.typed("a") // what was typed is there again
	d.typed(".")
	look.Press(t, d.page.asking.box, "Keep it (Ctrl+Enter)")
	d.rest()
	n := d.drawer.kept("leak")
	if n.Text != first || len(n.Remarks) != 1 || n.Remarks[0].Text != "It was the seal." || n.Remarks[0].By != "baker" || n.Remarks[0].For != "" {
		t.Fatalf("%+v", n)
	}
	look.Reads(t, d.page.reading.object, first, "ADDED", "It was the seal.", "by Tom Baker")
	d.typed("u")
	if n := d.drawer.kept("leak"); len(n.Remarks) != 0 {
		t.Errorf("after U: %+v", n.Remarks)
	}
	look.Hides(t, d.page.reading.object, "ADDED")
}

func TestReviewedGoesOnToTheNextAndCanBeTakenBack(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("leak")
	d.typed("r")
	n := d.drawer.kept("leak")
	if n.Reviewed.IsZero() || n.Reviewer != "baker" {
		t.Errorf("%+v", n)
	}
	if n, _ := d.page.chosen(); n.ID != "late" {
		t.Errorf("%s is in front", n.ID)
	}
	d.page.letter('r') // within the haste of a change it is heard, at once after it is not
	d.page.letter('r')
	d.rest()
	if n := d.drawer.kept("praise"); !n.Reviewed.IsZero() {
		t.Error("a second key at once marked a note that nobody can have seen")
	}
	d.typed("u")
	d.typed("u")
	for _, id := range []assist.ID{"leak", "late"} {
		if n := d.drawer.kept(id); !n.Reviewed.IsZero() || n.Reviewer != "" {
			t.Errorf("%s after U: %+v", id, n)
		}
	}
	if n, _ := d.page.chosen(); n.ID != "leak" {
		t.Errorf("%s is in front, want the one that was taken back", n.ID)
	}
}

func TestTheButtonsOfANoteServeTheNext(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("old")
	before := slices.Clone(d.page.reading.buttons.Objects)
	d.choose("late")
	for _, o := range d.page.reading.buttons.Objects {
		now := o.(*widgets.Action)
		for _, b := range before {
			if was := b.(*widgets.Action); was.Label() == now.Label() && was != now {
				t.Errorf("another note has made a button like one that was there: %s", now.Label())
			}
		}
	}
	before[0].(*widgets.Action).OnPressed()
	d.rest()
	if d.drawer.kept("late").Reviewed.IsZero() || !d.drawer.kept("old").Reviewed.IsZero() {
		t.Error("a button was not for the note in front")
	}
}

func TestTagsAreGivenWithCompletionAndTakenAway(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("leak")
	d.typed("t")
	d.typed("cal")
	look.Reads(t, d.page.asking.box, "#call back")
	d.press(fyne.KeyReturn)
	d.typed("t")
	d.typed("oil")
	d.press(fyne.KeyReturn)
	if got := d.drawer.kept("leak").Tags; !slices.Equal(got, []string{"call back", "oil"}) {
		t.Fatalf("tags %q", got)
	}
	look.Reads(t, d.page.reading.object, "#oil")
	d.typed("t")
	d.typed("oil")
	look.Reads(t, d.page.asking.box, "take it away")
	d.press(fyne.KeyReturn)
	d.typed("u")
	d.typed("u")
	if got := d.drawer.kept("leak").Tags; !slices.Equal(got, []string{"call back"}) {
		t.Errorf("tags %q", got)
	}
}

func TestLinksAreMadeByHandAndTakenAway(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("late")
	d.typed("l")
	d.typed("nonsense")
	look.Reads(t, d.page.asking.box, "Nothing fits")
	d.press(fyne.KeyEscape)
	d.typed("l")
	d.typed("refund")
	d.press(fyne.KeyReturn)
	if got := d.drawer.kept("late").Links; !slices.Equal(got, []assist.Ref{{Type: assist.TypeAnswer, ID: "refund"}}) {
		t.Fatalf("links %v", got)
	}
	look.Reads(t, d.page.reading.object, "Refunds · linked answer")
	d.typed("l")
	d.press(fyne.KeyReturn)
	if got := d.drawer.kept("late").Links; len(got) != 0 {
		t.Errorf("links %v", got)
	}
}

func TestACommentWaitsForTheColleagueAndIsSeen(t *testing.T) {
	d := open(t, wide, filled())
	look.Reads(t, d.page.Object(), "For you 1")
	d.choose("late")
	d.typed("c")
	look.Hides(t, d.page.asking.box, "Tom Baker") // who sits here
	d.typed("ann")
	d.press(fyne.KeyReturn)
	d.typed("Call her")
	look.Press(t, d.page.asking.box, "Keep it (Ctrl+Enter)")
	d.rest()
	if r := d.drawer.kept("late").Remarks; len(r) != 1 || r[0].For != "ann" || r[0].By != "baker" {
		t.Fatalf("%+v", r)
	}
	look.Reads(t, d.page.reading.object, "FOR ANN OKAFOR", "not seen yet")
	d.typed("m")
	d.lists("praise")
	look.Reads(t, d.page.Object(), "FOR YOU, NOT SEEN YET", "for you")
	d.typed("s")
	if r := d.drawer.kept("praise").Remarks[0]; r.Seen.IsZero() {
		t.Error("S did not keep that it was seen")
	}
	look.Hides(t, d.page.Object(), "For you 1", "FOR YOU, NOT SEEN YET")
	d.typed("u")
	look.Reads(t, d.page.Object(), "For you 1")
}

func TestACommentThatIsReadCountsAsSeen(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("praise")
	d.until(func() bool { return !unread(d.drawer.kept("praise"), "baker") })
	if len(d.page.changes.undos) != 0 {
		t.Error("reading is offered to be taken back")
	}
}

func TestWhatIsRefusedIsTakenBackAndTheWordsStay(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("leak")
	d.drawer.mu.Lock()
	d.drawer.notes[0].Tags = []string{"elsewhere"}
	d.drawer.mu.Unlock()
	d.typed("a")
	d.typed("the seal")
	look.Press(t, d.page.asking.box, "Keep it (Ctrl+Enter)")
	d.rest()
	look.Reads(t, d.page.Object(), "This note was changed elsewhere meanwhile.")
	d.until(func() bool { return slices.Contains(d.page.reading.note.Tags, "elsewhere") })
	look.Hides(t, d.page.reading.object, "ADDED")
	d.typed("a")
	if d.page.asking.area.Text != "the seal" {
		t.Errorf("the box has %q", d.page.asking.area.Text)
	}
	look.Press(t, d.page.asking.box, "Keep it (Ctrl+Enter)")
	d.rest()
	if n := d.drawer.kept("leak"); len(n.Remarks) != 1 || n.Tags[0] != "elsewhere" {
		t.Errorf("%+v", n)
	}
}

func TestSearchesAreSavedRenamedAndDeleted(t *testing.T) {
	d := open(t, wide, filled())
	d.typed("rep:ann ")
	d.press(fyne.KeyReturn)
	d.typed("v")
	d.typed("Ann’s notes")
	d.press(fyne.KeyReturn)
	d.until(func() bool { d.drawer.mu.Lock(); defer d.drawer.mu.Unlock(); return len(d.drawer.views) == 1 })
	if v := d.drawer.views[0]; v.Name != "Ann’s notes" || v.Query != (glance.NoteQuery{Rep: "ann"}) {
		t.Fatalf("%+v", v)
	}
	d.page.showAll()
	d.rest()
	d.page.ShowQuery(d.page.data.Views[0].Query)
	d.rest()
	d.lists("late praise")
	d.page.toRows()
	d.typed("v")
	d.page.asking.line.SetTyped("Hers")
	d.press(fyne.KeyReturn)
	d.until(func() bool { d.drawer.mu.Lock(); defer d.drawer.mu.Unlock(); return d.drawer.views[0].Name == "Hers" })
	d.typed("v")
	look.Press(t, d.page.asking.box, "Delete the search")
	d.until(func() bool { d.drawer.mu.Lock(); defer d.drawer.mu.Unlock(); return len(d.drawer.views) == 0 })
	d.typed("u")
	d.until(func() bool { d.drawer.mu.Lock(); defer d.drawer.mu.Unlock(); return len(d.drawer.views) == 1 })
	look.Reads(t, d.page.Object(), "Hers")
}

func TestANoteIsCopiedAndMadeAnAnswer(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("leak")
	d.typed("y")
	if !strings.HasPrefix(d.copied, "The hedge trimmer leaks") {
		t.Errorf("copied %q", d.copied)
	}
	d.typed("w")
	if d.seed.Next.Say != d.drawer.notes[0].Text {
		t.Errorf("an answer of %q", d.seed.Next.Say)
	}
}

func TestALongNoteIsShownInPartsAndAroundWhatWasFound(t *testing.T) {
	s := filled()
	s.notes[0].Text = strings.Repeat("So many words of a very long note. ", 30_000) + "And the zebra at its end." + strings.Repeat(" More.", 10)
	d := open(t, wide, s)
	d.choose("leak")
	if n := len(d.page.reading.text.Text.Text()); n > 5000 {
		t.Fatalf("%d bytes are laid out at once", n)
	}
	d.typed("e")
	if n := len(d.page.reading.text.Text.Text()); n < 50_000 || n > 70_000 {
		t.Errorf("%d bytes after E", n)
	}
	d.typed("/")
	d.typed("zebra")
	d.lists("leak")
	look.Reads(t, d.page.reading.object, "zebra at its end")
	if d.page.reading.text.Marks() == 0 {
		t.Error("what was found is not marked")
	}
	look.Reads(t, d.page.rows, "zebra")
}

func TestWhatCannotBeReadIsSaidInPlace(t *testing.T) {
	s := filled()
	s.lost = errors.New("the disk is gone")
	d := open(t, wide, s)
	look.Reads(t, d.page.Object(), "The disk is gone.", "Try again")
	s.mu.Lock()
	s.lost = nil
	s.mu.Unlock()
	look.Press(t, d.page.Object(), "Try again")
	d.until(func() bool { return len(d.page.shown) == 4 })
	look.Hides(t, d.page.Object(), "The disk is gone.")
}

func TestNoNoteHelpsOn(t *testing.T) {
	d := open(t, wide, filled())
	d.typed("nothing like that")
	look.Reads(t, d.page.Object(), "No note fits")
	look.Press(t, d.page.Object(), "Show all notes")
	d.rest()
	d.lists("leak late praise old")
	empty := open(t, wide, &drawer{data: Data{Names: names{}}})
	look.Reads(t, empty.page.Object(), "No notes yet")
}

func TestNothingOverlapsAtAnyWidth(t *testing.T) {
	s := filled()
	s.notes[0].Text = "مرحبا، المقص يسرب الزيت 🙂 and שלום in one note. " + strings.Repeat("Averyveryverylongwordwithoutanyblanks", 6)
	s.notes[0].Tags = []string{"vip", "a rather long tag that somebody made", "oil"}
	s.notes[1].At = now.AddDate(3, 0, 0)
	s.data.Views = []settings.View{{Name: "Upset customers of this week", Query: glance.NoteQuery{Mood: assist.Upset}}, {Name: "Ann", Query: glance.NoteQuery{Rep: "ann"}}}
	for name, size := range map[string]fyne.Size{"wide": wide, "slim": slim} {
		d := open(t, size, s)
		shot := func(state string) {
			look.Apart(t, d.page.Object(), size, name+" "+state)
			look.Picture(t, d.w, "notes-"+state+"-"+name)
		}
		shot("list")
		d.choose("leak")
		d.page.split.Read(true)
		shot("note")
		d.typed("t")
		shot("tag")
		d.press(fyne.KeyEscape)
		d.page.split.Read(false)
		d.page.filters.toggle()
		shot("menu")
		d.page.filters.begin(sift.Rep)
		d.rest()
		shot("offer")
		d.page.box.SetTyped("rep:zoe oil")
		d.rest()
		shot("problem")
		d.page.box.SetTyped("parcel")
		d.rest()
		d.page.sift(sift.Rep, "ann")
		d.rest()
		shot("sifted")
	}
}

func TestANoteIsOnlyForItsWriterOrShared(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("leak")
	mine, _ := d.page.chosen()
	another := mine
	another.Rep = "ann"
	for n, want := range map[*glance.NoteFound]bool{&mine: true, &another: false} {
		if got := slices.ContainsFunc(d.page.acts(*n), func(a act) bool { return a.key == 'i' }); got != want {
			t.Errorf("of %s: %v", n.Rep, got)
		}
	}
	d.typed("i")
	d.rest()
	if n := d.drawer.kept("leak"); !n.Private {
		t.Errorf("%+v", n)
	}
	look.Reads(t, d.page.Object(), "Not shared: it never leaves this desk.", "what colleagues have of it they keep", "Share it with the team")
	look.Hides(t, d.page.Object(), "Comment")
	d.typed("i")
	d.rest()
	if n := d.drawer.kept("leak"); n.Private {
		t.Errorf("%+v", n)
	}
	d.typed("u")
	if n := d.drawer.kept("leak"); !n.Private {
		t.Errorf("after U: %+v", n)
	}
}

func TestWhatIsTypedForANoteStaysWhenOthersCome(t *testing.T) {
	d := open(t, wide, filled())
	d.choose("leak")
	d.typed("a")
	d.typed("the se")
	d.drawer.mu.Lock()
	newer := d.drawer.notes[0]
	newer.ID, newer.Text, newer.At = "newer", "Somebody else wrote this.", now
	d.drawer.notes = append([]glance.NoteFound{newer}, d.drawer.notes...)
	d.drawer.mu.Unlock()
	d.page.Reload()
	d.until(func() bool { return strings.Contains(look.Words(d.page.Object()), "Somebody else wrote this.") })
	d.typed("al")
	look.Press(t, d.page.asking.box, "Keep it (Ctrl+Enter)")
	d.rest()
	if n := d.drawer.kept("leak"); len(n.Remarks) != 1 || n.Remarks[0].Text != "the seal" {
		t.Errorf("%+v", n)
	}
}

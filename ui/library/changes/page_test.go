package changes

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/library/edit"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var now = time.Date(2026, 11, 24, 10, 4, 0, 0, time.UTC)

// desk is a page in a window of its own. The test is its window's goroutine.
type desk struct {
	*testing.T
	*Page
	rows      []Row
	proof     edit.Proof
	unproved  error
	outcome   edit.Outcome
	err       error
	published []assist.Revision
	declined  map[assist.ID]string
	posts     chan func()
	win       fyne.Window
	may       bool
	count     int
}

func (d *desk) Changes(context.Context) ([]Row, error) { return d.rows, d.err }
func (d *desk) Publish(_ context.Context, rev assist.Revision) (edit.Outcome, error) {
	if d.err != nil {
		return edit.Outcome{}, d.err
	}
	d.published = append(d.published, rev)
	return d.outcome, nil
}
func (d *desk) Decline(_ context.Context, id assist.ID, words string) error {
	d.declined[id] = words
	return d.err
}
func (d *desk) Prove(context.Context, assist.Revision) (edit.Proof, error) {
	return d.proof, d.unproved
}

func change(id assist.ID, by assist.ID, stage assist.Stage) Row {
	was := assist.Answer{ID: "late", Title: "Late parcel", Department: "Delivery", Say: "It is late.", Owner: "tom"}
	next := was
	next.Say, next.Owner = "It comes today.", "priya"
	return Row{Now: was, Revision: assist.Revision{ID: id, Answer: "late", Base: was.Fingerprint(), Next: next, By: by, At: now.Add(-time.Hour), Stage: stage,
		Why: "customers wait", Flags: []assist.ID{"f"}}}
}

func newDesk(t *testing.T, size fyne.Size, rows ...Row) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{T: t, rows: rows, declined: map[assist.ID]string{}, posts: make(chan func(), 100), may: true}
	d.Page = New(Options{Source: d, Name: func(id assist.ID) string {
		return map[assist.ID]string{"ann": "Ann Okafor", "tom": "Tom Reed", "priya": "Priya Nair"}[id]
	}, May: func() bool { return d.may }, Me: func() assist.ID { return "tom" }, Now: func() time.Time { return now }, Post: func(f func()) { d.posts <- f }})
	d.OnCount = func(n int) { d.count = n }
	d.win = test.NewTempWindow(t, d.Object())
	d.win.SetPadded(false)
	d.win.Resize(size)
	d.Reload()
	d.until("the list", func() bool { return d.list.Count() > 0 || d.empty.Visible() })
	return d
}

func (d *desk) until(what string, so func() bool) {
	d.Helper()
	late := time.After(10 * time.Second)
	for !so() {
		select {
		case f := <-d.posts:
			f()
		case <-late:
			d.Fatalf("never came: %s\n%s", what, look.Words(d.Object()))
		}
	}
}

func (d *desk) press(words string) {
	d.Helper()
	test.Tap(look.Find(d, d.Object(), func(a *widgets.Action) bool { return strings.HasPrefix(a.Label(), words) }))
}

var wide, slim = fyne.NewSize(1204, 680), fyne.NewSize(380, 640)

func TestNothingWaits(t *testing.T) {
	d := newDesk(t, wide)
	look.Reads(t, d.Object(), "No changes wait")
	if d.count != 0 {
		t.Errorf("%d wait", d.count)
	}
}

func TestAChangeIsReadBeforeAndAfter(t *testing.T) {
	d := newDesk(t, wide, change("r1", "ann", assist.StageReview), change("mine", "tom", assist.StageDraft), change("hers", "ann", assist.StageDraft))
	look.Reads(t, d.Object(), "TO REVIEW  1", "DRAFTS  1", "Ann Okafor, 09:04", "settles 1 flag", "“customers wait”", "It is late.", "It comes today.", "Tom Reed", "Priya Nair", "Publish")
	look.Apart(t, d.Object(), wide, "the change")
	if d.count != 2 || d.list.Count() != 4 {
		t.Errorf("%d wait, %d rows", d.count, d.list.Count())
	}
}

func TestAChangeIsPublishedWithItsProof(t *testing.T) {
	d := newDesk(t, wide, change("r1", "ann", assist.StageReview))
	d.proof.Change = curate.Change{Before: curate.Score{Asked: 10, Top1: 8, Top3: 9}, After: curate.Score{Asked: 10, Top1: 9, Top3: 9}}
	d.read()
	d.until("the bench", func() bool { return strings.Contains(look.Words(d.Object()), "right answer first 80 % → 90 %") })
	d.rows = nil
	d.list.TypedRune('p')
	d.until("it is published", func() bool { return len(d.published) == 1 && d.empty.Visible() })
	if d.published[0].Next.Verified != assist.DateOf(now) {
		t.Error("it is not verified")
	}
}

func TestWhatMakesQuestionsWorseIsPublishedOnTheSecondWord(t *testing.T) {
	d := newDesk(t, wide, change("r1", "ann", assist.StageReview))
	d.proof.Change = curate.Change{After: curate.Score{Asked: 1}, Before: curate.Score{Asked: 1, Top1: 1, Top3: 1}, Worse: []assist.Question{{Text: "my money"}}}
	d.press("Publish")
	d.until("it asks", func() bool { return d.publish.Label() == anyway })
	look.Reads(t, d.Object(), "“my money”", "makes 1 saved question worse")
	if len(d.published) > 0 {
		t.Fatal("it did not wait")
	}
	d.press(anyway)
	d.until("it is published", func() bool { return len(d.published) == 1 })
}

func TestWhatNothingProvesIsPublishedOnTheSecondWord(t *testing.T) {
	d := newDesk(t, wide, change("r1", "ann", assist.StageReview))
	d.unproved = errors.New("the index is gone")
	d.press("Publish")
	d.until("it asks", func() bool { return d.publish.Label() == anyway })
	look.Reads(t, d.Object(), "The saved questions could not be asked")
	if len(d.published) > 0 {
		t.Fatal("it did not wait")
	}
	d.press(anyway)
	d.until("it is published", func() bool { return len(d.published) == 1 })
}

func TestDecliningTakesWords(t *testing.T) {
	d := newDesk(t, wide, change("r1", "ann", assist.StageReview))
	d.press("Decline")
	look.Reads(t, d.Object(), "Say in a few words why")
	if len(d.declined) > 0 || d.win.Canvas().Focused() != fyne.Focusable(d.words) {
		t.Fatalf("declined %v without words", d.declined)
	}
	d.words.SetTyped("Not true any more")
	d.words.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.until("it is declined", func() bool { return d.declined["r1"] == "Not true any more" && d.words.Text == "" })
}

func TestAClashIsForTheEditor(t *testing.T) {
	d := newDesk(t, wide, change("r1", "ann", assist.StageReview))
	d.outcome.Conflicts = []curate.Conflict{{Field: "title"}}
	d.press("Publish")
	d.until("the fault", func() bool { return strings.Contains(look.Words(d.Object()), "Press E to choose what stands") })
	var opened assist.ID
	d.OnEdit = func(r assist.Revision) { opened = r.ID }
	d.list.TypedRune('e')
	if opened != "r1" {
		t.Errorf("opened %q", opened)
	}
}

func TestWhoMayNotPublishOnlyReads(t *testing.T) {
	d := newDesk(t, wide, change("r1", "tom", assist.StageReview))
	d.may = false
	d.Reload()
	d.until("the count", func() bool { return d.count == 0 })
	look.Hides(t, d.Object(), "Publish", "Decline")
	d.list.TypedRune('p')
	if len(d.published) > 0 || d.busy {
		t.Error("it was published")
	}
}

func TestTheAuthorSeesTheVerdict(t *testing.T) {
	r := change("r1", "tom", assist.StageDeclined)
	r.Judge, r.Decided, r.Verdict = "priya", now, "Not so"
	d := newDesk(t, wide, r)
	look.Reads(t, d.Object(), "DECIDED  1", "declined", "Priya Nair declined it, 10:04: “Not so”")
	look.Hides(t, d.Object(), "Publish", "Write on")
}

func TestFaultsAreSaidAndTheChangeStays(t *testing.T) {
	d := newDesk(t, wide, change("r1", "ann", assist.StageReview))
	d.err = errors.New("the disk is full")
	d.press("Publish")
	d.until("the fault", func() bool { return strings.Contains(look.Words(d.Object()), "The disk is full") })
	if d.list.Count() != 2 || d.busy {
		t.Error("the change is gone")
	}
}

func TestItFitsBesideThePhone(t *testing.T) {
	d := newDesk(t, slim, change("r1", "ann", assist.StageReview), change("mine", "tom", assist.StageDraft))
	look.Apart(t, d.Object(), slim, "the list")
	d.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	look.Reads(t, d.Object(), "Back to the list", "It comes today.")
	look.Apart(t, d.Object(), slim, "the change")
	back := 0
	d.OnBack = func() { back++ }
	d.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if back != 1 {
		t.Error("Escape does not leave")
	}
}

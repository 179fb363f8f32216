package edit

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/curate"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var now = time.Date(2026, 11, 24, 10, 4, 0, 0, time.UTC)

// shop keeps revisions in memory, in the order in which they were kept.
type shop struct {
	mu       sync.Mutex
	kept     []assist.Revision
	blobs    map[assist.ID][]byte
	fails    error
	gate     chan struct{} // not nil: every write waits for it
	proof    Proof
	outcomes []Outcome // what publishing says, one after the other; then the answer itself
	sent     []assist.Revision
	versions []Version
}

// wait returns when a write may go on.
func (s *shop) wait() {
	s.mu.Lock()
	gate := s.gate
	s.mu.Unlock()
	if gate != nil {
		<-gate
	}
}

func (s *shop) Keep(_ context.Context, records ...assist.Record) error {
	s.wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails != nil {
		return s.fails
	}
	for _, r := range records {
		if err := r.Validate(); err != nil {
			return err
		}
		switch r := r.(type) {
		case assist.Revision:
			s.kept = append(s.kept, r)
		case assist.Blob:
			s.blobs[r.ID] = r.Data
		}
	}
	return nil
}

func (s *shop) Publish(_ context.Context, rev assist.Revision) (Outcome, error) {
	s.wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails != nil {
		return Outcome{}, s.fails
	}
	s.sent = append(s.sent, rev)
	if len(s.outcomes) > 0 {
		o := s.outcomes[0]
		s.outcomes = s.outcomes[1:]
		return o, nil
	}
	return Outcome{Answer: rev.Next}, nil
}

func (s *shop) Prove(context.Context, assist.Revision) (Proof, error) { return s.proof, nil }

func (s *shop) Versions(context.Context, assist.ID) ([]Version, error) { return s.versions, nil }

func (s *shop) Blob(_ context.Context, id assist.ID) ([]byte, error) { return s.blobs[id], nil }

// bench is an editor in a window of its own. The test is its window's goroutine.
type bench struct {
	*testing.T
	*Editor
	shop  *shop
	win   fyne.Window
	posts chan func()
	may   bool
	left  []assist.ID
}

var wide, slim = fyne.NewSize(1204, 680), fyne.NewSize(380, 640)

func newBench(t *testing.T, size fyne.Size) *bench {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	b := &bench{T: t, shop: &shop{blobs: map[assist.ID][]byte{}}, posts: make(chan func(), 1000), may: true}
	team := []assist.Rep{{ID: "priya", Name: "Priya Nair"}, {ID: "tom", Name: "Tom Reed"}}
	b.Editor = New(Options{Source: b.shop,
		People: func(_ context.Context, words string) ([]Person, error) {
			return []Person{{ID: "mary", Name: "Mary Shaw", Text: "Leeds"}}, nil
		},
		Facts: func(_ context.Context, id assist.ID) (compose.Facts, error) {
			name := map[assist.ID]string{"": "Carlos Mendes", "mary": "Mary Shaw"}[id]
			return compose.Facts{Customer: assist.Customer{ID: "c", Name: name}, Now: now}, nil
		},
		Gain: func(context.Context, assist.Answer) (string, error) {
			return "3 phrasings; 7 more would find it 14 points more often.", nil
		},
		May: func(act curate.Act) bool { return act == curate.Suggest || b.may },
		Me:  func() assist.ID { return "priya" }, Team: func() []assist.Rep { return team },
		Known: func() ([]string, []string) { return []string{"Billing", "Delivery"}, []string{"Hedge 300"} },
		Now:   func() time.Time { return now }, Post: func(f func()) { b.posts <- f }})
	b.OnLeave = func(id assist.ID) { b.left = append(b.left, id) }
	b.win = test.NewTempWindow(t, b.Object())
	b.win.SetPadded(false)
	b.win.Resize(size)
	return b
}

// until lets the window work until something is so.
func (b *bench) until(what string, so func() bool) {
	b.Helper()
	late := time.After(10 * time.Second)
	for !so() {
		select {
		case f := <-b.posts:
			f()
		case <-late:
			b.Fatalf("never came: %s\n%s", what, look.Words(b.Object()))
		}
	}
}

func (b *bench) last() assist.Revision {
	b.shop.mu.Lock()
	defer b.shop.mu.Unlock()
	if len(b.shop.kept) == 0 {
		return assist.Revision{}
	}
	return b.shop.kept[len(b.shop.kept)-1]
}

func (b *bench) reads(words string) func() bool {
	return func() bool { return strings.Contains(look.Words(b.Object()), words) }
}

func (b *bench) press(words string) {
	b.Helper()
	test.Tap(look.Find(b, b.Object(), func(a *widgets.Action) bool { return strings.HasPrefix(a.Label(), words) }))
}

func (b *bench) key(s fyne.Shortcut) {
	b.Helper()
	if f, ok := b.win.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	b.Fatalf("%T hears no keys", b.win.Canvas().Focused())
}

func late() assist.Answer {
	return assist.Answer{ID: "late", Title: "Late  parcel", Department: "Delivery", Say: "Sorry, {{customer.name}}. It is late.\n",
		Steps: []string{"Look it up", "Tell them"}, Phrasings: []string{"where is my parcel", "Where is my parcel"}, Owner: "tom", VerifyEvery: 90,
		Files: []assist.File{{Name: "list.png", Blob: "abc", Step: 2}}}
}

func (b *bench) open(a assist.Answer) {
	b.Open(assist.Revision{Answer: a.ID, Base: a.Fingerprint(), Next: a, By: "priya"}, a)
}

func TestWhatIsNotTouchedStaysAsItIs(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	if b.dirty() {
		t.Errorf("opened only, and it differs: %+v", b.rev.Next)
	}
	b.form.department.SetTyped("Billing")
	want := late()
	want.Department = "Billing"
	if b.rev.Next.Fingerprint() != want.Fingerprint() {
		t.Errorf("got  %+v\nwant %+v", b.rev.Next, want)
	}
	b.form.department.SetTyped("Delivery")
	if b.dirty() {
		t.Error("typed back, and it differs")
	}
}

func TestAVeryLongTextIsShownCutAndStays(t *testing.T) {
	b := newBench(t, wide)
	a := late()
	a.Say = strings.Repeat("word ", 4000)
	b.open(a)
	if !b.form.say.Disabled() || len(b.form.say.Text) > mostSaid+10 {
		t.Errorf("the box takes %d letters", len(b.form.say.Text))
	}
	b.form.title.SetTyped("New")
	if b.rev.Next.Say != a.Say {
		t.Error("the words were cut")
	}
}

func TestADraftIsKeptWhileItIsTyped(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.say.SetTyped("Sorry.")
	b.until("the draft", func() bool { return b.last().Next.Say == "Sorry." })
	b.until("and it is said", b.reads("Kept 10:04."))
	if r := b.last(); r.Stage != assist.StageDraft || r.Base != late().Fingerprint() || r.By != "priya" || r.Answer != "late" {
		t.Errorf("kept %+v", r)
	}
}

func TestNothingIsKeptOfWhatIsOnlyLookedAt(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.key(ctrl(fyne.KeyS))
	b.leave()
	b.until("the library", func() bool { return len(b.left) == 1 })
	if r := b.last(); r.ID != "" {
		t.Errorf("kept %+v", r)
	}
}

func TestLeavingKeepsTheDraftFirst(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.title.SetTyped("A")
	b.form.title.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	b.until("the library", func() bool { return len(b.left) == 1 })
	if b.last().Next.Title != "A" || b.left[0] != "late" {
		t.Errorf("kept %+v, left %v", b.last(), b.left)
	}
}

func TestAFullStoreSaysSoAndTheWordsStay(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.shop.fails = &assist.Fault{What: "the disk is full", Do: "Make room.", Err: assist.ErrDiskFull}
	b.form.title.SetTyped("A")
	b.leave()
	b.until("the fault", b.reads("What you typed is not kept"))
	if len(b.left) > 0 || b.form.title.Text != "A" {
		t.Error("the words are gone")
	}
	b.finish()
	b.until("the fault again", func() bool { return !b.busy && b.fault != "" })
	if len(b.shop.sent) > 0 {
		t.Error("something was published")
	}
	b.shop.fails = nil
	b.leave()
	b.until("the library", func() bool { return len(b.left) == 1 && b.last().Next.Title == "A" })
}

func TestFlushKeepsTheLastWords(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.title.SetTyped("At the very end")
	if err := b.Flush(t.Context()); err != nil || b.last().Next.Title != "At the very end" {
		t.Errorf("%v, kept %+v", err, b.last())
	}
}

func TestThrowingAwayCanBeTakenBack(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.say.SetTyped("Other words.")
	b.until("the draft", func() bool { return b.last().Next.Say == "Other words." })
	b.press("Throw away")
	if b.form.title.Text != late().Title || b.form.say.Text == "Other words." {
		t.Error("the form still shows the draft")
	}
	b.until("it is thrown away", func() bool { return b.last().Stage == assist.StageDeclined && b.last().Verdict == thrown })
	b.press("Put back")
	b.until("it is a draft again", func() bool { return b.last().Stage == assist.StageDraft && b.last().Next.Say == "Other words." })
}

func TestPublishingVerifiesAndBeginsAnew(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.title.SetTyped("Parcel is late")
	b.why.SetTyped("plainer")
	b.key(ctrl(fyne.KeyReturn))
	b.until("it is published", b.reads("Published: it is found from now on."))
	r := b.shop.sent[0]
	if r.Why != "plainer" || r.Next.Title != "Parcel is late" || r.Next.Verified != assist.DateOf(now) || r.Base != late().Fingerprint() {
		t.Errorf("published %+v", r)
	}
	if b.dirty() || b.rev.ID == r.ID || b.why.Text != "" {
		t.Error("the next change is not a new one")
	}
	b.form.title.SetTyped("Again")
	b.until("a draft of its own", func() bool { return b.last().Next.Title == "Again" && b.last().ID != r.ID })
}

func TestWhatIsNotVerifiedKeepsItsDay(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.title.SetTyped("x")
	b.key(ctrl(fyne.KeyT))
	b.finish()
	b.until("it is published", func() bool { return len(b.shop.sent) == 1 })
	if !b.shop.sent[0].Next.Verified.IsZero() {
		t.Error("it was verified")
	}
}

func TestWhatCannotStandIsSaidBeforeItIsPublished(t *testing.T) {
	for _, c := range []struct {
		change func(*form)
		says   string
	}{
		{func(f *form) { f.title.SetTyped("") }, "It needs a title."},
		{func(f *form) { f.every.SetTyped("often") }, "not a number of days"},
		{func(f *form) { f.department.SetTyped(" ") }, "It needs a department."},
	} {
		b := newBench(t, wide)
		b.open(late())
		c.change(b.form)
		b.finish()
		if !strings.Contains(b.fault, c.says) || len(b.shop.sent) > 0 {
			t.Errorf("it says %q, want %q", b.fault, c.says)
		}
	}
}

func TestWorseQuestionsAreNamedAndAskedOnce(t *testing.T) {
	b := newBench(t, wide)
	b.shop.proof.Change = curate.Change{Before: curate.Score{Asked: 100, Top1: 83, Top3: 92}, After: curate.Score{Asked: 100, Top1: 81, Top3: 93},
		Worse: []assist.Question{{ID: "q", Text: "my money is gone"}}}
	b.open(late())
	b.form.title.SetTyped("x")
	b.until("the bench", b.reads("100 saved questions: right answer first 83 % → 81 %, among three 92 % → 93 %. Worse: 1, “my money is gone”"))
	b.until("what more phrasings bring", b.reads("7 more would find it 14 points more often"))
	b.finish()
	b.until("it asks", b.reads("Publish it anyway?"))
	if len(b.shop.sent) > 0 {
		t.Fatal("it did not wait")
	}
	b.press("Look at it again")
	if b.asking.box.Visible() || b.win.Canvas().Focused() != fyne.Focusable(b.form.say) {
		t.Error("it does not go back to the words")
	}
	b.finish()
	b.press("Publish anyway")
	b.until("it is published", func() bool { return len(b.shop.sent) == 1 })
}

func TestWhoMaySuggestSendsWithWords(t *testing.T) {
	b := newBench(t, wide)
	b.may = false
	b.open(late())
	b.form.title.SetTyped("Better")
	b.finish()
	if !strings.Contains(b.fault, "what you changed and why") || b.last().Stage == assist.StageReview {
		t.Fatalf("it was sent without words: %q", b.fault)
	}
	b.why.SetTyped("customers say it so")
	b.finish()
	b.until("the library", func() bool { return len(b.left) == 1 })
	if r := b.last(); r.Stage != assist.StageReview || r.Why != "customers say it so" || len(b.shop.sent) > 0 {
		t.Errorf("sent %+v", r)
	}
	if b.verified.Visible() || b.send.Visible() {
		t.Error("buttons of trainers are shown")
	}
}

func TestAClashIsShownFieldByFieldAndChosen(t *testing.T) {
	b := newBench(t, wide)
	ours, theirs := late(), late()
	ours.Title, ours.Say = "Ours", "Our words."
	theirs.Title, theirs.Say = "Theirs", "Their words."
	b.shop.outcomes = []Outcome{{Answer: ours, Other: theirs, Theirs: theirs, By: "tom",
		Conflicts: []curate.Conflict{{Field: "title", Ours: "Ours", Theirs: "Theirs"}, {Field: "words to say", Ours: "Our words.", Theirs: "Their words."}}}}
	b.open(late())
	b.form.title.SetTyped("Ours")
	b.finish()
	b.until("the choice", b.reads("Somebody else has changed this answer"))
	look.Reads(t, b.Object(), "Two changes of", "Taken: Yours", "Take Tom Reed’s", "Their words.", "Publish it so")
	look.Apart(t, b.Object(), wide, "the choice")
	b.press("Take Tom Reed’s")
	b.finish()
	b.until("it is published", b.reads("Published"))
	r := b.shop.sent[1]
	if r.Next.Title != "Theirs" || r.Next.Say != "Our words." || r.Base != theirs.Fingerprint() {
		t.Errorf("chosen %+v", r)
	}
}

func TestWhoElseChangesItIsSaid(t *testing.T) {
	b := newBench(t, wide)
	b.shop.proof.Others = []Other{{By: "tom", Since: now.Add(-time.Hour)}}
	b.open(late())
	b.until("the other", b.reads("Tom Reed is changing this, too, since 09:04."))
}

func TestAVersionIsBroughtBackAsANewOne(t *testing.T) {
	b := newBench(t, wide)
	old := late()
	old.Title = "As it was"
	b.shop.versions = []Version{{Answer: late(), At: now, By: "tom", Why: "plainer"}, {Answer: old, At: now.AddDate(0, 0, -9), By: "priya"}}
	b.open(late())
	b.key(ctrl(fyne.KeyH))
	b.until("the versions", b.reads("What this version changed:"))
	look.Reads(t, b.Object(), "plainer", "Tom Reed, 10:04", "The first version", "As it was")
	look.Apart(t, b.Object(), wide, "the versions")
	b.versions.rows.SetChosen(1)
	b.versions.rows.TypedRune('n')
	look.Reads(t, b.Object(), "From this version to what stands now:")
	b.versions.rows.TypedRune('r')
	b.until("it is back", b.reads("Brought back."))
	if r := b.shop.sent[0]; r.Next.Title != "As it was" || r.Base != late().Fingerprint() || !strings.HasPrefix(r.Why, "Brought back: The first version, Sunday 15 November") {
		t.Errorf("published %+v", r)
	}
	if b.form.title.Text != "As it was" {
		t.Errorf("the form shows %q", b.form.title.Text)
	}
}

func TestOpeningAnotherKeepsTheFirst(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.title.SetTyped("First")
	other := late()
	other.ID = "other"
	b.open(other)
	b.until("the first draft", func() bool { return b.last().Next.Title == "First" && b.last().Answer == "late" })
	if b.dirty() {
		t.Error("the second answer shows the first one's words")
	}
}

func TestErrorsOfTheStoreDoNotStopTheEditor(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.title.SetTyped("x")
	b.until("the draft", func() bool { return b.last().Next.Title == "x" })
	b.until("quiet", func() bool { return !b.keep.going })
	b.shop.fails = errors.New("broken")
	b.finish()
	b.until("the fault", func() bool { return b.fault != "" && !b.busy })
	b.shop.fails = nil
	b.finish()
	b.until("it is published", func() bool {
		return slices.ContainsFunc(b.shop.sent, func(r assist.Revision) bool { return r.Next.Title == "x" })
	})
}

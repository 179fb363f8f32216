package edit

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/panes/look"
)

func TestWhoNeverPausesIsKeptToo(t *testing.T) {
	for unkept, want := range map[time.Duration]time.Duration{0: pause, 400 * time.Millisecond: pause, 600 * time.Millisecond: 200 * time.Millisecond,
		most: 0, time.Hour: 0} {
		if got := patience(unkept); got != want {
			t.Errorf("not kept for %v: waits %v, want %v", unkept, got, want)
		}
	}
	if most+pause/2 > time.Second {
		t.Error("the words are not kept within a second")
	}
}

// hold makes every write wait until the func that it returns is called.
func (b *bench) hold() (release func()) {
	b.shop.mu.Lock()
	defer b.shop.mu.Unlock()
	gate := make(chan struct{})
	b.shop.gate = gate
	return func() {
		b.shop.mu.Lock()
		b.shop.gate = nil
		b.shop.mu.Unlock()
		close(gate)
	}
}

func TestWhatIsTypedDuringAWriteIsKeptAfterIt(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	release := b.hold()
	b.form.title.SetTyped("One")
	b.until("the write", func() bool { return b.keep.going })
	b.form.title.SetTyped("Two")
	b.key(ctrl(fyne.KeyS)) // one write at a time
	release()
	b.until("both", func() bool { return b.last().Next.Title == "Two" })
	if len(b.shop.kept) != 2 || b.shop.kept[0].Next.Title != "One" || b.shop.kept[0].ID != b.shop.kept[1].ID {
		t.Errorf("kept %+v", b.shop.kept)
	}
}

func TestADraftOnItsWayDoesNotLandBehindWhatIsPublished(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.title.SetTyped("One")
	b.until("the proof", func() bool { return b.prove.known() })
	b.until("the draft", func() bool { return b.last().Next.Title == "One" && !b.keep.going })
	release := b.hold()
	b.form.say.SetTyped("Two")
	b.until("the write", func() bool { return b.keep.going })
	b.prove.of = b.rev.Next.Fingerprint()
	b.finish()
	b.shop.mu.Lock()
	sent := len(b.shop.sent)
	b.shop.mu.Unlock()
	if sent > 0 || !b.busy {
		t.Fatal("it did not wait for the draft")
	}
	release()
	b.until("it is published", func() bool { return len(b.shop.sent) == 1 && !b.busy })
	if b.last().Next.Say != "Two" || b.shop.sent[0].Next.Say != "Two" {
		t.Errorf("kept %q, published %q", b.last().Next.Say, b.shop.sent[0].Next.Say)
	}
}

func TestWhatIsTypedWhileItIsPublishedIsANewDraft(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.title.SetTyped("One")
	b.until("the proof", func() bool { return b.prove.known() && b.last().Next.Title == "One" && !b.keep.going })
	release := b.hold()
	b.finish()
	b.form.title.SetTyped("Two")
	release()
	b.until("it is published", func() bool { return len(b.shop.sent) == 1 && !b.busy })
	if b.form.title.Text != "Two" || b.shop.sent[0].Next.Title != "One" {
		t.Errorf("the form says %q, published %q", b.form.title.Text, b.shop.sent[0].Next.Title)
	}
	b.until("a draft of its own", func() bool { return b.last().Next.Title == "Two" && b.last().ID != b.shop.sent[0].ID })
	if b.last().Base != b.now.Fingerprint() {
		t.Error("the draft does not begin with what was published")
	}
}

func TestWhatIsTypedWhileItIsSentIsNotLost(t *testing.T) {
	b := newBench(t, wide)
	b.may = false
	b.open(late())
	b.form.title.SetTyped("One")
	b.why.SetTyped("because")
	b.until("the draft", func() bool { return b.last().Why == "because" && !b.keep.going })
	release := b.hold()
	b.finish()
	b.form.title.SetTyped("Two")
	release()
	b.until("it is a draft again", func() bool { return b.last().Next.Title == "Two" && b.last().Stage == assist.StageDraft })
	if len(b.left) > 0 {
		t.Error("the editor has closed")
	}
}

func TestTypingTakesBackWhatWasSent(t *testing.T) {
	for _, c := range []struct {
		by   assist.ID
		want assist.Stage
	}{{"priya", assist.StageDraft}, {"tom", assist.StageReview}} {
		b := newBench(t, wide)
		a := late()
		next := a
		next.Say = "Sent words."
		b.Open(assist.Revision{ID: "r1", Answer: a.ID, Base: a.Fingerprint(), Next: next, By: c.by, At: now, Stage: assist.StageReview, Why: "because"}, a)
		look.Reads(t, b.Object(), "to be reviewed")
		if said := strings.Contains(look.Words(b.Object()), "typing takes it back"); said != (c.by == "priya") {
			t.Errorf("of %s: says that typing takes it back: %v", c.by, said)
		}
		if b.why.Text != "because" {
			t.Errorf("the why is %q", b.why.Text)
		}
		b.form.say.SetTyped("Other words.")
		b.until("the change", func() bool { return b.last().Next.Say == "Other words." })
		if r := b.last(); r.ID != "r1" || r.Stage != c.want || r.By != c.by {
			t.Errorf("of %s: kept %+v", c.by, r)
		}
	}
}

func TestWhatPublishingSettlesIsSaid(t *testing.T) {
	b := newBench(t, wide)
	a := late()
	b.Open(assist.Revision{Answer: a.ID, Base: "another", Next: a, By: "priya", Gaps: []assist.ID{"g1", "g2"}, Flags: []assist.ID{"f1"}}, a)
	look.Reads(t, b.Object(), "The answer has changed since: publishing puts both together.", "Publishing answers 2 open questions.", "Publishing settles 1 flag.")
}

func TestWhoMayOnlySuggestWritesOnWithAnOldVersion(t *testing.T) {
	b := newBench(t, wide)
	b.may = false
	old := late()
	old.Title = "As it was"
	b.shop.versions = []Version{{Answer: late(), At: now}, {Answer: old, At: now}}
	b.open(late())
	b.lookBack()
	b.until("the versions", b.reads("What this version changed:"))
	b.versions.rows.SetChosen(1)
	b.versions.bringBack()
	b.until("a draft", func() bool { return b.last().Next.Title == "As it was" })
	if len(b.shop.sent) > 0 || b.last().Stage != assist.StageDraft || !strings.HasPrefix(b.why.Text, "Brought back") {
		t.Errorf("kept %+v", b.last())
	}
}

func TestADraftOutlivesAVersionThatIsBroughtBack(t *testing.T) {
	b := newBench(t, wide)
	old := late()
	old.Title = "As it was"
	b.shop.versions = []Version{{Answer: late(), At: now}, {Answer: old, At: now}}
	b.open(late())
	b.form.say.SetTyped("My words.")
	b.lookBack()
	b.until("the versions", b.reads("What this version changed:"))
	b.versions.rows.SetChosen(1)
	b.versions.bringBack()
	b.until("it is back", b.reads("Brought back."))
	if b.form.say.Text != "My words." || b.rev.Next.Say != "My words." || b.shop.sent[0].ID == b.rev.ID {
		t.Errorf("the draft says %q", b.form.say.Text)
	}
	look.Reads(t, b.Object(), "publishing puts both together")
}

func TestAVersionThatClashesIsNotBroughtBack(t *testing.T) {
	b := newBench(t, wide)
	b.shop.versions = []Version{{Answer: late(), At: now}, {Answer: late(), At: now}}
	b.shop.outcomes = []Outcome{{Conflicts: []curate.Conflict{{Field: "title"}}}}
	b.open(late())
	b.lookBack()
	b.until("the versions", b.reads("What this version changed:"))
	b.versions.rows.SetChosen(1)
	b.versions.bringBack()
	b.until("the fault", b.reads("changed while you looked"))
	if b.front != writing {
		t.Error("the form is not shown")
	}
}

func TestAVersionThatIsBackLeavesAnotherAnswerAlone(t *testing.T) {
	b := newBench(t, wide)
	other := late()
	other.ID, other.Title = "other", "Another answer"
	b.open(other)
	var published assist.ID
	b.OnPublished = func(id assist.ID) { published = id }
	b.versions.brought("late", Outcome{Answer: late()}, nil)
	if b.now.ID != "other" || b.form.title.Text != "Another answer" || published != "late" {
		t.Errorf("open is %q, published %q", b.now.ID, published)
	}
}

func TestEscapeGoesBackStepByStep(t *testing.T) {
	b := newBench(t, wide)
	b.shop.versions = []Version{{Answer: late(), At: now}}
	b.open(late())
	b.win.Canvas().Focus(b.form.web)
	b.lookBack()
	b.until("the versions", b.reads("All of the first version:"))
	b.versions.rows.TypedKey(press(fyne.KeyEscape))
	if b.front != writing || b.at() != b.form.web {
		t.Error("the keyboard does not come back to its box")
	}
	b.at().TypedKey(press(fyne.KeyEscape))
	b.until("the library", func() bool { return len(b.left) == 1 })
}

func TestAFileThatComesLateGoesNowhere(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	release := b.hold()
	b.Attach("late.png", picture(4, 4))
	other := late()
	other.ID, other.Files = "other", nil
	b.open(other)
	release()
	b.until("it is kept", func() bool { b.shop.mu.Lock(); defer b.shop.mu.Unlock(); return len(b.shop.blobs) == 1 })
	for len(b.posts) > 0 {
		(<-b.posts)()
	}
	if len(b.rev.Next.Files) > 0 {
		t.Errorf("the other answer has %+v", b.rev.Next.Files)
	}
}

// Every field in which two changes can clash can be taken from the other.
func TestEveryClashCanBeChosen(t *testing.T) {
	ours := assist.Answer{ID: "a", Title: "o", Department: "o", Say: "o", Steps: []string{"o"}, Language: "de", Web: "o", Owner: "o", Deputy: "o",
		VerifyEvery: 1, Into: "o"}
	theirs := assist.Answer{ID: "a", Title: "t", Department: "t", Say: "t", Steps: []string{"t"}, Language: "fr", Web: "t", Owner: "t", Deputy: "t",
		VerifyEvery: 2, Into: "t"}
	base := assist.Answer{ID: "a", Title: "b", Department: "b", Say: "b", Steps: []string{"b"}, Language: "en", Web: "b", Owner: "b", Deputy: "b",
		VerifyEvery: 3, Into: "b"}
	got, clashes := curate.Merge(base, ours, theirs)
	other, _ := curate.Merge(base, theirs, ours)
	if len(clashes) < 10 {
		t.Fatalf("only %+v clash", clashes)
	}
	for _, c := range clashes {
		before := got.Fingerprint()
		if take(c.Field, other, &got); got.Fingerprint() == before {
			t.Errorf("%q is not taken", c.Field)
		}
	}
	if left := curate.Diff(got, other); len(left) > 0 {
		t.Errorf("all taken, and it still differs: %+v", left)
	}
}

func TestWhatTheSavedQuestionsSayIsShort(t *testing.T) {
	q := func(words ...string) (out []assist.Question) {
		for _, w := range words {
			out = append(out, assist.Question{Text: w})
		}
		return out
	}
	score := func(asked, top1, top3 int) curate.Score { return curate.Score{Asked: asked, Top1: top1, Top3: top3} }
	for _, c := range []struct {
		change curate.Change
		want   string
	}{
		{curate.Change{}, ""},
		{curate.Change{Before: score(1, 1, 1), After: score(1, 1, 1)}, "1 saved question: right answer first 100 %, among three 100 %"},
		{curate.Change{Before: score(1000, 811, 900), After: score(1000, 812, 900), Better: q("x")}, "1000 saved questions: right answer first 81.1 % → 81.2 %, among three 90 %. Better: 1"},
		{curate.Change{Before: score(4, 4, 4), After: score(4, 0, 4), Worse: q("a", "b", "c", "d")}, "4 saved questions: right answer first 100 % → 0 %, among three 100 %. Worse: 4, “a”, “b”, “c”, and 1 more"},
	} {
		if got, worse := Bench(c.change); got != c.want || worse != (len(c.change.Worse) > 0) {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func TestListsAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string][]string{"": nil, " , ;": nil, "Billing": {"Billing"}, "a,  b  c ; d\ne": {"a", "b c", "d", "e"}, "Saw, saw": {"Saw"}} {
		if got := listed(text, ",;\n"); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := listed("where, oh where\nwhere, oh where\n\nnow", "\n"); !slices.Equal(got, []string{"where, oh where", "now"}) {
		t.Errorf("lines: %q", got)
	}
	for text, want := range map[string]int{"": 0, " 90 ": 90, "-3": 0, "x": 0, "999999999999999999999": 0} {
		if got := digits(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestFaultsOfTheProofAreSaid(t *testing.T) {
	b := newBench(t, wide)
	b.opt.Source = failing{b.shop}
	b.open(late())
	b.until("the fault", b.reads("The saved questions could not be asked."))
	b.form.say.SetTyped("It comes today.")
	b.finish()
	b.until("it asks", b.reads("so nothing proves this change. Publish it anyway?"))
	if len(b.shop.sent) > 0 {
		t.Error("what nothing proves was published without a word")
	}
	b.asking.Hide()
	b.lookBack()
	b.until("the fault of the versions", b.reads("The versions are gone"))
}

// failing is a shop in which only what is kept works.
type failing struct{ *shop }

func (failing) Prove(context.Context, assist.Revision) (Proof, error) {
	return Proof{}, &assist.Fault{What: "the index is gone"}
}

func (failing) Versions(context.Context, assist.ID) ([]Version, error) {
	return nil, &assist.Fault{What: "the versions are gone"}
}

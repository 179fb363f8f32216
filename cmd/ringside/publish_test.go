package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/storage"
)

// writers is an app with a team and one answer, and who writes it.
type writers struct {
	*deskApp
	*testing.T
	db *storage.DB
}

func newWriters(t *testing.T) writers {
	own(t)
	a := startApp(t, t.TempDir())
	t.Cleanup(func() { a.closeApp(t) })
	w := writers{a, t, a.store.house.db}
	w.save(assist.Rep{ID: "priya", Name: "Priya", Role: assist.RoleTrainer}, assist.Rep{ID: "tom", Name: "Tom", Role: assist.RoleTrainer},
		assist.Rep{ID: "ann", Name: "Ann"}, assist.Answer{ID: "late", Title: "Late parcel", Department: "Delivery", Say: "It is late.\nI am sorry.",
			Steps: []string{"Look it up"}, Phrasings: []string{"where is my parcel"}})
	w.sits("priya")
	return w
}

func (w writers) save(records ...assist.Record) {
	w.Helper()
	if err := w.db.Save(w.Context(), records...); err != nil {
		w.Fatal(err)
	}
}

// sits says who is here.
func (w writers) sits(rep assist.ID) {
	w.Helper()
	s, err := w.db.Settings(w.Context())
	if s.Me = rep; err == nil {
		err = w.saveSettings(w.Context(), s)
	}
	if err != nil {
		w.Fatal(err)
	}
}

func (w writers) answer(id assist.ID) assist.Answer {
	w.Helper()
	a, err := storage.Find[assist.Answer](w.Context(), w.db, id)
	if err != nil {
		w.Fatal(err)
	}
	return a
}

func (w writers) revision(id assist.ID) assist.Revision {
	w.Helper()
	r, err := storage.Find[assist.Revision](w.Context(), w.db, id)
	if err != nil {
		w.Fatal(err)
	}
	return r
}

// change is a draft of the answer as it stands.
func (w writers) change(id, by assist.ID, change func(*assist.Answer)) assist.Revision {
	a := w.answer("late")
	rev := assist.Revision{ID: id, Answer: a.ID, Base: a.Fingerprint(), Next: a, By: by, At: w.store.house.now(), Stage: assist.StageDraft, Why: "why " + string(id)}
	change(&rev.Next)
	return rev
}

func TestPublishingClosesItsGapsAndFlagsInTheSameWrite(t *testing.T) {
	w := newWriters(t)
	at := time.Now()
	w.save(assist.Gap{ID: "g1", Text: "when does it come", At: at}, assist.Gap{ID: "shut", Text: "x", At: at, Closed: at, Answer: "other"},
		assist.Flag{ID: "f1", Answer: "late", Sentence: "It is late.", At: at})
	rev := w.change("r1", "ann", func(a *assist.Answer) { a.Say, a.Draft = "It comes today.", true })
	rev.Gaps, rev.Flags, rev.Stage = []assist.ID{"g1", "shut", "gone"}, []assist.ID{"f1", "gone"}, assist.StageReview
	w.save(rev)
	out, err := w.publishRevision(t.Context(), rev, "priya")
	if err != nil || out.Merged || len(out.Conflicts) > 0 {
		t.Fatalf("%+v, %v", out, err)
	}
	if a := w.answer("late"); a.Say != "It comes today." || a.Draft {
		t.Errorf("the answer is %+v", a)
	}
	if r := w.revision("r1"); r.Stage != assist.StagePublished || r.Judge != "priya" || r.Decided.IsZero() || r.Next.Fingerprint() != w.answer("late").Fingerprint() {
		t.Errorf("the revision is %+v", r)
	}
	g, err := storage.Find[assist.Gap](t.Context(), w.db, "g1")
	if err != nil || g.Closed.IsZero() || g.Answer != "late" {
		t.Errorf("gap %+v, %v", g, err)
	}
	if g, err := storage.Find[assist.Gap](t.Context(), w.db, "shut"); err != nil || g.Answer != "other" {
		t.Errorf("a gap that was closed is %+v, %v", g, err)
	}
	f, err := storage.Find[assist.Flag](t.Context(), w.db, "f1")
	if err != nil || f.Closed.IsZero() || f.By != "priya" || !f.Fixed {
		t.Errorf("flag %+v, %v", f, err)
	}
}

func TestWhatCannotBeKeptPublishesNothing(t *testing.T) {
	w := newWriters(t)
	w.save(assist.Gap{ID: "g1", Text: "when", At: time.Now()})
	rev := w.change("r1", "priya", func(a *assist.Answer) { a.Title = "" })
	rev.Gaps = []assist.ID{"g1"}
	w.save(rev)
	var fault *assist.Fault
	if _, err := w.publishRevision(t.Context(), rev, "priya"); !errors.As(err, &fault) {
		t.Fatalf("an answer without a title: %v", err)
	}
	if w.answer("late").Title != "Late parcel" || w.revision("r1").Stage != assist.StageDraft {
		t.Error("something was published")
	}
	if g, _ := storage.Find[assist.Gap](t.Context(), w.db, "g1"); !g.Closed.IsZero() {
		t.Error("the gap is closed")
	}
}

func TestOnlyTrainersPublish(t *testing.T) {
	w := newWriters(t)
	rev := w.change("r1", "ann", func(a *assist.Answer) { a.Say = "New." })
	if _, err := w.publishRevision(t.Context(), rev, "ann"); !errors.Is(err, assist.ErrInvalid) || w.answer("late").Say == "New." {
		t.Errorf("a rep published: %v", err)
	}
	w.sits("ann")
	if err := (editSource{w.running}).Decline(t.Context(), "r1", "no"); err == nil {
		t.Error("a rep declined")
	}
}

func TestTwoWhoChangeOneAnswerBothStand(t *testing.T) {
	w := newWriters(t)
	first := w.change("r1", "priya", func(a *assist.Answer) { a.Say = "It is late.\nI am so sorry." })
	second := w.change("r2", "tom", func(a *assist.Answer) {
		a.Title, a.Phrasings = "A late parcel", append(slices.Clone(a.Phrasings), "no parcel")
	})
	if _, err := w.publishRevision(t.Context(), first, "priya"); err != nil {
		t.Fatal(err)
	}
	out, err := w.publishRevision(t.Context(), second, "tom")
	if err != nil || !out.Merged || len(out.Conflicts) > 0 {
		t.Fatalf("%+v, %v", out, err)
	}
	if a := w.answer("late"); a.Title != "A late parcel" || !strings.Contains(a.Say, "so sorry") || len(a.Phrasings) != 2 {
		t.Errorf("together they are %+v", a)
	}
}

func TestAClashIsChosenAndNothingIsLost(t *testing.T) {
	w := newWriters(t)
	first := w.change("r1", "priya", func(a *assist.Answer) { a.Title = "Parcel is late" })
	second := w.change("r2", "tom", func(a *assist.Answer) { a.Title, a.Web = "Where is it?", "https://example.org/late" })
	if _, err := w.publishRevision(t.Context(), first, "priya"); err != nil {
		t.Fatal(err)
	}
	out, err := w.publishRevision(t.Context(), second, "tom")
	if err != nil || len(out.Conflicts) != 1 || out.Theirs.Title != "Parcel is late" || out.By != "priya" {
		t.Fatalf("%+v, %v", out, err)
	}
	if out.Answer.Title != "Where is it?" || out.Other.Title != "Parcel is late" || out.Other.Web != "https://example.org/late" {
		t.Errorf("the two ways are %+v and %+v", out.Answer, out.Other)
	}
	if w.answer("late").Title != "Parcel is late" {
		t.Error("a clash was published")
	}
	second.Next, second.Base = out.Answer, out.Theirs.Fingerprint()
	if out, err = w.publishRevision(t.Context(), second, "tom"); err != nil || len(out.Conflicts) > 0 {
		t.Fatalf("after the choice: %+v, %v", out, err)
	}
	past, err := (editSource{w.running}).Versions(t.Context(), "late")
	if err != nil || len(past) != 3 {
		t.Fatalf("%d versions, %v", len(past), err)
	}
	for i, want := range []struct {
		title, why string
		by         assist.ID
	}{{"Where is it?", "why r2", "tom"}, {"Parcel is late", "why r1", "priya"}, {"Late parcel", "", ""}} {
		if p := past[i]; p.Answer.Title != want.title || p.Why != want.why || i < 2 && p.By != want.by {
			t.Errorf("version %d is %q, %q by %q", i, p.Answer.Title, p.Why, p.By)
		}
	}
}

func TestABroughtBackVersionIsBroughtBackAgain(t *testing.T) {
	w := newWriters(t)
	was := w.answer("late")
	if _, err := w.publishRevision(t.Context(), w.change("r1", "priya", func(a *assist.Answer) { a.Say = "New." }), "priya"); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{was.Say, "New."} {
		past, err := (editSource{w.running}).Versions(t.Context(), "late")
		if err != nil {
			t.Fatal(err)
		}
		rev := w.change(assist.ID("back"+string(rune('a'+i))), "priya", func(a *assist.Answer) { *a = past[1].Answer })
		if _, err := w.publishRevision(t.Context(), rev, "priya"); err != nil {
			t.Fatal(err)
		}
		if got := w.answer("late").Say; got != want {
			t.Errorf("brought back %q, want %q", got, want)
		}
	}
}

func TestADraftIsKeptAfterItWasDecided(t *testing.T) {
	w := newWriters(t)
	src := editSource{w.running}
	sent := w.change("r1", "ann", func(a *assist.Answer) { a.Say = "One." })
	sent.Stage = assist.StageReview
	w.save(sent)
	if err := src.Decline(t.Context(), "r1", "Not so."); err != nil {
		t.Fatal(err)
	}
	if err := src.Decline(t.Context(), "r1", "Again."); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("declined twice: %v", err)
	}
	w.sits("ann")
	late := sent
	late.Next.Say = "Two."
	late.Stage = assist.StageDraft
	if err := src.Keep(t.Context(), late); err != nil {
		t.Fatal(err)
	}
	if r := w.revision("r1"); r.Stage != assist.StageDeclined || r.Verdict != "Not so." || r.Next.Say != "One." {
		t.Errorf("what was decided is now %+v", r)
	}
	rows, err := src.Changes(t.Context())
	if err != nil || len(rows) != 2 {
		t.Fatalf("%+v, %v; want the draft and the verdict", rows, err)
	}
	for _, r := range rows {
		if r.ID != "r1" && (r.Next.Say != "Two." || r.Stage != assist.StageDraft || r.By != "ann") {
			t.Errorf("kept beside it: %+v", r.Revision)
		}
	}
}

func TestTheSecondSeesWhoIsChangingTheAnswer(t *testing.T) {
	w := newWriters(t)
	src := editSource{w.running}
	if err := src.Keep(t.Context(), w.change("r1", "priya", func(a *assist.Answer) { a.Say = "Mine." })); err != nil {
		t.Fatal(err)
	}
	proof, err := src.Prove(t.Context(), w.change("r2", "tom", func(*assist.Answer) {}))
	if err != nil || len(proof.Others) != 1 || proof.Others[0].By != "priya" || proof.Others[0].Sent || time.Since(proof.Others[0].Since) > time.Minute {
		t.Errorf("%+v, %v", proof.Others, err)
	}
}

func TestTheSavedQuestionsProveAChangeBeforeItIsPublished(t *testing.T) {
	w := newWriters(t)
	w.save(assist.Answer{ID: "zebra", Title: "Zebra stripes on the statement", Department: "Billing", Say: "A misprint.", Phrasings: []string{"zebra stripes"}},
		assist.Question{ID: "q1", Text: "zebra stripes", Answer: "zebra", At: time.Now()})
	src := editSource{w.running}
	zebra := w.answer("zebra")
	rev := assist.Revision{ID: "r1", Answer: "zebra", Next: zebra}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if p, err := src.Prove(t.Context(), rev); err == nil && p.Change.Before.Top1 == 1 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the answer is never found")
		}
	}
	rev.Next.Title, rev.Next.Phrasings, rev.Next.Say = "Something else", nil, "Nothing."
	p, err := src.Prove(t.Context(), rev)
	if err != nil || len(p.Change.Worse) != 1 || p.Change.After.Top1 != 0 {
		t.Errorf("%+v, %v", p.Change, err)
	}
}

func TestAShutStoreLeavesTheDraftAndSaysSo(t *testing.T) {
	own(t)
	dir := t.TempDir()
	a := startApp(t, dir)
	ctx, db := t.Context(), a.store.house.db
	rev := assist.Revision{ID: "r1", Answer: "charged-twice", Next: assist.Answer{ID: "charged-twice", Title: "T", Department: "D", Say: "S"}, At: time.Now(), Stage: assist.StageDraft}
	if err := (editSource{a.running}).Keep(ctx, rev); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := a.publishRevision(ctx, rev, ""); err == nil {
		t.Error("published into a store that is shut")
	}
	_ = a.Close()
	b := startApp(t, dir)
	defer b.closeApp(t)
	kept, err := storage.Find[assist.Revision](ctx, b.store.house.db, "r1")
	if err != nil || kept.Stage != assist.StageDraft || kept.Next.Say != "S" {
		t.Errorf("the draft is %+v, %v", kept, err)
	}
	begun, err := b.beginRevision(ctx, assist.Revision{Answer: "charged-twice"})
	if err != nil || begun.rev.ID != "r1" || begun.now.ID != "charged-twice" {
		t.Errorf("the draft is not offered again: %+v, %v", begun.rev, err)
	}
}

func TestASeedIsPutOnTheDraftThatIsThere(t *testing.T) {
	w := newWriters(t)
	w.save(w.change("r1", "priya", func(a *assist.Answer) { a.Title = "Mine" }))
	seed := assist.Revision{Answer: "late", Next: w.answer("late"), Gaps: []assist.ID{"g1"}, Flags: []assist.ID{"f1"}}
	seed.Next.Phrasings = append(slices.Clone(seed.Next.Phrasings), "still no parcel")
	b, err := w.beginRevision(t.Context(), seed)
	if err != nil || b.rev.ID != "r1" || b.rev.Next.Title != "Mine" || !slices.Contains(b.rev.Next.Phrasings, "still no parcel") ||
		len(b.rev.Gaps) != 1 || len(b.rev.Flags) != 1 {
		t.Errorf("%+v, %v", b.rev, err)
	}
	fresh, err := w.beginRevision(t.Context(), assist.Revision{Next: assist.Answer{Title: "New"}, Gaps: []assist.ID{"g2"}})
	if err != nil || fresh.rev.Answer == "" || fresh.rev.Next.ID != fresh.rev.Answer || fresh.rev.By != "priya" || fresh.now.ID != "" {
		t.Errorf("%+v, %v", fresh, err)
	}
}

// A rep has made a draft of a question in wrap-up: who answers the same question goes on
// with it.
func TestAQuestionThatSomebodyIsAnsweringIsNotAnsweredTwice(t *testing.T) {
	w := newWriters(t)
	draft := assist.Revision{ID: "r1", Answer: "rent", Next: assist.Answer{ID: "rent", Title: "do you rent saws", Say: "By the day, from 45 pounds.", Phrasings: []string{"do you rent saws"}},
		By: "ann", At: time.Now(), Stage: assist.StageDraft, Gaps: []assist.ID{"g1"}}
	w.save(draft)
	seed := assist.Revision{Next: assist.Answer{Title: "rent a saw", Phrasings: []string{"rent a saw", "do you rent saws"}}, Gaps: []assist.ID{"g1", "g2"}}
	for rep, id := range map[assist.ID]assist.ID{"priya": "", "ann": "r1"} {
		w.sits(rep)
		b, err := w.beginRevision(t.Context(), seed)
		if err != nil || b.rev.ID != id || b.rev.By != rep || b.rev.Answer != "rent" || b.rev.Next.ID != "rent" || b.rev.Next.Say != draft.Next.Say ||
			len(b.rev.Next.Phrasings) != 2 || len(b.rev.Gaps) != 2 {
			t.Errorf("%s goes on with %+v, %v", rep, b.rev, err)
		}
	}
	other, err := w.beginRevision(t.Context(), assist.Revision{Next: assist.Answer{Title: "New"}, Gaps: []assist.ID{"g3"}})
	if err != nil || other.rev.Answer == "rent" {
		t.Errorf("another question goes on with it: %+v, %v", other.rev, err)
	}
}

func TestAChangeOfAnAnswerThatWentIntoAnotherIsNotPublishedUnseen(t *testing.T) {
	w := newWriters(t)
	rev := w.change("r1", "ann", func(a *assist.Answer) { a.Say = "It comes today.\nI am sorry." })
	rev.Stage = assist.StageReview
	w.save(rev)
	other := assist.Answer{ID: "other", Title: "Where is it", Department: "Delivery", Say: "On its way."}
	w.save(other)
	kept, gone := curate.Join(other, w.answer("late"))
	w.save(kept, gone)
	_, err := w.publishRevision(t.Context(), rev, "priya")
	if fault := (*assist.Fault)(nil); !errors.As(err, &fault) || !strings.Contains(fault.Do, "Where is it") {
		t.Errorf("it says %v", err)
	}
	if a := w.answer("late"); a.Fingerprint() != gone.Fingerprint() {
		t.Errorf("the answer is %+v", a)
	}
	if r := w.revision("r1"); r.Stage != assist.StageReview || r.Next.Say != rev.Next.Say {
		t.Errorf("the change is %+v", r)
	}
}

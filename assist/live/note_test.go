package live

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

func draftNote(m *memory) string {
	all := kept[assist.Draft](m)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Note
}

func TestNoteIsDurableAtAPause(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.rest()
		if v := r.note("hello"); v.Note.Saved {
			t.Error("called saved before it was")
		}
		time.Sleep(299 * time.Millisecond)
		if r.settle(); draftNote(r.store) != "" {
			t.Error("saved in the middle of a word")
		}
		time.Sleep(time.Millisecond)
		if v := r.settle(); draftNote(r.store) != "hello" || !v.Note.Saved {
			t.Errorf("not saved at the pause: %q, %+v", draftNote(r.store), v.Note)
		}
	})
}

func TestNoteIsDurableWithinASecondOfTheFirstKey(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.rest()
		var note string
		for i := range 50 { // five seconds without a pause
			at := time.Now()
			note += "x"
			r.note(note)
			time.Sleep(100 * time.Millisecond)
			r.settle()
			if unsaved := len(note) - len(draftNote(r.store)); unsaved > 9 {
				t.Fatalf("after key %d at %v %d letters are not durable", i, at, unsaved)
			}
		}
		if n := len(r.store.saves); n > 10 {
			t.Errorf("%d saves in five seconds", n)
		}
	})
}

func TestTextSurvivesAStoreThatFails(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.rest()
		r.store.setFail(&assist.Fault{What: "the disk is full", Do: "Free some space.", Err: assist.ErrDiskFull})
		r.note("she wants")
		v := r.rest()
		if v.Note.Saved || !v.Unkept || v.Note.Text != "she wants" || !strings.Contains(v.Trouble, "the disk is full. Free some space.") {
			t.Fatalf("view is %s", text(t, v))
		}
		r.store.setFail(nil)
		if v = r.note("she wants a refund"); !v.Note.Saved || v.Unkept || v.Trouble != "" || draftNote(r.store) != "she wants a refund" {
			t.Errorf("the next key did not save at once: %s", text(t, v))
		}
		r.store.setFail(assist.ErrDiskFull)
		r.note("she wants a refund today")
		r.rest()
		r.store.setFail(nil)
		time.Sleep(2 * time.Second)
		if v = r.settle(); !v.Note.Saved || v.Trouble != "" {
			t.Errorf("not saved again after two seconds: %s", text(t, v))
		}
	})
}

func TestWrapUpThatFailsIsKeptLater(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.note("all is well")
		r.rest()
		r.store.setFail(assist.ErrDiskFull)
		if v := r.done(); v.Phase != Idle || v.Trouble == "" {
			t.Fatalf("view is %s", text(t, v))
		}
		time.Sleep(time.Minute)
		r.store.setFail(nil)
		time.Sleep(2 * time.Second)
		if v := r.settle(); v.Trouble != "" || one[assist.Note](t, r.store).Text != "all is well" || !one[assist.Draft](t, r.store).Done {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestTroubleOfADiscardedDraftGoesAway(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		r.store.setFail(assist.ErrDiskFull)
		r.note("x")
		r.rest()
		r.use(Use{WrapUp: WrapUpUse{Discard: true}})
		r.store.setFail(nil)
		time.Sleep(3 * time.Second)
		if v := r.settle(); v.Trouble != "" {
			t.Errorf("trouble %q", v.Trouble)
		}
	})
}

func TestNoteThatIsTooLongIsNotLost(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		long := strings.Repeat("long ", 250_000)
		r.ring("1", marysNumber, phone.Answered)
		r.note(long)
		if v := r.rest(); v.Note.Saved || v.Note.Text != long || v.Trouble != "Your note cannot be kept as it is: note is longer than 1000000 bytes. It stays here; change it." {
			t.Errorf("saved %v, trouble %q", v.Note.Saved, v.Trouble)
		}
		if v := r.done(); v.Phase == Idle || v.Note.Text != long {
			t.Error("a note that could not be kept was thrown away")
		}
		r.note("short")
		if v := r.rest(); !v.Note.Saved || v.Trouble != "" {
			t.Errorf("saved %v, trouble %q", v.Note.Saved, v.Trouble)
		}
	})
}

func TestEndOfTheProgramKeepsTheLastKey(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.desk.Note("the last word")
		if err := r.stop(); err != nil {
			t.Fatal(err)
		}
		if got := draftNote(r.store); got != "the last word" {
			t.Errorf("kept %q", got)
		}
	})
}

func TestEndOfTheProgramTellsWhatItCouldNotKeep(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.store.setFail(assist.ErrDiskFull)
		r.note("the last word")
		if err := r.stop(); err == nil {
			t.Error("the desk ended as if all were well")
		}
	})
}

func TestPromiseInTheNoteIsOfferedOnce(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		v := r.note("I'll call you back on Friday at 3 pm")
		if v.Promise == nil || v.Promise.Due.Weekday() != time.Friday || v.Promise.When == "" {
			t.Fatalf("offer %+v", v.Promise)
		}
		r.desk.Promise(PromiseUse{Text: v.Promise.Text, Due: v.Promise.Due, AllDay: v.Promise.AllDay})
		if v = r.settle(); v.Promise != nil || len(v.Made) != 1 {
			t.Fatalf("offer %+v, made %+v", v.Promise, v.Made)
		}
		p := one[assist.Promise](t, r.store)
		if p.Customer != "mary" || p.Call != v.Call || p.Rep != "tom" || p.Due.Hour() != 15 {
			t.Errorf("kept %+v", p)
		}
		if v = r.note("I'll call you back on Friday at 3 pm. She was glad."); v.Promise != nil {
			t.Errorf("a kept promise is offered again: %+v", v.Promise)
		}
		if v = r.note("I'll call you back on Friday at 3 pm. I will send you the form on Monday."); v.Promise == nil || v.Promise.Due.Weekday() != time.Monday {
			t.Fatalf("the second promise: %+v", v.Promise)
		}
		r.desk.Promise(PromiseUse{Text: v.Promise.Text, Refuse: true})
		if v = r.settle(); v.Promise != nil || len(v.Made) != 1 {
			t.Errorf("offer %+v", v.Promise)
		}
		if v = r.note(v.Note.Text + " Bye."); v.Promise != nil {
			t.Errorf("a refused promise is offered again: %+v", v.Promise)
		}
		if v = r.note(""); v.Promise != nil || v.Note.Text != "" {
			t.Errorf("offer %+v", v.Promise)
		}
	})
}

func TestPromiseOfTheCardIsKept(t *testing.T) {
	due := assist.Promise{ID: "p1", Customer: "mary", Rep: "anna", Text: "Refund", Made: time.Date(1999, 12, 1, 9, 0, 0, 0, time.UTC),
		Due: time.Date(1999, 12, 30, 0, 0, 0, 0, time.UTC), AllDay: true}
	story(t, func(t *testing.T, r *rig) {
		v := r.ring("1", marysNumber, phone.Answered)
		if len(v.Card.Promises) != 1 || !v.Card.Promises[0].Late || v.Card.Promises[0].By != "Anna" || v.Card.Promises[0].When == "" {
			t.Fatalf("card %+v", v.Card.Promises)
		}
		if v = r.use(Use{Keep: "p1"}); len(v.Card.Promises) != 0 {
			t.Errorf("card %+v", v.Card.Promises)
		}
		if p := one[assist.Promise](t, r.store); p.Open() || p.Rep != "anna" {
			t.Errorf("kept %+v", p)
		}
		r.desk.Promise(PromiseUse{Text: "Send the form"})
		v = r.settle()
		if v = r.use(Use{Keep: v.Made[0].ID}); v.Made[0].Open() {
			t.Errorf("made %+v", v.Made)
		}
	}, due)
}

func TestUnfinishedCallComesBackAfterTheProgramDied(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.ring("1", marysNumber, phone.Answered)
		call, q := v.Call, v.Prompts[0]
		r.hear("charged twice")
		r.note("two charges. I'll call you back on Friday at 3 pm")
		r.desk.Promise(PromiseUse{})
		r.use(Use{Prompt: PromptUse{Prompt: q.Prompt, Reply: assist.ReplyAsked}})
		r.use(Use{Prompt: PromptUse{Prompt: q.Prompt, Reply: assist.ReplyAsked, Said: "they use a saw"}})
		r.rest()

		again := run(t, r.store) // the first desk is as good as dead: it does nothing more
		v = again.settle()
		if len(v.Unfinished) != 1 || v.Unfinished[0].Title != "Mary Shaw" || v.Phase != Idle {
			t.Fatalf("unfinished %+v", v.Unfinished)
		}
		v = again.use(Use{Call: call})
		if v.Phase != Wrapping || v.Who != Known || v.Card == nil || v.Heard != "charged twice" || len(v.Answers.Hits) == 0 ||
			v.Note.Text != "two charges. I'll call you back on Friday at 3 pm" || !v.Note.Saved || v.Reply == nil || v.Reply.Text != "they use a saw" || len(v.Unfinished) != 0 {
			t.Fatalf("view is %s", text(t, v))
		}
		if v.Promise != nil || len(v.Made) != 1 {
			t.Errorf("the kept promise is offered again: %+v, made %+v", v.Promise, v.Made)
		}
		again.done()
		again.rest()
		if left, _ := r.store.Drafts(t.Context()); len(left) != 0 {
			t.Errorf("left %+v", left)
		}
		if n := kept[assist.Note](r.store); len(n) != 2 {
			t.Errorf("notes %+v", n)
		}
		if err := again.stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestWithheldCallerIsOnlyThereOnceTheRepTyped(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", "", phone.Answered)
		r.rest()
		if len(r.store.saves) != 0 {
			t.Fatalf("left %v", r.store.saves)
		}
		r.note("asks for opening hours")
		r.rest()
		again := run(t, r.store)
		if v := again.settle(); len(v.Unfinished) != 1 || v.Unfinished[0].Title != "No number came" {
			t.Errorf("unfinished %+v", v.Unfinished)
		}
		again.stop()
	})
}

func TestNextCallGoesOnWithWhatIsUnfinished(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.note("half a note")
		r.rest()
		again := run(t, r.store)
		again.settle()
		if v := again.use(Use{NextCall: true}); v.Note.Text != "half a note" || len(v.Unfinished) != 0 {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestUnfinishedCallsAreReadAgainWhenTheStoreFailed(t *testing.T) {
	store := newMemory(mary, assist.Draft{ID: "d1", At: time.Date(1999, 12, 1, 9, 0, 0, 0, time.UTC), Note: "hello",
		Call: assist.Call{ID: "d1", Customer: "mary", Started: time.Date(1999, 12, 1, 9, 0, 0, 0, time.UTC)}})
	store.fail = assist.ErrDamaged
	synctestStory(t, store, func(t *testing.T, r *rig) {
		if v := r.desk.View(); v.Trouble == "" {
			t.Errorf("view is %s", text(t, v))
		}
		store.setFail(nil)
		time.Sleep(3 * time.Second)
		v := r.settle()
		if v.Trouble != "" || len(v.Unfinished) != 1 {
			t.Fatalf("view is %s", text(t, v))
		}
		if v = r.use(Use{Call: "d1"}); v.Note.Text != "hello" {
			t.Errorf("view is %s", text(t, v))
		}
		if v = r.use(Use{WrapUp: WrapUpUse{Discard: true}}); v.Phase != Idle || !one[assist.Draft](t, store).Done {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

// picky refuses one text as a store might that knows a rule which the desk does not.
type picky struct {
	*memory
	not string
}

func (p picky) Save(ctx context.Context, records ...assist.Record) error {
	for _, r := range records {
		if m, ok := r.(assist.Promise); ok && m.Text == p.not {
			return &assist.Fault{What: "this promise breaks a rule", Err: assist.ErrInvalid}
		}
	}
	return p.memory.Save(ctx, records...)
}

func TestRecordThatTheStoreRefusesDoesNotHoldUpTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newMemory(mary)
		ctx, cancel := context.WithCancel(t.Context())
		d := New(Config{Store: picky{store, "bad"}, Me: me, Region: "GB"})
		ended := make(chan error, 1)
		go func() { ended <- d.Run(ctx) }()
		d.Promise(PromiseUse{Text: "bad"})
		d.Promise(PromiseUse{Text: "good"})
		time.Sleep(10 * time.Second)
		if p := kept[assist.Promise](store); len(p) != 1 || p[0].Text != "good" {
			t.Errorf("kept %+v", p)
		}
		if v := d.View(); !strings.Contains(v.Trouble, "breaks a rule") || len(v.Made) != 2 {
			t.Errorf("view is %s", text(t, v))
		}
		cancel()
		if err := <-ended; err == nil {
			t.Error("the desk ended as if all were well")
		}
	})
}

// stuck saves nothing until it is released.
type stuck struct {
	*memory
	release chan struct{}
}

func (s stuck) Save(ctx context.Context, records ...assist.Record) error {
	<-s.release
	return s.memory.Save(ctx, records...)
}

func TestEndOfTheProgramDoesNotWaitForeverForTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		release := make(chan struct{})
		d := New(Config{Store: stuck{newMemory(mary), release}, Me: me, Region: "GB"})
		ended := make(chan error, 1)
		go func() { ended <- d.Run(ctx) }()
		d.Note("hello")
		time.Sleep(time.Second)
		if v := d.View(); v.Note.Text != "hello" || v.Note.Saved {
			t.Errorf("view is %s", text(t, v))
		}
		cancel()
		if err := <-ended; err == nil {
			t.Error("the desk ended as if all were well")
		}
		close(release)
	})
}

func TestNotesOfTwoCallsAreDurableWithinASecond(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		calls := []assist.ID{r.ring("1", marysNumber, phone.Answered).Call, ""}
		r.ring("2", strangers, phone.Answered)
		calls[1] = r.use(Use{NextCall: true}).Call
		wrote := map[assist.ID][]time.Time{} // when each letter was typed
		rnd := rand.New(rand.NewPCG(7, 7))
		for range 300 {
			call := calls[rnd.IntN(2)]
			r.use(Use{Call: call})
			wrote[call] = append(wrote[call], time.Now())
			r.desk.NoteIn(call, strings.Repeat("x", len(wrote[call])))
			time.Sleep(time.Duration(rnd.IntN(250)) * time.Millisecond)
			r.settle()
			for _, d := range kept[assist.Draft](r.store) {
				if n := len(d.Note); n < len(wrote[d.ID]) && time.Since(wrote[d.ID][n]) >= time.Second {
					t.Fatalf("a letter of %s is not durable after %v", d.ID, time.Since(wrote[d.ID][n]))
				}
			}
		}
		if n := len(kept[assist.Draft](r.store)); n != 2 {
			t.Errorf("%d drafts", n)
		}
	})
}

func TestASavedDraftThatShowsNothingNewIsNoNewView(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		before := r.hear("charged twice")
		if after := r.rest(); after.Seq != before.Seq {
			t.Errorf("View %d came after %d: %s", after.Seq, before.Seq, text(t, after))
		}
	})
}

func TestADateInFiguresIsAskedUntilTheMonthIsKnownToBeFirst(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		if v := r.note("I'll call you back on 3/4"); v.Promise == nil || v.Promise.Ask == "" {
			t.Fatalf("offer %+v", v.Promise)
		}
		r.desk.SetMonthFirst(true)
		if v := r.note("I'll call you back on 3/4."); v.Promise == nil || v.Promise.Ask != "" || v.Promise.Due.Month() != time.March || v.Promise.Due.Day() != 4 {
			t.Errorf("offer %+v", v.Promise)
		}
	})
}

func TestMostOfACardThatIsBeingTypedIsNotOnTheDisk(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.rest()
		r.note("card 4111 1111 1111 11")
		time.Sleep(5 * time.Second)
		if v := r.settle(); draftNote(r.store) != "card 4111 1111 11" || v.Note.Saved {
			t.Errorf("kept %q, %+v", draftNote(r.store), v.Note)
		}
		saves := len(r.store.saves)
		time.Sleep(4 * time.Second)
		if r.settle(); len(r.store.saves) != saves {
			t.Errorf("saved %d times while nothing was typed", len(r.store.saves)-saves)
		}
		time.Sleep(2 * time.Second)
		if v := r.settle(); draftNote(r.store) != "card 4111 1111 1111 11" || !v.Note.Saved {
			t.Errorf("nobody types on, and kept is %q, %+v", draftNote(r.store), v.Note)
		}
		r.note("order 41111111111111, she says")
		time.Sleep(time.Second)
		if v := r.settle(); !v.Note.Saved {
			t.Errorf("what is no card is not kept: %+v", v.Note)
		}
	})
}

package edit

import (
	"context"
	"errors"
	"testing"
	"time"

	"ringside/assist"
)

// slowProof lets the test say when the saved questions have answered.
type slowProof struct {
	*shop
	asked chan struct{}
	reply chan struct{}
}

func (s slowProof) Prove(ctx context.Context, _ assist.Revision) (Proof, error) {
	s.asked <- struct{}{}
	select {
	case <-s.reply:
	case <-ctx.Done():
	}
	return s.proof, ctx.Err()
}

func TestTypingWhileTheQuestionsAreAskedLeavesPublishingPossible(t *testing.T) {
	b := newBench(t, wide)
	slow := slowProof{b.shop, make(chan struct{}, 9), make(chan struct{}, 9)}
	b.opt.Source = slow
	b.open(late())
	b.form.title.SetTyped("One")
	b.finish()
	<-slow.asked
	if !b.busy {
		t.Fatal("it does not wait for the questions")
	}
	b.form.title.SetTyped("Two")
	for range 9 {
		slow.reply <- struct{}{}
	}
	b.until("the questions have answered", func() bool { return b.prove.known() })
	b.finish()
	end := time.After(3 * time.Second)
	for len(b.shop.sent) == 0 {
		select {
		case f := <-b.posts:
			f()
		case <-end:
			t.Fatalf("it cannot be published any more: busy %v", b.busy)
		}
	}
}

func TestWhatFailedToBePublishedDoesNotCloseTheEditorLater(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.title.SetTyped("One")
	b.until("the draft", func() bool { return b.prove.known() && b.last().Next.Title == "One" && !b.keep.going })
	release := b.hold()
	b.finish()
	b.until("it is on its way", func() bool { return b.going })
	b.leave()
	b.shop.mu.Lock()
	b.shop.fails = errors.New("the disk is full")
	b.shop.mu.Unlock()
	release()
	b.until("it failed", func() bool { return !b.busy && b.fault != "" })
	b.shop.mu.Lock()
	b.shop.fails = nil
	b.shop.mu.Unlock()
	b.form.title.SetTyped("Three")
	b.until("kept", func() bool { return b.last().Next.Title == "Three" && !b.keep.going })
	if len(b.left) > 0 {
		t.Error("the editor closed under the rep who typed on")
	}
}

func TestFlushWaitsForTheWriteThatIsUnderWay(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	release := b.hold()
	b.form.title.SetTyped("At the very end")
	b.until("the write", func() bool { return b.keep.going })
	ended, end := context.WithCancel(t.Context())
	end()
	if err := b.Flush(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("nothing is kept yet, and Flush says %v", err)
	}
	b.shop.mu.Lock()
	b.shop.fails = errors.New("the disk is full")
	b.shop.mu.Unlock()
	release()
	if err := b.Flush(t.Context()); err == nil {
		t.Error("what could not be kept is told as kept")
	}
	b.shop.mu.Lock()
	b.shop.fails = nil
	b.shop.mu.Unlock()
	if err := b.Flush(t.Context()); err != nil || b.last().Next.Title != "At the very end" {
		t.Errorf("%v, kept %+v", err, b.last())
	}
}

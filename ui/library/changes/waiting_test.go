package changes

import (
	"context"
	"testing"
	"time"

	"ringside/assist"
	"ringside/ui/library/edit"
)

type slow struct {
	*desk
	asked, reply chan struct{}
}

func (s slow) Prove(ctx context.Context, _ assist.Revision) (edit.Proof, error) {
	s.asked <- struct{}{}
	select {
	case <-s.reply:
	case <-ctx.Done():
	}
	return s.proof, ctx.Err()
}

func TestAnotherRowWhileTheQuestionsAreAskedLeavesThePageAlive(t *testing.T) {
	d := newDesk(t, wide, change("r1", "ann", assist.StageReview), change("r2", "priya", assist.StageReview))
	s := slow{d, make(chan struct{}, 9), make(chan struct{}, 9)}
	d.opt.Source = s
	d.publishIt()
	<-s.asked
	d.list.SetChosen(2)
	d.read()
	for range 9 {
		s.reply <- struct{}{}
	}
	d.publishIt()
	end := time.After(3 * time.Second)
	for len(d.published) == 0 {
		select {
		case f := <-d.posts:
			f()
		case <-end:
			t.Fatalf("nothing can be published any more: busy %v", d.busy)
		}
	}
}

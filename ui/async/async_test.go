package async_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"ringside/assist/live"
	"ringside/ui/async"
)

// queue is a window's goroutine that runs only when the test says so.
type queue chan func()

func (q queue) post(f func()) { q <- f }

func (q queue) drain() {
	for {
		select {
		case f := <-q:
			f()
		default:
			return
		}
	}
}

func TestViewsShowsTheNewestAndSkipsTheOlder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, ch := make(queue, 10), make(chan live.View)
		var shown []uint64
		async.Views(t.Context(), ch, q.post, func(v live.View) { shown = append(shown, v.Seq) })
		for seq := range uint64(3) {
			ch <- live.View{Seq: seq + 1}
		}
		synctest.Wait()
		q.drain()
		ch <- live.View{Seq: 4}
		synctest.Wait()
		q.drain()
		close(ch)
		if len(shown) != 2 || shown[0] != 3 || shown[1] != 4 {
			t.Errorf("shown %v, want 3 (the newest of three) and 4", shown)
		}
	})
}

func TestViewsEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		async.Views(ctx, make(chan live.View), func(func()) {}, func(live.View) {})
		cancel()
		synctest.Wait() // the test fails when a goroutine is left
	})
}

func TestLoadShowsWhatWorkFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := make(queue, 1)
		boom := errors.New("boom")
		var got string
		var gotErr error
		async.Load(q.post, func(context.Context) (string, error) { return "half", boom },
			func(s string, err error) { got, gotErr = s, err })
		synctest.Wait()
		if got != "" {
			t.Fatal("shown off the window's goroutine")
		}
		q.drain()
		if got != "half" || !errors.Is(gotErr, boom) {
			t.Errorf("shown %q, %v", got, gotErr)
		}
	})
}

func TestNewestSkipsWhatWaits(t *testing.T) {
	q := make(queue, 10)
	var shown []int
	put := async.Newest(q.post, func(n int) { shown = append(shown, n) })
	for n := range 1000 {
		put(n)
	}
	q.drain()
	put(1000)
	q.drain()
	if len(shown) != 2 || shown[0] != 999 || shown[1] != 1000 {
		t.Errorf("shown %v", shown)
	}
}

func TestLoadShowsNothingAfterCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := make(queue, 1)
		shown := false
		cancel := async.Load(q.post, func(ctx context.Context) (int, error) { return 1, nil },
			func(int, error) { shown = true })
		synctest.Wait()
		cancel()
		cancel()
		q.drain()
		if shown {
			t.Error("a result came after cancel")
		}
	})
}

func TestLoadEndsTheContextOfWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := make(queue, 1)
		cancel := async.Go(q.post, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, nil)
		synctest.Wait()
		cancel()
		synctest.Wait()
		q.drain()
	})
}

func TestAfterWaitsAndCanBeCalledOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := make(queue, 2)
		var ran []string
		async.After(q.post, time.Second, func() { ran = append(ran, "first") })
		off := async.After(q.post, time.Second, func() { ran = append(ran, "second") })
		off()
		time.Sleep(999 * time.Millisecond)
		synctest.Wait()
		q.drain()
		if len(ran) != 0 {
			t.Fatalf("too early: %v", ran)
		}
		time.Sleep(time.Millisecond)
		synctest.Wait()
		q.drain()
		if len(ran) != 1 || ran[0] != "first" {
			t.Errorf("ran %v, want only the first", ran)
		}
	})
}

func TestAwaitShowsTheAnswerAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, ch := make(queue, 10), make(chan live.View)
		var shown []string
		f := async.Views(t.Context(), ch, q.post, func(v live.View) { shown = append(shown, v.Heard) })
		go func() {
			time.Sleep(time.Millisecond)
			ch <- live.View{Heard: "charge"} // the answer to an earlier letter
			time.Sleep(time.Millisecond)
			ch <- live.View{Heard: "charged"}
		}()
		if !f.Await(func(v live.View) bool { return v.Heard == "charged" }) {
			t.Error("the View in time was not awaited")
		}
		synctest.Wait()
		q.drain()
		if len(shown) != 1 || shown[0] != "charged" {
			t.Errorf("shown %q, want only the answer, and once", shown)
		}
	})
}

func TestAwaitNeverHoldsTheWindowForASlowDesk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, ch := make(queue, 10), make(chan live.View)
		var shown []uint64
		f := async.Views(t.Context(), ch, q.post, func(v live.View) { shown = append(shown, v.Seq) })
		begun := time.Now()
		if f.Await(func(live.View) bool { return true }) {
			t.Error("something was shown")
		}
		if took := time.Since(begun); took > 3*time.Millisecond {
			t.Errorf("the window was held for %v", took)
		}
		ch <- live.View{Seq: 1}
		synctest.Wait()
		if q.drain(); len(shown) != 1 {
			t.Errorf("the late View was shown %d times", len(shown))
		}
	})
}

func TestViewsWaitsAMomentForTheNameOfTheCaller(t *testing.T) {
	for after, want := range map[time.Duration]int{time.Millisecond: 1, time.Second: 2} {
		synctest.Test(t, func(t *testing.T) {
			ch := make(chan live.View)
			var shown []live.View
			async.Views(t.Context(), ch, func(f func()) { f() }, func(v live.View) { shown = append(shown, v) })
			ch <- live.View{Seq: 1, Looking: true}
			time.Sleep(after)
			ch <- live.View{Seq: 2}
			synctest.Wait()
			if len(shown) != want || shown[want-1].Seq != 2 {
				t.Errorf("found after %v: shown %+v", after, shown)
			}
		})
	}
}

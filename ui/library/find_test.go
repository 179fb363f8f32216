package library_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/ui/library"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

// searching is a page whose searches end when the test says so.
func searching(t *testing.T, find func(context.Context, string) ([]library.Hit, error)) (*library.Page, chan func()) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	queue := make(chan func(), 16)
	p := library.New(library.Options{
		Find: find,
		Fill: func(s string) string { return s + " Filled in." },
		Now:  func() time.Time { return now },
		Post: func(f func()) { queue <- f },
	})
	w := test.NewTempWindow(t, p.Object())
	w.Resize(wide)
	p.SetAnswers(answers())
	return p, queue
}

func TestLateSearchIsDropped(t *testing.T) {
	slow := make(chan struct{})
	p, queue := searching(t, func(_ context.Context, words string) ([]library.Hit, error) {
		if words == "bla" {
			<-slow
			return []library.Hit{{Answer: "charged-twice", Why: "late"}}, nil
		}
		return []library.Hit{{Answer: "blade", Why: "in time"}}, nil
	})
	p.Find("bla")
	p.Find("blade")
	(<-queue)()
	look.Reads(t, p.Object(), "Found by: in time")
	close(slow)
	(<-queue)()
	look.Reads(t, p.Object(), "Found by: in time", "1 found")
	look.Hides(t, p.Object(), "late")
}

func TestSearchThatFailsIsSaid(t *testing.T) {
	p, queue := searching(t, func(context.Context, string) ([]library.Hit, error) {
		return nil, &assist.Fault{What: "the index is being built", Do: "Try again in a moment", Err: errors.New("busy")}
	})
	p.Find("blade")
	(<-queue)()
	look.Reads(t, p.Object(), "The index is being built. Try again in a moment.")
}

func TestWhatIsKnownIsFilledIn(t *testing.T) {
	p, _ := searching(t, nil)
	p.Open("moved")
	look.Reads(t, p.Object(), "To the new address. Filled in.")
}

func TestFoundAnswersThatAreGoneAreLeftOut(t *testing.T) {
	p, queue := searching(t, func(context.Context, string) ([]library.Hit, error) {
		return []library.Hit{{Answer: "deleted"}, {Answer: "blade"}}, nil
	})
	p.Find("blade")
	(<-queue)()
	look.Reads(t, p.Object(), "Blade jams")
	if n := look.Find[*panes.Rows](t, p.Object(), nil).Count(); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}

func TestThousandsOfAnswersMakeOnlyTheRowsInSight(t *testing.T) {
	p, _ := searching(t, nil)
	many := make([]assist.Answer, 5000)
	for i := range many {
		many[i] = assist.Answer{ID: assist.ID(fmt.Sprint("a", i)), Title: fmt.Sprint("Answer ", i), Department: "Billing", Say: "Say."}
	}
	p.SetAnswers(many)
	rows := 0
	look.Walk(p.Object(), func(o fyne.CanvasObject, _, _ look.Area) {
		if _, ok := o.(*panes.Row); ok {
			rows++
		}
	})
	if rows == 0 || rows > 20 {
		t.Errorf("%d rows for 5,000 answers", rows)
	}
	look.Reads(t, p.Object(), "5000 answers")
}

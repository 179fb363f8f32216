package library_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/ui/library"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

func proposals() []assist.Proposal {
	return []assist.Proposal{
		{ID: "p1", Answer: "charged-twice", Phrasing: "they took it two times", Rep: "tom", At: now},
		{ID: "p2", Answer: "moved", Phrasing: "I live somewhere else now", At: now.AddDate(0, 0, -1)},
		{ID: "gone", Answer: "nowhere", Phrasing: "of an answer that is gone", At: now},
		{ID: "shut", Answer: "moved", Phrasing: "decided long ago", At: now, Closed: now},
	}
}

type settled struct {
	id   assist.ID
	take bool
}

func waiting(t *testing.T, size fyne.Size) (*desk, *[]settled) {
	d := newDesk(t, size)
	d.page.SetAnswers(answers())
	d.page.SetProposals(proposals())
	var done []settled
	d.page.OnSettle = func(id assist.ID, take bool) { done = append(done, settled{id, take}) }
	return d, &done
}

func TestPhrasingsThatWaitAreDecidedByOneKeyEach(t *testing.T) {
	d, done := waiting(t, wide)
	d.see("Phrasings to look at: 2")
	d.unseen("SHALL THIS FIND THE ANSWER BELOW?")
	look.Press(t, d.page.Object(), "Phrasings to look at")
	d.see("“they took it two times”", "“I live somewhere else now”", "SHALL THIS FIND THE ANSWER BELOW?", "Heard by Tom Baker, today", "Charged twice for one order", "Back to all answers")
	d.unseen("gone", "decided long ago")
	if _, ok := d.w.Canvas().Focused().(*panes.Rows); !ok {
		t.Fatal("the keyboard is not in the list")
	}
	d.w.Canvas().Focused().TypedRune('t')
	d.see("“I live somewhere else now”", "Heard in a call, yesterday", "Moved house")
	d.unseen("they took it two times")
	d.w.Canvas().Focused().TypedRune('R')
	if len(*done) != 2 || (*done)[0] != (settled{"p1", true}) || (*done)[1] != (settled{"p2", false}) {
		t.Errorf("decided %+v", *done)
	}
	d.unseen("Phrasings to look at", "SHALL THIS", "Back to all answers")
	d.see("8 answers")
	d.w.Canvas().Focused().TypedRune('t')
	if len(*done) != 2 {
		t.Error("a letter decided on a phrasing that is not there")
	}
}

func TestButtonsDecideOnAPhrasing(t *testing.T) {
	d, done := waiting(t, wide)
	look.Press(t, d.page.Object(), "Phrasings to look at")
	look.Press(t, d.page.Object(), "Refuse (R)")
	look.Press(t, d.page.Object(), "Take it (T)")
	if len(*done) != 2 || (*done)[0] != (settled{"p1", false}) || (*done)[1] != (settled{"p2", true}) {
		t.Errorf("decided %+v", *done)
	}
}

func TestTypingLeavesThePhrasingsThatWait(t *testing.T) {
	d, _ := waiting(t, wide)
	look.Press(t, d.page.Object(), "Phrasings to look at")
	d.page.Find("blade")
	d.settle()
	d.see("Blade jams", "1 found", "Phrasings to look at: 2")
	d.unseen("SHALL THIS")
	d.page.Find("")
	look.Press(t, d.page.Object(), "Phrasings to look at")
	look.Press(t, d.page.Object(), "Back to all answers")
	d.see("8 answers")
	d.page.SetProposals(nil)
	d.unseen("Phrasings to look at")
}

func TestPhrasingsThatWaitOverlapNothing(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": wide, "slim": slim, "beside": fyne.NewSize(380, 720)} {
		d, _ := waiting(t, size)
		look.Apart(t, d.page.Object(), size, name)
		look.Press(t, d.page.Object(), "Phrasings to look at")
		look.Apart(t, d.page.Object(), size, name+", looking")
		d.page.Open("charged-twice")
		look.Apart(t, d.page.Object(), size, name+", reading")
	}
}

func TestAnAnswerSaysHowItFaredInCalls(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	queue := make(chan func(), 16)
	counts := map[assist.ID]glance.Counts{"charged-twice": {Shown: 40, Opened: 12, Said: 9, Helped: 7, Wrong: 1}}
	p := library.New(library.Options{
		Counts: func(_ context.Context, id assist.ID) (glance.Counts, error) {
			if id == "refund-late" {
				return glance.Counts{}, errors.New("cannot be read")
			}
			return counts[id], nil
		},
		Now:  func() time.Time { return now },
		Post: func(f func()) { queue <- f },
	})
	w := test.NewTempWindow(t, p.Object())
	w.Resize(wide)
	settle := func() {
		for {
			select {
			case f := <-queue:
				f()
			case <-time.After(100 * time.Millisecond):
				return
			}
		}
	}
	p.SetAnswers(answers())
	for id, want := range map[assist.ID]string{"charged-twice": "In calls: shown 40, opened 12, said 9, helped 7, wrong 1", "moved": "Not shown in a call yet"} {
		p.Open(id)
		settle()
		look.Reads(t, p.Object(), want)
	}
	p.Open("refund-late")
	settle()
	look.Hides(t, p.Object(), "In calls", "Not shown")
}

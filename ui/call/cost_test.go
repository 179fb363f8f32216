package call_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"ringside/assist/live"
	"ringside/ui/call"
	"ringside/ui/cards"
	"ringside/ui/theme"
)

// BenchmarkKey is what one letter in the answer box costs before anything is
// painted: the letter itself, and the View with other answers that follows.
func BenchmarkKey(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.Of(theme.Light))
	page := call.New(&desk{}, &cards.Cards{})
	win := test.NewTempWindow(b, page.Object())
	win.Resize(sizes["wide"])
	a, c := known(), known()
	c.Answers.Hits = append([]live.AnswerHit(nil), c.Answers.Hits...)
	for i, j := 0, len(c.Answers.Hits)-1; i < j; i, j = i+1, j-1 {
		c.Answers.Hits[i], c.Answers.Hits[j] = c.Answers.Hits[j], c.Answers.Hits[i]
	}
	page.SetView(a)
	for i := 0; b.Loop(); i++ {
		page.TypeHeard("charged"[:1+i%7])
		page.SetView([]live.View{a, c}[i%2])
	}
}

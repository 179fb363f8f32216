package notes

import (
	"fyne.io/fyne/v2"

	"ringside/assist/sift"
	"ringside/ui/marked"
)

// sought is a text in which the words that were looked for are marked.
type sought struct {
	*marked.Text
	words string
}

func newSought(size fyne.ThemeSizeName) *sought {
	s := &sought{}
	s.Text = marked.New(size, func(lines []string) [][]marked.Span {
		out := make([][]marked.Span, len(lines))
		for i, line := range lines {
			for _, at := range sift.Marks(line, s.words) {
				out[i] = append(out[i], marked.Span(at))
			}
		}
		return out
	})
	return s
}

// set shows a text; the parent has to be arranged.
func (s *sought) set(text, words string) {
	s.words = words
	s.SetText(text)
}

package setup

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestPaperBreaksBehindBlanksAndLosesNothing(t *testing.T) {
	test.NewTempApp(t)
	p := newPaper(0)
	for _, text := range []string{"Ring heard 12 ms after it was sent, from no number (hook)", strings.Repeat("x", 50), "one two", ""} {
		p.whole = text
		rows, _ := p.broken(20)
		if got := strings.Join(rows, ""); got != text {
			t.Errorf("%q became %q", text, got)
		}
		for i, row := range rows {
			if len([]rune(row)) > 20 || i+1 < len(rows) && strings.Contains(text, " ") && !strings.HasSuffix(row, " ") {
				t.Errorf("%q has the row %q", text, row)
			}
		}
	}
}

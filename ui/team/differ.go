package team

import (
	"strings"

	"ringside/ui/marked"
)

// letters are runs of a text's bytes, counted without its blanks: where a text is broken
// into lines does not change them. They stand in order and apart.
type letters []marked.Span

// mostCompared is how many words of two texts are compared one by one; of longer ones all
// between their common beginning and end counts as different.
const mostCompared = 400

// differing returns the words of each text that the other does not have in that place.
func differing(a, b string) (inA, inB letters) {
	x, y := strings.Fields(a), strings.Fields(b)
	head := 0
	for head < min(len(x), len(y)) && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < min(len(x), len(y))-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	ownX, ownY := own(x[head:len(x)-tail], y[head:len(y)-tail])
	return spans(x, head, ownX), spans(y, head, ownY)
}

// own reports for each word whether it is outside of the longest run of words that both
// have in the same order.
func own(x, y []string) (inX, inY []bool) {
	inX, inY = all(len(x)), all(len(y))
	if len(x) > mostCompared || len(y) > mostCompared {
		return inX, inY
	}
	long := make([][]int, len(x)+1) // the longest run of x[i:] and y[j:]
	for i := range long {
		long[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			long[i][j] = max(long[i+1][j], long[i][j+1])
			if x[i] == y[j] {
				long[i][j] = long[i+1][j+1] + 1
			}
		}
	}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			inX[i], inY[j] = false, false
			i, j = i+1, j+1
		case long[i+1][j] >= long[i][j+1]:
			i++
		default:
			j++
		}
	}
	return inX, inY
}

func all(n int) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = true
	}
	return out
}

// spans are the words that are marked, of those behind the first head ones. Neighbours
// are one span.
func spans(words []string, head int, differ []bool) (out letters) {
	at := 0
	for i, w := range words {
		if i >= head && i < head+len(differ) && differ[i-head] {
			if n := len(out); n > 0 && out[n-1].To == at {
				out[n-1].To += len(w)
			} else {
				out = append(out, marked.Span{From: at, To: at + len(w)})
			}
		}
		at += len(w)
	}
	return out
}

// in returns where the letters stand in the lines of their text.
func (l letters) in(lines []string) [][]marked.Span {
	out := make([][]marked.Span, len(lines))
	at := 0
	for i, line := range lines {
		for j, r := range line {
			if r == ' ' {
				continue
			}
			next := at + len(string(r))
			for len(l) > 0 && l[0].To <= at {
				l = l[1:]
			}
			if len(l) > 0 && l[0].From <= at {
				if n := len(out[i]); n > 0 && l[0].From < at {
					out[i][n-1].To = j + len(string(r))
				} else {
					out[i] = append(out[i], marked.Span{From: j, To: j + len(string(r))})
				}
			}
			at = next
		}
	}
	return out
}

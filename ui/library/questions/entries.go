package questions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/search/text"
	"ringside/ui/panes"
	"ringside/ui/say"
)

// entry is one row of the list.
type entry struct {
	q    assist.Question // the zero one for a heading
	rank int             // 1 is first; 0: not found
	in   group
	line panes.Line
}

func (e entry) key() string { return string(e.q.ID) }

// group is how well a question finds its answer, the worst first.
type group int

const (
	astray group = iota // the answer cannot be found at all
	missed
	low // below the third
	near
	first
	unasked
	off
)

var headings = [...]string{astray: "ANSWER GONE", missed: "NOT FOUND", low: "BELOW THE THIRD", near: "SECOND OR THIRD", first: "FIRST", unasked: "BEING ASKED", off: "SWITCHED OFF"}

// entries lists the questions that have all the words, those that fail first, and of
// these the latest.
func (p *Page) entries(words string) (out []entry) {
	words = strings.ToLower(words)
	var groups [off + 1][]entry
	for _, q := range p.data.Questions {
		hay := strings.ToLower(q.Text + "\n" + p.data.Answers[q.Answer].Title)
		if !slices.ContainsFunc(strings.Fields(words), func(w string) bool { return !strings.Contains(hay, w) }) {
			e := p.entry(q)
			groups[e.in] = append(groups[e.in], e)
		}
	}
	for in, list := range groups {
		if len(list) == 0 {
			continue
		}
		slices.SortFunc(list, func(a, b entry) int {
			return cmp.Or(b.q.At.Compare(a.q.At), cmp.Compare(a.q.ID, b.q.ID))
		})
		out = append(out, entry{line: panes.Line{Heading: true, Title: fmt.Sprintf("%s  %d", headings[in], len(list))}})
		out = append(out, list...)
	}
	return out
}

func (p *Page) entry(q assist.Question) entry {
	rank, asked := p.ranks[q.ID]
	e := entry{q: q, rank: rank, line: panes.Line{Title: q.Text, Sub: p.title(q.Answer), Badge: place(rank)}}
	switch {
	case q.Off:
		e.in, e.line.Badge = off, "off"
	case !p.answerable(q.Answer):
		e.in, e.line.Badge, e.line.Tone = astray, "not found", panes.Late
	case !asked:
		e.in, e.line.Badge = unasked, ""
	case rank == 0:
		e.in, e.line.Tone = missed, panes.Late
	case rank > 3:
		e.in, e.line.Tone = low, panes.Eye
	case rank > 1:
		e.in, e.line.Tone = near, panes.Own
	default:
		e.in, e.line.Tone = first, panes.Fine
	}
	return e
}

// answerable reports whether an answer is there and can be found.
func (p *Page) answerable(id assist.ID) bool {
	a, ok := p.data.Answers[id]
	return ok && !a.Off
}

func (p *Page) title(id assist.ID) string {
	return cmp.Or(p.data.Answers[id].Title, "an answer that is gone")
}

// same returns the question that has these words already, but for the one with this id.
func (p *Page) same(words string, but assist.ID) (assist.Question, bool) {
	for _, q := range p.data.Questions {
		if q.ID != but && Same(q.Text, words) {
			return q, true
		}
	}
	return assist.Question{}, false
}

// Same reports whether two questions have the same words; case and marks do not count.
func Same(a, b string) bool { return text.Fold(a) == text.Fold(b) }

// place says a rank in a word.
func place(rank int) string {
	switch rank {
	case 0:
		return "not found"
	case 1:
		return "1st"
	case 2:
		return "2nd"
	case 3:
		return "3rd"
	}
	return fmt.Sprintf("%dth", rank)
}

// scoreLine says how the questions fare as a whole.
func (p *Page) scoreLine() string {
	asked := 0
	for _, q := range p.data.Questions {
		if !q.Off {
			asked++
		}
	}
	switch {
	case asked == 0:
		return ""
	case p.score.Asked == 0:
		return fmt.Sprintf("%s: being asked…", say.Count(asked, "question"))
	}
	// Rounded down, so that nothing says all of them while one fails.
	line := fmt.Sprintf("%s: first %d %%, among the first three %d %%", say.Count(p.score.Asked, "question"),
		100*p.score.Top1/p.score.Asked, 100*p.score.Top3/p.score.Asked)
	if p.asking {
		line += "; being asked again…"
	}
	return line
}

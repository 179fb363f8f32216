package curate

import (
	"context"
	"fmt"
	"slices"

	"ringside/assist"
	"ringside/assist/search"
)

const (
	mostAsked = 400  // questions that measure one point of a Curve
	evidence  = 30   // questions without which a point of it says nothing
	folds     = 4    // parts of the answers that are cut down by turns, so that the others stand as they are
	heldOut   = 3    // phrasings of an answer that are asked and never in the library, at most
	worthIt   = .005 // how much oftener a phrasing must let its answer be found
)

// points are the numbers of phrasings that are measured.
var points = []int{0, 1, 2, 3, 5, 7, 10, 15, 20}

// Curve is how often an answer of this library is found among the first three, by how
// many phrasings it has. The zero Curve knows nothing.
type Curve struct {
	// Found are shares of questions, never falling, for 0, 1, 2, 3, 5, 7, 10, 15 and 20
	// phrasings, as far as the library has enough answers with so many; else it ends before.
	Found []float64
	Asked int // questions behind it
}

// Gain is what more phrasings would do for an answer.
type Gain struct {
	Phrasings int     // it has
	Found     float64 // how often it is found with them, from 0 to 1, as others of its library are
	More      int     // so many more would still pay
	WithMore  float64 // how often it would be found then
}

// String says it in words: "3 phrasings; 7 more would find it 14 points more often".
func (g Gain) String() string {
	has := fmt.Sprintf("%d phrasings", g.Phrasings)
	switch g.Phrasings {
	case 0:
		has = "no phrasings"
	case 1:
		has = "1 phrasing"
	}
	if g.More == 0 {
		return has + "; more would hardly help"
	}
	return fmt.Sprintf("%s; %d more would find it %.0f points more often", has, g.More, 100*(g.WithMore-g.Found))
}

// Measure learns a Curve from the library's own phrasings: some of an answer's are asked,
// while it has none, one, two and more of its others, and all other answers stand as they
// are. It takes some seconds for a large library, so call it beside, once. A library with
// too few phrasings gives the zero Curve. The error is ctx's and nothing else.
func Measure(ctx context.Context, answers []assist.Answer) (Curve, error) {
	answers = slices.DeleteFunc(slices.Clone(answers), func(a assist.Answer) bool { return a.Off })
	trials := trialsOf(answers)
	if questions(trials) < evidence {
		return Curve{}, nil
	}
	ix := search.Build(answers)
	found := make([]map[assist.ID]bool, len(points)) // by question, for those whose answer has so many
	for i, keep := range points {
		found[i] = map[assist.ID]bool{}
		for fold := range folds {
			if err := ask(ctx, ix, trials, fold, keep, found[i]); err != nil {
				return Curve{}, err
			}
		}
	}
	return curveOf(found), nil
}

// trial is an answer whose phrasings are parted: some are asked, the others are there.
type trial struct {
	answer assist.Answer
	asked  []string
}

// trialsOf returns answers with phrasings to spare, evenly chosen where they are too many.
// A third of the phrasings is asked, at least one, and never all.
func trialsOf(answers []assist.Answer) (out []trial) {
	rich := slices.DeleteFunc(slices.Clone(answers), func(a assist.Answer) bool { return len(a.Phrasings) < 2 })
	slices.SortFunc(rich, func(a, b assist.Answer) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	total := 0
	for _, a := range rich {
		total += askedOf(a)
	}
	step := max(1, (total+mostAsked-1)/mostAsked)
	for i := 0; i < len(rich); i += step {
		a := rich[i]
		n := askedOf(a)
		t := trial{answer: a}
		t.answer.Phrasings = nil
		for k, p := range a.Phrasings {
			if every := len(a.Phrasings) / n; k%every == every-1 && len(t.asked) < n {
				t.asked = append(t.asked, p)
			} else {
				t.answer.Phrasings = append(t.answer.Phrasings, p)
			}
		}
		out = append(out, t)
	}
	return out
}

func askedOf(a assist.Answer) int { return min(heldOut, max(1, len(a.Phrasings)/3)) }

func questions(trials []trial) (n int) {
	for _, t := range trials {
		n += len(t.asked)
	}
	return n
}

// ask asks the questions of one fold, whose answers have only so many phrasings.
func ask(ctx context.Context, ix *search.Index, trials []trial, fold, keep int, found map[assist.ID]bool) error {
	var cut []assist.Answer
	var asked []assist.Question
	for i := fold; i < len(trials); i += folds {
		t := trials[i]
		if len(t.answer.Phrasings) < keep {
			continue
		}
		a := t.answer
		a.Phrasings = a.Phrasings[:keep]
		cut = append(cut, a)
		for k, words := range t.asked {
			asked = append(asked, assist.Question{ID: assist.ID(fmt.Sprint(i, "-", k)), Text: words, Answer: a.ID})
		}
	}
	score, err := Bench(ctx, ix.With(cut), asked)
	for id, rank := range score.Rank {
		found[id] = inTop3(rank)
	}
	return err
}

// curveOf strings the points together: from one to the next only those questions count
// that were asked at both, so that answers with many phrasings, which may be easier or
// harder, do not bend it. Where it would fall it is levelled.
func curveOf(found []map[assist.ID]bool) (c Curve) {
	for i, now := range found {
		if len(now) < evidence {
			break
		}
		was, is := 0, 0
		for id, yes := range now {
			if yes {
				is++
			}
			if i > 0 && found[i-1][id] {
				was++
			}
		}
		share := float64(is-was) / float64(len(now))
		if i > 0 {
			share += c.Found[i-1]
		}
		c.Found = append(c.Found, share)
		c.Asked = max(c.Asked, len(now))
	}
	level(c.Found)
	return c
}

// level makes a row of numbers rise: neighbours that fall take their mean.
func level(row []float64) {
	type block struct {
		mean float64
		n    int
	}
	var blocks []block
	for _, v := range row {
		b := block{v, 1}
		for len(blocks) > 0 && blocks[len(blocks)-1].mean > b.mean {
			last := blocks[len(blocks)-1]
			blocks = blocks[:len(blocks)-1]
			b.mean = (b.mean*float64(b.n) + last.mean*float64(last.n)) / float64(b.n+last.n)
			b.n += last.n
		}
		blocks = append(blocks, b)
	}
	at := 0
	for _, b := range blocks {
		for range b.n {
			row[at] = min(max(b.mean, 0), 1)
			at++
		}
	}
}

// Gain returns what more phrasings would do for an answer that has so many. ok is false
// when the library does not have enough phrasings to tell.
func (c Curve) Gain(phrasings int) (g Gain, ok bool) {
	if len(c.Found) < 2 {
		return Gain{}, false
	}
	g = Gain{Phrasings: phrasings, Found: c.at(phrasings)}
	g.WithMore = g.Found
	best := g.Found
	for i, n := range points[:len(c.Found)] {
		if pays := c.Found[i] - worthIt*float64(n-phrasings); n > phrasings && pays > best {
			best, g.More, g.WithMore = pays, n-phrasings, c.Found[i]
		}
	}
	return g, true
}

// at is the share for so many phrasings, on a straight line between points.
func (c Curve) at(phrasings int) float64 {
	for i := 1; i < len(c.Found); i++ {
		if from, to := points[i-1], points[i]; phrasings < to {
			return c.Found[i-1] + (c.Found[i]-c.Found[i-1])*float64(phrasings-from)/float64(to-from)
		}
	}
	return c.Found[len(c.Found)-1]
}

package curate

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/search/text"
)

// near is how much of the words of two questions must be the same, the rare ones
// counting more, for one answer to serve both.
const near = .6

// Need is what customers ask and no answer says.
type Need struct {
	Text      string       // the typical words: how it was asked most often
	Gaps      []assist.Gap // the latest first
	Customers int          // different ones, as far as they are known
	Reps      int
	Last      time.Time
}

// Needs puts together the open gaps that ask much the same, in other words or another
// order, and ranks them: in how many calls, by how many customers, to how many reps, the
// latest first. However old a gap is, it counts. Questions are compared by their words, so
// those in two languages stay apart. Equal gaps give equal needs, in whatever order they come.
func Needs(gaps []assist.Gap) []Need {
	groups := sameWords(gaps)
	weight := weights(groups)
	var leads []*group
	byStem := map[string][]int{} // of leads
	for _, g := range groups {
		shared := map[int]float64{}
		for _, s := range g.stems {
			for _, at := range byStem[s] {
				shared[at] += weight[s]
			}
			g.weight += weight[s]
		}
		best, lead := near, -1
		for at, w := range shared {
			alike := 2 * w / (g.weight + leads[at].weight)
			if alike > best || alike == best && (lead < 0 || at < lead) {
				best, lead = alike, at
			}
		}
		if lead >= 0 {
			leads[lead].gaps = append(leads[lead].gaps, g.gaps...)
			continue
		}
		for _, s := range g.stems {
			byStem[s] = append(byStem[s], len(leads))
		}
		leads = append(leads, g)
	}
	out := make([]Need, len(leads))
	calls := make(map[assist.ID]int, len(leads)) // by the need's first gap
	for i, g := range leads {
		out[i] = g.need()
		calls[out[i].Gaps[0].ID] = distinct(out[i].Gaps, func(x assist.Gap) assist.ID { return cmp.Or(x.Call, x.ID) })
	}
	slices.SortFunc(out, func(a, b Need) int {
		return cmp.Or(cmp.Compare(calls[b.Gaps[0].ID], calls[a.Gaps[0].ID]), cmp.Compare(b.Customers, a.Customers),
			cmp.Compare(b.Reps, a.Reps), b.Last.Compare(a.Last), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Gaps[0].ID, b.Gaps[0].ID))
	})
	return out
}

// group is gaps with the same stems.
type group struct {
	text   string // as it was asked most often
	stems  []string
	weight float64 // of all stems
	gaps   []assist.Gap
}

// sameWords returns the open gaps by their stems, those asked most often first.
func sameWords(gaps []assist.Gap) (out []*group) {
	byKey := map[string]*group{}
	for _, g := range gaps {
		if !g.Closed.IsZero() {
			continue
		}
		stems := stemsOf(g.Text)
		key := strings.Join(stems, " ")
		if byKey[key] == nil {
			byKey[key] = &group{stems: stems}
			out = append(out, byKey[key])
		}
		byKey[key].gaps = append(byKey[key].gaps, g)
	}
	for _, g := range out {
		slices.SortFunc(g.gaps, latestFirst)
		g.text = typical(g.gaps)
	}
	slices.SortFunc(out, func(a, b *group) int {
		return cmp.Or(cmp.Compare(len(b.gaps), len(a.gaps)), slices.Compare(a.stems, b.stems))
	})
	return out
}

// stemsOf returns the stems of the words that say something, each once and in order; of
// all words when none of them does.
func stemsOf(words string) (stems []string) {
	language := text.For("")
	var all []string
	for c := language.Cut(words); c.Next(); {
		word := string(c.Word())
		if all = append(all, word); !language.Stop(word) {
			stems = append(stems, language.Stem(word))
		}
	}
	if len(stems) == 0 {
		stems = all
	}
	slices.Sort(stems)
	return slices.Compact(stems)
}

// weights says how much each stem tells: the fewer ask with it, the more.
func weights(groups []*group) map[string]float64 {
	in := map[string]int{}
	for _, g := range groups {
		for _, s := range g.stems {
			in[s]++
		}
	}
	out := make(map[string]float64, len(in))
	for s, n := range in {
		out[s] = math.Log1p(float64(len(groups)) / float64(n))
	}
	return out
}

// typical returns the words that were used most often, of equals the latest.
func typical(latestFirst []assist.Gap) (words string) {
	often := map[string]int{}
	for _, g := range latestFirst {
		often[text.Fold(g.Text)]++
	}
	most := 0
	for _, g := range latestFirst {
		if n := often[text.Fold(g.Text)]; n > most {
			most, words = n, g.Text
		}
	}
	return words
}

func (g *group) need() Need {
	slices.SortFunc(g.gaps, latestFirst)
	return Need{Text: g.text, Gaps: g.gaps, Last: g.gaps[0].At,
		Customers: distinct(g.gaps, func(x assist.Gap) assist.ID { return x.Customer }),
		Reps:      distinct(g.gaps, func(x assist.Gap) assist.ID { return x.Rep })}
}

func latestFirst(a, b assist.Gap) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) }

func distinct(gaps []assist.Gap, id func(assist.Gap) assist.ID) int {
	seen := map[assist.ID]bool{}
	for _, g := range gaps {
		if of := id(g); of != "" {
			seen[of] = true
		}
	}
	return len(seen)
}

// Package frank chooses the question that is put to the rep: what are you worried about,
// where do you spend your time, have you read anything good? It is asked at most once in
// a shift, and can be switched off for good. What they say is kept as insight of the
// front line.
package frank

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"ringside/assist"
)

// shift is how long one question lasts.
const shift = 12 * time.Hour

// Asker is what is known of who is asked.
type Asker struct {
	Rep  assist.ID
	Off  bool      // they want no questions
	Last time.Time // when they were last asked, whatever came of it; zero for never
	Way  string    // the words that were used then
	Told []assist.Insight
}

// Question returns the question for now and the words to put it in. Of prompts, those of
// the front line are for reps. The topic that the rep has told of longest ago comes first;
// among equals it is another one for each rep and day. The same words never come twice in
// a row. What is Off is not asked. ok is false when nothing is to be asked.
func Question(prompts []assist.Prompt, a Asker, now time.Time) (q assist.Prompt, way string, ok bool) {
	if a.Off || !a.Last.IsZero() && now.Sub(a.Last) < shift {
		return q, "", false
	}
	var fit []assist.Prompt
	for _, p := range prompts {
		if p.Intelligence == assist.FrontLine && !p.Off && len(ways(p, a.Way)) > 0 {
			fit = append(fit, p)
		}
	}
	if len(fit) == 0 {
		return q, "", false
	}
	told := a.told()
	day := assist.DateOf(now).String()
	slices.SortFunc(fit, func(x, y assist.Prompt) int {
		return cmp.Or(told[topic(x.Topic)].Compare(told[topic(y.Topic)]),
			cmp.Compare(turn(a.Rep, day, string(x.ID)), turn(a.Rep, day, string(y.ID))), cmp.Compare(x.ID, y.ID))
	})
	said := ways(fit[0], a.Way)
	return fit[0], said[turn(a.Rep, day, "way")%uint64(len(said))], true
}

// told returns when the rep last told of each topic.
func (a Asker) told() map[string]time.Time {
	out := map[string]time.Time{}
	for _, i := range a.Told {
		key := topic(i.Topic)
		if i.Intelligence == assist.FrontLine && i.Rep == a.Rep && i.At.After(out[key]) {
			out[key] = i.At
		}
	}
	return out
}

func topic(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// ways returns the ways to put a question, without the words that were used last.
func ways(p assist.Prompt, last string) (out []string) {
	for _, w := range p.Ask {
		if w != last && strings.TrimSpace(w) != "" {
			out = append(out, w)
		}
	}
	return out
}

// turn is a number that is another one for each rep, day and thing.
func turn(rep assist.ID, day, of string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(string(rep) + "\x00" + day + "\x00" + of))
	x := h.Sum64() // whose last bytes hardly reach the high bits
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	return x ^ x>>33
}

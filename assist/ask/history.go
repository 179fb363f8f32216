package ask

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/search/text"
)

// history is what is known of a customer, what was tried with them, and what has a
// place in the running call.
type history struct {
	topics  map[string]bool    // known, refused or resting
	prompts map[assist.ID]bool // answered, refused or resting
	ways    map[string]bool    // offered first before, folded
	known   map[assist.Intelligence]int
	asked   map[assist.Intelligence]int
	tries   map[assist.ID]int
	dealt   map[assist.Intelligence]bool // in this call
	taken   int                          // places in this call
}

// history takes in all of a profile. What was tried lately rests only where rests says so;
// what was refused for good is closed either way.
func (t *Team) history(p glance.Profile, c Call, now time.Time, rests bool) history {
	h := history{topics: map[string]bool{}, prompts: map[assist.ID]bool{}, ways: map[string]bool{},
		known: map[assist.Intelligence]int{}, asked: map[assist.Intelligence]int{}, tries: map[assist.ID]int{},
		dealt: map[assist.Intelligence]bool{}}
	for _, n := range p.Heard {
		h.known[n.Intelligence]++
		t.close(&h, n.Prompt)
	}
	for _, i := range p.Insights {
		h.known[i.Intelligence]++
		h.topics[text.Fold(i.Topic)] = true
	}
	inCall := map[assist.ID]bool{}
	for _, a := range p.Asked {
		if asked := t.tried(&h, a, now, rests); asked && c.ID != "" && a.Call == c.ID {
			h.dealt[t.prompts[t.byID[a.Prompt]].Intelligence] = true
			inCall[a.Prompt] = inCall[a.Prompt] || a.Reply == assist.ReplyAsked
		}
	}
	for _, id := range c.Taken {
		if n, ok := t.byID[id]; ok {
			h.dealt[t.prompts[n].Intelligence] = true
			inCall[id] = true
			t.close(&h, id)
		}
	}
	for _, taken := range inCall {
		if taken {
			h.taken++
		}
	}
	delete(h.topics, "") // what has no topic says nothing about others without one
	return h
}

// close leaves out the prompt, and all of its topic.
func (t *Team) close(h *history, id assist.ID) {
	if n, ok := t.byID[id]; ok {
		h.prompts[id] = true
		h.topics[t.prompts[n].topic] = true
	}
}

// tried takes in what became of a prompt; false when it is none that is kept.
func (t *Team) tried(h *history, a assist.Asked, now time.Time, rests bool) bool {
	n, ok := t.byID[a.Prompt]
	way := text.Fold(a.Way)
	if ok && way == "" && len(t.prompts[n].ways) > 0 {
		way = t.prompts[n].ways[0]
	}
	h.ways[way] = true
	if !ok {
		return false
	}
	h.tries[a.Prompt]++
	h.asked[t.prompts[n].Intelligence]++
	since := now.Sub(a.At)
	if a.Reply == assist.ReplyNever || rests && (a.Reply == assist.ReplyNotNow && since < notNowRests ||
		a.Reply == assist.ReplyAsked && since < askedRests) {
		t.close(h, a.Prompt)
	}
	return true
}

func (h history) closed(q prompt) bool { return h.prompts[q.ID] || h.topics[q.topic] }

// waysLeft returns the ways to ask that were never offered first.
func (h history) waysLeft(q prompt) []string {
	var left []string
	for i, way := range q.ways {
		if !h.ways[way] && way != "" {
			left = append(left, q.Ask[i])
		}
	}
	return left
}

func (q prompt) meantFor(c assist.Customer) bool {
	kind := cmp.Or(c.Kind, assist.KindCustomer)
	if len(q.Kinds) > 0 && !slices.ContainsFunc(q.Kinds, func(k assist.Kind) bool {
		return cmp.Or(k, assist.KindCustomer) == kind
	}) {
		return false
	}
	return q.language == language(c.Language)
}

// language returns the main part of a BCP 47 tag; nothing said means English.
func language(tag string) string {
	main, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return cmp.Or(strings.ToLower(strings.TrimSpace(main)), "en")
}

// turn gives every prompt its place among equals, another one each day.
func turn(customer assist.ID, day string, prompt assist.ID) uint64 {
	h := fnv.New64a()
	h.Write([]byte(string(customer) + "\x00" + day + "\x00" + string(prompt)))
	// FNV hardly mixes the last bytes into the high ones; ids often differ only there.
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	return x ^ x>>33
}

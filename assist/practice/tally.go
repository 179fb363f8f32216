package practice

import (
	"slices"

	"ringside/assist"
)

// Heard is what a customer said when an answer was found and said to them.
type Heard struct {
	Words    string
	Customer assist.ID
}

// mostHeard is how many of these are kept for each answer.
const mostHeard = 5

// Tally is what the calls tell of the answers. The zero Tally knows of no call.
type Tally struct {
	asked map[assist.ID]int
	said  map[assist.ID]map[assist.ID]bool // by rep and answer
	heard map[assist.ID][]Heard            // by answer, those of the later calls
}

// Add takes a call in. What callers said whom nobody knows is not kept: their names could
// not be taken out of it.
func (t *Tally) Add(c assist.Call) {
	if t.asked == nil {
		t.asked, t.said, t.heard = map[assist.ID]int{}, map[assist.ID]map[assist.ID]bool{}, map[assist.ID][]Heard{}
	}
	for i, u := range c.Used {
		if !slices.ContainsFunc(c.Used[:i], func(v assist.Used) bool { return v.Answer == u.Answer }) {
			t.asked[u.Answer]++
		}
		if !u.Said && !u.Helped || u.Wrong {
			continue
		}
		if c.Rep != "" {
			if t.said[c.Rep] == nil {
				t.said[c.Rep] = map[assist.ID]bool{}
			}
			t.said[c.Rep][u.Answer] = true
		}
		if u.Heard != "" && c.Customer != "" {
			t.hear(u.Answer, Heard{u.Heard, c.Customer})
		}
	}
}

func (t *Tally) hear(answer assist.ID, h Heard) {
	list := t.heard[answer]
	if slices.ContainsFunc(list, func(o Heard) bool { return o.Words == h.Words }) {
		return
	}
	if len(list) == mostHeard {
		list = slices.Delete(list, 0, 1)
	}
	t.heard[answer] = append(list, h)
}

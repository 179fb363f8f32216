package insight

import (
	"fmt"
	"strings"

	"ringside/assist"
)

// Liked says in one line what customers love and wish for, by what they spoke of. It holds
// no words and no name of any customer, and never changes. The zero Liked says nothing.
type Liked struct{ subjects, topics map[string]string }

// mostLiked is how many matters a line names.
const mostLiked = 2

// LikedOf reads a Liked from patterns, in the order in which Book.Patterns gives them. What
// is not enough for a pattern is not said.
func LikedOf(patterns []Pattern) Liked {
	type both struct{ love, wish []string }
	felt, told := map[string]*both{}, map[string]*heardOf{}
	for _, p := range patterns {
		if p.Grade == NotYet || p.Matter == "" {
			continue
		}
		if p.Kind == Felt && p.Subject != "" {
			of := felt[key(p.Name)]
			if of == nil {
				of = &both{}
				felt[key(p.Name)] = of
			}
			words := fmt.Sprintf("%s (%d)", p.Matter, p.Customers)
			switch {
			case p.Feeling == assist.Love && len(of.love) < mostLiked:
				of.love = append(of.love, words)
			case p.Feeling == assist.Wish && len(of.wish) < mostLiked:
				of.wish = append(of.wish, words)
			}
		}
		at := topicKey(assist.Intelligence(p.Group), p.Matter)
		if told[at] == nil {
			told[at] = &heardOf{}
		}
		told[at].add(p)
	}
	l := Liked{map[string]string{}, map[string]string{}}
	for name, of := range felt {
		if len(of.love)+len(of.wish) > 0 {
			l.subjects[name] = inOne("loved for ", of.love, "wished: ", of.wish)
		}
	}
	for at, of := range told {
		l.topics[at] = of.String()
	}
	return l
}

// Of returns what customers love about something, and what they wish of it: "loved for
// comfort (7), wished: robots (6)", with how many different customers told each; "" when
// that is not known.
func (l Liked) Of(subject string) string { return l.subjects[key(subject)] }

// Told returns how much customers told about a topic: "8 customers told us; most named:
// Veldkraft"; "" when that is not known.
func (l Liked) Told(about assist.Intelligence, topic string) string {
	return l.topics[topicKey(about, topic)]
}

func key(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func topicKey(about assist.Intelligence, topic string) string {
	return key(string(about)) + "\x00" + key(topic)
}

func inOne(first string, a []string, second string, b []string) string {
	var parts []string
	if len(a) > 0 {
		parts = append(parts, first+strings.Join(a, " and "))
	}
	if len(b) > 0 {
		parts = append(parts, second+strings.Join(b, " and "))
	}
	return strings.Join(parts, "; ")
}

// heardOf is what is known of one topic.
type heardOf struct {
	customers int
	name      string // of the subject that most spoke of
	named     int
}

func (h *heardOf) add(p Pattern) {
	h.customers = max(h.customers, p.Customers)
	if p.Subject != "" && p.Name != "" && p.Customers > h.named {
		h.name, h.named = p.Name, p.Customers
	}
}

func (h heardOf) String() string {
	words := fmt.Sprintf("%d customers told us", h.customers)
	if h.name != "" {
		words += "; most of " + h.name
	}
	return words
}

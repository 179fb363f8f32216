package concierge

import (
	"cmp"
	"slices"
	"time"

	"ringside/assist"
)

// Use is an answer that a customer had need of.
type Use struct {
	Answer   assist.ID
	Customer assist.ID
	At       time.Time
}

// Suggestion is an answer that so many customers had need of that they may be in one
// incident.
type Suggestion struct {
	Answer    assist.ID
	Customers []assist.ID // each once, the first who asked first
	Since     time.Time   // when the first of them asked
}

// Fewest is how many customers must have need of one answer to be a Suggestion.
const Fewest = 3

const (
	lately = 24 * time.Hour
	// unusual is how many times the usual number of customers a day it must be: an answer
	// that is always asked for has more than its mean every other day.
	unusual = 2
)

// Alike returns the answers of which at least Fewest customers had need in the 24 hours
// until now, and at least twice as many as on a usual day before, the most customers
// first. What is usual comes from the earlier uses, from the first of all on. A customer
// counts once a day, and who was not known not at all. Who is in an open incident already
// is for the caller to leave out.
func Alike(uses []Use, now time.Time) []Suggestion {
	from := now.Add(-lately)
	latest, first := map[assist.ID][]Use{}, from
	type onDay struct {
		answer, customer assist.ID
		day              int
	}
	before, seen := map[assist.ID]int{}, map[onDay]bool{}
	for _, u := range uses {
		switch {
		case u.Customer == "" || u.Answer == "" || u.At.After(now):
		case u.At.After(from):
			latest[u.Answer] = append(latest[u.Answer], u)
		default:
			if u.At.Before(first) {
				first = u.At
			}
			d := onDay{u.Answer, u.Customer, int(from.Sub(u.At) / lately)}
			if !seen[d] {
				seen[d] = true
				before[u.Answer]++
			}
		}
	}
	days := int(from.Sub(first)/lately) + 1
	var out []Suggestion
	for answer, list := range latest {
		s := suggest(answer, list)
		if n := len(s.Customers); n >= Fewest && n*days >= unusual*before[answer] {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(len(b.Customers), len(a.Customers)), cmp.Compare(a.Answer, b.Answer))
	})
	return out
}

func suggest(answer assist.ID, uses []Use) Suggestion {
	slices.SortFunc(uses, func(a, b Use) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Customer, b.Customer)) })
	s := Suggestion{Answer: answer, Since: uses[0].At}
	seen := map[assist.ID]bool{}
	for _, u := range uses {
		if !seen[u.Customer] {
			seen[u.Customer] = true
			s.Customers = append(s.Customers, u.Customer)
		}
	}
	return s
}

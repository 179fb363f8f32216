// Package heard reads what a customer said, in a note, a reply or the box: which
// products, competitors and places they named, what they love, hate, think, believe,
// feel or wish, whom of us they praise, and whether they recommend us. What it finds is
// a proposal that the rep keeps with one key or lets go; where it is not sure it finds
// nothing. It reads English.
package heard

import (
	"cmp"
	"slices"
	"strings"

	"ringside/assist"
)

// Reader knows the subjects and the team. It never changes, and any goroutine may use it.
type Reader struct {
	subjects *list
	team     team
}

// New returns a Reader of these subjects and reps. Subjects that are listed first win
// where two have one name.
func New(subjects []assist.Subject, reps []assist.Rep) *Reader {
	return &Reader{newList(slices.Clone(subjects)), newTeam(reps)}
}

// Found is what was heard in a text.
type Found struct {
	Names    []Name    // in the order of the text
	Insight  *Insight  // what is worth keeping, of what was said last; nil for nothing
	Praise   *Praise   // of the last who was praised; nil for nobody
	Advocate *Advocate // nil when nobody is told of us
}

// Praise is what a customer praised in one of us.
type Praise struct {
	Rep   assist.ID
	Words string // the customer's: the sentence
}

// Advocate is how a customer praises us to others.
type Advocate struct {
	Words string // the customer's: the sentence
}

// Read returns what was heard from a customer; zero when nobody knows who it is. Of a
// text of more than 8 KB it reads the end.
func (r *Reader) Read(text string, c assist.Customer) Found {
	var out Found
	owned := belongings(c)
	for _, s := range cut(text) {
		begin := len(out.Names)
		out.Names = r.subjects.in(s, out.Names)
		out.Names = owned.beside(s, out.Names, begin)
		p := plainly(s)
		words := s.text(text)
		rep, praised := r.team.praised(p, c)
		if praised {
			out.Praise = &Praise{rep, words}
		}
		if i := insight(p, out.Names[begin:], owned, words); i != nil && !(praised && i.About == assist.AboutUs) {
			out.Insight = i
		}
		if advocates(p) {
			out.Advocate = &Advocate{words}
		}
	}
	return out
}

// things are what a customer has, as names to look for.
type things struct {
	*list
	makers map[string]string // by product
}

// belongings returns the products of a customer, and who made those that are not ours.
func belongings(c assist.Customer) things {
	if len(c.Owns) == 0 {
		return things{}
	}
	var subjects []assist.Subject
	makers := make(map[string]string, len(c.Owns))
	for _, p := range c.Owns {
		makers[p.Name] = p.Maker
		subjects = append(subjects, assist.Subject{Kind: assist.AboutProduct, Name: p.Name})
		if p.Maker != "" {
			subjects = append(subjects, assist.Subject{Kind: assist.AboutCompetitor, Name: p.Maker})
		}
	}
	return things{newList(subjects), makers}
}

// beside adds the names of things to those of a sentence that are there from begin on,
// where they do not stand in the same place.
func (t things) beside(s sentence, names []Name, begin int) []Name {
	if t.list == nil {
		return names
	}
	known := len(names)
	for _, n := range t.in(s, nil) {
		taken := slices.ContainsFunc(names[begin:known], func(k Name) bool { return n.first <= k.last && k.first <= n.last })
		if !taken {
			names = append(names, n)
		}
	}
	slices.SortFunc(names[begin:], func(a, b Name) int { return cmp.Compare(a.From, b.From) })
	return names
}

// Honest is what is frankly true of a competitor.
type Honest struct {
	Name         string
	Theirs, Ours []string // where they are better, and where we are
	Source       string   // who answers for it and since when, or that nothing is written yet
}

// Honest returns the card of the competitor, or of the product of others, that was named
// last; nil when none was.
func (r *Reader) Honest(names []Name) *Honest {
	for _, n := range slices.Backward(names) {
		s := n.Subject
		if s.Kind != assist.AboutCompetitor && len(s.Theirs) == 0 {
			continue
		}
		h := &Honest{Name: s.Name, Theirs: s.Theirs, Ours: s.Ours, Source: "nothing written yet"}
		if len(s.Theirs)+len(s.Ours) > 0 {
			h.Source = r.source(s)
		}
		return h
	}
	return nil
}

func (r *Reader) source(s assist.Subject) string {
	var parts []string
	if name := r.team.names[s.Owner]; name != "" {
		parts = append(parts, name)
	}
	if s.Verified.IsZero() {
		return strings.Join(append(parts, "not verified yet"), ", ")
	}
	return strings.Join(append(parts, "verified "+s.Verified.String()), ", ")
}

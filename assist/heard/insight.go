package heard

import "ringside/assist"

// Insight is what one key would keep of what was said.
type Insight struct {
	Intelligence assist.Intelligence
	Feeling      assist.Feeling     // empty when none was told
	About        assist.SubjectKind // empty when it is about the market at large
	Subject      string             // its name, as the list writes it; empty for us and for whoever has none there
	Text         string             // the customer's words: the sentence
	Why          string             // what it was read from, for the rep
}

// insight reads one sentence; nil when there is nothing in it that is worth keeping.
func insight(p plainOf, names []Name, owned things, text string) *Insight {
	if len(p.w) < 2 || len(p.w) > longestSaid {
		return nil
	}
	f, ok := feel(p)
	if p.question() && !(ok && f.feeling == assist.Wish) {
		return nil
	}
	out := ofName(p, names, f, ok, owned)
	if out == nil {
		out = ofUs(p, f, ok)
	}
	if out == nil {
		out = ofMarket(p, f, ok)
	}
	if out == nil {
		out = ofPerson(p, f, ok)
	}
	if out != nil {
		out.Text = text
	}
	return out
}

// longestSaid is of how many words a sentence is read: what is longer was not said in one
// breath.
const longestSaid = 80

// ofName reads a sentence that names a subject.
func ofName(p plainOf, names []Name, f felt, ok bool, owned things) *Insight {
	if len(names) == 0 {
		return nil
	}
	n, why := names[0], ""
	if ok {
		n = nearest(p, names, f)
		why = "; “" + f.said + "”"
	}
	kind, feeling := n.Subject.Kind, f.feeling
	switch {
	case !ok:
		feeling = judges(p, p.behind(n))
	case f.refused:
		feeling = ""
	}
	rival := kind == assist.AboutCompetitor || kind == assist.AboutPlace || kind == assist.AboutProduct && theirs(n.Subject, owned)
	if !rival && (feeling == "" || f.opinion() && !evaluates(p)) {
		return nil // "I think the saw is in the van"
	}
	return &Insight{Intelligence: intelligenceOf(kind, rival), Feeling: feeling, About: kind, Subject: subjectName(n.Subject), Why: "names " + n.Subject.Name + why}
}

func subjectName(s assist.Subject) string {
	if s.Kind == assist.AboutUs {
		return ""
	}
	return s.Name
}

func intelligenceOf(kind assist.SubjectKind, rival bool) assist.Intelligence {
	switch {
	case kind == assist.AboutPlace:
		return assist.Market
	case rival:
		return assist.Competitive
	}
	return assist.Relationship
}

// theirs reports whether a product is not ours: another made it, or it has a card that
// says where others are better.
func theirs(s assist.Subject, owned things) bool {
	if len(s.Theirs) > 0 {
		return true
	}
	return owned.makers[s.Name] != ""
}

// nearest returns the name that a feeling is about: the first behind its words; else, for
// "it", what the sentence began with; else the last before.
func nearest(p plainOf, names []Name, f felt) Name {
	begin := p.at[f.from]
	for _, n := range names {
		if f.kind != turnedCue && n.first >= begin {
			return n
		}
	}
	if p.word(f.to) == "it" {
		return names[0]
	}
	return names[len(names)-1]
}

// behind returns the plain word behind a name.
func (p plainOf) behind(n Name) int {
	for i, at := range p.at {
		if at > n.last {
			return i
		}
	}
	return len(p.w)
}

// evaluates reports whether a thought judges something.
func evaluates(p plainOf) bool {
	for _, w := range p.w {
		if good[w] || bad[w] || praising[w] || judging[w] {
			return true
		}
	}
	return false
}

// ofUs reads a sentence that speaks of us.
func ofUs(p plainOf, f felt, ok bool) *Insight {
	about := &Insight{Intelligence: assist.Relationship, About: assist.AboutUs, Why: "speaks of us"}
	if ok {
		if f.refused || !speaksOfUs(p, f) {
			return nil
		}
		about.Feeling, about.Why = f.feeling, "speaks of us; “"+f.said+"”"
		return about
	}
	for i, w := range p.w {
		if w == "your" || w == "you" && being[p.word(i+1)] || w == "youre" {
			from := i
			if w == "youre" {
				from = i - 1
			}
			if about.Feeling = judges(p, from); about.Feeling != "" {
				return about
			}
		}
	}
	return loyal(p)
}

// speaksOfUs reports whether what a feeling is about is us. In a note of a rep, "she hates
// our hold music" is about us too.
func speaksOfUs(p plainOf, f felt) bool {
	yours := yours
	if p.noted(f.from) {
		yours = yoursAndOurs
	}
	switch {
	case f.opinion():
		return p.any(f.to, f.to+3, yours) && evaluates(p)
	case f.feeling == assist.Feel:
		return p.any(f.to, f.to+7, yours)
	case f.feeling == assist.Wish:
		return p.any(f.from, f.to+3, yours)
	case f.kind == turnedCue:
		return p.any(0, f.from, yours)
	}
	within := 3
	if clauses[p.word(f.to)] {
		within = 8 // "I love that I can ring you"
	}
	return p.any(f.to, f.to+within, yours)
}

var clauses = set("that how when it")

var (
	staying = phrasesOf("customer for", "customers for", "customer since", "customers since", "from you since", "with you since", "with you for",
		"from you for", "dealt with you for", "dealt with you since", "only people who")
	spell = set("year years since who ever")
)

// loyal reads how long somebody has been with us.
func loyal(p plainOf) *Insight {
	for i := range p.w {
		if p.startsAny(i, staying) && (p.any(0, i, persons) || p.any(0, i, yours)) && !p.any(0, i, refusals) && p.any(i, len(p.w), spell) {
			return &Insight{Intelligence: assist.Relationship, About: assist.AboutUs, Why: "says how long they have been with us"}
		}
	}
	return nil
}

package heard

import (
	"strings"

	"ringside/assist"
)

// Insight is what one key would keep of what was said.
type Insight struct {
	Intelligence assist.Intelligence
	Feeling      assist.Feeling     // empty when none was told
	About        assist.SubjectKind // empty when it is about the market at large
	Subject      string             // its name, as the list writes it; empty for us and for a person
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
	n := names[0]
	if ok {
		n = nearest(p, names, f)
	}
	kind := n.Subject.Kind
	rival := kind == assist.AboutCompetitor || kind == assist.AboutPlace || kind == assist.AboutProduct && theirs(n.Subject, owned)
	feeling := assist.Feeling("")
	switch {
	case ok && !f.refused:
		feeling = f.feeling
	case !ok:
		feeling = judges(p, p.behind(n))
	}
	if ok && f.kind == thought && !rival && !evaluates(p) && f.feeling != assist.Feel {
		return nil // "I think the saw is in the van"
	}
	if feeling == "" && !rival {
		return nil
	}
	why := "names " + n.Subject.Name
	if ok {
		why += "; “" + f.said + "”"
	}
	return &Insight{Intelligence: intelligenceOf(kind, rival), Feeling: feeling, About: kind, Subject: subjectName(n.Subject), Why: why}
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
		if n.first >= begin {
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
	case f.kind == thought && f.feeling == assist.Feel:
		return p.any(f.to, f.to+7, yours)
	case f.kind == thought:
		return p.any(f.to, f.to+3, yours) && evaluates(p)
	case f.feeling == assist.Wish:
		return p.any(f.from, f.to+3, yours)
	}
	return p.any(f.to, f.to+3, yours)
}

// loyal reads how long somebody has been with us.
func loyal(p plainOf) *Insight {
	for i := range p.w {
		customer := p.has(i, "customer", "for") || p.has(i, "customers", "for") || p.has(i, "customer", "since") || p.has(i, "customers", "since")
		with := p.has(i, "from", "you", "since") || p.has(i, "with", "you", "since") || p.has(i, "with", "you", "for") || p.has(i, "from", "you", "for")
		long := p.has(i, "dealt", "with", "you") || p.has(i, "bought", "from", "you", "for") || p.has(i, "only", "people", "who") && p.any(0, i, yours)
		if (customer || with || long && p.any(i, len(p.w), set("years year since who"))) && (p.any(0, i, persons) || p.any(0, i, yours)) && !p.any(0, i, refusals) {
			return &Insight{Intelligence: assist.Relationship, About: assist.AboutUs, Why: "says how long they have been with us"}
		}
	}
	return nil
}

var (
	crowds = phrasesOf("everyone", "everybody", "nobody", "no one", "people", "most of our clients", "most of our customers", "most of my clients",
		"most of my customers", "most people", "my neighbours", "our neighbours", "the neighbours", "our clients", "my clients", "our customers", "my customers", "my friends", "folk", "lots of people",
		"the lads", "half of our street", "half the street", "half the village", "our street", "the whole street", "most of my neighbours", "most of our neighbours",
		"all of my neighbours", "half of my clients", "half our clients", "the young ones", "younger people", "young people")
	trading = set("buying buys buy wants want wanting asks ask asking going switching switch ordering paying spending using use prefer prefers bothers bother")
	lately  = set("any anymore now days nowadays")
	moves   = set("up down roof rise risen rising rise fall fallen falling dropped drop dropping higher lower doubled soaring climbing crazy silly mad sky sensible stupid daft")
	habits  = set("always usually mostly most now only often days everything all")
	trades  = set("online secondhand ebay amazon auction auctions abroad")
)

func phrasesOf(list ...string) (out [][]string) {
	for _, p := range list {
		out = append(out, strings.Fields(p))
	}
	return out
}

// ofMarket reads what moves in the market: what others buy, prices, where people shop.
func ofMarket(p plainOf, f felt, ok bool) *Insight {
	why := ""
	for i, w := range p.w {
		switch {
		case crowdAt(p, i):
			why = "says what others do"
		case (p.w[i] == "prices" || p.w[i] == "costs") && p.word(i-1) != "your" && p.any(i+1, i+7, moves):
			why = "speaks of prices"
		case (p.w[i] == "shop" || p.w[i] == "store" || p.w[i] == "shops") && (p.any(i+1, i+3, shutting)) && p.word(i-1) != "your":
			why = "tells of a shop"
		case p.w[i] == "spending" && (p.word(i+1) == "less" || p.word(i+1) == "more"), p.has(i, "cutting", "back"), p.has(i, "tightening", "our", "belts"):
			why = "says what they spend"
		case (w == "business" || w == "trade") && possessives[p.word(i-1)] || (w == "business" || w == "trade") && possessives[p.word(i-2)]:
			if p.any(i+1, i+4, busy) {
				why = "says how business is"
			}
		}
	}
	if why == "" && shopsElsewhere(p) {
		why = "says where they buy"
	}
	if why == "" {
		return nil
	}
	out := &Insight{Intelligence: assist.Market, Why: why}
	if ok && !f.refused {
		out.Feeling = f.feeling
	}
	return out
}

var busy = set("quiet slow busy booming down dead good bad")

var shutting = set("closed closes closing opened shut")

func crowdAt(p plainOf, i int) bool {
	for _, c := range crowds {
		if !p.has(i, c...) {
			continue
		}
		end := i + len(c)
		if p.any(end, end+5, trading) {
			return true
		}
		if (p.word(end) == "have" || p.word(end) == "has") && p.spoken(end, lately) {
			return true
		}
	}
	return false
}

// spoken is any for all that stands behind a plain word, fillers too.
func (p plainOf) spoken(from int, in map[string]bool) bool {
	if from >= len(p.at) {
		return false
	}
	for _, w := range p.words[p.at[from]:] {
		if in[w.text] {
			return true
		}
	}
	return false
}

// shopsElsewhere reports whether it is somebody's habit to buy otherwise than from us.
func shopsElsewhere(p plainOf) bool {
	for i, w := range p.w {
		if (w == "buy" || w == "shop" || w == "order" || w == "get" || w == "buys") && p.any(0, i, persons) && p.spoken(0, habits) {
			if p.any(i+1, i+8, trades) || p.hasBehind(i, "car", "boot") || p.hasBehind(i, "second", "hand") || p.hasBehind(i, "at", "the", "market") {
				return !p.any(0, i, refusals)
			}
		}
	}
	return false
}

func (p plainOf) hasBehind(i int, words ...string) bool {
	for k := i + 1; k < len(p.w); k++ {
		if p.has(k, words...) {
			return true
		}
	}
	return false
}

var events = phrasesOf("getting married", "got married", "get married", "retired", "moving house", "moved house", "had baby", "having baby", "expecting baby",
	"birthday", "started at university", "starting university", "starts university", "started university", "started school", "starting school", "starts school",
	"new job", "wedding", "anniversary", "hard of hearing", "deaf", "prefer to", "would prefer", "prefer email", "prefer text", "prefer phone",
	"had an operation", "in hospital", "passed away", "new grandchild", "new puppy", "new dog", "on holiday", "going on holiday", "off to college", "off to university", "on shifts", "on nights", "work nights", "work shifts",
	"best to ring me", "best to call me", "best to email me", "best to text me", "best to ring", "best to call", "best time to ring", "best time to call", "years old", "im seventy", "im eighty", "im ninety", "im sixty", "im pensioner")

// ofPerson reads what somebody tells of themselves and theirs.
func ofPerson(p plainOf, f felt, ok bool) *Insight {
	out := &Insight{Intelligence: assist.Relationship, About: assist.AboutPerson}
	if ok && !f.refused && (f.kind == verbCue || f.kind == plainCue) && (f.feeling == assist.Love || f.feeling == assist.Hate) && (f.family || substance(p, f)) {
		out.Feeling, out.Why = f.feeling, "“"+f.said+"”"
		return out
	}
	if !p.any(0, len(p.w), persons) && !p.any(0, len(p.w), possessives) {
		return nil
	}
	for i := range p.w {
		for _, e := range events {
			if p.has(i, e...) {
				out.Why = "tells of themselves: “" + strings.Join(e, " ") + "”"
				return out
			}
		}
	}
	for i, w := range p.words { // "I'd rather have"
		if w.text == "rather" && i > 0 && would[p.words[i-1].text] && i+1 < len(p.words) {
			out.Why = "says what they prefer"
			return out
		}
	}
	return nil
}

var empty = set("it that this them these those him her one ones what how")

// substance reports whether a feeling is about something that has a name of its own.
func substance(p plainOf, f felt) bool {
	next := p.word(f.to)
	for i := f.to; next == "the" || next == "my" || next == "our"; {
		i++
		next = p.word(i)
	}
	return next != "" && !empty[next] && !persons[next] && !calendar[next] && (f.from > 0 || len(p.w) > 3)
}

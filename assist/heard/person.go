package heard

import (
	"strings"

	"ringside/assist"
)

// events are what people tell of themselves.
var events = phrasesOf("getting married", "got married", "get married", "wedding", "anniversary", "birthday", "had baby", "having baby", "expecting baby", "new grandchild",
	"passed away", "retired", "new job", "moving house", "moved house", "started at university", "started university", "starting university", "starts university",
	"started school", "starting school", "starts school", "off to college", "off to university", "in hospital", "had an operation", "had stroke", "had heart attack", "had fall", "off to", "getting on", "hard of hearing", "deaf",
	"new puppy", "new dog", "on holiday", "on shifts", "on nights", "work nights", "work shifts", "years old", "im sixty", "im seventy", "im eighty", "im ninety",
	"id rather", "would rather", "prefer to", "would prefer", "id prefer", "i prefer", "we prefer", "she prefers", "he prefers", "prefer email", "prefer text", "best to ring", "best to call", "best to email", "best to text", "best time to ring", "best time to call")

// ofPerson reads what somebody tells of themselves and theirs.
func ofPerson(p plainOf, f felt, ok bool) *Insight {
	out := &Insight{Intelligence: assist.Relationship, About: assist.AboutPerson}
	if ok && f.warm() && (f.family || substance(p, f)) {
		out.Feeling, out.Why = f.feeling, "“"+f.said+"”"
		return out
	}
	if !p.any(0, len(p.w), persons) && !p.any(0, len(p.w), possessives) && !p.any(0, len(p.w), would) {
		return nil
	}
	for i := range p.w {
		if e := p.startAt(i, events); e != nil {
			out.Why = "tells of themselves: “" + strings.Join(e, " ") + "”"
			return out
		}
	}
	return nil
}

// strong are feelings that need no name to be told.
var strong = map[string]bool{"cant stand": true, "cannot stand": true, "can not stand": true, "cant bear": true, "cannot bear": true, "cant abide": true}

// warm reports whether it is love or hate, and no mere liking.
func (f felt) warm() bool {
	return !f.refused && (f.kind == verbCue || strong[f.said]) && (f.feeling == assist.Love || f.feeling == assist.Hate)
}

var (
	articles = set("the my our")
	hollow   = set("it that this them these those him her one ones what how")
)

// substance reports whether a feeling is about something that has a name of its own.
func substance(p plainOf, f felt) bool {
	i := f.to
	for articles[p.word(i)] {
		i++
	}
	next := p.word(i)
	return next != "" && !hollow[next] && !persons[next] && !calendar[next] && (f.from > 0 || len(p.w) > 3)
}

package heard

import (
	"slices"
	"strings"

	"ringside/assist"
)

// mostUnlisted is how many new names one text proposes.
const mostUnlisted = 5

// Unlisted returns names that are used like those of products, competitors or places and
// are in no list yet, for a person to take in: subjects without an id, of a kind that is
// guessed. The names of the customer, of the team and of where the customer lives are
// none.
func (r *Reader) Unlisted(text string, c assist.Customer) (out []assist.Subject) {
	owned := belongings(c)
	known := set(strings.Join(append(append(wordsOf(c.Name), wordsOf(c.CallMe)...), append(wordsOf(c.City), wordsOf(c.Address)...)...), " "))
	for _, s := range cut(text) {
		names := r.subjects.in(s, nil)
		names = owned.beside(s, names, 0)
		for i := 0; i < len(s.words); {
			n := r.strangers(s, i, known, names)
			if n == 0 {
				i++
				continue
			}
			kind, ok := usedAs(s, i, n)
			name := strings.Join(strings.Fields(text[s.words[i].from:s.words[i+n-1].to]), " ")
			name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
			if ok && len(out) < mostUnlisted && !slices.ContainsFunc(out, func(o assist.Subject) bool { return strings.EqualFold(o.Name, name) }) {
				out = append(out, assist.Subject{Kind: kind, Name: name})
			}
			i += n
		}
	}
	return out
}

// strangers returns how many words from i on are written as one name that nobody knows:
// one word that is no everyday one, or several with capitals ("Tool Station").
func (r *Reader) strangers(s sentence, i int, known map[string]bool, names []Name) (n int) {
	strange := false
	for i+n < len(s.words) && n < 3 {
		w := s.words[i+n]
		if taken(names, i+n) || n > 0 && (s.words[i+n-1].owner || !s.beside(i+n)) {
			break
		}
		model := n > 0 && (w.digit || w.shout && len(w.text) <= 3) // the X200 of "Makuto X200"
		if !model && !r.mayBeBrand(s, i+n, known) {
			break
		}
		strange = strange || !common[w.text]
		n++
	}
	if !strange && n < 2 {
		return 0
	}
	return n
}

// beside reports whether nothing but a blank or a hyphen stands before a word.
func (s sentence) beside(i int) bool {
	return s.words[i].from-s.words[i-1].to == 1 && !s.words[i-1].comma
}

func taken(names []Name, i int) bool {
	return slices.ContainsFunc(names, func(n Name) bool { return n.first <= i && i <= n.last })
}

// notBrands are written with a capital and are no name of a product or a shop.
var notBrands = set("i im id ill ive english british german french spanish italian dutch swedish japanese chinese american european scottish welsh irish " +
	"europe england britain scotland wales ireland germany france spain italy sweden japan china america london leeds york manchester birmingham " +
	"liverpool sheffield bradford glasgow edinburgh bristol harrogate hull " +
	"mr mrs miss ms dr sir madam lord lady god vat diy asap tv uk usa eu faq pdf dvd sms pin ok id nhs bbc gps ac dc hd led usb wifi " +
	"paypal whatsapp youtube iphone ipad linkedin facetime powerpoint ringside")

// mayBeBrand reports whether a word is written as a name and is that of nobody and
// nothing else.
func (r *Reader) mayBeBrand(s sentence, i int, known map[string]bool) bool {
	w := s.words[i]
	key := w.text
	if w.owner {
		key = strings.TrimSuffix(key, "s")
	}
	switch {
	case len(key) < 3 || s.shouts || r.team.called[key] || known[key] || known[w.text] || notBrands[key] || calendar[key]:
		return false
	case w.inner:
		return !strings.HasPrefix(key, "mc") && !strings.HasPrefix(key, "mac")
	}
	return i > 0 && w.capital && !families[key] && !praising[key] && !bad[key]
}

var (
	aside    = set("over down up round")
	shopping = set("bought got get ordered purchased buy buys order shop shops shopped getting buying saw found find one it mine them some hers his theirs")
	machines = set("saw saws chainsaw chainsaws mower mowers trimmer trimmers strimmer strimmers blower blowers drill drills battery batteries machine machines tool tools " +
		"hedgecutter cutter tractor engine motor chipper shredder washer pump generator robot model charger blade blades kettle phone printer car van bike")
	leaving   = set("switched switching changed changing compared compare switch")
	going     = set("going gone went moved moving go move")
	comparing = set("cheaper better dearer faster slower worse rather more less other")
	rivals    = set("shop shops store stores dealer dealers place places competitors firms rivals")
	having    = set("bought own owns use uses tried ordered want wants")
	owning    = set("have has had got")
	dealing   = set("sell sells make makes charge charges offer offers deliver delivers do does are is have has were was gave give quoted")
	bearing   = set("a an the my our his her their another new old")
)

// around is what stands around a name: the words before it, the nearest first, and the
// one behind.
type around struct {
	before [5]string
	behind string
	inner  bool // the name has a capital within: nothing but a name is written so
	model  bool // or it has a figure in it
}

// usedAs tells by what stands around a name whether it is used as that of a product, a
// competitor or a place, and of which.
func usedAs(s sentence, i, n int) (kind assist.SubjectKind, ok bool) {
	a := around{inner: s.words[i].inner, model: s.words[i+n-1].digit}
	for k := range min(len(a.before), i) {
		a.before[k] = s.words[i-1-k].text
	}
	if i+n < len(s.words) {
		a.behind = s.words[i+n].text
	}
	switch {
	case a.place():
		return assist.AboutPlace, true
	case a.rival():
		return assist.AboutCompetitor, true
	case a.product():
		return assist.AboutProduct, true
	}
	return assist.AboutCompetitor, a.inner
}

// near reports whether one of the words shortly before the last is in the set.
func (a around) near(in map[string]bool) bool { return in[a.before[1]] || in[a.before[2]] }

func (a around) place() bool {
	switch a.before[0] {
	case "at":
		return aside[a.before[1]] || a.near(shopping) || shopping[a.before[3]] || shopping[a.before[4]]
	case "from":
		return a.near(shopping) || shopping[a.before[3]] || shopping[a.before[4]]
	}
	return false
}

func (a around) rival() bool {
	switch a.before[0] {
	case "to", "with":
		return a.near(leaving) || a.inner && a.near(going)
	case "than":
		return a.near(comparing)
	case "at":
		return comparing[a.before[1]]
	case "of":
		return a.before[1] == "instead"
	case "like":
		return a.near(rivals)
	}
	return dealing[a.behind] && (rivals[a.before[0]] || rivals[a.before[1]])
}

func (a around) product() bool {
	if machines[a.behind] && (shopping[a.before[0]] || shopping[a.before[1]]) {
		return true
	}
	return bearing[a.before[0]] && (machines[a.behind] || a.near(having) || (a.inner || a.model) && a.near(owning))
}

package heard

import (
	"strings"

	"ringside/assist"
)

// team is the reps by how customers call them.
type team struct {
	first  map[string]assist.ID // by first name; empty where two share it
	whole  map[string]assist.ID // by first and last name
	called map[string]bool      // every word of every name
	names  map[assist.ID]string
}

func newTeam(reps []assist.Rep) team {
	t := team{map[string]assist.ID{}, map[string]assist.ID{}, map[string]bool{}, map[assist.ID]string{}}
	for _, r := range reps {
		t.names[r.ID] = r.Name
		words := wordsOf(r.Name)
		if len(words) == 0 {
			continue
		}
		if other, known := t.first[words[0]]; known && other != r.ID {
			t.first[words[0]] = ""
		} else {
			t.first[words[0]] = r.ID
		}
		for _, w := range words {
			t.called[w] = true
		}
		t.whole[strings.Join(words, " ")] = r.ID
	}
	return t
}

// wordsOf returns the words of a name as they are compared.
func wordsOf(name string) (out []string) {
	for _, s := range cut(name) {
		for _, w := range s.words {
			out = append(out, w.text)
		}
	}
	return out
}

// at returns the rep whose name begins at a plain word, and the plain word behind it.
func (t team) at(p plainOf, i int, c assist.Customer) (rep assist.ID, next int, ok bool) {
	if _, known := t.first[p.w[i]]; !known {
		return "", 0, false
	}
	for n := 4; n > 1; n-- {
		if i+n <= len(p.w) {
			if rep, ok = t.whole[strings.Join(p.w[i:i+n], " ")]; ok {
				return rep, i + n, true
			}
		}
	}
	w := p.words[p.at[i]]
	if rep = t.first[p.w[i]]; rep == "" || (common[p.w[i]] || calendar[p.w[i]]) && !w.capital {
		return "", 0, false
	}
	if own := wordsOf(c.Name); len(own) > 0 && own[0] == p.w[i] {
		return "", 0, false // they speak of themselves
	}
	return rep, i + 1, true
}

// praised returns the rep whom a sentence praises.
func (t team) praised(p plainOf, c assist.Customer) (assist.ID, bool) {
	if p.asks && !p.any(0, len(p.w), gratitude) {
		return "", false
	}
	for i := range p.w {
		rep, next, ok := t.at(p, i, c)
		if ok && (marvels(p, i, next) || praises(p, next) || praisesLater(p, next) || thanked(p, i, next)) {
			return rep, true
		}
	}
	return "", false
}

var (
	gratitude = set("thank thanks kudos")
	begging   = set("please pass cant cannot can could want like")
	gifts     = set("pat medal raise promotion hug thanks")
	were      = set("is was has hes shes been")
	deeds     = phrasesOf("went out of", "went above", "went beyond", "went extra", "went the extra", "deserves", "couldnt have been", "could not have been", "cant do enough",
		"did brilliant", "did great", "did wonderful", "did fantastic", "did good", "did an amazing", "did an excellent", "saved my", "saved me", "saved the", "sorted it", "sorted everything",
		"sorted me", "made my day", "bent over", "is worth", "is the best", "was the best", "is credit", "looked after me", "looked after us", "took such good care", "took good care",
		"couldnt do enough", "has been the best", "has patience of", "has the patience of", "knows his stuff", "knows her stuff", "knows what hes", "knows what shes")
	honours = phrasesOf("kudos to", "praise for", "compliments to", "hats off to", "well done to", "thanks to", "credit to", "thank you to", "grateful to", "pat on the back for", "love to praise", "compliment")
)

// praises reports whether what stands behind a rep's name is praise.
func praises(p plainOf, next int) bool {
	if p.startsAny(next, deeds) {
		return true
	}
	for were[p.word(next)] {
		next++
		if refusals[p.word(next)] {
			return false
		}
		for k := next; k < next+2; k++ {
			if refusals[p.word(k)] {
				return false
			}
			if praising[p.word(k)] {
				return true
			}
		}
	}
	return false
}

// marvels reports whether it is "What a lovely girl Ewa is".
func marvels(p plainOf, i, next int) bool {
	return p.word(0) == "what" && were[p.word(next)] && p.any(1, i, praising)
}

// praisesLater is praises for what stands a little behind the name: "Ewa on your desk is a
// star", "I spoke to Ewa and she was lovely".
func praisesLater(p plainOf, next int) bool {
	switch p.word(next) {
	case "on", "in", "from", "at", "over", "the", "of", "who":
	default:
		for k := next; k < next+5; k++ {
			if (p.word(k) == "she" || p.word(k) == "he") && (k == next || p.word(k-1) == "and") {
				return praises(p, k+1)
			}
		}
		return false
	}
	for k := next + 1; k < next+8; k++ {
		if persons[p.word(k)] || refusals[p.word(k)] {
			return false
		}
		if praises(p, k) {
			return true
		}
	}
	return false
}

// thanked reports whether somebody is asked to thank a rep, or thanks them by name to
// others. "Thank you, Anna" is said to Anna herself, at the end of every call.
func thanked(p plainOf, i, next int) bool {
	for _, h := range honours {
		if p.has(i-len(h), h...) {
			return true
		}
	}
	switch p.word(i - 1) {
	case "thank":
		return p.word(next) == "for" || p.word(next) == "enough" || p.any(0, i-1, begging)
	case "tell":
		return tells(p, next)
	case "give":
		return p.any(next, next+4, gifts)
	}
	return false
}

// tells reports whether what a rep is to be told is praise or thanks.
func tells(p plainOf, next int) bool {
	for k := next; k < next+2; k++ {
		switch p.word(k) {
		case "thanks", "thank":
			return true
		case "she", "he", "they", "hes", "shes":
			return p.any(k, k+5, praising) && !p.any(k, k+5, refusals)
		}
	}
	return false
}

var (
	others = set("sister brother mother mum dad father son daughter wife husband partner friend friends neighbour neighbours neighbor neighbors " +
		"colleague colleagues boss family everyone everybody people anyone anybody all him her them clients customers cousin aunt uncle mates mate folk street club")
	recommends = set("recommend recommended recommending recommends")
	telling    = set("told tell telling tells")
	mentioning = set("mention mentioned")
	sending    = set("sent send sending")
	giving     = set("gave passed given pass give")
	writing    = set("left gave wrote posted put leave write")
	starry     = set("five star stars good great glowing brilliant lovely nice excellent positive 5")
	byThem     = phrasesOf("because of me", "on my recommendation", "through me", "after i raved", "because i raved")
	ofUsToThem = phrasesOf("about you", "about your", "to you", "from you", "how good you", "ring you", "call you", "of you")
	yourDoor   = phrasesOf("your way", "to you")
	yourName   = phrasesOf("your number", "your name", "your card", "your details")
)

// advocates reports whether somebody praises or recommends us to others.
func advocates(p plainOf) bool {
	if p.question() {
		return false
	}
	for i := range p.w {
		if !p.any(i-4, i, refusals) && advocatesAt(p, i) {
			return true
		}
	}
	return false
}

func advocatesAt(p plainOf, i int) bool {
	switch w := p.w[i]; {
	case recommends[w]:
		return recommending(p, i)
	case telling[w]:
		return p.any(i+1, i+5, others) && p.anyOf(i+1, ofUsToThem)
	case mentioning[w]:
		return yours[p.word(i+1)] && p.any(i+2, i+6, others)
	case sending[w]:
		return p.any(i+1, i+6, others) && p.anyOf(i+1, yourDoor)
	case giving[w] && p.any(i+1, i+4, others):
		return p.anyOf(i+1, yourName)
	case w == "review":
		return p.any(0, i, writing) && p.any(i-5, i, starry)
	case w == "praises":
		return p.word(i-1) == "your"
	}
	return p.startsAny(i, byThem) && (p.any(0, i, yours) || p.any(0, i, others))
}

func recommending(p plainOf, i int) bool {
	if !p.any(i+1, i+3, yours) || p.hasBehind(i, "but", "not") {
		return false
	}
	return i == 0 || p.any(0, i, persons) || p.any(0, i, would)
}

package promise

import (
	"regexp"
	"strings"
	"time"
)

// person is who acts, as the words in front of a verb say it.
type person int

const (
	missing person = iota // in notes, the rep
	first
	second
	third
	thing
	no // it is done, and not said by whom: "was promised"
)

// who is what the words in front of a verb say.
type who struct {
	who    person
	report string // how it is told: "said"
	teller person // who tells it
	doubt  bool   // what is told is hoped, asked or not known
	clause int    // where the words of the subject begin
	from   int    // where the telling begins
}

// hearer is whom something is told.
const hearer = `(?:me|us|her|him|them|you|(?:the )?(?:cust(?:omer)?|client|caller)|(?:mrs?|ms|dr|miss)\.? [\pL']+|(?-i:[A-Z])[\pL']+)`

var (
	pronoun = regexp.MustCompile(`(?i)(?:^|[^\pL\pN'-])(I|we|she|he|they|it|you|u|this|that|there|who|which|someone|somebody|everything|nobody|no[ -]one|none|neither)\s*$`)
	// auxiliary may stand between who acts and the verb.
	auxiliary = regexp.MustCompile(`(?i)(?:^|\s|(?:'))(?:have|has|had|ve|also|then|already|just|again|duly|did|do|now|always|still|both|all|m|am|are|re|is|s|definitely|certainly|never|hereby)\s*$`)
	// clauses are divided by these.
	divide = regexp.MustCompile(`(?i)[,;:()"“”!•*>]|\.\s|\s[-–—]+\s|^[-–—]+|\p{So}|(?:^|\s)(?:and|but|so|then|because|as|since|which|that|although|though|tell (?:her|him|them)|or)(?:\s|$)`)
	// telling ends the words in front of what somebody said or thinks.
	telling = regexp.MustCompile(`(?i)(?:^|[^\pL])((?:have |has |had |'ve |'s )?(?:said|says|say|saying|states?|stated|replied|replies|answered|wrote|swore|claims?|claimed|mentioned|agreed|agrees|` +
		`confirms?|confirmed|explain(?:s|ed)|promised?|promises|reckons|insists|guaranteed?|reassured|assured|assures|advised|advises|told|tells?|informed|let|gave|given|thinks?|thought|believes?|` +
		`hopes?|hoping|hoped|expects?|expecting|wonders?|wondering|asked|asks|knows?|wants?|sure|guess|wished?))` +
		`((?:\s+(?:to |with )?` + hearer + `)?(?:\s+(?:my word|know))?(?:\s+(?:that|if|whether|when|how|what|why|where))?)\s*[,:]?\s*["“]?\s*$`)
	// tells is telling in front of another subject.
	tells    = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:(?:told|tells|advised|assured|reassured|informed)\s+` + hearer + `|said|says|confirms|confirmed|explains|explained|mentioned|replied|claims|insists|thinks|hopes)\s+(?:that\s+)?`)
	doubting = regexp.MustCompile(`(?i)^(?:have |has |had |'ve |'s )?(?:think|thinks|thought|believes?|hopes?|hoping|hoped|expects?|expecting|wonders?|wondering|asked|asks|knows?|wants?|sure|guess|wished?)$`)
	toldUs   = regexp.MustCompile(`\b(?:me|us)\b`)
	asking   = regexp.MustCompile(`(?i)(?:^|\s)(?:if|whether|when|how|what|why|where|until|till|unless)\s+$`)
	// ourPeople are of us by the words themselves.
	ourPeople = regexp.MustCompile(`(?i)^(?:(?:one|both|all|some|someone|somebody|anyone|a member|member|a colleague|colleague) (?:of|from|in) (?:us|our|the|my)\b|our \pL+|(?:my|a) (?:colleague|manager|supervisor|boss|team)\b|(?:an?|your|the) (?:engineer|technician|fitter|surveyor|installer|specialist|advisor|adviser)s?\b|the team\b|team\b|someone\b|somebody\b)`)
	things    = regexp.MustCompile(`(?i)^(?:(?:the|your|her|his|their|a|an|this|that|new|replacement|whole|full|our) )*(?:[\pL-]+ ){0,2}?(?:order|parcel|package|item|replacement|refund|letter|delivery|part|parts|form|forms|invoice|quote|quotation|credit|statement|cheque|voucher|card|email|e-mail|report|contract|issue|fault|problem|complaint|claim|account|line|service|money|goods|product|stock|blade|pump|unit|machine|documents?|paperwork|copy|copies|samples?|ticket|case|work|repair|everything|it|this|that|there)\s*$`)
	noteVerb  = regexp.MustCompile(`(?i)^(?:told|said|rang|spoke|left|sent|gave|have|tried|called|\pL{2,}ed|ok|okay|long chat|so|no answer|lm|vm)\b`)
	carried   = regexp.MustCompile(`(?i)(?:^|[^\pL'])(I|we|she|he|they|cust(?:omer)?|client|caller)(?:'\pL+)?\s+\pL`)
)

// whoBefore reads the words in front of a verb.
func whoBefore(lead string) (w who) {
	w.who, w.clause = actor(lead)
	w.from = w.clause
	m := telling.FindStringSubmatchIndex(lead[:w.clause])
	if m == nil {
		w.doubt = asking.MatchString(lead[:w.clause])
		return w
	}
	w.report = strings.ToLower(lead[m[2]:m[3]])
	object := strings.ToLower(lead[m[4]:m[5]])
	w.doubt = doubting.MatchString(w.report) || asking.MatchString(object+" ")
	if w.teller, w.from = actor(lead[:m[2]]); w.teller == missing {
		w.teller = first
	}
	if outer := telling.FindStringSubmatchIndex(lead[:w.from]); outer != nil { // "he claims we said we'd call"
		claims, _ := actor(lead[:outer[2]])
		w.doubt = w.doubt || claims != first && claims != missing
	}
	if toldUs.MatchString(object) {
		w.teller = third
	}
	return w
}

// actor finds who acts at the end of a text, and where the words for it begin.
func actor(lead string) (person, int) {
	for at := auxiliary.FindStringIndex(lead); at != nil; at = auxiliary.FindStringIndex(lead) {
		lead = lead[:at[0]]
	}
	if m := pronoun.FindStringSubmatchIndex(lead); m != nil {
		return personOf(strings.ToLower(lead[m[2]:m[3]])), m[2]
	}
	start, joined := clauseOf(lead)
	if m := telling.FindStringIndex(lead[start:]); m != nil { // "said will call"
		return missing, start + m[1]
	}
	if all := tells.FindAllStringIndex(lead[start:], -1); all != nil { // "told her Tom will call"
		start += all[len(all)-1][1]
	}
	phrase := strings.TrimSpace(lead[start:])
	if phrase == "" && joined {
		return carriedTo(lead[:start]), start
	}
	return personIn(phrase), start + len(lead[start:]) - len(strings.TrimLeft(lead[start:], " "))
}

// clauseOf returns where the last clause of a text begins; joined, when an "and" joins
// it to another, whose subject may be its own.
func clauseOf(lead string) (start int, joined bool) {
	all := divide.FindAllStringIndex(lead, -1)
	if all == nil {
		return 0, false
	}
	last := all[len(all)-1]
	by := strings.ToLower(strings.TrimSpace(lead[last[0]:last[1]]))
	return last[1], by == "and" || by == "then" || by == "or"
}

// carriedTo is the subject of "she was upset and will call".
func carriedTo(lead string) person {
	all := carried.FindAllStringSubmatch(lead, -1)
	if all == nil {
		return missing
	}
	return personOf(strings.ToLower(all[len(all)-1][1]))
}

// personIn says who a phrase names; missing where it names nobody.
func personIn(phrase string) person {
	low := strings.ToLower(phrase)
	switch {
	case phrase == "" || light.MatchString(low):
		return missing
	case passiveEnd.MatchString(low):
		return no
	case ourPeople.MatchString(phrase):
		return first
	case things.MatchString(phrase):
		return thing
	case noteVerb.MatchString(phrase), onlyTime(phrase):
		return missing
	}
	return third
}

var (
	light      = regexp.MustCompile(`^(?:ok|okay|so|please be|please|pls|well|yes|no|sorry|gonna|not|and|also|then|next|todo|action|fyi|nb|otherwise|anyway|i've|we've|yep|sure|rest|at the latest|latest)(?: so| then| ok)?$`)
	passiveEnd = regexp.MustCompile(`(?:^|\s)(?:was|were|been|being|be|is|are|get|got)$`)
)

// onlyTime reports whether a text says when, and nothing else.
func onlyTime(text string) bool { return read(text, time.Unix(0, 0).UTC(), DayFirst).fills(text) }

func personOf(word string) person {
	switch word {
	case "i", "we", "someone", "somebody":
		return first
	case "you", "u":
		return second
	case "nobody", "no one", "no-one", "none", "neither":
		return no
	case "it", "this", "that", "there", "everything":
		return thing
	}
	return third
}

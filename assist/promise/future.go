package promise

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// future reads "will", "'ll" and "going to", and where somebody tells what was said,
// "would".
func future(s sentence, cue []int) (vow, bool) {
	lead, word, body := s.text[:cue[2]], s.text[cue[2]:cue[3]], s.text[cue[3]:]
	w := whoBefore(lead)
	if w.doubt || noFuture(w, word, body) {
		return vow{}, false
	}
	would := strings.EqualFold(word, "would") || strings.EqualFold(word, "'d")
	v := vow{from: w.from, body: cue[3], told: w.report != "" && w.teller == first}
	switch {
	case v.told, w.report == "" && !would:
		v = s.act(v, w, body)
	case w.teller == third && (w.who == third || w.who == thing || strings.ContainsAny(lead, `"“`)):
		v.by = others // "UPS says it'll be delivered", `he said "I'll pay"`
	}
	if v.by == others && w.who != thing && isState(body) {
		return vow{}, false
	}
	return v, v.by != nobody && !s.noPromise(v, cue[2])
}

// noFuture reports whether the word is another: a name, a last will, a way to go.
func noFuture(w who, word, body string) bool {
	next := strings.TrimSpace(body)
	switch {
	case strings.EqualFold(word, "going to"):
		return place.MatchString(body)
	case w.who == third:
		return notADeed.MatchString(next)
	case w.who != missing:
		return false
	}
	r, _ := utf8.DecodeRuneInString(next)
	named := word == "Will" && unicode.IsUpper(r) // "Will Smith rang"
	return named || word == "'ll" || notADeed.MatchString(strings.ToLower(next))
}

// act says who promises when somebody will do what the body says.
func (s sentence) act(v vow, w who, body string) vow {
	forThem := vow{from: v.from, body: w.clause, by: us, told: v.told}
	done, byOthers := isDone(body)
	switch w.who {
	case first:
		v.by = us
	case missing:
		switch {
		case toUs.MatchString(body): // "will call us back, she said"
			v.by = others
		case done, !strings.HasPrefix(strings.TrimSpace(body), "be "), presence.MatchString(body):
			v.by = us
		}
	case second, third:
		v.by = others
		if gets.MatchString(body) || done && !presence.MatchString(body) {
			return forThem
		}
	case thing:
		forThem.dated = true
		if done || moves.MatchString(body) {
			return forThem
		}
		if byOthers {
			v.by = others
		}
	}
	return v
}

// isState reports whether nothing is done that can be promised.
func isState(body string) bool { return state.MatchString(body) && !presence.MatchString(body) }

// isDone reports whether something is done for the customer by whom is not said, and
// therefore by us, or by somebody who is named.
func isDone(body string) (done, byOthers bool) {
	m := passive.FindStringSubmatch(body)
	if m == nil || standing.MatchString(body) {
		return false, false
	}
	done = m[1] == "" || startsWithTime(m[1])
	return done, !done
}

// startsWithTime reports whether a text begins with a time: "by Friday" names no one.
func startsWithTime(text string) bool {
	w := read(text, time.Unix(0, 0).UTC(), DayFirst)
	return w.any() && w.left() == 0
}

// What may stand behind "will".
var (
	lightWords = `(?:(?:also|all|fully|now|then|still)\s+)*`
	// gets: what is promised is what the customer gets.
	gets = regexp.MustCompile(`(?i)^\s+` + lightWords + `(?:(?:have|get|see|receive)\s+(?:it|this|that|(?:an?|the|your|her|his|their|our) [\pL -]+?|\pL+)` +
		`(?:\s+(?:back|sorted|resolved|fixed|replaced|refunded))?` +
		`(?:\s+(?:from us|from me|by|on|before|within|in|at|no later|latest|today|tomorrow|tmrw?|tonight|this|next|first thing|the|` + weekdayNames + `)\b|\s*$|\s*[,.])` +
		`|hear (?:from|back)|receive\b)`)
	// passive is what is done to a thing or a person; the group says by whom, or when.
	passive = regexp.MustCompile(`(?i)^\s+` + lightWords + `(?:be|get)\s+` + lightWords +
		`(?:\pL+ed|sent|paid|rung|done|put|given|told|shown|made|brought|built|dealt|written|on (?:its|the|their) way|with (?:you|her|him|them|us|the)|` +
		`out (?:with|for|to)|there|ready|back (?:with|in)|in (?:stock|place|the post)|live|working|complete)\b(?:\s+(by\s+.*))?`)
	// standing: how something is, not what is done to it.
	standing = regexp.MustCompile(`(?i)^\s+` + lightWords + `be (?:closed|delayed|needed|required|wanted|married|retired|tired|worried|annoyed|disappointed|located|charged|billed|` +
		`interested|allowed|affected|limited|expected)\b`)
	// moves: what a thing does that we send.
	moves = regexp.MustCompile(`(?i)^\s+` + lightWords + `(?:arrive|ship|go (?:out|off|in|back|through|live)|leave|land|reach|come (?:out|back|through)|show|get (?:to|there)|` +
		`follow|appear|clear)\b`)
	// state: no deed that can be promised.
	state = regexp.MustCompile(`(?i)^\s+(?:(?:probably|also|not|never)\s+)*(?:need|want|have\b|be\b|like|love|prefer|think|know|see|expire|end|start|begin|cost|increase|rise|fall|take\b|` +
		`rain|turn|become|mean|happen|miss|hate|expect|understand|live|stay|remain|last|work|fit|accept|appreciate|lose|find|depend|hear|receive)`)
	// presence is a deed in spite of its "be".
	presence = regexp.MustCompile(`(?i)^\s+be (?:(?:back )?in touch|round|over|calling|ringing|sending|paying|posting|collecting|coming|delivering|emailing|there|with (?:you|her|him|them))\b`)
	toUs     = regexp.MustCompile(`(?i)^\s+\pL+ (?:me|us)\b`)
	// place is where somebody is going to, not what they are going to do.
	place    = regexp.MustCompile(`^\s+(?:(?:the|a|an|my|her|his|their|our|work|bed|school|church|hospital)\b|[A-Z][a-z])`)
	notADeed = regexp.MustCompile(`^(?:i|we|she|he|they|it|you|this|that|there|the|about|and|from|\pL*[^e\PL]ed|told|rang|said|came|says|wants?|was|is|has)(?:[^\pL]|$)`)
)

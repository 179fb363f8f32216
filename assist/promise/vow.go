package promise

import (
	"regexp"
	"slices"
	"strings"
)

// maker is who makes a promise.
type maker int

const (
	nobody maker = iota
	us
	others
)

// vow is a place where a sentence promises something.
type vow struct {
	from int // of the words, with who says them
	body int // what is promised: "call back on Friday"
	by   maker
	// dated: a promise only where a day or a time is named.
	dated bool
	// told: we tell that we said it.
	told bool
}

// cues are the words by which a promise is known; each reads what stands around it. The
// first group is the cue, without what may stand in front of it.
var cues = []struct {
	re   *regexp.Regexp
	read func(s sentence, cue []int) (vow, bool)
}{
	{regexp.MustCompile(`(?i)('ll|'d|\b(?:will|wil|shall|would|gonna|going to))(?:[^\pL\pN'-]|$)`), future},
	{regexp.MustCompile(`(?i)\b(promised?|prom'?d?|promsed|promising|agreed?|guaranteed?|commit|committed|undertake|undertook|vow|vowed|pledge|pledged)(?:\s|$)`), promised},
	{regexp.MustCompile(`(?i)\b((?:(?:need|needs|have|has|got|is|are|due) )?to|must|gotta)\s+(?:also |just )?` + deed + `\b`), infinitive},
	{regexp.MustCompile(`(?i)\b(` + doing + `)\b`), progressive},
	{regexp.MustCompile(`(?i)\b(to be)\s+(?:\pL+ed|sent|paid|rung|done|put|given|made)\b`), toBeDone},
	{regexp.MustCompile(`(?i)\b(expect|count on)\s`), expected},
	{regexp.MustCompile(`(?i)\b(owe)\s`), owed},
	{regexp.MustCompile(`(?i)\b(booked|arranged|scheduled|organi[sz]ed|set up|pencilled in|agreed|made|set|confirmed|fixed|moved|re-?scheduled|pushed|put back|brought forward)(?:\s|$)`), booked},
	{regexp.MustCompile(`(?i)(` + task + `)(?:[^\pL\pN'-]|$)`), noted},
	{regexp.MustCompile(`(?i)(?:^|[^\pL\pN'-])(i?ll|wel|well|il)\s+(?:also |just )?` + deed + `\b`), hasty},
	{regexp.MustCompile(`(?i)(?:^|[^\pL\pN'-])(let me|let's)\s`), lent},
}

// What a rep does for a customer.
const deed = `(?:call|cal|ring|phone|cb|c/b|e-?mail|mail|text|sms|whatsapp|message|msg|write|contact|reach out|speak|talk|` +
	`post|(?:re-?)?send|ship|d[ei]spatch|(?:re-?)?deliver|collect|pick|return|drop|bring|forward|share|` +
	`refund|reimburse|credit|pay|settle|waive|cancel|invoice|quote|order|` +
	`replace|exchange|repair|fix|sort|resolve|install|visit|attend|upgrade|process|complete|` +
	`chase|check|confirm|follow|get \pL+|come back|look into|look at|find out|investigate|review|discuss|` +
	`update|notify|inform|advise|remind|revert|respond|reply|answer|(?:let|give) (?:you|her|him|them|cust)|` +
	`arrange|book|organi[sz]e|schedule|prepare|provide|issue|submit|transfer|raise|escalate|liaise|try|make|ensure|bell)`

// doing is a deed that is planned: "I'm calling her on Friday".
const doing = `(?:calling|ringing|phoning|e-?mailing|texting|messaging|writing|contacting|getting back|` +
	`posting|(?:re-?)?sending|shipping|d[ei]spatching|(?:re-?)?delivering|collecting|picking up|dropping|bringing|` +
	`refunding|crediting|paying|replacing|exchanging|repairing|fixing|sorting|installing|visiting|coming|` +
	`chasing|checking|confirming|following up|updating|arranging|booking|getting (?:it|this|that|an?|the))`

// task is a deed in the shortest words of a note: "ring her Thursday".
const task = `(?:re-?)?(?:call|cal|ring|phone|cb|c/b|call-?back|e-?mail|text|message|msg|contact|speak|talk to (?:you|her|him|them)|(?:back )?in touch|` +
	`back to (?:her|him|them|cust|customer|client)|get back|give (?:her|him|them|cust)|` +
	`send|post|d[ei]spatch|deliver|refund|replace|chase|check|follow[- ]?up|f/u|update|book|arrange|escalate|try)`

// vows returns what the sentence promises, from left to right.
func (s sentence) vows() (out []vow) {
	if strings.HasSuffix(strings.TrimSpace(s.text), "?") {
		return nil
	}
	for _, c := range cues {
		for _, at := range c.re.FindAllStringSubmatchIndex(s.text, -1) {
			if v, ok := c.read(s, at); ok {
				out = append(out, v)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b vow) int { return a.body - b.body })
	return out
}

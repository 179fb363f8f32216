package promise

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// markers begin a promise in the first person. The first group is the marker.
var markers = regexp.MustCompile(`(?i)(?:^|[^\pL\pN'-])(` +
	`(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to)` +
	`|(?:i|we)(?:'ve| have)? promised? (?:(?:her|him|them|you) )?(?:to|that (?:i|we)(?:'ll|'d| will| would))` +
	`|(?:i|we) (?:told|assured|said to) (?:her|him|them|\pL+) (?:that )?(?:i|we)(?:'d| would)` +
	`|let me` +
	`)(?:[^\pL\pN'-]|$)`)

// elided begins a promise in shorthand, at the beginning of a sentence: "Will call
// back". A name behind it ("Will Smith rang") or another's deed is none.
var elided = regexp.MustCompile(`(?:^|[.;!\n])\s*([Ww]ill|[Pp]romised (?:(?:her|him|them) )?to|[Tt]old (?:her|him|them|\pL+) (?:that )?(?:I|we)(?:'d| would|'ll| will))\s+(\p{Ll}+)`)

var notOurs = regexp.MustCompile(`^(?:she|he|they|it|you|this|that|there|the|be|also be)$|ed$`)

// hasty is "I'll" without its apostrophe, before a deed: "ill" alone is a customer
// who is not well.
var hasty = regexp.MustCompile(`(?:^|[.,;!\n]|\band)\s*([Ii]ll)\s+(?:also |just )?(?:call|ring|phone|send|email|e-mail|text|post|get back|find out|look into|check|write|refund|let (?:her|him|them|you))\b`)

// vowsOf returns where the markers of a note are, from the first to the last.
func vowsOf(note string) (vows [][2]int) {
	for _, at := range markers.FindAllStringSubmatchIndex(note, -1) {
		vows = append(vows, [2]int{at[2], at[3]})
	}
	for _, at := range hasty.FindAllStringSubmatchIndex(note, -1) {
		vows = append(vows, [2]int{at[2], at[3]})
	}
	for _, at := range elided.FindAllStringSubmatchIndex(note, -1) {
		if next := note[at[4]:at[5]]; !notOurs.MatchString(next) || next == "send" || next == "need" {
			vows = append(vows, [2]int{at[2], at[3]})
		}
	}
	slices.SortFunc(vows, func(a, b [2]int) int { return a[0] - b[0] })
	return vows
}

// sentence is the part of a note that may make a promise.
type sentence struct {
	note             string
	start, vow, body int // of the sentence, of the marker, and behind the marker
	end              int // of what the promise says
	stop             int // of the sentence, with its stop
}

// straighten makes the two apostrophes alike; back tells where a byte of the result
// was in the note.
func straighten(note string) (text string, back func(int) int) {
	const curly = "’"
	text = strings.ReplaceAll(note, curly, "'")
	return text, func(at int) int {
		for i := 0; ; {
			next := strings.Index(note[i:], curly)
			if next < 0 || i+next >= at {
				return at
			}
			i += next + len(curly)
			at += len(curly) - 1
		}
	}
}

// A promise that takes longer to say is none that a rep types; the bounds also keep
// a long text without stops quick to read. In bytes.
const (
	longestLead = 200
	longestSaid = 400
)

func sentenceAround(note string, from, to, limit int) sentence {
	s := sentence{note: note, start: max(from-longestLead, 0), vow: from, body: to, stop: min(limit, to+longestSaid)}
	for i := to; i < s.stop; i++ {
		if ends(note, i) {
			s.stop = i + 1
			break
		}
	}
	for i := from - 1; i >= s.start; i-- {
		if ends(note, i) {
			s.start = i + 1
			break
		}
	}
	for s.start < from && unicode.IsSpace(rune(note[s.start])) {
		s.start++
	}
	s.end = s.to()
	return s
}

// ends reports whether the byte at i ends a sentence: not the stop of "p.m.", "3.30"
// or "Mr.".
func ends(note string, i int) bool {
	switch note[i] {
	case '\n', ';', '!', '?':
		return true
	case '.':
		if i+1 < len(note) && note[i+1] != ' ' && note[i+1] != '\n' && note[i+1] != '"' {
			return false
		}
		before := note[max(0, i-4):i]
		return !shortened.MatchString(before) || i+1 == len(note)
	}
	return false
}

var shortened = regexp.MustCompile(`(?i)(?:\b[ap]\.m|\b[ap]|\bmrs?|\bdr|\bms|\bno|\bjan|\bfeb|\bmar|\bapr|\bjun|\bjul|\baug|\bsept?|\boct|\bnov|\bdec)$`)

// newClause begins a thought that is not part of the promise.
var newClause = regexp.MustCompile(`(?i)(?:,\s*|\s+)(?:but|because|as (?:she|he|they|it)|since (?:she|he|they|it)|so (?:she|he|they|that)|which|although|though)\s` +
	`|,\s*(?:and\s+)?(?:she|he|they|it|customer|the customer|you|then she|then he)\s` +
	`|\s+and (?:she|he|they|it)(?:'ll|'s|\s)|\s+-\s+|\s+--|["“”(]`)

// to returns where the words of the promise end.
func (s sentence) to() int {
	said := s.note[s.body:s.stop]
	if at := newClause.FindStringIndex(said); at != nil {
		said = said[:at[0]]
	}
	said = strings.TrimRightFunc(said, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:!?", r)
	})
	if strings.HasSuffix(said, ".") && !shortened.MatchString(said[:len(said)-1]) {
		said = strings.TrimRight(said, ".")
	}
	// "... and" before another "I'll" is no part of it.
	for _, tail := range []string{" and", " and then", " or", " then", " so", ","} {
		if low := strings.ToLower(said); strings.HasSuffix(low, tail) {
			said = said[:len(said)-len(tail)]
		}
	}
	return s.body + len(said)
}

func (s sentence) said() string { return s.note[s.body:s.end] }
func (s sentence) lead() string { return s.note[s.start:s.vow] }

var (
	// others say it: "she said I'll ...", "Tom says we'll ...".
	reported = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:(\pL+)\s+(?:said|says|say|replied|answered|thinks|think|thought|believes|hopes|claims|asked|wants|knows)|(\pL+)\s+(?:told|tells) (?:me|us|him|her))[,:]?\s+(?:that\s+|if\s+|whether\s+)?$`)
	negated  = regexp.MustCompile(`(?i)^\s+(?:not|never|no longer|hardly)\b`)
	// what cannot be promised is said before: "I can't promise I'll ...".
	unsure = regexp.MustCompile(`(?i)(?:can't|cannot|can not|couldn't|won't|don't|do not|not|never)\s+(?:promise|guarantee|say|know|think|sure|certain)\b[^.;!]*$`)
	// no deed of ours, or one that is over when it is said.
	idle = regexp.MustCompile(`(?i)^\s+(?:just\s+)?(?:be\s+(?:honest|right back|frank|happy|glad|able|there|here|sure|back|out|away|off|on)|say|admit|bet|guess|assume|hold|put (?:you|her|him|them) (?:through|on hold)|transfer|need|have to|see|wait|die|miss|let you go|never mind|think|know|like|love|read (?:that|it) back)(?:\b|$)`)
	// "let me" promises only with these.
	lent        = regexp.MustCompile(`(?i)^\s+(?:just\s+)?(?:call|ring|phone|send|email|e-mail|text|write|get back|come back|give (?:you|her|him|them)|find out|look into|check and|check with|ask and)\b`)
	conditional = regexp.MustCompile(`(?i)(?:^|[\s,])(?:if|unless|in case|should (?:it|she|he|they)|provided)\s`)
	findingOut  = regexp.MustCompile(`(?i)(?:check|see|find out|ask|know|tell|look|wonder|confirm|verify|test|say|whether|sure|learn)(?:\s+(?:you|her|him|them|us|me))?$`)
)

// noPromise reports whether the sentence, for all its marker, promises nothing.
func (s sentence) noPromise() bool {
	lead, said, whole := s.lead(), s.said(), s.note[s.start:s.stop]
	switch {
	case strings.HasSuffix(strings.TrimSpace(whole), "?"),
		negated.MatchString(said), idle.MatchString(said),
		strings.EqualFold(s.note[s.vow:s.body], "let me") && !lent.MatchString(said):
		return true
	case strings.Count(lead, `"`)%2 == 1, strings.LastIndex(lead, "“") > strings.LastIndex(lead, "”"):
		return true // somebody is quoted
	}
	if unsure.MatchString(lead) {
		return true
	}
	if m := reported.FindStringSubmatch(lead); m != nil && !ours(m[1]+m[2]) {
		return true
	}
	return conditional.MatchString(lead) || hangsOnIf(s.note[s.body:s.stop])
}

func ours(who string) bool {
	who = strings.ToLower(who)
	return who == "i" || who == "we" || who == "also" || who == "and"
}

// hangsOnIf reports whether an "if" in what is promised is a condition: not the one
// of "check if the parcel is there".
func hangsOnIf(said string) bool {
	for _, at := range conditional.FindAllStringIndex(said, -1) {
		before := strings.TrimRight(said[:at[0]], " ,")
		if !findingOut.MatchString(before) {
			return true
		}
	}
	return false
}

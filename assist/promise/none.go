package promise

import (
	"regexp"
	"strings"
)

var (
	negated = regexp.MustCompile(`(?i)^\s+(?:not|never|no longer|hardly)\b`)
	// what cannot be promised is said before: "I can't promise I'll ...".
	unsure = regexp.MustCompile(`(?i)(?:can't|cannot|can not|couldn't|won't|don't|do not|not|never|didn't)\s+(?:\pL+\s+)?(?:promise|guarantee|say|said|know|think|sure|certain|told|agree)\b[^.;!]*$|(?:n't|\bnot|\bnever|\bcannot|\bhope|\bhoping|\bno)\s*(?:to\s+)?$|\b(?:according to|hopefully|maybe|perhaps|possibly)\b`)
	// no deed of ours, or one that is over when it is said.
	idle = regexp.MustCompile(`(?i)^\s+(?:just\s+)?(?:be\s+(?:honest|right back|frank|happy|glad|able|here|sure(?:\s+(?:of|that|if|it)|$)|back(?:\s+(?:on|at|in the|by|from|after|soon|later|tomorrow)\b|$)|away|off|on\b|in\b[^ ]*(?: the office| work| at| from| on|$)|at\b|closed|open|free|busy)|say|admit|bet|guess|assume|hold|put (?:you|her|him|them) (?:through|on hold)|transfer (?:you|her|him|them)|need|believe|be (?:out of|waiting|\d+\b)|see(?:\s+(?:if|what|whether|how|why|when|where|that|on|by|in|tomorrow|next)\b|\s*$|\s*[,.])|wait|die|miss|let you go|never mind|think|know|like|love|prefer|rather|read (?:that|it) back)(?:\b|$)`)

	obliged = regexp.MustCompile(`(?i)^\s+(?:have to|need to|not forget to|never forget to)\s+`)

	conditional = regexp.MustCompile(`(?i)(?:^|[\s,])(?:if|unless|in case|should (?:it|she|he|they|the \pL+)|provided|assuming)\s`)
	findingOut  = regexp.MustCompile(`(?i)(?:check|see|find out|ask|know|tell|look|wonder|confirm|verify|test|say|whether|sure|learn)(?:\s+(?:you|her|him|them|us|me))?$`)
	anyway      = regexp.MustCompile(`(?i)^(?:not (?:sooner|before|earlier)|(?:at all )?possible|need be|necessary)\b`)
	toldThem    = regexp.MustCompile(`(?i)\btell (?:her|him|them|\pL+)(?: that)?\s`)
)

// noPromise reports whether the sentence, for all its cue, promises nothing with it.
func (s sentence) noPromise(v vow, cue int) bool {
	lead := s.text[:cue]
	if v.by == us && !v.told && quoted(lead) {
		return true
	}
	said := obliged.ReplaceAllString(s.text[v.body:], " ")
	if negated.MatchString(said) || v.by == us && idle.MatchString(said) || unsure.MatchString(lead) {
		return true
	}
	if at := toldThem.FindAllStringIndex(lead, -1); at != nil {
		lead = lead[at[len(at)-1][1]:]
	}
	return conditional.MatchString(lead) || hangsOnIf(s.text[v.body:])
}

// quoted reports whether a text ends within the words of somebody else.
func quoted(lead string) bool {
	return strings.Count(lead, `"`)%2 == 1 || strings.LastIndex(lead, "“") > strings.LastIndex(lead, "”")
}

// hangsOnIf reports whether an "if" in what is promised is a condition: not the one
// of "check if the parcel is there".
func hangsOnIf(said string) bool {
	for _, at := range conditional.FindAllStringIndex(said, -1) {
		before := strings.TrimRight(said[:at[0]], " ,")
		if !findingOut.MatchString(before) && !anyway.MatchString(said[at[1]:]) {
			return true
		}
	}
	return false
}

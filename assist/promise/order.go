package promise

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const longestOrder = 120 // letters of a promise's title

var (
	// said for politeness or strength, before the verb.
	lightly = regexp.MustCompile(`(?i)^(?:also|just|definitely|certainly|gladly|personally|then|now|of course|quickly|simply|surely|probably|go ahead and|make sure to|be sure to|try to|try and|do (?:my|our) best to|have to|need to|not forget to)\s+`)
	called  = regexp.MustCompile(`(?i)\b(call|calling|ring|phone|e-?mail|text|send|sending|write|post|ship|get|show|pay|refund|bring)\s+you\b`)
	forYou  = regexp.MustCompile(`(?i)\s+for\s+you$`)
	toYou   = regexp.MustCompile(`(?i)\byou\b`)
	your    = regexp.MustCompile(`(?i)\byour\b`)
	loose   = regexp.MustCompile(`(?i)(?:^|\s+)(?:on|at|by|before|until|till|within|around|about|the|and|or|for|from|after|latest|again then|then|sharp|or so|at the latest|please|ok|okay)$`)
	empty   = regexp.MustCompile(`\(\s*\)`)
	doubled = regexp.MustCompile(`\s{2,}`)
)

// order turns the rest of "I'll ..." into a short order: "call you back" becomes
// "Call back". Empty when nothing is promised in it.
func order(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
	s = empty.ReplaceAllString(s, "")
	s = strings.TrimSpace(doubled.ReplaceAllString(s, " "))
	for lightly.MatchString(s) {
		s = lightly.ReplaceAllString(s, "")
	}
	s = forYou.ReplaceAllString(s, "")
	s = called.ReplaceAllString(s, "$1")
	s = your.ReplaceAllString(toYou.ReplaceAllString(s, "them"), "their")
	for {
		t := strings.TrimRight(loose.ReplaceAllString(s, ""), " ,;:.-")
		if t == s {
			break
		}
		s = t
	}
	s = strings.TrimLeft(s, " ,;:.-")
	if !strings.ContainsFunc(s, unicode.IsLetter) {
		return ""
	}
	if r := []rune(s); len(r) > longestOrder {
		s = string(r[:longestOrder-1]) + "…"
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

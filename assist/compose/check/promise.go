package check

import (
	"regexp"
	"strings"
)

// vow begins a promise of ours: somebody of us will do what a customer waits for.
var vow = regexp.MustCompile(`(?i)\b(?:I|we|(?:the|our) [a-z]+(?: [a-z]+)?|[A-Z][a-z]+)(?:['’]ll| will| shall| am going to| are going to|['’](?:m|re) going to)(?: (?:also|then|gladly|personally|certainly|now))? ` +
	`(call|ring|phone|write|send|refund|e-?mail|mail|get back|come back|reply|answer you|repair|replace|deliver|let you know|update you|keep you|tell you|inform you|contact|credit|pay|return|visit|post|ship|dispatch|follow up|be in touch|get in touch|fix|give you)\b`)

// date is a day or a time of day, also as it stands in "by <day>".
var date = regexp.MustCompile(`(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|tomorrow|tonight|noon|midnight|this (?:morning|afternoon|evening|week)|next (?:week|month|year)|straight away|right now|right away|at once|(?:by|before) then|on that day|that day|the same day|end of (?:the|this|next) (?:day|week|month|year))\b|` +
	`\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}\b|` +
	`\b\d{1,2}(?::\d{2})? ?(?:am|pm|a\.m|p\.m|o['’]clock)\b|\b\d{1,2}:\d{2}\b|\b(?:in|within|every|for) (?:the next )?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+)(?: working| business)? (?:minute|hour|day|week|month)|<[a-z ]+>|\[[a-z]+ \d+[a-z]*\]`)

// vague is a day that is none.
var vague = regexp.MustCompile(`(?i),? ?\b(?:as soon as (?:possible|we can|I can|we are able)|asap|(?:very |quite )?(?:soon|shortly)|in due course|in the near future|at (?:the|our) earliest (?:convenience|opportunity)|in a timely (?:manner|fashion)|at some point|when(?:ever)? (?:we|I) can|one of these days|before (?:too )?long|without (?:undue )?delay|promptly|in a (?:while|bit))\b`)

// hangs marks a promise that waits for something else and has no day of its own, or that
// only tells which thing is meant.
var hangs = regexp.MustCompile(`(?i)\b(?:if|once|when|whenever|as soon as (?:[^pwI]|I have|we have|we know|I know)|as long as|unless|until|after|while|every time|(?:which|that|what|where) (?:I|we))\b`)

// noPromise marks what we will not do.
var noPromise = regexp.MustCompile(`(?i)\b(?:will|shall) (?:not|never)\b|\bwon['’]t\b`)

// promise finds a promise of the sentence i that names no day. A day in the sentence
// before or behind it on the same line counts, too: "I will call you. It will be on
// Friday."
func (c *checker) promise(i int) {
	s := &c.sentences[i]
	plain := s.plain
	at := vow.FindStringSubmatchIndex(plain)
	soon := vague.FindStringIndex(plain)
	future := at != nil || soon != nil && ahead.MatchString(plain)
	if !future || strings.HasSuffix(plain, "?") || noPromise.MatchString(plain) || date.MatchString(c.around(i)) {
		return
	}
	const what = "A promise needs its day: the customer waits, and we keep what has a date."
	switch {
	case soon != nil:
		better := s.text[:soon[0]] + " by <day>" + s.text[soon[1]:]
		from := soon[0] + len(plain[soon[0]:soon[1]]) - len(strings.TrimLeft(plain[soon[0]:soon[1]], ", "))
		if soon[0] == 0 { // "Shortly, we will call you"
			better = ""
		}
		c.add(s, from, soon[1], NoDate, what, better)
	case hangs.MatchString(plain):
	default:
		end := strings.TrimRight(s.text, ".!… ")
		better := end + " by <day>" + s.text[len(end):]
		if strings.ContainsAny(s.text[at[1]:], ",;:–—") { // the day belongs somewhere before the end
			better = ""
		}
		c.add(s, at[0], at[3], NoDate, what, better)
	}
}

// ahead marks what lies ahead, whoever does it.
var ahead = regexp.MustCompile(`(?i)\b(?:will|shall|going to)\b|['’]ll\b`)

// around returns the sentence with those before and behind it on its line.
func (c *checker) around(i int) string {
	text := c.sentences[i].plain
	if i > 0 && c.sentences[i-1].line == c.sentences[i].line {
		text = c.sentences[i-1].plain + " " + text
	}
	if i+1 < len(c.sentences) && c.sentences[i+1].line == c.sentences[i].line {
		text += " " + c.sentences[i+1].plain
	}
	return text
}

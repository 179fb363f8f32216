package promise

import (
	"regexp"
	"strings"
)

// promised reads "promised to ring", "promised her a call", "agreed to refund".
func promised(s sentence, cue []int) (vow, bool) {
	w := whoBefore(s.text[:cue[2]])
	rest := s.text[cue[3]:]
	m := promisee.FindStringSubmatchIndex(rest)
	to := m[2] >= 0
	word := strings.ToLower(s.text[cue[2]:cue[3]])
	v := vow{from: w.from, body: cue[3] + m[1], dated: !to && onWhen.MatchString(rest[m[1]:])}
	switch {
	case w.report != "" && w.teller == third && w.who != third, w.who == no, futureFollows.MatchString(rest), past.MatchString(s.text[:cue[2]]),
		isNoun.MatchString(word) && w.who != first && !to,
		!to && !strings.HasPrefix(word, "prom") && !strings.HasPrefix(word, "guarant"):
		return vow{}, false
	case w.who == third:
		v.by = others
	case w.who == first, w.who == missing:
		v.by = us
	}
	return v, v.by != nobody && !s.noPromise(v, cue[2])
}

var (
	promisee      = regexp.MustCompile(`^(?:\s+(?:with\s+)?(?:(?i:her|him|them|you|the customer|cust(?:omer)?|the client|client|caller)|(?:Mrs?|Ms|Dr|Miss)\.? \S+|[A-Z][a-z]+))?(\s+(?i:to)\b)?`)
	past          = regexp.MustCompile(`(?i)\bhad\s+(?:\pL+\s+)?$`)
	isNoun        = regexp.MustCompile(`^(?:promise|guarantee|commit|vow|pledge)$`)
	onWhen        = regexp.MustCompile(`(?i)^\s+(?:for|by|on|at|in)\b`)
	futureFollows = regexp.MustCompile(`(?i)^[^,;]{0,60}?(?:'ll|'d|\bwill|\bwould|\bwon't|\bwouldn't)\b`)
)

// infinitive reads "to ring her Friday", "need to call back at 3", and "Tom to call".
func infinitive(s sentence, cue []int) (vow, bool) {
	w := whoBefore(s.text[:cue[2]])
	v := vow{from: w.from, body: cue[3], dated: true}
	lead := strings.ToLower(strings.TrimSpace(s.text[w.clause:cue[2]]))
	needs := !strings.EqualFold(s.text[cue[2]:cue[3]], "to") && !strings.HasPrefix(strings.ToLower(s.text[cue[2]:cue[3]]), "is")
	switch {
	case w.report != "" && !strings.HasSuffix(strings.TrimSpace(s.text[:cue[2]]), "my word"):
		return vow{}, false
	case lead == "" && w.who == missing, reminder.MatchString(lead):
		v.by = us
	case w.who == first && (needs || firstIs.MatchString(lead)):
		v.by = us
	case w.who == third && !needs && shortName.MatchString(strings.TrimSpace(s.text[w.clause:cue[2]])):
		v.by = others
	}
	return v, v.by != nobody && !s.noPromise(v, cue[2])
}

var (
	reminder  = regexp.MustCompile(`^(?:remember|remind me|diari[sz]ed|(?:don't|do not|not to) forget|set (?:a )?reminder|gave (?:her |him |them )?my word|reminder|note to self|diary note|plan|planning)$`)
	firstIs   = regexp.MustCompile(`(?i)^(?:I|we)(?: am|'m| are|'re)?(?: due)?$`)
	shortName = regexp.MustCompile(`^(?i:she|he|they|(?:the )?(?:cust(?:omer)?|client|caller)|(?:her|his|their|the) \pL+|(?:mrs?|ms|dr)\.? \pL+)$|^[A-Z]\pL+$`)
)

// progressive reads "I'm calling her back on Friday", "ringing her Tuesday".
func progressive(s sentence, cue []int) (vow, bool) {
	lead := s.text[:cue[2]]
	bare := being.ReplaceAllString(lead, "")
	w := whoBefore(bare)
	v := vow{from: w.from, body: cue[2], dated: true}
	switch {
	case w.report != "" && w.teller != first, about.MatchString(s.text[cue[3]:]):
		return vow{}, false
	case w.who == first && bare != lead:
		v.by = us
	case w.who == missing && atStart(bare):
		v.by = us
	case w.who == third && bare != lead && !strings.HasSuffix(strings.ToLower(strings.TrimSpace(lead)), "be"):
		v.by = others
	}
	return v, v.by != nobody && !s.noPromise(v, cue[2])
}

var (
	being = regexp.MustCompile(`(?i)(?:(?:'m|'re|'s|\bam|\bare|\bis)\s+(?:also |just |now )?)$`)
	about = regexp.MustCompile(`(?i)^\s+(?:about|re\b|regarding|from|to (?:ask|check|see|say|complain|find|query)|because|since|every)`)
)

// toBeDone reads "refund to be issued by Friday", "to be called back at 3".
func toBeDone(s sentence, cue []int) (vow, bool) {
	w := whoBefore(s.text[:cue[2]])
	v := vow{from: w.from, body: w.clause, by: us, dated: true}
	return v, (w.who == thing || w.who == missing) && w.report == "" && !s.noPromise(v, cue[2])
}

// expected reads "you can expect it by Friday", "expect a call from us".
func expected(s sentence, cue []int) (vow, bool) {
	v := vow{from: cue[2], body: cue[2], by: us, dated: true}
	lead, rest := s.text[:cue[2]], s.text[cue[3]:]
	return v, (mayExpect.MatchString(lead) || atStart(lead) && fromUs.MatchString(rest)) && !s.noPromise(v, cue[2])
}

var (
	mayExpect = regexp.MustCompile(`(?i)\b(?:you (?:can|will|may|should)|told (?:her|him|them|\pL+) to|(?:she|he|they) can)\s+$`)
	fromUs    = regexp.MustCompile(`(?i)\bfrom (?:me|us|our)\b`)
)

// owed reads "we owe her a call by Friday".
func owed(s sentence, cue []int) (vow, bool) {
	w := whoBefore(s.text[:cue[2]])
	v := vow{from: w.from, body: cue[2], by: us, dated: true}
	return v, (w.who == first || w.who == missing) && w.report == "" && !s.noPromise(v, cue[2])
}

// booked reads "booked the engineer for Monday" and "callback arranged for 10": what we
// have set a time for is promised.
func booked(s sentence, cue []int) (vow, bool) {
	lead := s.text[:cue[2]]
	w := whoBefore(has.ReplaceAllString(lead, ""))
	v := vow{from: w.from, body: cue[2], by: us, dated: true}
	switch {
	case w.report != "" && w.teller != first:
		return vow{}, false
	case (w.who == first || w.who == missing) && (!loosely.MatchString(s.text[cue[2]:cue[3]]) || services.MatchString(s.text[cue[3]:])):
	case service.MatchString(s.text[w.clause:cue[2]]):
		v.body = w.clause
	default:
		return vow{}, false
	}
	return v, !s.noPromise(v, cue[2])
}

var (
	has = regexp.MustCompile(`(?i)(?:'s|'ve|\bis|\bhas been|\bhave been|\bnow|\bbeen|\bare)\s+$`)
	// loosely: these book only a service.
	loosely  = regexp.MustCompile(`(?i)^(?:agreed|made|set|confirmed|fixed|moved|re-?scheduled|pushed|put back|brought forward)$`)
	service  = regexp.MustCompile(`(?i)^` + aService + `s?\s*$`)
	services = regexp.MustCompile(`(?i)^\s+` + aService + `s?\b`)
)

const aService = `(?:a |an |the |our |new )?(?:[\pL-]+ )?(?:call|call-?back|call back|engineer|technician|plumber|electrician|fitter|driver|visit|appointment|appt|collection|pick-?up|replacement|refund|installation|install|delivery|redelivery|demo|survey|repair|inspection|slot|follow[- ]?up|review call|site visit)`

// noted reads a task in the shortest words, at the beginning of a sentence or behind a
// comma or dash: "ring her Thursday".
func noted(s sentence, cue []int) (vow, bool) {
	w := whoBefore(s.text[:cue[2]])
	v := vow{from: cue[2], body: cue[2], by: us, dated: true}
	lead, rest := s.text[:cue[2]], s.text[cue[3]:]
	if asked.MatchString(lead) && !forThem.MatchString(rest) {
		return vow{}, false
	}
	return v, w.who == missing && atStart(lead) && !noTask.MatchString(rest) && !s.noPromise(v, cue[2])
}

// atStart reports whether nothing stands between the words and the beginning of their
// clause but a stop, a bullet or a word of politeness.
func atStart(lead string) bool { return started.MatchString(lead) }

var (
	started = regexp.MustCompile(`(?i)(?:^|[,;:.!(•*>]|[-–—]\s|\p{So})\s*(?:ok|okay|so|then|also|now|pls|please|todo|to do|next|action)?[ ,:-]*$`)
	// asked: with a please, the rep asks for it only where it is done to the customer.
	asked   = regexp.MustCompile(`(?i)\b(?:pls|please)[ ,]*$`)
	forThem = regexp.MustCompile(`(?i)^(?: back)? (?:her|him|them|cust|mrs?|ms)\b`)
	// noTask: the word is no deed, or another's: "call me", "call dropped", "email from".
	noTask = regexp.MustCompile(`(?i)^\s*(?:me|us|'|from|requested|wanted|asked|needed|missed|dated|log|cent(?:re|er)|booked|arranged|scheduled|queue|was|were|due|came|broke|went|is|has|had|said|says|cut|lost|not|no|of|number|\pL+ed)\b|^.*\b(?:was|were|went|came|says|said|didn't|wasn't|please)\b`)
)

// hasty is "I'll" without its apostrophe, before a deed: "ill" alone is a customer
// who is not well.
func hasty(s sentence, cue []int) (vow, bool) {
	v := vow{from: cue[2], body: cue[3], by: us}
	w := whoBefore(s.text[:cue[2]])
	return v, w.who == missing && !s.noPromise(v, cue[2])
}

// lent reads "let me", which promises only with some deeds.
func lent(s sentence, cue []int) (vow, bool) {
	v := vow{from: cue[2], body: cue[3], by: us}
	return v, lends.MatchString(s.text[cue[3]:]) && !s.noPromise(v, cue[2])
}

var lends = regexp.MustCompile(`(?i)^\s+(?:just\s+)?(?:call|ring|phone|speak|talk|send|email|e-mail|text|write|get back|come back|give (?:you|her|him|them)|find out|look into|check and|check with|ask and)\b`)

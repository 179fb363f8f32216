package promise

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
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
	{regexp.MustCompile(`(?i)(?:^|[^\pL\pN'-])(let me)\s`), lent},
}

// What a rep does for a customer.
const deed = `(?:call|cal|ring|phone|cb|c/b|e-?mail|mail|text|sms|whatsapp|message|msg|write|post|send|re-?send|ship|dispatch|despatch|deliver|re-?deliver|refund|` +
	`reimburse|credit|pay|replace|exchange|repair|fix|sort|resolve|chase|check|confirm|contact|reach out|follow|get back|get \pL+|come back|update|let (?:her|him|them|you|cust)|` +
	`give (?:her|him|them|you|cust)|arrange|book|organi[sz]e|schedule|order|collect|pick|return|visit|install|process|raise|escalate|look into|look at|find out|speak|` +
	`talk|discuss|review|quote|invoice|prepare|provide|issue|cancel|waive|forward|share|submit|transfer|upgrade|try|drop|bring|notify|inform|advise|remind|investigate|bell)`

// doing is a deed that is under way or planned: "I'm calling her on Friday".
const doing = `(?:calling|ringing|phoning|e-?mailing|texting|messaging|writing|posting|sending|re-?sending|shipping|dispatching|despatching|delivering|re-?delivering|` +
	`refunding|crediting|replacing|exchanging|repairing|fixing|sorting|chasing|checking|confirming|contacting|following up|getting back|` +
	`updating|arranging|booking|collecting|picking up|visiting|installing|paying|dropping|bringing|coming|getting (?:it|this|that|a|the))`

// task is a deed in the shortest words of a note: "ring her Thursday".
const task = `(?:re-?)?(?:call|cal|ring|phone|cb|c/b|call-?back|e-?mail|text|message|msg|chase|follow[- ]?up|f/u|send|post|refund|replace|check|contact|update|get back|back to (?:her|him|them|cust|customer|client)|book|arrange|speak to|dispatch|despatch|deliver|escalate|try|(?:back )?in touch|speak|talk to (?:you|her|him|them)|give (?:her|him|them|cust))`

var (
	acts = regexp.MustCompile(`(?i)^\s+(?:be|been|get|have (?:it|this|that|your|her|his|their|everything)|see|receive|hear|find|also be|only be)\b`)
	// gets: what is promised is what the customer gets.
	gets = regexp.MustCompile(`(?i)^\s+(?:also |then |now |still )?(?:(?:have|get|see|receive) (?:it|this|that|(?:an?|the|your|her|his|their|our) [\pL -]+?|[\pL]+)(?:\s+(?:back|sorted|resolved|fixed|replaced|refunded))?(?:\s+(?:from us|from me|by|on|before|within|in|at|no later|latest|today|tomorrow|tmrw?|tonight|this|next|first thing|the|` + weekdayNames + `)\b|\s*$|\s*[,.])|hear (?:from|back)|receive\b)`)
	// passive: done for the customer, by whom is not said, and therefore by us.
	passive = regexp.MustCompile(`(?i)^\s+(?:also |all |now |then )?(?:be|get)\s+(?:also |all |fully |then )?(?:\pL+ed|sent|paid|rung|done|put|given|told|shown|made|brought|built|dealt|written|on (?:its|the|their) way|with (?:you|her|him|them|us|the)|out (?:with|for|to)|there|ready|back (?:with|in)|in (?:stock|place|the post)|contacted|fixed|resolved|sorted|live|working|complete|posted)\b(?:\s+(by\s+.*))?`)
	// standing: how something is, not what is done to it.
	standing = regexp.MustCompile(`(?i)^\s+(?:also )?be (?:closed|delayed|needed|required|wanted|married|retired|tired|worried|annoyed|disappointed|located|charged|billed|interested|allowed|affected|limited|expected)\b`)
	toUs     = regexp.MustCompile(`(?i)^\s+\pL+ (?:me|us)\b`)
	// moves: what a thing does that we send.
	moves = regexp.MustCompile(`(?i)^\s+(?:also |then |now )?(?:arrive|ship|go (?:out|off|in|back|through|live)|leave|land|reach|come (?:out|back|through)|show|get (?:to|there)|follow|appear|clear|land)\b`)
	// state: no deed that can be promised.
	state  = regexp.MustCompile(`(?i)^\s+(?:probably |also |not |never |n't )*(?:need|want|have\b|be\b|like|love|prefer|think|know|see|expire|end|start|begin|cost|increase|rise|fall|take\b|rain|turn|become|mean|happen|miss|hate|expect|understand|live|stay|remain|last|work|fit|accept|appreciate|lose|find|depend|hear|receive)`)
	doesBe = regexp.MustCompile(`(?i)^\s+be (?:(?:back )?in touch|round|over|calling|ringing|sending|paying|posting|collecting|coming|delivering|emailing|there|with (?:you|her|him|them))\b`)
)

// future reads "will", "'ll" and "going to", and where somebody of us tells what we
// said, "would".
func future(s sentence, cue []int) (vow, bool) {
	at, to := cue[2], cue[3]
	word := strings.ToLower(s.text[at:to])
	w := whoBefore(s.text[:at])
	body := s.text[to:]
	if word == "going to" && place.MatchString(body) {
		return vow{}, false
	}
	said, told := word == "would" || word == "'d", w.report != ""
	if w.who == missing && (isName(s.text[at:to], body) || word == "'ll") {
		return vow{}, false
	}
	v := vow{from: w.from, body: to, told: told && w.teller == first}
	switch {
	case said && (!told || w.teller != first), w.doubt, w.teller == no && told:
		if !said || w.teller != third || w.who != third && w.who != thing || w.doubt {
			return vow{}, false
		}
		v.by = others
	case told && w.teller == third && (w.who == first || w.who == missing) && !strings.ContainsAny(s.text[:at], `"“`):
		return vow{}, false
	case told && w.teller == third:
		v.by = others // also of a thing: "UPS says it'll be delivered"
	default:
		v = s.act(v, w, body)
	}
	if v.by == others && w.who != thing && state.MatchString(body) && !doesBe.MatchString(body) {
		return vow{}, false
	}
	return v, v.by != nobody && !s.noPromise(v, at)
}

// place is where somebody is going to, not what they are going to do.
var place = regexp.MustCompile(`^\s+(?:(?:the|a|an|my|her|his|their|our|work|bed|school|church|hospital)\b|[A-Z][a-z])`)

// act says who promises when somebody will do what the body says.
func (s sentence) act(v vow, w who, body string) vow {
	whole := vow{from: v.from, body: w.clause, by: us, told: v.told}
	pm := passive.FindStringSubmatch(body)
	if pm != nil && standing.MatchString(body) {
		pm = nil
	}
	given := pm != nil && (pm[1] == "" || startsWithTime(pm[1]))
	switch w.who {
	case first:
		v.by = us
	case missing:
		if v.by = us; toUs.MatchString(body) { // "will call us back, she said"
			v.by = others
			return v
		}
		v.dated = strings.HasPrefix(strings.TrimSpace(body), "be ") && !given && !doesBe.MatchString(body)
		if v.dated {
			v.by = nobody
		}
	case second, third:
		switch {
		case gets.MatchString(body), given && !doesBe.MatchString(body):
			return whole
		}
		v.by = others
	case thing:
		if given || moves.MatchString(body) {
			whole.dated = true
			return whole
		}
		if pm != nil { // "it will be sent by the bank"
			v.by = others
		}
	}
	return v
}

// startsWithTime reports whether a text begins with a time: "by Friday" names no one.
func startsWithTime(text string) bool {
	w := read(text, time.Unix(0, 0).UTC(), DayFirst)
	return w.any() && w.left() == 0
}

// isName reports whether "Will" is somebody's: "Will Smith rang", "Will called".
func isName(word, body string) bool {
	next := strings.ToLower(strings.TrimSpace(body))
	if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(body, " ")); unicode.IsUpper(r) && strings.HasPrefix(word, "W") && strings.ToUpper(word) != word {
		return true
	}
	return notADeed.MatchString(next)
}

var notADeed = regexp.MustCompile(`^(?:i|we|she|he|they|it|you|this|that|there|the|about|and|from|\pL+ed|told|rang|said|came|says|wants?|was|is|has)(?:[^\pL]|$)`)

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
	return v, w.who == missing && atStart(s.text[:cue[2]]) && !noTask.MatchString(s.text[cue[3]:]) && !s.noPromise(v, cue[2])
}

// atStart reports whether nothing stands between the words and the beginning of their
// clause but a stop, a bullet or a word of politeness.
func atStart(lead string) bool { return started.MatchString(lead) }

var (
	started = regexp.MustCompile(`(?i)(?:^|[,;:.!(•*>]|[-–—]\s|\p{So})\s*(?:ok|okay|so|then|also|now|pls|please|todo|to do|next|action)?[ ,:-]*$`)
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

var lends = regexp.MustCompile(`(?i)^\s+(?:just\s+)?(?:call|ring|phone|send|email|e-mail|text|write|get back|come back|give (?:you|her|him|them)|find out|look into|check and|check with|ask and)\b`)

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

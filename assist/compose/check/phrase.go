package check

import (
	"regexp"
	"strings"
)

// saying is a turn of phrase that a letter is better without.
type saying struct {
	kind  Kind
	words *regexp.Regexp
	what  string
	// better is what stands instead, as regexp's Expand reads it; "" takes the words
	// out. none: a person must find better words.
	better string
	none   bool
}

func words(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?i)\b(?:` + pattern + `)`) }

const (
	toldOff = "This tells the customer off. Say what you need, or what you do next."
	noSorry = "This is no real apology. Say sorry for what happened, in plain words."
	empty   = "These words say nothing. Leave them out."
	stiff   = "Plain words are read faster."
)

// sayings are looked for in this order; where two overlap, the first counts.
var sayings = []saying{
	{NonApology, words(`(?:please accept (?:our|my) (?:sincere |sincerest )?apolog(?:y|ies)|(?:we|I) (?:sincerely |deeply )?apologi[sz]e|our apologies|apologies|(?:we|I)(?: am| are|['’]m|['’]re) (?:very |so |truly )?sorry|sorry) for any (?:inconvenience|trouble|problems?)(?: (?:this|that|it|which this|we)? ?(?:may|might|could)?(?: have)? ?(?:caused?|given|brought)(?: you| to you)?)?`), noSorry, "I am sorry for the trouble that we made you", false},
	{NonApology, words(`(?:we|I) regret any (?:inconvenience|trouble)(?: caused| (?:this|that|it) (?:may |might )?(?:have )?caused?(?: you)?)?`), noSorry, "I am sorry for the trouble that we made you", false},
	{NonApology, words(`(?:we|I)(?: am| are|['’]m|['’]re) sorry (?:if|that) you (?:feel|felt|think|found)\b|sorry if\b`), noSorry, "", true},
	{Blame, words(`you (?:have )?(?:failed|forgot|forgotten|neglected|omitted) to (?:send|give|provide|enclose|attach|include|supply) (?:us |me )?(?:with )?(the|your|a|an|any) ([\pL-]+(?: [\pL-]+)?)(\s*[.!]|$)`), toldOff, "I do not have $1 $2 yet$3", false},
	{Blame, words(`you (?:did not|didn['’]t|have not|haven['’]t) (?:send|sent|give|given|provide|provided|enclose|enclosed|attach|attached|include|included) (?:us |me )?(?:with )?(the|your) ([\pL-]+(?: [\pL-]+)?)(\s*[.!]|$)`), toldOff, "I do not have $1 $2 yet$3", false},
	{Blame, words(`you (?:have |had |also |again )?(?:failed|neglected|omitted|forgot|forgotten) to\b`), toldOff, "", true},
	{Blame, words(`you (?:should|must|ought to|could) have\b|if you had (?:only |just )?(?:read|told|sent|asked|called|followed|checked|listened)\b`), toldOff, "", true},
	{Blame, words(`you (?:did not|didn['’]t) (?:read|follow|tell|check|listen|fill|mention|say|let|supply)\b`), toldOff, "", true},
	{Blame, words(`(?:your|the customer['’]s) (?:own )?(?:mistake|fault|failure|negligence|carelessness)\b`), toldOff, "", true},
	{Blame, words(`you(?: are|['’]re)? (?:wrong|mistaken)\b|you claim(?:ed)?\b|you need to understand\b`), toldOff, "", true},
	{Blame, words(`as per my (?:last|previous|earlier) (?:e-?mail|mail|message|letter|note)[, ]*|as per my last[, ]+|per my last (?:e-?mail|mail|message|letter)[, ]*`), toldOff, "", false},
	{Blame, words(`as (?:I|we)(?:['’]ve| have)? (?:already |previously |repeatedly |clearly )*(?:told you|said|explained|mentioned|stated|informed you|written|wrote)(?: (?:to you|before|already|earlier|previously|several times))*[, ]*`), toldOff, "", false},
	{Blame, words(`as (?:already|previously|repeatedly|clearly) (?:stated|said|mentioned|explained|told|advised|communicated)(?: (?:to you|before|earlier))*[, ]*`), toldOff, "", false},
	{Filler, words(`(?:please )?be (?:advised|informed|aware) that\s+|please note that\s+|(?:we|I) (?:would|['’]d) like to (?:inform|advise|let) you(?: know)? that\s+|(?:I am|we are|this is|I['’]m) writing to (?:inform|advise|let) you(?: know)? that\s+|(?:we|I) (?:wish|beg|regret) to (?:inform|advise) you that\s+`), empty, "", false},
	{Filler, words(`unfortunately[, ]+|regrettably[, ]+|sadly, `), "Say sorry instead, and go straight to the news.", "", false},
	{Filler, words(`it goes without saying that\s+|needless to say[, ]+|as you (?:may|might|will) (?:know|be aware)[, ]+|for your information[, ]+|to be (?:perfectly )?honest[, ]+|with all due respect[, ]+`), empty, "", false},
	{Filler, words(`at this (?:moment|point) in time\b|at the present time\b`), stiff, "now", false},
	{Filler, words(`due to the fact that\b|in view of the fact that\b`), stiff, "because", false},
	{Filler, words(`in the event (?:that|of)\b`), stiff, "if", false},
	{Filler, words(`in order to\b`), stiff, "to", false},
	{Filler, words(`prior to\b`), stiff, "before", false},
	{Filler, words(`with (?:regards?|reference|respect) to\b|in regards? to\b|pertaining to\b`), stiff, "about", false},
	{Filler, words(`utili[sz]e\b`), stiff, "use", false},
	{Filler, words(`at your earliest convenience\b`), stiff, "when it suits you", false},
	{Filler, words(`please (?:do not|don['’]t) hesitate to\b|(?:do not|don['’]t) hesitate to\b`), stiff, "please", false},
	{Filler, words(`kindly\b`), stiff, "please", false},
	{Filler, words(`your (?:call|business|satisfaction|feedback) is (?:very |extremely )?important to us\b`), "Show it instead of saying it.", "", true},
	{Filler, words(`(?:we|I) (?:fully |completely )?understand (?:your frustration|how you feel|that this (?:is|may be|might be|can be) frustrating)\b`), "Nobody believes this. Say what you understood.", "", true},
}

// phrases finds the sayings in a sentence.
func (c *checker) phrases(s *sentence) {
	taken := -1
	for _, y := range sayings {
		at := y.words.FindStringSubmatchIndex(s.plain)
		if at == nil || at[0] < taken {
			continue
		}
		if y.kind == NonApology || y.kind == Blame {
			taken = max(taken, at[1])
		}
		better := ""
		if !y.none {
			with := string(y.words.ExpandString(nil, y.better, s.plain, at))
			before, after := s.text[:at[0]], s.text[at[1]:]
			if with == "" && (after == "" || strings.ContainsAny(after[:1], ".!?")) {
				before = strings.TrimRight(before, " ,")
			}
			better = before + with + after
			if at[0] == 0 {
				better = capital(strings.TrimLeft(better, " ,"))
			}
			if strings.Trim(better, " .!") == "" {
				better = ""
			}
		}
		c.add(s, at[0], at[0]+len(strings.TrimRight(s.plain[at[0]:at[1]], " ,")), y.kind, y.what, better)
	}
}

// A sorry, and what gives reasons.
var (
	sorryWords = regexp.MustCompile(`(?i)\b(?:sorry|apologi[sz]e|apolog(?:y|ies))\b`)
	reason     = regexp.MustCompile(`(?i)\b(?:because(?: of)?|due to|owing to|as a result of|the reason (?:is|was|for)|on account of)\b`)
	// clauses is "Because of the storm your parcel is late, and we are sorry."
	clauses = regexp.MustCompile(`(?i)^(.+?)[,;]? (?:and |so |but |for which |therefore )?((?:I|we)(?:['’]m|['’]re| am| are)? (?:(?:very|so|truly|really|deeply|sincerely) )?(?:sorry|apologi[sz]e))(?: for (?:that|this|it))?([.!]?)$`)
)

// sorry finds a reason that is given before the first sorry of the draft.
func (c *checker) sorry() {
	first, at := -1, 0
	for i, s := range c.sentences {
		if m := sorryWords.FindStringIndex(s.plain); m != nil {
			first, at = i, m[0]
			break
		}
	}
	if first < 0 {
		return
	}
	const what = "Say sorry first, then give the reason: else it sounds like an excuse."
	for i := range c.sentences[:first+1] {
		s := &c.sentences[i]
		m := reason.FindStringIndex(s.plain)
		if m == nil || i == first && m[0] > at {
			continue
		}
		c.add(s, m[0], m[1], ReasonFirst, what, "")
		if better := c.sorryFirst(i, first); better != "" && len(s.whole) <= longestBetter {
			c.out[len(c.out)-1].Better = tidy(better)
		}
		return
	}
}

// sorryFirst returns the line with its sorry before the reason; "" when the sorry
// stands on another line, or deep in its sentence.
func (c *checker) sorryFirst(reason, sorry int) string {
	s, y := &c.sentences[reason], &c.sentences[sorry]
	before := s.whole[:s.start-s.lineStart]
	if reason == sorry {
		m := clauses.FindStringSubmatch(s.text)
		if m == nil {
			return ""
		}
		return before + capital(m[2]) + ". " + capital(m[1]) + "." + s.whole[len(before)+len(s.text):]
	}
	if y.line != s.line {
		return ""
	}
	from := y.start - y.lineStart
	return before + y.text + " " + s.whole[len(before):from] + s.whole[from+len(y.text):]
}

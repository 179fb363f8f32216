package check

import "strings"

// phrase is a passive that was found: its words are those from be up to and with last.
type phrase struct {
	be, last   int // indexes of words: the first form of be (or what leads to it), and the participle
	head       int // the first word of the verb: "will", "has", or be itself
	verb       verb
	known      bool // verb is one that the sentence can be turned with
	will       bool // it lies ahead: will be, is going to be, shall be
	impersonal bool
	agent      [2]int // the words of who acts, without "by"; empty when nobody is named
}

const (
	beForms   = " am is are was were be been being isn't aren't wasn't weren't "
	weak      = " am is are was were isn't aren't wasn't weren't "
	aheadOfBe = " will won't shall should must can cannot can't could may might would to "
)

func isIn(words, w string) bool { return strings.Contains(words, " "+w+" ") }

func (w word) be() bool {
	return isIn(beForms, w.low) || strings.HasSuffix(w.low, "'re")
}

// passive finds where something is done and nobody does it.
func (c *checker) passive(s *sentence) {
	for i := 0; i < len(s.words); i++ {
		p, ok := s.passiveAt(i)
		if !ok {
			continue
		}
		from, to := s.words[p.head].from, s.words[p.last].to
		switch better := s.turned(p); {
		case p.agent[1] > 0:
			c.add(s, from, to, Passive, "Begin with who acts: it is shorter, and it is clear who did it.", better)
		case p.will || p.impersonal:
			c.add(s, from, to, NobodyActs, "Nobody acts here. Say who: “I”, “we” or a name.", better)
		default:
			c.add(s, from, to, Passive, "Say who did it: “I”, “we” or a name.", better)
		}
		i = p.last
	}
}

// passiveAt reads the passive whose form of be is the word i.
func (s *sentence) passiveAt(i int) (p phrase, ok bool) {
	w := s.words
	if !w[i].be() || w[i].after != 0 || s.existential(i) || strings.HasSuffix(w[i].low, "'re") && i+1 == len(w) {
		return p, false
	}
	j, last := i+1, i
	for j < len(w) && (linking[w[j].low] || strings.HasSuffix(w[j].low, "ly")) && w[j-1].after == 0 {
		if w[j].be() {
			last = j
		}
		j++
	}
	if j >= len(w) || w[j-1].after != 0 || !participle(w[j].low) || strings.Contains(w[j].low, "-") {
		return p, false
	}
	p = phrase{be: i, last: j}
	p.verb, p.known = byParticiple[w[j].low]
	p.agent = s.agent(j)
	p.head, p.will = s.head(i)
	p.impersonal = i == 1 && w[0].low == "it" && j+1 < len(w) && w[j+1].low == "that" ||
		i >= 2 && w[0].low == "it" && i <= 3 && j+1 < len(w) && w[j+1].low == "that"
	if p.agent[1] > 0 {
		return p, true
	}
	switch {
	case p.impersonal:
		return p, !adjectives[w[j].low] || w[j].low == "decided" || w[j].low == "noted"
	case s.state(p, last):
		return p, false
	case j+1 < len(w) && w[j].after == 0 && !s.mayFollow(j+1):
		return p, false
	}
	return p, true
}

// state reports whether the participle may say how somebody or something is. last is
// the form of be before it.
func (s *sentence) state(p phrase, last int) bool {
	w := s.words
	done, be := w[p.last].low, w[last].low
	present := be == "am" || be == "is" || be == "are" || be == "isn't" || be == "aren't" || strings.HasSuffix(be, "'re")
	next := ""
	if p.last+1 < len(w) && w[p.last].after == 0 {
		next = w[p.last+1].low
	}
	switch {
	case done == "left" && aside[next]:
		return false
	case done == "used" && next == "to", !stative[done] && adjectives[done]:
		return true
	case present: // "is faded" is how it is; "is processed at night" is what somebody does
		return doors[done] || next == "" || (stative[done] || !p.known) && !habits[next]
	case !stative[done]:
		return false
	case isIn(weak, be):
		return !events[done]
	case doors[done]:
		return be == "be" || isIn(" since for until on all ", next)
	}
	return p.head > 0 && p.head <= 3 && isIn(" i we ", w[0].low) || isIn(" i'll we'll ", w[p.head].low) // "We expect to be done by noon."
}

// existential reports whether the sentence says that there is something: "there are
// damaged parts".
func (s *sentence) existential(i int) bool {
	return i > 0 && (s.words[i-1].low == "there" || s.words[i-1].low == "here")
}

func (s *sentence) mayFollow(i int) bool {
	w := s.words[i]
	return following[w.low] || strings.HasSuffix(w.low, "ly") || w.low[0] >= '0' && w.low[0] <= '9'
}

// participle reports whether a word can be the participle of a verb.
func participle(w string) bool {
	if _, ok := byParticiple[w]; ok {
		return true
	}
	return len(w) > 4 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed") && !strings.HasPrefix(w, "un")
}

// head returns the first word of the verb that be at i belongs to, and whether it
// lies ahead.
func (s *sentence) head(i int) (head int, will bool) {
	w := s.words
	for head = i; head > 0; head-- {
		low := w[head-1].low
		if w[head-1].after != 0 {
			break
		}
		switch {
		case isIn(aheadOfBe, low) && w[i].low == "be":
			will = will || low == "will" || low == "shall" || low == "won't"
		case isIn(" have has had not also now ", low) || linking[low]:
		case low == "going" && w[head].low == "to":
			will = true
		case will && isIn(weak, low):
		default:
			return head, will
		}
	}
	return head, will
}

// Words that end the name of who acts.
var endsAgent = setOf(`on at in from with to for after before until till since during because as and but or so when while if where which
who today tomorrow yesterday tonight now soon shortly within by last this next again without via not`)

// byWhen are words behind "by" that tell when or how, not who: by Friday, by post.
var byWhen = setOf(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december today tomorrow tonight noon midnight then now next this post mail email e-mail phone letter hand courier
return mistake accident error chance law default far half name itself car van train air bank card cheque transfer late early mid`)

// times are words that make a phrase behind "by" tell when: by the end of the week.
var times = setOf(`end close day days week weeks month months year time deadline date morning evening afternoon way means hour minute
monday tuesday wednesday thursday friday saturday sunday`)

// agent returns the words of who acts behind a participle: "by our team".
func (s *sentence) agent(participle int) [2]int {
	w := s.words
	for by := participle + 1; by < len(w) && by <= participle+3; by++ {
		if w[by-1].after != 0 {
			return [2]int{}
		}
		if w[by].low != "by" || w[by].after != 0 {
			continue
		}
		from, to := by+1, by+1
		for to < len(w) && !endsAgent[w[to].low] && to-from < 5 && !strings.HasSuffix(w[to].low, "ly") {
			to++
			if w[to-1].after != 0 {
				break
			}
		}
		if from == to || !s.somebody(from, to) {
			return [2]int{}
		}
		return [2]int{from, to}
	}
	return [2]int{}
}

// somebody reports whether the words can name who acts: me, us, a name, our team.
func (s *sentence) somebody(from, to int) bool {
	if byWhen[s.words[from].low] {
		return false
	}
	for _, w := range s.words[from:to] {
		if times[w.low] || w.low[0] >= '0' && w.low[0] <= '9' || strings.HasSuffix(w.low, "ing") {
			return false
		}
	}
	switch w := s.words[from]; w.low {
	case "me", "us", "him", "her", "them", "you":
		return to == from+1
	case "our", "my", "the", "your", "a", "an", "one", "their", "his":
		return to > from+1
	default:
		return w.name
	}
}

// Pronouns as they stand before the verb and behind it.
var (
	subjects = map[string]string{"me": "I", "us": "we", "him": "he", "her": "she", "them": "they"}
	objects  = map[string]string{"i": "me", "we": "us", "he": "him", "she": "her", "they": "them", "it": "it", "you": "you"}
)

// turned returns the sentence with who acts at its beginning, "" where that is not
// sure to be good English: only a sentence that begins with what it is done to can be
// turned, and only a verb whose forms are known.
func (s *sentence) turned(p phrase) string {
	object, ok := s.object(p.head)
	if !p.known || !ok || p.impersonal || p.verb.base == "be" || strings.Contains(s.between(p.head, p.last), "not") {
		return ""
	}
	actor, rest := "I", s.text[s.words[p.last].to:]
	if p.agent[1] > 0 {
		from, to := s.words[p.agent[0]].from, s.words[p.agent[1]-1].to
		actor, rest = s.text[from:to], s.text[s.words[p.last].to:s.words[p.agent[0]-1].from]+strings.TrimLeft(s.text[to:], " ")
		if subject := subjects[strings.ToLower(actor)]; subject != "" {
			actor = subject
		}
	}
	var does string
	switch first := s.words[p.head].low; {
	case p.will:
		does = "will " + p.verb.base
	case p.agent[1] == 0:
		return ""
	case first == "was" || first == "were":
		does = p.verb.past
	case first == "has" || first == "have":
		does = have(actor) + " " + p.verb.participle
	default:
		return ""
	}
	if rest = strings.TrimSpace(rest); rest != "" && !strings.ContainsAny(rest[:1], ",.;:!?") {
		rest = " " + rest
	}
	return capital(actor) + " " + does + " " + object + rest
}

func have(actor string) string {
	low := strings.ToLower(actor)
	if low == "i" || low == "we" || low == "they" || low == "you" || strings.Contains(low, " and ") || strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ss") {
		return "have"
	}
	return "has"
}

// object returns the words before the verb as what it is done to; ok is false when
// there are other words than one short noun phrase.
func (s *sentence) object(head int) (object string, ok bool) {
	w := s.words
	if head == 0 || head > 5 || w[0].from != 0 || !starters[w[0].low] && objects[w[0].low] == "" {
		return "", false
	}
	for _, x := range w[:head] {
		if x.after != 0 || x.be() || isIn(" that which who whether if when because and or but what there here please ", x.low) {
			return "", false
		}
	}
	text := s.text[:w[head-1].to]
	if head == 1 {
		if o := objects[w[0].low]; o != "" {
			return o, true
		}
		return "", false
	}
	return small(text), true
}

func (s *sentence) between(from, to int) string {
	return strings.ToLower(s.text[s.words[from].from:s.words[to].to])
}

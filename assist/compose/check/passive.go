package check

import "strings"

// phrase is a passive that was found. Its fields are indexes of words.
type phrase struct {
	head, last int    // the first word of the verb, "will", "has" or a form of be, and the participle
	agent      [2]int // from and to of who acts, without "by"; zero when nobody is named
	will       bool   // it lies ahead: will be, is going to be, shall be
	impersonal bool   // "it was decided that"
	verb       verb
	known      bool // verb is one that the sentence can be turned with
}

const (
	beForms   = " am is are was were be been being isn't aren't wasn't weren't "
	present   = " am is are isn't aren't "
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
	last, done := s.done(i)
	if done < 0 || s.existential(i) {
		return p, false
	}
	p = phrase{last: done, agent: s.agent(done), impersonal: s.impersonal(i, done)}
	p.verb, p.known = byParticiple[s.words[done].low]
	p.head, p.will = s.head(i)
	if p.agent[1] > 0 || p.impersonal {
		return p, true
	}
	return p, !s.aside(p.head) && !s.state(p, last) && s.mayFollow(done)
}

// aside reports whether a verb stands in a clause that only says when, if or which: "if
// that can't be done", "an order that was sent in two parts".
func (s *sentence) aside(head int) bool {
	for i := head - 1; i >= 0 && s.words[i].after == 0; i-- {
		if low := s.words[i].low; conditions[low] || low == "that" && i == head-1 && i > 0 {
			return true
		}
	}
	return false
}

// conditions begin a clause that hangs on another.
var conditions = setOf("what which who if when whenever after before until unless where whether while once than")

// done returns the last form of be in a row of them that begins at i, and the participle
// behind it; -1 when there is none.
func (s *sentence) done(i int) (last, done int) {
	w := s.words
	if !w[i].be() {
		return i, -1
	}
	last, done = i, i+1
	for ; done < len(w) && w[done-1].after == 0; done++ {
		if w[done].be() {
			last = done
		} else if !linking[w[done].low] && !strings.HasSuffix(w[done].low, "ly") {
			break
		}
	}
	if done >= len(w) || w[done-1].after != 0 || !participle(w[done].low) {
		return last, -1
	}
	return last, done
}

// impersonal reports whether it is "it was decided that".
func (s *sentence) impersonal(be, done int) bool {
	w := s.words
	if be == 0 || be > 3 || w[0].low != "it" || done+1 >= len(w) || w[done+1].low != "that" {
		return false
	}
	low := w[done].low
	return !adjectives[low] || low == "decided" || low == "noted"
}

// state reports whether the participle may say how somebody or something is. last is
// the form of be before it.
func (s *sentence) state(p phrase, last int) bool {
	done, be, next := s.words[p.last].low, s.words[last].low, s.next(p.last)
	switch {
	case done == "left" && aside[next]:
		return false
	case done == "used" && next == "to":
		return true
	case !stative[done] && adjectives[done]:
		return true
	case isIn(present, be), strings.HasSuffix(be, "'re"):
		return p.lasts(done, next)
	case !stative[done]:
		return false
	case isIn(weak, be):
		return !events[done]
	case doors[done]:
		return be == "be" || isIn(" since for until on all ", next)
	}
	return s.ours(p.head)
}

// lasts reports whether a participle behind am, is and are says how it is: "is faded";
// but "is processed at night" is what somebody does.
func (p phrase) lasts(done, next string) bool {
	return doors[done] || next == "" || !habits[next] && (stative[done] || !p.known)
}

// ours reports whether a verb is one of ours: "We expect to be done by noon."
func (s *sentence) ours(head int) bool {
	return isIn(" i'll we'll ", s.words[head].low) || head > 0 && head <= 3 && isIn(" i we ", s.words[0].low)
}

// next returns the word behind another; "" when there is a mark between or none.
func (s *sentence) next(i int) string {
	if i+1 < len(s.words) && s.words[i].after == 0 {
		return s.words[i+1].low
	}
	return ""
}

// existential reports whether the sentence says that there is something: "there are
// damaged parts".
func (s *sentence) existential(i int) bool {
	return i > 0 && (s.words[i-1].low == "there" || s.words[i-1].low == "here")
}

// mayFollow reports whether what stands behind a participle lets it be a verb.
func (s *sentence) mayFollow(participle int) bool {
	next := s.next(participle)
	return next == "" || following[next] || strings.HasSuffix(next, "ly") || next[0] >= '0' && next[0] <= '9'
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
	for head = i; head > 0 && w[head-1].after == 0; head-- {
		low := w[head-1].low
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
	does := s.does(p, actor)
	if does == "" {
		return ""
	}
	if rest = strings.TrimSpace(rest); rest != "" && !strings.ContainsAny(rest[:1], ",.;:!?") {
		rest = " " + rest
	}
	return capital(actor) + " " + does + " " + object + rest
}

// does returns the verb as who acts does it, "" where that is not sure. Who acts is
// only guessed for what lies ahead.
func (s *sentence) does(p phrase, actor string) string {
	first := s.words[p.head].low
	switch {
	case p.will:
		return "will " + p.verb.base
	case p.agent[1] == 0:
		return ""
	case first == "was" || first == "were":
		return p.verb.past
	case first == "has" || first == "have":
		return have(actor) + " " + p.verb.participle
	}
	return ""
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

package heard

import "ringside/assist"

// felt is a cue that was found in a sentence.
type felt struct {
	feeling  assist.Feeling
	kind     cueKind
	from, to int    // plain words
	said     string // the words of the cue
	family   bool   // somebody of theirs feels so
	refused  bool   // the opposite of what the words say
}

// feel returns the first feeling of a sentence.
func feel(p plainOf) (f felt, ok bool) {
	for i, w := range p.w {
		best := cue{}
		for _, c := range cues[w] {
			if len(c.words) > len(best.words) && p.has(i, c.words...) {
				best = c
			}
		}
		if len(best.words) == 0 {
			continue
		}
		f = felt{feeling: best.feeling, kind: best.kind, from: i, to: i + len(best.words)}
		if f.holds(p) {
			f.said = cueSaid(best)
			return f, true
		}
	}
	return felt{}, false
}

func cueSaid(c cue) string {
	out := c.words[0]
	for _, w := range c.words[1:] {
		out += " " + w
	}
	return out
}

// holds reports whether the words of a cue mean what they seem to.
func (f *felt) holds(p plainOf) bool {
	next := p.word(f.to)
	switch {
	case f.kind == verbCue || f.kind == likeCue:
		return f.verb(p)
	case f.feeling == assist.Wish:
		return f.wishes(p)
	case f.feeling == assist.Love || f.feeling == assist.Hate:
		f.refused = p.any(f.from-3, f.from, refusals)
		f.family = f.from > 1 && families[p.word(f.from-2)]
		if f.refused && f.feeling == assist.Love {
			f.feeling, f.refused = assist.Hate, false
		}
		return true
	}
	if f.to-f.from == 1 && !f.thirdPerson(p) {
		return false
	}
	return next != "so" && next != "about" && next != "not" && next != "of" && next != ""
}

// thirdPerson reports whether somebody else than the speaker holds what the one word of a
// cue says; a note may leave out who ("Reckons it is dear").
func (f *felt) thirdPerson(p plainOf) bool {
	who := p.word(f.from - 1)
	f.family = families[who]
	return f.from == 0 || persons[who] || f.family || p.named(f.from-1)
}

// wishes tells a wish from an order and from good wishes.
func (f *felt) wishes(p plainOf) bool {
	next, then := p.word(f.to), p.word(f.to+1)
	if last := p.word(f.to - 1); last == "you" && f.to-f.from == 2 && p.word(f.from) == "wish" {
		next, then = "you", next
		if f.from > 0 && p.word(f.from-1) == "to" {
			return false
		}
	}
	switch next {
	case "to", "him", "them", "":
		return false
	case "i":
		return then == "had" && len(p.w) > f.to+2
	case "you":
		switch then {
		case "a", "all", "well", "luck", "good", "merry", "happy", "the", "every", "nice", "lovely", "":
			return false
		}
	}
	return true
}

// verb looks at who loves or hates, and what comes behind.
func (f *felt) verb(p plainOf) bool {
	if would[p.word(f.from-1)] || p.word(f.from-1) == "would" || p.word(f.from-1) == "to" && p.word(f.from-2) != "used" {
		return false
	}
	if p.word(f.to) == "to" {
		return false // to hear, to ask
	}
	i := f.from - 1
	for i >= 0 && (refusals[p.w[i]] || p.w[i] == "do" || p.w[i] == "have" || p.w[i] == "has" || p.w[i] == "does" || p.w[i] == "did") {
		f.refused = f.refused || refusals[p.w[i]]
		i--
	}
	who := p.word(i)
	f.family = families[who]
	third := p.w[f.from][len(p.w[f.from])-1] == 's'
	if f.kind == likeCue && i >= 0 && !persons[who] && !f.family {
		return false // it is like this
	}
	if i >= 0 && !persons[who] && !f.family && who != "and" && who != "but" && !p.named(i) {
		return false
	}
	if i < 0 && !third && !f.refused && f.kind == likeCue {
		return false
	}
	if f.refused {
		switch f.feeling {
		case assist.Love:
			f.feeling, f.refused = assist.Hate, false
		}
	}
	return true
}

// named reports whether the word is written as a name: a person who feels so.
func (p plainOf) named(i int) bool {
	w := p.words[p.at[i]]
	return w.capital && !p.shouts
}

// judges returns how a sentence judges what it names or us: love, hate, or nothing.
// from is the plain word behind which the judgement must be.
func judges(p plainOf, from int) assist.Feeling {
	for i := max(from, 0); i < len(p.w) && i <= from+6; i++ {
		if !being[p.w[i]] {
			continue
		}
		no := refusals[p.w[i]]
		for k := i + 1; k < len(p.w) && k <= i+4; k++ {
			switch w := p.w[k]; {
			case refusals[w]:
				no = true
			case w == "if" || w == "that" || w == "than":
				k = len(p.w)
			case (praising[w] || w == "best") && !no:
				return assist.Love
			case praising[w] || w == "best":
				return assist.Hate
			case bad[w] && !no:
				return assist.Hate
			case bad[w]:
				return ""
			}
		}
	}
	return ""
}

package heard

import (
	"strings"

	"ringside/assist"
)

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
		f = felt{feeling: best.feeling, kind: best.kind, from: i, to: i + len(best.words), said: strings.Join(best.words, " ")}
		if f.holds(p) {
			return f, true
		}
	}
	return felt{}, false
}

// holds reports whether the words of a cue mean what they seem to.
func (f *felt) holds(p plainOf) bool {
	switch {
	case f.kind == verbCue || f.kind == likeCue:
		return f.verb(p)
	case f.feeling == assist.Wish:
		return f.wishes(p)
	case f.kind == thought:
		return f.thinks(p)
	}
	f.refused = f.kind != turnedCue && p.any(f.from-3, f.from, refusals)
	if f.refused && f.feeling == assist.Love {
		f.feeling, f.refused = assist.Hate, false
	}
	return true
}

// thinks tells a thought from thinking: "thinks" needs somebody else than the speaker,
// though a note may leave out who ("Reckons it is dear").
func (f *felt) thinks(p plainOf) bool {
	if f.to-f.from == 1 && f.from > 0 {
		who := p.word(f.from - 1)
		if !persons[who] && !families[who] && !p.named(f.from-1) {
			return false
		}
	}
	switch p.word(f.to) {
	case "so", "about", "not", "of", "":
		return false
	}
	return true
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

// opinion reports whether it is a thought that says nothing unless it judges something.
func (f felt) opinion() bool { return f.kind == thought && f.feeling != assist.Feel }

var auxiliaries = set("do does did have has")

// verb looks at who loves or hates, and what comes behind.
func (f *felt) verb(p plainOf) bool {
	before := p.word(f.from - 1)
	if would[before] || before == "to" && p.word(f.from-2) != "used" || p.word(f.to) == "to" {
		return false // what they would love, and love to hear
	}
	i := f.from - 1
	for ; i >= 0 && (refusals[p.w[i]] || auxiliaries[p.w[i]]); i-- {
		f.refused = f.refused || refusals[p.w[i]]
	}
	holds := f.heldBy(p, i)
	if f.refused && f.feeling == assist.Love {
		f.feeling, f.refused = assist.Hate, false
	}
	return holds
}

// heldBy reports whether the word at i is somebody who can love or hate. A note may leave
// out who: "Loves the Hedge 300".
func (f *felt) heldBy(p plainOf, i int) bool {
	who := p.word(i)
	f.family = families[who]
	switch {
	case i < 0:
		return f.kind == verbCue || f.refused || strings.HasSuffix(p.w[f.from], "s")
	case persons[who] || f.family:
		return true
	case f.kind == likeCue:
		return false // it is like this
	}
	return who == "and" || who == "but" || p.named(i)
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
		if being[p.w[i]] {
			if f := judgement(p, i+1, refusals[p.w[i]]); f != "" {
				return f
			}
		}
	}
	return ""
}

// judgement reads the judgement behind "is"; no says that it is turned round.
func judgement(p plainOf, from int, no bool) assist.Feeling {
	for k := from; k < min(len(p.w), from+4); k++ {
		switch w := p.w[k]; {
		case refusals[w]:
			no = true
		case w == "if" || w == "that" || w == "than":
			return ""
		case praising[w] || w == "best":
			if no {
				return assist.Hate
			}
			return assist.Love
		case bad[w]:
			if no {
				return ""
			}
			return assist.Hate
		}
	}
	return ""
}

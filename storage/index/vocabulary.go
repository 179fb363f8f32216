package index

import (
	"encoding/binary"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// vocabulary is the words of a segment that can be found from inside and when
// misspelt, in memory: those of letters only. Terms of one space follow one another
// in order.
type vocabulary struct {
	text   string
	starts []uint32 // where each term begins, and where the last one ends
	firsts []uint32 // the best record of each term, times two; odd when it is the only one
	// parts holds, for every three letters that follow one another, which terms have
	// them: the steps between their numbers. Letters share a place by chance.
	parts  []byte
	places []uint32 // where in parts each place begins, and where the last one ends
}

const (
	maxVocabulary = 12 << 20 // bytes; what goes beyond is found from its beginning only
	maxSpread     = 32       // words that one of several typed words may stand for inside and misspelt
)

// vocabularyWriter takes terms in ascending order.
type vocabularyWriter struct {
	text   []byte
	starts []uint32
	firsts []uint32
	lists  [][]byte // of each place
	last   []uint32 // the term that came last into it
}

func (v *vocabularyWriter) add(term string, docs []uint32) {
	if space := term[0]; space != spaceName && space != spaceMore || len(v.text)+len(term) >= maxVocabulary {
		return
	}
	if v.lists == nil {
		v.lists, v.last = make([][]byte, partPlaces), make([]uint32, partPlaces)
	}
	v.starts = append(v.starts, uint32(len(v.text)))
	v.text = append(v.text, term...)
	first := docs[0] * 2
	if len(docs) == 1 {
		first++
	}
	v.firsts = append(v.firsts, first)
	number := uint32(len(v.firsts)) // one more than its number
	eachPart(term[1:], true, func(place uint32) {
		if v.last[place] != number {
			v.lists[place] = binary.AppendUvarint(v.lists[place], uint64(number-v.last[place]))
			v.last[place] = number
		}
	})
}

// finish returns the piece that readVocabulary takes.
func (v *vocabularyWriter) finish(out *sealer) piece {
	b := binary.AppendUvarint(nil, uint64(len(v.starts)))
	b = binary.AppendUvarint(b, uint64(len(v.text)))
	b = append(b, v.text...)
	v.starts = append(v.starts, uint32(len(v.text)))
	for i, f := range v.firsts {
		b = binary.AppendUvarint(b, uint64(v.starts[i+1]-v.starts[i]))
		b = binary.AppendUvarint(b, uint64(f))
	}
	for _, l := range v.lists {
		b = append(binary.AppendUvarint(b, uint64(len(l))), l...)
	}
	return out.put(b)
}

func readVocabulary(from *sealed, at piece) (*vocabulary, error) {
	b, err := from.get(at, nil)
	if err != nil {
		return nil, err
	}
	r := reader{b: b}
	n := min(r.uvarint(), uint64(len(b)))
	v := &vocabulary{text: string(r.chunk(r.uvarint())), starts: make([]uint32, 0, n+1), firsts: make([]uint32, 0, n)}
	end := uint64(0)
	for range n {
		v.starts = append(v.starts, uint32(end))
		end += r.uvarint()
		v.firsts = append(v.firsts, uint32(r.uvarint()))
	}
	v.starts = append(v.starts, uint32(end))
	if end != uint64(len(v.text)) || r.bad {
		return nil, ErrDamaged
	}
	v.parts, v.places = make([]byte, 0, len(r.b)), make([]uint32, 0, partPlaces+1)
	for len(r.b) > 0 && !r.bad {
		v.places = append(v.places, uint32(len(v.parts)))
		v.parts = append(v.parts, r.chunk(r.uvarint())...)
	}
	v.places = append(v.places, uint32(len(v.parts)))
	if n > 0 && len(v.places) != partPlaces+1 {
		return nil, ErrDamaged
	}
	return v, r.err()
}

// partPlaces is among how many places the letters are spread.
const partPlaces = 1 << 14

// eachPart calls f with the place of every three bytes that follow one another; behind
// the last letter of a whole word stands the end.
func eachPart(text string, ends bool, f func(place uint32)) {
	size := len(text)
	if ends {
		size++
	}
	at := func(i int) uint32 {
		if i == len(text) {
			return '.'
		}
		return uint32(text[i])
	}
	for i := 0; i+3 <= size; i++ {
		three := at(i)<<16 | at(i+1)<<8 | at(i+2)
		f(three * 2654435761 >> 18)
	}
}

func (v *vocabulary) size() int {
	return len(v.text) + 4*len(v.starts) + 4*len(v.firsts) + len(v.parts) + 4*len(v.places)
}

func (v *vocabulary) term(i int) string { return v.text[v.starts[i]:v.starts[i+1]] }

// find returns the terms, whatever their space, that fit a pattern from inside or
// misspelt, those with the best records first, at most limit. Terms that begin with the
// text are left to the better tiers, so that they take no room from others.
func (v *vocabulary) find(p pattern, limit int) []int {
	if len(v.firsts) == 0 || len(v.places) == 0 {
		return nil
	}
	var found []int
	if p.mode == inside {
		found = v.with(p.text, false)
	} else {
		found = v.misspelt(p.text)
	}
	fits := make([]uint64, 0, 64) // the best record of each, and which term it is
	for _, i := range found {
		term := v.term(i)
		p.space = term[0]
		if p.fits(term) && !strings.HasPrefix(term[1:], p.text) {
			fits = append(fits, uint64(v.firsts[i])<<32|uint64(i))
		}
	}
	slices.Sort(fits)
	out := found[:0]
	for _, f := range fits[:min(len(fits), limit)] {
		out = append(out, int(uint32(f)))
	}
	return out
}

// only returns the list of a term that one record has; ok is false for others.
func (v *vocabulary) only(term int) (l list, ok bool) {
	if v.firsts[term]%2 == 0 {
		return list{}, false
	}
	return list{count: 1, docs: []uint32{v.firsts[term] / 2}}, true
}

// with returns terms among which are all that hold a text of three bytes or more, or
// end with one of two: those that share its two rarest parts.
func (v *vocabulary) with(text string, ends bool) (out []int) {
	best, next := -1, -1
	size := func(place int) int { return int(v.places[place+1] - v.places[place]) }
	eachPart(text, ends, func(place uint32) {
		switch p := int(place); {
		case best < 0 || size(p) < size(best):
			best, next = p, best
		case p != best && (next < 0 || size(p) < size(next)):
			next = p
		}
	})
	if best < 0 {
		return nil
	}
	first := v.part(best)
	if next < 0 || next == best {
		for n := first.next(); n >= 0; n = first.next() {
			out = append(out, n)
		}
		return out
	}
	second := v.part(next)
	for n, m := first.next(), second.next(); n >= 0 && m >= 0; {
		switch {
		case n < m:
			n = first.next()
		case n > m:
			m = second.next()
		default:
			out = append(out, n)
			n, m = first.next(), second.next()
		}
	}
	return out
}

// termReader reads the numbers of the terms that have a part.
type termReader struct {
	in     reader
	number int
	end    int
}

func (v *vocabulary) part(place int) termReader {
	return termReader{reader{b: v.parts[v.places[place]:v.places[place+1]]}, -1, len(v.firsts)}
}

// next returns the next number; -1 at the end.
func (t *termReader) next() int {
	if len(t.in.b) == 0 {
		return -1
	}
	if t.number += int(t.in.uvarint()); t.in.bad || t.number >= t.end || t.number < 0 {
		return -1
	}
	return t.number
}

// misspelt returns terms among which are all that a word may mean: if only one letter
// is wrong, then the word's first half is right, or its second, or the two letters in
// its middle stand the wrong way round. All that follow one of these are too many to be
// looked at, so those that are too long or too short go first.
func (v *vocabulary) misspelt(typed string) (out []int) {
	half := middle(typed)
	head, tail := typed[:half], typed[half:]
	_, a := utf8.DecodeLastRuneInString(head)
	_, b := utf8.DecodeRuneInString(tail)
	swapped := head[:len(head)-a] + tail[:b] + head[len(head)-a:] + tail[b:]
	out = v.with(tail, utf8.RuneCountInString(typed) < shortestOpen)
	for _, space := range []byte{spaceName, spaceMore} {
		out = v.begin(out, string(rune(space))+head)
		out = v.begin(out, string(rune(space))+swapped)
	}
	least, most := len(typed)-utf8.UTFMax+1, len(v.text)
	if utf8.RuneCountInString(typed) < shortestOpen {
		most = len(typed) + utf8.UTFMax + 1
	}
	out = slices.DeleteFunc(out, func(i int) bool {
		size := int(v.starts[i+1] - v.starts[i])
		return size < least || size > most
	})
	slices.Sort(out)
	return slices.Compact(out)
}

func middle(s string) int {
	n := (utf8.RuneCountInString(s) + 1) / 2
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// begin appends the terms with a prefix.
func (v *vocabulary) begin(out []int, prefix string) []int {
	i := sort.Search(len(v.firsts), func(k int) bool { return v.term(k) >= prefix })
	for ; i < len(v.firsts) && strings.HasPrefix(v.term(i), prefix); i++ {
		out = append(out, i)
	}
	return out
}

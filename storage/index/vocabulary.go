package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// vocabulary is the words of a segment that can be found from inside and when
// misspelt, in memory: those of letters only. Terms of one space follow one another
// in order, each behind a line break.
type vocabulary struct {
	text   []byte
	starts []uint32 // where each term begins
	firsts []uint32 // the best record of each term
}

const (
	maxVocabulary = 12 << 20 // bytes; what goes beyond is found from its beginning only
	maxSpread     = 64       // words that one typed word may stand for inside and misspelt
)

// vocabularyWriter takes terms in ascending order.
type vocabularyWriter struct {
	vocabulary
	words uint64
}

func (v *vocabularyWriter) add(term string, first uint32) {
	if space := term[0]; space != spaceName && space != spaceMore || len(v.text)+len(term) >= maxVocabulary {
		return
	}
	v.text = append(append(v.text, '\n'), term...)
	v.firsts = append(v.firsts, first)
}

// finish returns the piece that readVocabulary takes.
func (v *vocabularyWriter) finish(out *sealer) piece {
	b := binary.AppendUvarint(nil, uint64(len(v.text)))
	b = append(b, v.text...)
	for _, f := range v.firsts {
		b = binary.AppendUvarint(b, uint64(f))
	}
	return out.put(b)
}

func readVocabulary(from *sealed, at piece) (*vocabulary, error) {
	b, err := from.get(at, nil)
	if err != nil {
		return nil, err
	}
	r := reader{b: b}
	v := &vocabulary{text: bytes.Clone(r.chunk(r.uvarint()))}
	n := bytes.Count(v.text, []byte{'\n'})
	v.starts, v.firsts = make([]uint32, 0, n), make([]uint32, 0, n)
	for at := 0; at < len(v.text); {
		if v.text[at] != '\n' || r.bad {
			return nil, ErrDamaged
		}
		v.starts = append(v.starts, uint32(at+1))
		v.firsts = append(v.firsts, uint32(r.uvarint()))
		next := bytes.IndexByte(v.text[at+1:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return v, r.err()
}

func (v *vocabulary) size() int { return len(v.text) + 4*len(v.starts) + 4*len(v.firsts) }

func (v *vocabulary) term(i int) []byte {
	end := len(v.text)
	if i+1 < len(v.starts) {
		end = int(v.starts[i+1]) - 1
	}
	return v.text[v.starts[i]:end]
}

// find returns the terms that fit a pattern from inside or misspelt, those with the
// best records first, at most maxSpread.
func (v *vocabulary) find(p pattern) []string {
	var found []int
	if p.mode == inside {
		found = v.within(p.text)
	} else {
		found = v.misspelt(p)
	}
	found = slices.DeleteFunc(found, func(i int) bool { return !p.fits(string(v.term(i))) })
	slices.SortFunc(found, func(i, j int) int { return cmp.Or(cmp.Compare(v.firsts[i], v.firsts[j]), cmp.Compare(i, j)) })
	out := make([]string, 0, min(len(found), maxSpread))
	for _, i := range found {
		if len(out) == maxSpread {
			break
		}
		out = append(out, string(v.term(i)))
	}
	return out
}

// within returns the terms that hold a text.
func (v *vocabulary) within(text string) (out []int) {
	want := []byte(text)
	for at := 0; ; {
		i := bytes.Index(v.text[at:], want)
		if i < 0 {
			return out
		}
		n := sort.Search(len(v.starts), func(k int) bool { return int(v.starts[k]) > at+i }) - 1
		out = append(out, n)
		if n+1 == len(v.starts) {
			return out
		}
		at = int(v.starts[n+1]) - 1
	}
}

// misspelt returns terms among which are all that a word may mean: if only one letter
// is wrong, then the word's first half is right, or its second, or the two letters in
// its middle stand the wrong way round.
func (v *vocabulary) misspelt(p pattern) (out []int) {
	half := middle(p.text)
	head, tail := p.text[:half], p.text[half:]
	out = v.begin(string(rune(p.space)) + head)
	_, a := utf8.DecodeLastRuneInString(head)
	_, b := utf8.DecodeRuneInString(tail)
	swapped := head[:len(head)-a] + tail[:b] + head[len(head)-a:] + tail[b:]
	out = append(out, v.begin(string(rune(p.space))+swapped)...)
	out = append(out, v.within(tail)...)
	slices.Sort(out)
	return slices.Compact(out)
}

func middle(s string) int {
	n := utf8.RuneCountInString(s) / 2
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// begin returns the terms with a prefix.
func (v *vocabulary) begin(prefix string) (out []int) {
	i := sort.Search(len(v.starts), func(k int) bool { return string(v.term(k)) >= prefix })
	for ; i < len(v.starts) && strings.HasPrefix(string(v.term(i)), prefix); i++ {
		out = append(out, i)
	}
	return out
}

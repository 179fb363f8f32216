package folder

import (
	"cmp"
	"maps"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"ringside/storage/replica"
)

// span is the numbers from one up to, and without, another.
type span struct {
	_    struct{} `cbor:",toarray"`
	From uint64
	To   uint64
}

// spans are apart from each other and in order.
type spans []span

// union returns the numbers of all of them.
func union(all ...spans) (s spans) {
	sorted := slices.Concat(all...)
	slices.SortFunc(sorted, func(a, b span) int { return cmp.Compare(a.From, b.From) })
	for _, n := range sorted {
		switch last := len(s) - 1; {
		case n.From >= n.To:
		case last >= 0 && n.From <= s[last].To:
			s[last].To = max(s[last].To, n.To)
		default:
			s = append(s, n)
		}
	}
	return s
}

// holds reports whether one of the spans has all the numbers of another.
func (s spans) holds(n span) bool {
	i, _ := slices.BinarySearchFunc(s, n.From, func(a span, from uint64) int { return cmp.Compare(a.To, from+1) })
	return n.From >= n.To || i < len(s) && s[i].From <= n.From && n.To <= s[i].To
}

func (s spans) holdAll(other spans) bool {
	return !slices.ContainsFunc(other, func(n span) bool { return !s.holds(n) })
}

// state is what a listener remembers of a folder: the Cursor, once encoded.
type state struct {
	Format string               `cbor:"1,keyasint"`
	Folder string               `cbor:"2,keyasint"` // its id
	Dirs   map[string]*dirState `cbor:"3,keyasint"`
}

// dirState is what is remembered of a subfolder. While numbers of it are missing every file
// that has been read is known; once none is, one sum over them all is enough.
type dirState struct {
	Had     spans            `cbor:"1,keyasint"` // the numbers of its member that have been in it
	Seen    map[uint64]spans `cbor:"2,keyasint,omitempty"`
	Whole   bool             `cbor:"3,keyasint,omitempty"`
	Sum     uint64           `cbor:"4,keyasint,omitempty"` // when it is whole
	missing int              // how many times in a row something of Had was not there
}

// keep forgets the files that are no longer there, and reports whether there are any.
func (d *dirState) keep(entries []entry) (gone bool) {
	there := map[uint64]bool{}
	for _, e := range entries {
		there[e.ident] = true
	}
	for ident := range d.Seen {
		if !there[ident] {
			delete(d.Seen, ident)
			gone = true
		}
	}
	return gone
}

// judge compares what is in a subfolder with what has been in it.
func (d *dirState) judge() {
	if d.missing++; union(slices.Collect(maps.Values(d.Seen))...).holdAll(d.Had) {
		d.missing = 0
	}
}

// close puts one sum in the place of the files of a subfolder in which nothing is missing.
func (d *dirState) close() {
	d.Sum = 0
	for ident := range d.Seen {
		d.Sum ^= ident
	}
	d.Whole = true
	clear(d.Seen)
}

const stateFormat = "ringside folder 1"

func newState(id string) state {
	return state{Format: stateFormat, Folder: id, Dirs: map[string]*dirState{}}
}

func (s state) cursor() (replica.Cursor, error) { return cbor.Marshal(s) }

// readState reads a cursor; one that is not of a folder is of no folder.
func readState(c replica.Cursor) state {
	var s state
	if cbor.Unmarshal(c, &s) != nil || s.Format != stateFormat || s.Dirs == nil {
		return newState("")
	}
	for dir, d := range s.Dirs {
		if d == nil {
			delete(s.Dirs, dir)
			continue
		}
		if d.Seen == nil {
			d.Seen = map[uint64]spans{}
		}
	}
	return s
}

package insight

import (
	"cmp"
	"slices"
	"time"

	"ringside/assist"
)

// Book counts what records tell. The zero Book is empty and ready. It is for one goroutine
// at a time.
type Book struct {
	// Title says what an answer is called; nil: by its id.
	Title func(assist.ID) string

	slots  map[uint64]int32 // by record or conversation
	lines  []line           // by slot
	units  interned         // customers
	reps   interned
	told   []told
	spare  []int32 // of told, that are free
	index  map[Theme]int32
	themes []theme
	open   scratch // of a count that goes on
}

// line is what is counted of one record, in as little memory as it takes.
type line struct {
	at            int32 // minutes since 1970; never for what is not counted
	customer, rep int32 // 0: nobody knows who
	talk          int32 // slot of the conversation; none for none
	told          int32 // 1 + its place in told; 0 tells nothing
}

const (
	never = -1 << 31
	none  = -1
)

// told is what a record tells, where it tells something.
type told struct {
	ref    assist.Ref
	themes []int32
}

type theme struct {
	Theme
	said []mention
}

// mention is one record that tells a theme.
type mention struct {
	at, unit, rep, talk, slot int32
}

// interned gives numbers to ids, from 1 on. It keeps 64 bits of each: of a million ids
// two would share a number once in tens of millions of stores.
type interned map[uint64]int32

func (n *interned) of(id assist.ID) int32 {
	if id == "" {
		return 0
	}
	if *n == nil {
		*n = interned{}
	}
	h := hash("", id)
	got, ok := (*n)[h]
	if !ok {
		got = int32(len(*n)) + 1
		(*n)[h] = got
	}
	return got
}

// hash is FNV-1a, written out: it is asked for several times a record.
func hash(t assist.Type, id assist.ID) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(t) {
		h = (h ^ uint64(t[i])) * 1099511628211
	}
	h *= 1099511628211 // a zero between
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	return h
}

// Grow makes room for so many records and conversations, so that many can be put in
// quickly.
func (b *Book) Grow(records int) {
	if b.slots == nil {
		b.slots, b.index = make(map[uint64]int32, records), map[Theme]int32{}
	}
	b.lines = slices.Grow(b.lines, records)
}

// slot returns the place of a record or a conversation; none for none.
func (b *Book) slot(r assist.Ref) int32 {
	if r.ID == "" {
		return none
	}
	h := hash(r.Type, r.ID)
	at, ok := b.slots[h]
	if !ok {
		if b.slots == nil {
			b.slots, b.index = map[uint64]int32{}, map[Theme]int32{}
		}
		at = int32(len(b.lines))
		b.slots[h] = at
		b.lines = append(b.lines, line{at: never, talk: none})
	}
	return at
}

// Put counts what a record tells now, in place of what it told before.
func (b *Book) Put(s Said) {
	if s.Ref.ID == "" {
		return
	}
	at := b.slot(s.Ref)
	b.clear(at)
	if s.Talk.ID == "" && len(s.Themes) == 0 {
		return
	}
	l := line{at: minutes(s.At), customer: b.units.of(s.Customer), rep: b.reps.of(s.Rep), talk: b.slot(s.Talk)}
	if len(s.Themes) > 0 {
		l.told = b.tell(at, l, s)
	}
	b.lines[at] = l
}

func (b *Book) tell(at int32, l line, s Said) int32 {
	t := told{s.Ref, make([]int32, 0, len(s.Themes))}
	for _, of := range s.Themes {
		n, ok := b.index[of]
		if !ok {
			n = int32(len(b.themes))
			b.index[of] = n
			b.themes = append(b.themes, theme{Theme: of})
		}
		m := mention{l.at, l.customer, l.rep, l.talk, at}
		if of.byReps() {
			m.unit = l.rep
		}
		b.themes[n].said = append(b.themes[n].said, m)
		t.themes = append(t.themes, n)
	}
	if n := len(b.spare); n > 0 {
		free := b.spare[n-1]
		b.spare, b.told[free] = b.spare[:n-1], t
		return free + 1
	}
	b.told = append(b.told, t)
	return int32(len(b.told))
}

// Drop counts a record no more.
func (b *Book) Drop(r assist.Ref) {
	if at, ok := b.slots[hash(r.Type, r.ID)]; ok {
		b.clear(at)
	}
}

func (b *Book) clear(at int32) {
	l := &b.lines[at]
	if l.told > 0 {
		t := &b.told[l.told-1]
		for _, n := range t.themes {
			said := b.themes[n].said
			i := slices.IndexFunc(said, func(m mention) bool { return m.slot == at })
			said[i] = said[len(said)-1]
			b.themes[n].said = said[:len(said)-1]
		}
		*t = told{}
		b.spare = append(b.spare, l.told-1)
	}
	*l = line{at: never, talk: none}
}

func minutes(t time.Time) int32 {
	if t.IsZero() {
		return never
	}
	return int32(min(max(t.Unix()/60, never+1), 1<<31-1))
}

func timeOf(minutes int32, zone *time.Location) time.Time {
	return time.Unix(int64(minutes)*60, 0).In(zone)
}

// refs returns the records behind some mentions, the latest first; of a conversation that
// several records tell of, the one that was kept on purpose.
func (b *Book) refs(said []mention) []assist.Ref {
	said = slices.Clone(said)
	of := func(m mention) assist.Ref { return b.told[b.lines[m.slot].told-1].ref }
	slices.SortFunc(said, func(x, y mention) int {
		return cmp.Or(cmp.Compare(y.at, x.at), purpose(of(x))-purpose(of(y)), cmp.Compare(of(x).ID, of(y).ID))
	})
	best := map[int32]int{}
	for i, m := range said {
		if kept, ok := best[m.talk]; m.talk != none && (!ok || purpose(of(m)) < purpose(of(said[kept]))) {
			best[m.talk] = i
		}
	}
	var out []assist.Ref
	for i, m := range said {
		if m.talk == none || best[m.talk] == i {
			out = append(out, of(m))
		}
	}
	return out
}

// purpose ranks the types of record by how much on purpose they say it.
func purpose(r assist.Ref) int {
	return slices.Index([]assist.Type{assist.TypeInsight, assist.TypeKudos, assist.TypeGap, assist.TypeNote, assist.TypeCall, assist.TypeOrder, assist.TypeCustomer}, r.Type)
}

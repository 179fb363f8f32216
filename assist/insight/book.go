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

	slots  numbers // of records and conversations
	lines  []line  // by slot
	units  roster  // customers
	reps   roster
	told   shelf
	index  map[Theme]int32
	themes []theme
	open   scratch // of a count that goes on
}

// line is what is counted of one record, in as little memory as it takes.
type line struct {
	at            int32 // minutes since 1970; never for what is not counted
	customer, rep int32 // 0: nobody knows who
	talk          int32 // slot of the conversation; none for none
	told          spot  // 0 tells nothing
}

const (
	never = -1 << 31
	none  = -1
)

type theme struct {
	Theme
	said []int32 // slots of the records that tell it
}

// Grow makes room for so many records and conversations, so that many can be put in
// quickly.
func (b *Book) Grow(records int) {
	b.slots.grow(records)
	b.lines = slices.Grow(b.lines, records)
}

// slot returns the place of a record or a conversation; none for none.
func (b *Book) slot(r assist.Ref) int32 {
	if r.ID == "" {
		return none
	}
	at, fresh := b.slots.of(hash(r.Type, r.ID))
	if fresh {
		b.lines = append(b.lines, line{at: never, talk: none})
	}
	return at
}

// Put counts what a record tells now, in place of what it told before. Records of a type
// that is not in Types are not counted.
func (b *Book) Put(s Said) {
	if s.Ref.ID == "" || purpose(s.Ref.Type) < 0 {
		return
	}
	at := b.slot(s.Ref)
	b.clear(at)
	if s.Talk.ID == "" && len(s.Themes) == 0 {
		return
	}
	l := line{at: minutes(s.At), customer: b.units.of(s.Customer), rep: b.reps.of(s.Rep), talk: b.slot(s.Talk)}
	if len(s.Themes) > 0 {
		l.told = b.tell(at, s)
	}
	b.lines[at] = l
}

// PutAll is Put of many, faster: where they stand in memory is asked for together.
func (b *Book) PutAll(all []Said) {
	for some := range slices.Chunk(all, fetchedAtOnce) {
		for _, s := range some {
			b.slots.fetch(hash(s.Ref.Type, s.Ref.ID))
			b.slots.fetch(hash(s.Talk.Type, s.Talk.ID))
			b.units.fetch(hash("", s.Customer))
		}
		for _, s := range some {
			b.Put(s)
		}
	}
}

// fetchedAtOnce is of how many records the caches of a processor hold what is asked for.
const fetchedAtOnce = 256

func (b *Book) tell(at int32, s Said) spot {
	themes := b.open.themes[:0]
	for _, of := range s.Themes {
		n, ok := b.index[of]
		if !ok {
			if b.index == nil {
				b.index = map[Theme]int32{}
			}
			n = int32(len(b.themes))
			b.index[of] = n
			b.themes = append(b.themes, theme{Theme: of})
		}
		b.themes[n].said = append(b.themes[n].said, at)
		themes = append(themes, n)
	}
	b.open.themes = themes
	return b.told.put(s.Ref, themes)
}

// Drop counts a record no more.
func (b *Book) Drop(r assist.Ref) {
	if at, ok := b.slots.find(hash(r.Type, r.ID)); ok {
		b.clear(at)
	}
}

func (b *Book) clear(at int32) {
	for _, n := range b.tells(b.lines[at]) {
		said := b.themes[n].said
		i := slices.Index(said, at)
		said[i] = said[len(said)-1]
		b.themes[n].said = said[:len(said)-1]
	}
	b.lines[at] = line{at: never, talk: none}
}

// tells returns the themes that a record tells, until it is asked for the next.
func (b *Book) tells(l line) []int32 {
	if l.told == 0 {
		return nil
	}
	b.open.themes = b.told.themes(l.told, b.open.themes)
	return b.open.themes
}

// unit returns who a theme is told by in a record: a customer or a rep; 0 is nobody.
func (t Theme) unit(l line) int32 {
	if t.byReps() {
		return l.rep
	}
	return l.customer
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

// refs returns the records in some slots, the latest first; of a conversation that several
// records tell of, the one that was kept on purpose.
func (b *Book) refs(said []int32) []assist.Ref {
	type kept struct {
		line
		assist.Ref
	}
	found := make([]kept, len(said))
	for i, at := range said {
		found[i] = kept{b.lines[at], b.told.ref(b.lines[at].told)}
	}
	slices.SortFunc(found, func(x, y kept) int {
		return cmp.Or(cmp.Compare(y.at, x.at), purpose(x.Type)-purpose(y.Type), cmp.Compare(x.ID, y.ID))
	})
	best := map[int32]int{}
	for i, k := range found {
		if of, ok := best[k.talk]; k.talk != none && (!ok || purpose(k.Type) < purpose(found[of].Type)) {
			best[k.talk] = i
		}
	}
	var out []assist.Ref
	for i, k := range found {
		if k.talk == none || best[k.talk] == i {
			out = append(out, k.Ref)
		}
	}
	return out
}

package storage

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
	"time"

	"ringside/assist"
)

// A list that people change item by item is one field an item: who adds a number at one
// desk and who adds another elsewhere change two fields, and both count. Such a field is
// called by the list and by a hash of what tells the item from others, "phones/" and 12
// characters. Its value is [rank, item], or null where the item was taken out. A field
// with the whole list, which older versions have written and which very long lists are
// still written as, is the ground: fields of items count above it, whenever it was written.

// list is how the items of a list are told apart and put in order.
type list struct {
	// key has the parts that say which item it is; of the first group of which any is there.
	// The whole item says so when it is nil.
	key [][]string
	at  string // the part with the time by which they stand; empty: as people have put them
}

var (
	phones = list{key: [][]string{{"e164"}, {"raw"}}}

	lists = map[assist.Type]map[string]list{
		assist.TypeCustomer: {"phones": phones, "emails": {}, "owns": {key: [][]string{{"name", "maker"}}}, "external": {}, "deals": {}, "relations": {}},
		assist.TypeCompany:  {"phones": phones, "external": {}},
		assist.TypeNote:     {"tags": {}, "links": {}, "remarks": {key: [][]string{{"at", "by"}}, at: "at"}},
		assist.TypeIncident: {"customers": {}, "companies": {}, "products": {}, "cities": {}},
	}
)

const (
	maxItems = 100     // of a list that are written one by one: an operation has at most maxFields
	rankStep = 1 << 8  // leaves room for those that are put in between
	maxRank  = 1 << 62 // of what comes from elsewhere
	null     = 0xf6    // in place of an item that was taken out
)

// item is one item of a list; raw is nil when it was taken out.
type item struct {
	name string // of its field
	rank uint64
	raw  []byte
}

func (i item) field() field {
	if i.raw == nil {
		return field{i.name, []byte{null}}
	}
	b := appendHead(make([]byte, 0, len(i.raw)+10), majorArray, 2)
	return field{i.name, append(appendHead(b, majorUint, i.rank), i.raw...)}
}

// itemOf reads the field of an item.
func itemOf(f field) (x item, ok bool) {
	if f.deleted() || len(f.raw) == 1 && f.raw[0] == null {
		return item{name: f.name}, true
	}
	in := items{b: f.raw}
	parts := in.want(majorArray)
	x = item{f.name, in.want(majorUint), in.raw()}
	return x, !in.bad && parts == 2 && x.rank <= maxRank && len(in.b) == 0
}

// listOf returns the list of which a field is an item.
func listOf(name string) (list string, is bool) {
	list, _, is = strings.Cut(name, "/")
	return list, is
}

// split appends the items of a whole list; of what is none, nothing.
func (l list) split(out []item, name string, raw []byte) []item {
	in := items{b: raw}
	n := in.count(majorArray)
	var there map[string]uint64 // how often
	if n > 1 {
		there = make(map[string]uint64, n)
	}
	for i := range n {
		x := item{raw: in.raw(), rank: uint64(i+1) * rankStep}
		if l.at != "" {
			x.rank = l.time(x.raw)
		}
		x.name = l.name(name, x.raw, 0)
		if nth := there[x.name]; nth > 0 {
			there[x.name] = nth + 1
			x.name = l.name(name, x.raw, nth)
		} else if there != nil {
			there[x.name] = 1
		}
		out = append(out, x)
	}
	return out
}

// name returns what the field of an item is called; nth tells those apart that are the same.
func (l list) name(list string, raw []byte, nth uint64) string {
	var room [128]byte
	b := room[:0]
	for _, group := range l.key {
		there := false
		for _, part := range group {
			value := fieldOf(raw, part)
			b = append(append(b, part...), value...)
			there = there || value != nil
		}
		if there {
			break
		}
		b = b[:0]
	}
	if len(b) == 0 {
		b = append(b, raw...)
	}
	if nth > 0 {
		b = binary.BigEndian.AppendUint64(b, nth)
	}
	sum := sha256.Sum256(b)
	b = append(append(room[:0], list...), '/')
	return string(base64.RawURLEncoding.AppendEncode(b, sum[:9]))
}

// time returns the rank of an item by its time.
func (l list) time(raw []byte) uint64 {
	at, err := time.Parse(time.RFC3339Nano, fieldText(raw, l.at))
	if err != nil {
		return 0
	}
	return uint64(max(at.UnixMicro(), 0))
}

// items returns those of a list among the fields of a record, in order.
func (l list) items(name string, fs []field) (out []item) {
	if i := slices.IndexFunc(fs, func(f field) bool { return f.name == name }); i >= 0 {
		out = l.split(nil, name, fs[i].raw)
	}
	var ground map[string]int
	if len(out) > 0 {
		ground = byName(out)
	}
	for _, f := range fs {
		if of, is := listOf(f.name); !is || of != name {
			continue
		}
		x, ok := itemOf(f)
		if !ok {
			continue
		}
		if i, there := ground[x.name]; there {
			out[i] = x
		} else {
			out = append(out, x)
		}
	}
	if out = slices.DeleteFunc(out, func(x item) bool { return x.raw == nil }); len(out) < 2 {
		return out
	}
	slices.SortStableFunc(out, func(a, b item) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.name, b.name)) })
	return out
}

// byName tells where the items of a list stand.
func byName(list []item) map[string]int {
	out := make(map[string]int, len(list))
	for i, x := range list {
		out[x.name] = i
	}
	return out
}

// together returns a record with its lists in one piece, as its type has them. It is made
// for who reads very many.
func together(t assist.Type, raw []byte) []byte {
	of := lists[t]
	if of == nil || !anyItem(raw) {
		return raw
	}
	const head = 9 // bytes at most
	out, n := make([]byte, head, head+len(raw)), uint64(0)
	var room [8]field
	parts := room[:0] // of lists, whole or not
	in := items{b: raw}
	for range in.count(majorMap) {
		start := in.b
		name := in.chunk(majorText)
		_, isList := of[string(name[:cutItem(name)])]
		value := in.raw()
		if in.bad {
			return raw
		}
		if isList {
			parts = append(parts, field{string(name), value})
			continue
		}
		out, n = append(out, start[:len(start)-len(in.b)]...), n+1
	}
	for i, f := range parts {
		name, _ := listOf(f.name)
		if slices.ContainsFunc(parts[:i], func(f field) bool { before, _ := listOf(f.name); return before == name }) {
			continue
		}
		if list := of[name].items(name, parts[i:]); len(list) > 0 {
			out, n = appendOne(appendText(out, name), list), n+1
		}
	}
	var b [head]byte
	first := appendHead(b[:0], majorMap, n)
	copy(out[head-len(first):], first)
	return out[head-len(first):]
}

// cutItem returns how much of the name of a field is that of its list.
func cutItem(name []byte) int {
	if i := bytes.IndexByte(name, '/'); i >= 0 {
		return i
	}
	return len(name)
}

// inOne is the field of a whole list.
func inOne(name string, list []item) field { return field{name, appendOne(nil, list)} }

func appendOne(b []byte, list []item) []byte {
	b = appendHead(b, majorArray, uint64(len(list)))
	for _, x := range list {
		b = append(b, x.raw...)
	}
	return b
}

// anyItem reports whether a record has a list one field an item.
func anyItem(raw []byte) bool {
	if bytes.IndexByte(raw, '/') < 0 { // as most have none, not worth reading
		return false
	}
	in := items{b: raw}
	for range in.count(majorMap) {
		if bytes.IndexByte(in.chunk(majorText), '/') > 0 {
			return true
		}
		if in.skip(maxDepth); in.bad {
			break
		}
	}
	return false
}

// apart returns the fields of a record with its lists one field an item, but for those
// that are too long.
func apart(t assist.Type, fs []field) []field {
	of := lists[t]
	if of == nil {
		return fs
	}
	var room [4]item // of an import most have no more
	out := make([]field, 0, len(fs)+2)
	for _, f := range fs {
		l, is := of[f.name]
		if !is {
			out = append(out, f)
			continue
		}
		list := l.split(room[:0], f.name, f.raw)
		if len(list) > maxItems {
			out = append(out, f)
			continue
		}
		for _, x := range list {
			out = append(out, x.field())
		}
	}
	return out
}

// changes returns what must be written so that a list is what is wanted: of most items
// nothing. Whoever changes another item at once does not notice.
func (l list) changes(name string, have, want []field) (out []field) {
	is, to := l.items(name, have), l.items(name, want)
	there, wanted := byName(is), byName(to)
	for _, x := range is {
		if _, ok := wanted[x.name]; !ok {
			out = append(out, item{name: x.name}.field())
		}
	}
	if l.at == "" {
		rank(to, is, there)
	}
	for _, x := range to {
		if i, ok := there[x.name]; !ok || is[i].rank != x.rank || !bytes.Equal(is[i].raw, x.raw) {
			out = append(out, x.field())
		}
	}
	if len(out) > maxItems {
		return l.anew(name, have, to)
	}
	return out
}

// anew writes a whole list as the ground, and what stands above it accordingly.
func (l list) anew(name string, have []field, to []item) []field {
	out := []field{inOne(name, to)}
	if l.at == "" {
		for i := range to {
			to[i].rank = uint64(i+1) * rankStep
		}
	}
	wanted := byName(to)
	for _, f := range have {
		if of, is := listOf(f.name); !is || of != name {
			continue
		}
		x := item{name: f.name}
		if i, ok := wanted[f.name]; ok {
			x = to[i]
		}
		if next := x.field(); !bytes.Equal(next.raw, f.raw) {
			out = append(out, next)
		}
	}
	return out
}

// rank gives the items that are wanted ranks in their order. As many as can be keep those
// that they have.
func rank(to, is []item, there map[string]int) {
	keeps := rising(to, there)
	for i := range to {
		to[i].rank = 0
		if keeps[i] {
			to[i].rank = is[there[to[i].name]].rank
		}
	}
	last, kept := uint64(0), false // of the one before
	for i := range to {
		if keeps[i] && (to[i].rank > last || kept && to[i].rank == last) {
			last, kept = to[i].rank, true
			continue
		}
		to[i].rank = last + rankStep
		for j := i + 1; j < len(to); j++ {
			if keeps[j] && to[j].rank > last+1 {
				to[i].rank = last + (to[j].rank-last)/2
				break
			}
		}
		last, kept = to[i].rank, false
	}
}

// rising returns which items make the longest run that stands in the same order as before.
func rising(to []item, there map[string]int) []bool {
	before := make([]int, len(to)) // the one before it in the longest run that ends with it
	var ends []int                 // of runs of 1, 2, 3 items the one that ends first
	for i, x := range to {
		at, ok := there[x.name]
		if !ok {
			continue
		}
		n := sort.Search(len(ends), func(n int) bool { return there[to[ends[n]].name] >= at })
		if before[i] = -1; n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		}
		ends[n] = i
	}
	keeps := make([]bool, len(to))
	if len(ends) > 0 {
		for i := ends[len(ends)-1]; i >= 0; i = before[i] {
			keeps[i] = true
		}
	}
	return keeps
}

// sameValue reports whether a field says the same twice. Where an item stands in its list
// says nothing of the item.
func sameValue(name string, a, b []byte) bool {
	if _, is := listOf(name); is {
		x, okA := itemOf(field{name, a})
		y, okB := itemOf(field{name, b})
		return okA && okB && bytes.Equal(x.raw, y.raw)
	}
	return bytes.Equal(a, b)
}

// fieldOf returns the value of one field of a map; nil when there is none.
func fieldOf(raw []byte, name string) []byte {
	in := items{b: raw}
	for range in.count(majorMap) {
		found := string(in.chunk(majorText)) == name
		value := in.raw()
		if in.bad {
			break
		}
		if found {
			return value
		}
	}
	return nil
}

// inList returns the field of an item as that of a list with nothing else; deleted when the
// item was taken out. Other fields stay as they are.
func inList(f field) field {
	name, is := listOf(f.name)
	if !is {
		return f
	}
	x, ok := itemOf(f)
	if !ok || x.raw == nil {
		return field{name, []byte{undefined}}
	}
	return inOne(name, []item{x})
}

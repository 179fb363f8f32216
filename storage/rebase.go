package storage

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"ringside/assist"
)

// Rebase returns what somebody has made of a record, who saw it as it was before, on top of
// what it is by now: the fields and the items of lists that they have left as they were are
// those of now. Both names the fields, as in JSON, that they have changed and somebody else,
// too, to something else; there their own stands. The three are of one id.
func Rebase[T assist.Record](db *DB, before, after, now T) (merged T, both []string, err error) {
	t, id := now.Ident()
	var fs [3][]field
	for i, r := range []T{before, after, now} {
		if fs[i], err = db.codec.fields(r); err != nil {
			return merged, nil, fmt.Errorf("rebase %s %s: %w", t, id, err)
		}
	}
	rebased, both := rebase(fs[0], fs[1], fs[2])
	if err := db.codec.dec.Unmarshal(together(t, appendFields(nil, rebased)), &merged); err != nil {
		return merged, nil, fmt.Errorf("rebase %s %s: %w", t, id, err)
	}
	return merged, both, nil
}

func rebase(before, after, now []field) (out []field, both []string) {
	was, to, is := byList(before), byList(after), byList(now)
	all := map[string]bool{}
	for _, parts := range []map[string][]field{was, to, is} {
		for name := range parts {
			all[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		was, to, is := was[name], to[name], is[name]
		clash := false
		switch {
		case sameFields(was, to):
			to = is
		case sameFields(was, is):
		default:
			to, clash = rebaseItems(was, to, is)
		}
		if out = append(out, to...); clash {
			both = append(both, name)
		}
	}
	return out, both
}

// rebaseItems is rebase of one list, or of a field that is none, which is an item by itself.
func rebaseItems(was, to, is []field) (out []field, both bool) {
	var names []string
	for _, f := range slices.Concat(to, is) {
		if !slices.Contains(names, f.name) {
			names = append(names, f.name)
		}
	}
	for _, name := range names {
		before, after, now := valueOf(name, was), valueOf(name, to), valueOf(name, is)
		switch {
		case sameItem(name, before, after):
			after = now
		case !sameItem(name, before, now) && !sameItem(name, after, now):
			both = true
		}
		if after != nil {
			out = append(out, field{name, after})
		}
	}
	return out, both
}

// byList puts the items of each list together; what is no list is by itself.
func byList(fs []field) map[string][]field {
	out := map[string][]field{}
	for _, f := range fs {
		name, _ := listOf(f.name)
		out[name] = append(out[name], f)
	}
	return out
}

func sameFields(a, b []field) bool {
	return slices.EqualFunc(a, b, func(x, y field) bool { return x.name == y.name && bytes.Equal(x.raw, y.raw) })
}

// valueOf returns the value of a field; nil when it is not there.
func valueOf(name string, fs []field) []byte {
	if i := slices.IndexFunc(fs, func(f field) bool { return f.name == name }); i >= 0 {
		return fs[i].raw
	}
	return nil
}

func sameItem(name string, a, b []byte) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return sameValue(name, a, b)
}

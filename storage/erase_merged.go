package storage

import "ringside/assist"

// A merge of others remembers what they were like, and so whom they named as relations.

// merged is value for the fields of a merge.
func (g gone) merged(f field) (raw []byte, cut bool) {
	switch f.name {
	case "after":
		return g.inside(f.raw, func(name string) string { return name })
	case "related":
		return g.inside(f.raw, func(string) string { return "relations" })
	case "moved":
		return g.inside(f.raw, func(string) string { return "links" }) // these are refs as well
	}
	in := items{b: f.raw}
	n := in.count(majorArray)
	if in.bad {
		return f.raw, false
	}
	raw = appendHead(nil, majorArray, uint64(n))
	for range n {
		item, less := g.inside(in.raw(), func(name string) string { return name })
		if in.bad {
			return f.raw, false
		}
		raw, cut = append(raw, item...), cut || less
	}
	return raw, cut
}

// inside returns what is left of a map, whose values are fields of these names, and whether
// something was cut out of it. What is under the id of somebody who is gone goes, too.
func (g gone) inside(raw []byte, nameOf func(string) string) (out []byte, cut bool) {
	in := items{b: raw}
	var kept []field
	for range in.count(majorMap) {
		name := string(in.chunk(majorText))
		value := in.raw()
		if in.bad {
			return raw, false
		}
		left, less := g.value(field{nameOf(name), value})
		if g[named{assist.TypeCustomer, assist.ID(name)}] {
			left, less = []byte{undefined}, true
		}
		if cut = cut || less; !less || left[0] != undefined {
			kept = append(kept, field{name, left})
		}
	}
	if in.bad || !cut {
		return raw, false
	}
	return appendFields(nil, kept), true
}

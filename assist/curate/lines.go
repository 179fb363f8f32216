package curate

import "slices"

// mostCells bounds the table that compares two lists; what is larger still counts as
// changed from the first difference to the last.
const mostCells = 4 << 20

// match returns for each of a the place of its like in b, or -1, in rising order and as
// many as there can be.
func match[T comparable](a, b []T) []int {
	out := make([]int, len(a))
	for i := range out {
		out[i] = -1
	}
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		out[from] = from
		from++
	}
	endA, endB := len(a), len(b)
	for endA > from && endB > from && a[endA-1] == b[endB-1] {
		endA--
		endB--
		out[endA] = endB
	}
	long(a[from:endA], b[from:endB], func(i, j int) { out[from+i] = from + j })
	return out
}

// long calls same with each pair of a longest common subsequence.
func long[T comparable](a, b []T, same func(i, j int)) {
	width := len(b) + 1
	if len(a) == 0 || len(b) == 0 || (len(a)+1)*width > mostCells {
		return
	}
	best := make([]int32, (len(a)+1)*width) // of a[i:] and b[j:]
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i*width+j] = best[(i+1)*width+j+1] + 1
			} else {
				best[i*width+j] = max(best[(i+1)*width+j], best[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			same(i, j)
			i++
			j++
		case best[(i+1)*width+j] >= best[i*width+j+1]:
			i++
		default:
			j++
		}
	}
}

// hunk is a run that differs.
type hunk[T any] struct{ before, after []T }

func hunks[T comparable](before, after []T) (out []hunk[T]) {
	i, j := 0, 0
	add := func(toI, toJ int) {
		if i < toI || j < toJ {
			out = append(out, hunk[T]{before[i:toI], after[j:toJ]})
		}
		i, j = toI+1, toJ+1
	}
	for k, at := range match(before, after) {
		if at >= 0 {
			add(k, at)
		}
	}
	add(len(before), len(after))
	return out
}

// woven is what three versions of a list become.
type woven struct {
	lines []string
	at    [3][]int // of each line of base, ours and theirs: its place in lines, or -1
	clash []clash  // where both changed the same lines; ours are in lines
}

type clash struct{ ours, theirs []string }

// weave merges two changes of a list, as diff3 does.
func weave(base, ours, theirs []string) (w woven) {
	inOurs, inTheirs := match(base, ours), match(base, theirs)
	b, o, t := 0, 0, 0
	for i := range base {
		if inOurs[i] >= 0 && inTheirs[i] >= 0 {
			w.change(base[b:i], ours[o:inOurs[i]], theirs[t:inTheirs[i]])
			same := base[i : i+1]
			w.take(same, same, same, same)
			b, o, t = i+1, inOurs[i]+1, inTheirs[i]+1
		}
	}
	w.change(base[b:], ours[o:], theirs[t:])
	return w
}

func (w *woven) change(base, ours, theirs []string) {
	switch {
	case slices.Equal(ours, base):
		w.take(theirs, base, ours, theirs)
	case slices.Equal(theirs, base), slices.Equal(ours, theirs):
		w.take(ours, base, ours, theirs)
	default:
		w.take(ours, base, ours, theirs)
		w.clash = append(w.clash, clash{ours, theirs})
	}
}

// take puts lines where those of the three stood.
func (w *woven) take(lines []string, three ...[]string) {
	for side, from := range three {
		for i := range from {
			at := -1
			if len(lines) > 0 {
				at = len(w.lines) + min(i, len(lines)-1)
			}
			w.at[side] = append(w.at[side], at)
		}
	}
	w.lines = append(w.lines, lines...)
}

// mergeSet merges two changes of a set that has an order: what one took away is gone,
// what one added is there, behind what it was added behind.
func mergeSet[T comparable](base, ours, theirs []T) []T {
	switch {
	case slices.Equal(ours, base):
		return slices.Clone(theirs)
	case slices.Equal(theirs, base):
		return slices.Clone(ours)
	}
	out := slices.DeleteFunc(slices.Clone(ours), func(v T) bool {
		return slices.Contains(base, v) && !slices.Contains(theirs, v)
	})
	behind := 0
	for _, v := range theirs {
		at := slices.Index(out, v)
		switch {
		case at >= 0:
			behind = at + 1
		case !slices.Contains(base, v):
			out = slices.Insert(out, behind, v)
			behind++
		}
	}
	return out
}

package sift

import (
	"slices"
	"strings"

	"ringside/assist/search/text"
)

// List finds values by their names. It never changes, and any goroutine may use it.
type List struct {
	values []Value
	folded []string
	byKey  map[string]int
}

// mostLike is how many values are offered at once.
const mostLike = 8

// NewList returns a List of these values, those first that are offered first.
func NewList(values []Value) *List {
	l := &List{values: values, byKey: make(map[string]int, len(values))}
	for i, v := range values {
		l.folded = append(l.folded, text.Fold(v.Name))
		if _, ok := l.byKey[v.Key]; !ok {
			l.byKey[v.Key] = i
		}
	}
	return l
}

// Name returns the name of a key; empty when there is none.
func (l *List) Name(key string) string {
	if i, ok := l.byKey[key]; ok {
		return l.values[i].Name
	}
	return ""
}

// How well a name fits, the best first.
const (
	whole = iota
	begins
	wordBegins
	inside
	misspelt
	unlike
)

// Like returns the values whose names the words may mean, the likeliest first. The first
// is Sure when no other begins so, too.
func (l *List) Like(words string) []Value {
	want := text.Fold(words)
	if want == "" {
		return slices.Clone(l.values[:min(len(l.values), mostLike)])
	}
	var fits [unlike][]int
	for i, name := range l.folded {
		f := fit(name, want)
		if f != whole && strings.EqualFold(l.values[i].Key, strings.TrimSpace(words)) {
			f = whole
		}
		if f < unlike && len(fits[f]) <= mostLike {
			fits[f] = append(fits[f], i)
		}
	}
	var out []Value
	for f, found := range fits {
		if f == misspelt && len(out) > 0 {
			break
		}
		for _, i := range found {
			v := l.values[i]
			v.Sure = len(out) == 0 && len(found) == 1 && f <= wordBegins
			out = append(out, v)
		}
	}
	return out[:min(len(out), mostLike)]
}

func fit(name, want string) int {
	switch at := strings.Index(name, want); {
	case name == want:
		return whole
	case at == 0:
		return begins
	case at > 0 && strings.Contains(name, " "+want):
		return wordBegins
	case at > 0:
		return inside
	}
	for _, w := range strings.Fields(name) {
		if slip(w, want) {
			return misspelt
		}
	}
	if slip(name, want) {
		return misspelt
	}
	return unlike
}

// slip reports whether two words of four letters or more are one slip of the pen apart: a
// letter too many, missing, wrong, or two swapped.
func slip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 3 || len(y) < 4 || len(y) > len(x)+1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	x, y = x[i:], y[i:]
	switch {
	case len(x) < len(y):
		return slices.Equal(x, y[1:])
	case len(x) == 0:
		return true
	}
	return slices.Equal(x[1:], y[1:]) || len(x) > 1 && x[0] == y[1] && x[1] == y[0] && slices.Equal(x[2:], y[2:])
}

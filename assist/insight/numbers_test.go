package insight

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
)

func TestNumbersStayWhileTheyGrow(t *testing.T) {
	var n numbers
	if _, ok := n.find(hash(assist.TypeNote, "a")); ok {
		t.Error("found in nothing")
	}
	const ids = 10_000
	of := func(i int) uint64 { return hash(assist.TypeNote, assist.ID(fmt.Sprint("id ", i))) }
	for i := range ids {
		n.fetch(of(i))
		if at, fresh := n.of(of(i)); int(at) != i || !fresh {
			t.Fatalf("the %d. got %d, new: %v", i, at, fresh)
		}
	}
	for i := range ids {
		if at, fresh := n.of(of(i)); int(at) != i || fresh {
			t.Fatalf("the %d. became %d, new: %v", i, at, fresh)
		}
	}
	if _, ok := n.find(of(ids)); ok {
		t.Error("found what was never put there")
	}
	if hash(assist.TypeNote, "x") == hash(assist.TypeCall, "x") {
		t.Error("a note and a call with one id are one")
	}
}

func TestTwoWithOnePlaceHaveTwoNumbers(t *testing.T) {
	var n numbers
	for i := range 5 {
		if at, _ := n.of(uint64(i)); int(at) != i { // the place comes from the upper half
			t.Errorf("the %d. got %d", i, at)
		}
	}
}

func TestShelfGivesBackWhatWasPut(t *testing.T) {
	var s shelf
	type put struct {
		ref    assist.Ref
		themes []int32
		at     spot
	}
	var all []put
	for i := range 60_000 { // more than one board
		p := put{ref: assist.Ref{Type: Types()[i%len(Types())], ID: assist.ID(fmt.Sprint("record ", i))}, themes: []int32{int32(i), 0, 1 << 20}[:i%4%3+1]}
		if i == 30_000 {
			p.ref.ID = assist.ID(strings.Repeat("long", 1<<19)) // more than a board
		}
		p.at = s.put(p.ref, p.themes)
		all = append(all, p)
	}
	if len(s.boards) < 3 {
		t.Fatalf("%d boards", len(s.boards))
	}
	for _, p := range all {
		if got := s.ref(p.at); got != p.ref {
			t.Fatalf("%.40v became %.40v", p.ref, got)
		}
		if got := s.themes(p.at, []int32{7, 7}); !slices.Equal(got, p.themes) {
			t.Fatalf("%v became %v", p.themes, got)
		}
	}
}

package compare

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"ringside/assets"
	"ringside/storage/pack"
)

func TestLook(t *testing.T) {
	p, err := pack.Read(assets.Packs())
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := Pairs(context.Background(), p.Answers, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pairs {
		fmt.Printf("%v %.2f %s %s | %s\n   %s\n   %s\n", p.Clash, p.Alike, p.A, p.B, p.Why, p.OfA, p.OfB)
	}
	l, _ := read(context.Background(), byLanguage(p.Answers)[0]); l.weigh(len(l.texts))
	n, _ := l.near(context.Background(), func(int, int) bool { return true })
	slices.SortFunc(n, func(a, b near) int { return cmp.Compare(b.alike, a.alike) })
	for _, x := range n[:25] {
		fmt.Printf("%.2f asked %.2f said %.2f %s %s\n", x.alike, x.asked, x.said, l.texts[x.a].id, l.texts[x.b].id)
	}
	for _, p := range l.texts[:0] {
		for _, c := range p.claims {
			if c.unit != "yes" {
				fmt.Printf("%s %s %v %q role %s\n", p.id, c.unit, c.lo, c.text, c.role)
			}
		}
	}
}

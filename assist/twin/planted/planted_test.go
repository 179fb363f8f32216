package planted

import (
	"reflect"
	"testing"
)

func TestASeedMakesTheSameWorld(t *testing.T) {
	a, b, other := Make(1, 500, 50), Make(1, 500, 50), Make(2, 500, 50)
	if !reflect.DeepEqual(a, b) {
		t.Error("one seed made two worlds")
	}
	if reflect.DeepEqual(a.Customers, other.Customers) {
		t.Error("another seed made the same world")
	}
}

func TestEveryRecordOfAWorldCanBeKept(t *testing.T) {
	w := Make(3, 1000, 200)
	if len(w.Customers) != 1000 || len(w.Ways) != 200 || len(w.Same) < 200 {
		t.Errorf("%d customers, %d duplicates, %d pairs", len(w.Customers), len(w.Ways), len(w.Same))
	}
	seen, made := map[string]bool{}, map[string]bool{}
	for _, c := range w.Customers {
		if err := c.Validate(); err != nil {
			t.Error(err)
		}
		if seen[string(c.ID)] {
			t.Errorf("%s is there twice", c.ID)
		}
		seen[string(c.ID)] = true
	}
	for _, way := range w.Ways {
		made[way] = true
	}
	for _, way := range ways {
		if !made[way.name] {
			t.Errorf("no duplicate was made by %q", way.name)
		}
	}
}

package main

import (
	"reflect"
	"testing"

	"ringside/assist/ask"
)

// The page that is shipped is what holds where a team keeps no page.
func TestTheShippedPageSaysWhatIsBuiltIn(t *testing.T) {
	p, err := starter()
	if err != nil {
		t.Fatal(err)
	}
	want := ask.Rules()
	if len(p.Tact) != len(want) {
		t.Fatalf("%d rules are shipped, %d are built in", len(p.Tact), len(want))
	}
	for i, r := range p.Tact {
		if !reflect.DeepEqual(r, want[i]) {
			t.Errorf("shipped  %+v\nbuilt in %+v", r, want[i])
		}
	}
	if failures := ask.Check(p.Tact); len(failures) > 0 {
		t.Errorf("trials come out otherwise: %+v", failures)
	}
}

package setup

import (
	"slices"
	"testing"

	"ringside/assist/ask"
)

func TestEveryKindOfMoveCanBeSwitchedOff(t *testing.T) {
	var kinds []string
	for _, n := range moveNames {
		kinds = append(kinds, n.is)
		if n.name == "" {
			t.Errorf("%s has no name", n.is)
		}
	}
	if !slices.Equal(kinds, ask.MoveKinds()) {
		t.Errorf("the settings list %v, there are %v", kinds, ask.MoveKinds())
	}
	if got := offOf(names(moveNames[1:])); !slices.Equal(got, []string{ask.Sorry}) {
		t.Errorf("with the first not ticked, off are %v", got)
	}
}

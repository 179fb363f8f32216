package practice_test

import (
	"reflect"
	"testing"

	"ringside/assist"
	"ringside/assist/practice"
)

func TestTheMapIsAPicture(t *testing.T) {
	g := practice.Chart{Reps: []assist.Rep{{Name: "Ewa Nowak"}}, Others: 2,
		Departments: []practice.Department{{Name: "billing", Of: 4, Can: []int{3}, One: 1, Nobody: 1}, {Name: "delivery", Can: []int{0}}}}.Map()
	if want := [][]float64{{.75, -1}, {.25, -1}, {.25, -1}}; !reflect.DeepEqual(g.Cells, want) {
		t.Errorf("got %v, want %v", g.Cells, want)
	}
	if want := []string{"Ewa Nowak", "Only one can", "Nobody can"}; !reflect.DeepEqual(g.Rows, want) {
		t.Errorf("the rows are %q", g.Rows)
	}
	if want := "Of 4 answers, 1 can be given by one person alone and 1 by nobody yet. 2 colleagues do not share their rows, and are counted without a name."; g.Sentence != want {
		t.Errorf("says %q", g.Sentence)
	}
}

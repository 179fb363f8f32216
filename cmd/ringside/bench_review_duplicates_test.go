package main

import "testing"

func TestTheBenchOfDuplicatesKeepsItsBars(t *testing.T) {
	figures, err := benchDuplicates(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures {
		t.Logf("%s %.4f (%s)", f.Name, f.Value, f.Note)
		if f.Limit > 0 && f.Value < f.Limit {
			t.Errorf("%s is %.3f, the bar is %.3f", f.Name, f.Value, f.Limit)
		}
	}
}

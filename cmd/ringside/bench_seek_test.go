package main

import (
	"io"
	"slices"
	"testing"
)

func TestBenchSeekMeasuresEveryKind(t *testing.T) {
	p := &program{ctx: t.Context(), stderr: io.Discard}
	figures, err := benchSeek(p, 300, 200)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"seek_build_s", "seek_disk_mb", "seek_held_mb", "seek_open_ms", "seek_first_ms",
		"seek_people_p99_ms", "seek_notes_p99_ms", "seek_all_p99_ms", "seek_saved_p99_ms"} {
		i := slices.IndexFunc(figures, func(f figure) bool { return f.Name == name })
		if i < 0 || figures[i].Value <= 0 {
			t.Errorf("%s is missing in %+v", name, figures)
		}
	}
	if c := newCrowd(); c.customer(7).Name != newCrowd().customer(7).Name || c.customer(7).Name == c.customer(8).Name {
		t.Error("the people are not the same in every run")
	}
}

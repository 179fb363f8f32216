package main

import (
	"io"
	"testing"
	"time"
)

func TestBenchLibraryMeasuresThePageAndWhatIsSaved(t *testing.T) {
	own(t)
	p := &program{ctx: t.Context(), now: time.Now, stderr: io.Discard}
	figures, err := benchOn(p, 1, func(b *callBench) []benchPart {
		return []benchPart{{"opening", func() ([]figure, error) { return benchLibraryPage(b, manyAnswers(300)) }}}
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"library_open_ms": 200, "filter_p99_ms": 16, "save_to_found_p99_ms": 50}
	for _, f := range figures {
		if f.Value <= 0 || f.Limit != want[f.Name] || f.Note == "" {
			t.Errorf("%+v, want a value beside the limit %v", f, want[f.Name])
		}
		delete(want, f.Name)
	}
	if len(want) > 0 {
		t.Errorf("not measured: %v", want)
	}
}

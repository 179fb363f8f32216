package svg_test

import (
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"ringside/assist/chart"
	"ringside/assist/chart/svg"
)

var week = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func charts(text string) []chart.Chart {
	return []chart.Chart{
		chart.Trend{Title: text, Sentence: text, Unit: text, Points: []chart.Value{
			{At: week, Value: 3, Low: 1, High: 5, N: 12}, {At: week.AddDate(0, 0, 7), Value: 4, Low: 2, High: 6, N: 9}, {At: week.AddDate(0, 0, 14), Value: math.NaN()},
		}},
		chart.Bars{Title: text, Sentence: text, Rows: []chart.Value{{Label: text, Value: 3, Low: 1, High: 5, N: 2}}},
		chart.Grid{Title: text, Sentence: text, Rows: []string{text}, Columns: []string{text}, Cells: [][]float64{{.4}}},
		chart.Timeline{Title: text, Sentence: text, Events: []chart.Event{{At: week, Lane: text, Text: text}}},
	}
}

// TestEveryChartIsAWellFormedPicture reads back what was written, also with letters in it
// that mean something in a page or may not be in one at all.
func TestEveryChartIsAWellFormedPicture(t *testing.T) {
	for _, text := range []string{"Plain", `<script>alert("1 & 2")</script>`, "a\x00b\xff\u202e", "顧客", ""} {
		for _, c := range charts(text) {
			out := svg.Of(c, 600)
			if strings.Contains(out, "<script") {
				t.Errorf("%T: a name became markup", c)
			}
			if strings.Contains(out, "NaN") || strings.Contains(out, "Inf") {
				t.Errorf("%T of %q holds what is no number:\n%s", c, text, out)
			}
			d := xml.NewDecoder(strings.NewReader(out))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%T of %q: %v\n%s", c, text, err, out)
				}
			}
		}
	}
}

func TestThePictureSaysWhatItShows(t *testing.T) {
	out := svg.Of(chart.Bars{Title: "Why they left", Sentence: "Price was named most.", Rows: []chart.Value{{Label: "Price", Value: 7, Low: 7, High: 7, N: 20}}}, 500)
	for _, want := range []string{"<title>Price was named most.</title>", ">Why they left</text>", ">Price</text>", ">7</text>", ">n 20</text>", "<rect", `viewBox="0 0 500 `} {
		if !strings.Contains(out, want) {
			t.Errorf("the picture lacks %q:\n%s", want, out)
		}
	}
}

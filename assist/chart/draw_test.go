package chart_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist/chart"
)

var update = flag.Bool("update", false, "write the golden files anew")

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func weeks(values ...float64) (out []chart.Value) {
	for i, v := range values {
		out = append(out, chart.Value{At: monday.AddDate(0, 0, 7*i), Value: v, Low: v - 1, High: v + 2, N: 10 + i})
	}
	return out
}

func plain(rows ...string) (out []chart.Value) {
	for i, r := range rows {
		out = append(out, chart.Value{Label: r, Value: float64(i * 3), Low: float64(i * 2), High: float64(i * 4), N: 30 + i})
	}
	return out
}

// months are figures of months, each with a third of it that is bad news.
func months(values ...float64) (out []chart.Value) {
	for i, v := range values {
		at := monday.AddDate(0, i, 0)
		out = append(out, chart.Value{At: at, Value: v, Tone: chart.Good}, chart.Value{At: at, Value: math.Trunc(v / 3), Tone: chart.Late})
	}
	return out
}

var story = chart.Timeline{Title: "Mary Shaw", Events: []chart.Event{
	{At: monday, Lane: "Phone", Text: "Charged twice for one order"},
	{At: monday.Add(40 * time.Minute), Lane: "Notes", Text: "Sold the old hedge trimmer"},
	{At: monday.AddDate(0, 0, 9), Lane: "Promises", Text: "Refund by Friday", Tone: chart.Late},
	{At: monday.AddDate(0, 2, 0), Lane: "Phone", Text: "Asked about the Hedge 300"},
	{At: monday.AddDate(0, 2, 0).Add(time.Hour), Lane: "Phone", Text: "Ordered it"},
}}

// cases are charts of all kinds, well fed and starved.
func cases() map[string]chart.Chart {
	nan, inf := math.NaN(), math.Inf(1)
	long := strings.Repeat("A company with a very long name ", 6)
	return map[string]chart.Chart{
		"trend":                chart.Trend{Title: "Delivery named", Unit: "calls a week", Points: weeks(2, 4, 3, 6, 9)},
		"trend of shares":      chart.Trend{Title: "Promises kept", Unit: "% of those due", Points: weeks(91, 88.4, 95)},
		"trend of one":         chart.Trend{Points: weeks(3)},
		"trend of none":        chart.Trend{Title: "Delivery named"},
		"trend of no figure":   chart.Trend{Points: weeks(nan, inf)},
		"trend with holes":     chart.Trend{Points: weeks(1, nan, 2, 3, inf, nan, 4)},
		"trend of losses":      chart.Trend{Unit: "customers", Points: weeks(-4, 3, -2)},
		"trend of giants":      chart.Trend{Points: weeks(-math.MaxFloat64, math.MaxFloat64)},
		"trend of dwarfs":      chart.Trend{Points: weeks(1e-300, 2e-300)},
		"trend of noughts":     chart.Trend{Points: weeks(0, 0, 0)},
		"trend without time":   chart.Trend{Points: plain("Mon", "Tue", "Wed")},
		"trend to come":        chart.Trend{Points: []chart.Value{{At: monday.AddDate(900, 0, 0), Value: 1}, {At: monday, Value: 2}}},
		"trend of long":        chart.Trend{Title: long, Unit: long, Points: []chart.Value{{Label: long, Value: 1}, {Label: long, Value: 123456789}}},
		"bars":                 chart.Bars{Title: "Why they left", Unit: "customers", Rows: plain("Price", "Late parcels", "Nobody called back")},
		"bars of none":         chart.Bars{Title: "Why they left"},
		"bars of no figure":    chart.Bars{Rows: []chart.Value{{Label: "Price", Value: nan}, {Label: long, Value: inf, Low: inf, N: 3}}},
		"bars of long":         chart.Bars{Title: long, Rows: plain(long, long, "short")},
		"bars of losses":       chart.Bars{Rows: []chart.Value{{Label: "Lost", Value: -3, Tone: chart.Late}, {Label: "Won", Value: 5, Low: nan, High: inf, Tone: chart.Good}}},
		"bars of giants":       chart.Bars{Rows: []chart.Value{{Label: "a", Value: math.MaxFloat64, Low: -math.MaxFloat64, High: math.MaxFloat64, N: math.MaxInt}}},
		"columns":              chart.Bars{Title: "Growth beside loss", Unit: "customers", Rows: months(3, 0, 12, 1, 0, 2, 7, 4, 0, 0, 1, 5)},
		"columns of one":       chart.Bars{Rows: months(3)},
		"columns of noughts":   chart.Bars{Rows: months(0, 0)},
		"columns of giants":    chart.Bars{Rows: months(math.MaxFloat64, 1e-300)},
		"columns of ages":      chart.Bars{Title: long, Unit: long, Rows: months(make([]float64, 300)...)},
		"columns of no figure": chart.Bars{Rows: months(nan, inf)},
		"grid":                 chart.Grid{Title: "Who knows what", Rows: []string{"Ana", "Ben"}, Columns: []string{"Billing", "Delivery", "Returns"}, Cells: [][]float64{{1, .42, -1}, {0, nan, 7}}},
		"grid of many":         chart.Grid{Rows: []string{long, "Ben"}, Columns: strings.Split(strings.Repeat("Department of long names,", 14), ","), Cells: [][]float64{{.1, .2, .3, .4, .5, .6, .7, .8}, nil}},
		"grid of none":         chart.Grid{Title: "Who knows what", Rows: []string{"Ana"}, Columns: []string{"Billing"}},
		"timeline":             story,
		"timeline of one":      chart.Timeline{Events: story.Events[:1]},
		"timeline of none":     chart.Timeline{Title: "Mary Shaw", Events: []chart.Event{{Lane: "Phone", Text: "no time"}, {At: time.Unix(1<<60, 0), Text: "no year"}}},
		"timeline of ages":     chart.Timeline{Events: []chart.Event{{At: monday.AddDate(-1900, 0, 0), Lane: long, Text: long}, {At: monday.AddDate(7000, 0, 0), Lane: long, Text: long}}},
		"timeline of years":    chart.Timeline{Events: []chart.Event{{At: monday.AddDate(-9, 3, 0), Lane: "Orders", Text: "Hedge 200"}, {At: monday, Lane: "Orders", Text: "Hedge 300"}}},
		"timeline of crowds":   chart.Timeline{Events: crowd(400)},
	}
}

func crowd(n int) (out []chart.Event) {
	for i := range n {
		out = append(out, chart.Event{At: monday.Add(time.Duration(i*i) * time.Minute), Lane: []string{"Phone", "Mail"}[i%2], Text: fmt.Sprint("Thing ", i)})
	}
	return out
}

type bounds struct{ left, top, right, bottom float32 }

// of returns the room that a text takes.
func of(m chart.Mark) bounds {
	wide := chart.Sans(m.Text, m.Size, m.Bold)
	b := bounds{m.Points[0].X, m.Points[0].Y - m.Size*.75, m.Points[0].X + wide, m.Points[0].Y + m.Size*.2}
	switch m.Align {
	case chart.Centred:
		b.left, b.right = b.left-wide/2, b.right-wide/2
	case chart.Ends:
		b.left, b.right = b.left-wide, b.right-wide
	}
	return b
}

const hair = 0.1

func (b bounds) meets(o bounds) bool {
	return b.left < o.right-hair && o.left < b.right-hair && b.top < o.bottom-hair && o.top < b.bottom-hair
}

// TestNothingOverlapsOrLeavesThePicture holds every chart to what makes it readable, in
// every width that a window or a page gives.
func TestNothingOverlapsOrLeavesThePicture(t *testing.T) {
	for name, c := range cases() {
		for _, width := range []float32{300, 340, 397, 420, 521, 640, 800, 1011, 1400} {
			p := c.Draw(width, chart.Sans)
			if p.Width != width || !(p.Height > 10) || p.Height > 4000 {
				t.Errorf("%s in %v is %v by %v", name, width, p.Width, p.Height)
			}
			var texts []bounds
			for _, m := range p.Marks {
				inside(t, fmt.Sprintf("%s in %v", name, width), p, m)
				if m.Shape != chart.Words {
					continue
				}
				b := of(m)
				for i, o := range texts {
					if b.meets(o) {
						t.Errorf("%s in %v: %q lies on text %d", name, width, m.Text, i)
					}
				}
				texts = append(texts, b)
			}
		}
	}
}

func inside(t *testing.T, where string, p chart.Picture, m chart.Mark) {
	t.Helper()
	for _, at := range m.Points {
		if !(at.X >= -hair && at.X <= p.Width+hair && at.Y >= -hair && at.Y <= p.Height+hair) {
			t.Errorf("%s: %v of %q at %v leaves the picture", where, m.Shape, m.Text, at)
		}
	}
	if m.Shape == chart.Words {
		if b := of(m); b.left < -hair || b.right > p.Width+hair || b.bottom > p.Height+hair || b.top < -hair {
			t.Errorf("%s: %q leaves the picture: %v", where, m.Text, b)
		}
	}
}

func TestAWidthThatIsNoneIsDrawnAllTheSame(t *testing.T) {
	for name, c := range cases() {
		for _, width := range []float32{0, -3, 1, float32(math.NaN())} {
			if p := c.Draw(width, nil); !(p.Width > 0) || len(p.Marks) == 0 {
				t.Errorf("%s in %v: %v by %v with %d marks", name, width, p.Width, p.Height, len(p.Marks))
			}
		}
	}
}

func texts(p chart.Picture) string {
	var out []string
	for _, m := range p.Marks {
		if m.Shape == chart.Words {
			out = append(out, m.Text)
		}
	}
	return strings.Join(out, "|")
}

func TestWithoutFiguresTheChartSaysSo(t *testing.T) {
	for name, c := range cases() {
		want := strings.HasSuffix(name, "of none") || strings.HasSuffix(name, "of no figure")
		if got := strings.Contains(texts(c.Draw(600, nil)), "not enough yet"); got != want {
			t.Errorf("%s: says %v, want %v: %s", name, got, want, texts(c.Draw(600, nil)))
		}
	}
}

func TestTheLastFigureAndItsNAreTold(t *testing.T) {
	c := chart.Trend{Points: weeks(2, 4, math.NaN())}
	if got := texts(c.Draw(600, nil)); !strings.Contains(got, "|4|n 11") {
		t.Errorf("the texts are %s", got)
	}
}

func TestBarsOfATimeStandAboveAndBelowTheLine(t *testing.T) {
	p := chart.Bars{Rows: months(6, 3)}.Draw(600, nil)
	var good, bad []chart.Mark
	for _, m := range p.Marks {
		switch {
		case m.Shape != chart.Rectangle:
		case m.Tone == chart.Good:
			good = append(good, m)
		default:
			bad = append(bad, m)
		}
	}
	if len(good) != 2 || len(bad) != 2 {
		t.Fatalf("%d columns of good news and %d of bad", len(good), len(bad))
	}
	for i := range good {
		up, down := good[i].Points, bad[i].Points
		if up[1].Y != down[0].Y || up[0].X != down[0].X {
			t.Errorf("column %d: %v above, %v below", i, up, down)
		}
	}
	if got := texts(p); !strings.Contains(got, "|6|") || !strings.Contains(got, "Mar 2026") {
		t.Errorf("the texts are %s", got)
	}
}

func TestBadNewsShowsThroughAHeap(t *testing.T) {
	c := chart.Timeline{Events: []chart.Event{
		{At: monday, Lane: "a", Text: "Late", Tone: chart.Late}, {At: monday, Lane: "a", Text: "Fine"}, {At: monday.AddDate(1, 0, 0), Lane: "a", Text: "x"},
	}}
	p := c.Draw(600, nil)
	for _, m := range p.Marks {
		if m.Shape == chart.Dot && m.Points[0].X < 300 && m.Tone != chart.Late {
			t.Errorf("the dot of two things is of tone %v", m.Tone)
		}
	}
	if got := texts(p); !strings.Contains(got, "Fine +1") {
		t.Errorf("the texts are %s", got)
	}
}

// TestChartsAreDrawnAsBefore compares with pictures that somebody looked at.
func TestChartsAreDrawnAsBefore(t *testing.T) {
	all := cases()
	for _, name := range []string{"trend", "trend with holes", "bars", "columns", "grid", "timeline"} {
		got := dump(all[name].Draw(480, nil))
		file := filepath.Join("testdata", strings.ReplaceAll(name, " ", "_")+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is drawn otherwise; look at it, then run with -update. Now:\n%s", name, got)
		}
	}
}

func dump(p chart.Picture) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%.0f by %.0f\n", p.Width, p.Height)
	for _, m := range p.Marks {
		fmt.Fprintf(&b, "%s %s", [...]string{"line", "area", "box", "dot", "words"}[m.Shape], [...]string{"ink", "muted", "accent", "pale", "faint", "good", "late"}[m.Tone])
		for _, at := range m.Points {
			fmt.Fprintf(&b, " %.0f,%.0f", at.X, at.Y)
		}
		if m.Shape == chart.Words {
			fmt.Fprintf(&b, " %s %q", [...]string{"from", "around", "to"}[m.Align], m.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

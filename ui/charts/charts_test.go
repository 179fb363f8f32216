package charts_test

import (
	"bytes"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	base "fyne.io/fyne/v2/theme"

	"ringside/assist/chart"
	"ringside/ui/charts"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func weeks(values ...float64) (out []chart.Value) {
	for i, v := range values {
		out = append(out, chart.Value{At: monday.AddDate(0, 0, 7*i), Value: v, Low: v * .7, High: v * 1.4, N: 10 + i})
	}
	return out
}

var (
	trend = chart.Trend{Title: "Late parcels, named", Sentence: "Late parcels were named in 9 of 14 calls last week.", Unit: "calls a week", Points: weeks(2, 4, 3, 6, 7, 5, 9)}
	bars  = chart.Bars{Title: "Why they left", Sentence: "Price was named most.", Unit: "customers", Rows: []chart.Value{
		{Label: "Price", Value: 12, Low: 8, High: 17, N: 34}, {Label: "Nobody called back when it was promised", Value: 7, Low: 4, High: 11, N: 34, Tone: chart.Late}, {Label: "Moved away", Value: 0, N: 34},
	}}
	grid = chart.Grid{Title: "Who answers what", Sentence: "Ana answers most.", Rows: []string{"Ana", "Ben Okonkwo"},
		Columns: []string{"Billing", "Delivery", "Returns", "Technical"}, Cells: [][]float64{{1, .42, -1, .2}, {0, .7, .05, .9}}}
	story = chart.Timeline{Title: "Mary Shaw", Sentence: "Five things in two months.", Events: []chart.Event{
		{At: monday, Lane: "Phone", Text: "Charged twice for one order"},
		{At: monday.Add(40 * time.Minute), Lane: "Notes", Text: "Sold the old hedge trimmer"},
		{At: monday.AddDate(0, 0, 9), Lane: "Promises", Text: "Refund by Friday", Tone: chart.Late},
		{At: monday.AddDate(0, 2, 0), Lane: "Phone", Text: "Asked about the Hedge 300"},
		{At: monday.AddDate(0, 2, 0).Add(time.Hour), Lane: "Phone", Text: "Ordered it"},
	}}
)

func shown(t *testing.T, size fyne.Size, all ...chart.Chart) (fyne.Window, []*charts.View) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	var views []*charts.View
	column := widgets.Column(5 * theme.Grid)
	for _, c := range all {
		v := charts.New()
		v.SetChart(c)
		views = append(views, v)
		column.Add(v.Object())
	}
	w := test.NewTempWindow(t, widgets.Pad(widgets.Even(4*theme.Grid), column))
	w.SetPadded(false)
	w.Resize(size)
	return w, views
}

// drawn returns the texts of the charts, and the first bar.
func drawn(w fyne.Window) (texts []*canvas.Text, bar *canvas.Rectangle) {
	look.Walk(w.Content(), func(o fyne.CanvasObject, _, _ look.Area) {
		switch o := o.(type) {
		case *canvas.Text:
			texts = append(texts, o)
		case *canvas.Rectangle:
			if bar == nil && o.Size().Height == 14 {
				bar = o
			}
		}
	})
	return texts, bar
}

func TestPicturesOfTheCharts(t *testing.T) {
	look.Gallery(t)
	for name, size := range map[string]fyne.Size{"charts-400": {Width: 400, Height: 1200}, "charts-1000": {Width: 1000, Height: 1150}} {
		w, _ := shown(t, size, trend, bars, grid, story)
		look.Picture(t, w, name)
	}
}

func TestTheWindowFindsRoomForAllOfAChart(t *testing.T) {
	for _, width := range []float32{332, 800, 1400} {
		w, views := shown(t, fyne.NewSize(width, 1500), trend, bars, grid, story)
		bottom := float32(0)
		for _, v := range views {
			o := v.Object()
			if o.Position().Y < bottom {
				t.Errorf("in %v a chart begins at %v, the one before ends at %v", width, o.Position().Y, bottom)
			}
			bottom = o.Position().Y + o.Size().Height
		}
		look.Apart(t, w.Content(), fyne.NewSize(width, 1500), "charts")
		texts, _ := drawn(w)
		for _, o := range texts {
			if o.Position().X < 0 || o.Position().X+o.MinSize().Width > width {
				t.Errorf("in %v %q stands from %v on", width, o.Text, o.Position().X)
			}
		}
	}
}

func TestAChartFollowsTheWidthOfItsWindow(t *testing.T) {
	w, _ := shown(t, fyne.NewSize(500, 400), bars)
	_, before := drawn(w)
	w.Resize(fyne.NewSize(1000, 400))
	_, after := drawn(w)
	if after.Size().Width < before.Size().Width*1.5 {
		t.Errorf("the bar is %v wide, and was %v in half of the window", after.Size().Width, before.Size().Width)
	}
}

func TestAChartTakesTheColoursOfItsTheme(t *testing.T) {
	w, _ := shown(t, fyne.NewSize(500, 400), bars)
	for _, l := range []theme.Look{theme.Light, theme.Dark, theme.Light} {
		fyne.CurrentApp().Settings().SetTheme(theme.Of(l))
		_, bar := drawn(w)
		if want := theme.Of(l).Color(theme.Accent, base.VariantLight); bar.FillColor != want {
			t.Errorf("in %s the bar is %v, want %v", l, bar.FillColor, want)
		}
	}
}

func TestAChartIsSaidInWords(t *testing.T) {
	w, views := shown(t, fyne.NewSize(500, 400), bars)
	look.Reads(t, w.Content(), bars.Sentence)
	if views[0].Says() != bars.Sentence {
		t.Errorf("says %q", views[0].Says())
	}
	views[0].SetChart(trend)
	look.Reads(t, w.Content(), trend.Sentence)
	views[0].SetChart(nil)
	if got := look.Words(w.Content()); strings.TrimSpace(got) != "" {
		t.Errorf("without a chart it says %q", got)
	}
}

func press(t *testing.T, w fyne.Window, label string) {
	t.Helper()
	test.Tap(look.Find(t, w.Content(), func(a *widgets.Action) bool { return strings.Contains(look.Words(a), label) }))
}

func TestAChartIsSavedForPaper(t *testing.T) {
	w, views := shown(t, fyne.NewSize(600, 500), nil)
	saved := map[string][]byte{}
	views[0].OnSave = func(name string, data []byte) { saved[name] = data }
	views[0].SetChart(trend)
	fyne.CurrentApp().Settings().SetTheme(theme.Of(theme.Dark)) // the paper is white all the same
	press(t, w, "PNG")
	press(t, w, "SVG")
	img, err := png.Decode(bytes.NewReader(saved["late-parcels-named.png"]))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() < 1100 || b.Dy() < 300 {
		t.Errorf("the picture has %v points", b)
	}
	if got := color.NRGBAModel.Convert(img.At(2, 2)); got != (color.NRGBA{255, 255, 255, 255}) {
		t.Errorf("the paper is %v", got)
	}
	seen := map[color.Color]bool{}
	for y := 0; y < img.Bounds().Dy(); y++ {
		for x := 0; x < img.Bounds().Dx(); x += 2 {
			seen[color.NRGBAModel.Convert(img.At(x, y))] = true
		}
	}
	if accent := theme.Of(theme.Light).Color(theme.Accent, base.VariantLight); !seen[accent] {
		t.Errorf("the line in %v is not to be seen", accent)
	}
	if got := string(saved["late-parcels-named.svg"]); !strings.HasPrefix(got, "<svg") || !strings.Contains(got, "Late parcels, named") {
		t.Errorf("the SVG is %.100q", got)
	}
}

func TestWithNobodyToSaveThereIsNoButton(t *testing.T) {
	w, _ := shown(t, fyne.NewSize(600, 500), trend)
	look.Hides(t, w.Content(), "PNG", "SVG")
}

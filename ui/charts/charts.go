// Package charts shows charts in the window, and hands them out as pictures.
package charts

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"ringside/assist/chart"
	"ringside/assist/chart/svg"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// View shows one chart as wide as there is room, with its sentence below. Its methods are
// for the window's goroutine.
type View struct {
	// OnSave is handed a picture under the name of a file, after a press of PNG or SVG. The
	// buttons are there while it is set; set it before the chart.
	OnSave func(name string, data []byte)

	picture  *picture
	sentence *widgets.Text
	png, svg *widgets.Action
	buttons  *fyne.Container
	content  *fyne.Container
}

// New returns a View of nothing.
func New() *View {
	v := &View{picture: newPicture(), sentence: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})}
	keys := widgets.Keys{Key: widgets.PassKey}
	v.png = widgets.NewAction(widgets.Plain, "PNG", "", keys, v.SavePNG)
	v.svg = widgets.NewAction(widgets.Plain, "SVG", "", keys, v.SaveSVG)
	v.buttons = widgets.Row(theme.Grid, nil, v.png, v.svg)
	v.buttons.Hide()
	v.content = widgets.Column(theme.Grid, v.picture, v.sentence, v.buttons)
	return v
}

// Object returns what is to be shown. Its height follows from its width, as widgets.Flow
// says.
func (v *View) Object() fyne.CanvasObject { return v.content }

// SetChart shows a chart; nil shows none. What holds the View is to be arranged afterwards.
func (v *View) SetChart(c chart.Chart) {
	v.sentence.SetText("")
	v.picture.Hidden = c == nil
	v.buttons.Hidden = c == nil || v.OnSave == nil
	if c != nil {
		v.sentence.SetText(c.Says())
	}
	v.picture.set(c)
	widgets.Arrange(v.content)
}

// Says returns what the chart shows, in words.
func (v *View) Says() string { return v.sentence.Text() }

// NameKeys says on the buttons which keys of the page press them.
func (v *View) NameKeys(png, svg string) {
	v.png.SetLabel("Save as PNG (" + png + ")")
	v.svg.SetLabel("Save as SVG (" + svg + ")")
}

// SavePNG hands the picture to OnSave, as a press of PNG does.
func (v *View) SavePNG() {
	if v.OnSave != nil && v.picture.chart != nil {
		v.OnSave(name(v.picture.chart)+".png", v.picture.png())
	}
}

// SaveSVG hands the picture to OnSave, as a press of SVG does.
func (v *View) SaveSVG() {
	if v.OnSave != nil && v.picture.chart != nil {
		v.OnSave(name(v.picture.chart)+".svg", []byte(svg.Of(v.picture.chart, v.picture.paper())))
	}
}

// name makes a name for a file of the chart's title: its letters and digits.
func name(c chart.Chart) string {
	words := strings.FieldsFunc(strings.ToLower(c.Heading()), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return "chart"
	}
	return strings.Join(words[:min(len(words), 8)], "-")
}

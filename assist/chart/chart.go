// Package chart lays figures out as pictures: a trend, bars, a map of who by what, the
// time line of one customer. A picture is a list of marks, so that the window, a page for
// a browser and a page for a printer draw the same.
package chart

import "time"

// Chart is figures that can be laid out in any width.
type Chart interface {
	// Draw lays the chart out in a width, in units of which a line of text has about 16.
	Draw(width float32, measure Measure) Picture
	// Heading returns the title.
	Heading() string
	// Says returns what the picture shows in one sentence, for those who cannot see it.
	Says() string
}

// Measure returns the width of a text of a size in units; bold text is wider.
type Measure func(text string, size float32, bold bool) float32

// Picture is a chart that was laid out.
type Picture struct {
	Width, Height float32
	Marks         []Mark
}

// Mark is a line, an area or a text. Which it is says its Shape.
type Mark struct {
	Shape  Shape
	Points []Point // of a line or an area in their order; a rectangle's upper left and lower right; a dot's middle; the place of a text on its baseline
	Text   string
	Size   float32 // of a text, the width of a line, from the middle of a dot to its edge
	Bold   bool
	Align  Align
	Tone   Tone
}

// Align says which end of a text stands at its place.
type Align int

// The alignments.
const (
	Begins Align = iota
	Centred
	Ends
)

// Point is a place in a picture, from its upper left corner.
type Point struct{ X, Y float32 }

// Shape says what a mark is.
type Shape int

// The shapes.
const (
	Line Shape = iota
	Area       // filled, between its points
	Rectangle
	Dot
	Words
)

// Tone says what a colour is for; who draws knows which it is in light and in dark.
type Tone int

// The tones.
const (
	Ink    Tone = iota // text
	Muted              // what stands back: axes, counts
	Accent             // what the picture is about
	Pale               // the interval around it, and the ground of what is filled in part
	Faint              // lines to measure by
	Good
	Late // bad news
)

// Paper returns the colour on paper: dark on white, and told apart in grey.
func (t Tone) Paper() (red, green, blue uint8) {
	hex := map[Tone]uint32{Ink: 0x26231f, Muted: 0x635d55, Accent: 0x0d6863, Pale: 0xcfe5e1, Faint: 0xe1dcd3, Good: 0x2c6b34, Late: 0xb3261e}[t]
	return uint8(hex >> 16), uint8(hex >> 8), uint8(hex)
}

// Trend is how something went over time, with the interval that it lies in.
type Trend struct {
	Title    string
	Sentence string
	Unit     string // "calls a week"; one that begins with % says that the figures are shares of a hundred
	Points   []Value
}

// Value is one figure, how sure it is, and of how many it was made.
type Value struct {
	Label     string
	At        time.Time // of a Trend, and of Bars that go with time
	Value     float64   // NaN: not enough yet
	Low, High float64   // both equal when nothing is known of it
	N         int
	Tone      Tone // of a bar; Ink means Accent
}

// Bars are figures side by side, each with its n. When all have a time, those of one time
// stand in one place: bad news (Late) below the line, the rest above it.
type Bars struct {
	Title    string
	Sentence string
	Unit     string
	Rows     []Value
}

// Grid is a map of rows by columns: who by what. Cells are from 0 to 1; less than 0 is
// not known.
type Grid struct {
	Title         string
	Sentence      string
	Rows, Columns []string
	Cells         [][]float64
}

// Timeline is what happened between a customer and us.
type Timeline struct {
	Title    string
	Sentence string
	Events   []Event
}

// Event is one thing on a time line.
type Event struct {
	At   time.Time
	Lane string // "calls", "notes", "orders"
	Text string
	Tone Tone
}

// Heading implements Chart.
func (t Trend) Heading() string { return t.Title }

// Says implements Chart.
func (t Trend) Says() string { return t.Sentence }

// Heading implements Chart.
func (b Bars) Heading() string { return b.Title }

// Says implements Chart.
func (b Bars) Says() string { return b.Sentence }

// Heading implements Chart.
func (g Grid) Heading() string { return g.Title }

// Says implements Chart.
func (g Grid) Says() string { return g.Sentence }

// Heading implements Chart.
func (t Timeline) Heading() string { return t.Title }

// Says implements Chart.
func (t Timeline) Says() string { return t.Sentence }

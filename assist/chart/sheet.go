package chart

import (
	"strconv"
	"strings"
)

// The sizes that all charts share.
const (
	titleSize float32 = 14
	textSize  float32 = 12
	lineHigh  float32 = 16 // of a line of text
	gap       float32 = 8
	least     float32 = 120 // below it a chart is cut off
)

// sheet is what a chart is drawn on, from the top down.
type sheet struct {
	width   float32
	y       float32 // below all that was drawn so far
	measure Measure
	marks   []Mark
}

// newSheet begins a picture with its title, and what the figures are of.
func newSheet(width float32, measure Measure, title, unit string) *sheet {
	if !(width >= least) { // not a number, too
		width = least
	}
	if measure == nil {
		measure = Sans
	}
	s := &sheet{width: width, measure: measure}
	if title != "" {
		s.y += titleSize + 2
		s.words(Point{0, s.y}, title, Mark{Size: titleSize, Bold: true}, width)
		s.y += 6
	}
	if unit != "" {
		s.y += textSize
		s.words(Point{0, s.y}, unit, Mark{Size: textSize, Tone: Muted}, width)
		s.y += 6
	}
	return s
}

// picture ends the picture below what was drawn.
func (s *sheet) picture() Picture { return Picture{Width: s.width, Height: s.y, Marks: s.marks} }

// none says that there is nothing to draw.
func (s *sheet) none() Picture {
	s.y += textSize + 4
	s.words(Point{0, s.y}, nothing, Mark{Size: textSize, Tone: Muted}, s.width)
	s.y += gap
	return s.picture()
}

// words draws a text no wider than room. The look is a Mark of its size, weight, side and
// tone.
func (s *sheet) words(at Point, text string, look Mark, room float32) {
	if text = s.shorten(text, room, look); text == "" {
		return
	}
	look.Shape, look.Points, look.Text = Words, []Point{at}, text
	s.marks = append(s.marks, look)
}

// shorten cuts a text to the room that it has: between words where that leaves most of
// it, and with an ellipsis.
func (s *sheet) shorten(text string, room float32, look Mark) string {
	text = strings.Join(strings.Fields(text), " ")
	if s.wide(text, look) <= room+.5 { // sums of widths are not exact
		return text
	}
	letters := []rune(text)
	low, high := 0, len(letters) // as many letters as fit lie between
	for low < high {
		half := (low + high + 1) / 2
		if s.wide(string(letters[:half])+"…", look) <= room {
			low = half
		} else {
			high = half - 1
		}
	}
	if low == 0 {
		return ""
	}
	cut := string(letters[:low])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)*2/3 && letters[low] != ' ' {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.-") + "…"
}

func (s *sheet) wide(text string, look Mark) float32 { return s.measure(text, look.Size, look.Bold) }

func (s *sheet) line(tone Tone, size float32, points ...Point) {
	s.marks = append(s.marks, Mark{Shape: Line, Points: points, Size: size, Tone: tone})
}

func (s *sheet) area(tone Tone, points ...Point) {
	s.marks = append(s.marks, Mark{Shape: Area, Points: points, Tone: tone})
}

// box draws a rectangle between two corners, whichever they are.
func (s *sheet) box(tone Tone, a, b Point) {
	a, b = Point{min(a.X, b.X), min(a.Y, b.Y)}, Point{max(a.X, b.X), max(a.Y, b.Y)}
	s.marks = append(s.marks, Mark{Shape: Rectangle, Points: []Point{a, b}, Tone: tone})
}

func (s *sheet) dot(tone Tone, at Point, size float32) {
	s.marks = append(s.marks, Mark{Shape: Dot, Points: []Point{at}, Size: size, Tone: tone})
}

// of says of how many a figure was made; empty when that is not told.
func of(n int) string {
	if n <= 0 {
		return ""
	}
	return "n " + thousands(strconv.Itoa(n))
}

package widgets

import (
	"image/color"
	"sort"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
)

const ellipsis = "…"

// tooNarrow is a width at which nobody reads. Everything has less until its page is laid
// out for the first time, and to break all texts letter by letter for that takes long.
const tooNarrow = 24

// Style says how a Text looks. The zero Style is body text on as many lines as it
// takes.
type Style struct {
	Size   fyne.ThemeSizeName  // empty: theme.Body
	Colour fyne.ThemeColorName // empty: theme.Ink
	Bold   bool
	Lines  int // at most; 0: as many as it takes
	Right  bool
	Middle bool // between left and right
	Mono   bool // every letter as wide as the others
}

// Text is words on one or more lines. What does not fit ends in an ellipsis.
// Words in a script that runs from right to left stand at the right.
type Text struct {
	widget.BaseWidget
	style  Style
	text   string
	whole  bool // all lines, whatever the style says
	lines  []string
	cut    bool
	fitted float32 // the width that lines were made for; below 0: not made
}

// NewText returns an empty Text.
func NewText(style Style) *Text {
	if style.Size == "" {
		style.Size = theme.Body
	}
	if style.Colour == "" {
		style.Colour = theme.Ink
	}
	t := &Text{style: style, fitted: -1}
	t.ExtendBaseWidget(t)
	return t
}

// Say returns a Text that says s.
func Say(style Style, s string) *Text {
	t := NewText(style)
	t.text = s
	return t
}

// SetText shows s. The parent has to be arranged afterwards, when the height may
// have changed. An empty text hides the Text.
func (t *Text) SetText(s string) {
	t.Hidden = s == ""
	if s == t.text {
		return
	}
	t.text, t.fitted, t.whole = s, -1, false
	t.Refresh()
}

// SetColour changes the colour only.
func (t *Text) SetColour(name fyne.ThemeColorName) {
	if t.style.Colour != name {
		t.style.Colour = name
		t.Refresh()
	}
}

// Text returns all of the text, also what is cut.
func (t *Text) Text() string { return t.text }

// Shown returns the lines as they are shown.
func (t *Text) Shown() []string { return t.lines }

// HeightFor implements Flow.
func (t *Text) HeightFor(width float32) float32 {
	if t.text == "" {
		return 0
	}
	t.fit(width)
	return float32(len(t.lines)) * t.lineHeight()
}

// MinSize implements fyne.CanvasObject.
func (t *Text) MinSize() fyne.Size {
	w := t.Size().Width
	if w <= 0 {
		return fyne.NewSize(16, t.lineHeight())
	}
	return fyne.NewSize(16, t.HeightFor(w))
}

func (t *Text) natural() float32 { return t.measure(strings.Join(strings.Fields(t.text), " ")) + 1 }

func (t *Text) size() float32 { return t.Theme().Size(t.style.Size) }
func (t *Text) textStyle() fyne.TextStyle {
	return fyne.TextStyle{Bold: t.style.Bold, Monospace: t.style.Mono}
}
func (t *Text) measure(s string) float32 { return fyne.MeasureText(s, t.size(), t.textStyle()).Width }
func (t *Text) lineHeight() float32      { return fyne.MeasureText("M", t.size(), t.textStyle()).Height }

// fit breaks the text into lines of at most width.
func (t *Text) fit(width float32) {
	if t.fitted == width {
		return
	}
	if width < tooNarrow {
		t.lines, t.cut, t.fitted = []string{t.text}, false, width
		return
	}
	most := t.style.Lines
	if t.whole {
		most = 0
	}
	t.fitted = width
	b := breaking{width: width, most: most, measure: t.measure}
	if line, cut, ok := b.oneLine(t.text); ok {
		t.lines, t.cut = []string{line}, cut
		return
	}
	t.lines, t.cut = breakLines(t.text, b)
}

type breaking struct {
	width   float32
	most    int // lines; 0: any number
	measure func(string) float32
}

// oneLine returns a text that may take one line only as that line, cut after a word where
// it does not fit. Rows of lists are such texts: few measures make a list quick. It reports
// false when this is none, or when its words are too long to cut between them.
func (b breaking) oneLine(s string) (line string, cut, ok bool) {
	if b.most != 1 || strings.Contains(s, "\n") {
		return "", false, false
	}
	words := strings.Fields(s)
	line = strings.Join(words, " ")
	all := b.measure(line)
	if all <= b.width {
		return line, false, true
	}
	room := b.width - b.measure(ellipsis)
	n := len(words) - 1
	head := func() string { return strings.Join(words[:n], " ") }
	for n > 0 && float32(len(head()))/float32(len(line))*all > room {
		n-- // about so many fit
	}
	for n > 0 && b.measure(head()) > room {
		n--
	}
	for n++; n < len(words) && b.measure(head()) <= room; n++ {
	}
	n--
	line = strings.TrimRight(head(), " ,.;:") + ellipsis
	return line, true, b.measure(line) > b.width/2
}

// breakLines breaks s at blanks, and inside a word only when the word alone is too
// wide. cut tells that the last line ends in an ellipsis.
func breakLines(s string, b breaking) (lines []string, cut bool) {
	blank := b.measure(" ")
	for _, paragraph := range strings.Split(strings.TrimRight(s, "\n"), "\n") {
		line, used := "", float32(0)
		for _, word := range strings.Fields(paragraph) {
			w := b.measure(word)
			if line != "" && b.joins(line+" "+word, used+blank+w) {
				line, used = line+" "+word, used+blank+w
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			for w > b.width && len([]rune(word)) > 1 {
				head := b.head(word, b.width)
				lines, word = append(lines, head), word[len(head):]
				w = b.measure(word)
			}
			line, used = word, w
			if b.most > 0 && len(lines) >= b.most {
				return b.shorten(lines, line), true
			}
		}
		lines = append(lines, line)
		if b.most > 0 && len(lines) > b.most {
			return b.shorten(lines[:b.most], lines[b.most]), true
		}
	}
	if b.most > 0 && len(lines) > b.most {
		return b.shorten(lines[:b.most], lines[b.most]), true
	}
	return lines, false
}

// joins reports whether a line fits that is about as wide as its words together.
// Letters that join across a blank make it a little wider, so that a line that is
// nearly full is measured as a whole.
func (b breaking) joins(line string, about float32) bool {
	return about <= b.width*0.9 || about <= b.width*1.1 && b.measure(line) <= b.width
}

// head returns the longest beginning of word that fits, at least one rune. It measures
// few beginnings, since each costs as much as shaping it.
func (b breaking) head(word string, width float32) string {
	var ends []int // of the runes
	for i, r := range word {
		ends = append(ends, i+len(string(r)))
	}
	if len(ends) == 0 {
		return ""
	}
	over := sort.Search(len(ends)-1, func(i int) bool { return b.measure(word[:ends[i+1]]) > width })
	return word[:ends[over]]
}

// shorten ends the last line that may be shown with an ellipsis, after a whole word where
// that leaves most of it.
func (b breaking) shorten(lines []string, next string) []string {
	lines = lines[:b.most:b.most]
	head, room := lines[b.most-1], b.width-b.measure(ellipsis)
	if last := strings.TrimSpace(head + " " + next); 2*len(head) <= len(last) || b.measure(head) > room {
		head = b.head(last, room)
		if blank := strings.LastIndex(head, " "); blank > len(head)/2 {
			head = head[:blank]
		}
	}
	lines[b.most-1] = strings.TrimRight(head, " ,.;:") + ellipsis
	return lines
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{t: t}
	r.Layout(t.Size())
	return r
}

type textRenderer struct {
	t    *Text
	pool []*canvas.Text
	objs []fyne.CanvasObject
}

// Layout implements fyne.WidgetRenderer.
func (r *textRenderer) Layout(size fyne.Size) {
	t := r.t
	if size.Width <= 0 {
		return
	}
	t.fit(size.Width)
	col, high := colour(t, t.style.Colour), t.lineHeight()
	for len(r.pool) < len(t.lines) {
		r.pool = append(r.pool, canvas.NewText("", color.Transparent))
	}
	r.objs = r.objs[:0]
	for i, line := range t.lines {
		c, before := r.pool[i], *r.pool[i]
		c.Text, c.TextSize, c.TextStyle, c.Color = line, t.size(), t.textStyle(), col
		w := min(t.measure(line), size.Width)
		x := float32(0)
		if t.style.Right || fromRight(line) && !t.style.Middle {
			x = size.Width - w
		} else if t.style.Middle {
			x = (size.Width - w) / 2
		}
		c.Move(fyne.NewPos(x, float32(i)*high))
		c.Resize(fyne.NewSize(w, high))
		if !alike(c, &before) {
			c.Refresh() // which has the window painted again
		}
		r.objs = append(r.objs, c)
	}
}

func alike(a, b *canvas.Text) bool {
	return a.Text == b.Text && a.TextSize == b.TextSize && a.TextStyle == b.TextStyle && a.Color == b.Color
}

// Refresh implements fyne.WidgetRenderer.
func (r *textRenderer) Refresh() {
	r.t.fitted = -1
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}

// MinSize implements fyne.WidgetRenderer.
func (r *textRenderer) MinSize() fyne.Size { return r.t.MinSize() }

// Objects implements fyne.WidgetRenderer.
func (r *textRenderer) Objects() []fyne.CanvasObject { return r.objs }

// Destroy implements fyne.WidgetRenderer.
func (r *textRenderer) Destroy() {}

// fromRight reports whether the first letter belongs to a script that runs from
// right to left.
func fromRight(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Hebrew, r) || unicode.Is(unicode.Arabic, r) {
			return true
		}
		if unicode.IsLetter(r) {
			return false
		}
	}
	return false
}

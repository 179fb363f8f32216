package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// letters knows which letters can be set, and remembers those that could not.
type letters struct {
	fonts   []*sfnt.Font
	buffer  sfnt.Buffer
	known   map[rune]bool
	lacking map[rune]bool
	instead rune
}

func newLetters(fonts Fonts) (*letters, error) {
	l := &letters{known: map[rune]bool{}, lacking: map[rune]bool{}, instead: '?'}
	for _, data := range [][]byte{fonts.Regular, fonts.Bold} {
		f, err := sfnt.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("read a font: %w", err)
		}
		l.fonts = append(l.fonts, f)
	}
	for _, r := range "□\uFFFD¤" {
		if l.has(r) {
			l.instead = r
			break
		}
	}
	return l, nil
}

// has tells whether both fonts have a letter. A PDF of ours holds those of the basic plane
// only.
func (l *letters) has(r rune) bool {
	if has, known := l.known[r]; known {
		return has
	}
	has := r <= 0xFFFF
	for _, f := range l.fonts {
		glyph, err := f.GlyphIndex(&l.buffer, r)
		has = has && err == nil && glyph != 0
	}
	l.known[r] = has
	return has
}

// clean returns a text on one line that can be set: accents on their letters, no sign that
// steers a terminal or the direction, and a mark for each letter that is lacking.
func (l *letters) clean(text string) string {
	text = strings.Join(strings.Fields(norm.NFC.String(text)), " ")
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Variation_Selector, r):
			return -1
		case !l.has(r):
			l.lacking[r] = true
			return l.instead
		}
		return r
	}, text)
}

// said explains the mark, when there is one on the paper.
func (l *letters) said() string {
	if len(l.lacking) == 0 {
		return ""
	}
	var list []rune
	for r := range l.lacking {
		list = append(list, r)
	}
	slices.SortFunc(list, cmp.Compare[rune])
	named := make([]string, 0, 8)
	for _, r := range list[:min(len(list), 8)] {
		named = append(named, fmt.Sprintf("%U", r))
	}
	if len(list) > len(named) {
		named = append(named, fmt.Sprintf("%d more", len(list)-len(named)))
	}
	return fmt.Sprintf("%c stands for a letter that the fonts of this file lack (%s). Saved as HTML or Markdown, the brief has them.", l.instead, strings.Join(named, ", "))
}

// wrap breaks a text into lines of a width: between words, and within a word that is
// longer than a line.
func wrap(text string, width float64, measure func(string) float64) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimPrefix(line+" "+word, " ")
		if measure(longer) <= width {
			line = longer
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; measure(line) > width; {
			n := fits([]rune(line), width, measure)
			lines = append(lines, string([]rune(line)[:n]))
			line = string([]rune(line)[n:])
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fits returns how many letters of a word fit, one at least.
func fits(word []rune, width float64, measure func(string) float64) int {
	n := 1
	for n < len(word) && measure(string(word[:n+1])) <= width {
		n++
	}
	return n
}

package report

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"ringside/assist/brief"
	"ringside/assist/chart"
)

// Fonts are the two TrueType fonts that a PDF is set in. The file holds what it uses of
// them.
type Fonts struct{ Regular, Bold []byte }

// PDF writes the brief on pages of A4. A letter that the fonts lack stands there as a
// mark that a line at the end explains. Lines run from left to right: of scripts that run
// the other way the letters are not put in order.
func PDF(b brief.Brief, fonts Fonts) ([]byte, error) {
	p, err := newPaper(fonts)
	if err != nil {
		return nil, err
	}
	p.SetTitle(b.Title, true)
	p.SetLang("en-GB")
	p.SetProducer("Ringside", true)
	p.SetCatalogSort(true)
	p.SetCreationDate(b.Made.UTC())
	p.SetModificationDate(b.Made.UTC())
	p.SetFooterFunc(func() {
		p.SetXY(margin, pageHigh-margin+22)
		p.look(small)
		if lines := wrap(p.letters.clean(b.Title), wide/2, p.GetStringWidth); len(lines) > 0 {
			p.Text(margin, p.GetY(), lines[0])
		}
		place := fmt.Sprintf("%s · page %d", brief.Span(b.From, b.Until), p.PageNo())
		p.Text(pageWide-margin-p.GetStringWidth(place), p.GetY(), place)
	})
	p.AddPage()
	p.write(b.Title, title)
	p.write(head(b), small)
	for _, l := range b.Lead {
		p.write(l, body)
	}
	for _, s := range b.Sections {
		p.section(s)
	}
	p.gap(16)
	p.write(foot, small)
	if lacks := p.letters.said(); lacks != "" {
		p.write(lacks, small)
	}
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		return nil, fmt.Errorf("write a PDF: %w", err)
	}
	return out.Bytes(), nil
}

// The page, in points of a printer: A4.
const (
	pageWide, pageHigh = 595.28, 841.89
	margin             = 56.
	wide               = pageWide - 2*margin
)

// style says how a text is set.
type style struct {
	size, line float64 // the height of the letters, and of a line
	before     float64
	bold       bool
	tone       chart.Tone
	indent     float64
	ruled      bool // with a line at its left, as quotes have
	keep       float64
}

// The styles. A heading keeps some room below it, so that it never stands alone.
var (
	title   = style{size: 21, line: 26, bold: true}
	heading = style{size: 15, line: 19, before: 20, bold: true, keep: 80}
	strong  = style{size: 10.5, line: 14.5, before: 9, bold: true, keep: 20}
	body    = style{size: 10.5, line: 14.5, before: 5}
	small   = style{size: 8.5, line: 12, before: 2, tone: chart.Muted}
	words   = style{size: 10.5, line: 14.5, before: 7, indent: 12, ruled: true}
	source  = style{size: 8.5, line: 12, tone: chart.Muted, indent: 12, ruled: true}
)

// paper is a PDF while it is written.
type paper struct {
	*fpdf.Fpdf
	letters *letters
}

func newPaper(fonts Fonts) (*paper, error) {
	letters, err := newLetters(fonts)
	if err != nil {
		return nil, err
	}
	p := &paper{fpdf.New("P", "pt", "A4", ""), letters}
	p.SetMargins(margin, margin, margin)
	p.SetAutoPageBreak(false, 0)
	p.SetCellMargin(0)
	p.AddUTF8FontFromBytes("sans", "", fonts.Regular)
	p.AddUTF8FontFromBytes("sans", "B", fonts.Bold)
	return p, p.Error()
}

func (p *paper) look(s style) {
	weight := ""
	if s.bold {
		weight = "B"
	}
	p.SetFont("sans", weight, s.size)
	red, green, blue := s.tone.Paper()
	p.SetTextColor(int(red), int(green), int(blue))
}

// need begins a new page unless there is so much room on this one.
func (p *paper) need(high float64) {
	if p.GetY()+high > pageHigh-margin && p.GetY() > margin {
		p.AddPage()
		p.SetXY(margin, margin)
	}
}

// gap leaves room, but for the top of a page.
func (p *paper) gap(high float64) {
	if p.GetY() > margin {
		p.SetY(p.GetY() + high)
	}
}

// write sets a text below what is there.
func (p *paper) write(text string, s style) {
	p.look(s)
	var lines []string
	for _, part := range strings.Split(text, "\n") {
		lines = append(lines, wrap(p.letters.clean(part), wide-s.indent, p.GetStringWidth)...)
	}
	if len(lines) == 0 {
		return
	}
	p.need(s.before + float64(min(len(lines), 2))*s.line + s.keep)
	p.gap(s.before)
	for _, l := range lines {
		p.need(s.line)
		if s.ruled {
			p.fill(chart.Accent)
			p.Rect(margin, p.GetY(), 2, s.line, "F")
		}
		p.look(s)
		p.Text(margin+s.indent, p.GetY()+s.line/2+s.size*.36, l)
		p.SetY(p.GetY() + s.line)
	}
}

func (p *paper) fill(t chart.Tone) {
	red, green, blue := t.Paper()
	p.SetFillColor(int(red), int(green), int(blue))
	p.SetDrawColor(int(red), int(green), int(blue))
}

func (p *paper) section(s brief.Section) {
	top := heading
	if len(s.Charts) > 0 && len(s.Paragraphs)+len(s.Figures)+len(s.Claims) == 0 && s.None == "" {
		top.keep = p.high(s.Charts[0])
	}
	p.write(s.Title, top)
	p.Bookmark(p.letters.clean(s.Title), 0, -1)
	p.write(s.None, body)
	for _, t := range s.Paragraphs {
		p.write(t, body)
	}
	p.figures(s.Figures)
	for _, c := range s.Claims {
		p.write(c.Says, strong)
		p.write(c.Basis.String(), small)
		p.quotes(c.Quotes)
	}
	for _, c := range s.Charts {
		p.chart(c)
	}
	p.quotes(s.Quotes)
}

func (p *paper) quotes(list []brief.Quote) {
	for _, q := range list {
		p.write(q.Words, words)
		p.write(said(q), source)
	}
}

// figures sets a table: what, how many, of how many, and how it was counted.
func (p *paper) figures(list []brief.Figure) {
	const label, value, from, how, line = 150., 44., 46., wide - 240., 12.
	p.gap(6)
	for _, f := range list {
		p.look(small)
		lines := wrap(p.letters.clean(f.How), how, p.GetStringWidth)
		p.look(body)
		names := wrap(p.letters.clean(f.Label), label-8, p.GetStringWidth)
		high := float64(max(len(lines), len(names), 1))*line + 5
		p.need(high)
		top := p.GetY() + 11
		for i, l := range names {
			p.Text(margin, top+float64(i)*line, l)
		}
		p.look(style{size: body.size, bold: true})
		told := p.letters.clean(f.Value)
		p.Text(margin+label+value-8-p.GetStringWidth(told), top, told)
		p.look(small)
		if f.N > 0 {
			p.Text(margin+label+value, top, "of "+of(f.N))
		}
		for i, l := range lines {
			p.Text(margin+label+value+from, top+float64(i)*line, l)
		}
		p.fill(chart.Faint)
		p.SetLineWidth(.5)
		p.Line(margin, p.GetY()+high, pageWide-margin, p.GetY()+high)
		p.SetY(p.GetY() + high + 1)
	}
}

// Package svg writes a chart as a picture that browsers, printers and word processors
// draw.
package svg

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"ringside/assist/chart"
)

// Of returns a chart of a width as an SVG file, which says in words what it shows to those
// who cannot see it. It can stand in an HTML page as it is.
func Of(c chart.Chart, width float32) string {
	p := c.Draw(width, chart.Sans)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%[1]s" height="%[2]s" role="img" font-family="'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif">`, num(p.Width), num(p.Height))
	fmt.Fprintf(&b, "\n<title>%s</title>\n", escape(c.Says()))
	for _, m := range p.Marks {
		mark(&b, m)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func mark(b *strings.Builder, m chart.Mark) {
	red, green, blue := m.Tone.Paper()
	colour := fmt.Sprintf("#%02x%02x%02x", red, green, blue)
	switch at := m.Points[0]; m.Shape {
	case chart.Line:
		fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"/>`, points(m.Points), colour, num(m.Size))
	case chart.Area:
		fmt.Fprintf(b, `<polygon points="%s" fill="%s"/>`, points(m.Points), colour)
	case chart.Rectangle:
		end := m.Points[1]
		fmt.Fprintf(b, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`, num(at.X), num(at.Y), num(end.X-at.X), num(end.Y-at.Y), colour)
	case chart.Dot:
		fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="%s" fill="%s"/>`, num(at.X), num(at.Y), num(m.Size), colour)
	case chart.Words:
		words(b, m, colour)
	}
	b.WriteByte('\n')
}

func words(b *strings.Builder, m chart.Mark, colour string) {
	look := ""
	if m.Bold {
		look += ` font-weight="bold"`
	}
	switch m.Align {
	case chart.Centred:
		look += ` text-anchor="middle"`
	case chart.Ends:
		look += ` text-anchor="end"`
	}
	fmt.Fprintf(b, `<text x="%s" y="%s" font-size="%s" fill="%s"%s>%s</text>`, num(m.Points[0].X), num(m.Points[0].Y), num(m.Size), colour, look, escape(m.Text))
}

func points(ps []chart.Point) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = num(p.X) + "," + num(p.Y)
	}
	return strings.Join(out, " ")
}

func num(v float32) string {
	s := strconv.FormatFloat(float64(v), 'f', 1, 32)
	return strings.TrimSuffix(s, ".0")
}

// escape makes a text safe within a page. Letters that no XML file may hold are replaced.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}

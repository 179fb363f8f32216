package report

import (
	"codeberg.org/go-pdf/fpdf"

	"ringside/assist/chart"
)

// drawn lays a chart out for the paper, no higher than a page.
func (p *paper) drawn(c chart.Chart) (pic chart.Picture, scale float64) {
	pic = c.Draw(chartWide, p.measure)
	return pic, min(wide/float64(pic.Width), (pageHigh-2*margin-80)/float64(pic.Height))
}

// high is the room that a chart takes with its sentence.
func (p *paper) high(c chart.Chart) float64 {
	pic, scale := p.drawn(c)
	return 14 + float64(pic.Height)*scale + 2*small.line
}

// chart draws a chart with its sentence, both on one page.
func (p *paper) chart(c chart.Chart) {
	pic, scale := p.drawn(c)
	p.need(p.high(c))
	p.gap(14)
	top := p.GetY()
	place := func(at chart.Point) fpdf.PointType {
		return fpdf.PointType{X: margin + float64(at.X)*scale, Y: top + float64(at.Y)*scale}
	}
	for _, m := range pic.Marks {
		p.mark(m, place, scale)
	}
	p.SetY(top + float64(pic.Height)*scale)
	p.write(c.Says(), small)
}

// measure is a chart.Measure in the fonts of the paper.
func (p *paper) measure(text string, size float32, bold bool) float32 {
	p.look(style{size: float64(size), bold: bold})
	return float32(p.GetStringWidth(p.letters.clean(text)))
}

func (p *paper) mark(m chart.Mark, place func(chart.Point) fpdf.PointType, scale float64) {
	p.fill(m.Tone)
	at, size := place(m.Points[0]), float64(m.Size)*scale
	switch m.Shape {
	case chart.Line:
		p.SetLineWidth(size)
		p.SetLineJoinStyle("round")
		p.MoveTo(at.X, at.Y)
		for _, to := range m.Points[1:] {
			p.LineTo(place(to).X, place(to).Y)
		}
		p.DrawPath("D")
	case chart.Area:
		var points []fpdf.PointType
		for _, to := range m.Points {
			points = append(points, place(to))
		}
		p.Polygon(points, "F")
	case chart.Rectangle:
		end := place(m.Points[1])
		p.Rect(at.X, at.Y, end.X-at.X, end.Y-at.Y, "F")
	case chart.Dot:
		p.Circle(at.X, at.Y, size, "F")
	case chart.Words:
		p.look(style{size: size, bold: m.Bold, tone: m.Tone})
		text := p.letters.clean(m.Text)
		switch m.Align {
		case chart.Centred:
			at.X -= p.GetStringWidth(text) / 2
		case chart.Ends:
			at.X -= p.GetStringWidth(text)
		}
		p.Text(at.X, at.Y, text)
	}
}

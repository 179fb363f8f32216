package report

import (
	_ "embed"
	"html/template"
	"strings"

	"ringside/assist/brief"
	"ringside/assist/chart"
	"ringside/assist/chart/svg"
)

//go:embed page.html
var page string

var pages = template.Must(template.New("page").Funcs(template.FuncMap{
	"head":    head,
	"foot":    func() string { return foot },
	"said":    said,
	"of":      of,
	"picture": picture,
}).Parse(page))

// chartWide is how wide charts are drawn, in points of a page that holds 720 of them.
const chartWide = 680

// picture draws a chart. What is drawn of the texts in it is escaped already.
func picture(c chart.Chart) template.HTML { return template.HTML(svg.Of(c, chartWide)) }

// HTML writes the brief as one page that needs no other file, runs nothing, and prints
// well.
func HTML(b brief.Brief) []byte {
	var out strings.Builder
	if err := pages.Execute(&out, b); err != nil { // a template that fits its values writes
		panic(err)
	}
	return []byte(out.String())
}

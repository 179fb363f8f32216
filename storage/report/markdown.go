// Package report writes a brief in the forms in which people pass it on: Markdown, one
// page of HTML, and PDF.
package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"ringside/assist/brief"
	"ringside/assist/chart"
)

// Markdown writes the brief as a text that can be read as it is. Of the charts there are
// the figures.
func Markdown(b brief.Brief) []byte {
	var m markdown
	m.line("# " + plain(b.Title))
	m.line(plain(head(b)))
	for _, l := range b.Lead {
		m.line(plain(l))
	}
	for _, s := range b.Sections {
		m.section(s)
	}
	m.line("---")
	m.line(foot)
	return []byte(strings.TrimSpace(m.String()) + "\n")
}

// foot says what holds for all that stands in a brief.
const foot = "Counted from what reps wrote down, which is not all that was said. Who was not asked is not counted. An interval holds the true figure in 95 of 100 cases."

// head is the line below the title.
func head(b brief.Brief) string {
	parts := []string{brief.Span(b.From, b.Until)}
	if b.Team != "" {
		parts = append([]string{b.Team}, parts...)
	}
	if !b.Made.IsZero() {
		parts = append(parts, "made "+b.Made.Format("2 January 2006, 15:04"))
	}
	return strings.Join(parts, " · ")
}

type markdown struct{ strings.Builder }

// line writes one block.
func (m *markdown) line(s string) { m.WriteString(s + "\n\n") }

func (m *markdown) section(s brief.Section) {
	m.line("## " + plain(s.Title))
	if s.None != "" {
		m.line("*" + plain(s.None) + "*")
	}
	for _, p := range s.Paragraphs {
		m.line(plain(p))
	}
	if len(s.Figures) > 0 {
		m.table([]string{"", "", "of", "how"}, figures(s.Figures))
	}
	for _, c := range s.Claims {
		m.line("**" + plain(c.Says) + "**\\\n" + plain(c.Basis.String()))
		m.quotes(c.Quotes)
	}
	for _, c := range s.Charts {
		m.chart(c)
	}
	m.quotes(s.Quotes)
}

func figures(list []brief.Figure) [][]string {
	var rows [][]string
	for _, f := range list {
		rows = append(rows, []string{f.Label, f.Value, of(f.N), f.How})
	}
	return rows
}

func of(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (m *markdown) quotes(list []brief.Quote) {
	for _, q := range list {
		words := strings.Split(strings.TrimSpace(q.Words), "\n")
		for i := range words {
			words[i] = "> " + plain(words[i])
		}
		m.line(strings.Join(words, "\\\n") + "\\\n> — " + plain(said(q)))
	}
}

// said is the line below a quote.
func said(q brief.Quote) string {
	var parts []string
	for _, p := range []string{q.Who, day(q.At), q.Ref} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "; ")
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2 January 2006")
}

func (m *markdown) table(head []string, rows [][]string) {
	row := func(cells []string) {
		for _, c := range cells {
			m.WriteString("| " + plain(c) + " ")
		}
		m.WriteString("|\n")
	}
	row(head)
	m.WriteString(strings.Repeat("| --- ", len(head)) + "|\n")
	for _, r := range rows {
		row(r)
	}
	m.WriteString("\n")
}

// chart writes the figures that the chart would show.
func (m *markdown) chart(c chart.Chart) {
	m.line("### " + plain(c.Heading()))
	m.line(plain(c.Says()))
	switch c := c.(type) {
	case chart.Trend:
		var points []string
		for _, p := range c.Points {
			points = append(points, p.At.Format("2 Jan")+" "+number(p.Value))
		}
		m.line(plain(c.Unit) + ": " + strings.Join(points, ", "))
	case chart.Bars:
		var rows [][]string
		for _, r := range c.Rows {
			rows = append(rows, []string{r.Label, number(r.Value), interval(r), of(r.N)})
		}
		m.table([]string{c.Unit, "", "interval", "n"}, rows)
	case chart.Grid:
		var rows [][]string
		for i, name := range c.Rows {
			row := []string{name}
			for j := range c.Columns {
				row = append(row, cell(c, i, j))
			}
			rows = append(rows, row)
		}
		m.table(append([]string{""}, c.Columns...), rows)
	case chart.Timeline:
		for _, e := range c.Events {
			m.WriteString("- " + plain(day(e.At)+", "+e.Lane+": "+e.Text) + "\n")
		}
		m.WriteString("\n")
	}
}

func cell(g chart.Grid, row, column int) string {
	if row >= len(g.Cells) || column >= len(g.Cells[row]) || !(g.Cells[row][column] >= 0) {
		return "–"
	}
	return number(100*g.Cells[row][column]) + "%"
}

func number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

func interval(v chart.Value) string {
	if !(v.Low < v.High) {
		return ""
	}
	return fmt.Sprintf("%s to %s", number(v.Low), number(v.High))
}

// plain keeps a text from meaning anything but itself in Markdown: on one line, and no
// letter of it is markup.
func plain(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = marks.Replace(s)
	if first, _, ok := strings.Cut(s, " "); ok && opens(first) {
		s = `\` + s
	}
	return s
}

var marks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "|", `\|`, "#", `\#`, "~", `\~`, "&", `\&`)

// opens tells whether a word at the beginning of a line would begin a list there.
func opens(word string) bool {
	if word == "-" || word == "+" || word == "=" {
		return true
	}
	digits := strings.TrimRight(word, ".)")
	_, err := strconv.Atoi(digits)
	return err == nil && digits != word
}

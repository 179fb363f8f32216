package stays

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ringside/assist/chart"
	"ringside/assist/stay"
	"ringside/ui/panes"
	"ringside/ui/say"
)

// entry is one row of the list: a figure with its chart, or a customer.
type entry struct {
	key   string
	line  panes.Line
	chart chart.Chart // nil: a customer
	slip  stay.Slip
}

// entries returns the rows: the figures first, and then the customers.
func (p *Page) entries(left []stay.Slip) []entry {
	r := p.data.Report
	out := []entry{{line: panes.Line{Title: "WHO STAYS AND WHO GOES", Heading: true}}, doors(r)}
	for _, g := range r.Groups {
		out = append(out, entry{key: "figure " + g.Name, chart: g.Chart(), line: panes.Line{Title: "Who stayed: " + g.Name, Sub: summary(g)}})
	}
	title := fmt.Sprintf("SLIPPING AWAY  %d", len(left)+p.data.More)
	if p.data.More > 0 {
		title = fmt.Sprintf("SLIPPING AWAY  %d, the first %d", len(left)+p.data.More, len(left))
	}
	out = append(out, entry{line: panes.Line{Title: title, Heading: true, Tone: panes.Late}})
	for _, s := range left {
		out = append(out, p.entry(s))
	}
	if len(left) == 0 {
		out = out[:len(out)-1]
	}
	return out
}

func doors(r stay.Report) entry {
	sub := "not enough yet"
	if m := r.Months[len(r.Months)-1]; r.Enough() {
		sub = fmt.Sprintf("this month %d came, %d came back, %d went", m.Came, m.Back, m.Went)
	}
	return entry{key: "figure doors", chart: r.Doors(), line: panes.Line{Title: "Growth beside loss", Sub: sub}}
}

// summary says the largest share of a group in a line.
func summary(g stay.Group) string {
	i := slices.IndexFunc(g.Shares, stay.Share.Enough)
	if i < 0 {
		return "not enough yet"
	}
	s := g.Shares[i]
	return fmt.Sprintf("%d of %d (%.0f%% to %.0f%%), %s", s.Stayed, s.Of, s.Low, s.High, s.Name)
}

func (p *Page) entry(s stay.Slip) entry {
	e := entry{key: string(s.Customer), slip: s, line: panes.Line{Title: p.name(s), Badge: badge(s), Tone: panes.Eye}}
	if s.Gone || s.Reasons[0].Why == stay.Broken {
		e.line.Tone = panes.Late
	}
	why := make([]string, len(s.Reasons))
	for i, r := range s.Reasons {
		why[i] = string(r.Why)
	}
	slices.Sort(why)
	value := ""
	if s.Worth.Net > 0 {
		value = stay.Money(s.Worth.Net, s.Worth.Currency) + " in two years"
	}
	e.line.Sub = join(value, strings.Join(slices.Compact(why), ", "))
	return e
}

func badge(s stay.Slip) string {
	if s.Gone {
		return "gone"
	}
	return map[stay.Why]string{stay.Broken: "promise", stay.Rival: "rival", stay.Silent: "silent", stay.Falling: "orders"}[s.Reasons[0].Why]
}

func (p *Page) name(s stay.Slip) string {
	return cmp.Or(p.data.Names[s.Customer], "A customer without a name")
}

// facts is what stands below the name.
func (p *Page) facts(s stay.Slip) string {
	return fmt.Sprintf("Last contact %s.\n%s\n%s", say.Day(s.Last, p.opt.Now()), s.Rhythm, s.Worth.How)
}

// reasons is every reason with what it rests on.
func (p *Page) reasons(s stay.Slip) string {
	var out []string
	for _, r := range s.Reasons {
		lines := []string{r.Words}
		for _, of := range r.Of {
			if words := p.data.Evidence[of]; words != "" {
				lines = append(lines, "   "+words)
			}
		}
		out = append(out, strings.Join(lines, "\n"))
	}
	return strings.Join(out, "\n\n")
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

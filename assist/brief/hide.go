package brief

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"ringside/assist/chart"
	"ringside/assist/compose/mask"
)

// Person is somebody whose name does not leave the house, and what would give them away.
type Person struct {
	Is      string // what they are called instead, with a number: "Customer", "Rep", "Company"
	Names   []string
	Places  []string // lines of their address, without the city
	Numbers []string
}

// between keeps the texts apart while they are masked as one, so that the same name has
// the same number in all of them.
const between = "\n\x00\n"

// Words returns every text of the brief.
func (b Brief) Words() string {
	var texts []string
	b.rewrite(func(s string) string {
		texts = append(texts, s)
		return s
	})
	return strings.Join(texts, "\n")
}

// Hide returns the brief with all names of people replaced: "Customer 3", the same one
// everywhere, also within what was said. Numbers, addresses and e-mail addresses are cut
// out, known or not. Names that are none of the people's stay: they cannot be told from
// other words.
func Hide(b Brief, people []Person) Brief {
	var texts []string
	b.rewrite(func(s string) string {
		texts = append(texts, strings.ReplaceAll(s, "\x00", ""))
		return s
	})
	var known mask.Private
	for _, p := range people {
		known.Names = append(known.Names, p.Names...)
		known.Places = append(known.Places, p.Places...)
		known.Numbers = append(known.Numbers, p.Numbers...)
	}
	masked, masks := mask.Mask(strings.Join(texts, between), known)
	names := naming{people: people, given: map[int]string{}, counts: map[string]int{}}
	masked = token.ReplaceAllStringFunc(masked, func(t string) string {
		switch kind := token.FindStringSubmatch(t)[1]; kind {
		case "name":
			return names.of(masks.Back(t))
		case "text":
			return masks.Back(t)
		case "place":
			return "[address]"
		case "email":
			return "[e-mail]"
		}
		return "[number]"
	})
	out := strings.Split(masked, between)
	return b.rewrite(func(string) string {
		s := out[0]
		out = out[1:]
		return s
	})
}

var token = regexp.MustCompile(`\[(name|place|number|email|text) \d+[a-z]*\]`)

// naming gives people their numbers, in the order in which they are first named.
type naming struct {
	people []Person
	given  map[int]string
	counts map[string]int
}

// of returns what a name, or a part of one, is replaced by. A part that several share names
// none of them.
func (n naming) of(wrote string) string {
	wrote = fold(wrote)
	var whole, part []int
	for i, p := range n.people {
		switch {
		case slices.ContainsFunc(p.Names, func(name string) bool { return fold(name) == wrote }):
			whole = append(whole, i)
		case slices.ContainsFunc(p.Names, func(name string) bool { return slices.Contains(strings.Fields(fold(name)), wrote) }):
			part = append(part, i)
		}
	}
	found := append(whole, part...)
	if len(found) == 0 {
		return "somebody"
	}
	if len(whole) == 0 && len(part) > 1 {
		return "a " + strings.ToLower(n.people[part[0]].Is)
	}
	i := found[0]
	if n.given[i] == "" {
		is := n.people[i].Is
		n.counts[is]++
		n.given[i] = fmt.Sprintf("%s %d", is, n.counts[is])
	}
	return n.given[i]
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// rewrite returns the brief with every text run through f, in the order in which they are
// read. The brief itself is not changed.
func (b Brief) rewrite(f func(string) string) Brief {
	b.Title, b.Team = f(b.Title), f(b.Team)
	b.Lead = each(b.Lead, f)
	b.Sections = each(b.Sections, func(s Section) Section {
		s.Title, s.None = f(s.Title), f(s.None)
		s.Paragraphs = each(s.Paragraphs, f)
		s.Figures = each(s.Figures, func(g Figure) Figure {
			g.Label, g.Value, g.How = f(g.Label), f(g.Value), f(g.How)
			return g
		})
		quote := func(q Quote) Quote {
			q.Words, q.Who, q.Ref = f(q.Words), f(q.Who), f(q.Ref)
			return q
		}
		s.Claims = each(s.Claims, func(c Claim) Claim {
			c.Says = f(c.Says)
			c.Quotes = each(c.Quotes, quote)
			return c
		})
		s.Charts = each(s.Charts, func(c chart.Chart) chart.Chart { return redraw(c, f) })
		s.Quotes = each(s.Quotes, quote)
		return s
	})
	return b
}

func each[T any](list []T, f func(T) T) []T {
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

// redraw returns a chart with every text run through f.
func redraw(c chart.Chart, f func(string) string) chart.Chart {
	value := func(v chart.Value) chart.Value {
		v.Label = f(v.Label)
		return v
	}
	switch c := c.(type) {
	case chart.Trend:
		c.Title, c.Sentence, c.Points = f(c.Title), f(c.Sentence), each(c.Points, value)
		return c
	case chart.Bars:
		c.Title, c.Sentence, c.Rows = f(c.Title), f(c.Sentence), each(c.Rows, value)
		return c
	case chart.Grid:
		c.Title, c.Sentence, c.Rows, c.Columns = f(c.Title), f(c.Sentence), each(c.Rows, f), each(c.Columns, f)
		return c
	case chart.Timeline:
		c.Title, c.Sentence = f(c.Title), f(c.Sentence)
		c.Events = each(c.Events, func(e chart.Event) chart.Event {
			e.Text = f(e.Text)
			return e
		})
		return c
	}
	return c
}

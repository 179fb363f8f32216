package foreign

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	tag "golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"ringside/assist"
)

const (
	mostID   = 60
	mostLine = 500     // bytes that an Answer holds in one line
	mostText = 100_000 // and in its words
)

// answers makes answers of the entries, and notes what is wrong with each.
func (r *reader) answers(entries []entry) (out []assist.Answer) {
	seen := map[assist.ID]bool{}
	for _, e := range entries {
		faults := len(r.faults)
		a, ok := r.answer(e)
		if !ok || len(r.faults) > faults {
			continue
		}
		id := ID(a.Title)
		for n := 2; seen[id]; n++ {
			end := fmt.Sprintf("-%d", n)
			id = cutID(string(ID(a.Title)), mostID-len(end)) + assist.ID(end)
		}
		a.ID = id
		seen[id] = true
		if err := a.Validate(); err != nil {
			r.wrong(e.line, "", err.Error(), "")
		}
		out = append(out, a)
	}
	return out
}

// answer makes an answer of an entry; false when there is none in it.
func (r *reader) answer(e entry) (assist.Answer, bool) {
	a := assist.Answer{Draft: true}
	said := r.words(e, &a)
	if said.text == "" && r.from == Zendesk && e.has(actions) {
		return a, false
	}
	a.Say = said.text
	r.bounded(e, said, mostText)
	if said.text == "" {
		r.wrong(e.line, e.column(say, rich, actions), "the words to say are missing", "Write them, or take the row out.")
	}
	r.called(e, &a)
	for _, p := range e.list(phrasings, ";|\n") {
		a.Phrasings = r.add(e, a.Phrasings, p)
	}
	for _, s := range e.list(steps, ";\n") {
		s.text = marker.ReplaceAllString(s.text, "")
		a.Steps = r.add(e, a.Steps, s)
	}
	for _, p := range e.list(products, ";,|\n") {
		a.Products = r.add(e, a.Products, p)
	}
	a.Phrasings = slices.DeleteFunc(a.Phrasings, func(p string) bool { return strings.EqualFold(p, a.Title) })
	r.about(e, &a)
	return a, true
}

var marker = regexp.MustCompile(`^(?:[-*+•]|\d{1,3}[.)])\s+`)

// words returns what is said, in Markdown. A macro gives steps, too.
func (r *reader) words(e entry, a *assist.Answer) cell {
	c, html := e.first(rich), true
	if c.text == "" {
		c, html = e.first(say), false
	}
	if acts := e.first(actions); acts.text != "" {
		m, err := act(acts.text)
		if err != nil {
			r.wrong(e.line, acts.column, "these are not the actions of a macro: "+err.Error(), "Export them again.")
			return cell{column: acts.column, text: "?"} // is told of once
		}
		a.Internal = m.internal
		for _, s := range m.steps {
			a.Steps = r.add(e, a.Steps, cell{column: acts.column, text: oneLine(s)})
		}
		if c.text == "" && m.html != "" {
			c, html = cell{column: acts.column, text: m.html}, true
		} else if c.text == "" {
			c = cell{column: acts.column, text: m.text}
		}
	}
	text, err := markdown(c.text, html)
	if err != nil {
		r.wrong(e.line, c.column, "this HTML cannot be read: "+err.Error(), "")
	}
	c.text = strings.TrimSpace(r.blanks(text))
	return c
}

// called gives the answer its title and department. What else would do for a title is a
// way to ask for it.
func (r *reader) called(e entry, a *assist.Answer) {
	names := append(e.all(title), e.shorts()...)
	if len(names) == 0 {
		r.wrong(e.line, e.column(title, short), "the title is missing", "Write it, or take the row out.")
		return
	}
	c := names[0]
	c.text = oneLine(c.text)
	group, rest, grouped := strings.Cut(c.text, "::")
	if grouped = grouped && r.from == Zendesk && strings.TrimSpace(group) != "" && strings.TrimSpace(rest) != ""; grouped {
		c.text = oneLine(strings.ReplaceAll(rest, "::", ": ")) // Zendesk's menus: Billing::Refund
	}
	r.bounded(e, c, mostLine)
	a.Title, a.Department = c.text, "imported"
	for _, n := range names[1:] {
		n.text = oneLine(n.text)
		a.Phrasings = r.add(e, a.Phrasings, n)
	}
	if d := e.first(department); d.text != "" {
		d.text, _, _ = strings.Cut(d.text, "\n") // of several boards the first
		d.text = oneLine(d.text)
		r.bounded(e, d, mostLine)
		a.Department = d.text
	} else if grouped {
		a.Department = oneLine(group)
	}
}

// about reads what the entry says about the answer.
func (r *reader) about(e entry, a *assist.Answer) {
	if c := e.first(web); c.text != "" {
		a.Web = c.text
		r.bounded(e, c, mostLine)
		if u, err := url.Parse(c.text); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			r.wrong(e.line, c.column, fmt.Sprintf("%q is not the address of a page", c.text), "Write it in full, with https://.")
		}
	}
	if c := e.first(owner); c.text != "" {
		c.text, _, _ = strings.Cut(c.text, "\n")
		a.Owner = ID(c.text)
	}
	if c := e.first(language); c.text != "" {
		t, err := tag.Parse(c.text)
		if err != nil {
			r.wrong(e.line, c.column, fmt.Sprintf("%q is not a language", c.text), "Write it as en or pt-BR.")
		} else if a.Language = t.String(); a.Language == "en" {
			a.Language = ""
		}
	}
	if c := e.first(verified); c.text != "" {
		day, ok := dayOf(c.text)
		if !ok {
			r.wrong(e.line, c.column, fmt.Sprintf("%q is not a day", c.text), "Write it as 2006-01-02.")
		}
		a.Verified = day
	}
	if c := e.first(internal); c.text != "" {
		switch strings.ToLower(c.text) {
		case "yes", "y", "true", "1", "x", "internal":
			a.Internal = true
		case "no", "n", "false", "0", "public":
		default:
			r.wrong(e.line, c.column, fmt.Sprintf("%q is neither yes nor no", c.text), "Write yes or no.")
		}
	}
}

// dayOf reads the day on which an answer was verified. A tool that says only whether it
// was leaves the day open.
func dayOf(s string) (assist.Date, bool) {
	switch strings.ToLower(s) {
	case "yes", "no", "true", "false", "verified", "unverified", "trusted", "needs verification":
		return assist.Date{}, true
	}
	if d, err := assist.ParseDate(s); err == nil {
		return d, true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05.000-0700", "2006-01-02 15:04:05", "2006-01-02 15:04", "2 Jan 2006", "Jan 2, 2006", "January 2, 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return assist.DateOf(t), true
		}
	}
	return assist.Date{}, false
}

// add adds a text to a list that does not have it yet.
func (r *reader) add(e entry, list []string, c cell) []string {
	if r.bounded(e, c, mostLine); c.text == "" || slices.Contains(list, c.text) {
		return list
	}
	return append(list, c.text)
}

func (r *reader) bounded(e entry, c cell, most int) {
	if len(c.text) > most {
		r.wrong(e.line, c.column, fmt.Sprintf("this is longer than the %d bytes that fit here", most), "Shorten it.")
	}
}

// all returns what the entry has of a meaning, what is rather meant first.
func (e entry) all(m meaning) (out []cell) {
	for _, c := range e.cells {
		if c.text = strings.TrimSpace(c.text); c.means == m && c.text != "" {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b cell) int { return a.rank - b.rank })
	return out
}

func (e entry) first(m meaning) cell {
	for _, c := range e.all(m) {
		return c
	}
	return cell{}
}

func (e entry) has(m meaning) bool {
	return slices.ContainsFunc(e.cells, func(c cell) bool { return c.means == m })
}

// shorts are the abbreviations, each alone.
func (e entry) shorts() []cell { return e.list(short, "\n") }

// list cuts what the entry has of a meaning into its items.
func (e entry) list(m meaning, at string) (out []cell) {
	for _, c := range e.all(m) {
		for _, text := range strings.FieldsFunc(c.text, func(s rune) bool { return strings.ContainsRune(at, s) }) {
			if c.text = oneLine(text); c.text != "" {
				out = append(out, c)
			}
		}
	}
	return out
}

// column is how the file calls a meaning: the first that it has, else our word.
func (e entry) column(of ...meaning) string {
	for _, m := range of {
		for _, c := range e.cells {
			if c.means == m {
				return c.column
			}
		}
	}
	return string(of[0])
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// ID makes an id of a title or a name: its letters without their marks, and digits, with
// hyphens between, at most 60. A title without any gets one that no other has.
func ID(title string) assist.ID {
	var b strings.Builder
	for _, c := range norm.NFKD.String(strings.ToLower(title)) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case unicode.Is(unicode.Mn, c) || c == '\'' || c == '’':
		case b.Len() > 0 && b.String()[b.Len()-1] != '-':
			b.WriteByte('-')
		}
	}
	if id := cutID(b.String(), mostID); id != "" {
		return id
	}
	return assist.IDFrom("import", title)
}

func cutID(s string, most int) assist.ID {
	return assist.ID(strings.Trim(s[:min(len(s), most)], "-"))
}

package compare

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"

	"ringside/assist"
)

// SiteClash is where an answer and a page of the company's own site say different things.
type SiteClash struct {
	Answer, Page assist.ID
	Ours, Theirs string // the two sentences
	Why          string // in words for people, without a full stop
}

// Site returns where answers and pages contradict each other: an answer and the page at its
// Web first, then other pairs; each by the order of the answers. An answer and a page are at
// most one clash. What is Off or a Draft, pages that are Gone, and pairs in apart that stand
// as they stood are left out. The error is that of ctx.
func Site(ctx context.Context, answers []assist.Answer, pages []assist.WebPage, apart []assist.Apart) ([]SiteClash, error) {
	kept := newKept(answers, pages, apart)
	var linked, other []SiteClash
	for _, group := range byLanguage(answers) {
		l, err := read(ctx, group)
		if err != nil {
			return nil, err
		}
		found, err := l.site(ctx, group, pages)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			a, page := l.texts[f.a], l.texts[f.b]
			if kept.apart(a.id, page.id) {
				continue
			}
			ours, theirs := differ(f.ours, f.other)
			c := SiteClash{Answer: a.id, Page: page.id, Ours: f.ours.sentence, Theirs: f.other.sentence, Why: "we say " + ours + ", the site says " + theirs}
			if f.linked {
				linked = append(linked, c)
			} else {
				other = append(other, c)
			}
		}
	}
	return append(linked, other...), nil
}

// site returns the clash that is surest of each answer and page.
func (l *library) site(ctx context.Context, answers []assist.Answer, pages []assist.WebPage) ([]finding, error) {
	ours := len(l.texts)
	sections := map[assist.ID][]int{}
	for i, page := range pages {
		if i%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if page.Gone {
			continue
		}
		for _, p := range l.page(page) {
			sections[page.Key()] = append(sections[page.Key()], len(l.texts))
			l.texts = append(l.texts, p)
		}
	}
	l.weigh(ours)
	pairs, isLinked, err := l.withPages(ctx, answers, sections, ours)
	if err != nil {
		return nil, err
	}
	best := map[[2]assist.ID]finding{}
	for _, n := range pairs {
		a, b := l.texts[n.a], l.texts[n.b]
		linked := isLinked[[2]int{n.a, n.b}]
		if linked {
			n.alike = max(n.alike, twin) // they were joined by a person
		}
		f, ok := l.gainsay(a, b, n.alike)
		key := [2]assist.ID{a.id, b.id}
		if ok && f.alike > best[key].alike {
			f.a, f.b, f.linked = n.a, n.b, linked
			best[key] = f
		}
	}
	out := make([]finding, 0, len(best))
	for _, f := range best {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b finding) int { return cmp.Or(cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b)) })
	return out, nil
}

// withPages returns the pairs of answers and sections to look at, the linked ones first, and
// which are linked.
func (l *library) withPages(ctx context.Context, answers []assist.Answer, sections map[assist.ID][]int, ours int) (pairs []near, isLinked map[[2]int]bool, err error) {
	isLinked = map[[2]int]bool{}
	for i, a := range answers {
		if a.Web == "" {
			continue
		}
		for _, s := range sections[assist.WebPage{URL: a.Web}.Key()] {
			isLinked[[2]int{i, s}] = true
			pairs = append(pairs, l.measure(i, s))
		}
	}
	others, err := l.near(ctx, func(a, b int) bool { return (a < ours) != (b < ours) })
	for _, n := range others {
		if !isLinked[[2]int{n.a, n.b}] {
			pairs = append(pairs, n)
		}
	}
	return pairs, isLinked, err
}

// page reads a page section by section: a heading and what stands below it.
func (l *library) page(page assist.WebPage) (out []*passage) {
	heading := page.Title
	var body []string
	end := func() {
		if len(body) == 0 {
			return
		}
		p := &passage{id: page.ID, title: heading, say: strings.Join(body, "\n")}
		title := tokens(heading, nil)
		p.products = l.named(title)
		p.marks = l.marksOf(title, "only", "state")
		p.asked = newVector(l.terms(title, 2, nil))
		l.say(p, title, sentences(p.say))
		out, body = append(out, p), nil
	}
	for _, line := range strings.Split(page.Text, "\n") {
		if h := strings.TrimLeft(line, "#"); len(h) < len(line) && strings.HasPrefix(h, " ") {
			end()
			heading = page.Title + ": " + plain(h)
		} else if line = plain(line); line != "" {
			body = append(body, line)
		}
	}
	end()
	for _, p := range out {
		p.beside = out
	}
	return out
}

var (
	link   = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`)
	bullet = regexp.MustCompile(`^\s*(?:[-*+>]|\d+[.)])\s+`)
	marks  = strings.NewReplacer("**", "", "__", "", "`", "", `\`, "")
)

// plain takes the marks of Markdown off a line.
func plain(line string) string {
	if strings.Contains(line, "|") { // a row of a table
		cells := strings.FieldsFunc(line, func(r rune) bool { return r == '|' })
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		line = strings.Trim(strings.Join(cells, ", "), ", ")
	}
	line = marks.Replace(link.ReplaceAllString(bullet.ReplaceAllString(line, ""), "$1"))
	if strings.Trim(line, " ,-:") == "" {
		return ""
	}
	return strings.TrimSpace(line)
}

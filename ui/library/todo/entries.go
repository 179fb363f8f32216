package todo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/curate/compare"
	"ringside/ui/panes"
	"ringside/ui/say"
)

// kind is what there is to do. They stand in this order: what is wrong comes before what
// is missing, and that before what is only old.
type kind int

const (
	flagged kind = iota
	clashing
	onSite
	touched
	asked
	stale
	doubled
)

var kinds = []struct {
	choice, heading string
	tone            panes.Tone
}{
	{"Flags", "FLAGGED IN CALLS", panes.Late},
	{"Contradictions", "ANSWERS THAT CONTRADICT", panes.Late},
	{"Site", "THE SITE SAYS OTHERWISE", panes.Late},
	{"Pages that changed", "THE PAGE CHANGED, OR IS GONE", panes.Eye},
	{"Questions without an answer", "NOBODY COULD ANSWER", panes.Eye},
	{"Stale answers", "STALE", panes.Eye},
	{"Doubles", "TWO THAT SAY THE SAME", panes.Quiet},
}

// entry is one row of the list, and what it is about. Of the last fields those are set
// that belong to its kind.
type entry struct {
	key  string // the same thing has the same key after a reload
	kind kind
	line panes.Line
	mine bool

	a, b assist.Answer // the answer, or both
	flag Flag
	need curate.Need
	pair compare.Pair
	site compare.SiteClash
	page assist.WebPage
	// words say whether the answer may be verified from how it is used.
	words string
	used  bool
}

// weigh finds what there is to do in what was read.
func (p *Page) weigh() {
	p.found = nil
	for _, more := range [][]*entry{p.flagEntries(), p.pairEntries(), p.siteEntries(), p.touchedEntries(), p.needEntries(), p.staleEntries()} {
		p.found = append(p.found, more...)
	}
	slices.SortStableFunc(p.found, func(a, b *entry) int { return cmp.Compare(a.kind, b.kind) })
}

// waiting returns what is not settled already.
func (p *Page) waiting() []*entry {
	return slices.DeleteFunc(slices.Clone(p.found), func(e *entry) bool { return p.changes.Settled(e.key) })
}

// headed puts a heading before each kind of thing.
func headed(list []*entry) []*entry {
	out := make([]*entry, 0, len(list)+len(kinds))
	for i := 0; i < len(list); {
		n := i
		for n < len(list) && list[n].kind == list[i].kind {
			n++
		}
		k := kinds[list[i].kind]
		out = append(out, &entry{line: panes.Line{Title: fmt.Sprintf("%s  %d", k.heading, n-i), Tone: k.tone, Heading: true}})
		out = append(out, list[i:n]...)
		i = n
	}
	return out
}

func (p *Page) flagEntries() []*entry {
	now := p.opt.Now()
	flags := slices.Clone(p.data.Flags)
	slices.SortStableFunc(flags, func(a, b Flag) int { return b.At.Compare(a.At) })
	var out []*entry
	for _, f := range flags {
		a, ok := p.byID[f.Answer]
		if !ok {
			continue
		}
		out = append(out, &entry{key: "flag " + string(f.ID), kind: flagged, mine: p.mine(a), a: a, flag: f, line: panes.Line{
			Title: cmp.Or(oneLine(f.Sentence), a.Title),
			Sub:   join(day(f.At, now), by(p.name(f.Rep)), a.Title), Badge: "wrong?", Tone: panes.Late}})
	}
	return out
}

func (p *Page) pairEntries() []*entry {
	var out []*entry
	for _, q := range p.looked.Pairs {
		a, okA := p.byID[q.A]
		b, okB := p.byID[q.B]
		if !okA || !okB || p.apart([2]assist.ID{a.ID, b.ID}, [2]string{a.Fingerprint(), b.Fingerprint()}) {
			continue
		}
		e := &entry{key: "pair " + string(q.A) + " " + string(q.B), kind: doubled, mine: p.mine(a) || p.mine(b), a: a, b: b, pair: q,
			line: panes.Line{Title: a.Title, Sub: "and: " + b.Title, Badge: "double"}}
		if q.Clash {
			e.kind, e.line.Badge, e.line.Tone = clashing, "contradict", panes.Late
		}
		out = append(out, e)
	}
	return out
}

func (p *Page) siteEntries() []*entry {
	var out []*entry
	for _, s := range p.looked.Site {
		a, ok := p.byID[s.Answer]
		page, known := p.data.Pages[s.Page]
		if !ok || !known || p.apart([2]assist.ID{a.ID, page.ID}, [2]string{a.Fingerprint(), page.Hash()}) {
			continue
		}
		out = append(out, &entry{key: "site " + string(s.Answer) + " " + string(s.Page), kind: onSite, mine: p.mine(a), a: a, site: s, page: page,
			line: panes.Line{Title: a.Title, Sub: "site: " + oneLine(s.Theirs), Badge: "site differs", Tone: panes.Late}})
	}
	return out
}

func (p *Page) touchedEntries() []*entry {
	now := p.opt.Now()
	var out []*entry
	for _, t := range p.data.Touched {
		a, ok := p.byID[t.Answer]
		page, known := p.data.Pages[t.Page]
		if !ok || !known {
			continue
		}
		e := &entry{key: "page " + string(t.Answer), kind: touched, mine: p.mine(a), a: a, page: page, line: panes.Line{
			Title: a.Title, Sub: join(day(page.Changed, now), page.Title), Badge: "page changed", Tone: panes.Eye}}
		if page.Gone {
			e.line.Sub, e.line.Badge = join(day(page.Read, now), page.Title), "page gone"
		}
		out = append(out, e)
	}
	return out
}

func (p *Page) needEntries() []*entry {
	now := p.opt.Now()
	var out []*entry
	for _, n := range p.data.Needs {
		if len(n.Gaps) == 0 {
			continue
		}
		first := n.Gaps[0]
		for _, g := range n.Gaps {
			if g.At.Before(first.At) {
				first = g
			}
		}
		e := &entry{key: "need " + string(first.ID), kind: asked, need: n, line: panes.Line{Title: "“" + oneLine(n.Text) + "”",
			Sub:   join(counted(n.Customers, "customer"), "heard by "+counted(n.Reps, "rep"), "since "+day(first.At, now)),
			Badge: fmt.Sprintf("%d×", len(n.Gaps)), Tone: panes.Eye}}
		for _, g := range n.Gaps {
			e.mine = e.mine || p.data.Me != "" && g.Rep == p.data.Me
		}
		out = append(out, e)
	}
	return out
}

// staleEntries has those first that are used most.
func (p *Page) staleEntries() []*entry {
	now := p.opt.Now()
	flags := map[assist.ID]int{}
	for _, f := range p.data.Flags {
		flags[f.Answer]++
	}
	var out []*entry
	for _, a := range p.data.Answers {
		if a.Off || a.Draft || !a.Stale(now) {
			continue
		}
		e := &entry{key: "stale " + string(a.ID), kind: stale, mine: p.mine(a), a: a,
			line: panes.Line{Title: a.Title, Badge: overdue(a, now), Tone: panes.Eye}}
		e.words, e.used = curate.Renewal(a, p.data.Since[a.ID], flags[a.ID], now)
		owner := curate.OwnerOn(a, now)
		e.line.Sub = join(cmp.Or(p.name(owner), string(owner), "nobody answers for it"), e.words)
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(x, y *entry) int {
		return cmp.Or(cmp.Compare(p.data.Since[y.a.ID].Said, p.data.Since[x.a.ID].Said), cmp.Compare(x.a.Title, y.a.Title), cmp.Compare(x.a.ID, y.a.ID))
	})
	return out
}

// apart reports whether somebody found the two right since they were compared.
func (p *Page) apart(of [2]assist.ID, stand [2]string) bool {
	return slices.ContainsFunc(p.data.Apart, func(a assist.Apart) bool {
		return a.Of == of && a.Stood == stand || a.Of == [2]assist.ID{of[1], of[0]} && a.Stood == [2]string{stand[1], stand[0]}
	})
}

// mine reports whether who sits here answers for a: as its owner, as deputy, or since it
// is their turn.
func (p *Page) mine(a assist.Answer) bool {
	me := p.data.Me
	return me != "" && (a.Owner == me || a.Deputy == me || curate.OwnerOn(a, p.opt.Now()) == me)
}

// name returns the name of a customer or a rep; "" when nobody knows it.
func (p *Page) name(id assist.ID) string { return p.data.Names[id] }

// overdue says for how long an answer has been stale.
func overdue(a assist.Answer, now time.Time) string {
	if a.Verified.IsZero() {
		return "never verified"
	}
	return counted(max(int(now.Sub(a.Verified.Time().AddDate(0, 0, a.VerifyEvery)).Hours()/24), 1), "day") + " over"
}

func counted(n int, word string) string { return say.Count(n, word) }

// day is short: a row has little room.
func day(t, now time.Time) string {
	t = t.In(now.Location())
	switch words := say.Day(t, now); {
	case words == "today", words == "yesterday":
		return words
	case t.Year() != now.Year():
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan")
}

// oneLine writes a text on one line of what a row can show.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}

func by(name string) string { return prefix("by ", name) }

func prefix(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

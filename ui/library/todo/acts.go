package todo

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/search/text"
	"ringside/ui/undo"
)

// haste is how soon after a change a second one is taken for a key or a button that was
// pressed twice: the row below has come under it meanwhile.
const haste = 400 * time.Millisecond

// act is what can be done about an entry: by its key, or by the button that shows it.
type act struct {
	key   rune
	words string
	first bool // what is done most
	do    func(entry)
}

// acts returns what can be done about an entry, in the order of the buttons.
func (p *Page) acts(e entry) []act {
	var list []act
	switch e.kind {
	case flagged:
		list = []act{p.editing('e', "Mend it", e.a, e.flag.ID), {'r', "It is right", false, p.right}}
	case asked:
		list = []act{{'m', "Make this an answer", true, p.makeAnswer}, {'h', "An answer has it", false, p.choosing.open},
			{'n', "Not for us", false, p.notForUs}}
	case stale:
		words := "I have read it: verify"
		if e.used {
			words = "Verify"
		}
		list = []act{{'v', words, true, p.verify}, p.editing('e', "Edit", e.a)}
	case doubled, clashing:
		list = []act{{'1', "Keep the first", false, func(e entry) { p.merge(e, e.a, e.b) }},
			{'2', "Keep the second", false, func(e entry) { p.merge(e, e.b, e.a) }},
			p.editing('e', "Edit the first", e.a), p.editing('d', "Edit the second", e.b), {'b', "Both are right", false, p.bothRight}}
	case onSite:
		list = []act{p.editing('e', "Mend ours", e.a), {'b', "Both are right", false, p.bothRight}}
	case touched:
		list = []act{p.editing('e', "Mend ours", e.a)}
		if !e.page.Gone {
			list = append(list, act{'v', "It is still right: verify", false, p.verify})
		}
	}
	return p.possible(e, list)
}

// editing is the act that opens the editor with an answer and the flags that it settles.
func (p *Page) editing(key rune, words string, a assist.Answer, flags ...assist.ID) act {
	return act{key, words, strings.HasPrefix(words, "Mend"), func(entry) { p.edit(assist.Revision{Answer: a.ID, Base: a.Fingerprint(), Next: a, Flags: flags}) }}
}

// possible leaves out what needs the editor while there is none, and what a rep may not do:
// they suggest changes, and decide only on the words of the answers that are theirs.
func (p *Page) possible(e entry, list []act) []act {
	return slices.DeleteFunc(list, func(a act) bool {
		suggests, words := strings.ContainsRune("edm", a.key), strings.ContainsRune("vr", a.key)
		return p.OnEdit == nil && suggests || !p.data.May && !suggests && !(words && e.mine)
	})
}

// letter acts on a letter that was typed while the list has the keyboard.
func (p *Page) letter(r rune) {
	if r == 'u' {
		p.takeBack()
		return
	}
	e, ok := p.chosen()
	if !ok {
		return
	}
	for _, a := range p.acts(e) {
		if a.key == r {
			p.run(a, e)
		}
	}
}

// run does what a key or a button stands for, unless the rows moved so short a while ago
// that nobody can have seen it.
func (p *Page) run(a act, e entry) {
	since := p.opt.Now().Sub(p.stirred)
	if since < 0 || since >= haste {
		a.do(e)
	}
}

// chosen returns the entry in front.
func (p *Page) chosen() (entry, bool) {
	i := p.rows.Chosen()
	if i < 0 || i >= len(p.shown) || p.shown[i].line.Heading {
		return entry{}, false
	}
	return *p.shown[i], true
}

// edit opens the editor with what is known already.
func (p *Page) edit(seed assist.Revision) {
	seed.By, seed.Stage = p.data.Me, assist.StageDraft
	p.OnEdit(seed)
}

func (p *Page) makeAnswer(e entry) {
	seed := assist.Revision{Next: assist.Answer{Title: clip(oneLine(e.need.Text)), Phrasings: withPhrasings(nil, e.need.Gaps)}}
	for _, g := range e.need.Gaps {
		seed.Gaps = append(seed.Gaps, g.ID)
	}
	p.edit(seed)
}

// right closes a flag whose sentence is right as it stands.
func (p *Page) right(e entry) {
	closed := e.flag.Flag
	closed.Closed, closed.By = p.moment(), p.data.Me
	p.change(undo.Change{Key: e.key, Before: records(e.flag.Flag), After: records(closed), Back: records(e.flag.Flag),
		Said: "It is right: " + oneLine(e.flag.Sentence)})
}

func (p *Page) verify(e entry) {
	fresh := e.a
	y, m, d := p.opt.Now().Date()
	fresh.Verified = assist.Date{Year: y, Month: m, Day: d}
	p.change(undo.Change{Key: e.key, Before: records(e.a), After: records(fresh), Back: records(e.a), Said: "Verified: " + e.a.Title})
}

func (p *Page) notForUs(e entry) {
	before, after := closing(e.need.Gaps, p.moment(), "")
	p.change(undo.Change{Key: e.key, Before: before, After: after, Back: before, Said: "Not for us: " + oneLine(e.need.Text)})
}

// hasIt adds the customers' words to an answer, and closes their questions.
func (p *Page) hasIt(e entry, id assist.ID) {
	a, ok := p.byID[id]
	if !ok {
		return
	}
	before, after := closing(e.need.Gaps, p.moment(), id)
	found := a
	found.Phrasings = withPhrasings(a.Phrasings, e.need.Gaps)
	before, after = append(before, a), append(after, found)
	p.change(undo.Change{Key: e.key, Before: before, After: after, Back: before, Said: "Found by these words now: " + a.Title})
}

// closing returns the questions as they are, and closed by an answer or by none.
func closing(gaps []assist.Gap, now time.Time, answer assist.ID) (before, after []assist.Record) {
	for _, g := range gaps {
		before = append(before, g)
		g.Closed, g.Answer = now, answer
		after = append(after, g)
	}
	return before, after
}

// merge makes one answer of two.
func (p *Page) merge(e entry, keeper, other assist.Answer) {
	kept, gone := curate.Join(keeper, other)
	before := records(keeper, other)
	p.change(undo.Change{Key: e.key, Before: before, After: records(kept, gone), Back: before, Said: "One answer now: " + keeper.Title})
}

// bothRight keeps two apart while they stand as they stand.
func (p *Page) bothRight(e entry) {
	of, stood := [2]assist.ID{e.a.ID, e.b.ID}, [2]string{e.a.Fingerprint(), e.b.Fingerprint()}
	if e.kind == onSite {
		of[1], stood[1] = e.page.ID, e.page.Hash()
	}
	apart := assist.Apart{ID: assist.IDFrom("apart", string(of[0]), string(of[1])), Of: of, Stood: stood, By: p.data.Me, At: p.moment()}
	back := apart
	back.Stood = [2]string{} // as nothing has ever stood: it keeps nothing apart
	p.change(undo.Change{Key: e.key, After: records(apart), Back: records(back), Said: "Both are right: " + e.a.Title})
}

// change shows a change, and has it kept.
func (p *Page) change(ch undo.Change) {
	p.refused = nil
	p.changes.Do(ch)
	p.shift()
}

// takeBack undoes the latest change.
func (p *Page) takeBack() {
	if key := p.changes.TakeBack(); key != "" {
		p.refused, p.back = nil, key
		p.shift()
	}
}

// shift shows the lists after a change.
func (p *Page) shift() {
	p.list()
	p.stirred = p.opt.Now()
	p.toRows()
}

// toRows gives the keyboard back to the list, after a button or a box has had it. What
// is hidden cannot take it, but keeps it: in a narrow window the list is there for that
// moment.
func (p *Page) toRows() {
	c := canvasOf(p.content)
	if c == nil || !p.content.Visible() || c.Focused() == p.rows {
		return
	}
	hidden := p.split.Narrow() && p.split.ReadingSeen()
	if hidden {
		p.split.Read(false)
	}
	c.Focus(p.rows)
	if hidden {
		p.split.Read(true)
	}
}

// moment is now as the store writes it.
func (p *Page) moment() time.Time { return p.opt.Now().UTC().Truncate(time.Millisecond) }

func records[T assist.Record](list ...T) []assist.Record {
	out := make([]assist.Record, len(list))
	for i, r := range list {
		out[i] = r
	}
	return out
}

// mostPhrasings is how many phrasings an answer has at most.
const mostPhrasings = 200

// withPhrasings adds the words of questions that are not there in other letters.
func withPhrasings(list []string, gaps []assist.Gap) []string {
	out, seen := slices.Clone(list), map[string]bool{}
	for _, s := range list {
		seen[text.Fold(s)] = true
	}
	for _, g := range gaps {
		words := clip(strings.Join(strings.Fields(g.Text), " "))
		if key := text.Fold(words); words != "" && !seen[key] && len(out) < mostPhrasings {
			seen[key] = true
			out = append(out, words)
		}
	}
	return out
}

// clip cuts a text to what one line of an answer may hold.
func clip(s string) string {
	const most = 500 // bytes
	if len(s) <= most {
		return s
	}
	for most := most; ; most-- {
		if utf8.RuneStart(s[most]) {
			return s[:most]
		}
	}
}

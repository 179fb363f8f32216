package notes

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/glance"
)

// haste is how soon after a change a second one is taken for a key or a button that was
// pressed twice: another note has come under it meanwhile.
const haste = 400 * time.Millisecond

// act is what can be done about a note: by its key, or by the button that shows it.
type act struct {
	key   rune
	words string
	first bool // what is done most
	do    func(glance.NoteFound)
}

// acts returns what can be done about a note, in the order of the buttons.
func (p *Page) acts(n glance.NoteFound) []act {
	list := []act{{'r', "Reviewed", true, p.review}, {'a', "Amend", false, p.amend}, {'t', "Tag", false, p.tag}, {'l', "Link", false, p.link}}
	if !n.Private { // nobody would read it
		list = append(list, act{'c', "Comment", false, p.comment})
	}
	if !n.Reviewed.IsZero() {
		list[0].words, list[0].first = "Not reviewed", false
	}
	if unread(n.Note, p.data.Me) {
		list = append([]act{{'s', "Seen", true, p.seen}}, list...)
		list[1].first = false
	}
	if p.OnCopy != nil {
		list = append(list, act{'y', "Copy", false, func(n glance.NoteFound) { p.OnCopy(whole(n, p.repName)) }})
	}
	if p.OnAnswer != nil && n.Intelligence == "" { // what a customer told of themselves is no answer
		list = append(list, act{'w', "Make an answer", false, func(n glance.NoteFound) {
			p.OnAnswer(assist.Revision{Next: assist.Answer{Say: n.Text}})
		}})
	}
	if n.Rep == p.data.Me {
		words := "Only for me"
		if n.Private {
			words = "Share it with the team"
		}
		list = append(list, act{'i', words, false, p.setPrivate})
	}
	if n.Customer != "" && p.OnCustomer != nil {
		list = append(list, act{'o', "Customer", false, func(n glance.NoteFound) { p.OnCustomer(n.Customer) }})
	}
	return list
}

// whole is a note with what was added to it, as text.
func whole(n glance.NoteFound, name func(assist.ID) string) string {
	out := n.Text
	for _, r := range n.Remarks {
		if r.For == "" {
			out += "\n\n" + join("Added "+r.At.Format("2 January 2006"), name(r.By)) + ":\n" + r.Text
		}
	}
	return out
}

// letter acts on a letter that was typed while nothing to type in has the keyboard.
func (p *Page) letter(r rune) {
	do := map[rune]func(){'n': func() { p.rows.Step(1) }, 'p': func() { p.rows.Step(-1) }, 'u': p.takeBack, 'v': p.views.name, 'b': p.back,
		'f': p.filters.toggle, 'm': p.filters.showForMe, '/': func() { p.focus(p.box) }, 'e': p.reading.showMore}[r]
	if do != nil {
		do()
		return
	}
	n, ok := p.chosen()
	if !ok {
		return
	}
	if r >= '1' && r <= '9' {
		p.reading.follow(int(r - '1'))
		return
	}
	for _, a := range p.acts(n) {
		if a.key == r {
			p.run(a, n)
		}
	}
}

// run does what a key or a button stands for, unless the note came so short a while ago
// that nobody can have seen it.
func (p *Page) run(a act, n glance.NoteFound) {
	since := p.opt.Now().Sub(p.stirred)
	if since < 0 || since >= haste {
		a.do(n)
	}
}

// review marks the note as reviewed and goes on to the next, or takes the mark away.
func (p *Page) review(n glance.NoteFound) {
	was, by := n.Reviewed, n.Reviewer
	now, me := p.moment(), p.data.Me
	d := deed{back: func(n *assist.Note) { n.Reviewed, n.Reviewer = was, by }}
	if was.IsZero() {
		d.said = "Reviewed: " + brief(n.Text)
		d.do = func(n *assist.Note) { n.Reviewed, n.Reviewer = now, me }
	} else {
		d.said = "Not reviewed: " + brief(n.Text)
		d.do = func(n *assist.Note) { n.Reviewed, n.Reviewer = time.Time{}, "" }
	}
	p.do(n, d)
	if was.IsZero() {
		p.rows.Step(1)
	}
	p.toRows()
}

// seen marks the comments for who sits here as read.
func (p *Page) seen(n glance.NoteFound) {
	p.do(n, p.seeing1(n, "Seen: "+brief(n.Text)))
	p.toRows()
}

// seeing1 is the deed of reading the comments of a note.
func (p *Page) seeing1(n glance.NoteFound, said string) deed {
	now, me := p.moment(), p.data.Me
	return deed{said: said, do: func(n *assist.Note) {
		for i, r := range n.Remarks {
			if r.For == me && r.Seen.IsZero() {
				n.Remarks[i].Seen = now
			}
		}
	}, back: func(n *assist.Note) {
		for i, r := range n.Remarks {
			if r.For == me && r.Seen.Equal(now) {
				n.Remarks[i].Seen = time.Time{}
			}
		}
	}}
}

// remark adds a remark to a note.
func (p *Page) remark(n glance.NoteFound, r assist.Remark, said, key string) {
	r.By, r.At = p.data.Me, p.moment()
	p.do(n, deed{said: said + ": " + brief(r.Text), draft: r.Text, key: key,
		do: func(n *assist.Note) { n.Remarks = append(n.Remarks, r) },
		back: func(n *assist.Note) {
			n.Remarks = slices.DeleteFunc(n.Remarks, func(o assist.Remark) bool { return o.At.Equal(r.At) && o.Text == r.Text && o.By == r.By })
		}})
}

// setTag gives a note a tag, or takes one away.
func (p *Page) setTag(n glance.NoteFound, tag string, on bool) {
	add := func(n *assist.Note) {
		if !slices.Contains(n.Tags, tag) {
			n.Tags = append(n.Tags, tag)
		}
	}
	take := func(n *assist.Note) { n.Tags = slices.DeleteFunc(n.Tags, func(t string) bool { return t == tag }) }
	if on {
		p.do(n, deed{said: "Tagged #" + tag + ": " + brief(n.Text), do: add, back: take})
	} else {
		p.do(n, deed{said: "No longer #" + tag + ": " + brief(n.Text), do: take, back: add})
	}
}

// setLink links a note to a record, or takes the link away.
func (p *Page) setLink(n glance.NoteFound, l Link, on bool) {
	p.titles[l.Ref] = l
	add := func(n *assist.Note) {
		if !slices.Contains(n.Links, l.Ref) {
			n.Links = append(n.Links, l.Ref)
		}
	}
	take := func(n *assist.Note) {
		n.Links = slices.DeleteFunc(n.Links, func(r assist.Ref) bool { return r == l.Ref })
	}
	if on {
		p.do(n, deed{said: "Linked to " + l.Title, do: add, back: take})
	} else {
		p.do(n, deed{said: "No longer linked to " + l.Title, do: take, back: add})
	}
}

// setPrivate keeps a note for who wrote it alone, or shares it, whole.
func (p *Page) setPrivate(n glance.NoteFound) {
	set := func(on bool) func(*assist.Note) { return func(n *assist.Note) { n.Private = on } }
	d := deed{said: "Only for you from now on; what colleagues have of it they keep: " + brief(n.Text), do: set(true), back: set(false)}
	if n.Private {
		d = deed{said: "Shared with the team: " + brief(n.Text), do: set(false), back: set(true)}
	}
	p.do(n, d)
	p.toRows()
}

// moment is now as the store writes it.
func (p *Page) moment() time.Time { return p.opt.Now().UTC().Truncate(time.Millisecond) }

func (p *Page) repName(id assist.ID) string {
	for _, r := range p.data.Reps {
		if r.ID == id {
			return r.Name
		}
	}
	return ""
}

// brief is a text on a part of a line.
func brief(s string) string {
	const most = 60
	s = oneLine(s[:min(len(s), 8*most)])
	for i := range s {
		if utf8.RuneCountInString(s[:i]) >= most {
			return strings.ToValidUTF8(s[:i], "") + "…"
		}
	}
	return strings.ToValidUTF8(s, "")
}

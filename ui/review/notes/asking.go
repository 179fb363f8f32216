package notes

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/sift"
	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// request is what is asked for in a small box above the note.
type request struct {
	title, hint string
	text        string // that stands there at first
	long        bool   // more than a line may be typed
	draft       string // the key under which what is typed stays until it is kept
	// offer returns what to choose from for what is typed; nil: it is taken as it is.
	offer func(ctx context.Context, words string) ([]choice, error)
	none  string // is said when nothing is offered
	// keep is called with what was typed, when nothing was to be chosen.
	keep    func(text string)
	extra   string // a second button
	onExtra func()
}

// choice is one of what can be chosen.
type choice struct {
	title, sub string
	do         func()
}

// asking is the small box.
type asking struct {
	page        *Page
	now         request
	title, says *widgets.Text
	line, area  *widgets.Entry
	rows        [6]*widgets.PickRow
	offered     []choice
	at          int
	looking     bool // what is offered is older than what is typed
	hurried     bool // Enter was pressed meanwhile
	keep, extra *widget.Button
	box         *fyne.Container
	stop        func()
}

func newAsking(p *Page) *asking {
	a := &asking{page: p, stop: func() {}, title: widgets.NewText(widgets.Style{Bold: true}), says: widgets.NewText(widgets.Style{Colour: theme.Muted})}
	keys := widgets.Keys{Key: a.key, Shortcut: a.shortcut, Cards: p.opt.Cards}
	a.line, a.area = widgets.NewEntry("", 1, keys), widgets.NewEntry("", 4, keys)
	a.line.OnTyped, a.area.OnTyped = a.typed, a.typed
	a.keep = widget.NewButton("", a.take)
	a.keep.Importance = widget.HighImportance
	a.extra = widget.NewButton("", func() {
		do := a.now.onExtra
		a.close()
		do()
	})
	col := widgets.Column(6, a.title, a.line, a.area, widgets.Wrapped(8, a.keep, a.extra, widget.NewButton("Leave it (Esc)", a.leave)), a.says)
	for i := range a.rows {
		a.rows[i] = widgets.NewPickRow(widgets.Keys{Key: a.key}, func() { a.choose(i) })
		col.Add(a.rows[i])
	}
	a.box = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Even(12), col)
	a.box.Hide()
	return a
}

// open asks for something. What was typed for the same before, and not kept, is there again.
func (a *asking) open(r request) {
	a.now = r
	a.title.SetText(r.title)
	a.line.Hidden, a.area.Hidden = r.long, !r.long
	e := a.entry()
	e.SetPlaceHolder(r.hint)
	text := r.text
	if draft := a.page.drafts[r.draft]; r.draft != "" && draft != "" {
		text = draft
	}
	e.SetShown(text)
	a.keep.Hidden = r.keep == nil
	a.keep.SetText("Keep it (Enter)")
	if r.long {
		a.keep.SetText("Keep it (Ctrl+Enter)")
	}
	a.extra.Hidden = r.extra == ""
	a.extra.SetText(r.extra)
	a.box.Show()
	a.page.reading.scroll.Show()
	a.offer()
	a.page.split.Read(true)
	a.page.reading.arrange()
	a.page.reading.scroll.ScrollToTop()
	a.page.focus(e)
}

func (a *asking) entry() *widgets.Entry {
	if a.now.long {
		return a.area
	}
	return a.line
}

func (a *asking) typed(text string) {
	if a.now.draft != "" {
		a.page.drafts[a.now.draft] = text
	}
	a.offer()
}

// leave closes the box; what was typed is kept for the next time.
func (a *asking) leave() {
	a.close()
	a.page.toRows()
}

func (a *asking) close() {
	a.stop()
	a.looking, a.hurried = false, false
	if a.box.Visible() {
		a.box.Hide()
		a.page.reading.arrange()
	}
	if _, ok := a.page.chosen(); !ok {
		a.page.reading.clear()
	}
}

// offer looks for what can be chosen.
func (a *asking) offer() {
	a.stop()
	if a.now.offer == nil {
		a.show(nil, "")
		return
	}
	a.looking, a.hurried = true, false
	offer, words, none := a.now.offer, oneLine(a.entry().Text), a.now.none
	a.stop = async.Load(a.page.opt.Post, func(ctx context.Context) ([]choice, error) { return offer(ctx, words) },
		func(list []choice, err error) {
			says := say.Error(err)
			if says == "" && len(list) == 0 {
				says = none
			}
			a.show(list, says)
		})
}

func (a *asking) show(list []choice, says string) {
	hurried := a.hurried
	a.looking, a.hurried = false, false
	a.offered = list[:min(len(list), len(a.rows))]
	a.says.SetText(says)
	a.mark(0)
	if hurried {
		a.choose(0)
	}
}

// mark puts the mark on a row.
func (a *asking) mark(i int) {
	a.at = max(min(i, len(a.offered)-1), 0)
	for i, r := range a.rows {
		if r.Hidden = i >= len(a.offered); r.Hidden {
			continue
		}
		key := ""
		if i == a.at {
			key = "Enter"
		}
		r.SetPick(a.offered[i].title, a.offered[i].sub, key, i == a.at)
	}
	a.page.reading.arrange()
}

func (a *asking) choose(i int) {
	if i < len(a.offered) {
		do := a.offered[i].do
		a.close()
		do()
	}
}

// take keeps what was typed, or chooses the row that is marked.
func (a *asking) take() {
	if a.now.offer != nil {
		if a.hurried = a.looking; !a.looking {
			a.choose(a.at)
		}
		return
	}
	text := a.entry().Text
	if !a.now.long {
		text = oneLine(text)
	}
	if oneLine(text) == "" {
		a.says.SetText("Nothing is typed yet.")
		a.page.reading.arrange()
		return
	}
	delete(a.page.drafts, a.now.draft)
	keep := a.now.keep
	a.close()
	keep(text)
}

func (a *asking) key(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	switch {
	case ev.Name == fyne.KeyEscape:
		a.leave()
	case a.now.long:
		return widgets.PassKey(o, ev)
	case ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter:
		a.take()
	case ev.Name == fyne.KeyDown:
		a.mark(a.at + 1)
	case ev.Name == fyne.KeyUp:
		a.mark(a.at - 1)
	default:
		return widgets.PassKey(o, ev)
	}
	return true
}

func (a *asking) shortcut(s fyne.Shortcut) bool {
	enter := desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
	if !a.now.long || s.ShortcutName() != enter.ShortcutName() {
		return false
	}
	a.take()
	return true
}

// amend asks for what is added to a note.
func (p *Page) amend(n glance.NoteFound) {
	key := "amend " + string(n.ID)
	p.asking.open(request{title: "What is to be added? The first text stays as it is.", hint: "She said later that …", long: true, draft: key,
		keep: func(text string) {
			p.remark(p.latest(n), assist.Remark{Text: text}, "Added", key)
			p.toRows()
		}})
}

// comment asks who is to read something, and then what.
func (p *Page) comment(n glance.NoteFound) {
	names, me := p.data.Names, p.data.Me
	p.asking.open(request{title: "For whom is the comment?", hint: "The name of a colleague", none: "Nobody in the team is called so.",
		offer: func(_ context.Context, words string) (out []choice, err error) {
			for _, v := range names.Like(sift.Rep, words) {
				if rep := assist.ID(v.Key); rep != me {
					out = append(out, choice{v.Name, v.Sub, func() { p.commentFor(n, rep, v.Name) }})
				}
			}
			return out, nil
		}})
}

func (p *Page) commentFor(n glance.NoteFound, rep assist.ID, name string) {
	key := "comment " + string(n.ID) + " " + string(rep)
	p.asking.open(request{title: "A comment for " + name, hint: "Could you call her back?", long: true, draft: key,
		keep: func(text string) {
			p.remark(p.latest(n), assist.Remark{Text: text, For: rep}, "For "+name, key)
			p.toRows()
		}})
}

// tag asks for a tag to give or to take away.
func (p *Page) tag(n glance.NoteFound) {
	names := p.data.Names
	set := func(tag string, on bool) func() {
		return func() {
			p.setTag(p.latest(n), tag, on)
			p.toRows()
		}
	}
	p.asking.open(request{title: "Which tag? Enter takes the marked one.", hint: "vip", none: "Type a word. It becomes a tag.",
		offer: func(_ context.Context, words string) (out []choice, err error) {
			words = strings.TrimLeft(words, "# ")
			known := false
			for _, v := range names.Like(sift.Tag, words) {
				known = known || v.Name == words
				if !slices.Contains(n.Tags, v.Key) {
					out = append(out, choice{"#" + v.Name, "", set(v.Key, true)})
				}
			}
			if words != "" && !known && !slices.Contains(n.Tags, words) {
				out = append(out[:min(len(out), 4)], choice{"#" + words, "a new tag", set(words, true)})
			}
			for _, t := range n.Tags {
				if words == "" || sift.NewList([]sift.Value{{Key: t, Name: t}}).Like(words) != nil {
					out = append(out[:min(len(out), 5)], choice{"#" + t, "take it away", set(t, false)})
				}
			}
			return out, nil
		}})
}

// link asks for what a note is linked to.
func (p *Page) link(n glance.NoteFound) {
	links := p.links(n)
	p.asking.open(request{title: "Link it to whom or what? Enter takes the marked one.", hint: "A customer, a company, an answer or words of a note",
		none: "Nothing fits. Type other words, or parts of them.",
		offer: func(ctx context.Context, words string) (out []choice, err error) {
			if words == "" {
				for _, l := range links {
					out = append(out, choice{l.Title, "take the link away", func() {
						p.setLink(p.latest(n), l, false)
						p.toRows()
					}})
				}
				return out, nil
			}
			found, err := p.opt.Source.Seek(ctx, words)
			for _, l := range found {
				if l.ID == n.ID || slices.Contains(n.Links, l.Ref) {
					continue
				}
				out = append(out, choice{l.Title, l.Sub, func() {
					p.setLink(p.latest(n), l, true)
					p.toRows()
				}})
			}
			return out, err
		}})
}

package changes

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "ringside/ui/theme"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/async"
	"ringside/ui/library/edit"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/widgets"
)

func (p *Page) build() {
	small := widgets.Style{Size: look.Small, Colour: look.Muted}
	p.title = widgets.NewText(widgets.Style{Size: look.Title, Bold: true})
	p.about, p.bench, p.told = widgets.NewText(small), widgets.NewText(small), widgets.NewText(small)
	p.why = widgets.NewText(widgets.Style{Size: look.Lead})
	p.verdict = widgets.NewText(widgets.Style{Colour: look.Amber})
	p.edits = widgets.Column(0)
	p.list = panes.NewRows(p.line)
	p.list.OnChosen = func(int) {
		p.note = ""
		p.read()
	}
	p.list.OnOpen = func(int) { p.split.Read(true) }
	p.list.OnEscape = p.leave
	p.list.OnPage = func(way int) bool {
		if p.split.ReadingSeen() {
			p.scroll.Page(way)
		}
		return p.split.ReadingSeen()
	}
	p.list.OnLetter = p.letter
	keys := widgets.Keys{Key: p.key, Shortcut: p.shortcut}
	p.words = widgets.NewEntry("Words for the author, when you decline", 1, keys)
	p.publish = widgets.NewAction(widgets.Primary, "Publish", "P", keys, p.publishIt)
	p.decline = widgets.NewAction(widgets.Quiet, "Decline", "X", keys, p.declineIt)
	p.write = widgets.NewAction(widgets.Quiet, "Write on", "E", keys, p.writeOn)
	p.back = widget.NewButtonWithIcon("All answers (Esc)", theme.NavigateBackIcon(), p.leave)
	p.back.Importance = widget.LowImportance
	p.back.Alignment = widget.ButtonAlignLeading
	p.empty = panes.NewEmpty()
	all := widgets.Column(10, p.title, p.about, p.why, p.verdict, p.bench, p.words, widgets.Wrapped(8, p.publish, p.decline, p.write), p.told, p.edits)
	p.measured = panes.Most(720, widgets.Pad(widgets.Sides(24, 16), all))
	p.scroll = widgets.NewTall(p.measured)
	p.split = panes.NewSplit(p.list, p.scroll)
	p.empty.Hide()
	stack := panes.Fill(p.split, p.empty)
	head := widgets.Pad(widgets.Sides(8, 6), widgets.Row(0, nil, p.back))
	p.content = widgets.ColumnFilled(0, stack, head, stack)
	p.scroll.Hide()
}

// read shows the change that is chosen, and asks the saved questions of it.
func (p *Page) read() {
	p.proof()
	p.worse = 0
	p.bench.SetText("")
	e, ok := p.chosen()
	p.scroll.Hidden = !ok
	if !ok {
		p.say()
		return
	}
	p.title.SetText(title(e.Row))
	p.about.SetText(p.aboutWords(e.Row))
	p.why.SetText("")
	if e.Why != "" {
		p.why.SetText("“" + e.Why + "”")
	}
	p.verdict.SetText(p.verdictWords(e.Row))
	review := e.Stage == assist.StageReview && p.opt.May()
	p.words.Hidden, p.publish.Hidden, p.decline.Hidden = !review, !review, !review
	p.write.Hidden = !e.Open() || p.OnEdit == nil
	p.publish.SetLabel("Publish")
	from := e.Now
	if !e.Open() {
		from = e.Next // what it became is among the versions of the answer
	}
	p.edits.Objects = nil
	if e.Open() {
		p.edits.Add(edit.Edits(curate.Diff(from, e.Next), p.opt.Name))
	} else {
		p.edits.Add(widgets.Say(widgets.Style{}, e.Next.Say))
	}
	if e.Stage == assist.StageReview {
		p.prove(e.Revision, nil)
	}
	p.say()
	p.scroll.ScrollToTop()
}

// prove asks the saved questions of a change, and calls then with how it went.
func (p *Page) prove(rev assist.Revision, then func(error)) {
	p.proof()
	p.proof = async.Load(p.opt.Post, func(ctx context.Context) (edit.Proof, error) { return p.opt.Source.Prove(ctx, rev) },
		func(proof edit.Proof, err error) {
			words, worse := edit.Bench(proof.Change)
			if err != nil {
				words = say.Error(err)
			}
			p.worse = len(proof.Change.Worse)
			p.bench.SetText(words)
			p.bench.SetColour(look.Muted)
			if worse {
				p.bench.SetColour(look.Amber)
			}
			p.say()
			if then != nil {
				then(err)
			}
		})
}

// say lays the page out again after texts have changed.
func (p *Page) say() {
	p.told.SetText(p.note)
	p.told.SetColour(look.Late)
	p.back.Hidden = p.OnBack == nil
	p.measured.Arrange()
	widgets.Arrange(p.content)
	p.content.Refresh()
}

func (p *Page) letter(r rune) {
	switch r {
	case 'p':
		p.publishIt()
	case 'x':
		if c := p.canvas(); c != nil && p.words.Visible() {
			c.Focus(p.words)
		}
	case 'e':
		p.writeOn()
	}
}

func (p *Page) key(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		if c := p.canvas(); c != nil {
			c.Focus(p.list)
		}
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		if o == fyne.CanvasObject(p.words) {
			p.declineIt()
			return true
		}
	}
	return widgets.PassKey(o, ev)
}

func (p *Page) shortcut(s fyne.Shortcut) bool {
	enter := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
	if s.ShortcutName() != enter.ShortcutName() {
		return false
	}
	p.publishIt()
	return true
}

func (p *Page) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(p.content) }

func (p *Page) leave() {
	if p.OnBack != nil {
		p.OnBack()
	}
}

func (p *Page) writeOn() {
	if e, ok := p.chosen(); ok && e.Open() && p.OnEdit != nil {
		p.OnEdit(e.Revision)
	}
}

// publishIt publishes the change that is read. When that makes saved questions worse, it
// says so and waits to be told again.
func (p *Page) publishIt() {
	e, ok := p.chosen()
	if !ok || p.busy || e.Stage != assist.StageReview || !p.opt.May() {
		return
	}
	if p.publish.Label() == anyway {
		p.send(e.Revision)
		return
	}
	p.prove(e.Revision, func(err error) {
		switch {
		case p.busy: // it was declined meanwhile
			return
		case err != nil:
			p.note = "The saved questions could not be asked. Press again to publish it without them."
		case p.worse > 0:
			p.note = "This makes " + say.Count(p.worse, "saved question") + " worse. Press again to publish it all the same."
		default:
			p.send(e.Revision)
			return
		}
		p.publish.SetLabel(anyway)
		p.say()
	})
}

const anyway = "Publish anyway"

func (p *Page) send(rev assist.Revision) {
	p.busy = true
	rev.Verdict = strings.TrimSpace(p.words.Text)
	rev.Next.Verified = assist.DateOf(p.opt.Now()) // who publishes it has read it
	async.Load(p.opt.Post, func(ctx context.Context) (edit.Outcome, error) { return p.opt.Source.Publish(ctx, rev) },
		func(o edit.Outcome, err error) {
			if err == nil && len(o.Conflicts) > 0 {
				err = &assist.Fault{What: "the answer has changed since in a way that clashes with this", Do: "Press E to choose what stands.", Err: assist.ErrInvalid}
			}
			p.done(err)
		})
}

// declineIt ends the change that is read, with the words for its author.
func (p *Page) declineIt() {
	e, ok := p.chosen()
	if !ok || p.busy || e.Stage != assist.StageReview || !p.opt.May() {
		return
	}
	words := strings.TrimSpace(p.words.Text)
	if words == "" {
		p.note = "Say in a few words why: its author reads them."
		p.say()
		if c := p.canvas(); c != nil {
			c.Focus(p.words)
		}
		return
	}
	p.busy = true
	async.Go(p.opt.Post, func(ctx context.Context) error { return p.opt.Source.Decline(ctx, e.ID, words) }, p.done)
}

// done goes on to what waits next, or says why nothing was done.
func (p *Page) done(err error) {
	p.busy = false
	if err != nil {
		p.note = say.Error(err)
		p.say()
		return
	}
	p.words.SetShown("")
	p.Reload()
	if c := p.canvas(); c != nil {
		c.Focus(p.list)
	}
}

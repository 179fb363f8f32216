package practice

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// start says what the next quarter of an hour would bring.
type start struct {
	page              *Page
	done, title, what *widgets.Text
	how               *widgets.Text
	begin, undo       *widgets.Action
	object            *fyne.Container
}

func newStart(p *Page) *start {
	s := &start{page: p,
		done:  widgets.NewText(widgets.Style{Size: theme.Lead}),
		title: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		what:  widgets.NewText(widgets.Style{}),
		how: widgets.Say(widgets.Style{Colour: theme.Muted}, "A customer asks. You answer in your own words, typed or aloud, then see what the library says, "+
			"and judge yourself. It is yours alone: others see what you can answer only if you share it."),
	}
	s.begin = widgets.NewAction(widgets.Primary, "Begin", "Enter", p.keys(), p.begin)
	s.undo = newUndo(p)
	s.object = widgets.Column(16, s.done, widgets.Column(6, s.title, s.what), s.how, widgets.Wrapped(8, s.begin, s.undo))
	return s
}

func newUndo(p *Page) *widgets.Action {
	return widgets.NewAction(widgets.Plain, "Take the last grade back", "Ctrl+Z", p.keys(), p.undo)
}

func (s *start) show() {
	p, turns := s.page, s.page.data.Turns
	s.object.Show()
	s.done.SetText("")
	if p.done > 0 {
		s.done.SetText("Practised just now: " + say.Count(p.done, "answer") + ".")
	}
	s.undo.Hidden = p.last == nil
	s.begin.Hidden = len(turns) == 0
	s.how.Hidden = p.done > 0 || len(turns) == 0
	if len(turns) == 0 {
		s.title.SetText("Nothing more is due")
		s.what.SetText(p.later())
		return
	}
	r := run{turns: turns}
	s.title.SetText(fmt.Sprintf("About %s, %s", say.Count(len(turns), "answer"), minutes(r.left())))
	s.what.SetText(kinds(turns))
}

// kinds counts why the turns are there: "2 have changed, 3 are due, 7 are new: Billing
// and Sales."
func kinds(turns []Turn) string {
	changed, due, fresh := 0, 0, 0
	var departments []string
	for _, t := range turns {
		switch {
		case t.Changed:
			changed++
		case t.Drill.Times > 0:
			due++
		default:
			fresh++
			if name := say.Capital(t.Answer.Department); !slices.Contains(departments, name) {
				departments = append(departments, name)
			}
		}
	}
	var parts []string
	add := func(n int, one, many string) {
		if n == 1 {
			parts = append(parts, "1 "+one)
		} else if n > 1 {
			parts = append(parts, fmt.Sprintf("%d %s", n, many))
		}
	}
	add(changed, "has changed since you practised it", "have changed since you practised them")
	add(due, "is due again", "are due again")
	add(fresh, "is new to you", "are new to you")
	words := strings.Join(parts, ", ")
	if len(departments) > 0 {
		words += ": " + list(departments)
	}
	return words + "."
}

// asking shows what the customer says, and nothing of the answer.
type asking struct {
	page                  *Page
	where, about          *widgets.Text
	big, long             *widgets.Text // the line, of which one is shown
	badge                 *panes.Badge
	words                 *widgets.Entry
	reveal, halt, restore *widgets.Action
	object                *fyne.Container
}

// longLine is the length from which a line is written smaller.
const longLine = 90

func newAsking(p *Page) *asking {
	a := &asking{page: p,
		where: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
		about: widgets.NewText(widgets.Style{Colour: theme.Muted}),
		big:   widgets.NewText(widgets.Style{Size: theme.Display}),
		long:  widgets.NewText(widgets.Style{Size: theme.Title}),
		badge: panes.NewBadge(),
	}
	keys := p.keys()
	keys.Key = func(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter {
			p.reveal()
			return true
		}
		return ev.Name != fyne.KeyPageDown && ev.Name != fyne.KeyPageUp && p.key(o, ev)
	}
	a.words = widgets.NewEntry("Answer in your own words, or say it aloud", 4, keys)
	a.words.Most = 4000
	a.words.OnTyped = func(text string) {
		if p.run != nil {
			p.run.words = text
		}
	}
	a.reveal = widgets.NewAction(widgets.Primary, "Show the answer", "Enter", p.keys(), p.reveal)
	a.halt = widgets.NewAction(widgets.Quiet, "Stop", "Esc", p.keys(), p.stop)
	a.restore = newUndo(p)
	line := widgets.Column(8, widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, "A CUSTOMER SAYS"), a.big, a.long,
		widgets.Row(8, a.about, a.about, a.badge.Container))
	a.object = widgets.Column(16, a.where, line, a.words, widgets.Wrapped(8, a.reveal, a.halt, a.restore))
	return a
}

func (a *asking) show(r *run) {
	t := r.turn()
	a.object.Show()
	a.where.SetText(where(r))
	line := "“" + t.Line + "”"
	a.big.SetText("")
	a.long.SetText("")
	if len(line) < longLine {
		a.big.SetText(line)
	} else {
		a.long.SetText(line)
	}
	a.about.SetText(about(t))
	a.badge.Set("", panes.Eye)
	if t.Changed {
		a.badge.Set("changed", panes.Eye)
	}
	a.restore.Hidden = a.page.last == nil
	a.words.SetShown(r.words)
}

// where says how far the practice is: "6 of about 12, 9 minutes left".
func where(r *run) string {
	return fmt.Sprintf("%d of about %d, %s left", r.at+1, len(r.turns), minutes(r.left()))
}

// about says why this answer is asked for; nothing in it gives the answer away.
func about(t Turn) string {
	parts := []string{say.Capital(t.Answer.Department)}
	switch {
	case t.Drill.Times > 0:
		parts = append(parts, "practised "+say.Count(t.Drill.Times, "time"))
	case t.Asked > 0:
		parts = append(parts, "new to you", "needed in "+say.Count(t.Asked, "call"))
	default:
		parts = append(parts, "new to you")
	}
	return strings.Join(parts, " · ")
}

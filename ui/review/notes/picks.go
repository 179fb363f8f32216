package notes

import (
	"fyne.io/fyne/v2"

	"ringside/assist/sift"
	"ringside/ui/widgets"
)

// picks is what the term that is being typed may mean, to choose from.
type picks struct {
	take func(sift.Term, sift.Value)
	term sift.Term
	text string // that was typed
	rows [6]*widgets.PickRow
	now  int
	box  *fyne.Container
}

func newPicks(take func(sift.Term, sift.Value)) *picks {
	p := &picks{take: take, box: widgets.Column(4)}
	for i := range p.rows {
		p.rows[i] = widgets.NewPickRow(widgets.Keys{}, func() { p.takeRow(i) })
		p.box.Add(p.rows[i])
	}
	p.box.Hide()
	return p
}

func (p *picks) show(t sift.Term, text string) {
	p.term, p.text = t, text
	p.box.Hidden = len(t.Values) == 0
	p.mark(0)
}

func (p *picks) hide() {
	p.term = sift.Term{}
	p.box.Hide()
}

func (p *picks) count() int { return min(len(p.term.Values), len(p.rows)) }

// mark puts the mark on a row.
func (p *picks) mark(i int) {
	p.now = max(min(i, p.count()-1), 0)
	for i, r := range p.rows {
		if r.Hidden = i >= p.count(); r.Hidden {
			continue
		}
		key := ""
		if i == p.now {
			key = "Enter"
		}
		r.SetPick(p.term.Values[i].Name, p.term.Values[i].Sub, key, i == p.now)
	}
}

func (p *picks) takeRow(i int) {
	if i < p.count() {
		p.take(p.term, p.term.Values[i])
	}
}

// key hears the keys of the box. It reports whether the key was for what is offered.
func (p *picks) key(ev *fyne.KeyEvent) bool {
	if !p.box.Visible() {
		return false
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		p.takeRow(p.now)
	case fyne.KeyDown:
		p.mark(p.now + 1)
	case fyne.KeyUp:
		p.mark(p.now - 1)
	default:
		return false
	}
	return true
}

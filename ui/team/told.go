package team

import (
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// told is a line that says how something goes that takes a moment. One thing at a time
// can be begun.
type told struct {
	text *widgets.Text
	p    *Page
	busy bool
}

func newTold(p *Page) *told {
	t := &told{text: widgets.NewText(widgets.Style{}), p: p}
	t.text.Hide()
	return t
}

func (t *told) say(words string, trouble bool) {
	t.text.SetColour(theme.Ink)
	if trouble {
		t.text.SetColour(theme.Late)
	}
	t.text.SetText(words)
	t.p.arrange()
}

// run does something, says meanwhile that it is being done, and then what came of it.
func (t *told) run(meanwhile, done string, do func(reply func(error)), then func()) {
	if t.busy {
		return
	}
	t.busy = true
	t.say(meanwhile, false)
	do(func(err error) {
		t.busy = false
		if err != nil {
			t.say(say.Error(err), true)
			return
		}
		t.say(done, false)
		if then != nil {
			then()
		}
	})
}

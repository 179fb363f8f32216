package call

import (
	"ringside/assist/live"
	"ringside/assist/phone"
)

// telling is the desk, and remembers what the View will be like that answers what
// it was told last.
type telling struct {
	desk    Desk
	seq     func() uint64 // of the View that is shown
	answers func(live.View) bool
}

func (t *telling) newer() {
	seq := t.seq()
	t.answers = func(v live.View) bool { return v.Seq > seq }
}

// Ring implements Desk.
func (t *telling) Ring(r phone.Ring) {
	t.desk.Ring(r)
	t.newer()
}

// Hear implements Desk.
func (t *telling) Hear(text string) {
	t.desk.Hear(text)
	t.answers = func(v live.View) bool { return v.Heard == text }
}

// Use implements Desk.
func (t *telling) Use(u live.Use) {
	t.desk.Use(u)
	t.newer()
}

// Note implements Desk.
func (t *telling) Note(text string) {
	t.desk.Note(text)
	t.answers = func(v live.View) bool { return v.Note.Text == text }
}

// Promise implements Desk.
func (t *telling) Promise(u live.PromiseUse) {
	t.desk.Promise(u)
	t.newer()
}

// settled waits a moment for the answer of the desk, if it was told something.
func (p *Page) settled() {
	answers := p.desk.answers
	if p.desk.answers = nil; answers != nil && p.Await != nil {
		p.Await(answers)
	}
}

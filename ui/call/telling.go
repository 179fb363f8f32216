package call

import (
	"strings"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
)

// telling is the desk, and remembers what the View will be like that answers what
// it was told last.
type telling struct {
	desk    Desk
	view    func() live.View // that is shown
	answers func(live.View) bool
}

func (t *telling) newer() {
	seq := t.view().Seq
	t.answers = func(v live.View) bool { return v.Seq > seq }
}

// Ring implements Desk.
func (t *telling) Ring(r phone.Ring) {
	t.desk.Ring(r)
	t.newer()
}

// HearIn implements Desk.
func (t *telling) HearIn(call assist.ID, text string) {
	t.desk.HearIn(call, text)
	t.answers = func(v live.View) bool { return v.Heard == text }
}

// Use tells a choice in the call that is shown.
func (t *telling) Use(u live.Use) {
	t.desk.UseIn(t.view().Call, u)
	switch {
	case u.Moved: // nothing answers it
	case u.People != "":
		words := strings.TrimSpace(u.People)
		t.answers = func(v live.View) bool { return strings.TrimSpace(v.People.For) == words }
	default:
		t.newer()
	}
}

// NoteIn implements Desk.
func (t *telling) NoteIn(call assist.ID, text string) {
	t.desk.NoteIn(call, text)
	t.answers = func(v live.View) bool { return v.Note.Text == text }
}

// Promise tells of one in the call that is shown.
func (t *telling) Promise(u live.PromiseUse) {
	t.desk.PromiseIn(t.view().Call, u)
	t.newer()
}

// settled waits a moment for the answer of the desk, if it was told something.
func (p *Page) settled() {
	answers := p.desk.answers
	if p.desk.answers = nil; answers != nil && p.Await != nil {
		p.Await(answers)
	}
}

package stays

import (
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/stay"
	"ringside/ui/undo"
)

// haste is how soon after an act a second one is taken for a key or a button that was
// pressed twice: the row below has come under it meanwhile.
const haste = 400 * time.Millisecond

// act is what can be done about a customer: by its key, or by the button that shows it.
type act struct {
	key   rune
	words string
	do    func()
}

// acts returns what can be done, in the order of the buttons, what is done most first.
func (p *Page) acts(s stay.Slip) []act {
	list := []act{{'p', "Promise to call", func() { p.promise(s) }}, {'n', "Not slipping", func() { p.dismiss(s) }}}
	if letter := p.letterTo(s); letter != (Letter{}) {
		list = append(list, act{'c', "Copy the letter", func() { p.OnCopy(letter.Subject + "\n\n" + letter.Body) }},
			act{'e', "E-mail", func() { p.OnMail(p.data.Mails[s.Customer], letter.Subject, letter.Body) }})
	}
	if p.OnCustomer != nil {
		list = append(list, act{'s', "Show the customer", func() { p.OnCustomer(s.Customer) }})
	}
	return list
}

// letterTo returns the letter to the customer; the zero Letter when there is none.
func (p *Page) letterTo(s stay.Slip) Letter {
	if p.data.Write == nil || p.OnCopy == nil || p.OnMail == nil {
		return Letter{}
	}
	return p.data.Write(s)
}

func (p *Page) now() time.Time {
	now := p.opt.Now()
	return now.UTC().Truncate(time.Millisecond).In(now.Location())
}

func (p *Page) promise(s stay.Slip) {
	promise := s.Call(p.data.Me, p.now())
	back := promise
	back.Dropped = promise.Made
	p.do(s, promise, back, "Promised to call tomorrow: ")
}

func (p *Page) dismiss(s stay.Slip) {
	asked := s.NotSlipping(p.now())
	back := asked
	back.Reply = assist.ReplyAsked
	p.do(s, asked, back, "Not slipping: ")
}

func (p *Page) do(s stay.Slip, after, back assist.Record, said string) {
	p.refused = nil
	p.queue.Do(undo.Change{Key: string(s.Customer), After: []assist.Record{after}, Back: []assist.Record{back}, Said: said + p.name(s)})
	p.shift()
}

// letter acts on a letter that was typed while the list has the keyboard.
func (p *Page) letter(r rune) {
	switch r {
	case 'u':
		p.takeBack()
		return
	case 'r':
		p.again()
		return
	}
	i := p.rows.Chosen()
	if i < 0 || i >= len(p.shown) || p.shown[i].line.Heading || p.shown[i].chart != nil {
		return
	}
	acts := p.acts(p.shown[i].slip)
	if at := slices.IndexFunc(acts, func(a act) bool { return a.key == r }); at >= 0 {
		p.run(acts[at])
	}
}

// run does what a key or a button stands for, unless the rows moved so short a while ago
// that nobody can have seen it.
func (p *Page) run(a act) {
	if since := p.opt.Now().Sub(p.stirred); since < 0 || since >= haste {
		a.do()
	}
}

func (p *Page) takeBack() {
	key := p.queue.TakeBack()
	if key == "" {
		return
	}
	p.refused, p.back = nil, key
	p.shift()
}

// shift shows the list after an act, and gives it the keyboard again.
func (p *Page) shift() {
	p.list()
	p.stirred = p.opt.Now()
	c := canvasOf(p.content)
	if c == nil || !p.content.Visible() || c.Focused() == p.rows {
		return
	}
	hidden := p.split.Narrow() && p.split.ReadingSeen()
	if hidden {
		p.split.Read(false) // what is hidden cannot take the keyboard, but keeps it
	}
	c.Focus(p.rows)
	if hidden {
		p.split.Read(true)
	}
}

package today

import (
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/evening"
	"ringside/ui/undo"
)

// haste is how soon after an act a second one is taken for a key or a button that was
// pressed twice: the row below has come under it meanwhile.
const haste = 400 * time.Millisecond

// act is what can be done about a thing: by its key, or by the button that shows it.
type act struct {
	key   rune
	words string
	first bool // what is done most
	do    func()
}

// acts returns what can be done, in the order of the buttons.
func (p *Page) acts(t evening.Thing) (list []act) {
	if seed, words := p.opens(t); words != "" && p.OnAnswer != nil {
		list = append(list, act{'o', words, true, func() { p.OnAnswer(seed) }})
	}
	for _, a := range t.Acts() {
		key, words := named(t, a)
		list = append(list, act{key, words, a == evening.Done && len(list) == 0, func() { p.do(t, a, words) }})
	}
	list = append(list, act{'l', "Leave it for tomorrow", false, func() { p.leave(t) }})
	if letter := p.letterTo(t); letter != (Letter{}) {
		list = append(list, act{'c', "Copy the letter", false, func() { p.OnCopy(letter.Subject + "\n\n" + letter.Body) }},
			act{'e', "E-mail", false, func() { p.OnMail(p.data.Mails[t.Customer], letter.Subject, letter.Body) }})
	}
	return list
}

// named returns the key and the word of an act.
func named(t evening.Thing, a evening.Act) (key rune, words string) {
	switch {
	case a == evening.Tomorrow:
		return 'm', "Move to tomorrow"
	case a == evening.Broken:
		return 'b', "Broken"
	}
	return 'd', map[evening.Kind]string{evening.Tell: "Told", evening.Promise: "Kept", evening.Thank: "Thanked",
		evening.Remark: "Read", evening.Question: "Not for us", evening.Flag: "It is right"}[t.Kind]
}

// opens returns what the editor is opened with, and the word for it; "" where there is
// nothing to write.
func (p *Page) opens(t evening.Thing) (seed assist.Revision, words string) {
	switch r := t.Record.(type) {
	case assist.Gap:
		line := firstLine(r.Text)
		return p.begun(assist.Revision{Next: assist.Answer{Title: line, Phrasings: []string{line}}, Gaps: []assist.ID{r.ID}}), "Make this an answer"
	case assist.Flag:
		return p.begun(assist.Revision{Answer: t.Answer.ID, Base: t.Answer.Fingerprint(), Next: t.Answer, Flags: []assist.ID{r.ID}}), "Mend it"
	case assist.Revision:
		return r, "Go on writing"
	}
	return seed, ""
}

func (p *Page) begun(seed assist.Revision) assist.Revision {
	seed.By, seed.Stage = p.data.Me, assist.StageDraft
	return seed
}

// letterTo returns the letter that fits the thing; the zero Letter when none does.
func (p *Page) letterTo(t evening.Thing) Letter {
	k, praise := t.Record.(assist.Kudos)
	if !praise || p.data.Thank == nil || p.OnCopy == nil || p.OnMail == nil {
		return Letter{}
	}
	return p.data.Thank(k)
}

// letter acts on a letter that was typed while the list has the keyboard.
func (p *Page) letter(r rune) {
	if r == 'u' {
		p.takeBack()
		return
	}
	i := p.rows.Chosen()
	if i < 0 || i >= len(p.shown) || p.shown[i].line.Heading {
		return
	}
	acts := p.acts(p.shown[i].thing)
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

func (p *Page) do(t evening.Thing, a evening.Act, words string) {
	do, back, err := t.Do(a, p.data.Me, p.opt.Now().UTC().Truncate(time.Millisecond).In(p.opt.Now().Location()))
	if p.refused = err; err != nil {
		p.list()
		return
	}
	p.done[t.Key()] = true
	p.queue.Do(undo.Change{Key: t.Key(), Before: records(do.Before), After: records(do.After), Back: records(back.After),
		Said: words + ": " + p.entry(t).line.Title})
	p.shift()
}

func records(r assist.Record) []assist.Record {
	if r == nil {
		return nil
	}
	return []assist.Record{r}
}

func (p *Page) leave(t evening.Thing) {
	p.put[t.Key()] = true
	p.shift()
}

func (p *Page) takeBack() {
	key := p.queue.TakeBack()
	if key == "" {
		return
	}
	delete(p.done, key)
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

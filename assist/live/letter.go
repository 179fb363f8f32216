package live

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/compose/check"
	"ringside/assist/compose/mask"
	"ringside/assist/compose/polish"
)

// Writer has a model polish a draft. Any goroutine may call it; none but Polish waits.
type Writer interface {
	// Ready reports whether Polish would ask the model now.
	Ready() bool
	// Polish returns the whole text that the model makes; each is called with all that
	// has come so far. When ctx ends the error is its cause.
	Polish(ctx context.Context, system, text string, each func(string)) (string, error)
	// Preview returns the very bytes that Polish would send.
	Preview(system, text string) ([]byte, error)
}

// letter is what the rep writes to the customer, and what it was made from.
type letter struct {
	Letter
	sources []string
	read    string    // the body that Advice is of
	tells   assist.ID // what the customer knows once they have read it
	asked   uint64    // which polishing of the call is awaited; zero: none
	stop    context.CancelFunc
	masks   mask.Masks
}

// letterAnswer is the open answer as a letter.
const letterAnswer compose.Letter = "the answer"

// useLetter deals with the letter of the call.
func (d *Desk) useLetter(t *talk, u LetterUse) {
	if t.idle() || (t.letter == nil) != u.Open {
		return
	}
	d.changed = true
	switch {
	case u.Open:
		d.openLetter(t)
	case u.Close:
		t.dropLetter()
	case u.Kind != "":
		d.turnLetter(t, u.Kind)
	case u.Typed:
		d.typeLetter(t, u.Subject, u.Body)
	case u.Better > 0:
		d.better(t, u.Better-1)
	case u.Told:
		d.tellByLetter(t)
	default:
		d.useModel(t, u)
	}
}

// better takes a piece of advice into the text.
func (d *Desk) better(t *talk, i int) {
	l := t.letter
	if i >= len(l.Advice) || l.Advice[i].Better == "" || l.read != l.Body {
		return
	}
	lines := strings.Split(l.Body, "\n")
	lines[l.Advice[i].Line-1] = l.Advice[i].Better
	d.typeLetter(t, l.Subject, strings.Join(lines, "\n"))
}

// useModel deals with what a model makes of the letter.
func (d *Desk) useModel(t *talk, u LetterUse) {
	l := t.letter
	switch {
	case u.Polish:
		d.polish(t)
	case u.Take && l.Polish != nil && l.Polish.Done && l.Polish.Fault == "":
		d.typeLetter(t, l.Subject, l.Polish.Text)
	case u.Show:
		d.showSent(t)
	}
}

// openLetter begins with the most pressing kind; the text by rule stands at once.
func (d *Desk) openLetter(t *talk) {
	l := &letter{}
	l.To, l.Kinds = d.lettersTo(t)
	t.letter = l
	d.turnLetter(t, l.Kinds[0])
}

// lettersTo is where a letter to the caller goes, and which kinds make sense now.
func (d *Desk) lettersTo(t *talk) (to string, kinds []compose.Letter) {
	kinds = compose.Kinds(d.aboutLetter(t))
	if t.open != nil && !t.open.Internal {
		kinds = append(kinds, letterAnswer)
	}
	if len(kinds) == 0 {
		kinds = []compose.Letter{compose.LetterCall}
	}
	if mails := t.profile.Customer.Emails; len(mails) > 0 {
		to = mails[0]
	}
	return to, kinds
}

// turnLetter writes another kind by rule.
func (d *Desk) turnLetter(t *talk, kind compose.Letter) {
	l := *t.letter
	if !slices.Contains(l.Kinds, kind) || kind == l.Kind {
		return
	}
	l.halt()
	l.Kind, l.Told, l.Polish, l.Sends = kind, false, nil, ""
	text := compose.Draft(kind, d.aboutLetter(t))
	if kind == letterAnswer && t.open != nil {
		text = compose.Text{Subject: t.open.Title, Body: t.open.Say, Sources: []string{t.open.Title + ": " + t.open.Say}}
	}
	l.Subject, l.Body, l.sources, l.tells = text.Subject, text.Body, text.Sources, text.Tells
	t.letter = &l
	d.readLetter(t)
}

// readLetter looks for what could be better in the letter, one reading at a time: of a long
// one that is slower than typing.
func (d *Desk) readLetter(t *talk) {
	if t.letter == nil || t.reading || t.letter.read == t.letter.Body {
		return
	}
	t.reading = true
	body := t.letter.Body
	d.soon(func() event { return advice{t, body, check.Check(body)} })
}

// advice is what could be better in a letter.
type advice struct {
	t    *talk
	body string
	list []check.Advice
}

func (a advice) apply(d *Desk) {
	a.t.reading = false
	if l := a.t.letter; l != nil && l.Body == a.body {
		next := *l
		next.Advice, next.read = a.list, a.body
		a.t.letter = &next
		d.changed = true
	}
	d.readLetter(a.t)
}

// aboutLetter is what letters in this call are written from.
func (d *Desk) aboutLetter(t *talk) compose.About {
	p := d.passingOf(t)
	return compose.About{Facts: d.facts(t), Profile: d.standing(t), Names: d.name,
		Call: compose.Conversation{Call: t.call, Said: p.Heard, Told: p.Told, Made: t.made}}
}

// typeLetter takes the text as the rep has changed it. What the model is making of the
// old one is no longer wanted.
func (d *Desk) typeLetter(t *talk, subject, body string) {
	l := *t.letter
	l.halt()
	l.Subject, l.Body, l.Sends = subject, body, ""
	if l.Polish != nil && l.Polish.Text != body {
		l.Polish = nil
	}
	t.letter = &l
	d.readLetter(t)
}

// tellByLetter marks that the customer knows what the letter says.
func (d *Desk) tellByLetter(t *talk) {
	l := *t.letter
	if l.Told || !t.known() {
		return
	}
	records := d.told(t, l.tells, d.now())
	l.Told = true
	t.letter = &l
	d.advise(t)
	if len(records) > 0 {
		d.save("That they know", t, records...)
	}
}

// polish asks the model, or stops it.
func (d *Desk) polish(t *talk) {
	l := *t.letter
	if l.stop != nil {
		l.halt()
		l.Polish = nil
		t.letter = &l
		return
	}
	w := d.cfg.Writer
	if w == nil || !w.Ready() || strings.TrimSpace(l.Body) == "" {
		return
	}
	in, masks := d.instruct(t)
	ctx, stop := context.WithCancel(d.ctx)
	t.polishes++
	l.asked, l.stop, l.masks = t.polishes, stop, masks
	l.Polish = &Polish{}
	t.letter = &l
	p := polished{t: t, asked: l.asked, draft: in.Text}
	d.beside(func() event {
		var err error
		p.text, err = w.Polish(ctx, in.System, in.Text, func(text string) {
			d.box.put(polishing{t, p.asked, text})
		})
		p.err, p.done = err, true
		return p
	})
}

// instruct is what a model is told about the letter: no name, number or address is in it.
func (d *Desk) instruct(t *talk) (polish.Instruction, mask.Masks) {
	const cut = "\x00" // between the texts, so that one thing has one token in all of them
	names := []string{t.ring.Name}
	for _, m := range t.matches {
		names = append(names, m.Customer.Name, m.Customer.CallMe, m.Company)
	}
	for _, r := range append([]assist.Rep{d.cfg.Me}, d.cfg.Team...) {
		names = append(names, r.Name)
	}
	texts := append([]string{t.letter.Body}, t.letter.sources...)
	for i := range texts {
		texts[i] = strings.ReplaceAll(texts[i], cut, "")
	}
	masked, m := mask.Mask(strings.Join(texts, cut), mask.PrivateOf(t.profile, names...))
	parts := strings.Split(masked, cut)
	return polish.Polish(parts[0], parts[1:], t.profile.Customer.Language), m
}

// showSent shows the very bytes that polishing would send, or no more.
func (d *Desk) showSent(t *talk) {
	l := *t.letter
	if l.Sends != "" || d.cfg.Writer == nil {
		l.Sends = ""
	} else {
		in, _ := d.instruct(t)
		b, err := d.cfg.Writer.Preview(in.System, in.Text)
		l.Sends = string(b)
		if err != nil {
			l.Sends = plainly(err)
		}
	}
	t.letter = &l
}

// halt ends what the model is asked; what it still gives is late.
func (l *letter) halt() {
	l.asked = 0
	if l.stop != nil {
		l.stop()
		l.stop = nil
	}
}

// dropLetter closes the letter, whoever still writes on it.
func (t *talk) dropLetter() {
	if t.letter != nil {
		t.letter.halt()
		t.letter = nil
	}
}

// polishing is what a model has written so far.
type polishing struct {
	t     *talk
	asked uint64
	text  string
}

func (p polishing) replaces(older event) bool {
	o, ok := older.(polishing)
	return ok && o.t == p.t
}

func (p polishing) apply(d *Desk) {
	if l := p.t.letter; l != nil && l.asked == p.asked {
		next := *l
		next.Polish = &Polish{Text: l.masks.Stream().Write(p.text)}
		p.t.letter = &next
		d.changed = true
	}
}

// polished is how it went.
type polished struct {
	t     *talk
	asked uint64
	draft string // as it was sent
	text  string
	done  bool
	err   error
}

func (p polished) apply(d *Desk) {
	l := p.t.letter
	if l == nil || l.asked != p.asked {
		return
	}
	next := *l
	next.halt()
	text := l.masks.Back(p.text)
	next.Polish = &Polish{Text: text, Done: true}
	err := p.err
	if err == nil {
		err = polish.Usable(p.text, p.draft)
	}
	if err != nil {
		next.Polish = &Polish{Text: text, Done: true, Fault: plainly(err)}
	} else {
		for _, s := range polish.Unfounded(text, with(l.sources, l.Body)) {
			next.Polish.Unfounded = append(next.Polish.Unfounded, s.Text)
		}
		for _, s := range l.sources {
			name, _, _ := strings.Cut(s, ":")
			next.Polish.Sources = append(next.Polish.Sources, name)
		}
	}
	p.t.letter = &next
	d.changed = true
}

// plainly is an error in words for people.
func plainly(err error) string {
	var f *assist.Fault
	if errors.As(err, &f) && f.What != "" {
		first, size := utf8.DecodeRuneInString(f.What)
		return string(unicode.ToUpper(first)) + f.Error()[size:]
	}
	return "No answer from the model."
}

package call

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/ui/cards"
)

// Key is one line of the sheet of keys.
type Key struct {
	Name  string // as people write it: "Ctrl+J"
	Words string // what it does
}

type binding struct {
	Key
	shortcut *desktop.CustomShortcut // nil: not with Ctrl or Alt
	do       func(*Page)
}

func ctrl(k fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
}

func alt(k fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}
}

// bindings lists every key of the page, in the order of the sheet.
func bindings() []binding {
	list := []binding{
		{Key{"Ctrl+K", "Start a call by number or name"}, ctrl(fyne.KeyK), (*Page).StartFind},
		{Key{"Alt+V", "Start with the clipboard’s number"}, alt(fyne.KeyV), func(p *Page) { p.who.offer.take() }},
		{Key{"Alt+C", "A call started, no number known"}, alt(fyne.KeyC), (*Page).begin},
		{Key{"Alt+O", "Begun by hand: I am calling"}, alt(fyne.KeyO), (*Page).turnAround},
		{Key{"/", "Type what the customer says"}, nil, nil},
		{Key{"Ctrl+F", "The same, from any box"}, ctrl(fyne.KeyF), func(p *Page) { p.focus(p.hear.entry) }},
		{Key{"Enter", "Open the marked answer"}, nil, nil},
		{Key{"Ctrl+1 to 5", "Open an answer, choose a caller"}, nil, nil},
		{Key{"Alt+S", "The answer: you said it"}, alt(fyne.KeyS), func(p *Page) { p.fared(live.AnsweredUse{Said: true}) }},
		{Key{"Alt+H", "It helped"}, alt(fyne.KeyH), func(p *Page) { p.fared(live.AnsweredUse{Helped: true}) }},
		{Key{"Alt+W 1 to 9", "It is wrong: which sentence"}, alt(fyne.KeyW), func(p *Page) { p.fared(live.AnsweredUse{Wrong: true}) }},
		{Key{"Alt+L", "Find it by these words, too"}, alt(fyne.KeyL), func(p *Page) { p.hear.learn.take() }},
		{Key{"Esc", "Close the answer, clear the box"}, nil, nil},
		{Key{"Ctrl+I", "I'll find out"}, ctrl(fyne.KeyI), (*Page).findOut},
		{Key{"Alt+A", "The question: asked"}, alt(fyne.KeyA), func(p *Page) { p.reply(assist.ReplyAsked) }},
		{Key{"Alt+N", "The question: not now"}, alt(fyne.KeyN), func(p *Page) { p.reply(assist.ReplyNotNow) }},
		{Key{"Alt+X", "The question: never again"}, alt(fyne.KeyX), func(p *Page) { p.reply(assist.ReplyNever) }},
		{Key{"Alt+M", "What to do first: done"}, alt(fyne.KeyM), func(p *Page) { p.moved(0, live.MoveUse{Reply: assist.ReplyDone}) }},
		{Key{"Alt+U", "They are upset"}, alt(fyne.KeyU), func(p *Page) { p.feels(assist.Upset) }},
		{Key{"Alt+R", "They are in a hurry"}, alt(fyne.KeyR), func(p *Page) { p.feels(assist.Hurried) }},
		{Key{"Alt+K", "Keep what was heard"}, alt(fyne.KeyK), (*Page).keepHeard},
		{Key{"Alt+G F B", "Heard: its kind, feeling, subject"}, alt(fyne.KeyG), func(p *Page) { p.caught(live.CatchUse{Intelligence: true}) }},
		{Key{}, alt(fyne.KeyF), func(p *Page) { p.caught(live.CatchUse{Feeling: true}) }},
		{Key{}, alt(fyne.KeyB), func(p *Page) { p.caught(live.CatchUse{About: true}) }},
		{Key{"Alt+E", "Write to them"}, alt(fyne.KeyE), (*Page).write},
		{Key{"Alt+P", "Polish the letter"}, alt(fyne.KeyP), func(p *Page) { p.letter.useModel(live.LetterUse{Polish: true}) }},
		{Key{"Alt+Q", "Show what polishing sends"}, alt(fyne.KeyQ), func(p *Page) { p.letter.useModel(live.LetterUse{Show: true}) }},
		{Key{"Alt+Y", "Who can help?"}, alt(fyne.KeyY), (*Page).askHelp},
		{Key{"Ctrl+J", "Write the note"}, ctrl(fyne.KeyJ), (*Page).writeNote},
		{Key{"Alt+J", "It is no card number: show it"}, cards.BackKey, func(p *Page) { p.cards.Back() }},
		{Key{"Ctrl+P", "Keep the promise in the note"}, ctrl(fyne.KeyP), (*Page).keepPromise},
		{Key{"Ctrl+N", "New customer"}, ctrl(fyne.KeyN), (*Page).newCustomer},
		{Key{"Ctrl+Tab", "Next call"}, ctrl(fyne.KeyTab), (*Page).nextCall},
		{Key{"Alt+T", "Pass the call on"}, alt(fyne.KeyT), func(p *Page) { p.pass.take() }},
		{Key{"Alt+D", "Do not disturb, or ring again"}, alt(fyne.KeyD), (*Page).disturb},
		{Key{"Alt+I", "Wrap-up: make it an answer"}, alt(fyne.KeyI), (*Page).makeAnswer},
		{Key{"Alt+Z", "Wrap-up: those were no questions"}, alt(fyne.KeyZ), (*Page).forget},
		{Key{"Ctrl+O", "Wrap-up: the note is only for me"}, ctrl(fyne.KeyO), (*Page).onlyForMe},
		{Key{"Ctrl+D", "Wrap-up: the next outcome"}, ctrl(fyne.KeyD), func(p *Page) { p.finish.nextOutcome() }},
		{Key{"Ctrl+Enter", "Answered, wrap up, done"}, ctrl(fyne.KeyReturn), (*Page).nextStep},
		{Key{"F2", "Long texts in full, or short"}, nil, nil},
		{Key{"F1", "This sheet"}, nil, nil},
	}
	for i, k := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5} {
		list = append(list, binding{shortcut: ctrl(k), do: func(p *Page) { p.pick(i) }})
	}
	return append(list, binding{shortcut: ctrl(fyne.KeyEnter), do: (*Page).nextStep})
}

// Sheet lists the keys of the page for people.
func Sheet() []Key {
	var out []Key
	for _, b := range bindings() {
		if b.Name != "" {
			out = append(out, b.Key)
		}
	}
	return out
}

// Shortcuts returns what a window has to pass to Shortcut when nothing of the page
// has the focus.
func (p *Page) Shortcuts() []fyne.Shortcut {
	var out []fyne.Shortcut
	for _, b := range bindings() {
		if b.shortcut != nil {
			out = append(out, b.shortcut)
		}
	}
	return out
}

// Shortcut does what a key with Ctrl or Alt stands for; false when it is none of
// the page's.
func (p *Page) Shortcut(s fyne.Shortcut) bool {
	for _, b := range bindings() {
		if b.shortcut != nil && b.shortcut.ShortcutName() == s.ShortcutName() {
			p.touched()
			b.do(p)
			p.settled()
			return true
		}
	}
	return p.OnOther != nil && p.OnOther(s)
}

// Rune is for the window: a letter was typed while no box has the keyboard. It
// reports whether the letter meant something.
func (p *Page) Rune(r rune) bool {
	defer p.settled()
	return p.rune(r)
}

func (p *Page) rune(r rune) bool {
	p.touched()
	switch {
	case r == '/':
		p.focus(p.hear.entry)
	case r >= '1' && r <= '9' && p.view.Who == live.Several:
		p.choose(int(r - '1'))
	case r >= '1' && r <= '9' && p.hear.flag.shown != nil:
		p.hear.flag.pick(int(r - '1'))
	case p.view.Who != live.Several && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+'):
		p.focus(p.hear.entry)
		p.hear.entry.TypedRune(r)
	default:
		return false
	}
	return true
}

// Key is for the window: a key was pressed while nothing has the keyboard. It
// reports whether the key meant something.
func (p *Page) Key(ev *fyne.KeyEvent) bool {
	defer p.settled()
	return p.key(nil, ev)
}

// key hears every key before the widget that has the keyboard.
func (p *Page) key(at fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	p.touched()
	switch ev.Name {
	case fyne.KeyF1:
		if p.OnSheet != nil {
			p.OnSheet()
		}
	case fyne.KeyF2:
		p.who.showAll(!p.who.all)
	case fyne.KeyEscape:
		p.escape(at)
	default:
		return p.hear.flag.key(at, ev) || p.hear.key(at, ev) || p.ask.key(at, ev) || p.who.find.key(at, ev) || p.top.find.key(at, ev)
	}
	return true
}

// escape closes what is nearest: the box for a number, what is told of a flag, what is to
// be learned, the open answer, the words in the answer box, and at last gives the keyboard
// back.
func (p *Page) escape(at fyne.CanvasObject) {
	switch {
	case p.top.finding():
		p.top.showFind(false)
		p.unfocus()
	case at == p.who.find.entry && p.who.find.entry.Text != "":
		p.who.find.clear()
	case p.hear.flag.shown != nil:
		p.hear.flag.done()
	case p.hear.learn.offered():
		p.hear.learn.refuse()
	case p.view.Letter != nil:
		p.letter.close()
	case p.view.HandOver != "":
		p.pass.close()
	case p.view.Helpers != nil:
		p.closeHelp()
	case p.view.Open != nil || p.view.Peek != nil:
		p.desk.Use(live.Use{CloseAnswer: true})
	case p.hear.entry.Text != "" && (at == nil || at == p.hear.entry):
		p.hear.entry.SetTyped("")
	default:
		p.unfocus()
	}
}

// pick opens answer i, or chooses caller i while nobody has said anything.
func (p *Page) pick(i int) {
	if p.view.Who == live.Several && p.hear.list.Len() == 0 {
		p.choose(i)
		return
	}
	p.hear.list.Open(i)
}

func (p *Page) choose(i int) {
	if i < len(p.view.Choices) {
		p.desk.Use(live.Use{Caller: p.view.Choices[i].Customer})
	}
}

// StartFind puts the keyboard into the box for a number; a name starts the call of somebody new.
func (p *Page) StartFind() {
	if p.OnShow != nil {
		p.OnShow()
	}
	if p.view.Phase == live.Idle {
		p.focus(p.who.find.entry)
		return
	}
	p.top.showFind(true)
	p.focus(p.top.find.entry)
}

func (p *Page) findOut() {
	if p.view.Call != "" || p.view.Heard != "" {
		p.desk.Use(live.Use{FindOut: true})
	}
}

// makeAnswer makes the answer that the wrap-up offers.
func (p *Page) makeAnswer() {
	if w := p.view.WrapUp; w != nil && w.Teaches != "" && !w.Taught {
		p.desk.Use(live.Use{WrapUp: live.WrapUpUse{Make: true}})
	}
}

// onlyForMe has the note kept for who wrote it alone, or no longer so.
func (p *Page) onlyForMe() {
	if w := p.view.WrapUp; w != nil && w.Noted {
		p.desk.Use(live.Use{WrapUp: live.WrapUpUse{Private: true}})
	}
}

// forget takes back the questions that were kept for the trainers.
func (p *Page) forget() {
	if w := p.view.WrapUp; w != nil && w.Missed > 0 {
		p.desk.Use(live.Use{WrapUp: live.WrapUpUse{Forget: true}})
	}
}

func (p *Page) disturb() { p.desk.Use(live.Use{Disturb: true}) }

func (p *Page) nextCall() { p.desk.Use(live.Use{NextCall: true}) }

func (p *Page) writeNote() {
	if p.view.Call != "" {
		p.focus(p.note.entry)
	}
}

func (p *Page) keepPromise() {
	if o := p.view.Promise; o != nil {
		p.desk.Promise(live.PromiseUse{Text: o.Text, Due: o.Due, AllDay: o.AllDay})
		return
	}
	p.writeNote()
}

// nextStep is what comes next in the life of a call: it is answered, it is over,
// it is done with.
func (p *Page) nextStep() {
	r := phone.Ring{ID: p.view.Ring.ID, From: p.view.Ring.From, Name: p.view.Ring.Name, To: p.view.Ring.To,
		Outgoing: p.view.Ring.Outgoing, At: p.Now()}
	switch p.view.Phase {
	case live.Ringing:
		r.Phase = phone.Answered
		p.desk.Ring(r)
	case live.Talking:
		r.Phase = phone.Ended
		p.desk.Ring(r)
	case live.Wrapping:
		p.desk.Use(live.Use{WrapUp: live.WrapUpUse{Done: true, Disposition: p.finish.outcome}})
	}
}

func (p *Page) reply(r assist.Reply) {
	if p.view.Reply == nil && len(p.view.Prompts) > 0 {
		if p.ask.asked = ""; r == assist.ReplyAsked {
			p.ask.asked = p.view.Prompts[0].Prompt
		}
		p.desk.Use(live.Use{Prompt: live.PromptUse{Prompt: p.view.Prompts[0].Prompt, Reply: r}})
	}
}

// leastDigits make a number of what would be a name.
const leastDigits = 3

// ringOf makes the news of a call of what a rep typed: a number when it has three
// digits or more, else a name.
func ringOf(s string, now time.Time) (phone.Ring, bool) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return phone.Ring{}, false
	case digits(s) >= leastDigits:
		return phone.Ring{From: s, Phase: phone.Answered, At: now, Source: phone.ByHand}, true
	}
	return phone.Ring{ID: fmt.Sprintf("typed-%d", now.UnixNano()), Name: s, Phase: phone.Answered, At: now, Source: phone.ByHand}, true
}

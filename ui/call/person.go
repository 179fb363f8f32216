package call

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const mostChoices = 9

// person is the left: who calls, what we owe them, what we know of them.
type person struct {
	p                          *Page
	head                       *fyne.Container // who it is
	due                        *fyne.Container // what needs an eye: promises, incidents
	facts                      *fyne.Container // what else we know
	status, title, sub, thanks *widgets.More
	busy                       *widgets.More // a colleague is on the phone with them
	brief                      []*widgets.More
	name                       *widgets.Entry
	make                       *fyne.Container
	add                        *widgets.Action
	naming                     assist.ID // the call whose caller has just become a customer
	choices                    []*widgets.PickRow
	rest                       *widgets.Text
	find                       *callers
	offer                      *pasted
	turn                       *widgets.Action
	turned                     *fyne.Container
	idle                       *fyne.Container
	unfinished                 []*widgets.PickRow
	left                       *fyne.Container
	debts                      *debts
	know                       *knowledge
	all                        bool
}

func newPerson(p *Page) *person {
	w := &person{p: p}
	w.status = widgets.NewMore(widgets.Style{Size: theme.Small, Colour: theme.Accent, Bold: true, Lines: 1}, p.arrange)
	w.title = widgets.NewMore(widgets.Style{Size: theme.Display, Bold: true, Lines: 2}, p.arrange)
	w.sub = widgets.NewMore(widgets.Style{Colour: theme.Muted, Lines: 2}, p.arrange)
	w.thanks = widgets.NewMore(widgets.Style{Colour: theme.Good, Bold: true, Lines: 2}, p.arrange)
	w.busy = widgets.NewMore(widgets.Style{Colour: theme.Amber, Bold: true, Lines: 2}, p.arrange)
	w.busy.Hide()
	w.turn = widgets.NewAction(widgets.Quiet, "I am calling them", "Alt+O", p.keys(), p.turnAround)
	w.turned = widgets.Wrapped(0, w.turn)
	w.head = widgets.Column(theme.Grid, w.status, w.title, w.sub, w.busy, w.turned, w.thanks, p.move.box)
	for range 3 {
		b := widgets.NewMore(widgets.Style{Lines: 2}, p.arrange)
		w.brief = append(w.brief, b)
		w.head.Objects = append(w.head.Objects, b)
	}
	w.addMake()
	w.addIdle()
	w.debts, w.know = newDebts(p), newKnowledge(p)
	w.due, w.facts = w.debts.box, w.know.box
	return w
}

// addIdle adds what to do while nobody calls.
func (w *person) addIdle() {
	p := w.p
	w.find = newCallers(p, "Number or name", "Ctrl+K")
	w.offer = newPasted(p)
	w.find.entry.OnEntered = p.LookAtClipboard
	begin := widgets.NewAction(widgets.Quiet, "A call started", "Alt+C", p.keys(), p.begin)
	start := widgets.NewAction(widgets.Quiet, "Start the call", "Enter", p.keys(), w.find.start)
	w.left = widgets.Column(theme.Grid, widgets.Heading("NOT FINISHED"))
	for i := range mostWaiting {
		r := widgets.NewPickRow(p.keys(), func() { p.desk.Use(live.Use{Call: p.view.Unfinished[i].Call}) })
		w.unfinished = append(w.unfinished, r)
		w.left.Objects = append(w.left.Objects, r)
	}
	w.idle = widgets.Column(2*theme.Grid,
		widgets.Say(widgets.Style{}, "When the phone rings, the customer appears here."),
		widgets.Say(widgets.Style{Colour: theme.Muted}, "No link to your phone? Type the number or the name, and press Enter."),
		w.find.box, w.offer.box,
		widgets.Wrapped(theme.Grid, start, begin))
	w.head.Objects = append(w.head.Objects, widgets.Pad(widgets.Edges{Top: theme.Grid}, w.idle),
		widgets.Pad(widgets.Edges{Top: 4 * theme.Grid}, w.left))
}

func (w *person) set(old, v live.View, fresh bool) {
	w.status.SetText(status(v))
	tone := theme.Accent
	if v.Phase == live.Ringing {
		tone = theme.Amber
	}
	w.status.SetColour(tone)
	w.turn.SetOn(v.Ring.Outgoing)
	w.turned.Hidden = !byHand(v)
	if v.Call == "" {
		w.find.set(v)
	}
	same := !fresh && old.Who == v.Who && old.Looking == v.Looking && old.Ring == v.Ring && reflect.DeepEqual(old.Card, v.Card) && len(old.Moves) == len(v.Moves) &&
		reflect.DeepEqual(old.Choices, v.Choices) && reflect.DeepEqual(old.Unfinished, v.Unfinished)
	if same {
		return
	}
	if fresh {
		w.name.SetShown("")
		if v.Who == live.Unknown || v.Who == live.Withheld {
			w.name.SetShown(strings.TrimSpace(v.Ring.Name))
		}
		w.showAll(false)
	}
	w.tellBusy(v)
	title, sub := caller(v)
	w.title.SetText(title)
	w.sub.SetText(sub)
	card := live.Card{}
	if v.Card != nil {
		card = *v.Card
	}
	w.thanks.SetText(card.Tenure)
	w.setBrief(card.Brief[:min(len(card.Brief), max(len(w.brief)-len(v.Moves), 1))]) // what there is to do says most of it
	w.debts.set(card, v.Moves)
	w.know.set(card)
	w.setMake(v)
	w.setIdle(v)
}

// tellBusy says who is on the phone with the customer of the card, if that is known, and
// beside the card what they pass on.
func (w *person) tellBusy(v live.View) {
	words := ""
	if v.Card != nil && v.Card.Customer.ID != "" {
		words = w.p.busy[v.Card.Customer.ID]
	}
	who, passed, _ := strings.Cut(words, "\n")
	w.busy.SetText(who)
	w.p.pass.tell(passed)
}

func (w *person) setBrief(lines []string) {
	for i, b := range w.brief {
		b.SetText("")
		if i < len(lines) {
			b.SetText(lines[i])
		}
	}
}

func (w *person) setIdle(v live.View) {
	w.idle.Hidden = v.Call != ""
	w.left.Hidden = v.Call != "" || len(v.Unfinished) == 0
	for i, r := range w.unfinished {
		if r.Hidden = i >= len(v.Unfinished); r.Hidden {
			continue
		}
		key := "go on"
		if i == 0 {
			key = "Ctrl+Tab"
		}
		u := v.Unfinished[i]
		r.SetPick(u.Title, say.Day(u.Since, v.At)+", "+say.Clock(u.Since.In(v.At.Location())), key, false)
	}
}

// showAll shows every long text of the card in full, or short again.
func (w *person) showAll(all bool) {
	if w.all == all {
		return
	}
	w.all = all
	for _, t := range append([]*widgets.More{w.title, w.sub, w.thanks}, w.brief...) {
		t.ShowAll(all)
	}
	w.p.move.showAll(all)
	w.debts.showAll(all)
	w.know.showAll(all)
	w.p.arrange()
}

func status(v live.View) string {
	s := say.Phase(v.Phase)
	if s == "" {
		return "NO CALL"
	}
	if v.Ring.Outgoing && v.Phase != live.Wrapping {
		s += ", you called"
	}
	if v.Ring.To != "" {
		s += "  ·  on " + v.Ring.To
	}
	return "●  " + s
}

// caller returns the big line and the line below it.
func caller(v live.View) (title, sub string) {
	switch v.Who {
	case live.Known:
		if v.Card == nil {
			return v.Ring.From, ""
		}
		c := v.Card.Customer
		title = join("", c.Name)
		called, number := "", ""
		if title == "" {
			title, number = "Name not known yet", v.Ring.From
		}
		if c.CallMe != "" && !strings.HasPrefix(c.Name, c.CallMe) {
			called = "likes to be called " + c.CallMe
		}
		return title, join("  ·  ", number, say.Capital(c.Role), v.Card.Company.Name, c.City, called)
	case live.Several:
		why := "several people share this number"
		if len(v.Choices) > 0 && v.Choices[0].Tail {
			why = "nobody has just this number"
		}
		return "Who is calling?", join("  ·  ", v.Ring.From, why)
	case live.Unknown:
		who := "nobody we know has this number"
		if v.Looking {
			who = "looking for whose number this is"
		}
		return v.Ring.From, join("  ·  ", v.Ring.Name, who)
	case live.Withheld:
		return whoElse(v.Ring), "No number came. Type or paste it here, or ask for the name."
	}
	return "Ready", ""
}

// whoElse asks who is at the other end of a call of which nothing is known.
func whoElse(r phone.Ring) string {
	switch {
	case r.Outgoing:
		return "Calling: who?"
	case r.Source == phone.ByHand:
		return "A call: who?"
	}
	return "Incoming call: who?"
}

func join(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, s := range parts {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, sep)
}

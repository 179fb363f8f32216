package setup

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// line is the part of the settings page about the phone: whose calls ring here, the
// ways in which news of them comes, a test, and what was heard.
type line struct {
	p *Page

	listen, groups, mask *widget.Check
	mine                 *field
	mineRead             *widgets.Text
	programs             *programs
	sip                  *extension
	lan                  *network
	heard                *heard
	rest, all            fyne.CanvasObject
}

func newLine(p *Page) *line {
	l := &line{p: p}
	l.listen = widget.NewCheck("Listen to the phone", func(on bool) {
		l.change(func(s *settings.Phone) { s.Off = !on })
	})
	l.mine = newField("like 214, 0113 496 0214", l.mineTyped)
	l.mine.entered = p.reveal
	l.mineRead = muted("")
	l.groups = widget.NewCheck("Calls to a queue or group ring here, too", func(on bool) {
		l.change(func(s *settings.Phone) { s.Groups = on })
	})
	l.mask = widget.NewCheck("Mask numbers and names in the list", func(on bool) {
		l.change(func(s *settings.Phone) { s.Mask = on })
	})
	l.programs, l.sip, l.lan, l.heard = newPrograms(p), newExtension(l), newNetwork(l), newHeard(l)
	l.rest = widgets.Column(20,
		widgets.Column(6, labelled("My numbers and extensions, with commas between", l.mine), l.mineRead, l.groups),
		l.programs.all, l.sip.all, l.lan.all, l.heard.all)
	l.all = section("The phone", "Type a number, paste it or pick a name: that needs no set-up. With one of the ways below, the card comes by itself when the phone rings.",
		l.listen, l.rest)
	return l
}

// part is one smaller section within another.
func part(name, means string, parts ...fyne.CanvasObject) *fyne.Container {
	col := widgets.Column(6, widgets.Say(widgets.Style{Bold: true}, name), muted(means))
	col.Objects = append(col.Objects, parts...)
	return col
}

// change makes one change to what is chosen about the phone, and reports it if it is one.
func (l *line) change(do func(*settings.Phone)) {
	next := l.p.choices.Settings.Phone
	do(&next)
	if !l.p.quiet && !reflect.DeepEqual(next, l.p.choices.Settings.Phone) {
		l.p.change(func(s *settings.Machine) { s.Phone = next })
	}
	l.words()
	l.p.arrange()
}

func (l *line) mineTyped() {
	l.change(func(s *settings.Phone) { s.Mine = listed(l.mine.Text) })
}

// show shows what is chosen; boxes that are being typed into keep what is in them.
func (l *line) show(s settings.Phone) {
	l.listen.SetChecked(!s.Off)
	l.mine.show(strings.Join(s.Mine, ", "))
	l.groups.SetChecked(s.Groups)
	l.mask.SetChecked(s.Mask)
	l.sip.show(s.SIP)
	l.lan.show(s.LAN)
	l.words()
}

// words says what the choices mean, and hides what has none while they stand so.
func (l *line) words() {
	s := l.p.choices.Settings.Phone
	setHidden(l.rest, s.Off)
	l.mineRead.SetText("With none, every call that a phone tells of is yours.")
	if len(s.Mine) > 0 {
		l.mineRead.SetText("Read as " + strings.Join(l.read(s.Mine), ", ") + ".")
	}
	l.sip.words()
	l.lan.words()
}

// read says how each number is read.
func (l *line) read(numbers []string) []string {
	var out []string
	for _, n := range numbers {
		if l.p.ReadNumber != nil {
			n = l.p.ReadNumber(n, regionCode(l.p.region.Selected))
		}
		out = append(out, n)
	}
	return out
}

// listed reads what stands in a box, with commas between; nil when there is nothing.
func listed(text string) []string {
	var out []string
	for _, s := range strings.Split(text, ",") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func setHidden(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}

// stands shows how it stands with something, in the colour of good or bad news.
func stands(t *widgets.Text, sentence string, good bool) {
	t.SetText(sentence)
	t.SetColour(theme.Good)
	if !good {
		t.SetColour(theme.Late)
	}
}

package team

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// sent shows what leaves this desk: the last packets, what is in one of them, and its
// bytes. Nothing is read until somebody opens it.
type sent struct {
	p       *Page
	box, in *fyne.Container
	open    *widgets.Action
	told    *told
	list    *fyne.Container
	rows    map[string]*packet
	reading bool // the list is being read
	stale   bool // and has changed since
}

const (
	opensSent = "What leaves this desk, byte for byte"
	shutsSent = "Close what leaves"
)

func newSent(p *Page) *sent {
	s := &sent{p: p, told: newTold(p), list: widgets.Column(6)}
	s.open = p.closing(widgets.Quiet, opensSent, "", func() { s.show(s.in.Hidden) }, func() { s.show(false) })
	s.in = widgets.Column(12, widgets.Say(widgets.Style{Colour: theme.Muted},
		"The last packets, the newest first. Choose one to read what is in it beside the bytes that leave. Who is on the phone, and how far each desk is, is said by the way, sealed too, and kept nowhere."),
		s.list, s.told.text)
	s.in.Hide()
	s.box = widgets.Column(12, widgets.Row(0, nil, s.open), s.in)
	return s
}

// set is told that how it stands has changed.
func (s *sent) set(on bool) {
	s.box.Hidden = !on
	switch {
	case !on:
		s.fold(true)
	case s.in.Visible():
		s.read()
	}
}

func (s *sent) show(on bool) {
	s.fold(!on)
	if on {
		s.told.say("Reading…", false)
		s.read()
	} else {
		s.p.focus(s.open)
	}
	s.p.arrange()
}

func (s *sent) fold(shut bool) {
	s.in.Hidden = shut
	s.open.SetLabel(opensSent)
	if !shut {
		s.open.SetLabel(shutsSent)
	}
	s.rows = rows(s.list, nil, nil, packetID, s.fresh)
}

// read reads the list, one time after another.
func (s *sent) read() {
	if s.stale = s.reading; s.reading {
		return
	}
	s.reading = true
	s.p.acts.Sent(func(list []Packet, err error) {
		s.reading = false
		if s.in.Hidden {
			return
		}
		switch {
		case err != nil:
			s.told.say(say.Error(err), true)
		case len(list) == 0:
			s.told.say("Nothing has left this desk yet.", false)
		default:
			s.told.say("", false)
		}
		s.rows = rows(s.list, s.rows, list, packetID, s.fresh)
		s.p.arrange()
		s.p.keepKeyboard()
		if s.stale {
			s.read()
		}
	})
}

func packetID(p Packet) string { return p.ID }

func (s *sent) fresh() *packet { return newPacket(s) }

// choose shows what is in one packet, and closes the others.
func (s *sent) choose(one *packet) {
	for _, r := range s.rows {
		r.show(r == one && r.in.Hidden)
	}
	s.p.arrange()
}

// packet is one of them.
type packet struct {
	s       *sent
	box, in *fyne.Container
	open    *widgets.Action
	inside  *fyne.Container
	bytes   *widgets.Text
	of      Packet
	records []Record

	allRecords, allBytes *toggle
}

// How much of a packet is shown at first, and how many bytes at most: all are in the file.
const (
	firstRecords          = 20
	firstBytes, mostBytes = 256, 4096
	bytesInLine           = 8
)

func newPacket(s *sent) *packet {
	k := &packet{s: s, inside: widgets.Column(10), bytes: widgets.NewText(widgets.Style{Size: theme.Small, Mono: true})}
	shut := func() { s.show(false) }
	k.open = s.p.closing(widgets.Quiet, "", "", func() { s.choose(k) }, shut)
	k.allRecords = newToggle(s.p, "Show more changes", "Show fewer changes", k.list, shut)
	k.allBytes = newToggle(s.p, "Show more bytes", "Show fewer bytes", k.dump, shut)
	save := s.p.closing(widgets.Quiet, "Save these bytes as a file…", "", func() {
		s.p.acts.Save("ringside-packet-"+k.of.ID+".bin", string(k.of.Sealed))
	}, shut)
	k.in = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 6), widgets.Sides(12, 10), widgets.Beside(24, 250,
		widgets.Column(10, small("What is in it"), k.inside, k.allRecords.row),
		widgets.Column(10, small("What leaves"), k.bytes, k.allBytes.row, widgets.Row(0, nil, save))))
	k.in.Hide()
	k.box = widgets.Column(6, widgets.Row(0, nil, k.open), k.in)
	return k
}

// toggle is a button that shows more of something, and less again.
type toggle struct {
	row *fyne.Container
	act *widgets.Action
	all bool

	more, fewer string
}

func newToggle(p *Page, more, fewer string, show, shut func()) *toggle {
	t := &toggle{more: more, fewer: fewer}
	t.act = p.closing(widgets.Quiet, more, "", func() {
		t.set(!t.all)
		show()
		p.arrange()
	}, shut)
	t.row = widgets.Row(0, nil, t.act)
	return t
}

func (t *toggle) set(all bool) {
	t.all = all
	t.act.SetLabel(t.more)
	if all {
		t.act.SetLabel(t.fewer)
	}
}

// least returns how many of n are shown, of which first are before anybody asks; where
// that is all, there is no button.
func (t *toggle) least(n, first int) int {
	t.row.Hidden = n <= first
	if t.all {
		return n
	}
	return min(n, first)
}

func small(words string) fyne.CanvasObject {
	return widgets.Say(widgets.Style{Size: theme.Small, Bold: true, Colour: theme.Muted}, words)
}

func (k *packet) object() fyne.CanvasObject { return k.box }

func (k *packet) set(of Packet) {
	k.of = of
	k.open.SetLabel(PacketWords(of, k.s.p.Now()))
}

func (k *packet) show(on bool) {
	k.in.Hidden = !on
	k.open.SetOn(on)
	k.records = nil
	k.allRecords.set(false)
	k.allBytes.set(false)
	if !on {
		return
	}
	k.list()
	k.dump()
	if k.of.Body == nil {
		k.say("Names, roles and keys of the desks, signed by an admin. The team’s key in it is sealed for each desk alone.")
		return
	}
	k.say("Reading…")
	k.s.p.acts.Inside(k.of, func(list []Record, err error) {
		switch {
		case k.in.Hidden:
			return
		case err != nil:
			k.say(say.Error(err))
		default:
			k.records = list
			k.list()
		}
		k.s.p.arrange()
	})
}

func (k *packet) say(words string) {
	k.inside.RemoveAll()
	k.inside.Add(widgets.Say(widgets.Style{}, words))
}

// list shows the changes.
func (k *packet) list() {
	k.inside.RemoveAll()
	for _, r := range k.records[:k.allRecords.least(len(k.records), firstRecords)] {
		k.inside.Add(recordOf(r))
	}
}

// dump shows the bytes.
func (k *packet) dump() {
	most := min(len(k.of.Sealed), mostBytes)
	k.bytes.SetText(inHex(k.of.Sealed[:k.allBytes.least(most, firstBytes)]))
}

// recordOf is one change: the record, who wrote, and what.
func recordOf(r Record) fyne.CanvasObject {
	col := widgets.Column(2, widgets.Say(widgets.Style{Bold: true}, say.Capital(r.What)))
	if r.By != "" {
		col.Add(widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, "By "+r.By))
	}
	for _, f := range r.Fields {
		value := f.Value
		if value == "" {
			value = "(emptied)"
		}
		col.Add(widgets.Say(widgets.Style{Size: theme.Small}, f.Name+": "+value))
	}
	return col
}

// inHex writes bytes as lines of numbers to the base of 16, each behind its place.
func inHex(b []byte) string {
	var out strings.Builder
	for at := 0; at < len(b); at += bytesInLine {
		fmt.Fprintf(&out, "%04x: % x\n", at, b[at:min(at+bytesInLine, len(b))])
	}
	return strings.TrimSuffix(out.String(), "\n")
}

package team

import (
	"fmt"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// spokenWords is how many words belong to an invitation.
const spokenWords = 6

// off is what a desk without a team shows: what sync is, and three ways to it.
type off struct {
	intro, ways *fyne.Container
	all         []*way
	join        *way
}

func newOff(p *Page) *off {
	o := &off{}
	o.intro = section("Sync is off", "",
		widgets.Say(widgets.Style{}, "With sync, every desk of a team has the same customers, notes, promises and answers, and what one of you writes is with the others in a moment."),
		widgets.Say(widgets.Style{}, "Each desk keeps all of it and works on when nothing can be reached; the server or folder between you carries sealed packets that only your desks can read."),
		widgets.Say(widgets.Style{}, "It is not a backup: what one of you deletes is deleted for all."))
	join := newWay(p, "Join a team", "Somebody of the team has made an invitation for you: a file or a text, and six words.", "Join…", "Join", "Joining: the desk that made the invitation has to let this one in, while Ringside runs there…")
	invitation := join.box("The invitation: paste it here, or drop its file on the window", 4)
	join.choose("Choose the file…", p.acts.File, invitation)
	words := join.box("The six words", 1)
	join.check = func() (string, *widgets.Entry) { return joinable(invitation, words) }
	join.do = func(reply func(error)) {
		join.stop = p.acts.Join(trimmed(invitation), strings.Join(spoken(words.Text), " "), reply)
	}
	join.dropped = func(path string) { invitation.SetShown(path); p.focus(words) }

	server := newWay(p, "Start a team on a server", "On the server, “ringside team serve” writes a file for you and prints its words.", "Start on a server…", "Start the team", "Starting: the server is being asked…")
	file := server.box("The file from the server", 1)
	server.choose("Choose the file…", p.acts.File, file)
	secret, name := server.box("The words that were printed", 1), server.box(nameHint, 1)
	server.check = func() (string, *widgets.Entry) {
		return missing(need{file, "Choose the file that “ringside team serve” wrote."}, need{secret, "Type the words that were printed with it."}, need{name, nameMissing})
	}
	server.do = func(reply func(error)) { p.acts.StartServer(trimmed(file), trimmed(secret), trimmed(name), reply) }

	folder := newWay(p, "Start a team in a folder", "A network share, a folder that a sync program copies, or a stick that is carried between you.", "Start in a folder…", "Start the team", "Starting: the folder is being written to…")
	path := folder.box("The folder", 1)
	folder.choose("Choose the folder…", p.acts.Folder, path)
	called := folder.box(nameHint, 1)
	folder.check = func() (string, *widgets.Entry) {
		return missing(need{path, "Choose the folder."}, need{called, nameMissing})
	}
	folder.do = func(reply func(error)) { p.acts.StartFolder(trimmed(path), trimmed(called), reply) }

	o.join, o.all = join, []*way{join, server, folder}
	o.ways = widgets.Column(28, join.section, server.section, folder.section)
	return o
}

const (
	nameHint    = "The team’s name"
	nameMissing = "Give the team a name."
)

func (o *off) show(on bool) {
	o.intro.Hidden, o.ways.Hidden = !on, !on
	if !on {
		for _, w := range o.all {
			w.reset()
		}
	}
}

// need is a box that may not be empty, and what is said when it is.
type need struct {
	box  *widgets.Entry
	says string
}

// missing returns what is said of the first box that is empty, and that box.
func missing(needs ...need) (string, *widgets.Entry) {
	for _, n := range needs {
		if trimmed(n.box) == "" {
			return n.says, n.box
		}
	}
	return "", nil
}

func joinable(invitation, words *widgets.Entry) (string, *widgets.Entry) {
	if says, box := missing(need{invitation, "Paste the invitation, or choose its file."}, need{words, "Type the six words that you were told."}); box != nil {
		return says, box
	}
	if n := len(spoken(words.Text)); n != spokenWords {
		return fmt.Sprintf("An invitation has %d words; here are %d.", spokenWords, n), words
	}
	return "", nil
}

func trimmed(e *widgets.Entry) string { return strings.TrimSpace(e.Text) }

// spoken are the words of somebody who types them as they hear them.
func spoken(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
}

// way is one way to a team: what it needs, and a form for it that Esc closes.
type way struct {
	p       *Page
	section *fyne.Container
	open    *widgets.Action
	form    *fyne.Container
	boxes   []*widgets.Entry
	check   func() (says string, box *widgets.Entry) // what is missing still; nil: nothing
	do      func(reply func(error))
	dropped func(path string)
	stop    func() // ends what do waits for; nil: it does not take long
	told    *told

	does, meanwhile string
}

func newWay(p *Page, name, means, opens, does, meanwhile string) *way {
	w := &way{p: p, does: does, meanwhile: meanwhile, told: newTold(p)}
	w.open = p.action(widgets.Quiet, opens, func() { w.show(true) })
	begin := p.closing(widgets.Primary, does, "Enter", w.begin, w.shut)
	shut := p.closing(widgets.Quiet, "Cancel", "Esc", w.shut, w.shut)
	w.form = widgets.Column(8, widgets.Wrapped(8, begin, shut), w.told.text)
	w.form.Hide()
	w.section = section(name, means, widgets.Row(0, nil, w.open), w.form)
	return w
}

// box adds a box to the form, above the buttons.
func (w *way) box(hint string, rows int) *widgets.Entry {
	e := w.p.entry(hint, rows, w.begin, w.shut)
	w.boxes = append(w.boxes, e)
	w.add(widgets.Column(2, widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, hint), e))
	e.SetPlaceHolder("")
	return e
}

// choose adds a button that fills a box.
func (w *way) choose(label string, ask func(func(string)), into *widgets.Entry) {
	w.add(widgets.Row(0, nil, w.p.closing(widgets.Quiet, label, "", func() {
		ask(func(path string) {
			into.SetShown(path)
			w.p.focus(into)
		})
	}, w.shut)))
}

func (w *way) add(o fyne.CanvasObject) {
	at := len(w.form.Objects) - 2
	w.form.Objects = append(w.form.Objects[:at:at], append([]fyne.CanvasObject{o}, w.form.Objects[at:]...)...)
}

// show opens the form, and closes those of the other ways.
func (w *way) show(on bool) {
	if w.told.busy {
		return
	}
	if on {
		for _, other := range w.p.off.all {
			if other != w && !other.told.busy {
				other.fold(false)
			}
		}
	}
	w.fold(on)
	w.p.arrange()
	if on {
		w.p.focus(w.boxes[0])
	} else {
		w.p.focus(w.open)
	}
}

// shut closes the form, and gives up what it waits for.
func (w *way) shut() {
	if w.told.busy && w.stop != nil {
		w.stop()
		w.told.busy = false
	}
	w.show(false)
}

func (w *way) fold(on bool) {
	w.form.Hidden, w.open.Hidden = !on, on
	w.told.text.SetText("")
}

// take opens the form with a file that was dropped.
func (w *way) take(path string) {
	w.show(true)
	w.dropped(path)
}

func (w *way) begin() {
	if w.told.busy {
		return
	}
	if says, box := w.check(); box != nil {
		w.told.say(says, true)
		w.p.focus(box)
		return
	}
	w.told.run(w.meanwhile, "Done.", w.do, nil)
}

// reset empties the form: words do not stay in boxes.
func (w *way) reset() {
	w.fold(false)
	for _, b := range w.boxes {
		b.SetShown("")
	}
}

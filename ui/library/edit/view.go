package edit

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// place is what the middle of the editor shows.
type place int

const (
	writing place = iota
	choosing
	looking
)

// view is what the editor shows.
type view struct {
	front place
	laid  string // what looks said when it was laid out last
	peek  bool   // in a narrow window: the preview in place of the form
	slim  bool

	form     *form
	preview  *preview
	choice   *choice
	versions *versions
	asking   *asking

	caption, state, others, bench *widgets.Text
	badge                         *panes.Badge
	why                           *widgets.Entry

	publish, send, verified, throw, past, look, back *widgets.Action

	head, foot *fyne.Container
	rule       fyne.CanvasObject
	object     *fyne.Container
}

func ctrl(k fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
}

func alt(k fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}
}

func (e *Editor) build() {
	v := &view{badge: panes.NewBadge(),
		caption: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true, Lines: 1}),
		state:   widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
		others:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Amber, Bold: true}),
		bench:   widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 4}),
		rule:    widget.NewSeparator(),
	}
	e.view = v
	keys := e.keys()
	v.why = widgets.NewEntry("What changed, and why", 1, keys)
	v.why.OnTyped = func(string) { e.changed() }
	v.publish = widgets.NewAction(widgets.Primary, "", "Ctrl+Enter", keys, e.finish)
	v.send = widgets.NewAction(widgets.Quiet, "Send for review", "Ctrl+R", keys, e.sendIt)
	v.verified = widgets.NewAction(widgets.Quiet, "Verified today", "Ctrl+T", keys, e.turnVerified)
	v.throw = widgets.NewAction(widgets.Quiet, "Throw away", "Ctrl+D", keys, e.throwAway)
	v.past = widgets.NewAction(widgets.Quiet, "Versions", "Ctrl+H", keys, e.lookBack)
	v.look = widgets.NewAction(widgets.Quiet, "Preview", "Ctrl+P", keys, e.turnPeek)
	v.back = widgets.NewAction(widgets.Plain, "Back", "Esc", keys, e.leave)
	v.form, v.preview = newForm(e), newPreview(e)
	v.choice, v.versions, v.asking = newChoice(e), newVersions(e), newAsking(e)
	v.head = widgets.On(widgets.NewGround(theme.Ground, "", 0), widgets.Edges{Left: 20, Top: 10, Right: 12, Bottom: 6},
		widgets.Column(2, widgets.Row(8, v.caption, v.caption, v.badge.Container, v.back), v.state, v.others))
	v.foot = widgets.On(widgets.NewGround(theme.Ground, "", 0), widgets.Sides(20, 8),
		widgets.Column(6, v.bench, v.asking.box, v.why, widgets.Wrapped(8, v.publish, v.verified, v.send, v.throw, v.past, v.look)))
	v.object = fyne.NewContainerWithLayout(&frame{e}, v.head, v.form.scroll, v.rule, v.preview.scroll, v.choice.scroll, v.versions.split, v.foot)
	e.turn(writing)
}

// keys are the keys of the whole editor, wherever in it the keyboard is.
func (e *Editor) keys() widgets.Keys {
	return widgets.Keys{Key: func(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyEscape {
			e.leave()
			return true
		}
		return widgets.PassKey(o, ev)
	}, Shortcut: e.shortcut}
}

// Shortcut does what a key with Ctrl stands for, for a window in which nothing has the
// keyboard; false when it stands for nothing here.
func (e *Editor) Shortcut(s fyne.Shortcut) bool { return e.shortcut(s) }

// shortcut does what a key with Ctrl stands for.
func (e *Editor) shortcut(s fyne.Shortcut) bool {
	does := map[string]func(){
		ctrl(fyne.KeyReturn).ShortcutName(): e.finish, ctrl(fyne.KeyEnter).ShortcutName(): e.finish,
		ctrl(fyne.KeyS).ShortcutName(): func() { e.keep.write() },
		ctrl(fyne.KeyR).ShortcutName(): e.sendIt, ctrl(fyne.KeyT).ShortcutName(): e.turnVerified,
		ctrl(fyne.KeyD).ShortcutName(): e.throwAway, ctrl(fyne.KeyH).ShortcutName(): e.lookBack,
		ctrl(fyne.KeyP).ShortcutName(): e.turnPeek, ctrl(fyne.KeyB).ShortcutName(): e.form.offerBlanks,
		ctrl(fyne.KeyI).ShortcutName(): e.form.turnAloud, ctrl(fyne.KeyO).ShortcutName(): e.choose,
	}
	do := does[s.ShortcutName()]
	if do == nil {
		return false
	}
	do()
	return true
}

func (e *Editor) canvas() fyne.Canvas {
	if e.view == nil || e.object == nil {
		return nil
	}
	return fyne.CurrentApp().Driver().CanvasForObject(e.object)
}

// turn shows the form, the choice between two changes, or the versions.
func (e *Editor) turn(to place) {
	e.front, e.laid = to, ""
	e.say()
	if c := e.canvas(); c != nil {
		e.Focus(c)
	}
}

func (e *Editor) turnPeek() {
	if e.slim && e.front == writing {
		e.peek = !e.peek
		e.say()
		if c := e.canvas(); c != nil {
			e.Focus(c)
		}
	}
}

func (e *Editor) turnVerified() {
	e.verify = !e.verify
	e.say()
}

// choose asks for a file to attach.
func (e *Editor) choose() {
	if e.OnChoose != nil && e.front == writing {
		e.OnChoose()
	}
}

func (e *Editor) publishes() bool { return e.opt.May(curate.Publish) }

// say shows how everything stands.
func (e *Editor) say() {
	if e.view == nil || e.object == nil {
		return // it is only being made
	}
	e.caption.SetText(e.heading())
	word, tone := e.stage()
	e.badge.Set(word, tone)
	words, colour := e.standing()
	e.state.SetText(words)
	e.state.SetColour(colour)
	e.others.SetText(e.company())
	e.form.gain.SetText(say.Capital(e.prove.gain))
	bench, worse := e.prove.words()
	e.bench.SetText(bench)
	e.bench.SetColour(theme.Muted)
	if worse {
		e.bench.SetColour(theme.Amber)
	}
	e.label()
	if now := e.looks(); now != e.laid { // laying all of it out costs more than a key may
		e.laid = now
		widgets.Arrange(e.object)
		e.object.Refresh()
	}
}

// looks is all by which what is around the boxes takes more or less room.
func (e *Editor) looks() string {
	out := fmt.Sprint(e.front, e.peek, e.slim, e.verify, e.asking.box.Hidden, e.asking.words.Text())
	for _, t := range []*widgets.Text{e.caption, e.state, e.others, e.bench, e.form.gain} {
		out += "\n" + t.Text()
	}
	for _, a := range []*widgets.Action{e.publish, e.send, e.verified, e.throw, e.past, e.look} {
		out += fmt.Sprint("\n", a.Label(), a.Hidden)
	}
	return out + fmt.Sprint(e.badge.Text(), e.badge.Hidden)
}

// label shows the buttons that do something now.
func (e *Editor) label() {
	may, write := e.publishes(), e.front == writing
	e.publish.SetLabel("Publish")
	if !may {
		e.publish.SetLabel("Send for review")
	}
	if e.front == choosing {
		e.publish.SetLabel("Publish it so")
	}
	e.publish.Hidden = e.front == looking
	e.verified.SetOn(e.verify)
	e.verified.Hidden = !may || e.front == looking
	e.send.Hidden = !may || !write
	e.throw.SetLabel("Throw away")
	if e.aside != nil {
		e.throw.SetLabel("Put back what I typed")
	}
	e.throw.Hidden = !write || e.aside == nil && !e.dirty()
	e.past.Hidden = !write || e.now.ID == ""
	e.look.Hidden = !write || !e.slim
	e.look.SetLabel("Preview")
	if e.peek {
		e.look.SetLabel("Write on")
	}
	e.bench.Hidden = !write
	e.why.Hidden = e.front == looking
	e.foot.Hidden = e.front == looking
}

func (e *Editor) heading() string {
	title := e.from.Title
	switch {
	case e.front == looking:
		return "Versions of “" + title + "”"
	case e.front == choosing:
		return "Two changes of “" + title + "”"
	case e.now.ID == "":
		return "A new answer"
	}
	return title
}

func (e *Editor) stage() (string, panes.Tone) {
	switch {
	case e.rev.Stage == assist.StageReview:
		return "to be reviewed", panes.Eye
	case e.dirty():
		return "draft", panes.Own
	}
	return "", panes.Quiet
}

// standing says what became of what was typed, and what publishing does besides.
func (e *Editor) standing() (string, fyne.ThemeColorName) {
	if e.fault != "" {
		return e.fault, theme.Late
	}
	if e.front != writing {
		return "", theme.Muted
	}
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(e.told)
	switch {
	case e.busy:
		add("Working…")
	case !e.dirty():
	case !e.keep.since.IsZero():
		add("Keeping…")
	case !e.keep.at.IsZero():
		add("Kept " + e.keep.at.Format("15:04") + ".")
	case e.keep.once:
		add("Your draft of " + e.clock(e.rev.At) + ".")
	}
	if e.rev.Stage == assist.StageReview && e.rev.By == e.opt.Me() {
		add("Sent to be reviewed; typing takes it back.")
	}
	if e.now.ID != "" && e.rev.Base != e.now.Fingerprint() {
		add("The answer has changed since: publishing puts both together.")
	}
	add(e.settles())
	if len(parts) == 0 {
		return "What you type is kept as you type. Ctrl+Z takes back in a box.", theme.Muted
	}
	return strings.Join(parts, " "), theme.Muted
}

// settles says what publishing closes.
func (e *Editor) settles() string {
	var parts []string
	if n := len(e.rev.Gaps); n > 0 {
		parts = append(parts, "Publishing answers "+say.Count(n, "open question")+".")
	}
	if n := len(e.rev.Flags); n > 0 {
		parts = append(parts, "Publishing settles "+say.Count(n, "flag")+".")
	}
	return strings.Join(parts, " ")
}

// frame lays the editor out: in a wide window form and preview stand side by side, in a
// narrow one they take turns.
type frame struct{ e *Editor }

const narrowBelow = 820

// Layout implements fyne.Layout.
func (l *frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	e := l.e
	if slim := size.Width < narrowBelow; slim != e.slim {
		e.slim = slim
		e.label()
	}
	write := e.front == writing
	e.form.scroll.Hidden = !write || e.slim && e.peek
	e.preview.scroll.Hidden = !write || e.slim && !e.peek
	e.rule.(*widget.Separator).Hidden = !write || e.slim
	e.choice.scroll.Hidden, e.versions.split.Hidden = e.front != choosing, e.front != looking
	top := widgets.HeightFor(e.head, size.Width)
	low := float32(0)
	if e.foot.Visible() {
		low = widgets.HeightFor(e.foot, size.Width)
	}
	high := max(size.Height-top-low, 0)
	put(e.head, 0, 0, size.Width, top)
	put(e.foot, 0, size.Height-low, size.Width, low)
	for _, o := range []fyne.CanvasObject{e.choice.scroll, e.versions.split} {
		put(o, 0, top, size.Width, high)
	}
	if e.slim {
		put(e.form.scroll, 0, top, size.Width, high)
		put(e.preview.scroll, 0, top, size.Width, high)
		e.form.fit()
		return
	}
	left := min(size.Width*0.58, 720)
	put(e.form.scroll, 0, top, left, high)
	put(e.rule, left, top, 1, high)
	put(e.preview.scroll, left+1, top, size.Width-left-1, high)
	e.form.fit()
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	if !o.Visible() {
		return
	}
	o.Move(fyne.NewPos(x, y))
	if size := fyne.NewSize(w, h); o.Size() != size {
		o.Resize(size)
		return
	}
	widgets.Arrange(o)
}

// MinSize implements fyne.Layout.
func (*frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 160) }

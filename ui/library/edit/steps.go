package edit

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// steps is the list of what to do, in order: each step a box with its files, and the
// files of the answer as a whole below them.
type steps struct {
	f      *form
	list   []*step
	at     *step // the step that had the keyboard last; nil: another box had
	whole  []assist.File
	rows   *fyne.Container
	object *fyne.Container
}

// step is one box of the list.
type step struct {
	box   *widgets.Entry
	files []assist.File
	raw   string // as it was kept; stays while the box says the same
	grow  growing
}

func newSteps(f *form) *steps {
	s := &steps{f: f, rows: widgets.Column(6)}
	keys := f.e.keys()
	add := widgets.NewAction(widgets.Quiet, "Add a step", "Enter", keys, func() { s.insert(len(s.list), nil, true) })
	file := widgets.NewAction(widgets.Quiet, "Picture or file…", "Ctrl+O", keys, f.e.choose)
	hint := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted},
		"In a step: Enter adds one below, Alt+Up and Alt+Down move it, Backspace takes an empty one away.")
	s.object = widgets.Column(6, s.rows, widgets.Wrapped(8, add, file), hint)
	return s
}

// show puts the steps of an answer into the list.
func (s *steps) show(a assist.Answer) {
	s.list, s.at, s.whole = nil, nil, nil
	s.f.last = s.f.title
	for _, text := range a.Steps {
		s.list = append(s.list, s.step(text, nil))
	}
	for _, file := range a.Files {
		if file.Step > 0 && file.Step <= len(s.list) {
			s.list[file.Step-1].files = append(s.list[file.Step-1].files, file)
			continue
		}
		s.whole = append(s.whole, file)
	}
	s.lay()
}

// answer returns the steps that say something, and all files, each with its step. The
// files of a step that says nothing belong to the answer as a whole.
func (s *steps) answer() (steps []string, files []assist.File) {
	whole := slices.Clone(s.whole)
	for _, one := range s.list {
		text := oneLine(one.box.Text)
		if text == oneLine(one.raw) {
			text = one.raw
		}
		n := 0
		if text != "" {
			steps = append(steps, text)
			n = len(steps)
		}
		for _, file := range one.files {
			file.Step = n
			if n == 0 {
				whole = append(whole, file)
				continue
			}
			files = append(files, file)
		}
	}
	for i := range whole {
		whole[i].Step = 0
	}
	return steps, append(files, whole...)
}

func (s *steps) step(text string, files []assist.File) *step {
	one := &step{files: files, raw: text}
	keys := s.f.e.keys()
	general := keys
	keys.Key = func(o fyne.CanvasObject, ev *fyne.KeyEvent) bool { return s.key(one, ev) || general.Key(o, ev) }
	keys.Shortcut = func(sc fyne.Shortcut) bool { return s.shortcut(one, sc) || general.Shortcut(sc) }
	one.box = widgets.NewEntry("What the rep does", 2, keys)
	one.box.SetMinRowsVisible(1)
	one.box.Most = 1000
	one.grow = growing{box: one.box, least: 1, to: 8, rows: 1}
	one.box.SetShown(text)
	one.box.ToTop()
	one.box.OnTyped = func(text string) {
		if strings.Contains(text, "\n") {
			s.split(one, text)
		}
		s.f.fit()
		s.f.scroll.Reveal(one.box, 20, 20)
		s.f.e.changed()
	}
	one.box.OnEntered = func() {
		s.at, s.f.last = one, one.box
		s.f.scroll.Reveal(one.box, 40, 40)
	}
	return one
}

// split makes a step of each line that was pasted.
func (s *steps) split(one *step, text string) {
	lines := listed(text, "\n")
	if len(lines) == 0 {
		lines = []string{""}
	}
	one.box.SetShown(lines[0])
	i := slices.Index(s.list, one)
	for n, l := range lines[1:] {
		s.list = slices.Insert(s.list, i+1+n, s.step(l, nil))
	}
	s.lay()
}

func (s *steps) key(one *step, ev *fyne.KeyEvent) bool {
	i := slices.Index(s.list, one)
	switch {
	case ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter:
		s.insert(i+1, nil, true)
	case ev.Name == fyne.KeyBackspace && one.box.Text == "":
		s.remove(one)
	default:
		return false
	}
	return true
}

func (s *steps) shortcut(one *step, sc fyne.Shortcut) bool {
	switch sc.ShortcutName() {
	case alt(fyne.KeyUp).ShortcutName():
		s.move(one, -1)
	case alt(fyne.KeyDown).ShortcutName():
		s.move(one, 1)
	default:
		return false
	}
	return true
}

// insert puts a new step at a place of the list.
func (s *steps) insert(i int, files []assist.File, focus bool) {
	one := s.step("", files)
	s.list = slices.Insert(s.list, i, one)
	s.lay()
	if c := s.f.e.canvas(); focus && c != nil {
		c.Focus(one.box)
	}
}

// remove takes a step away; its files stay with the answer.
func (s *steps) remove(one *step) {
	i := slices.Index(s.list, one)
	if i < 0 {
		return
	}
	s.whole = append(s.whole, one.files...)
	s.list = slices.Delete(s.list, i, i+1)
	if s.at == one {
		s.at, s.f.last = nil, s.f.title
	}
	s.lay()
	if c := s.f.e.canvas(); c != nil && len(s.list) > 0 {
		c.Focus(s.list[max(i-1, 0)].box)
	}
	s.f.e.changed()
}

func (s *steps) move(one *step, way int) {
	i := slices.Index(s.list, one)
	to := i + way
	if i < 0 || to < 0 || to >= len(s.list) {
		return
	}
	s.list[i], s.list[to] = s.list[to], s.list[i]
	s.lay()
	if c := s.f.e.canvas(); c != nil {
		c.Focus(one.box)
	}
	s.f.e.changed()
}

// attach adds a file to the step that had the keyboard, or to the answer as a whole.
func (s *steps) attach(file assist.File) {
	if s.at != nil && slices.Contains(s.list, s.at) {
		s.at.files = append(s.at.files, file)
	} else {
		s.whole = append(s.whole, file)
	}
	s.lay()
	s.f.e.changed()
}

// lay shows the list anew.
func (s *steps) lay() {
	s.rows.Objects = nil
	for i, one := range s.list {
		n := widgets.Pad(widgets.Edges{Top: 8}, widgets.Say(widgets.Style{Colour: theme.Muted}, strconv.Itoa(i+1)+"."))
		tools := widgets.Row(0, nil,
			icon(base.MoveUpIcon(), func() { s.move(one, -1) }), icon(base.MoveDownIcon(), func() { s.move(one, 1) }),
			icon(base.DeleteIcon(), func() { s.remove(one) }))
		s.rows.Add(widgets.Pair(24, n, widgets.Row(2, one.box, one.box, tools)))
		for _, file := range one.files {
			s.rows.Add(widgets.Pad(widgets.Edges{Left: 24}, s.fileRow(file, &one.files)))
		}
	}
	for _, file := range s.whole {
		s.rows.Add(s.fileRow(file, &s.whole))
	}
	s.f.arrange()
	s.f.fit()
}

// fileRow names one file, with a way to take it off.
func (s *steps) fileRow(file assist.File, of *[]assist.File) fyne.CanvasObject {
	name := widgets.Say(widgets.Style{Size: theme.Small, Lines: 1}, file.Name)
	off := icon(base.CancelIcon(), func() {
		*of = slices.DeleteFunc(slices.Clone(*of), func(o assist.File) bool { return o == file })
		s.lay()
		s.f.e.changed()
	})
	return widgets.Row(4, name, widget.NewIcon(base.FileImageIcon()), name, off)
}

func icon(of fyne.Resource, do func()) *widget.Button {
	b := widget.NewButtonWithIcon("", of, do)
	b.Importance = widget.LowImportance
	return b
}

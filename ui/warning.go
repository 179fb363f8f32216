package ui

import "ringside/ui/widgets"

// Warning is something that the rep should know while they go on working.
type Warning struct {
	Name string // tells it from others
	Text string // a sentence or two: what is so, and what to do
	Late bool   // something does not work: it stays until it is over
	// Lasting: it stays so. Closed once, it is not shown again, not after a restart either.
	Lasting bool
}

// warnings is the strip above every page. It shows the notice while there is one, else the
// first warning that the rep has not closed.
type warnings struct {
	w      *Window
	banner *widgets.Banner
	close  *widgets.Action
	notice string
	list   []Warning
	closed map[string]bool
}

const prefWarned = "warned."

func newWarnings(w *Window) *warnings {
	s := &warnings{w: w, closed: map[string]bool{}}
	s.close = widgets.NewAction(widgets.Plain, "Close", "", widgets.Keys{}, s.dismiss)
	s.banner = widgets.NewBanner(false, w.layShell, s.close)
	return s
}

// Warn shows what is to be known now, the worst first, in place of what was; nothing
// takes the strip away. One that comes again after it was over is shown again.
func (w *Window) Warn(list ...Warning) {
	s := w.warnings
	still := map[string]bool{}
	for _, one := range list {
		still[one.Name] = s.closed[one.Name]
	}
	s.list, s.closed = list, still
	s.show()
}

// SetNotice shows one quiet sentence above every page, which nobody need close; an empty
// one takes it away.
func (w *Window) SetNotice(sentence string) {
	w.warnings.notice = sentence
	w.warnings.show()
}

func (s *warnings) first() (Warning, bool) {
	for _, one := range s.list {
		if !s.closed[one.Name] && !(one.Lasting && s.w.opt.App.Preferences().Bool(prefWarned+one.Name)) {
			return one, true
		}
	}
	return Warning{}, false
}

func (s *warnings) show() {
	one, _ := s.first()
	if s.notice != "" {
		one = Warning{Text: s.notice, Late: true}
	}
	s.banner.SetText(one.Text)
	s.close.Hidden = one.Late
	s.w.layShell()
}

func (s *warnings) dismiss() {
	one, ok := s.first()
	if !ok {
		return
	}
	s.closed[one.Name] = true
	if one.Lasting {
		s.w.opt.App.Preferences().SetBool(prefWarned+one.Name, true)
	}
	s.show()
}

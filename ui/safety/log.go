package safety

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// LogEntry is one thing that somebody did.
type LogEntry struct {
	At        time.Time
	Who, What string
}

// LogAsk is what the rep wants to see of the log. Empty fields ask for all.
type LogAsk struct {
	Kind string // as LogKind has it
	Who  string
	From time.Time
	Most int // entries; 0 is all of them
}

// LogKind is a kind of entry, and how it is called.
type LogKind struct{ Kind, Name string }

// LogPage is what is there.
type LogPage struct {
	Entries []LogEntry // the newest first
	More    bool       // there are older ones
	Who     []string   // everybody who is in the log
	Changed []string   // where it is not as it was written, a sentence each
}

// logPage is how many entries are shown at first, and how many more each time.
const logPage = 20

// Log is the part with who did what. Its methods are for the window's goroutine.
type Log struct {
	OnLoad func(LogAsk) // answered by Set
	OnSave func(LogAsk) // what is asked for is to be kept as a text

	// Now is the clock of "the last 7 days".
	Now func() time.Time

	kinds           []LogKind
	kind, who, when *widget.Select
	changed         *widgets.Text
	list            *fyne.Container
	more, save      *widget.Button
	all             *fyne.Container
	most            int
	quiet           bool // what is chosen was set from here
}

// The first choice of each list.
const (
	anyKind   = "Everything"
	anybody   = "Everybody"
	atAnyTime = "At any time"
)

var logTimes = []struct {
	name string
	days int
}{{"The last 7 days", 7}, {"The last 30 days", 30}, {"The last year", 365}}

// NewLog returns the part; Reload fills it.
func NewLog(kinds []LogKind) *Log {
	l := &Log{Now: time.Now, kinds: kinds, most: logPage}
	names := []string{anyKind}
	for _, k := range kinds {
		names = append(names, k.Name)
	}
	times := []string{atAnyTime}
	for _, t := range logTimes {
		times = append(times, t.name)
	}
	l.kind, l.who, l.when = l.choice(names), l.choice([]string{anybody}), l.choice(times)
	l.changed = widgets.NewText(widgets.Style{Colour: theme.Late, Bold: true})
	l.list = widgets.Column(8)
	l.more = widget.NewButton("Show more", func() { l.most += logPage; l.Reload() })
	l.save = widget.NewButton("Save as text…", func() {
		if ask := l.ask(); l.OnSave != nil {
			ask.Most = 0
			l.OnSave(ask)
		}
	})
	l.more.Hide()
	l.changed.Hide()
	l.all = Section("Who did what", "Imports, exports, erasures, merges, keys and roles, on this computer alone. A line that was changed or taken away from outside is told here.",
		l.changed, widgets.Wrapped(8, l.kind, l.who, l.when), l.list, widgets.Wrapped(8, l.more, l.save))
	return l
}

func (l *Log) choice(names []string) *widget.Select {
	s := widget.NewSelect(names, func(string) {
		if !l.quiet {
			l.most = logPage
			l.Reload()
		}
	})
	l.quiet = true
	s.SetSelected(names[0])
	l.quiet = false
	return s
}

// Object returns what the page shows.
func (l *Log) Object() fyne.CanvasObject { return l.all }

// Reload asks for the entries.
func (l *Log) Reload() {
	if l.OnLoad != nil {
		l.OnLoad(l.ask())
	}
}

// ask is what is chosen.
func (l *Log) ask() LogAsk {
	ask := LogAsk{Most: l.most}
	if i := l.kind.SelectedIndex(); i > 0 {
		ask.Kind = l.kinds[i-1].Kind
	}
	if l.who.SelectedIndex() > 0 {
		ask.Who = l.who.Selected
	}
	if i := l.when.SelectedIndex(); i > 0 {
		ask.From = l.Now().AddDate(0, 0, -logTimes[i-1].days)
	}
	return ask
}

// Set shows what was asked for.
func (l *Log) Set(p LogPage) {
	l.setWho(p.Who)
	words := ""
	for _, c := range p.Changed {
		words += c + "\n"
	}
	l.changed.SetText(words)
	shown(l.changed, words != "")
	l.list.RemoveAll()
	for _, e := range p.Entries {
		l.list.Add(widgets.Column(0, widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, e.At.Format("2 Jan 2006 15:04")+" · "+e.Who),
			widgets.Say(widgets.Style{}, e.What)))
	}
	if len(p.Entries) == 0 {
		l.list.Add(widgets.Say(widgets.Style{Colour: theme.Muted}, "Nothing of this is in the log."))
	}
	shown(l.more, p.More)
	l.all.Refresh()
}

// setWho offers everybody who is in the log, and keeps who is chosen.
func (l *Log) setWho(who []string) {
	names := append([]string{anybody}, who...)
	if slices.Equal(names, l.who.Options) {
		return
	}
	was := l.who.Selected
	l.quiet = true
	l.who.SetOptions(names)
	if !slices.Contains(names, was) {
		was = anybody
	}
	l.who.SetSelected(was)
	l.quiet = false
}

func shown(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// Package setup holds the pages with which Ringside is made one's own: the first
// run, the settings, and the import of customers.
package setup

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// First is the page of the first run: three ways to begin, and where the data
// will lie.
type First struct {
	// OnSample, OnImport and OnEmpty are called with the way that was chosen: a
	// made-up team to try, the rep's own customers, or no customers yet.
	OnSample, OnImport, OnEmpty func()

	trouble  *widgets.Text
	buttons  []*widget.Button
	measured *panes.Measured
	scroll   *widgets.Tall
}

// NewFirst returns the page. folder is where the data will lie; key is a sentence
// on where the key to them is.
func NewFirst(folder, key string) *First {
	f := &First{trouble: widgets.NewText(widgets.Style{Colour: theme.Late})}
	f.trouble.Hide()
	all := widgets.Column(20,
		widgets.Column(6,
			widgets.Say(widgets.Style{Size: theme.Display, Bold: true}, "Welcome to Ringside"),
			widgets.Say(widgets.Style{Size: theme.Lead, Colour: theme.Muted}, "It sits beside your phone: who calls, what to answer, what was promised. How would you like to begin?")),
		f.trouble,
		f.way("Try the sample team", "Made-up customers, answers and promises to play with. Nothing of yours is needed.",
			widget.NewButtonWithIcon("Try the sample team", base.MediaPlayIcon(), func() { call(f.OnSample) })),
		f.way("Bring your customers", "From a file that your other program exports: CSV, Excel’s “save as CSV”, or contacts as vCard. You see what it would do before it does it.",
			widget.NewButtonWithIcon("Choose a file…", base.FolderOpenIcon(), func() { call(f.OnImport) })),
		f.way("Start empty", "Customers come in one by one, as they call, or from a file later. The answers of a made-up tool shop are there as a pattern: make them yours.",
			widget.NewButtonWithIcon("Start empty", base.DocumentCreateIcon(), func() { call(f.OnEmpty) })),
		widgets.Column(4, small("Your data stay on this machine, in "+folder+"."), small(key), small("Nothing is sent anywhere unless you switch it on.")),
	)
	f.buttons[0].Importance = widget.HighImportance
	f.measured = panes.Most(640, widgets.Pad(widgets.Sides(24, 20), all))
	f.scroll = widgets.NewTall(panes.Centred(f.measured))
	return f
}

// Object returns what the window shows.
func (f *First) Object() fyne.CanvasObject { return f.scroll }

// Focus gives the keyboard to the first choice.
func (f *First) Focus(c fyne.Canvas) { c.Focus(f.buttons[0]) }

// SetBusy takes the choices away while one of them is carried out.
func (f *First) SetBusy(busy bool) {
	for _, b := range f.buttons {
		if busy {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// SetTrouble shows one sentence of what is wrong; "" takes it away.
func (f *First) SetTrouble(sentence string) {
	f.trouble.SetText(sentence)
	f.measured.Arrange()
	widgets.Arrange(f.scroll)
}

func (f *First) way(title, text string, b *widget.Button) fyne.CanvasObject {
	f.buttons = append(f.buttons, b)
	return widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Sides(16, 14),
		widgets.Column(8, widgets.Say(widgets.Style{Size: theme.Lead, Bold: true}, title), muted(text), widgets.Row(0, nil, b)))
}

func call(f func()) {
	if f != nil {
		f()
	}
}

func muted(s string) *widgets.Text { return widgets.Say(widgets.Style{Colour: theme.Muted}, s) }

func small(s string) *widgets.Text {
	return widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, s)
}

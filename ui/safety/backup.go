package safety

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// BackupState is what there is of backups.
type BackupState struct {
	Last   time.Time // zero: there is none
	Kept   int
	Folder string
	Same   bool // the folder is on the same disk as the data
	Sealed bool // a passphrase or a recovery code opens them on another machine
}

// Backups is the part that makes backups and puts one back. Its methods are for the
// window's goroutine.
type Backups struct {
	OnBackUp, OnFolder, OnRestore func()
	// OnPut puts the backup that was shown in place; OnLeave leaves everything as it is.
	OnPut, OnLeave func()
	Now            func() time.Time

	state, where, warning, said *widgets.Text
	backUp, folder, restore     *widget.Button
	shown                       *widgets.Text
	ask                         fyne.CanvasObject
	all                         *fyne.Container
}

// NewBackups returns the part; SetState fills it.
func NewBackups() *Backups {
	b := &Backups{Now: time.Now, state: widgets.NewText(widgets.Style{Bold: true}), where: muted(), warning: widgets.NewText(widgets.Style{Colour: theme.Amber}),
		said: widgets.NewText(widgets.Style{}), shown: widgets.NewText(widgets.Style{})}
	b.backUp = widget.NewButtonWithIcon("Back up now", base.DocumentSaveIcon(), func() { call(b.OnBackUp) })
	b.folder = widget.NewButton("Choose a folder…", func() { call(b.OnFolder) })
	b.restore = widget.NewButton("Restore…", func() { call(b.OnRestore) })
	put := widget.NewButton("Put it in place and start again", func() { b.answer(b.OnPut) })
	put.Importance = widget.WarningImportance
	leave := widget.NewButton("Leave everything as it is", func() { b.answer(b.OnLeave) })
	b.ask = widgets.Column(6, b.shown, widgets.Wrapped(8, put, leave))
	b.ask.Hide()
	b.all = Section("Backups", "Everything in one sealed file a day, read back before it counts. The last of 7 days and of 4 weeks are kept.",
		b.state, b.where, b.warning, widgets.Wrapped(8, b.backUp, b.folder, b.restore), b.said, b.ask)
	return b
}

// Object returns what the page shows.
func (b *Backups) Object() fyne.CanvasObject { return b.all }

// SetState shows what there is.
func (b *Backups) SetState(s BackupState) {
	b.state.SetText("There is no backup yet.")
	if !s.Last.IsZero() {
		b.state.SetText(fmt.Sprintf("Last backup: %s, %s. %d kept.", s.Last.Format("Monday 2 January, 15:04"), say.Ago(b.Now().Sub(s.Last)), s.Kept))
	}
	b.where.SetText("They go to " + s.Folder + ".")
	warning := ""
	if s.Same {
		warning = "That is on the same disk as your notes: when the disk goes, both go. A stick or a network folder is safer."
	}
	if !s.Sealed {
		if warning != "" {
			warning += "\n"
		}
		warning += "Only this machine can open them. Make a recovery code, so that another one can."
	}
	b.warning.SetText(warning)
	widgets.Arrange(b.all)
}

// SetBusy says what is being done, and that nothing else can be begun meanwhile; "" ends it.
func (b *Backups) SetBusy(words string) {
	for _, o := range []*widget.Button{b.backUp, b.folder, b.restore} {
		if words != "" {
			o.Disable()
		} else {
			o.Enable()
		}
	}
	if words != "" {
		b.ask.Hide() // another one may be read now
		b.SetSaid(words)
	}
}

// SetSaid says how it went; "" takes it away.
func (b *Backups) SetSaid(words string) {
	b.said.SetText(words)
	widgets.Arrange(b.all)
}

// Ask shows what a backup holds and what is here, and asks whether to put it in place.
func (b *Backups) Ask(words string) {
	b.SetSaid("")
	b.shown.SetText(words)
	b.ask.Show()
	widgets.Arrange(b.all)
}

func (b *Backups) answer(then func()) {
	b.ask.Hide()
	widgets.Arrange(b.all)
	call(then)
}

func call(f func()) {
	if f != nil {
		f()
	}
}

func muted() *widgets.Text { return widgets.NewText(widgets.Style{Colour: theme.Muted}) }

package safety

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// KeyState is how the key to the notes is kept.
type KeyState struct {
	Where      string // in a sentence
	Passphrase bool   // it is sealed with one
	Recovery   bool   // there is a recovery code
	LockAfter  int    // minutes; 0: never by itself
	Idle       bool   // the system tells how long nothing was touched
}

// Keys is the part for the key to the notes, the recovery code and the lock. Its methods
// are for the window's goroutine.
type Keys struct {
	OnPassphrase func(words string) // "": takes it away
	OnRecovery   func()             // the reply is ShowCode, or SetSaid
	OnCopy       func(code string)
	OnSave       func(code string)
	OnLockAfter  func(minutes int)
	OnLock       func()

	where, recovery, said, lockWords *widgets.Text
	first, second                    *widget.Entry
	keep, drop                       *widget.Button
	code                             *widgets.Text
	make                             *widget.Button
	sure, shown                      *fyne.Container
	there                            bool // there is a recovery code
	after                            *widget.Select
	quiet                            bool
	all                              *fyne.Container
}

// lockTimes are offered for the lock.
var lockTimes = []struct {
	name    string
	minutes int
}{{"Never by itself", 0}, {"After 5 minutes", 5}, {"After 15 minutes", 15}, {"After an hour", 60}}

// NewKeys returns the part; SetState fills it.
func NewKeys() *Keys {
	k := &Keys{where: widgets.NewText(widgets.Style{}), recovery: widgets.NewText(widgets.Style{Bold: true}), said: widgets.NewText(widgets.Style{}),
		lockWords: muted(), code: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true})}
	k.first, k.second = widget.NewPasswordEntry(), widget.NewPasswordEntry()
	k.first.SetPlaceHolder("A passphrase: a few words")
	k.second.SetPlaceHolder("Once more")
	k.first.OnChanged, k.second.OnChanged = k.typed, k.typed
	k.second.OnSubmitted = func(string) { k.keepPassphrase() }
	k.keep = widget.NewButton("Keep this passphrase", k.keepPassphrase)
	k.drop = widget.NewButton("Do without a passphrase", func() { k.pass("") })
	k.make = widget.NewButton(makeCode, k.askCode)
	k.sure = widgets.Column(6, widgets.Say(widgets.Style{Colour: theme.Late}, "The code on the paper that you have opens nothing any more, then."),
		widgets.Wrapped(8, widget.NewButton("Make a new one", k.newCode), widget.NewButton("Leave the old one", func() { k.ask(false) })))
	k.sure.Hide()
	done := widget.NewButton("I have written it down", func() { k.ShowCode("") })
	copied := widget.NewButtonWithIcon("Copy", base.ContentCopyIcon(), func() { k.give(k.OnCopy) })
	save := widget.NewButtonWithIcon("Save as a file, to print…", base.DocumentSaveIcon(), func() { k.give(k.OnSave) })
	k.shown = widgets.Column(6, k.code, widgets.Say(widgets.Style{Colour: theme.Muted}, "It opens your notes when the keychain or the passphrase is lost, here and on another machine. It is shown only now: keep it on paper, away from this machine."),
		widgets.Wrapped(8, copied, save, done))
	k.shown.Hide()
	names := make([]string, len(lockTimes))
	for i, t := range lockTimes {
		names[i] = t.name
	}
	k.after = widget.NewSelect(names, k.chosen)
	k.all = widgets.Column(28,
		Section("The key to your notes", "", k.where, k.recovery, widgets.Row(0, nil, k.make), k.sure, k.shown),
		Section("Passphrase", "With one, nobody who takes this machine can read the notes. It is asked for when Ringside starts.",
			k.first, k.second, widgets.Wrapped(8, k.keep, k.drop), k.said),
		Section("Lock", "A locked window shows no customer. That the phone rings is seen, not who rings.", k.after, k.lockWords,
			widgets.Row(0, nil, widget.NewButton("Lock now (Ctrl+L)", func() { call(k.OnLock) }))))
	k.typed("")
	return k
}

// Object returns what the page shows.
func (k *Keys) Object() fyne.CanvasObject { return k.all }

// SetState shows how it is.
func (k *Keys) SetState(s KeyState) {
	k.where.SetText(s.Where)
	k.there = s.Recovery
	k.recovery.SetText("There is no recovery code: who loses the key loses the notes.")
	k.make.SetText(makeCode)
	if s.Recovery {
		k.recovery.SetText("There is a recovery code. A new one makes the old one worthless.")
		k.make.SetText("Make a new recovery code…")
	}
	enable(k.drop, s.Passphrase)
	k.quiet = true
	for i, t := range lockTimes {
		if t.minutes == s.LockAfter {
			k.after.SetSelectedIndex(i)
		}
	}
	k.quiet = false
	words := "Never while a call is in front."
	if !s.Idle {
		words = "This system does not say how long nothing was touched: only Ctrl+L locks here."
	}
	k.lockWords.SetText(words + opensBy(s))
	widgets.Arrange(k.all)
}

// opensBy says what opens a locked window again, where it is not a passphrase.
func opensBy(s KeyState) string {
	switch {
	case s.Passphrase:
		return ""
	case s.Recovery:
		return " Only the recovery code opens it again: set a passphrase if the paper is not at hand."
	}
	return " Without a passphrase a press opens it again: the lock hides, and no more."
}

const makeCode = "Make a recovery code"

// askCode makes a recovery code, but asks first when there is one.
func (k *Keys) askCode() {
	if k.there {
		k.ask(true)
	} else {
		k.newCode()
	}
}

func (k *Keys) newCode() {
	k.ask(false)
	call(k.OnRecovery)
}

func (k *Keys) ask(on bool) {
	k.sure.Hidden = !on
	widgets.Arrange(k.all)
}

// ShowCode shows a recovery code, this once; "" takes it away.
func (k *Keys) ShowCode(code string) {
	k.code.SetText(code)
	if code == "" {
		k.shown.Hide()
	} else {
		k.shown.Show()
	}
	widgets.Arrange(k.all)
}

// SetSaid says how it went.
func (k *Keys) SetSaid(words string) {
	k.said.SetText(words)
	k.first.SetText("")
	k.second.SetText("")
	widgets.Arrange(k.all)
}

// leastPassphrase is how many letters a passphrase has at least.
const leastPassphrase = 8

func (k *Keys) typed(string) {
	words := ""
	switch first, second := []rune(k.first.Text), k.second.Text; {
	case len(first) == 0:
	case len(first) < leastPassphrase:
		words = "At least eight letters; a few words are easier to keep in mind."
	case second != "" && second != k.first.Text:
		words = "The two are not the same yet."
	}
	enable(k.keep, len([]rune(k.first.Text)) >= leastPassphrase && k.first.Text == k.second.Text)
	if words != "" || k.first.Text != "" {
		k.said.SetText(words)
		widgets.Arrange(k.all)
	}
}

func (k *Keys) keepPassphrase() {
	if !k.keep.Disabled() {
		k.pass(k.first.Text)
	}
}

func (k *Keys) pass(words string) {
	if k.OnPassphrase != nil {
		k.OnPassphrase(words)
	}
}

func (k *Keys) give(to func(string)) {
	if to != nil {
		to(k.code.Text())
	}
}

func (k *Keys) chosen(name string) {
	for _, t := range lockTimes {
		if t.name == name && !k.quiet && k.OnLockAfter != nil {
			k.OnLockAfter(t.minutes)
		}
	}
}

func enable(b *widget.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

package safety

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

var noon = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func backups(t *testing.T) *Backups {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	b := NewBackups()
	test.NewTempWindow(t, b.Object()).Resize(fyne.NewSize(700, 900))
	return b
}

func TestBackupsSayWhatThereIsAndWhatIsMissing(t *testing.T) {
	b := backups(t)
	b.Now = func() time.Time { return noon }
	b.SetState(BackupState{Folder: "/home/ewa/backups", Same: true})
	look.Reads(t, b.Object(), "There is no backup yet.", "They go to /home/ewa/backups.", "on the same disk", "Only this machine can open them.")
	b.SetState(BackupState{Last: noon.Add(-50 * time.Hour), Kept: 9, Folder: "/media/stick", Sealed: true})
	look.Reads(t, b.Object(), "Last backup: Wednesday 25 November, 10:00, 2 days ago. 9 kept.", "They go to /media/stick.")
	look.Hides(t, b.Object(), "same disk", "Only this machine")
}

func TestABackupIsShownBeforeItIsPutInPlace(t *testing.T) {
	b := backups(t)
	put, left := 0, 0
	b.OnPut, b.OnLeave = func() { put++ }, func() { left++ }
	look.Hides(t, b.Object(), "Put it in place and start again")
	b.Ask("It holds 3 customers. Here are 5.")
	look.Reads(t, b.Object(), "It holds 3 customers. Here are 5.", "Put it in place and start again")
	look.Press(t, b.Object(), "Leave everything as it is")
	look.Hides(t, b.Object(), "It holds 3 customers")
	b.Ask("It holds 3 customers.")
	look.Press(t, b.Object(), "Put it in place and start again")
	if put != 1 || left != 1 {
		t.Errorf("put %d, left %d", put, left)
	}
}

func TestNothingElseCanBeBegunWhileABackupIsMade(t *testing.T) {
	b := backups(t)
	b.SetBusy("The backup is being made…")
	look.Reads(t, b.Object(), "The backup is being made…")
	if !b.backUp.Disabled() || !b.restore.Disabled() {
		t.Error("another one can be begun")
	}
	b.SetBusy("")
	if b.backUp.Disabled() {
		t.Error("no more can be begun")
	}
}

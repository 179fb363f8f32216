package safety

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

func keys(t *testing.T) *Keys {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	k := NewKeys()
	test.NewTempWindow(t, k.Object()).Resize(fyne.NewSize(700, 900))
	return k
}

func TestAPassphraseIsTypedTwice(t *testing.T) {
	k := keys(t)
	var kept []string
	k.OnPassphrase = func(words string) { kept = append(kept, words) }
	test.Type(k.first, "short")
	look.Reads(t, k.Object(), "At least eight letters")
	k.first.SetText("")
	test.Type(k.first, "four old words")
	test.Type(k.second, "four cold words")
	look.Reads(t, k.Object(), "The two are not the same yet.")
	k.second.OnSubmitted("")
	if len(kept) != 0 {
		t.Errorf("kept %q", kept)
	}
	k.second.SetText("")
	test.Type(k.second, "four old words")
	look.Press(t, k.Object(), "Keep this passphrase")
	k.SetSaid("Kept.")
	if len(kept) != 1 || kept[0] != "four old words" || k.first.Text != "" || k.second.Text != "" {
		t.Errorf("kept %q, left %q", kept, k.first.Text)
	}
	look.Reads(t, k.Object(), "Kept.")
	k.SetState(KeyState{Passphrase: true})
	look.Press(t, k.Object(), "Do without a passphrase")
	if len(kept) != 2 || kept[1] != "" {
		t.Errorf("kept %q", kept)
	}
}

func TestARecoveryCodeIsShownOnce(t *testing.T) {
	k := keys(t)
	k.SetState(KeyState{Where: "The key is in the keychain."})
	look.Reads(t, k.Object(), "The key is in the keychain.", "There is no recovery code: who loses the key loses the notes.")
	var copied string
	k.OnCopy = func(code string) { copied = code }
	k.ShowCode("7kq2m-9xw4a")
	look.Reads(t, k.Object(), "7kq2m-9xw4a", "It is shown only now")
	look.Press(t, k.Object(), "Copy")
	if copied != "7kq2m-9xw4a" {
		t.Errorf("copied %q", copied)
	}
	look.Press(t, k.Object(), "I have written it down")
	look.Hides(t, k.Object(), "7kq2m-9xw4a")
	k.SetState(KeyState{Recovery: true})
	look.Reads(t, k.Object(), "There is a recovery code. A new one makes the old one worthless.")
}

func TestANewRecoveryCodeIsMadeWhenThatIsSaidTwice(t *testing.T) {
	k := keys(t)
	made := 0
	k.OnRecovery = func() { made++ }
	k.SetState(KeyState{})
	look.Press(t, k.Object(), "Make a recovery code")
	k.SetState(KeyState{Recovery: true})
	look.Press(t, k.Object(), "Make a new recovery code…")
	look.Reads(t, k.Object(), "opens nothing any more")
	look.Press(t, k.Object(), "Leave the old one")
	look.Hides(t, k.Object(), "opens nothing any more")
	if made != 1 {
		t.Errorf("made %d times", made)
	}
	look.Press(t, k.Object(), "Make a new recovery code…")
	look.Press(t, k.Object(), "Make a new one")
	look.Hides(t, k.Object(), "opens nothing any more")
	if made != 2 {
		t.Errorf("made %d times", made)
	}
}

func TestTheLockSaysWhatItIsWorth(t *testing.T) {
	k := keys(t)
	var after []int
	k.OnLockAfter = func(minutes int) { after = append(after, minutes) }
	k.SetState(KeyState{LockAfter: 15, Idle: true})
	if k.after.Selected != "After 15 minutes" || len(after) != 0 {
		t.Errorf("%q is chosen, told %v", k.after.Selected, after)
	}
	look.Reads(t, k.Object(), "the lock hides, and no more")
	k.after.SetSelected("After an hour")
	if len(after) != 1 || after[0] != 60 {
		t.Errorf("told %v", after)
	}
	k.SetState(KeyState{Passphrase: true, Idle: true})
	look.Hides(t, k.Object(), "the lock hides, and no more")
	k.SetState(KeyState{})
	look.Reads(t, k.Object(), "only Ctrl+L locks here")
}

func TestWhatOpensTheLockIsSaid(t *testing.T) {
	k := keys(t)
	for _, c := range []struct {
		state KeyState
		want  string
	}{
		{KeyState{}, "a press opens it again"}, {KeyState{Idle: true}, "a press opens it again"},
		{KeyState{Recovery: true, Idle: true}, "Only the recovery code opens it again"},
	} {
		k.SetState(c.state)
		look.Reads(t, k.Object(), c.want)
	}
	k.SetState(KeyState{Passphrase: true, Recovery: true, Idle: true})
	look.Hides(t, k.Object(), "opens it again")
}

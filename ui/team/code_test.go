package team

import (
	"bytes"
	"image/png"
	"os"
	"os/exec"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestTheCodeIsReadAsTheInvitation by what cameras read codes with, at the size in which the
// page draws it.
func TestTheCodeIsReadAsTheInvitation(t *testing.T) {
	reader := os.Getenv("RINGSIDE_QR_READER")
	if reader == "" {
		t.Skip("RINGSIDE_QR_READER does not say where qrread is (make qrread builds it)")
	}
	line := "RINGSIDE+ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRS\n" // as wide as those of an invitation
	for _, lines := range []int{8, 21, 40} {
		text := strings.Repeat(line, lines)
		code := picture(text)
		w := test.NewTempWindow(t, code)
		w.Resize(fyne.NewSize(340, 340))
		var shot bytes.Buffer
		if err := png.Encode(&shot, w.Canvas().Capture()); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(reader)
		cmd.Stdin = &shot
		said, err := cmd.CombinedOutput()
		if want := strings.ReplaceAll(text, "\n", ""); err != nil || string(said) != want {
			t.Errorf("%d letters, drawn %v: %v, read as %s", len(want), code.MinSize(), err, said)
		}
	}
}

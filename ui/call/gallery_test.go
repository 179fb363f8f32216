package call_test

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/ui/theme"
)

// TestGallery writes a picture of every state to the folder that RINGSIDE_GALLERY
// names, for people to look at.
func TestGallery(t *testing.T) {
	dir := os.Getenv("RINGSIDE_GALLERY")
	if dir == "" {
		t.Skip("RINGSIDE_GALLERY names no folder")
	}
	for _, look := range []struct {
		name string
		size fyne.Size
		look theme.Look
	}{
		{"light", fyne.NewSize(1208, 692), theme.Light},
		{"dark", fyne.NewSize(1208, 692), theme.Dark},
		{"narrow", fyne.NewSize(360, 720), theme.Light},
	} {
		s := open(t, look.size, look.look)
		for _, st := range states() {
			s.page.SetView(st.view)
			f, err := os.Create(filepath.Join(dir, st.name+"-"+look.name+".png"))
			if err != nil {
				t.Fatal(err)
			}
			if err := png.Encode(f, s.win.Canvas().Capture()); err != nil {
				t.Fatal(err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

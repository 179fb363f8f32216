package assets

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"io/fs"
	"testing"
)

func TestIconIsASquarePNG(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(Icon))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 256 || b.Dy() != 256 {
		t.Errorf("icon is %v", b)
	}
	if err := xml.Unmarshal(IconSVG, new(struct{})); err != nil {
		t.Error(err)
	}
}

func TestFoldersAreShipped(t *testing.T) {
	for name, dir := range map[string]fs.FS{"packs": Packs(), "sample": Sample()} {
		entries, err := fs.ReadDir(dir, ".")
		if err != nil || len(entries) == 0 {
			t.Errorf("%s: %d entries, %v", name, len(entries), err)
		}
	}
}

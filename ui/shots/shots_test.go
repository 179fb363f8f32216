package shots

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

func picture(w, h int) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 200
	}
	img.Set(0, 0, color.Black)
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func TestASmallPictureHasTheColoursOfTheLargeOne(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 800, 400))
	for y := range 400 {
		for x := range 800 {
			img.Set(x, y, color.NRGBA{R: uint8(255 * (x / 400)), G: 100, A: 255})
		}
	}
	if r, g, _, _ := mean(img, image.Rect(398, 0, 402, 2)).RGBA(); r>>8 != 127 || g>>8 != 100 {
		t.Errorf("half and half is %d, %d", r>>8, g>>8)
	}
	if got := small(picture(30, 20)).Bounds(); got.Dx() != 30 || got.Dy() != 20 {
		t.Errorf("a small one becomes %v", got)
	}
	if got := small(picture(100, 2400)).Bounds(); got.Dy() != shotHigh || got.Dx() != 10 {
		t.Errorf("a high one becomes %v", got)
	}
}

// bomb is a small file that says it holds a picture of 100,000 by 100,000.
func bomb() []byte {
	out := picture(1, 1)
	binary.BigEndian.PutUint32(out[16:], 100_000)
	binary.BigEndian.PutUint32(out[20:], 100_000)
	binary.BigEndian.PutUint32(out[29:], crc32.ChecksumIEEE(out[12:29]))
	return out
}

func TestAPictureThatWouldFillTheMemoryIsNotShown(t *testing.T) {
	for name, data := range map[string][]byte{"a bomb": bomb(), "no picture": []byte("hello"), "nothing": nil} {
		if small(data) != nil {
			t.Errorf("%s is shown", name)
		}
	}
	if about, _, err := image.DecodeConfig(bytes.NewReader(bomb())); err != nil || about.Width != 100_000 {
		t.Errorf("the bomb is none: %+v, %v", about, err)
	}
}

func TestFilesAreNamedUntilTheirPicturesAreRead(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	queue := make(chan func(), 4)
	fails := true
	a := &Album{Post: func(f func()) { queue <- f }, Blob: func(_ context.Context, id assist.ID) ([]byte, error) {
		if fails {
			return nil, errors.New("the disk is gone")
		}
		return map[assist.ID][]byte{"p": picture(30, 20), "f": []byte("a form")}[id], nil
	}}
	files := []assist.File{{Name: "list.png", Blob: "p", Step: 1}, {Name: "form.pdf", Blob: "f"}}
	shown := 0
	load := func() {
		t.Helper()
		a.Load(files, func() { shown++ })
		select {
		case f := <-queue:
			f()
		case <-time.After(10 * time.Second):
			t.Fatal("nothing came")
		}
	}
	load()
	if shown != 0 || len(a.Of(files, 1)) != 1 {
		t.Errorf("shown %d times though nothing could be read", shown)
	}
	fails = false
	load()
	if shown != 1 {
		t.Errorf("told %d times", shown)
	}
	col := widgets.Column(0, a.Of(files, 0)...)
	col.Resize(fyne.NewSize(300, 200))
	if look.Words(col) == "" || len(a.Of(files, 1)) != 1 || len(a.Of(files, 2)) != 0 {
		t.Errorf("shown are %q", look.Words(col))
	}
	a.Load(files, func() { t.Error("what is known is read again") })
	if len(queue) > 0 {
		t.Error("what is known is read again")
	}
}

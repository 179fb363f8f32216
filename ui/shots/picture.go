package shots

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif" // the kinds of pictures that can be shown
	_ "image/jpeg"
	_ "image/png"
)

// How large a picture is shown, and how large one may be to be shown at all: a small file
// can hold a picture that fills the memory.
const (
	shotWide, shotHigh = 400, 240 // points, enough for a fine screen
	shotShown          = 240      // at most this wide
	mostPixels         = 40_000_000
)

// small returns a picture at the size at which it is shown; nil when the bytes are none
// that can be.
func small(data []byte) image.Image {
	about, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || about.Width <= 0 || about.Height <= 0 || about.Width*about.Height > mostPixels {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	from := img.Bounds()
	scale := min(1, shotWide/float64(from.Dx()), shotHigh/float64(from.Dy()))
	if scale == 1 {
		return img
	}
	out := image.NewNRGBA(image.Rect(0, 0, max(int(float64(from.Dx())*scale), 1), max(int(float64(from.Dy())*scale), 1)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			out.Set(x, y, mean(img, image.Rect(
				from.Min.X+x*from.Dx()/out.Rect.Dx(), from.Min.Y+y*from.Dy()/out.Rect.Dy(),
				from.Min.X+(x+1)*from.Dx()/out.Rect.Dx(), from.Min.Y+(y+1)*from.Dy()/out.Rect.Dy())))
		}
	}
	return out
}

// mean returns the colour of an area as a whole.
func mean(img image.Image, of image.Rectangle) color.Color {
	var r, g, b, a, n uint64
	for y := of.Min.Y; y < max(of.Max.Y, of.Min.Y+1); y++ {
		for x := of.Min.X; x < max(of.Max.X, of.Min.X+1); x++ {
			cr, cg, cb, ca := img.At(x, y).RGBA()
			r, g, b, a, n = r+uint64(cr), g+uint64(cg), b+uint64(cb), a+uint64(ca), n+1
		}
	}
	return color.RGBA64{uint16(r / n), uint16(g / n), uint16(b / n), uint16(a / n)}
}

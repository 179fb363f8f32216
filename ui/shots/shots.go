// Package shots shows the pictures of an answer, small, and names its other files.
package shots

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Album reads pictures, and keeps the small ones. Its methods are for the window's goroutine.
type Album struct {
	// Blob returns the bytes of a file. It is called beside the window; nil: no file is shown.
	Blob func(ctx context.Context, id assist.ID) ([]byte, error)
	// Post brings results to the window.
	Post async.Post

	small map[assist.ID]image.Image // nil: it cannot be shown
	stop  func()
}

// Load reads those of the files that are not known yet, and calls then when that brought
// some. A call before it is forgotten.
func (a *Album) Load(files []assist.File, then func()) {
	var missing []assist.ID
	for _, f := range files {
		if _, known := a.small[f.Blob]; !known {
			missing = append(missing, f.Blob)
		}
	}
	a.Stop()
	if len(missing) == 0 || a.Blob == nil {
		return
	}
	a.stop = async.Load(a.Post, func(ctx context.Context) (map[assist.ID]image.Image, error) {
		out := map[assist.ID]image.Image{}
		for _, id := range missing {
			data, err := a.Blob(ctx, id)
			if err != nil {
				return out, err
			}
			out[id] = small(data)
		}
		return out, nil
	}, func(got map[assist.ID]image.Image, err error) {
		if a.small == nil {
			a.small = map[assist.ID]image.Image{}
		}
		for id, s := range got {
			a.small[id] = s
		}
		if err == nil {
			then()
		}
	})
}

// Stop ends reading.
func (a *Album) Stop() {
	if a.stop != nil {
		a.stop()
	}
}

// Of returns what shows the files of a step; of the answer as a whole for 0. What is not read
// yet, and what is no picture, is named.
func (a *Album) Of(files []assist.File, step int) (out []fyne.CanvasObject) {
	for _, f := range files {
		if f.Step != step {
			continue
		}
		shot, known := a.small[f.Blob]
		switch {
		case shot != nil:
			out = append(out, newShot(shot))
		case known:
			out = append(out, name(f.Name+" (a file that is not shown here)"))
		default:
			out = append(out, name(f.Name))
		}
	}
	return out
}

func name(words string) fyne.CanvasObject {
	return widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, words)
}

// newShot shows a small picture at its own size.
func newShot(of image.Image) fyne.CanvasObject {
	img := canvas.NewImageFromImage(of)
	img.FillMode = canvas.ImageFillContain
	size := fyne.NewSize(float32(of.Bounds().Dx()), float32(of.Bounds().Dy()))
	if size.Width > shotShown {
		size = fyne.NewSize(shotShown, size.Height*shotShown/size.Width)
	}
	img.SetMinSize(size)
	return widgets.Row(0, nil, img)
}

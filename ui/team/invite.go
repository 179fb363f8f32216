package team

import (
	"image"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"rsc.io/qr"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// invite makes an invitation and shows the last one.
type invite struct {
	p               *Page
	box, open, code *fyne.Container
	make            *fyne.Container
	elsewhere       *widgets.Text // why no invitation is made here
	words, expires  *widgets.Text
	text            *widgets.Text
	told            *told
	shown           string // the invitation whose code is drawn
}

func newInvite(p *Page) *invite {
	i := &invite{p: p, words: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}), expires: widgets.NewText(widgets.Style{Bold: true}),
		text: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 3}), told: newTold(p), code: widgets.Column(0),
		elsewhere: widgets.NewText(widgets.Style{})}
	made := func() Invitation { return p.state.Invitation }
	i.open = widgets.Column(12,
		widgets.Say(widgets.Style{}, "1. Send the invitation, as you like: it is sealed."), i.text,
		widgets.Wrapped(8, p.action(widgets.Quiet, "Copy the invitation", func() {
			p.acts.Copy(made().Text)
			i.told.say("Copied.", false)
		}), p.action(widgets.Quiet, "Save it as a file…", func() { p.acts.Save("ringside-invitation.txt", made().Text) })),
		i.code,
		widgets.Say(widgets.Style{}, "2. Tell them these six words, by phone or face to face. Never send them with it."), i.words)
	i.make = widgets.Row(0, nil, p.action(widgets.Quiet, "Make an invitation", func() { i.told.run("Making it…", "", p.acts.Invite, nil) }))
	i.box = section("Invite somebody", "An invitation lets one desk join, once, within a day. It gets all that is shared, from the beginning.",
		i.expires, i.open, i.elsewhere, i.make, i.told.text)
	return i
}

func (i *invite) set(s State) {
	made, now := s.Invitation, i.p.Now()
	i.box.Hidden = !s.On() || !s.MayGovern
	i.open.Hidden = made.Text == "" || made.UsedBy != "" || !now.Before(made.Expires)
	i.make.Hidden = s.InviteAt != ""
	i.elsewhere.SetText("")
	if s.InviteAt != "" {
		i.elsewhere.SetText(InvitedAt(s))
	}
	i.expires.SetText("")
	if made.Text != "" {
		i.expires.SetText(invitationWords(made, now))
	}
	i.words.SetText(made.Words)
	i.text.SetText(made.Text)
	if i.shown == made.Text {
		return
	}
	i.shown = made.Text
	i.code.RemoveAll()
	if code := picture(made.Text); code != nil {
		i.code.Add(widgets.Row(0, nil, code))
	}
}

const (
	quiet    = 4 // modules of white around a code
	codeSize = 264
	codeGrow = 3 // a large code has modules of at least so many pixels
)

// picture draws an invitation as a QR code: dark on white in both themes, since cameras want
// it so, and without line breaks, which a close code cannot hold. nil: there is none.
func picture(text string) fyne.CanvasObject {
	code, err := qr.Encode(strings.Join(strings.Fields(text), ""), qr.L)
	if err != nil || text == "" {
		return nil
	}
	side := code.Size + 2*quiet
	r := canvas.NewRaster(func(w, h int) image.Image {
		img := image.NewGray(image.Rect(0, 0, w, h))
		each := max(min(w, h)/side, 1) // whole pixels, so that all modules are alike
		left, top := (w-each*side)/2, (h-each*side)/2
		for y := range h {
			for x := range w {
				img.SetGray(x, y, color.Gray{Y: 0xff})
				if x >= left && y >= top && code.Black((x-left)/each-quiet, (y-top)/each-quiet) {
					img.SetGray(x, y, color.Gray{})
				}
			}
		}
		return img
	})
	r.ScaleMode = canvas.ImageScalePixels
	size := float32(max(codeSize, side*codeGrow))
	r.SetMinSize(fyne.NewSize(size, size))
	return r
}

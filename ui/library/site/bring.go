package site

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// bring is the part of the page that reads pages anew: from a folder, without any
// connection, or from the site itself.
type bring struct {
	page  *Page
	on    bool
	hosts []string // of the pages that are listed

	button       *widget.Button
	form         fyne.CanvasObject
	address      *widgets.Entry
	means        *widgets.Text
	folder, look *widget.Button
	said         *widgets.Text
}

const looking = "Looking at the site…"

func newBring(p *Page) *bring {
	b := &bring{page: p, means: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}), said: widgets.NewText(widgets.Style{Size: theme.Small})}
	b.button = widget.NewButton("", func() { b.open(!b.on) })
	b.button.Alignment = widget.ButtonAlignLeading
	b.address = widgets.NewEntry("https://www.example.org/help/", 1, widgets.Keys{Key: func(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyEscape {
			b.open(false)
			return true
		}
		return widgets.PassKey(o, ev)
	}})
	b.address.OnTyped = func(string) { b.words() }
	b.address.OnSubmitted = func(string) {
		if !b.look.Disabled() {
			b.start(p.OnLook, looking)
		}
	}
	b.folder = widget.NewButtonWithIcon("Read a folder…", base.FolderOpenIcon(), func() { b.start(p.OnFolder, "Choose the folder.") })
	b.look = widget.NewButtonWithIcon("", base.DownloadIcon(), func() { b.start(p.OnLook, looking) })
	b.form = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(12), widgets.Column(8,
		widgets.Say(widgets.Style{Size: theme.Small, Bold: true}, "Address of the folder, of a page or of a sitemap"), b.address, b.means, widgets.Wrapped(8, b.folder, b.look)))
	b.open(false)
	return b
}

// open shows the form, or puts it away.
func (b *bring) open(on bool) {
	b.on = on
	b.button.SetText("Bring pages… (B)")
	if on {
		b.button.SetText("Not now (Esc)")
	}
	b.form.(*fyne.Container).Hidden = !on
	if b.page.split == nil {
		return // the page is only being made
	}
	b.page.sayNone()
	b.words()
	if c := fyne.CurrentApp().Driver().CanvasForObject(b.page.box); c != nil { // the form itself was never painted
		if on {
			c.Focus(b.address)
		} else {
			b.page.Focus(c)
		}
	}
}

// words says what each button would do, before it does it.
func (b *bring) words() {
	b.look.SetText("Look at the site (Enter)")
	hosts := hostOf(b.address.Text)
	if strings.TrimSpace(b.address.Text) == "" {
		hosts = strings.Join(b.hosts, " and ")
		b.look.SetText("Look again at the site (Enter)")
	}
	text := "A folder of saved pages is read without any connection; name the address at which it is found. "
	if hosts == "" {
		text += "To look at the site itself, name a page or a sitemap."
		b.look.Disable()
	} else {
		text += fmt.Sprintf("To look at the site opens connections to %s, and reads at most 500 pages. Nothing of yours is sent.", hosts)
		b.look.Enable()
	}
	b.means.SetText(text)
	if b.page.split != nil {
		b.page.split.Arrange()
	}
}

// hostOf returns the host of a whole web address, else nothing.
func hostOf(address string) string {
	scheme, rest, ok := strings.Cut(strings.TrimSpace(address), "://")
	if !ok || scheme != "https" && scheme != "http" {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return host
}

func (b *bring) start(do func(string), sentence string) {
	if do == nil {
		return
	}
	b.came(sentence, nil)
	b.page.split.Arrange()
	do(strings.TrimSpace(b.address.Text))
}

// came says how it went, with the first of what was refused.
func (b *bring) came(sentence string, refused []string) {
	const most = 4
	lines := []string{sentence}
	for i, r := range refused {
		if i == most {
			lines = append(lines, fmt.Sprintf("… and %d more.", len(refused)-most))
			break
		}
		lines = append(lines, "– "+r)
	}
	b.said.SetText(strings.Join(lines, "\n"))
}

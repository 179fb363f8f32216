package edit

import (
	"regexp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// markdown shows a text with its styles. Pictures in the text are left out: they would be
// fetched from wherever the text says.
type markdown struct {
	widget.BaseWidget
	text string
	rich *widget.RichText
}

func newMarkdown() *markdown {
	m := &markdown{rich: widget.NewRichText()}
	m.rich.Wrapping = fyne.TextWrapWord
	m.ExtendBaseWidget(m)
	return m
}

func (m *markdown) set(text string) {
	if text == m.text {
		return
	}
	m.text = text
	m.rich.Segments = plain(widget.NewRichTextFromMarkdown(text).Segments)
	m.rich.Refresh()
}

// plain returns the segments without pictures.
func plain(list []widget.RichTextSegment) []widget.RichTextSegment {
	var out []widget.RichTextSegment
	for _, s := range list {
		switch s := s.(type) {
		case *widget.ImageSegment:
			continue
		case *widget.ListSegment:
			s.Items = plain(s.Items)
		case *widget.ParagraphSegment:
			s.Texts = plain(s.Texts)
		}
		out = append(out, s)
	}
	return out
}

// HeightFor implements widgets.Flow.
func (m *markdown) HeightFor(width float32) float32 {
	if m.text == "" {
		return 0
	}
	if m.rich.Size().Width != width+2*inset {
		m.rich.Resize(fyne.NewSize(width+2*inset, m.rich.Size().Height))
	}
	return m.rich.MinSize().Height - 2*inset
}

// inset is the room that a RichText leaves around its text, which the text beside it does
// not have.
const inset = 8

// MinSize implements fyne.CanvasObject.
func (m *markdown) MinSize() fyne.Size { return fyne.NewSize(40, 20) }

// CreateRenderer implements fyne.Widget.
func (m *markdown) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(fyne.NewContainerWithLayout(&outset{}, m.rich))
}

type outset struct{}

func (*outset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(-inset, -inset))
	objects[0].Resize(size.AddWidthHeight(2*inset, 2*inset))
}

func (*outset) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, 20) }

var styles = regexp.MustCompile("(?m)\\*\\*\\S|__\\S|^#{1,6} |^\\s*([-*+]|\\d+\\.) |\\]\\(|`[^`]+`|(^|\\s)\\*\\S[^*]*\\*")

// styled reports whether a text uses Markdown's marks.
func styled(text string) bool { return styles.MatchString(text) }

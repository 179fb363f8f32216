package notes

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"ringside/ui/theme"
)

// benchDesk is a page with the first 60 of many notes on a canvas that nobody sees.
func benchDesk(b *testing.B, d *drawer) (*Page, chan func()) {
	test.NewTempApp(b).Settings().SetTheme(theme.Of(theme.Light))
	posts := make(chan func(), 1000)
	p := New(Options{Source: d, Post: func(f func()) { posts <- f }})
	c := software.NewCanvas()
	c.SetContent(p.Object())
	c.Resize(fyne.NewSize(1208, 720))
	p.Reload()
	for p.Finding() {
		(<-posts)()
	}
	return p, posts
}

// BenchmarkKey is from a key to the list, but for what the store takes.
func BenchmarkKey(b *testing.B) {
	p, posts := benchDesk(b, many(1000))
	for b.Loop() {
		for _, text := range []string{"n", ""} {
			p.box.SetTyped(text)
			for p.Finding() {
				(<-posts)()
			}
		}
	}
}

// BenchmarkNext is one note on, as it is shown at once.
func BenchmarkNext(b *testing.B) {
	p, _ := benchDesk(b, many(1000))
	way := 1
	for b.Loop() {
		if p.rows.Step(way); p.rows.Chosen()%50 == 0 {
			way = -way
		}
	}
}

// BenchmarkLargeNote shows a note of 1 MB and goes on from it.
func BenchmarkLargeNote(b *testing.B) {
	d := filled()
	d.notes[1].Text = strings.Repeat("So many words of a very long note. ", 30_000)
	p, _ := benchDesk(b, d)
	for b.Loop() {
		p.rows.SetChosen(1)
		p.rows.SetChosen(0)
	}
}

// BenchmarkShowMore shows the next part of a note of 1 MB.
func BenchmarkShowMore(b *testing.B) {
	d := filled()
	d.notes[0].Text = strings.Repeat("So many words of a very long note. ", 30_000)
	p, _ := benchDesk(b, d)
	for b.Loop() {
		p.reading.shown = 0
		p.reading.showText()
		p.reading.showMore()
	}
}

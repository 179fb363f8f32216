package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"ringside/ui/review/today"
)

// reviewOpens is how often the page is opened; the median counts.
const reviewOpens = 5

// open measures how soon the Review page is there: what is left of the day stands in front.
func (b *reviewBench) open() ([]figure, error) {
	newApp()
	r := &running{store: newOpening(), now: b.now, ctx: b.ctx}
	r.store.begin(func() (*house, error) { return b.h, nil }, func(*house, error) {})
	var took []time.Duration
	for range reviewOpens {
		posts := make(chan func(), 100)
		page := today.New(today.Options{Day: r.day, Now: b.now, Post: func(f func()) { posts <- f }})
		c := software.NewCanvas()
		c.SetPadded(false)
		c.SetContent(page.Object())
		c.Resize(fyne.NewSize(1208, 720))
		start := time.Now()
		page.Reload()
		select {
		case show := <-posts:
			show()
		case <-time.After(time.Minute):
			return nil, errors.New("the day was not read")
		}
		took = append(took, time.Since(start))
	}
	return []figure{{Name: "review_open_ms", Value: percentile(took, .5), Limit: 200,
		Note: fmt.Sprintf("median of %d; read and laid out, not painted", reviewOpens)}}, nil
}

// typed measures the page of notes under the keys of some searches.
func (b *reviewBench) typed() ([]figure, error) {
	var searches []string
	for i := range 40 {
		n, _ := b.talk(i * b.notes / 40)
		words := strings.Fields(n.Text)
		searches = append(searches, words[0]+" "+words[1], swapped(words[2]))
	}
	return benchNotesPage(b.program, b.h, searches)
}

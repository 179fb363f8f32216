package main

import (
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"ringside/assist/glance"
	"ringside/ui/review/notes"
)

// notesOpens is how often the list of notes is opened; the median counts.
const notesOpens = 5

// benchNotesPage measures the list of notes on a store: how soon it is there, and how soon
// after each key of these searches it shows what is found.
func benchNotesPage(p *program, h *house, searches []string) (figures []figure, err error) {
	newApp()
	r := &running{store: newOpening(), now: p.now, ctx: p.ctx}
	r.store.begin(func() (*house, error) { return h, nil }, func(*house, error) {})
	var opened []time.Duration
	var w *notesBench
	for range notesOpens {
		start := time.Now()
		if w, err = openNotesBench(r); err != nil {
			return nil, err
		}
		opened = append(opened, time.Since(start))
	}
	keys, err := w.keys(searches)
	if err != nil {
		return nil, err
	}
	return []figure{
		{Name: "notes_open_ms", Value: percentile(opened, .5), Limit: 300, Note: fmt.Sprintf("median of %d; read and laid out, not painted", notesOpens)},
		{Name: "key_to_list_p99_ms", Value: percentile(keys, .99), Limit: 50,
			Note: fmt.Sprintf("%d keys; found and laid out, not painted; half of them within %s ms", len(keys), number(percentile(keys, .5)))},
	}, nil
}

// notesBench is the page on a canvas that nobody sees. What it has done beside the window
// comes back through posts.
type notesBench struct {
	page   *notes.Page
	canvas fyne.Canvas
	posts  chan func()
}

func openNotesBench(r *running) (*notesBench, error) {
	w := &notesBench{posts: make(chan func(), 1000)}
	w.page = notes.New(notes.Options{Source: &notesSource{r: r}, Now: r.now, Post: func(f func()) { w.posts <- f }})
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(w.page.Object())
	c.Resize(fyne.NewSize(1208, 720))
	w.canvas = c
	w.page.Focus(c)
	w.page.Reload()
	return w, w.settle()
}

// settle does what comes back until what is typed was found.
func (w *notesBench) settle() error {
	for w.page.Finding() {
		select {
		case show := <-w.posts:
			show()
		case <-time.After(30 * time.Second):
			return errors.New("what is typed was not found, and nothing was said")
		}
	}
	return nil
}

// keys types the searches key for key, and empties the box after each.
func (w *notesBench) keys(searches []string) (took []time.Duration, err error) {
	for _, s := range searches {
		for _, key := range s {
			start := time.Now()
			w.canvas.Focused().TypedRune(key)
			if err := w.settle(); err != nil {
				return nil, err
			}
			took = append(took, time.Since(start))
		}
		w.page.ShowQuery(glance.NoteQuery{})
		if err := w.settle(); err != nil {
			return nil, err
		}
	}
	return took, nil
}

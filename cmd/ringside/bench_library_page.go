package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"ringside/assist"
	"ringside/assist/search"
	"ringside/ui/library"
)

const (
	libraryOpens = 5   // the median counts
	librarySaves = 200 // answers that are saved and then found
)

// benchLibraryPage measures the page of answers, and how soon what is saved is found, on
// a store that has these answers and nothing else.
func benchLibraryPage(b *callBench, answers []assist.Answer) (figures []figure, err error) {
	h, err := openHouse(b.ctx, filepath.Join(b.tmp, "library"), b.now)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	bulk := h.db.Bulk(b.ctx)
	for _, a := range answers {
		err = errors.Join(err, bulk.Add(a))
	}
	if err := errors.Join(err, bulk.Close()); err != nil {
		return nil, err
	}
	if _, err := h.shelf.learnedLibrary(b.ctx); err != nil {
		return nil, err
	}
	w, err := openLibraryBench(b, h)
	if err != nil {
		return nil, err
	}
	filter, err := w.filter(answers)
	if err != nil {
		return nil, err
	}
	found, err := benchSaves(b, h, answers)
	return append([]figure{w.opened}, filter, found), err
}

// libraryBench is a page on a canvas that nobody sees. What the page has done beside the
// window comes back through posts.
type libraryBench struct {
	page   *library.Page
	posts  chan func()
	opened figure
}

// openLibraryBench opens the page anew some times, from the store until it is laid out.
func openLibraryBench(b *callBench, h *house) (w *libraryBench, err error) {
	newApp()
	r := &running{store: newOpening(), now: b.now}
	r.store.begin(func() (*house, error) { return h, nil }, func(*house, error) {})
	var took []time.Duration
	for range libraryOpens {
		w = &libraryBench{posts: make(chan func(), 100)}
		w.page = library.New(library.Options{Find: r.libraryFind, Now: b.now, Post: func(f func()) { w.posts <- f }})
		c := software.NewCanvas()
		c.SetPadded(false)
		c.SetContent(w.page.Object())
		c.Resize(fyne.NewSize(1208, 720))
		start := time.Now()
		s, err := r.shelved(b.ctx)
		if err != nil {
			return nil, err
		}
		w.page.SetAnswers(s.answers)
		w.page.SetProposals(s.proposals)
		took = append(took, time.Since(start))
	}
	w.opened = figure{Name: "library_open_ms", Value: percentile(took, .5), Limit: 200, Note: fmt.Sprintf("median of %d; read and laid out, not painted", libraryOpens)}
	return w, nil
}

// filter types titles of answers into the box, key for key, and empties it after each.
func (w *libraryBench) filter(answers []assist.Answer) (figure, error) {
	var took []time.Duration
	r := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		words := strings.ToLower(answers[r.IntN(len(answers))].Title)
		for i := range min(len(words), 24) {
			start := time.Now()
			w.page.Find(words[:i+1])
			select {
			case show := <-w.posts:
				show()
			case <-time.After(10 * time.Second):
				return figure{}, errors.New("a key found nothing, and said nothing")
			}
			took = append(took, time.Since(start))
		}
		start := time.Now()
		w.page.Find("")
		took = append(took, time.Since(start))
	}
	return figure{Name: "filter_p99_ms", Value: percentile(took, .99), Limit: 16,
		Note: fmt.Sprintf("%d keys; found and laid out, not painted; half of them within %s ms", len(took), number(percentile(took, .5)))}, nil
}

// benchSaves saves answers and looks for each until it is found.
func benchSaves(b *callBench, h *house, answers []assist.Answer) (figure, error) {
	var took []time.Duration
	for i := range librarySaves {
		a := answers[i*len(answers)/librarySaves]
		word := "zebra" + strings.Repeat("x", i%7) + string(rune('a'+i/26%26)) + string(rune('a'+i%26))
		a.Phrasings = append(slices.Clone(a.Phrasings), "where is my "+word)
		start := time.Now()
		if err := h.db.Save(b.ctx, a); err != nil {
			return figure{}, err
		}
		if _, err := h.shelf.refresh(b.ctx); err != nil {
			return figure{}, err
		}
		found, err := h.shelf.stands().Index.Find(b.ctx, search.Query{Text: "where is my " + word, Limit: 5, Now: b.now()})
		if err != nil {
			return figure{}, err
		}
		took = append(took, time.Since(start))
		if !slices.ContainsFunc(found.Hits, func(hit search.Hit) bool { return hit.Answer.ID == a.ID }) {
			return figure{}, fmt.Errorf("%q does not find %q, which was saved", word, a.Title)
		}
	}
	return figure{Name: "save_to_found_p99_ms", Value: percentile(took, .99), Limit: 50,
		Note: fmt.Sprintf("%d answers; durable, in the index, and found", librarySaves)}, nil
}

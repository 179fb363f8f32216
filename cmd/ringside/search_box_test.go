package main

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/storage/secret"
)

// inBox types words into the box of a desk and returns the answers below it.
func inBox(t *testing.T, desk *live.Desk, words string) (ids []assist.ID, state string) {
	t.Helper()
	desk.Hear(words)
	waitFor(desk, func(v live.View) bool {
		ids, state = nil, v.Answers.State
		for _, a := range v.Answers.Hits {
			ids = append(ids, a.ID)
		}
		return v.Heard == words
	})
	return ids, state
}

// TestTheCommandFindsWhatTheBoxFinds types into both, in a store with the shipped
// library and a stranger on the line.
func TestTheCommandFindsWhatTheBoxFinds(t *testing.T) {
	h, err := openHouseWith(t.Context(), t.TempDir(), time.Now, secret.Options{NoKeychain: true})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	lib, err := h.shelf.learnedLibrary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	desk := live.New(live.Config{Store: h.db, Region: "GB", Now: time.Now})
	desk.SetLibrary(lib)
	ended := make(chan error, 1)
	go func() { ended <- desk.Run(ctx) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	desk.Ring(benchRing(1, phone.Answered, time.Now()))
	waitFor(desk, func(v live.View) bool { return v.Ring.ID != "" })
	for _, words := range []string{"charged twic", "charged twice", "char", "money back ", "wher is my ordr", "battery", "xylophone zebra quux", "the"} {
		want, state := inBox(t, desk, words)
		var out strings.Builder
		runInside(t.Context(), h, handoff.Command{Args: []string{"search", "--json", "--", words}}, &out, io.Discard)
		var got []assist.ID
		for dec := json.NewDecoder(strings.NewReader(out.String())); dec.More(); {
			var line hitLine
			if err := dec.Decode(&struct {
				*hitLine
				Figures any `json:"figures"`
			}{hitLine: &line}); err != nil {
				t.Fatal(err)
			}
			if line.Type != assist.TypeAnswer {
				continue // what else is found
			}
			if string(line.State) != state {
				t.Errorf("%q: %+v, the box says %s", words, line, state)
			}
			got = append(got, line.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, the box %v", words, got, want)
		}
	}
}

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/brief"
	"ringside/storage/secret"
)

// sampleBriefHouse is a store with the sample team and its half year, on a day.
func sampleBriefHouse(t *testing.T, day time.Time) *house {
	t.Helper()
	h, err := openHouseWith(t.Context(), t.TempDir(), func() time.Time { return day }, secret.Options{NoKeychain: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	if err := h.addSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := h.addHalfYear(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// everyName is each name of a person in the store.
func everyName(t *testing.T, h *house) (names []string) {
	t.Helper()
	customers, err := all[assist.Customer](t.Context(), h.db)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range customers {
		names = append(names, c.Name)
	}
	reps, err := all[assist.Rep](t.Context(), h.db)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reps {
		names = append(names, r.Name)
	}
	return names
}

func TestTheBriefOfTheSampleTeamSaysSomethingOfEverything(t *testing.T) {
	day := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	h := sampleBriefHouse(t, day)
	b, err := makeBrief(t.Context(), h, briefAsk{Weeks: 1, Until: day})
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Sections) != len(brief.Parts())+1 {
		t.Fatalf("there are %d sections", len(b.Sections))
	}
	for _, s := range b.Sections[1:] {
		if s.None != "" || len(s.Claims) == 0 {
			t.Errorf("%s has %d claims: %s", s.Title, len(s.Claims), s.None)
		}
		for _, c := range s.Claims {
			if c.Basis.N == 0 || c.Basis.Customers == 0 || c.Basis.Reps == 0 || c.Basis.From.IsZero() || c.Basis.Until.IsZero() {
				t.Errorf("a claim without what it rests on: %q %+v", c.Says, c.Basis)
			}
		}
	}
}

func TestNoNameIsLeftInABriefWithoutNames(t *testing.T) {
	day := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	h := sampleBriefHouse(t, day)
	shown, err := makeBrief(t.Context(), h, briefAsk{Weeks: 26, Until: day})
	if err != nil {
		t.Fatal(err)
	}
	hidden, err := makeBrief(t.Context(), h, briefAsk{Weeks: 26, Until: day, Hidden: true})
	if err != nil {
		t.Fatal(err)
	}
	stood := 0
	for _, name := range everyName(t, h) {
		if !strings.Contains(name, " ") {
			continue
		}
		if strings.Contains(shown.Words(), name) {
			stood++
		}
		if strings.Contains(hidden.Words(), name) {
			t.Errorf("%s is named", name)
		}
	}
	if stood < 10 {
		t.Errorf("only %d people stood in the brief with names", stood)
	}
	if !strings.Contains(hidden.Words(), "Customer 1, ") || !strings.Contains(hidden.Words(), "Rep 1") {
		t.Error("nobody has a number")
	}
}

func TestTheBriefOfAMergedCustomerNamesTheOneWhoStayed(t *testing.T) {
	day := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	h := sampleBriefHouse(t, day)
	err := h.db.Save(t.Context(), assist.Customer{ID: "twin", Name: "M Shaw", Into: "mary-shaw"},
		assist.Insight{ID: "latest", Customer: "twin", Intelligence: assist.Market, Text: "Two vans from spring.", At: day.Add(-time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	b, err := makeBrief(t.Context(), h, briefAsk{Weeks: 1, Until: day, Parts: []brief.Part{brief.Market}})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range b.Sections[1].Quotes {
		if q.Words == "Two vans from spring." && q.Who == "Mary Shaw, Leeds" {
			return
		}
	}
	t.Errorf("the quotes are %+v", b.Sections[1].Quotes)
}

// TestTheExampleIsWhatTheCommandWrites keeps docs/examples true.
func TestTheExampleIsWhatTheCommandWrites(t *testing.T) {
	day := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	h := sampleBriefHouse(t, day)
	b, err := makeBrief(t.Context(), h, briefAsk{Weeks: 1, Until: day, Team: "Thornfell"})
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{formMarkdown, formHTML, formPDF} {
		want, err := os.ReadFile(filepath.Join("..", "..", "docs", "examples", "weekly-brief."+form))
		if err != nil {
			t.Fatal(err)
		}
		got, err := printed(b, form)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("docs/examples/weekly-brief.%s is another: look at the new one, then run make example", form)
		}
	}
}

func TestTheBriefIsMeasured(t *testing.T) {
	figures, err := benchReviewBrief(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if len(figures) != 1 || figures[0].Name != "brief_pdf_s" || figures[0].Value <= 0 {
		t.Errorf("the figures are %+v", figures)
	}
}

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/search"
)

// What was found, as text for people and as lines of JSON for programs.

// hitLine is one answer as --json prints it.
type hitLine struct {
	Type       assist.Type    `json:"type"`
	ID         assist.ID      `json:"id"`
	Title      string         `json:"title"`
	Say        string         `json:"say"`
	Department string         `json:"department"`
	Why        string         `json:"why"`
	Score      float64        `json:"score"`
	State      search.State   `json:"state"`
	Stale      bool           `json:"stale,omitempty"`
	Draft      bool           `json:"draft,omitempty"`
	Figures    orderedFigures `json:"figures,omitempty"`
}

// orderedFigures is a JSON object whose fields stand in the order of the figures.
type orderedFigures []search.Figure

// MarshalJSON implements json.Marshaler.
func (o orderedFigures) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, f := range o {
		name, err := json.Marshal(f.Name)
		if err != nil {
			return nil, err
		}
		value, err := rounded(f.Value).MarshalJSON()
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, name...), ':'), value...)
	}
	return append(out, '}'), nil
}

// printFoundLines prints one object a line: the answers, then what else was found.
func printFoundLines(w io.Writer, found search.Result, also []glance.Found) error {
	enc := json.NewEncoder(w)
	for _, h := range found.Hits {
		a := h.Answer
		if err := enc.Encode(hitLine{assist.TypeAnswer, a.ID, a.Title, a.Say, a.Department, h.Why, h.Score, found.State, h.Stale, a.Draft, h.Figures}); err != nil {
			return err
		}
	}
	for _, f := range also {
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	return nil
}

func printHits(w io.Writer, found search.Result) {
	if found.State == search.Dim && len(found.Hits) > 0 {
		fmt.Fprint(w, "These may fit; look before you speak.\n\n")
	}
	for i, hit := range found.Hits {
		stale := ""
		if hit.Stale {
			stale = ", not verified for long"
		}
		fmt.Fprintf(w, "%d. %s (%s%s)\n   %s\n   %s\n", i+1, hit.Answer.Title, hit.Answer.Department, stale,
			oneLine(hit.Answer.Say), hit.Why)
		if len(hit.Figures) > 0 {
			fmt.Fprintf(w, "   %s\n", figuresLine(hit.Figures))
		}
	}
}

// figuresLine is "stems 3.21  pairs 0.40  ...".
func figuresLine(figures []search.Figure) string {
	var parts []string
	for _, f := range figures {
		value := "-"
		if !math.IsNaN(f.Value) {
			value = fmt.Sprintf("%.3f", f.Value)
		}
		parts = append(parts, f.Name+" "+value)
	}
	return strings.Join(parts, "  ")
}

// printAlso prints what was found besides, below the answers.
func printAlso(w io.Writer, also []glance.Found, below bool) {
	if len(also) == 0 {
		return
	}
	if below {
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, "Also found")
	for _, f := range also {
		line := fmt.Sprintf("%s: %s", f.Type, oneLine(f.Title))
		for _, more := range []string{f.Text, f.Why} {
			if more = oneLine(more); more != "" {
				line += "; " + more
			}
		}
		if day := f.At.Format("2 Jan 2006"); !f.At.IsZero() && !strings.Contains(f.Text, day) {
			line += " (" + day + ")"
		}
		fmt.Fprintln(w, "   "+line)
	}
}

// shortened returns at most so many letters of a text.
func shortened(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

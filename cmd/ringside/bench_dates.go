package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"ringside/assist"
	"ringside/assist/promise"
)

type benchDatesCmd struct {
	File string `arg:"" placeholder:"FILE.tsv" help:"Sentences, with the time, zone and locale in which they are said."`
	JSON bool   `name:"json" help:"One result a line, as JSON."`
}

// Help says what the file holds, and what is made of it.
func (c *benchDatesCmd) Help() string {
	return "A TSV file has the columns id, now, zone, locale and text: a note, and when and where it is written. now is RFC 3339, or " +
		"2026-11-18 14:00 in the zone (a name such as Europe/London). The locale says which of 3/4 is the month: en-US the first, another " +
		"the second; where it is empty, 3/4 is asked.\n\n" +
		"The result is when (we promise, and the day is certain), ask (we promise, but no day is named, or one that can be two days, is no " +
		"day of the calendar or is over), other (somebody else promises) or none. due is given with when alone: a date, or a time (RFC 3339)."
}

func (c *benchDatesCmd) Run(p *program) error {
	results, err := readDates(p.path(c.File))
	if err != nil {
		return err
	}
	return printDates(p.stdout, c.JSON, results)
}

// dateResult is what the words of one line came to.
type dateResult struct {
	ID     string `json:"id"`
	Result string `json:"result"` // when, ask, none, other
	Due    string `json:"due"`    // a date, a time (RFC 3339), or empty
}

func readDates(name string) (out []dateResult, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &assist.Fault{What: "the file cannot be opened", Where: name, Err: errors.Join(err, assist.ErrNotFound)}
	}
	defer f.Close()
	in := bufio.NewReader(f)
	for n := 1; ; n++ {
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return out, badLine(name, n, "this line cannot be read", err)
		}
		line = strings.TrimRight(strings.TrimPrefix(line, "\uFEFF"), "\r\n")
		if r, ok, fault := dateOf(line); fault != nil {
			return out, badLine(name, n, fault.Error(), nil)
		} else if ok {
			out = append(out, r)
		}
		if err != nil {
			return out, nil
		}
	}
}

// dateOf reads one line: id, now, zone, locale, text. ok is false for a blank line, a
// comment and the names of the columns.
func dateOf(line string) (r dateResult, ok bool, err error) {
	if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(strings.ToLower(line), "id\tnow\t") {
		return r, false, nil
	}
	cells := strings.Split(line, "\t")
	if len(cells) < 4 {
		return r, false, fmt.Errorf("this line has %d columns, not the five id, now, zone, locale, text", len(cells))
	}
	if len(cells) == 4 { // the text is empty, and its tab was lost
		cells = append(cells, "")
	}
	now, err := nowIn(strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2]))
	if err != nil {
		return r, false, err
	}
	reader := promise.Reader{Figures: figuresOf(strings.TrimSpace(cells[3]))}
	r = dateResult{ID: cells[0], Result: "none"}
	if f, ok := reader.Find(cells[4], now); ok {
		r.Result = "ask"
		if f.Ask == "" && !f.Due.IsZero() {
			r.Result, r.Due = "when", dueWords(f)
		}
	} else if _, ok := reader.Others(cells[4], now); ok {
		r.Result = "other"
	}
	return r, true, nil
}

// figuresOf says which of 3/4 is the month in a locale. English without a country may
// mean either.
func figuresOf(locale string) promise.Figures {
	language, country, _ := strings.Cut(strings.ReplaceAll(locale, "_", "-"), "-")
	switch {
	case strings.HasPrefix(strings.ToUpper(country), "US"):
		return promise.MonthFirst
	case country == "" && (language == "" || strings.EqualFold(language, "en")):
		return promise.AskFirst
	}
	return promise.DayFirst
}

// nowIn reads a time in a zone.
func nowIn(text, zone string) (time.Time, error) {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("the zone %q is not known", zone)
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.In(loc), nil
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, text, loc); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("the time %q is none such as 2026-11-18T14:00:00Z", text)
}

func dueWords(f promise.Found) string {
	if f.AllDay {
		return f.Due.Format(time.DateOnly)
	}
	return f.Due.Format(time.RFC3339)
}

func printDates(w io.Writer, asJSON bool, results []dateResult) error {
	if asJSON {
		enc := json.NewEncoder(w)
		for _, r := range results {
			if err := enc.Encode(r); err != nil {
				return err
			}
		}
		return nil
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range results {
		fmt.Fprintf(tw, "%s\t%s\t%s\n", r.ID, r.Result, r.Due)
	}
	return tw.Flush()
}

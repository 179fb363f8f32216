package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode/utf16"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

// numberResult is what the numbers of one line came to.
type numberResult struct {
	ID     json.RawMessage `json:"id"`
	Result string          `json:"result"`
	Names  []string        `json:"names,omitzero"` // in the order in which a rep would see them
}

// readNumbers compares the numbers of a file of pairs (TSV) or of directories (JSONL).
func readNumbers(name string) (out []numberResult, err error) {
	if strings.EqualFold(filepath.Ext(name), ".jsonl") {
		err = readBenchFile(name, func(line int, d numberDirectory) error {
			if len(d.ID) == 0 {
				return badLine(name, line, "this directory has no id", nil)
			}
			out = append(out, d.result())
			return nil
		})
		return out, err
	}
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
		if r, ok, fault := pairOf(line); fault != "" {
			return out, badLine(name, n, fault, nil)
		} else if ok {
			out = append(out, r)
		}
		if err != nil {
			return out, nil
		}
	}
}

// pairOf reads one line: id, stored, region, kind, incoming. ok is false for a blank
// line, a comment and the names of the columns; fault says what is wrong with it.
func pairOf(line string) (r numberResult, ok bool, fault string) {
	if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") || isHeader(line) {
		return r, false, ""
	}
	cells := strings.Split(line, "\t")
	if len(cells) == 4 { // the last one is empty, and its tab was lost
		cells = append(cells, "")
	}
	if len(cells) < 5 {
		return r, false, fmt.Sprintf("this line has %d columns, not the five id, stored, region, kind, incoming", len(cells))
	}
	region := strings.TrimSpace(cells[2])
	calls, known := numberOf(strings.ToLower(strings.TrimSpace(cells[3])), unescaped(cells[4]), region)
	if !known {
		return r, false, fmt.Sprintf("the kind %q is none of raw, sip_from, pai, rpid, tel, hook", cells[3])
	}
	words := map[phone.Fit]string{phone.Different: "no", phone.Maybe: "ambiguous", phone.Same: "match", phone.Exact: "match"}
	id, _ := json.Marshal(cells[0])
	return numberResult{ID: id, Result: words[phone.BestOf(phonesOf(unescaped(cells[1])), calls, region)]}, true, ""
}

// isHeader reports whether a line names the columns.
func isHeader(line string) bool { return strings.HasPrefix(strings.ToLower(line), "id\tstored\t") }

// numberOf reads a number as it comes in, on the way that this kind of it takes in the
// app.
func numberOf(kind, text, region string) (n phone.Number, known bool) {
	switch kind {
	case "raw":
	case "sip_from":
		text, _ = phone.Caller(nil, nil, []string{text})
	case "pai":
		text, _ = phone.Caller([]string{text}, nil, nil)
	case "rpid":
		text, _ = phone.Caller(nil, []string{text}, nil)
	case "tel", "hook":
		words := []string{text}
		if strings.HasPrefix(text, "/") || strings.HasPrefix(text, "--") {
			words = strings.Fields(text)
		}
		r, err := handoff.Words(words)
		if err != nil {
			return phone.Number{Withheld: true}, true
		}
		text = r.From
	default:
		return n, false
	}
	return phone.Parse(text, region), true
}

// phonesOf is how a record keeps what stands in a cell.
func phonesOf(cells ...string) (out []assist.Phone) {
	for _, cell := range cells {
		for _, raw := range phone.Split(cell) {
			out = append(out, assist.Phone{Raw: raw})
		}
	}
	return out
}

// unescaped undoes \uXXXX.
func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		unit, ok := escaped(s[i:])
		if !ok {
			b.WriteByte(s[i])
			continue
		}
		i += 5
		if next, ok := escaped(s[i+1:]); ok && utf16.IsSurrogate(unit) {
			unit, i = utf16.DecodeRune(unit, next), i+6
		}
		b.WriteRune(unit)
	}
	return b.String()
}

func escaped(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil
}

// numberDirectory is a line of people and a number that comes in.
type numberDirectory struct {
	ID        json.RawMessage `json:"id"`
	Region    string          `json:"region"`
	Directory []numberOwner   `json:"directory"`
	Incoming  string          `json:"incoming"`
}

type numberOwner struct {
	Name   string   `json:"name"`
	Phones []string `json:"phones"`
}

func (d numberDirectory) result() numberResult {
	calls := phone.Parse(unescaped(d.Incoming), d.Region)
	fit := func(o numberOwner) phone.Fit {
		var cells []string
		for _, p := range o.Phones {
			cells = append(cells, unescaped(p))
		}
		return phone.BestOf(phonesOf(cells...), calls, d.Region)
	}
	found := phone.Fitting(d.Directory, fit)
	r := numberResult{ID: d.ID, Result: "none", Names: []string{}}
	for _, o := range found {
		r.Names = append(r.Names, o.Name)
	}
	switch {
	case len(found) == 0:
		return r
	case len(found) == 1:
		r.Result = "one"
	case fit(found[0]) > fit(found[1]):
		r.Result = "one_first"
	default:
		r.Result = "many"
	}
	if fit(found[0]) == phone.Maybe {
		r.Result += "_maybe"
	}
	return r
}

func printNumbers(w io.Writer, asJSON bool, results []numberResult) error {
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
		fmt.Fprintf(tw, "%s\t%s\t%s\n", strings.Trim(string(r.ID), `"`), r.Result, strings.Join(r.Names, ", "))
	}
	return tw.Flush()
}

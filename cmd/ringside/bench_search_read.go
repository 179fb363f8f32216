package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"ringside/assist"
)

// The files of questions and the cards that answer them: UTF-8, one JSON object a
// line. Fields that are not named here are passed over.

// benchCard is one line of the cards.
type benchCard struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Body     string   `json:"body"`
	Examples []string `json:"examples"`
	Domain   string   `json:"domain"`
	Entity   string   `json:"entity"`
	EID      string   `json:"eid"` // domain|entity; domain|* for what holds for the whole domain
}

// benchQuery is one line of the questions. Without gold nothing should be suggested.
type benchQuery struct {
	Text    *string  `json:"text"`
	Context string   `json:"context2,omitempty"` // the turn before, and then the text
	Gold    []string `json:"gold"`

	typed string // the text as it is asked, typing errors included
}

// before returns what was said before the question.
func (q benchQuery) before() string {
	return strings.TrimSpace(strings.TrimSuffix(q.Context, *q.Text))
}

// longestLine is the most bytes of one line. A card with a million phrasings is well
// below.
const longestLine = 128 << 20

const mendLine = "Mend the line or take it out, and start again."

// readBenchCards reads the cards of a file. Two cards with the same id are a fault
// that names both lines.
func readBenchCards(name string) (cards []benchCard, err error) {
	lines := map[string]int{}
	err = readBenchFile(name, func(line int, c benchCard) error {
		if c.ID == "" {
			return badLine(name, line, "this card has no id", nil)
		}
		if first, ok := lines[c.ID]; ok {
			return badLine(name, line, fmt.Sprintf("the card %q is there twice, first in line %d", c.ID, first), nil)
		}
		lines[c.ID] = line
		cards = append(cards, c)
		return nil
	})
	if err == nil && len(cards) == 0 {
		err = &assist.Fault{What: "there is no card in the file", Where: name, Do: "A card is a line like " + `{"id":"a","title":"Charged twice"}.`}
	}
	return cards, err
}

// readBenchQueries reads the questions of a file.
func readBenchQueries(name string) (queries []benchQuery, err error) {
	err = readBenchFile(name, func(line int, q benchQuery) error {
		if q.Text == nil {
			return badLine(name, line, "this question has no text", nil)
		}
		queries = append(queries, q)
		return nil
	})
	if err == nil && len(queries) == 0 {
		err = &assist.Fault{What: "there is no question in the file", Where: name, Do: "A question is a line like " + `{"text":"charged twice","gold":["a"]}.`}
	}
	return queries, err
}

func readBenchFile[T any](name string, keep func(line int, row T) error) (err error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &assist.Fault{What: "there is no such file", Where: name, Do: "Look at how it is spelt.", Err: assist.ErrNotFound}
	}
	if err != nil {
		return &assist.Fault{What: "the file cannot be opened", Where: name, Err: err}
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return &assist.Fault{What: "this is a folder, not a file", Where: name}
	}
	return decodeLines(f, name, keep)
}

// decodeLines calls keep with every line that is not blank. What keep returns ends
// the reading and is returned; every other error is a Fault with the line.
func decodeLines[T any](r io.Reader, name string, keep func(line int, row T) error) error {
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return badLine(name, n, "this line cannot be read: "+err.Error(), err)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			var row T
			if fault := decodeLine(line, &row); fault != nil {
				return badLine(name, n, "this line cannot be read: "+brokenBy(fault), fault)
			}
			if fault := keep(n, row); fault != nil {
				return fault
			}
		}
		if err != nil {
			return nil
		}
	}
}

var errLongLine = fmt.Errorf("it is longer than %d MB", longestLine>>20)

// readLine returns the next line; io.EOF comes with the last one.
func readLine(in *bufio.Reader) (line []byte, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > longestLine {
			return nil, errLongLine
		}
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

func decodeLine(line []byte, row any) error {
	if line[0] != '{' {
		return errors.New("it is not a JSON object")
	}
	return json.Unmarshal(line, row)
}

// brokenBy says in plain words what the decoder found.
func brokenBy(err error) string {
	var wrong *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &wrong):
		return fmt.Sprintf("%q must not be a %s", wrong.Field, wrong.Value)
	case errors.As(err, &syntax):
		return fmt.Sprintf("%s at byte %d", strings.TrimPrefix(syntax.Error(), "json: "), syntax.Offset)
	}
	return err.Error()
}

func badLine(name string, line int, what string, err error) error {
	return &assist.Fault{What: what, Where: fmt.Sprintf("%s, line %d", name, line), Do: mendLine, Err: err}
}

// subject returns what the card is about: its product or place, or the whole domain.
func (c benchCard) subject() string {
	switch {
	case c.Entity != "" && c.Entity != "*":
		return c.Entity
	case c.Domain != "" && c.EID == c.Domain+"|*":
		return c.Domain
	}
	return ""
}

// answer makes a card an answer, with at most so many of its phrasings; below 0, all.
func (c benchCard) answer(phrasings int) assist.Answer {
	a := assist.Answer{ID: assist.ID(c.ID), Title: c.Title, Say: c.Body, Phrasings: c.Examples, Department: c.Domain}
	if phrasings >= 0 && phrasings < len(c.Examples) {
		a.Phrasings = slices.Clone(c.Examples[:phrasings])
	}
	if s := c.subject(); s != "" {
		a.Products = []string{s}
	}
	return a
}

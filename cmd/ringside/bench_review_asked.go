package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"strings"

	"ringside/assist"
	"ringside/assist/glance"
)

// askedNote is a note with everything by which it can be found. The latest has number 0.
type askedNote struct {
	Number     int
	Text       string
	Customer   assist.ID
	Company    assist.ID
	Rep        assist.ID
	Kind       assist.Kind
	Mood       assist.Mood
	Day        assist.Date
	Tags       []string
	Answers    []assist.ID
	Subjects   []string
	Unreviewed bool
}

// askedLine is one line of the file.
type askedLine struct {
	Note   *askedNote        `json:",omitempty"`
	Search *glance.NoteQuery `json:",omitempty"`
}

// writeAsked writes the notes and then the searches.
func (b *reviewBench) writeAsked(name string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return &assist.Fault{What: "the searches cannot be written", Where: name, Err: err}
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := bufio.NewWriterSize(f, 1<<20)
	enc := json.NewEncoder(out)
	people := make([]assist.Customer, b.customers)
	place := make(map[assist.ID]int, b.customers)
	for i := range people {
		people[i] = b.person(i)
		place[people[i].ID] = i
	}
	for i := range b.notes {
		n := b.asked(i, func(id assist.ID) assist.Customer { return people[place[id]] })
		if err := enc.Encode(askedLine{Note: &n}); err != nil {
			return err
		}
	}
	for _, q := range b.queries() {
		if err := enc.Encode(askedLine{Search: &q}); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (b *reviewBench) asked(i int, who func(assist.ID) assist.Customer) askedNote {
	n, call := b.talk(i)
	c := who(n.Customer)
	out := askedNote{Number: i, Text: n.Text, Customer: n.Customer, Company: c.Company, Rep: n.Rep, Kind: c.Kind, Mood: call.Mood,
		Day: assist.DateOf(n.At), Tags: n.Tags, Unreviewed: n.Reviewed.IsZero()}
	if out.Kind == "" {
		out.Kind = assist.KindCustomer
	}
	for _, u := range call.Used {
		if u.Said {
			out.Answers = append(out.Answers, u.Answer)
		}
	}
	for _, name := range benchNames {
		if strings.Contains(n.Text, name) {
			out.Subjects = append(out.Subjects, name)
		}
	}
	if i%5 == 0 {
		out.Subjects = append(out.Subjects, b.heard(i, n).Subject)
	}
	return out
}

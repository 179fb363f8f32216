package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/storage/csv"
	"ringside/storage/people"
)

// tableExporter writes a table for each type of record, in which no cell can run as
// a formula. The customers' table can be imported again.
type tableExporter struct {
	p    *program
	h    *house
	dir  string
	one  io.Writer // in place of dir, for one type
	file outFile
	kind assist.Type // of the table that is open
	rows *csv.Writer

	companies      map[assist.ID]string
	phones, emails int // columns that the customers need
	labels         bool
}

func (e *tableExporter) write(r assist.Record) error {
	t, _ := r.Ident()
	if t != e.kind {
		if err := e.begin(t, r); err != nil {
			return err
		}
	}
	if c, ok := r.(assist.Customer); ok {
		return e.rows.Write(e.customer(c))
	}
	v := reflect.ValueOf(r)
	cells := make([]string, 0, v.NumField())
	for i := range v.NumField() {
		cells = append(cells, cell(v.Field(i)))
	}
	return e.rows.Write(cells)
}

func (e *tableExporter) begin(t assist.Type, r assist.Record) error {
	if err := e.close(); err != nil {
		return err
	}
	w := e.one
	if w == nil {
		var err error
		if w, err = e.file.of(filepath.Join(e.dir, plural(t)+".csv")); err != nil {
			return err
		}
	}
	e.kind, e.rows = t, csv.NewWriter(w)
	if t == assist.TypeCustomer {
		if err := e.measure(); err != nil {
			return err
		}
		return e.rows.Write(e.customerHead())
	}
	var head []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(r)) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		head = append(head, name)
	}
	return e.rows.Write(head)
}

func (e *tableExporter) close() error {
	if e.rows == nil {
		return nil
	}
	if err := e.rows.Flush(); err != nil {
		return err
	}
	e.rows, e.kind = nil, ""
	return e.file.close()
}

// measure reads what the customers' table needs before its first row.
func (e *tableExporter) measure() error {
	e.companies, e.phones, e.emails = map[assist.ID]string{}, 1, 1
	err := eachOf(e.p.ctx, e.h.db, func(c assist.Company) error {
		e.companies[c.ID] = c.Name
		return nil
	})
	if err != nil {
		return err
	}
	return eachOf(e.p.ctx, e.h.db, func(c assist.Customer) error {
		e.phones, e.emails = max(e.phones, len(c.Phones)), max(e.emails, len(c.Emails))
		for _, p := range c.Phones {
			e.labels = e.labels || p.Label != ""
		}
		return nil
	})
}

func (e *tableExporter) customerHead() []string {
	head := []string{"Ringside ID", "Full name", "Company name", "Job title"}
	for i := range e.phones {
		head = append(head, fmt.Sprintf("Phone %d", i+1))
		if e.labels {
			head = append(head, fmt.Sprintf("Phone %d label", i+1))
		}
	}
	for i := range e.emails {
		head = append(head, fmt.Sprintf("E-mail %d", i+1))
	}
	return append(head, "Customer since", "City", "Address", "Language", "Notes",
		"Kind", "Call me", "Owns", "Likes", "External", "Do not ask", "Not checked",
		"No consent", "Minor", "Deals", "Advocate since")
}

func (e *tableExporter) customer(c assist.Customer) []string {
	row := []string{string(c.ID), c.Name, e.companies[c.Company], c.Role}
	for i := range e.phones {
		var p assist.Phone
		if i < len(c.Phones) {
			p = c.Phones[i]
		}
		row = append(row, dialled(p))
		if e.labels {
			row = append(row, p.Label)
		}
	}
	for i := range e.emails {
		text := ""
		if i < len(c.Emails) {
			text = c.Emails[i]
		}
		row = append(row, text)
	}
	return append(row, c.Since.String(), c.City, c.Address, c.Language, c.About,
		string(c.Kind), c.CallMe, people.Products(c.Owns), c.Likes, people.List(c.External), yes(c.DoNotAsk), yes(c.Unchecked),
		yes(c.NoConsent), yes(c.Minor), idList(c.Deals), c.Advocate.String())
}

func idList(ids []assist.ID) string {
	var out []string
	for _, id := range ids {
		out = append(out, string(id))
	}
	return people.List(out)
}

// dialled writes a number so that it is the same in every country.
func dialled(p assist.Phone) string {
	if p.E164 == "" {
		return p.Raw
	}
	if ext := phone.Parse(p.Raw, "").Ext; ext != "" {
		return p.E164 + " ext. " + ext
	}
	return p.E164
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// cell writes one field of a record. Lists of words are joined with semicolons;
// what has fields of its own is JSON.
func cell(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case time.Time:
		if x.IsZero() {
			return ""
		}
		return x.Format(time.RFC3339)
	case assist.Date:
		return x.String()
	case bool:
		return yes(x)
	case []string:
		return strings.Join(x, "; ")
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Slice, reflect.Map, reflect.Struct:
		if v.IsZero() || v.Kind() != reflect.Struct && v.Len() == 0 {
			return ""
		}
		b, err := json.Marshal(v.Interface())
		if err != nil {
			return ""
		}
		return string(b)
	}
	if v.IsZero() {
		return ""
	}
	return fmt.Sprint(v.Interface())
}

package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/currency"

	"ringside/assist"
	"ringside/storage"
)

// One person whole: a page that anybody can read, and the records as programs read them,
// in one file.

// exportCustomer writes all that is kept of a customer into one new file where the user
// finds it, and returns where.
func (r *running) exportCustomer(ctx context.Context, id assist.ID) (string, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return "", err
	}
	c, err := storage.Find[assist.Customer](ctx, h.db, id)
	if err != nil {
		return "", err
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", &assist.Fault{What: "there is no folder of yours to write into", Err: err}
	}
	if downloads := filepath.Join(home, "Downloads"); isDir(downloads) {
		home = downloads
	}
	to := freeName(home, personFile(c, r.now()))
	_, err = h.exportPerson(ctx, id, to)
	return to, err
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// personFile is the name of the file in which a customer is exported.
func personFile(c assist.Customer, now time.Time) string {
	name := strings.TrimSuffix(filepath.Base(fileName(c)), ".md")
	return "ringside-" + name + "-" + day(now) + ".zip"
}

// freeName returns a path in dir under which there is nothing yet.
func freeName(dir, name string) string {
	to := filepath.Join(dir, name)
	for i := 2; ; i++ {
		if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
			return to
		}
		ext := filepath.Ext(name)
		to = filepath.Join(dir, strings.TrimSuffix(name, ext)+"-"+strconv.Itoa(i)+ext)
	}
}

// exportPerson writes all that is kept of a person into one new file: page.html to be
// read, records.jsonl as the records stand, and versions.jsonl with every version of
// them.
func (h *house) exportPerson(ctx context.Context, id assist.ID, to string) (map[assist.Type]int, error) {
	found, err := h.db.Trace(ctx, id)
	if err != nil {
		return nil, err
	}
	x := personExport{h: h, words: &pageExporter{reps: map[assist.ID]string{}, incidents: map[assist.ID]string{}}}
	if err := x.read(ctx, found); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := x.write(&b); err != nil {
		return nil, err
	}
	err = h.perform(ctx, actExportPerson.about(id), func() (int, error) { return wholly(len(found.Own), writeNew(to, b.Bytes())) })
	return countsOf(found.Own), err
}

// personExport is one person on the way out.
type personExport struct {
	h        *house
	words    *pageExporter // puts records into words
	page     personPage
	now      []assist.Record
	versions []personVersion
}

// personVersion is a record as it was once written.
type personVersion struct {
	Type   assist.Type   `json:"type"`
	At     time.Time     `json:"at"`
	Rep    assist.ID     `json:"rep,omitempty"`
	Device string        `json:"device"`
	Record assist.Record `json:"record"`
}

// personPage is what the readable page says.
type personPage struct {
	Name, Written string
	About         [][2]string
	Counts        string
	History       []personEntry
}

type personEntry struct {
	At, What string
	Changed  int // how often
	at       time.Time
}

// read collects what was found, and the words for it.
func (x *personExport) read(ctx context.Context, found storage.Trace) error {
	if err := eachOf(ctx, x.h.db, func(r assist.Rep) error { x.words.reps[r.ID] = r.Name; return nil }); err != nil {
		return err
	}
	if err := eachOf(ctx, x.h.db, func(i assist.Incident) error { x.words.incidents[i.ID] = i.Title; return nil }); err != nil {
		return err
	}
	for _, ref := range found.Own {
		list, err := x.h.db.History(ctx, ref.Type, ref.ID)
		if err != nil {
			return err
		}
		if list[0].Record == nil {
			continue // only a newer version of the program can read it
		}
		x.now = append(x.now, list[0].Record)
		for _, v := range slices.Backward(list) {
			x.versions = append(x.versions, personVersion{ref.Type, v.At, v.Rep, v.Device, v.Record})
		}
		if err := x.tell(ctx, list, ref.ID == found.Customers[0]); err != nil {
			return err
		}
	}
	slices.SortStableFunc(x.page.History, func(a, b personEntry) int { return a.at.Compare(b.at) })
	x.page.Counts, x.page.Written = counted(countsOf(found.Own)), x.h.now().Format("2 January 2006")
	return nil
}

// tell puts a record on the page: what they are above, what happened below.
func (x *personExport) tell(ctx context.Context, list []storage.Version, asked bool) error {
	r := list[0].Record
	if c, ok := r.(assist.Customer); ok {
		company, err := storage.Find[assist.Company](ctx, x.h.db, c.Company)
		if err != nil && !errors.Is(err, assist.ErrNotFound) {
			return err
		}
		about := append([][2]string{{"Name", c.Name}}, aboutCustomer(c, company.Name)...)
		for _, rel := range c.Relations {
			other, _ := storage.Find[assist.Customer](ctx, x.h.db, rel.To)
			about = append(about, [2]string{"Related", rel.Who + bracket(other.Name)})
		}
		if asked {
			x.page.Name = nameToType(c)
			x.page.About = append(about, x.page.About...)
		} else {
			x.page.About = append(x.page.About, append([][2]string{{"Also kept as", string(c.ID)}}, about...)...)
		}
		return nil
	}
	_, e := x.words.entry(r)
	if e.text == "" {
		e = x.other(r)
	}
	at := e.at.Format("2 Jan 2006 15:04")
	if e.at.IsZero() {
		at = ""
	}
	x.page.History = append(x.page.History, personEntry{At: at, What: e.text, Changed: len(list) - 1, at: e.at})
	return nil
}

// other puts into words what a customer's page in an export of everything leaves out.
func (x *personExport) other(r assist.Record) entry {
	switch r := r.(type) {
	case assist.Order:
		return entry{r.At, "order " + sentences(r.Number, told("of ", r.Products)) + money(r) + bracket(r.Source)}
	case assist.Gap:
		return entry{r.At, "question without an answer" + x.words.by(r.Rep) + ": " + r.Text}
	case assist.Flag:
		return entry{r.At, "an answer was found wrong" + x.words.by(r.Rep) + ": " + sentences(string(r.Answer)+":", r.Sentence, r.Why)}
	case assist.Proposal:
		return entry{r.At, "how they put a question: " + r.Phrasing}
	case assist.Question:
		return entry{r.At, "a question of theirs that was saved: " + r.Text}
	case assist.Merge:
		return entry{r.At, "records of theirs were merged" + x.words.by(r.By) + told(": ", namesOf(r.Before))}
	case assist.Company:
		return entry{time.Time{}, "household: " + sentences(r.Name, r.City, r.Web, r.About)}
	}
	t, id := r.Ident()
	return entry{time.Time{}, string(t) + " " + string(id)}
}

func namesOf(list []assist.Customer) (out []string) {
	for _, c := range list {
		out = append(out, nameToType(c))
	}
	return out
}

// money is what an order came to: ", 19.90 GBP".
func money(o assist.Order) string {
	if o.Value == 0 {
		return ""
	}
	digits := 2
	if unit, err := currency.ParseISO(o.Currency); err == nil {
		digits, _ = currency.Standard.Rounding(unit)
	}
	return strings.TrimRight(fmt.Sprintf(", %.*f %s", digits, float64(o.Value)/math.Pow10(digits), o.Currency), " ")
}

func (x *personExport) write(to io.Writer) error {
	z := zip.NewWriter(to)
	page, err := z.Create("page.html")
	if err == nil {
		err = personTemplate.Execute(page, x.page)
	}
	for _, part := range []struct {
		name  string
		write func(*json.Encoder) error
	}{
		{"records.jsonl", func(e *json.Encoder) error {
			return eachLine(x.now, func(r assist.Record) error {
				t, _ := r.Ident()
				return e.Encode(map[string]any{"type": t, "record": r})
			})
		}},
		{"versions.jsonl", func(e *json.Encoder) error {
			return eachLine(x.versions, func(v personVersion) error { return e.Encode(v) })
		}},
	} {
		if err != nil {
			break
		}
		var w io.Writer
		if w, err = z.Create(part.name); err == nil {
			err = part.write(json.NewEncoder(w))
		}
	}
	return cmp.Or(err, z.Close())
}

func eachLine[T any](list []T, f func(T) error) error {
	for _, v := range list {
		if err := f(v); err != nil {
			return err
		}
	}
	return nil
}

var personTemplate = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{.Name}}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; }
th { text-align: left; vertical-align: top; padding-right: 1.5em; white-space: nowrap; font-weight: 600; }
td { white-space: pre-wrap; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>{{.Name}}</h1>
<p>All that was kept of this person on {{.Written}}: {{.Counts}}. The same stands in records.jsonl for programs, and in
versions.jsonl with everything that was ever written and changed since.</p>
<h2>Who</h2>
<table>
{{range .About}}<tr><th>{{index . 0}}</th><td>{{index . 1}}</td></tr>
{{end}}</table>
{{if .History}}<h2>What happened</h2>
<table>
{{range .History}}<tr><th>{{.At}}</th><td>{{.What}}{{if .Changed}} (changed {{.Changed}}×){{end}}</td></tr>
{{end}}</table>
{{end}}</body>
</html>
`))

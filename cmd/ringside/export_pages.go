package main

import (
	"bufio"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"ringside/assist"
	"ringside/storage/pack"
	"ringside/storage/people"
)

// pageExporter writes Markdown: library/ as a pack, customers/ with one page for
// each person and all that happened with them, and pages for what belongs to nobody.
type pageExporter struct {
	p   *program
	h   *house
	dir string

	library   assist.Pack
	reps      map[assist.ID]string
	incidents map[assist.ID]string
	companies map[assist.ID]string
	people    bool // customers are wanted
	history   int  // entries of all customers together
	loose     map[assist.Type][]string
}

// entry is one thing that happened with a customer.
type entry struct {
	at   time.Time
	text string
}

// historyTypes are the records that make a customer's history.
func historyTypes() []assist.Type {
	return []assist.Type{assist.TypeCall, assist.TypeNote, assist.TypePromise, assist.TypeInsight, assist.TypeAsked,
		assist.TypeAffected, assist.TypeKudos, assist.TypeDraft}
}

func (e *pageExporter) write(r assist.Record) error {
	if e.reps == nil {
		e.reps, e.companies, e.incidents = map[assist.ID]string{}, map[assist.ID]string{}, map[assist.ID]string{}
		e.loose = map[assist.Type][]string{}
	}
	switch r := r.(type) {
	case assist.Rep:
		e.reps[r.ID] = r.Name
		e.list(r, r.Name+" ("+strings.Join(r.Departments, ", ")+")")
	case assist.Company:
		e.companies[r.ID] = r.Name
		e.list(r, strings.Join(slices.DeleteFunc([]string{r.Name, r.City, r.Web, r.About}, blank), ", "))
	case assist.Customer:
		e.people = true
	case assist.Answer, assist.Prompt, assist.Subject, assist.Tact, assist.Deal, assist.Blob:
		e.shelve(r)
	case assist.Incident:
		e.incidents[r.ID] = r.Title
		e.list(r, day(r.Opened)+" "+sentences(r.Title+":", r.What, r.Why, r.Doing)+closed(r))
	case assist.Focus:
		e.list(r, focusWords(r)+span(r.From, r.Until))
	case assist.Gap:
		e.list(r, day(r.At)+" "+r.Text)
	case assist.Proposal:
		e.list(r, day(r.At)+" "+r.Phrasing+bracket(string(r.Answer)))
	default:
		if customer, x := e.entry(r); customer == "" {
			e.list(r, day(x.at)+" "+x.text)
		}
		e.history++
	}
	return nil
}

// shelve puts a record into the library.
func (e *pageExporter) shelve(r assist.Record) {
	switch r := r.(type) {
	case assist.Answer:
		e.library.Answers = append(e.library.Answers, r)
	case assist.Prompt:
		e.library.Prompts = append(e.library.Prompts, r)
	case assist.Subject:
		e.library.Subjects = append(e.library.Subjects, r)
	case assist.Deal:
		e.library.Deals = append(e.library.Deals, r)
	case assist.Tact:
		if !r.Off {
			e.library.Tact = append(e.library.Tact, r)
		}
	case assist.Blob:
		e.library.Blobs = append(e.library.Blobs, r)
	}
}

func (e *pageExporter) list(r assist.Record, text string) {
	t, _ := r.Ident()
	e.loose[t] = append(e.loose[t], "- "+flat(text))
}

// entry puts a record of a customer's history into words.
func (e *pageExporter) entry(r assist.Record) (customer assist.ID, x entry) {
	switch r := r.(type) {
	case assist.Call:
		return r.Customer, entry{r.Started, "call" + e.by(r.Rep) + ": " + orElse(r.Disposition, "no outcome noted")}
	case assist.Note:
		kind := "note"
		if r.Intelligence != "" {
			kind = "said (" + string(r.Intelligence) + ")"
		}
		return r.Customer, entry{r.At, kind + e.by(r.Rep) + ": " + r.Text}
	case assist.Promise:
		return r.Customer, entry{r.Made, "promise" + e.by(r.Rep) + ": " + r.Text + state(r)}
	case assist.Insight:
		return r.Customer, entry{r.At, "known (" + told("", insightOf(r)) + ")" + e.by(r.Rep) + ": " + r.Text + bracket(r.Source)}
	case assist.Asked:
		return r.Customer, entry{r.At, "prompt " + string(r.Prompt) + ": " + string(r.Reply)}
	case assist.Affected:
		return r.Customer, entry{r.At, "incident " + orElse(e.incidents[r.Incident], string(r.Incident)) + e.by(r.Concierge) + toldOn(r)}
	case assist.Kudos:
		return r.Customer, entry{r.At, "praise for " + orElse(e.reps[r.Rep], string(r.Rep)) + e.by(r.By) + ": " + r.Words}
	case assist.Draft:
		return r.Call.Customer, entry{r.At, "unfinished note: " + orElse(r.Note, "empty")}
	}
	return "", entry{}
}

func (e *pageExporter) by(rep assist.ID) string { return bracket(orElse(e.reps[rep], string(rep))) }

func state(p assist.Promise) string {
	switch {
	case !p.Kept.IsZero():
		return ", kept " + day(p.Kept)
	case !p.Dropped.IsZero():
		return ", taken back " + day(p.Dropped)
	case !p.Broken.IsZero():
		return ", broken " + day(p.Broken)
	case !p.Moved.IsZero() && !p.Due.IsZero():
		return ", due " + day(p.Due) + ", moved " + day(p.Moved)
	case !p.Due.IsZero():
		return ", due " + day(p.Due)
	}
	return ", open"
}

func (e *pageExporter) close() error {
	if len(e.library.Records()) > len(e.library.Blobs) {
		if err := pack.Write(filepath.Join(e.dir, "library"), e.library, nil); err != nil {
			return fmt.Errorf("write the library: %w", err)
		}
	}
	for _, t := range sortedKeys(e.loose) {
		name := plural(t)
		if slices.Contains(historyTypes(), t) {
			name += "-without-customer"
		}
		if err := e.page(name+".md", "# "+title(name)+"\n\n"+strings.Join(e.loose[t], "\n")+"\n"); err != nil {
			return err
		}
	}
	if !e.people {
		return nil
	}
	rounds := uint32(1 + e.history/200_000) // so that the history of a million people need not be in memory at once
	for round := range rounds {
		if err := e.customers(func(id assist.ID) bool { return spread(id)%rounds == round }); err != nil {
			return err
		}
	}
	return nil
}

func spread(id assist.ID) uint32 {
	h := fnv.New32a()
	io.WriteString(h, string(id))
	return h.Sum32()
}

// customers writes the pages of those customers that are mine to write.
func (e *pageExporter) customers(mine func(assist.ID) bool) error {
	history := map[assist.ID][]entry{}
	for _, t := range historyTypes() {
		err := eachRecord(e.p.ctx, e.h.db, t, func(r assist.Record) error {
			if customer, x := e.entry(r); customer != "" && mine(customer) {
				history[customer] = append(history[customer], x)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return eachOf(e.p.ctx, e.h.db, func(c assist.Customer) error {
		if !mine(c.ID) {
			return nil
		}
		return e.customer(c, history[c.ID])
	})
}

func (e *pageExporter) customer(c assist.Customer, history []entry) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", orElse(flat(c.Name), "Name not known yet"))
	for _, line := range aboutCustomer(c, e.companies[c.Company]) {
		fmt.Fprintf(&b, "- %s: %s\n", line[0], flat(line[1]))
	}
	if len(history) > 0 {
		b.WriteString("\n## History\n\n")
	}
	slices.SortStableFunc(history, func(x, y entry) int { return y.at.Compare(x.at) })
	for _, x := range history {
		fmt.Fprintf(&b, "- %s %s\n", x.at.Format("2006-01-02 15:04"), flat(x.text))
	}
	return e.page(filepath.Join("customers", fileName(c)), b.String())
}

// aboutCustomer is what we keep of who they are: what it is, and the words; what is empty
// is left out.
func aboutCustomer(c assist.Customer, company string) (out [][2]string) {
	var phones []string
	for _, p := range c.Phones {
		phones = append(phones, orElse(p.E164, p.Raw))
	}
	for _, line := range [][2]string{{"Company", company}, {"Role", c.Role}, {"Call me", c.CallMe},
		{"Phone", strings.Join(phones, ", ")}, {"E-mail", strings.Join(c.Emails, ", ")}, {"Customer since", c.Since.String()},
		{"City", c.City}, {"Address", c.Address}, {"Language", c.Language}, {"Owns", people.Products(c.Owns)}, {"Likes", c.Likes},
		{"Do not ask", yes(c.DoNotAsk)}, {"No consent", yes(c.NoConsent)}, {"Minor", yes(c.Minor)}, {"Deals", idList(c.Deals)},
		{"Advocate since", c.Advocate.String()}, {"Kind", string(c.Kind)}, {"About", c.About}, {"External", strings.Join(c.External, "; ")}} {
		if line[1] != "" {
			out = append(out, line)
		}
	}
	return out
}

// fileName gives every customer a name of their own, under their first letter.
func fileName(c assist.Customer) string {
	name := strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, c.Name), "-")
	if runes := []rune(name); len(runes) > 60 {
		name = string(runes[:60])
	}
	first := "_"
	for _, r := range name {
		first = string(r)
		break
	}
	return filepath.Join(first, strings.Trim(name+"-"+string(c.ID), "-")+".md")
}

func (e *pageExporter) page(name, text string) error {
	path := filepath.Join(e.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	_, err = w.WriteString(text)
	return errors.Join(err, w.Flush(), f.Close())
}

func day(t time.Time) string { return t.Format("2006-01-02") }
func flat(s string) string   { return strings.Join(strings.Fields(s), " ") }
func blank(s string) bool    { return strings.TrimSpace(s) == "" }
func title(s string) string {
	return strings.ToUpper(s[:1]) + strings.ReplaceAll(s[1:], "-", " ")
}

func bracket(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

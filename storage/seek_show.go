package storage

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
	"ringside/storage/index"
)

const (
	snippet  = 80 // letters of a text in a list
	lead     = 24 // of them before what was found
	dayStyle = "2 Jan 2006"
)

// found says in words what was found. at is the rank of a customer, the time of
// their latest contact.
func (k *kept) found(at int64, hit index.Hit) glance.Found {
	f := glance.Found{Sure: hit.Tier == index.Sure, Why: why(hit)}
	f.Type, f.ID = k.record.Ident()
	switch r := k.record.(type) {
	case assist.Customer:
		f.Customer, f.Title, f.Text = r.ID, titleOf(r), joined(", ", k.company, r.City)
		if at != 0 {
			f.At = time.UnixMicro(at)
		}
	case assist.Company:
		f.Title, f.Text = r.Name, r.City
	case assist.Note:
		f.Customer, f.At = r.Customer, r.At
		f.Title, f.Text = around(r.Text, hit), joined(", ", k.customer, r.At.Format(dayStyle))
	case assist.Promise:
		f.Customer, f.At = r.Customer, r.Made
		f.Title, f.Text = around(r.Text, hit), joined(", ", promised(r), k.customer)
	case assist.Insight:
		f.Customer, f.At = r.Customer, r.At
		f.Title = around(r.Text, hit)
		f.Text = joined(", ", cmp.Or(r.Subject, r.Topic, string(r.Intelligence)), k.customer, r.At.Format(dayStyle))
	case assist.Kudos:
		f.Customer, f.At = r.Customer, r.At
		f.Title, f.Text = around(r.Words, hit), joined(", ", "for "+k.rep, k.customer, r.At.Format(dayStyle))
	case assist.Prompt:
		f.Title, f.Text = r.Topic, r.Topic
		if len(r.Ask) > 0 {
			f.Title = r.Ask[0]
		}
	}
	return f
}

// titleOf returns what a customer is called: the name, or whatever there is.
func titleOf(c assist.Customer) string {
	title := cmp.Or(c.Name, c.CallMe)
	if title == "" && len(c.Phones) > 0 {
		title = cmp.Or(c.Phones[0].Raw, c.Phones[0].E164)
	}
	if title == "" && len(c.Emails) > 0 {
		title = c.Emails[0]
	}
	return title
}

func joined(by string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, by)
}

func promised(p assist.Promise) string {
	switch {
	case !p.Kept.IsZero():
		return "kept " + p.Kept.Format(dayStyle)
	case !p.Dropped.IsZero():
		return "taken back " + p.Dropped.Format(dayStyle)
	case !p.Due.IsZero():
		return "due " + p.Due.Format(dayStyle)
	}
	return "no day named"
}

// why says what is not plain to see: a number, an address, a misspelt word, a word
// that does not fit.
func why(hit index.Hit) string {
	var parts []string
	for _, w := range hit.Words {
		switch {
		case w.Tier == index.Most && hit.Tier == index.Most:
			parts = append(parts, "without '"+w.Typed+"'")
		case w.Tier == index.Typo:
			parts = append(parts, "spelt like '"+w.Term+"'")
		case w.Kind == index.InMail:
			parts = append(parts, w.Term)
		case w.Tail:
			parts = append(parts, "number ends in "+figures(w.Typed))
		case w.Kind == index.InNumber:
			parts = append(parts, phone.Parse("+"+w.Term, "").Show())
		}
	}
	return strings.Join(parts, ", ")
}

// around returns the part of a text that holds what was found, on one line.
func around(text string, hit index.Hit) string {
	at := hit.In(text)
	text = text[:at] + "\x00" + text[at:]
	text = strings.Join(strings.Fields(text), " ")
	before, after, _ := strings.Cut(text, "\x00")
	whole := before + after
	if utf8.RuneCountInString(whole) <= snippet {
		return whole
	}
	head := []rune(before)
	if cut := len(head) - lead; cut > 0 {
		head = head[cut:]
		for i, r := range head {
			if r == ' ' {
				head = head[i+1:]
				break
			}
		}
		head = append([]rune("… "), head...)
	}
	line := append(head, []rune(after)...)
	if len(line) > snippet {
		line = append(line[:snippet-1], '…')
	}
	return string(line)
}

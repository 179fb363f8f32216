package compose

import (
	"cmp"
	"regexp"
	"strings"
	"time"

	"ringside/assist"
)

// Facts are what the blanks of an answer are filled with. Whatever is zero is not
// known.
type Facts struct {
	Customer assist.Customer
	Company  assist.Company
	Product  string // the product the call is about; empty: the customer's, if there is just one
	Rep      assist.Rep
	Promise  assist.Promise // the promise that the answer speaks of
	Now      time.Time
}

var blank = regexp.MustCompile(`\{\{[^{}]*\}\}`)

// Fill puts what is known into the blanks of a text. The blanks are customer.name,
// customer.call_me, customer.company, customer.years, product, rep.name,
// promise.due and today, in double braces. What is not known becomes plain words,
// so that the sentence stays whole: "you" for a person, "your company", "these
// years", "your order" for the product, "your contact here", "as soon as we can" for a time,
// "today" for the day. A blank that does not exist becomes its name in words. What
// is filled in is never filled again, and its braces are taken out.
func Fill(text string, f Facts) string {
	text = blank.ReplaceAllStringFunc(text, func(b string) string {
		name := strings.ToLower(strings.TrimSpace(strings.Trim(b, "{}")))
		return noBraces(f.value(name))
	})
	return noBraces(text)
}

// noBraces takes out double braces, also those that meet when others go.
func noBraces(s string) string {
	for strings.Contains(s, "{{") || strings.Contains(s, "}}") {
		s = strings.NewReplacer("{{", "", "}}", "").Replace(s)
	}
	return s
}

func (f Facts) value(name string) string {
	switch name {
	case "customer.name":
		return cmp.Or(line(f.Customer.Name), line(f.Customer.CallMe), "you")
	case "customer.call_me":
		return cmp.Or(FirstName(f.Customer), "you")
	case "customer.company":
		return cmp.Or(line(f.Company.Name), "your company")
	case "customer.years":
		return f.years()
	case "product":
		return cmp.Or(line(f.Product), f.onlyProduct(), "your order")
	case "rep.name":
		return cmp.Or(line(f.Rep.Name), "your contact here")
	case "promise.due":
		if f.Promise.Due.IsZero() {
			return "as soon as we can"
		}
		return When(f.Promise.Due, f.Promise.AllDay, f.Now)
	case "today":
		if f.Now.IsZero() {
			return "today"
		}
		return f.Now.Format("Monday 2 January")
	}
	return line(strings.NewReplacer("_", " ", ".", " ").Replace(name))
}

// years counts the whole years with us, in words that fit "for ... " and "after ...".
func (f Facts) years() string {
	since := f.Customer.Since
	if since.Year == 0 || f.Now.IsZero() {
		return "these years"
	}
	years := f.Now.Year() - since.Year
	if first, _ := anniversary(since, years); dayOf(f.Now).Before(first) {
		years--
	}
	if years < 1 {
		return "these months"
	}
	return count(years, "year")
}

func (f Facts) onlyProduct() string {
	only := ""
	for _, p := range f.Customer.Owns {
		if !p.Ours() {
			continue
		}
		if only != "" {
			return ""
		}
		only = line(p.Name)
	}
	return only
}

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
// promise.due and today, in double braces. A product is "your Kettle Pro", or
// "Kettle Pro" behind "the", "your" and the like. What is not known becomes plain
// words, so that the sentence stays whole: "your company", "these years", "your
// order" for the product, "a colleague" for the rep, "as soon as we can" for a time,
// "today" for the day; a name becomes "you", and is left out where it only
// addresses somebody ("Hello {{customer.name}}," is "Hello,"). A blank that does not
// exist becomes its name in words. What is filled in is never filled again, and
// double braces never stay.
func Fill(text string, f Facts) string {
	var out strings.Builder
	for {
		at := blank.FindStringIndex(text)
		if at == nil {
			break
		}
		out.WriteString(text[:at[0]])
		name := strings.ToLower(strings.TrimSpace(text[at[0]+2 : at[1]-2]))
		before, after := out.String(), text[at[1]:]
		value, known := f.value(name, before)
		switch {
		case !known && isName(name) && strings.HasPrefix(after, "'s "):
			value, after = "your ", after[len("'s "):]
		case !known && isName(name) && addresses(before, after):
			value, after = "", unaddressed(before, after)
			before = strings.TrimRight(before, " ,")
		}
		if !known && begins(before) {
			value = sentence(value)
		}
		out.Reset()
		out.WriteString(before + noBraces(value))
		text = after
	}
	out.WriteString(text)
	return noBraces(out.String())
}

// noBraces takes out double braces, also those that meet when others go.
func noBraces(s string) string {
	for strings.Contains(s, "{{") || strings.Contains(s, "}}") {
		s = strings.NewReplacer("{{", "", "}}", "").Replace(s)
	}
	return s
}

func isName(blank string) bool { return blank == "customer.name" || blank == "customer.call_me" }

var (
	greeting   = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:hello|hi|dear|thanks|thank you|morning|afternoon|evening|sorry|welcome|goodbye|bye|yes|no)\s+$`)
	stop       = regexp.MustCompile(`^\s*(?:[,.:;!?]|$)`)
	determined = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:the|your|this|that|our|a|an|my|each|any)\s+$`)
)

// begins reports whether a sentence begins behind the text.
func begins(before string) bool {
	before = strings.TrimRight(before, " \n")
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".!?")
}

// addresses reports whether a name here would only address somebody.
func addresses(before, after string) bool {
	if !stop.MatchString(after) {
		return false
	}
	return greeting.MatchString(before) || begins(before) && after != "" || strings.HasSuffix(strings.TrimRight(before, " "), ",")
}

// unaddressed returns how the text goes on when the name is left out.
func unaddressed(before, after string) string {
	if !begins(before) {
		return after
	}
	rest := sentence(strings.TrimLeft(after, " ,.:;!?"))
	if before != "" {
		return " " + rest
	}
	return rest
}

// value returns what is known for a blank, else plain words.
func (f Facts) value(name, before string) (value string, known bool) {
	switch name {
	case "customer.name":
		return or("you", line(f.Customer.Name), line(f.Customer.CallMe))
	case "customer.call_me":
		return or("you", FirstName(f.Customer))
	case "customer.company":
		return or("your company", line(f.Company.Name))
	case "customer.years":
		years := f.years()
		return years, !strings.HasPrefix(years, "these")
	case "product":
		product, known := or("order", line(f.Product), f.onlyProduct())
		if determined.MatchString(before) {
			return product, known
		}
		if begins(before) {
			return "Your " + product, known
		}
		return "your " + product, known
	case "rep.name":
		return or("a colleague", line(f.Rep.Name))
	case "promise.due":
		if f.Promise.Due.IsZero() {
			return "as soon as we can", false
		}
		return When(f.Promise.Due, f.Promise.AllDay, f.Now), true
	case "today":
		if f.Now.IsZero() {
			return "today", false
		}
		return f.Now.Format("Monday 2 January"), true
	}
	return line(strings.NewReplacer("_", " ", ".", " ").Replace(name)), false
}

func or(otherwise string, values ...string) (string, bool) {
	value := cmp.Or(values...)
	return cmp.Or(value, otherwise), value != ""
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

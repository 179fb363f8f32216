package people

import (
	"fmt"
	"strings"

	"ringside/assist"
	"ringside/assist/phone"
)

// gain adds to a customer what another record of the same person has: it fills
// what is empty and adds numbers, addresses and ids. conflict is told of each
// field where both have a value and they differ; the customer's own stays.
func gain(into *assist.Customer, from assist.Customer, region string, conflict func(field, kept, other string)) (changed bool) {
	fill := func(field string, have *string, other string) {
		switch {
		case other == "" || *have == other:
		case *have == "":
			*have, changed = other, true
		case !strings.EqualFold(*have, other):
			conflict(field, *have, other)
		}
	}
	fill("name", &into.Name, from.Name)
	fill("form of address", &into.CallMe, from.CallMe)
	fill("role", &into.Role, from.Role)
	fill("city", &into.City, from.City)
	fill("address", &into.Address, from.Address)
	fill("language", &into.Language, from.Language)
	if into.Company == "" && from.Company != "" {
		into.Company, changed = from.Company, true
	}
	if into.Since.IsZero() && !from.Since.IsZero() {
		into.Since, changed = from.Since, true
	} else if !from.Since.IsZero() && from.Since != into.Since {
		conflict("customer since", into.Since.String(), from.Since.String())
	}
	if about := newLines(into.About, from.About); about != "" {
		into.About, changed = join("\n", into.About, about), true
	}
	phones, more := addPhones(into.Phones, from.Phones, region)
	into.Phones = phones
	emails, mails := addTexts(into.Emails, from.Emails)
	external, ids := addTexts(into.External, from.External)
	into.Emails, into.External = emails, external
	return changed || more || mails || ids
}

// addPhones returns the list with the numbers that are not in it yet. The list
// itself is not changed.
func addPhones(list, more []assist.Phone, region string) ([]assist.Phone, bool) {
	if len(more) == 0 {
		return list, false
	}
	seen := map[string]bool{}
	for _, p := range list {
		seen[lastKey(p, region)] = true
	}
	out, added := list[:len(list):len(list)], false
	for _, p := range more {
		if key := lastKey(p, region); !seen[key] {
			seen[key], added = true, true
			out = append(out, p)
		}
	}
	return out, added
}

// lastKey is the number without its extension.
func lastKey(p assist.Phone, region string) string {
	keys := phone.KeysOf(p, region)
	if len(keys) == 0 {
		return p.Raw
	}
	return keys[len(keys)-1]
}

func addTexts(list, more []string) ([]string, bool) {
	out, added := list[:len(list):len(list)], false
	for _, s := range more {
		if !has(out, s) {
			out, added = append(out, s), true
		}
	}
	return out, added
}

// newLines returns the lines of more that are not in text.
func newLines(text, more string) string {
	if more == "" || text == more || strings.Contains(text, more) {
		return ""
	}
	have := map[string]bool{}
	for line := range strings.SplitSeq(text, "\n") {
		have[strings.TrimSpace(line)] = true
	}
	var out []string
	for line := range strings.SplitSeq(more, "\n") {
		if !have[strings.TrimSpace(line)] {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// gainCompany adds what a record says of a company.
func gainCompany(into *assist.Company, from assist.Company, region string) (changed bool) {
	if into.Web == "" && from.Web != "" {
		into.Web, changed = from.Web, true
	}
	if into.City == "" && from.City != "" {
		into.City, changed = from.City, true
	}
	phones, more := addPhones(into.Phones, from.Phones, region)
	into.Phones = phones
	return changed || more
}

// absorb merges a later row of the file into the customer of the first.
func (d *draft) absorb(from *draft, foreign []string, region string) {
	if from.refused.Reason != "" {
		return
	}
	other := from.customer
	if len(foreign) > 0 {
		other.Emails, other.External = without(other.Emails, foreign, "email:"), without(other.External, foreign, "")
		from.warn("", fmt.Sprintf("this row is the person of line %d, but %s belongs to another line; it was not added", d.line, strings.TrimPrefix(foreign[0], "email:")))
	}
	firm := d.customer.Company
	gain(&d.customer, other, region, func(field, kept, other string) {
		from.warn("", fmt.Sprintf("the %s here is %q and in line %d, the same person, %q; %q is kept", field, short(other), d.line, short(kept), short(kept)))
	})
	if firm != "" && other.Company != "" && firm != other.Company {
		from.warn("", fmt.Sprintf("the company here is %q and in line %d, the same person, %q; %q is kept", from.company.Name, d.line, d.company.Name, d.company.Name))
	} else if d.company.Name == "" {
		d.company = from.company
	} else if from.company.Name != "" {
		gainCompany(&d.company, from.company, region)
	}
	for _, note := range from.notes {
		if !has(d.notes, note) {
			d.notes = append(d.notes, note)
		}
	}
	d.conflicts = append(d.conflicts, from.warnings...)
}

func without(list, drop []string, prefix string) []string {
	var out []string
	for _, s := range list {
		if !has(drop, prefix+s) {
			out = append(out, s)
		}
	}
	return out
}

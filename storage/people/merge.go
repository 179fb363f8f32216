package people

import (
	"fmt"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/phone"
)

// gain adds to a customer what another record of the same person has. See merger.
func gain(into *assist.Customer, from assist.Customer, region string, conflict func(field, kept, other string)) (changed bool) {
	return (&merger{into: into, region: region}).add(from, conflict)
}

// merger gathers records of one person. It remembers what is there, for a file may
// have many thousand rows with the address nobody@example.org.
type merger struct {
	into    *assist.Customer
	region  string
	numbers map[string]bool
	emails  map[string]bool
	ids     map[string]bool
	lines   map[string]bool
	notes   map[string]bool
}

// add fills what is empty and adds numbers, addresses and ids. conflict is told of
// each field where both have a value and they differ; the customer's own stays.
func (m *merger) add(from assist.Customer, conflict func(field, kept, other string)) (changed bool) {
	into := m.into
	fill := func(field string, have *string, other string) {
		switch {
		case other == "" || *have == other:
		case *have == "":
			*have, changed = other, true
		case !strings.EqualFold(plain(*have), plain(other)):
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
	changed = gainSince(into, from, conflict) || changed
	fill("what they like", &into.Likes, from.Likes)
	changed = gainOurs(into, from, conflict) || changed
	lists := m.phones(from.Phones)
	lists = m.texts(&into.Emails, &m.emails, from.Emails, mailOf) || lists
	lists = m.texts(&into.External, &m.ids, from.External, plain) || lists
	return m.about(from.About, conflict) || lists || changed
}

func gainSince(into *assist.Customer, from assist.Customer, conflict func(field, kept, other string)) (changed bool) {
	switch {
	case from.Since.IsZero() || from.Since == into.Since:
	case into.Since.IsZero():
		into.Since, changed = from.Since, true
	default:
		conflict("customer since", into.Since.String(), from.Since.String())
	}
	return changed
}

// gainOurs is add for what only our own tables tell.
func gainOurs(into *assist.Customer, from assist.Customer, conflict func(field, kept, other string)) (changed bool) {
	if into.Kind == "" && from.Kind != "" {
		into.Kind, changed = from.Kind, true
	} else if from.Kind != "" && from.Kind != into.Kind {
		conflict("kind", string(into.Kind), string(from.Kind))
	}
	if len(into.Owns) == 0 && len(from.Owns) > 0 {
		into.Owns, changed = from.Owns, true
	} else if have, other := Products(into.Owns), Products(from.Owns); other != "" && !strings.EqualFold(plain(have), plain(other)) {
		conflict("list of what they own", have, other)
	}
	return gainTalk(into, from) || changed
}

// gainTalk is gainOurs for how a customer is talked with: what asks for reserve in one of
// two records holds for both.
func gainTalk(into *assist.Customer, from assist.Customer) (changed bool) {
	for _, b := range []struct {
		into *bool
		from bool
	}{{&into.DoNotAsk, from.DoNotAsk}, {&into.NoConsent, from.NoConsent}, {&into.Minor, from.Minor}} {
		if b.from && !*b.into {
			*b.into, changed = true, true
		}
	}
	for _, id := range from.Deals {
		if !slices.Contains(into.Deals, id) {
			into.Deals, changed = append(slices.Clip(into.Deals), id), true
		}
	}
	if into.Advocate.IsZero() && !from.Advocate.IsZero() {
		into.Advocate, changed = from.Advocate, true
	}
	return changed
}

// plain is a text as a cell of a table gives it back on one line.
func plain(s string) string { return oneLine(strings.TrimSpace(visible(s))) }

// mailOf is how an address is compared: people write it in large letters too.
func mailOf(s string) string {
	mail, _ := address(s)
	return mail
}

// phones adds the numbers that are not there yet.
func (m *merger) phones(more []assist.Phone) (added bool) {
	if len(more) == 0 {
		return false
	}
	if m.numbers == nil {
		m.numbers = map[string]bool{}
		for _, p := range m.into.Phones {
			m.numbers[lastKey(p, m.region)] = true
		}
		m.into.Phones = slices.Clip(m.into.Phones)
	}
	for _, p := range more {
		if key := lastKey(p, m.region); !m.numbers[key] {
			m.numbers[key], added = true, true
			m.into.Phones = append(m.into.Phones, p)
		}
	}
	return added
}

// texts adds the texts that are not in a list yet; seen remembers them by key.
func (m *merger) texts(list *[]string, seen *map[string]bool, more []string, key func(string) string) (added bool) {
	if len(more) == 0 {
		return false
	}
	if *seen == nil {
		*seen = map[string]bool{}
		for _, s := range *list {
			(*seen)[key(s)] = true
		}
		*list = slices.Clip(*list)
	}
	for _, s := range more {
		if k := key(s); !(*seen)[k] {
			(*seen)[k], added = true, true
			*list = append(*list, s)
		}
	}
	return added
}

// maxAbout is how many bytes of text about a customer are gathered; the store takes
// no more.
const maxAbout = 100_000

// about adds the lines that are not there yet, as far as there is room for them.
func (m *merger) about(more string, conflict func(field, kept, other string)) bool {
	text := m.into.About
	if more == "" || strings.Contains(text, more) {
		return false
	}
	if m.lines == nil {
		m.lines = map[string]bool{}
		for line := range strings.SplitSeq(text, "\n") {
			m.lines[plain(line)] = true
		}
	}
	var out []string
	for line := range strings.SplitSeq(more, "\n") {
		if !m.lines[plain(line)] {
			out = append(out, line)
		}
	}
	about := strings.Join(out, "\n")
	if len(text)+1+len(about) > maxAbout {
		conflict("text, too long to be added,", text, about)
		return false
	}
	for _, line := range out {
		m.lines[plain(line)] = true
	}
	m.into.About = join("\n", text, about)
	return about != ""
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
func (d *draft) absorb(from *draft, foreign []string, m *merger) {
	if from.refused.Reason != "" {
		return
	}
	other := from.customer
	if len(foreign) > 0 {
		other.Emails, other.External = without(other.Emails, foreign, "email:"), without(other.External, foreign, "")
		from.warn("", fmt.Sprintf("this row is the person of line %d, but %s belongs to another line; it was not added", d.line, strings.TrimPrefix(foreign[0], "email:")))
	}
	firm := d.customer.Company
	m.add(other, func(field, kept, other string) {
		from.warn("", fmt.Sprintf("the %s here is %q and in line %d, the same person, %q; %q is kept", field, short(other), d.line, short(kept), short(kept)))
	})
	if firm != "" && other.Company != "" && firm != other.Company {
		from.warn("", fmt.Sprintf("the company here is %q and in line %d, the same person, %q; %q is kept", from.company.Name, d.line, d.company.Name, d.company.Name))
	} else if d.company.Name == "" {
		d.company = from.company
	} else if from.company.Name != "" {
		gainCompany(&d.company, from.company, m.region)
	}
	m.texts(&d.notes, &m.notes, from.notes, plain)
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

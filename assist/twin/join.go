package twin

import (
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/search/text"
)

// Field is one field of a customer in which records that are merged may differ.
type Field struct {
	Name string // as a file writes it: "call_me"
	// Values are what the records say, in words, the keeper's first; empty where one says
	// nothing. Of a list, which is united, they are the parts.
	Values []string
	// Chosen is whose value is kept: a place in Values. It is -1 for a list, which all give to.
	Chosen int
	Kept   []string // of a list: its parts, each once
}

// Choices say by field whose value is kept.
type Choices map[string]assist.ID

// field is how one field is read and written.
type field struct {
	name string
	say  func(c *assist.Customer) string
	take func(to, from *assist.Customer)
}

// one is a field with one value.
func one[T comparable](name string, of func(*assist.Customer) *T, say func(T) string) field {
	return field{name, func(c *assist.Customer) string {
		var none T
		if v := *of(c); v != none {
			return say(v)
		}
		return ""
	}, func(to, from *assist.Customer) { *of(to) = *of(from) }}
}

func line(s string) string { return s }

func yes(bool) string { return "yes" }

// singles are the fields of which one value is kept, in the order in which they are shown.
var singles = []field{
	one("name", func(c *assist.Customer) *string { return &c.Name }, line),
	one("call_me", func(c *assist.Customer) *string { return &c.CallMe }, line),
	one("kind", func(c *assist.Customer) *assist.Kind { return &c.Kind }, func(k assist.Kind) string { return string(k) }),
	one("company", func(c *assist.Customer) *assist.ID { return &c.Company }, func(id assist.ID) string { return string(id) }),
	one("role", func(c *assist.Customer) *string { return &c.Role }, line),
	one("since", func(c *assist.Customer) *assist.Date { return &c.Since }, assist.Date.String),
	one("city", func(c *assist.Customer) *string { return &c.City }, line),
	one("address", func(c *assist.Customer) *string { return &c.Address }, line),
	one("language", func(c *assist.Customer) *string { return &c.Language }, line),
	one("likes", func(c *assist.Customer) *string { return &c.Likes }, line),
	one("about", func(c *assist.Customer) *string { return &c.About }, line),
	one("advocate", func(c *assist.Customer) *assist.Date { return &c.Advocate }, assist.Date.String),
	one("do_not_ask", func(c *assist.Customer) *bool { return &c.DoNotAsk }, yes),
	one("no_consent", func(c *assist.Customer) *bool { return &c.NoConsent }, yes),
	one("minor", func(c *assist.Customer) *bool { return &c.Minor }, yes),
	one("unchecked", func(c *assist.Customer) *bool { return &c.Unchecked }, yes),
}

// Join makes one customer of a keeper and others. A list has the parts of all, each once.
// Of a single field the keeper's value counts, or where the keeper says nothing the first
// of the others that says something, unless choices name another record. What protects a
// person, such as DoNotAsk, counts as soon as one says it. fields are those in which the
// records differ.
func Join(keeper assist.Customer, others []assist.Customer, choices Choices) (kept assist.Customer, fields []Field) {
	all := append([]assist.Customer{keeper}, others...)
	kept = keeper
	for _, f := range singles {
		said := Field{Name: f.name, Chosen: -1}
		for i := range all {
			said.Values = append(said.Values, f.say(&all[i]))
			if choices[f.name] == all[i].ID {
				said.Chosen = i
			}
		}
		if said.Chosen < 0 {
			said.Chosen = max(slices.IndexFunc(said.Values, func(s string) bool { return s != "" }), 0)
			if f.name == "unchecked" { // somebody has filled in one of them
				said.Chosen = max(slices.Index(said.Values, ""), 0)
			}
		}
		f.take(&kept, &all[said.Chosen])
		if differ(said.Values) {
			fields = append(fields, said)
		}
	}
	for _, l := range lists {
		said := Field{Name: l.name, Chosen: -1}
		for i := range all {
			said.Values = append(said.Values, strings.Join(l.say(&all[i]), ", "))
		}
		l.unite(&kept, others)
		if l.name == "relations" {
			kept.Relations = slices.DeleteFunc(kept.Relations, func(r assist.Relation) bool {
				return slices.ContainsFunc(all, func(c assist.Customer) bool { return c.ID == r.To })
			})
		}
		if said.Kept = l.say(&kept); differ(said.Values) {
			fields = append(fields, said)
		}
	}
	return kept, fields
}

func differ(values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return v != values[0] })
}

// Edit is one difference between two versions of a customer. Before is empty for what was
// added, After for what was taken away. Companies are told by id.
type Edit struct{ Field, Before, After string }

// Diff tells how a customer has changed, lists part by part.
func Diff(before, after assist.Customer) (out []Edit) {
	for _, f := range singles {
		if a, b := f.say(&before), f.say(&after); a != b {
			out = append(out, Edit{f.name, a, b})
		}
	}
	for _, l := range lists {
		a, b := l.say(&before), l.say(&after)
		for _, x := range a {
			if !slices.Contains(b, x) {
				out = append(out, Edit{l.name, x, ""})
			}
		}
		for _, x := range b {
			if !slices.Contains(a, x) {
				out = append(out, Edit{l.name, "", x})
			}
		}
	}
	if before.Into != after.Into {
		out = append(out, Edit{"into", string(before.Into), string(after.Into)})
	}
	return out
}

// Part returns a keeper as they were before a merge, with what was changed of them since:
// before is the keeper then, merged what the merge made of them, now how they stand.
func Part(before, merged, now assist.Customer) assist.Customer {
	out := now
	for _, f := range singles {
		if f.say(&now) == f.say(&merged) {
			f.take(&out, &before)
		}
	}
	for _, l := range lists {
		l.part(&out, &before, &merged)
	}
	return out
}

// list is a field that all records give to.
type list struct {
	name  string
	say   func(c *assist.Customer) []string
	unite func(kept *assist.Customer, others []assist.Customer)
	part  func(now, before, merged *assist.Customer)
}

// many is a field with many values; key tells which of them are the same.
func many[T any](name string, of func(*assist.Customer) *[]T, key, say func(T) string) list {
	keys := func(v []T) map[string]bool {
		out := map[string]bool{}
		for _, x := range v {
			out[key(x)] = true
		}
		return out
	}
	add := func(v, more []T) []T {
		v = slices.Clone(v)
		there := keys(v)
		for _, x := range more {
			if !there[key(x)] {
				there[key(x)] = true
				v = append(v, x)
			}
		}
		return v
	}
	return list{name, func(c *assist.Customer) (out []string) {
		for _, x := range *of(c) {
			out = append(out, say(x))
		}
		return out
	}, func(kept *assist.Customer, others []assist.Customer) {
		for i := range others {
			*of(kept) = add(*of(kept), *of(&others[i]))
		}
	}, func(now, before, merged *assist.Customer) {
		had, came := keys(*of(before)), keys(*of(merged))
		v := slices.DeleteFunc(slices.Clone(*of(now)), func(x T) bool { return came[key(x)] && !had[key(x)] })
		v = add(v, slices.DeleteFunc(slices.Clone(*of(before)), func(x T) bool { return came[key(x)] }))
		if *of(now) = v; len(v) == 0 {
			*of(now) = nil
		}
	}}
}

// lists are the fields of which all values are kept.
var lists = []list{
	many("phones", func(c *assist.Customer) *[]assist.Phone { return &c.Phones }, phoneKey, func(p assist.Phone) string { return p.Raw }),
	many("emails", func(c *assist.Customer) *[]string { return &c.Emails }, mailKey, line),
	many("external", func(c *assist.Customer) *[]string { return &c.External }, line, line),
	many("owns", func(c *assist.Customer) *[]assist.Product { return &c.Owns },
		func(p assist.Product) string { return text.Fold(p.Name) + "\x00" + text.Fold(p.Maker) }, func(p assist.Product) string { return p.Name }),
	many("deals", func(c *assist.Customer) *[]assist.ID { return &c.Deals }, func(id assist.ID) string { return string(id) }, func(id assist.ID) string { return string(id) }),
	many("relations", func(c *assist.Customer) *[]assist.Relation { return &c.Relations },
		func(r assist.Relation) string { return string(r.To) + "\x00" + r.Who }, func(r assist.Relation) string { return r.Who }),
}

// phoneKey tells numbers apart by what can be dialled, and by their extensions.
func phoneKey(p assist.Phone) string {
	if p.E164 == "" {
		return p.Raw
	}
	_, ext, _ := strings.Cut(strings.ToLower(p.Raw), "x")
	return p.E164 + "\x00" + ext
}

func mailKey(address string) string { return strings.ToLower(strings.TrimSpace(address)) }

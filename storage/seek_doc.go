package storage

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/dgraph-io/badger/v4"
	"github.com/nyaruka/phonenumbers"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/storage/index"
)

// kept is a record with what a find says about it.
type kept struct {
	record   assist.Record
	company  string // of a customer
	customer string // of what belongs to one: a note, a promise
	rep      string // of kudos
	doc      index.Doc
}

// kept reads a record that can be found; nil when there is none.
func (db *DB) kept(txn *badger.Txn, n named, home *region) (*kept, error) {
	switch n.t {
	case assist.TypeCustomer:
		return keptOf[assist.Customer](db, txn, n.id, home)
	case assist.TypeCompany:
		return keptOf[assist.Company](db, txn, n.id, home)
	case assist.TypePromise:
		return keptOf[assist.Promise](db, txn, n.id, home)
	case assist.TypeNote:
		return keptOf[assist.Note](db, txn, n.id, home)
	case assist.TypeInsight:
		return keptOf[assist.Insight](db, txn, n.id, home)
	case assist.TypeKudos:
		return keptOf[assist.Kudos](db, txn, n.id, home)
	case assist.TypePrompt:
		return keptOf[assist.Prompt](db, txn, n.id, home)
	}
	return nil, nil
}

func keptOf[T assist.Record](db *DB, txn *badger.Txn, id assist.ID, home *region) (*kept, error) {
	var r T
	found, err := get(db, txn, id, &r)
	if err != nil || !found {
		return nil, err
	}
	k := &kept{record: r}
	switch r := k.record.(type) {
	case assist.Prompt:
		if r.Off {
			return nil, nil // as if it were gone
		}
	case assist.Customer:
		if r.Into != "" {
			return nil, nil // another has taken their place
		}
		if r.Company != "" {
			var c assist.Company
			if _, err := get(db, txn, r.Company, &c); err != nil {
				return nil, err
			}
			k.company = c.Name
		}
	case assist.Note:
		k.customer, err = nameOf(db, txn, r.Customer)
	case assist.Promise:
		k.customer, err = nameOf(db, txn, r.Customer)
	case assist.Insight:
		k.customer, err = nameOf(db, txn, r.Customer)
	case assist.Kudos:
		var praised assist.Rep
		if _, err := get(db, txn, r.Rep, &praised); err != nil {
			return nil, err
		}
		k.rep = cmp.Or(praised.Name, string(r.Rep))
		k.customer, err = nameOf(db, txn, r.Customer)
	}
	k.doc = docOf(k.record, k.company, home)
	return k, err
}

// nameOf returns what a customer is called; empty when there is none.
func nameOf(db *DB, txn *badger.Txn, id assist.ID) (string, error) {
	if id == "" {
		return "", nil
	}
	var c assist.Customer
	_, err := get(db, txn, id, &c)
	return titleOf(c), err
}

// docOf returns by what a record can be found; company is the name of a customer's.
// The time of a customer and the facets of a note are for the caller to fill in.
func docOf(r assist.Record, company string, home *region) index.Doc {
	switch r := r.(type) {
	case assist.Customer:
		d := index.Doc{Key: string(r.ID), Names: []string{r.Name}, Mails: r.Emails, Numbers: home.numbers(r.Phones)}
		if r.CallMe != "" {
			d.Names = append(d.Names, r.CallMe)
		}
		if company != "" {
			d.More = append(d.More, company)
		}
		if r.City != "" {
			d.More = append(d.More, r.City)
		}
		return d
	case assist.Company:
		return index.Doc{Key: string(r.ID), Names: []string{r.Name}, More: []string{r.City}, Numbers: home.numbers(r.Phones)}
	case assist.Note:
		return index.Doc{Key: string(r.ID), At: micros(r.At), Texts: textsOf(r)}
	case assist.Promise:
		return index.Doc{Key: string(r.ID), At: micros(r.Made), Texts: []string{r.Text}}
	case assist.Insight:
		return index.Doc{Key: string(r.ID), At: micros(r.At), Texts: []string{r.Text, r.Subject, r.Topic}}
	case assist.Kudos:
		return index.Doc{Key: string(r.ID), At: micros(r.At), Texts: []string{r.Words}}
	case assist.Prompt:
		return index.Doc{Key: string(r.ID), Texts: append([]string{r.Topic}, r.Ask...)}
	}
	return index.Doc{}
}

// micros is a time as ranks have it; 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// region is where numbers without a country code belong.
type region struct {
	name  string
	code  string // of the country
	trunk string
	codes map[int]bool // all there are
}

func newRegion(name string) *region {
	r := &region{name: name, code: strconv.Itoa(phonenumbers.GetCountryCodeForRegion(strings.ToUpper(strings.TrimSpace(name)))),
		trunk: phone.Trunk(name), codes: phonenumbers.GetSupportedCallingCodes()}
	if r.code == "0" {
		r.code = "44"
	}
	return r
}

// numbers returns a record's numbers in figures.
func (g *region) numbers(phones []assist.Phone) (out []index.Number) {
	for _, p := range phones {
		keys := phone.KeysOf(p, g.name)
		if len(keys) == 0 {
			continue
		}
		n := index.Number{Digits: keys[len(keys)-1]}
		if !strings.HasPrefix(n.Digits, g.code) {
			n.National = g.national(n.Digits)
		}
		out = append(out, n)
	}
	return out
}

// national cuts the country code off.
func (g *region) national(digits string) string {
	code := 0
	for n := 1; n <= 3 && n < len(digits); n++ {
		code = 10*code + int(digits[n-1]-'0')
		if g.codes[code] {
			return digits[n:]
		}
	}
	return ""
}

// read is the index's way to understand a number that somebody is typing.
func (g *region) read(typed string) (whole string, begins, ends []string) {
	n := phone.Parse(typed, g.name)
	digits := figures(typed)
	rest, abroad := strings.CutPrefix(digits, "00")
	if strings.Contains(typed, "+") {
		rest, abroad = digits, true
	}
	begins = append(begins, rest)
	if !abroad {
		local := strings.TrimPrefix(rest, g.trunk)
		begins = append(begins, local, strings.TrimPrefix(rest, "0"))
		if local != "" {
			begins = append(begins, g.code+local)
		}
	}
	if g.trunk != "" && strings.HasPrefix(rest, g.code+g.trunk) { // +44 (0)113
		begins = append(begins, g.code+rest[len(g.code+g.trunk):])
	}
	ends = append(ends, digits, strings.TrimLeft(digits, "0"))
	if len(digits) >= 7 && n.Digits != "" {
		whole = n.Digits
		begins, ends = append(begins, whole), append(ends, whole)
	}
	return whole, unique(begins), unique(ends)
}

func figures(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case unicode.Is(unicode.Nd, r):
			return []rune(phone.Parse(string(r), "").Digits + " ")[0]
		}
		return -1
	}, s)
}

func unique(list []string) []string {
	list = slices.DeleteFunc(list, func(s string) bool { return strings.TrimSpace(s) == "" })
	slices.Sort(list)
	return slices.Compact(list)
}

// byKey returns the customers whose number or address the text is.
func (db *DB) byKey(txn *badger.Txn, text string, home *region) ([]assist.ID, error) {
	if strings.Contains(text, "@") {
		return lookedUp(txn, emailKey(text)), nil
	}
	n := phone.Parse(text, home.name)
	if len(n.Digits) < 7 {
		return nil, nil
	}
	return numberOwners(txn, n).customers, nil
}

func lookedUp(txn *badger.Txn, key string) (out []assist.ID) {
	prefix := append(append([]byte{spaceLookup}, key...), 0)
	it := txn.NewIterator(keysOnly(prefix))
	defer it.Close()
	for it.Rewind(); it.Valid() && len(out) < maxMatches; it.Next() {
		if id, rest, ok := cutRef(bytes.Clone(it.Item().Key()[len(prefix):])); ok && len(rest) == 0 {
			out = append(out, id)
		}
	}
	return out
}

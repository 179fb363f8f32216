package twin

import (
	"cmp"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/search/text"
)

// person is one customer as it is compared.
type person struct {
	*assist.Customer
	name    name
	phones  []number
	written []assist.Phone // as the customer has them
	mails   []string
	city    string
	street  string // house number and street
}

// number is one telephone number in figures.
type number struct {
	digits string
	mobile bool
}

// finder knows all customers, and how many share what.
type finder struct {
	opt       Options
	people    []person // by id
	shared    map[string]int
	desks     map[string]bool // switchboards
	twoPeople map[[2]assist.ID]bool
}

func newFinder(customers []assist.Customer, opt Options) *finder {
	f := &finder{opt: opt, shared: map[string]int{}, desks: map[string]bool{}, twoPeople: map[[2]assist.ID]bool{}}
	read := phone.NewParser(opt.Region)
	for _, c := range opt.Companies {
		for _, p := range c.Phones {
			if n := numberOf(read, p); n.digits != "" {
				f.desks[n.digits] = true
			}
		}
	}
	for _, a := range opt.Apart {
		if a.Stood[0] != stood {
			continue
		}
		f.twoPeople[[2]assist.ID{min(a.Of[0], a.Of[1]), max(a.Of[0], a.Of[1])}] = true
	}
	f.people = make([]person, 0, len(customers))
	for i := range customers {
		if customers[i].Into == "" {
			f.people = append(f.people, newPerson(&customers[i], read))
		}
	}
	slices.SortFunc(f.people, func(a, b person) int { return cmp.Compare(a.ID, b.ID) })
	for i := range f.people {
		for _, k := range f.people[i].facts() {
			f.shared[k]++
		}
	}
	return f
}

func newPerson(c *assist.Customer, read *phone.Parser) person {
	p := person{Customer: c, name: readName(c.Name), city: text.Fold(c.City), street: streetOf(c.Address)}
	for _, x := range c.Phones {
		if n := numberOf(read, x); len(n.digits) >= 7 && !p.has(n.digits) {
			p.phones, p.written = append(p.phones, n), append(p.written, x)
		}
	}
	for _, e := range c.Emails {
		if m := mailOf(e); m != "" && !slices.Contains(p.mails, m) {
			p.mails = append(p.mails, m)
		}
	}
	return p
}

func numberOf(read *phone.Parser, p assist.Phone) number {
	n := phone.Number{Digits: strings.TrimPrefix(p.E164, "+")}
	if p.E164 == "" {
		n = read.Parse(p.Raw)
	}
	label := text.Fold(p.Label)
	mobile := strings.HasPrefix(label, "mobile") || strings.HasPrefix(label, "cell") || strings.HasPrefix(n.Digits, "447") ||
		strings.HasPrefix(n.Digits, "4915") || strings.HasPrefix(n.Digits, "4916") || strings.HasPrefix(n.Digits, "4917") ||
		strings.HasPrefix(n.Digits, "336") || strings.HasPrefix(n.Digits, "337")
	return number{n.Digits[max(len(n.Digits)-telling, 0):], mobile}
}

// telling is how many figures at the end of a number tell it from others. The country and
// the area before them may be written in many ways, or be missing.
const telling = 9

// mailOf is an address in one writing: what stands behind a plus, and the points that
// Gmail does not see, are left out.
func mailOf(address string) string {
	box, host, ok := strings.Cut(strings.ToLower(strings.TrimSpace(address)), "@")
	if !ok || box == "" || host == "" {
		return ""
	}
	box, _, _ = strings.Cut(box, "+")
	if host == "googlemail.com" {
		host = "gmail.com"
	}
	if host == "gmail.com" {
		box = strings.ReplaceAll(box, ".", "")
	}
	return box + "@" + host
}

func (p *person) has(digits string) bool {
	_, ok := p.number(digits)
	return ok
}

// number returns the person's number with these digits.
func (p *person) number(digits string) (number, bool) {
	for _, n := range p.phones {
		if n.digits == digits {
			return n, true
		}
	}
	return number{}, false
}

var streetWords = map[string]string{"st": "street", "str": "street", "strasse": "street", "rd": "road", "ave": "avenue", "av": "avenue",
	"ln": "lane", "dr": "drive", "cl": "close", "ct": "court", "sq": "square", "gdns": "gardens", "ter": "terrace", "terr": "terrace",
	"pl": "place", "cres": "crescent", "pk": "park"}

// streetOf returns the house and the street of an address, without what follows; empty
// when it has no number.
func streetOf(address string) string {
	words := strings.Fields(text.Fold(address))
	at := slices.IndexFunc(words, func(w string) bool { return w[0] >= '0' && w[0] <= '9' })
	if at < 0 || len(words) < 2 {
		return ""
	}
	house, rest := words[at], words[at+1:]
	if len(rest) == 0 { // "Elm Row 3"
		rest = words[:at]
	}
	var street []string
	for _, w := range rest {
		if long := streetWords[w]; long != "" {
			w = long
		}
		if street = append(street, w); len(street) == 2 {
			break
		}
	}
	return house + " " + strings.Join(street, " ")
}

// facts are what others may share with the person, each with a letter for its kind.
func (p *person) facts() (out []string) {
	for _, n := range p.phones {
		out = append(out, "p"+n.digits)
	}
	for _, m := range p.mails {
		out = append(out, "m"+m)
	}
	for kind, fact := range map[string]string{"f": canonical(p.name.first), "l": p.name.last, "c": p.city, "a": p.place(), "o": string(p.Company)} {
		if fact != "" {
			out = append(out, kind+fact)
		}
	}
	return out
}

// place is where the person lives; empty when it is not known to the house.
func (p *person) place() string {
	if p.street == "" {
		return ""
	}
	return p.street + ", " + p.city
}

// told counts how much a record tells.
func (p *person) told() (n int) {
	for _, there := range []bool{p.Name != "", len(p.name.words) > 1, p.CallMe != "", p.Company != "", p.Role != "", !p.Since.IsZero(), p.City != "",
		p.Address != "", p.Language != "", p.Likes != "", p.About != "", !p.Unchecked} {
		if there {
			n++
		}
	}
	return n + len(p.Phones) + len(p.Emails) + len(p.External) + len(p.Owns) + len(p.Relations)
}

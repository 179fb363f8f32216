package planted

import (
	"slices"
	"strings"

	"ringside/assist"
)

// ways are how a duplicate comes into a list of customers.
var ways = []struct {
	name string
	make func(m *maker, c *assist.Customer) bool // false when this person cannot have it
}{
	{"number in another writing", (*maker).otherWriting},
	{"a slip in the name", (*maker).slip},
	{"names change places", (*maker).turned},
	{"short for a name", (*maker).short},
	{"initial", (*maker).initial},
	{"another last name", (*maker).married},
	{"new number, same address for mail", (*maker).newNumber},
	{"new address for mail, same number", (*maker).newMail},
	{"moved house", (*maker).moved},
	{"a middle name", (*maker).middle},
	{"comma and title", (*maker).titled},
	{"accents and capitals", (*maker).loud},
	{"nothing but name, house and mail", (*maker).noNumber},
	{"the same again", func(*maker, *assist.Customer) bool { return true }},
}

// duplicate adds a second record of a person, made in one of the ways; one in ten
// persons gets a third.
func (m *maker) duplicate(i, plain int) {
	way, of := ways[i%len(ways)], m.latest
	if i%10 != 9 {
		of = m.rand.IntN(plain)
	}
	var c assist.Customer
	for try := 0; ; try++ {
		c = m.copied(m.Customers[of])
		if way.make(m, &c) {
			break
		}
		if of = m.rand.IntN(plain); try > 200 {
			way = ways[len(ways)-1]
		}
	}
	m.latest = of
	c.ID = m.id()
	m.Ways[c.ID] = way.name
	same := []assist.ID{m.Customers[of].ID}
	for pair := range m.Same {
		for n := range pair {
			if pair[n] == same[0] {
				same = append(same, pair[1-n])
			}
		}
	}
	for _, id := range same {
		m.Same[[2]assist.ID{min(id, c.ID), max(id, c.ID)}] = true
	}
	m.Customers = append(m.Customers, c)
}

// copied is the record as somebody else would have typed it: some of it is not there.
func (m *maker) copied(c assist.Customer) assist.Customer {
	c.Phones, c.Emails = slices.Clone(c.Phones), slices.Clone(c.Emails)
	if m.chance(.3) {
		c.Address = ""
	} else if m.chance(.4) {
		c.Address = strings.NewReplacer("Street", "St.", "Road", "Rd", "Avenue", "Ave", "Lane", "Ln").Replace(c.Address)
	}
	if m.chance(.2) {
		c.City = ""
	}
	if len(c.Phones) > 1 && m.chance(.5) {
		c.Phones = c.Phones[:1]
	}
	if len(c.Phones) > 0 && len(c.Emails) > 0 && m.chance(.4) {
		c.Emails = nil
	}
	if c.Since = (assist.Date{}); m.chance(.4) {
		c.Since = m.since()
	}
	return c
}

func (m *maker) otherWriting(c *assist.Customer) bool {
	if len(c.Phones) == 0 {
		return false
	}
	for i, p := range c.Phones {
		n := p.E164[3:]
		raw := []string{"+44 (0)" + n[:2] + " " + n[2:5] + " " + n[5:], "0044" + n, "0" + n[:4] + "-" + n[4:], "+44." + n[:3] + "." + n[3:]}
		c.Phones[i] = assist.Phone{Raw: raw[m.rand.IntN(len(raw))]}
	}
	return true
}

func (m *maker) slip(c *assist.Customer) bool {
	first, last := split(*c)
	if m.chance(.4) && len(first) >= 5 {
		c.Name = m.misspelt(first) + " " + last
		return true
	}
	c.Name = first + " " + m.misspelt(last)
	return len(last) >= 4
}

// misspelt makes one slip of the keys behind the first letter.
func (m *maker) misspelt(word string) string {
	at := 1 + m.rand.IntN(len(word)-1)
	letter := string(rune('a' + m.rand.IntN(26)))
	switch m.rand.IntN(4) {
	case 0:
		return word[:at] + word[at+1:]
	case 1:
		return word[:at] + letter + word[at:]
	case 2:
		if at+1 < len(word) {
			return word[:at] + word[at+1:at+2] + word[at:at+1] + word[at+2:]
		}
	}
	return word[:at] + letter + word[at+1:]
}

func (m *maker) turned(c *assist.Customer) bool {
	first, last := split(*c)
	c.Name = last + " " + first
	return true
}

var shorts = map[string]string{"David": "Dave", "John": "Jack", "Michael": "Mike", "Andrew": "Andy", "Susan": "Sue", "Margaret": "Peggy",
	"James": "Jim", "Robert": "Bob", "Peter": "Pete", "Richard": "Dick", "Elizabeth": "Liz", "Patricia": "Pat", "Christine": "Chris",
	"Stephen": "Steve", "Christopher": "Chris", "Thomas": "Tom", "Anthony": "Tony", "Catherine": "Kate", "Daniel": "Dan", "William": "Bill",
	"Nicholas": "Nick", "Deborah": "Debbie", "Philip": "Phil", "Rebecca": "Becky", "Samantha": "Sam", "Timothy": "Tim", "Kenneth": "Ken",
	"Edward": "Ted", "Matthew": "Matt", "Jennifer": "Jenny", "Benjamin": "Ben", "Joshua": "Josh", "Alexander": "Alex"}

func (m *maker) short(c *assist.Customer) bool {
	first, last := split(*c)
	c.Name = shorts[first] + " " + last
	return shorts[first] != ""
}

func (m *maker) initial(c *assist.Customer) bool {
	first, last := split(*c)
	c.Name = first[:1] + ". " + last
	return len(c.Phones) > 0 || len(c.Emails) > 0
}

func (m *maker) married(c *assist.Customer) bool {
	first, _ := split(*c)
	c.Name = first + " " + m.last()
	return len(c.Phones) > 0 && c.Phones[0].Label == "mobile" && len(c.Emails) > 0
}

func (m *maker) newNumber(c *assist.Customer) bool {
	c.Phones = []assist.Phone{m.mobile()}
	return len(c.Emails) > 0
}

func (m *maker) newMail(c *assist.Customer) bool {
	c.Emails = []string{m.mail(c.Name)}
	return len(c.Phones) > 0
}

func (m *maker) moved(c *assist.Customer) bool {
	c.City, c.Address = cities[m.rand.IntN(len(cities))], m.address()
	return len(c.Phones) > 0 && c.Phones[0].Label == "mobile" || len(c.Emails) > 0
}

func (m *maker) middle(c *assist.Customer) bool {
	first, last := split(*c)
	c.Name = first + " " + m.pick(firsts) + " " + last
	return len(c.Phones) > 0 || len(c.Emails) > 0
}

func (m *maker) titled(c *assist.Customer) bool {
	first, last := split(*c)
	c.Name = last + ", " + m.pick([]string{"Mrs ", "Mr ", "Dr ", ""}) + first
	return true
}

func (m *maker) loud(c *assist.Customer) bool {
	c.Name = strings.ToUpper(strings.NewReplacer("e", "é", "o", "ö", "a", "á").Replace(c.Name))
	return true
}

func (m *maker) noNumber(c *assist.Customer) bool {
	c.Phones = nil
	return c.Address != "" && len(c.Emails) > 0
}

package planted

import (
	"fmt"

	"ringside/assist"
)

// family are three people of one name, house and number, each with a first name of their
// own; two of those differ by a letter.
func (m *maker) family() {
	a := m.person()
	_, last := split(a)
	a.Address, a.City = m.address(), cities[m.rand.IntN(len(cities))]
	shared := m.landline(m.rand.IntN(30))
	if m.chance(.3) {
		shared.Label = "mobile" // the family's one mobile
	}
	names := [][]string{{"Maria", "Marie", "Joan"}, {"John", "Joan", "Jean"}, {"Anna", "Peter", "Hannah"}, {"Carl", "Carol", "Karen"},
		{"Jane", "Jade", "James"}, {"Eric", "Erin", "Emma"}, {"Susan", "David", "Lucy"}}[m.rand.IntN(7)]
	for i, first := range names {
		c := m.person()
		c.Name, c.City, c.Address = first+" "+last, a.City, a.Address
		c.Phones = []assist.Phone{shared}
		if m.chance(.5) {
			c.Phones = append(c.Phones, m.mobile())
		}
		if c.Emails = nil; m.chance(.5) {
			c.Emails = []string{m.mail(c.Name)}
		}
		if i == 0 && m.chance(.2) {
			c.Name = first[:1] + " " + last
		}
		m.Customers = append(m.Customers, c)
	}
}

// namesake is somebody else of the same name in the same city.
func (m *maker) namesake(plain int) {
	of := m.Customers[m.rand.IntN(plain)]
	c := m.person()
	c.Name, c.City = of.Name, of.City
	if c.Address == "" {
		c.Address = m.address()
	}
	m.Customers = append(m.Customers, c)
}

// son has his father's name and house, and the number of the house; all else is his own.
func (m *maker) son(plain int) {
	father := &m.Customers[m.rand.IntN(plain)]
	if father.Address == "" {
		father.Address = m.address()
	}
	father.Since = assist.Date{Year: 1980 + m.rand.IntN(15)}
	father.Phones = []assist.Phone{m.mobile(), m.landline(m.rand.IntN(30))}
	father.Emails = []string{m.mail(father.Name)}
	c := m.person()
	c.Name, c.City, c.Address = father.Name, father.City, father.Address
	c.Since = assist.Date{Year: father.Since.Year + 20 + m.rand.IntN(12)}
	c.Phones = []assist.Phone{m.mobile()}
	c.Emails = []string{m.mail(c.Name)}
	if m.chance(.5) {
		c.Phones = append(c.Phones, father.Phones[1])
	}
	if m.chance(.3) {
		c.Name, father.Name = c.Name+" Jr", father.Name+" Sr"
	}
	m.Customers = append(m.Customers, c)
}

// office are three people of one company, with its number as their own, one address for
// mail and two of one first name.
func (m *maker) office() {
	city := m.rand.IntN(len(cities))
	desk := m.landline(city)
	co := assist.Company{ID: m.id(), Name: m.last() + " & Co", City: cities[city]}
	if m.chance(.5) {
		co.Phones = []assist.Phone{desk}
	}
	m.Companies = append(m.Companies, co)
	address := m.address()
	first := m.pick(firsts)
	for i := range 3 {
		c := m.person()
		c.Company, c.City, c.Address = co.ID, co.City, address
		c.Phones = []assist.Phone{desk}
		c.Emails = []string{fmt.Sprintf("office@%s.example", co.ID[:8])}
		if i < 2 {
			_, last := split(c)
			c.Name = first + " " + last
		}
		m.Customers = append(m.Customers, c)
	}
}

// Package planted makes up customers with known duplicates among them, and with people
// who look like duplicates and are none: families, namesakes, fathers and sons, offices
// behind one switchboard. What finds duplicates is measured on them.
package planted

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"ringside/assist"
)

// World are made-up customers, and who of them are one person.
type World struct {
	Customers []assist.Customer
	Companies []assist.Company
	// Same are the pairs of records of one person, the lower id first.
	Same map[[2]assist.ID]bool
	// Ways says how a duplicate was made, by its id.
	Ways map[assist.ID]string
}

// Make returns n customers of which so many are duplicates of others, and as many traps
// of each kind as a tenth of that. The same seed makes the same world.
func Make(seed uint64, n, duplicates int) World {
	m := maker{rand: rand.New(rand.NewPCG(seed, 77)), World: World{Same: map[[2]assist.ID]bool{}, Ways: map[assist.ID]string{}}}
	traps := duplicates / 10
	for len(m.Customers) < n-duplicates-8*traps {
		m.Customers = append(m.Customers, m.person())
	}
	plain := len(m.Customers)
	for range traps {
		m.family()
		m.namesake(plain)
		m.son(plain)
		m.office()
	}
	for len(m.Customers) < n-duplicates {
		m.Customers = append(m.Customers, m.person())
	}
	for i := range duplicates {
		m.duplicate(i, plain)
	}
	m.rand.Shuffle(len(m.Customers), func(i, j int) { m.Customers[i], m.Customers[j] = m.Customers[j], m.Customers[i] })
	return m.World
}

type maker struct {
	rand *rand.Rand
	World
	made   int
	latest int // the place of who was doubled last
}

func (m *maker) id() assist.ID {
	m.made++
	return assist.IDFrom("planted", fmt.Sprint(m.made), fmt.Sprint(m.rand.Uint64()))
}

// pick prefers the beginning of a list, as names do.
func (m *maker) pick(list []string) string {
	x := m.rand.Float64()
	return list[int(x*x*float64(len(list)))]
}

func (m *maker) chance(p float64) bool { return m.rand.Float64() < p }

// last is a last name: most are common, some are made of two parts and rare.
func (m *maker) last() string {
	if m.chance(.6) {
		return m.pick(lasts)
	}
	return m.pick(heads) + m.pick(tails)
}

func (m *maker) person() assist.Customer {
	city := m.rand.IntN(len(cities))
	c := assist.Customer{ID: m.id(), Name: m.pick(firsts) + " " + m.last()}
	if m.chance(.85) {
		c.City = cities[city]
	}
	if m.chance(.55) {
		c.Address = m.address()
	}
	if m.chance(.7) {
		c.Phones = append(c.Phones, m.mobile())
	}
	if m.chance(.4) || len(c.Phones) == 0 {
		c.Phones = append(c.Phones, m.landline(city))
	}
	if m.chance(.65) {
		c.Emails = []string{m.mail(c.Name)}
	}
	if m.chance(.6) {
		c.Since = m.since()
	}
	return c
}

func (m *maker) since() assist.Date {
	return assist.Date{Year: 1985 + m.rand.IntN(41), Month: time.Month(1 + m.rand.IntN(12)), Day: 1 + m.rand.IntN(28)}
}

func (m *maker) address() string {
	return fmt.Sprintf("%d %s %s", 1+m.rand.IntN(180), m.pick(streets), m.pick([]string{"Street", "Road", "Lane", "Avenue", "Close"}))
}

func (m *maker) mobile() assist.Phone {
	return phone(fmt.Sprintf("74%08d", m.rand.IntN(100_000_000)), "mobile")
}

func (m *maker) landline(city int) assist.Phone {
	return phone(fmt.Sprintf("%s%07d", codes[city%len(codes)], 2_000_000+m.rand.IntN(7_000_000)), "")
}

func phone(national, label string) assist.Phone {
	return assist.Phone{Raw: "0" + national, E164: "+44" + national, Label: label}
}

func (m *maker) mail(name string) string {
	first, last, _ := strings.Cut(strings.ToLower(name), " ")
	host := m.pick([]string{"gmail.com", "example.org", "example.net", "example.com", "mail.example"})
	switch m.rand.IntN(3) {
	case 0:
		return fmt.Sprintf("%s.%s%d@%s", first, last, m.rand.IntN(1000), host)
	case 1:
		return fmt.Sprintf("%s%s%d@%s", first[:1], last, m.rand.IntN(10000), host)
	}
	return fmt.Sprintf("%s%d@%s", last, m.rand.IntN(100000), host)
}

// split returns first and last name.
func split(c assist.Customer) (first, last string) {
	at := strings.LastIndexByte(c.Name, ' ')
	return c.Name[:at], c.Name[at+1:]
}

package twin

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"ringside/assist"
)

// link is what was found of a pair.
type link struct {
	pair
	bits      float64 // how sure it is that they are one, as the logarithm of the odds
	vague     bool    // of one of them no whole name is known
	two       bool    // they are two people for sure, whatever they share
	household bool    // who live together
	shares    []string
	against   []string
}

// How much is worth what two records share or do not share, in bits. What many have in
// common is worth less.
const (
	ownMobile    = 12
	anyNumber    = 10
	ownMail      = 11
	officeMail   = 3
	sameID       = 13
	sameHouse    = 7
	otherNumbers = -6
	otherMobiles = -2
	otherMails   = -3
	otherHouse   = -3
	otherCity    = -3
	otherCompany = -2
	otherID      = -2
	otherAge     = -8
	longApart    = -3  // one has been with us for ten years more
	generations  = -16 // and nothing of their own is the same
	noWedding    = -10 // another last name, and nothing of their own is the same
	guess        = 3.5 // the most that a name of which only a part is known can be worth
	guessed      = -4  // the same of a name that is not known whole, or of which one is short for the other
	twins        = -6  // two first names that others have, too, one letter apart, and one address for mail
)

// judge weighs what two records share.
func (f *finder) judge(i, j int32) link {
	a, b := &f.people[i], &f.people[j]
	w := weighing{f: f, a: a, b: b, link: link{pair: pair{i, j}}}
	w.bits = -math.Log2(f.crowd()) - 2
	w.contacts()
	w.names()
	w.where()
	w.rest()
	w.household = w.two && w.family && w.live && (a.Company == "" || b.Company == "")
	w.clashes()
	if w.two {
		w.bits = math.Inf(-1)
	}
	return w.link
}

// crowd is among how many people somebody is one: those that are known, and as many as
// make a small town.
func (f *finder) crowd() float64 { return float64(len(f.people)) + 500 }

// rarity is what it is worth to share something, by how many have it.
func (f *finder) rarity(fact string) float64 {
	return math.Log2(f.crowd() / (float64(f.shared[fact]) + 2))
}

type weighing struct {
	f    *finder
	a, b *person
	link
	personal bool // they share a mobile number, an address for mail or an id
	mail     bool // an address for mail of their own
	family   bool // they share the last name alone
	live     bool // they share what people of one household share
	wed      bool // their last names differ
	guess    bool // of one of them only an initial or a short name is known
	clash    []clash
}

func (w *weighing) share(bits float64, words string) {
	w.bits += bits
	w.shares = append(w.shares, words)
}

// clash is what each of two people has of their own.
type clash struct {
	bits  float64
	words string
}

// clashes weighs what differs, which says little of who has the same address for mail.
func (w *weighing) clashes() {
	for _, c := range w.clash {
		if w.personal {
			c.bits /= 4
		}
		w.oppose(c.bits, c.words)
	}
	if w.wed && !w.personal {
		w.bits += noWedding
	}
	if w.guess && len(w.clash) > 0 && !w.personal {
		w.bits += guessed
	}
	if w.vague && !w.mail { // there may be somebody in the house whom we do not know
		w.bits = min(w.bits, guess)
	}
}

func (w *weighing) oppose(bits float64, words string) {
	w.bits += bits
	w.against = append(w.against, words)
}

// contacts weighs numbers, addresses for mail and ids.
func (w *weighing) contacts() {
	w.numbers()
	w.mails()
	for _, x := range w.a.External {
		if slices.Contains(w.b.External, x) {
			w.share(sameID, "same id in another program")
			w.personal = true
		} else if other := sameProgram(x, w.b.External); other {
			w.bits += otherID
		}
	}
}

func sameProgram(id string, ids []string) bool {
	program, _, ok := strings.Cut(id, ":")
	return ok && slices.ContainsFunc(ids, func(x string) bool { return strings.HasPrefix(x, program+":") })
}

// numbers weighs the best number that they share.
func (w *weighing) numbers() {
	best, words := 0., ""
	for _, n := range w.a.phones {
		m, ok := w.b.number(n.digits)
		if !ok {
			continue
		}
		n.mobile = n.mobile || m.mobile
		if bits, what := w.number(n); bits > best {
			best, words = bits, what
		}
	}
	switch {
	case best > 0:
		w.share(best, words)
	case len(w.a.phones) > 0 && len(w.b.phones) > 0:
		w.clash = append(w.clash, clash{otherNumbers, "other numbers"})
	}
	if words != "same mobile number" && slices.ContainsFunc(w.a.phones, isMobile) && slices.ContainsFunc(w.b.phones, isMobile) {
		w.clash = append(w.clash, clash{otherMobiles, "other mobile numbers"})
	}
}

// number weighs one number that they share, by how many have it.
func (w *weighing) number(n number) (bits float64, words string) {
	bits, words = anyNumber, "same number"
	switch {
	case n.mobile:
		bits, words = ownMobile, "same mobile number"
	case w.colleagues():
		bits = 1
	}
	bits -= 2 * math.Log2(float64(max(w.f.shared["p"+n.digits]-1, 1)))
	if bits < 1 || w.f.desks[n.digits] {
		return 1, "same number, which many have"
	}
	w.live = true
	w.personal = w.personal || n.mobile
	return bits, words
}

func isMobile(n number) bool { return n.mobile }

// colleagues share house, city and number for the company's sake.
func (w *weighing) colleagues() bool { return w.a.Company != "" && w.a.Company == w.b.Company }

var offices = setOf("info office sales accounts account admin hello contact mail post reception enquiries enquiry support service orders billing team shop family home")

func (w *weighing) mails() {
	if len(w.a.mails) == 0 || len(w.b.mails) == 0 {
		return
	}
	for _, m := range w.a.mails {
		if !slices.Contains(w.b.mails, m) {
			continue
		}
		box, _, _ := strings.Cut(m, "@")
		bits := ownMail - 2*math.Log2(float64(max(w.f.shared["m"+m]-1, 1)))
		if offices[box] || bits < officeMail {
			w.share(min(bits, officeMail), "same e-mail address, which others have, too")
			return
		}
		w.share(bits, "same e-mail address")
		w.personal, w.mail = true, true
		return
	}
	w.clash = append(w.clash, clash{otherMails, "other e-mail addresses"})
}

// where weighs house, city and company.
func (w *weighing) where() {
	a, b := w.a, w.b
	switch {
	case w.colleagues():
		w.share(w.common("o"+string(a.Company), 5), "same company")
		return
	case a.Company != "" && b.Company != "":
		w.bits += otherCompany
	}
	w.house()
	switch {
	case a.city == "" || b.city == "":
	case a.city == b.city:
		w.share(w.common("c"+a.city, 6), "same city")
	default:
		w.oppose(otherCity, "other cities")
	}
}

func (w *weighing) house() {
	a, b := w.a, w.b
	switch {
	case a.street == "" || b.street == "":
	case a.street == b.street && (a.city == b.city || a.city == "" || b.city == ""):
		holders := w.f.shared["a"+a.place()]
		w.live = w.live || holders <= mostInHouse
		w.share(sameHouse-math.Log2(float64(max(holders-1, 1))), "same street and house")
	default:
		w.bits += otherHouse
	}
}

// common is what it is worth to share what so many have.
func (w *weighing) common(fact string, most float64) float64 {
	return min(max(w.f.rarity(fact), 0), most)
}

// rest weighs what tells generations apart.
func (w *weighing) rest() {
	a, b := w.a, w.b
	if a.name.line != b.name.line {
		w.two = w.two || a.name.line != "" && b.name.line != ""
		w.oppose(otherAge, strings.TrimSpace(a.name.line+b.name.line)+" in one of the names")
	}
	if a.Minor != b.Minor {
		w.oppose(otherAge, "one is not of age")
	}
	if a.Since.IsZero() || b.Since.IsZero() {
		return
	}
	if years := a.Since.Year - b.Since.Year; years < 10 && years > -10 || w.personal {
		return
	}
	w.oppose(longApart, fmt.Sprintf("with us since %d and since %d", min(a.Since.Year, b.Since.Year), max(a.Since.Year, b.Since.Year)))
	if len(w.clash) > 0 {
		w.bits += generations
	}
}

func (f *finder) apart(l link) bool {
	return f.twoPeople[[2]assist.ID{f.people[l.a].ID, f.people[l.b].ID}]
}

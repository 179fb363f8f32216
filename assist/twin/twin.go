// Package twin finds records that are one person's, and makes one record of them. People
// of one household, namesakes and those behind one switchboard are told apart: what is
// shared among them counts for little, and another first name counts against everything.
package twin

import (
	"context"
	"slices"
	"time"

	"ringside/assist"
)

// Options say what is known beside the customers themselves.
type Options struct {
	Region    string           // for numbers without a country code; empty means GB
	Companies []assist.Company // whose switchboards are nobody's own number
	Apart     []assist.Apart   // pairs of which somebody said that both are right
	// Progress is called now and then with how much is done of all; nil: nobody asks.
	Progress func(done, all int)
}

// Found is what Find has found, the surest first.
type Found struct {
	Groups     []Group
	Households []Household
}

// Group are records that look like one person's.
type Group struct {
	// Customers begins with the record that tells most: the keeper to be offered.
	Customers []assist.ID
	// Grade is how sure it is, as a probability, of the least sure of the records.
	Grade float64
	// Reasons say in words what the records share, then what speaks against it.
	Reasons []string
}

// Household are people who live together, as far as their records tell. They are no
// duplicates, and not yet of one company.
type Household struct {
	Name    string // "Shaw, 3 Elm Row"
	Members []assist.ID
	Reasons []string
	Phones  []assist.Phone // that they share
}

// likely is how sure two records must look like one person's to be shown, in bits.
const likely = 2

// Find looks for records of one person, and for households, among all customers. Those
// that went into another are left out. The same customers give the same finds in the same
// order, whatever their order is. It ends with ctx.
func Find(ctx context.Context, customers []assist.Customer, opt Options) (Found, error) {
	f := newFinder(customers, opt)
	pairs, err := f.candidates(ctx)
	if err != nil {
		return Found{}, err
	}
	var links []link
	for i, p := range pairs {
		if i%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return Found{}, err
			}
			f.tell(i, len(pairs))
		}
		if l := f.judge(p.a, p.b); l.bits >= likely || l.household {
			links = append(links, l)
		}
	}
	links = slices.DeleteFunc(links, f.apart)
	f.tell(len(pairs), len(pairs))
	groups := f.groups(links)
	return Found{Groups: groups, Households: f.households(links, groups)}, nil
}

func (f *finder) tell(done, all int) {
	if f.opt.Progress != nil {
		f.opt.Progress(done, all)
	}
}

// stood is what Apart says of people: it holds whatever their records become.
const stood = "two people"

// Apart returns the record that says of two customers that both are right: they are two
// people, however alike they look. It holds until Together takes its place.
func Apart(a, b, by assist.ID, at time.Time) assist.Apart {
	x := Together(a, b, by, at)
	x.Stood = [2]string{stood, stood}
	return x
}

// Together returns the record that takes back what Apart says of two customers.
func Together(a, b, by assist.ID, at time.Time) assist.Apart {
	of := [2]assist.ID{min(a, b), max(a, b)}
	return assist.Apart{ID: assist.IDFrom("apart", string(of[0]), string(of[1])), Of: of, By: by, At: at}
}

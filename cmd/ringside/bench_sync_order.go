package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"ringside/assist"
	"ringside/storage"
)

// orderCases is how many records are written to by several desks, each record a case.
const orderCases = 10_000

// orders has three desks write to the same records without knowing of each other, and
// gives what they wrote to others in order and shuffled, some of it twice. Every record
// sees its writes in an order of its own.
func (b *syncBench) orders() (figures []figure, err error) {
	var desks []*benchDesk
	defer func() { err = errors.Join(err, closeDesks(desks)) }()
	for i, skew := range []time.Duration{0, 7 * time.Minute, -9 * time.Minute, 0, 0} {
		d, err := b.newDesk(fmt.Sprint("order", i), skew)
		if err != nil {
			return nil, err
		}
		desks = append(desks, d)
	}
	writers, inOrder, shuffled := desks[:3], desks[3], desks[4]
	bodies, err := b.written(writers)
	if err != nil {
		return nil, err
	}
	r := b.random(1)
	mixed := append([][]byte(nil), bodies...)
	for range len(bodies) / 5 {
		mixed = append(mixed, bodies[r.IntN(len(bodies))])
	}
	r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	if err := inOrder.db.TakeIn(b.ctx, bodies); err != nil {
		return nil, err
	}
	for len(mixed) > 0 {
		n := min(len(mixed), 1+r.IntN(400))
		if err := shuffled.db.TakeIn(b.ctx, mixed[:n]); err != nil {
			return nil, err
		}
		mixed = mixed[n:]
	}
	for _, d := range writers {
		if err := d.db.TakeIn(b.ctx, bodies); err != nil {
			return nil, err
		}
	}
	unequal, err := b.unequal(desks)
	return []figure{
		{Name: "order_cases", Value: orderCases, Note: fmt.Sprintf("records, with %d writes by three desks whose clocks differ by 16 minutes, in two orders of their own, a fifth of them twice", len(bodies))},
		{Name: "order_unequal", Value: float64(unequal), Note: "desks of five with another digest: must be 0"},
	}, err
}

// written returns what the desks wrote, one write each.
func (b *syncBench) written(writers []*benchDesk) (bodies [][]byte, err error) {
	r := b.random(2)
	marks := make([]storage.Mark, len(writers))
	for i := range orderCases {
		c := assist.Customer{ID: crowdID("order", i), Name: fmt.Sprint("Order ", i)}
		for range 2 + r.IntN(5) {
			w := r.IntN(len(writers))
			switch r.IntN(6) {
			case 0:
				c.City = fmt.Sprint("city ", r.IntN(1000))
			case 1:
				c.About = fmt.Sprint("about ", r.IntN(1000))
			case 2:
				c.Likes = fmt.Sprint("likes ", r.IntN(1000))
			case 3:
				c.City, c.Likes = "", ""
			case 4:
				c.Emails = append(slices.Clone(c.Emails), fmt.Sprint("mail", r.IntN(1000), "@example.org"))
			case 5:
				c.Emails = slices.DeleteFunc(slices.Clone(c.Emails), func(string) bool { return r.IntN(2) == 0 })
			}
			if err := writers[w].db.Save(b.ctx, c); err != nil {
				return nil, err
			}
			shares, err := writers[w].db.Outgoing(b.ctx, marks[w], false, 10)
			if err != nil {
				return nil, err
			}
			for _, s := range shares {
				if marks[w] = s.Next; s.Ops > 0 {
					bodies = append(bodies, s.Body)
				}
			}
		}
	}
	return bodies, nil
}

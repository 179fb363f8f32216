package live

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

// everybody is a store with n customers, each with a number of their own.
func everybody(n int) *memory {
	m := newMemory()
	prefix := strings.TrimSuffix(phone.Parse(numberOf(0), "GB").Keys()[0], numberOf(0)[1:]) // quicker than reading every number
	for i := range n {
		c := assist.Customer{ID: assist.ID(fmt.Sprint("c", i)), Name: fmt.Sprint("Customer ", i), Phones: []assist.Phone{{Raw: numberOf(i)}},
			Since: assist.Date{Year: 2011, Month: 3}, Owns: []assist.Product{{Name: "Hedge 300"}}}
		m.records["customer "+string(c.ID)] = c
		m.numbers[prefix+numberOf(i)[1:]] = []assist.ID{c.ID}
	}
	return m
}

func numberOf(i int) string { return fmt.Sprintf("0113%07d", 4960000+i) }

// quantiles reports the middle and the slow end of what was measured.
func quantiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	us := func(p float64) float64 {
		return float64(took[min(int(p*float64(len(took))), len(took)-1)]) / 1e3
	}
	b.ReportMetric(us(0.5), "p50-us")
	b.ReportMetric(us(0.99), "p99-us")
	b.ReportMetric(us(1), "max-us")
}

func benchDesk(b *testing.B, store *memory) (*Desk, func(func(View) bool) View) {
	ctx, cancel := context.WithCancel(context.Background())
	d := New(Config{Store: store, Me: me, Team: []assist.Rep{me, anna}, Region: "GB"})
	d.SetLibrary(library())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	b.Cleanup(func() { cancel(); <-ended })
	return d, func(ok func(View) bool) View {
		for v := range d.Views() {
			if ok(v) {
				return v
			}
		}
		return View{}
	}
}

func BenchmarkRingToView(b *testing.B) {
	for _, n := range []int{25, 1_000_000} {
		store := everybody(n)
		for _, read := range []time.Duration{0, 100 * time.Microsecond} {
			b.Run(fmt.Sprintf("customers=%d/read=%v", n, read), func(b *testing.B) {
				store.busy = read
				d, until := benchDesk(b, store)
				var took []time.Duration
				for i := 0; b.Loop(); i++ {
					r := phone.Ring{ID: fmt.Sprint(i), From: numberOf(i * 7919 % n), Phase: phone.Ringing, At: time.Now()}
					began := time.Now()
					d.Ring(r)
					until(func(v View) bool { return v.Ring.ID == r.ID && v.Card != nil })
					took = append(took, time.Since(began))
					r.Phase = phone.Elsewhere
					d.Ring(r)
					until(func(v View) bool { return v.Phase == Idle })
				}
				quantiles(b, took)
			})
		}
	}
}

func BenchmarkKeyToView(b *testing.B) {
	said := "i was charged twice for the same order and my parcel is late"
	for _, box := range []string{"heard", "note"} {
		b.Run(box, func(b *testing.B) {
			store := everybody(25)
			d, until := benchDesk(b, store)
			d.Ring(phone.Ring{ID: "1", From: numberOf(3), Phase: phone.Answered, At: time.Now()})
			until(func(v View) bool { return v.Card != nil })
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				text := said[:i%len(said)+1]
				began := time.Now()
				if box == "heard" {
					d.Hear(text)
					until(func(v View) bool { return v.Heard == text })
				} else {
					d.Note(text)
					until(func(v View) bool { return v.Note.Text == text })
				}
				took = append(took, time.Since(began))
			}
			quantiles(b, took)
		})
	}
}

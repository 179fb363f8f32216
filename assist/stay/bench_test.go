package stay_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"ringside/assist"
	"ringside/assist/stay"
)

// BenchmarkReport takes in 200,000 customers with 1,000,000 notes and 400,000 orders over
// four years, and tells of the memory that the tally then holds.
func BenchmarkReport(b *testing.B) {
	const customers, notes, orders = 200_000, 1_000_000, 400_000
	for b.Loop() {
		rnd := rand.New(rand.NewPCG(1, 2))
		var start, full runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&start)
		t := stay.New(now)
		who := func() assist.ID { return assist.ID(fmt.Sprintf("c%024d", rnd.IntN(customers))) }
		for i := range customers {
			t.Add(assist.Customer{ID: assist.ID(fmt.Sprintf("c%024d", i)), Name: "C", City: fmt.Sprint("City ", i%300)})
		}
		for i := range notes {
			t.Add(assist.Note{ID: assist.ID(fmt.Sprintf("n%024d", i)), Customer: who(), At: ago(rnd.IntN(1460)), Text: "x"})
		}
		for i := range orders {
			t.Add(assist.Order{ID: assist.ID(fmt.Sprintf("o%024d", i)), Customer: who(), At: ago(rnd.IntN(1460)), Value: int64(rnd.IntN(90_000)), Currency: "GBP", Products: []string{fmt.Sprint("Product ", i%50)}})
		}
		runtime.GC()
		runtime.ReadMemStats(&full)
		r := t.Report()
		b.ReportMetric(float64(full.HeapAlloc-start.HeapAlloc)/1e6, "MB-held")
		b.ReportMetric(float64(len(r.Slipping)), "slipping")
	}
}

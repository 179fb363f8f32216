package people

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Company,City,Create Date,Notes\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Mary%d,Shaw,mary%d@acorn.example,020 7946 %04d,Dave,Acorn %d,Leeds,2011-03-14,\"Rings at noon, mostly\"\n", i, i, i, i%10000, i/10)
	}
	return b.String()
}

func BenchmarkImport(b *testing.B) {
	const rows = 100_000
	path := write(b, "many.csv", manyRows(rows))
	for b.Loop() {
		p := open(b, path)
		if _, err := p.Run(context.Background(), newShelf(), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "customers/s")
}

func BenchmarkLook(b *testing.B) {
	path := write(b, "many.csv", manyRows(100_000))
	for b.Loop() {
		open(b, path)
	}
}

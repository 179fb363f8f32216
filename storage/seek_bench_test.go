package storage

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

// crowd makes people and notes as a team has them: few names are common, many are
// rare. Record i is the same in every run.
type crowd struct{ first, last, words []string }

func newCrowd() *crowd {
	return &crowd{invent(1, 4000, 2), invent(2, 120_000, 3), invent(3, 60_000, 3)}
}

// invent makes up words of syllables, each once.
func invent(seed uint64, n, syllables int) []string {
	r := rand.New(rand.NewPCG(seed, 7))
	begin := strings.Split("b br c ch cl d dr f fl g gr h j k kl l m n p pr r s sch sh sl st t th tr v w z", " ")
	middle := strings.Split("a a e e i o u ai ea ee ie oo ou", " ")
	end := strings.Split("||n|n|r|s|l|ck|ng|rd|rt|st|tt|m", "|")
	seen := map[string]bool{}
	for len(seen) < n {
		word := ""
		for range 1 + r.IntN(syllables) {
			word += begin[r.IntN(len(begin))] + middle[r.IntN(len(middle))] + end[r.IntN(len(end))]
		}
		if len(word) > 2 && !seen[word] {
			seen[word] = true
		}
	}
	out := make([]string, 0, n)
	for w := range seen {
		out = append(out, w)
	}
	slices.Sort(out)
	r.Shuffle(n, func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// pick prefers the first of a list, as speech does.
func pick(r *rand.Rand, list []string) string {
	x := r.Float64()
	return list[int(float64(len(list))*x*x*x*x)]
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (c *crowd) customer(i int) assist.Customer {
	r := rand.New(rand.NewPCG(uint64(i), 11))
	first, last := pick(r, c.first), pick(r, c.last)
	number := fmt.Sprintf("+447%09d", (i*7919+13)%1_000_000_000)
	return assist.Customer{
		ID: assist.IDFrom("crowd", fmt.Sprint(i)), Name: title(first) + " " + title(last), Company: crowdCompany(i / 20), City: title(pick(r, c.words[:800])),
		Phones: []assist.Phone{{Raw: number, E164: number}}, Emails: []string{fmt.Sprintf("%s.%s%d@%s.example", first, last, i%1000, c.words[r.IntN(2000)])},
	}
}

func crowdCompany(i int) assist.ID { return assist.IDFrom("crowd company", fmt.Sprint(i)) }

func (c *crowd) company(i int) assist.Company {
	r := rand.New(rand.NewPCG(uint64(i), 12))
	return assist.Company{ID: crowdCompany(i), Name: title(pick(r, c.last)) + " " + title(pick(r, c.words[:3000])) + " Ltd"}
}

func (c *crowd) note(i, customers int) assist.Note {
	r := rand.New(rand.NewPCG(uint64(i), 13))
	words := make([]string, 12+r.IntN(16))
	for k := range words {
		words[k] = pick(r, c.words)
	}
	return assist.Note{ID: assist.IDFrom("crowd note", fmt.Sprint(i)), Customer: assist.IDFrom("crowd", fmt.Sprint(r.IntN(max(customers, 1)))),
		At: day.Add(-time.Duration(i) * 97 * time.Second), Text: strings.Join(words, " ") + "."}
}

func (c *crowd) fill(b testing.TB, db *DB, customers, notes int) {
	b.Helper()
	bulk := db.Bulk(context.Background())
	add := func(r assist.Record) {
		if err := bulk.Add(r); err != nil {
			b.Fatal(err)
		}
	}
	for i := range customers {
		if i%20 == 0 {
			add(c.company(i / 20))
		}
		add(c.customer(i))
	}
	for i := range notes {
		add(c.note(i, customers))
	}
	if err := bulk.Close(); err != nil {
		b.Fatal(err)
	}
}

// typing returns what stands in the box, key for key, until a few people are found.
func (c *crowd) typing(customers, notes int) (people, texts []string) {
	keys := func(into []string, s string) []string {
		for i := range s {
			if i > 0 && s[i-1] != ' ' {
				into = append(into, s[:i])
			}
		}
		return append(into, s)
	}
	r := rand.New(rand.NewPCG(5, 5))
	for range 60 {
		p := c.customer(r.IntN(customers))
		name := strings.ToLower(p.Name)
		first, last, _ := strings.Cut(name, " ")
		people = keys(people, name)
		people = keys(people, last+" "+first)
		people = keys(people, "0"+p.Phones[0].E164[3:])
		people = keys(people, p.Emails[0])
		people = keys(people, swapped(last))
		people = append(people, p.Phones[0].E164[7:], last[1:], first+" zzzz")
		if notes > 0 {
			f := strings.Fields(c.note(r.IntN(notes), customers).Text)
			texts = keys(texts, strings.Join(f[:3], " "))
			texts = append(texts, swapped(f[4]), f[5][1:], f[6]+" "+f[7])
		}
	}
	return people, texts
}

func swapped(s string) string {
	if len(s) < 4 {
		return s
	}
	return s[:2] + s[3:4] + s[2:3] + s[4:]
}

// BenchmarkSeek measures the time from key to list. RINGSIDE_BENCH_CUSTOMERS and
// RINGSIDE_BENCH_NOTES say how many there are; the store is kept in RINGSIDE_BENCH_DIR.
func BenchmarkSeek(b *testing.B) {
	ctx, c := context.Background(), newCrowd()
	customers, notes := benchSize(), benchSize()
	fmt.Sscan(os.Getenv("RINGSIDE_BENCH_NOTES"), &notes)
	dir := os.Getenv("RINGSIDE_BENCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	_, err := os.Stat(filepath.Join(dir, "store.json"))
	db, e := Open(ctx, Options{Dir: dir, Key: testKey, Region: "GB"})
	if e != nil {
		b.Fatal(e)
	}
	defer db.Close()
	if err != nil {
		c.fill(b, db, customers, notes)
	}
	before := memory("RssAnon:")
	start := time.Now()
	if err := db.Indexed(ctx); err != nil {
		b.Fatal(err)
	}
	building := time.Since(start)
	after := memory("VmHWM:")
	people, texts := c.typing(customers, notes)
	for _, kind := range []struct {
		name  string
		typed []string
		types []assist.Type
	}{{"people-", people, []assist.Type{assist.TypeCustomer, assist.TypeCompany}}, {"notes-", texts, []assist.Type{assist.TypeNote}}, {"all-", people, nil}} {
		var took []time.Duration
		for range b.N {
			for _, typed := range kind.typed {
				start := time.Now()
				if _, err := db.Seek(ctx, glance.Seek{Text: typed, Types: kind.types}); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
		}
		report(b, kind.name, took)
	}
	b.ReportMetric(building.Seconds(), "build-s")
	b.ReportMetric(before, "before-MB")
	b.ReportMetric(after, "peak-MB")
	file, held, err := db.IndexSize(ctx)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(file)/1e6, "disk-MB")
	b.ReportMetric(float64(held)/1e6, "held-MB")
}

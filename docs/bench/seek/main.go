// Command seek measures what other indexes need to find people by the beginnings of
// their names, for docs/decisions/seek.md. The people are made up in the way of the
// benchmark of package storage.
package main

import (
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/simple"
	"github.com/blevesearch/bleve/v2/search/query"
	_ "modernc.org/sqlite"
)

func main() {
	customers := flag.Int("customers", 100_000, "how many people")
	engine := flag.String("engine", "bleve", "bleve or fts5")
	flag.Parse()
	dir, err := os.MkdirTemp("", "seek-bench-")
	if err == nil {
		err = run(*engine, filepath.Join(dir, "index"), *customers)
		os.RemoveAll(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type person struct {
	Name    string  `json:"name"`
	More    string  `json:"more"`
	Contact float64 `json:"contact"`
}

// engine is one index to be measured; find returns how many people fit.
type engine interface {
	add(i int, p person) error
	done() error
	find(typed, order string) (int, error)
	close() error
}

func run(name, path string, customers int) error {
	var e engine
	var err error
	if name == "fts5" {
		e, err = newFTS(path)
	} else {
		e, err = newBleve(path)
	}
	if err != nil {
		return err
	}
	defer e.close()
	c := newCrowd()
	start := time.Now()
	for i := range customers {
		if err := e.add(i, c.person(i)); err != nil {
			return err
		}
	}
	if err := e.done(); err != nil {
		return err
	}
	fmt.Printf("%s: %d people, build %.1f s, disk %.0f MB, peak %s\n", name, customers, time.Since(start).Seconds(), size(path), peak())
	for _, order := range []string{"contact", "score"} {
		var took []time.Duration
		worst := ""
		for _, typed := range c.typing(customers) {
			start := time.Now()
			if _, err := e.find(typed, order); err != nil {
				return err
			}
			took = append(took, time.Since(start))
			if took[len(took)-1] == slices.Max(took) {
				worst = typed
			}
		}
		slices.Sort(took)
		fmt.Printf("  by %s: %d keys, p50 %v, p99 %v, worst %v (%q)\n", order, len(took), took[len(took)/2], took[len(took)*99/100], took[len(took)-1], worst)
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	fmt.Printf("  heap %d MB, now %s\n", m.HeapAlloc>>20, status("RssAnon:"))
	return nil
}

type bleveEngine struct {
	index bleve.Index
	batch *bleve.Batch
}

func newBleve(path string) (engine, error) {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = simple.Name
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range []string{"name", "more"} {
		f := bleve.NewTextFieldMapping()
		f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = false, false, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	f := bleve.NewNumericFieldMapping()
	f.Store, f.IncludeInAll = false, false
	doc.AddFieldMappingsAt("contact", f)
	m.DefaultMapping = doc
	i, err := bleve.New(path, m)
	if err != nil {
		return nil, err
	}
	return &bleveEngine{i, i.NewBatch()}, nil
}

func (b *bleveEngine) add(i int, p person) error {
	if err := b.batch.Index(fmt.Sprintf("%08d", i), p); err != nil {
		return err
	}
	if b.batch.Size() < 2000 {
		return nil
	}
	return b.done()
}

func (b *bleveEngine) done() error {
	err := b.index.Batch(b.batch)
	b.batch = b.index.NewBatch()
	return err
}

func (b *bleveEngine) find(typed, order string) (int, error) {
	var all []query.Query
	for _, w := range strings.Fields(typed) {
		var either []query.Query
		for _, field := range []string{"name", "more"} {
			p := bleve.NewPrefixQuery(w)
			p.SetField(field)
			either = append(either, p)
		}
		all = append(all, bleve.NewDisjunctionQuery(either...))
	}
	r := bleve.NewSearchRequestOptions(bleve.NewConjunctionQuery(all...), 6, 0, false)
	if order == "contact" {
		r.Score = "none"
		r.SortBy([]string{"-contact"})
	}
	out, err := b.index.Search(r)
	if err != nil {
		return 0, err
	}
	return len(out.Hits), nil
}

func (b *bleveEngine) close() error { return b.index.Close() }

type fts struct {
	db *sql.DB
	tx *sql.Tx
}

func newFTS(path string) (engine, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", filepath.Join(path, "people.db"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	for _, q := range []string{"PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF",
		"CREATE TABLE p(id INTEGER PRIMARY KEY, name, more, contact)", "CREATE INDEX pc ON p(contact)",
		"CREATE VIRTUAL TABLE f USING fts5(name, more, content='p', content_rowid='id', prefix='1 2 3')"} {
		if _, err := db.Exec(q); err != nil {
			return nil, err
		}
	}
	tx, err := db.Begin()
	return &fts{db, tx}, err
}

func (f *fts) add(i int, p person) error {
	if _, err := f.tx.Exec("INSERT INTO p VALUES(?,?,?,?)", i, p.Name, p.More, p.Contact); err != nil {
		return err
	}
	_, err := f.tx.Exec("INSERT INTO f(rowid,name,more) VALUES(?,?,?)", i, p.Name, p.More)
	return err
}

func (f *fts) done() error {
	if err := f.tx.Commit(); err != nil {
		return err
	}
	_, err := f.db.Exec("INSERT INTO f(f) VALUES('optimize')")
	return err
}

func (f *fts) find(typed, order string) (n int, err error) {
	var all []string
	for _, w := range strings.Fields(typed) {
		all = append(all, `"`+strings.ReplaceAll(w, `"`, "")+`"*`)
	}
	by := "rank"
	if order == "contact" {
		by = "p.contact DESC"
	}
	rows, err := f.db.Query("SELECT p.id FROM f JOIN p ON p.id=f.rowid WHERE f MATCH ? ORDER BY "+by+" LIMIT 6", strings.Join(all, " "))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

func (f *fts) close() error { return f.db.Close() }

// crowd is the same as in the benchmark of package storage.
type crowd struct{ first, last, words []string }

func newCrowd() *crowd {
	return &crowd{invent(1, 4000, 2), invent(2, 120_000, 3), invent(3, 60_000, 3)}
}

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
		if len(word) > 2 {
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

func pick(r *rand.Rand, list []string) string {
	x := r.Float64()
	return list[int(float64(len(list))*x*x*x*x)]
}

func (c *crowd) person(i int) person {
	r := rand.New(rand.NewPCG(uint64(i), 11))
	return person{pick(r, c.first) + " " + pick(r, c.last), pick(r, c.words[:800]) + " " + c.words[i/20%3000], float64(r.IntN(1 << 30))}
}

func (c *crowd) typing(customers int) (out []string) {
	keys := func(s string) {
		for i := range s {
			if i > 0 && s[i-1] != ' ' {
				out = append(out, s[:i])
			}
		}
		out = append(out, s)
	}
	r := rand.New(rand.NewPCG(5, 5))
	for range 40 {
		name := c.person(r.IntN(customers)).Name
		keys(name)
		first, last, _ := strings.Cut(name, " ")
		keys(last + " " + first)
	}
	return out
}

func size(path string) float64 {
	var n int64
	_ = filepath.Walk(path, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			n += info.Size()
		}
		return nil
	})
	return float64(n) / 1e6
}

func peak() string { return status("VmHWM:") }

func status(name string) string {
	b, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			return strings.TrimSpace(rest)
		}
	}
	return "unknown"
}

package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/storage"
)

type benchSeekCmd struct {
	Customers int  `default:"10000" help:"How many customers the store holds."`
	Notes     int  `default:"10000" help:"How many notes."`
	JSON      bool `name:"json" help:"One figure a line, as JSON."`
}

// Help tells what the list does not.
func (c *benchSeekCmd) Help() string {
	return "People, companies and notes are made up; few names are common and many are rare. Each key is one look for what stands in " +
		"the box then: names from the first letter on, in both orders, misspelt, from their second letter on; numbers, their last " +
		"figures, e-mail addresses; in notes, one to three words. The peer reads all names or texts in memory once, for each key."
}

func (c *benchSeekCmd) Run(p *program) error {
	if p.house != nil {
		return usage("bench does not run inside the app", "Close the app first, so that it does not disturb the figures.")
	}
	if c.Customers < 1 || c.Customers > 10_000_000 || c.Notes < 0 || c.Notes > 10_000_000 {
		return usage("--customers and --notes: from 1 and from 0 to 10000000", "")
	}
	figures, err := benchSeek(p, c.Customers, c.Notes)
	if err != nil {
		return fmt.Errorf("bench seek: %w", err)
	}
	return printFigures(p.stdout, c.JSON, figures)
}

// seekBench measures the one box on a store of its own in a temporary folder.
type seekBench struct {
	*program
	crowd
	customers, notes int
	opt              storage.Options
	figures          []figure
}

func benchSeek(p *program, customers, notes int) ([]figure, error) {
	return benchIn(func(tmp string) ([]figure, error) {
		b := &seekBench{program: p, crowd: newCrowd(), customers: customers, notes: notes,
			opt: storage.Options{Dir: filepath.Join(tmp, "data"), Key: [32]byte{1}, Region: "GB"}}
		for _, step := range []func() error{b.fill, b.open} {
			if err := step(); err != nil {
				return nil, err
			}
		}
		return b.figures, nil
	})
}

func (b *seekBench) add(f figure) { b.figures = append(b.figures, f) }

// fill writes the store and makes its index.
func (b *seekBench) fill() (err error) {
	fmt.Fprintln(b.stderr, "writing people and notes ...")
	db, err := storage.Open(b.ctx, b.opt)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	bulk := db.Bulk(b.ctx)
	for i := range b.customers {
		if i%20 == 0 {
			err = errors.Join(err, bulk.Add(b.company(i/20)))
		}
		err = errors.Join(err, bulk.Add(b.customer(i)))
	}
	for i := range b.notes {
		err = errors.Join(err, bulk.Add(b.note(i, b.customers)))
	}
	if err := errors.Join(err, bulk.Close()); err != nil {
		return err
	}
	fmt.Fprintln(b.stderr, "making the index ...")
	start := time.Now()
	if err := db.Indexed(b.ctx); err != nil {
		return err
	}
	b.add(figure{Name: "seek_build_s", Value: time.Since(start).Seconds(), Note: "in one go; in the app with rests, in the background"})
	disk, held, err := db.IndexSize(b.ctx)
	b.add(figure{Name: "seek_disk_mb", Value: float64(disk) / 1e6})
	b.add(figure{Name: "seek_held_mb", Value: float64(held) / 1e6, Note: "of it in memory"})
	return err
}

// open opens the store again and looks for people and notes.
func (b *seekBench) open() (err error) {
	fmt.Fprintln(b.stderr, "typing ...")
	start := time.Now()
	db, err := storage.Open(b.ctx, b.opt)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	b.add(figure{Name: "seek_open_ms", Value: ms(time.Since(start)), Note: "to open the store; the index is not read yet"})
	start = time.Now()
	if _, err := db.Seek(b.ctx, glance.Seek{Text: "a"}); err != nil {
		return err
	}
	b.add(figure{Name: "seek_first_ms", Value: ms(time.Since(start)), Note: "the first key after the start"})
	people, texts := b.typing(b.customers, b.notes)
	if err := b.keys(db, "seek_people", people, assist.TypeCustomer, assist.TypeCompany); err != nil {
		return err
	}
	if b.notes > 0 {
		if err := b.keys(db, "seek_notes", texts, assist.TypeNote); err != nil {
			return err
		}
	}
	if err := b.keys(db, "seek_all", people); err != nil {
		return err
	}
	return b.saved(db)
}

// keys measures each key, and beside it what reading everything would take.
func (b *seekBench) keys(db *storage.DB, name string, typed []string, types ...assist.Type) error {
	var took []time.Duration
	for _, text := range typed {
		start := time.Now()
		if _, err := db.Seek(b.ctx, glance.Seek{Text: text, Types: types}); err != nil {
			return err
		}
		took = append(took, time.Since(start))
	}
	peer, limit := 0.0, 5.0
	if len(types) != 1 {
		peer = percentile(b.scan(b.customers, func(i int) string { return b.customer(i).Name }, typed), 0.5)
	} else {
		limit = 50
		peer = percentile(b.scan(b.notes, func(i int) string { return b.note(i, b.customers).Text }, typed), 0.5)
	}
	p50, p99 := percentile(took, 0.5), percentile(took, 0.99)
	note := fmt.Sprintf("%d keys; peer: all names or texts read in memory", len(took))
	b.add(figure{Name: name + "_p50_ms", Value: p50, Peer: peer, Ratio: p50 / peer, Note: note})
	b.add(figure{Name: name + "_p99_ms", Value: p99, Limit: limit, Peer: peer, Ratio: p99 / peer})
	return nil
}

// scan reads up to 200,000 texts for some of the keys, and tells how long all would take.
func (b *seekBench) scan(n int, text func(int) string, typed []string) (took []time.Duration) {
	some := make([]string, min(n, 200_000))
	for i := range some {
		some[i] = strings.ToLower(text(i))
	}
	for i := 0; i < len(typed); i += len(typed)/50 + 1 {
		start, found := time.Now(), 0
		for _, s := range some {
			if strings.Contains(s, typed[i]) {
				found++
			}
		}
		d := float64(time.Since(start)) * float64(n) / float64(len(some))
		took = append(took, time.Duration(d))
	}
	return took
}

// saved measures how soon what was saved is found.
func (b *seekBench) saved(db *storage.DB) error {
	var took []time.Duration
	for i := range 50 {
		c := b.customer(b.customers + i)
		c.Name = fmt.Sprintf("Quirinus Zwölfer %d", i)
		if err := db.Save(b.ctx, c); err != nil {
			return err
		}
		start := time.Now()
		found, err := db.Seek(b.ctx, glance.Seek{Text: c.Name})
		if err != nil {
			return err
		}
		if len(found) == 0 || found[0].ID != c.ID {
			return fmt.Errorf("%s was saved and is not found", c.Name)
		}
		took = append(took, time.Since(start))
	}
	b.add(figure{Name: "seek_saved_p99_ms", Value: percentile(took, 0.99), Limit: 20, Note: "to find what was saved just before"})
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// crowd makes people and notes as a team has them: few names are common, many are
// rare. Each is the same in every run.
type crowd struct{ first, last, words []string }

func newCrowd() crowd { return crowd{invent(1, 4000, 2), invent(2, 120_000, 3), invent(3, 60_000, 3)} }

// invent makes up words of syllables, each once.
func invent(seed uint64, n, syllables int) []string {
	r := rand.New(rand.NewPCG(seed, 7))
	begin := strings.Split("b br c ch cl d dr f fl g gr h j k kl l m n p pr r s sch sh sl st t th tr v w z", " ")
	middle := strings.Split("a a e e i o u ai ea ee ie oo ou", " ")
	end := strings.Split("||n|n|r|s|l|ck|ng|rd|rt|st|tt|m", "|")
	seen, out := map[string]bool{}, make([]string, 0, n)
	for len(out) < n {
		word := ""
		for range 1 + r.IntN(syllables) {
			word += begin[r.IntN(len(begin))] + middle[r.IntN(len(middle))] + end[r.IntN(len(end))]
		}
		if len(word) > 2 && !seen[word] {
			seen[word] = true
			out = append(out, word)
		}
	}
	r.Shuffle(n, func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// pick prefers the first of a list, as speech does.
func pick(r *rand.Rand, list []string) string {
	x := r.Float64()
	return list[int(float64(len(list))*x*x*x*x)]
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (c crowd) company(i int) assist.Company {
	r := rand.New(rand.NewPCG(uint64(i), 12))
	return assist.Company{ID: crowdID("company", i), Name: capital(pick(r, c.last)) + " " + capital(pick(r, c.words[:3000])) + " Ltd"}
}

func crowdID(kind string, i int) assist.ID { return assist.IDFrom("bench crowd", kind, fmt.Sprint(i)) }

func (c crowd) customer(i int) assist.Customer {
	r := rand.New(rand.NewPCG(uint64(i), 11))
	first, last := pick(r, c.first), pick(r, c.last)
	number := fmt.Sprintf("+447%09d", (i*7919+13)%1_000_000_000)
	return assist.Customer{ID: crowdID("customer", i), Name: capital(first) + " " + capital(last), Company: crowdID("company", i/20),
		City: capital(pick(r, c.words[:800])), Phones: []assist.Phone{{Raw: number, E164: number}},
		Emails: []string{fmt.Sprintf("%s.%s%d@%s.example", first, last, i%1000, c.words[r.IntN(2000)])}}
}

func (c crowd) note(i, customers int) assist.Note {
	r := rand.New(rand.NewPCG(uint64(i), 13))
	words := make([]string, 12+r.IntN(16))
	for k := range words {
		words[k] = pick(r, c.words)
	}
	return assist.Note{ID: crowdID("note", i), Customer: crowdID("customer", r.IntN(customers)), Text: strings.Join(words, " ") + ".",
		At: time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC).Add(-time.Duration(i) * 97 * time.Second)}
}

// typing returns what stands in the box, key for key, for people and for notes.
func (c crowd) typing(customers, notes int) (people, texts []string) {
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
		first, last, _ := strings.Cut(strings.ToLower(p.Name), " ")
		for _, s := range []string{first + " " + last, last + " " + first, "0" + p.Phones[0].E164[3:], p.Emails[0], swapped(last)} {
			people = keys(people, s)
		}
		people = append(people, p.Phones[0].E164[7:], last[1:], first+" zzzz")
		if notes > 0 {
			f := strings.Fields(c.note(r.IntN(notes), customers).Text)
			texts = keys(texts, strings.Join(f[:3], " "))
			texts = append(texts, swapped(f[4]), f[5][1:], f[6]+" "+f[7])
		}
	}
	return people, texts
}

// swapped turns two letters of a word round.
func swapped(s string) string {
	if len(s) < 4 {
		return s
	}
	return s[:2] + s[3:4] + s[2:3] + s[4:]
}

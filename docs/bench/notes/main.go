// Command notes measures SQLite's FTS5 on the notes and searches of `ringside bench
// review`, for docs/decisions/notes.md, and prints it beside ours.
package main

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	_ "modernc.org/sqlite"
)

func main() {
	ringside := flag.String("ringside", "../../build/ringside", "our program")
	notes := flag.Int("notes", 100_000, "how many notes")
	searches := flag.Int("searches", 600, "how many of our searches the peer does, evenly chosen")
	flag.Parse()
	if err := run(*ringside, *notes, *searches); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ringside string, notes, searches int) (err error) {
	dir, err := os.MkdirTemp("", "notes-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	asked := filepath.Join(dir, "asked.jsonl")
	ours, err := figures(ringside, notes, asked)
	if err != nil {
		return err
	}
	p, err := newPeer(filepath.Join(dir, "notes.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.db.Close()) }()
	start := time.Now()
	queries, err := p.read(asked)
	if err != nil {
		return err
	}
	built := time.Since(start)
	var took []time.Duration
	step := max(len(queries)/searches, 1)
	for i := 0; i < len(queries); i += step {
		start := time.Now()
		if _, err := p.find(queries[i]); err != nil {
			return fmt.Errorf("%+v: %w", queries[i], err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	ms := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	fmt.Printf("%d notes, first 50 of a search; FTS5 does %d of our searches, without misspelt words; it was filled in %.0f s\n", notes, len(took), built.Seconds())
	fmt.Printf("%-12s %12s %12s\n", "ms", "ringside", "FTS5")
	fmt.Printf("%-12s %12.1f %12.1f\n", "p50", ours["search_first_page_p50_ms"], ms(.5))
	fmt.Printf("%-12s %12.1f %12.1f\n", "p99", ours["search_first_page_p99_ms"], ms(.99))
	return nil
}

// figures runs our benchmark, which writes down what it looked for, and in what.
func figures(ringside string, notes int, asked string) (map[string]float64, error) {
	cmd := exec.Command(ringside, "bench", "review", "--json", fmt.Sprint("--notes=", notes), "--asked="+asked)
	cmd.Stderr = os.Stderr
	b, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	out := map[string]float64{}
	for line := range bytes.Lines(b) {
		var f struct {
			Name  string
			Value float64
		}
		if err := json.Unmarshal(line, &f); err != nil {
			return nil, err
		}
		out[f.Name] = f.Value
	}
	return out, nil
}

// line is one of the file: a note or a search. A later number is an earlier note.
type line struct {
	Note *struct {
		Number                                        int
		Text, Customer, Company, Rep, Kind, Mood, Day string
		Tags, Answers, Subjects                       []string
		Unreviewed                                    bool
	}
	Search *search
}

type search struct {
	Text, Customer, Company, Rep, Kind, Product, Competitor, From, Until, Answer, Mood, Tag string
	Unreviewed                                                                              bool
}

// peer is FTS5 by words and by three letters, beside a table with an index for every
// filter. Notes are numbered with the latest first, which is the order in which FTS5 tells
// what it finds: it need not sort.
type peer struct{ db *sql.DB }

func newPeer(path string) (*peer, error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	p := &peer{db}
	return p, p.do("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-65536",
		"CREATE TABLE n(id INTEGER PRIMARY KEY, text, customer, company, rep, kind, mood, day, unreviewed)",
		"CREATE TABLE has(kind, value, id, PRIMARY KEY(kind, value, id)) WITHOUT ROWID",
		"CREATE VIRTUAL TABLE w USING fts5(text, content='n', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
		"CREATE VIRTUAL TABLE t USING fts5(text, content='n', content_rowid='id', tokenize='trigram')")
}

func (p *peer) do(list ...string) error {
	for _, q := range list {
		if _, err := p.db.Exec(q); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
	}
	return nil
}

// read fills the peer and returns the searches.
func (p *peer) read(file string) (queries []search, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	tx, err := p.db.Begin()
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	in := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for {
		var l line
		if err := in.Decode(&l); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		if l.Search != nil {
			queries = append(queries, *l.Search)
			continue
		}
		if err := fill(tx, l); err != nil {
			return nil, err
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	list := []string{"INSERT INTO w(w) VALUES('rebuild')", "INSERT INTO t(t) VALUES('rebuild')", "INSERT INTO w(w) VALUES('optimize')", "INSERT INTO t(t) VALUES('optimize')"}
	for _, c := range []string{"customer", "company", "rep", "kind", "mood", "day", "unreviewed"} {
		list = append(list, fmt.Sprintf("CREATE INDEX n_%s ON n(%s, id)", c, c))
	}
	return queries, p.do(append(list, "ANALYZE")...)
}

func fill(tx *sql.Tx, l line) error {
	n := l.Note
	_, err := tx.Exec("INSERT INTO n VALUES(?,?,?,?,?,?,?,?,?)", n.Number, n.Text, n.Customer, n.Company, n.Rep, n.Kind, n.Mood, n.Day, n.Unreviewed)
	for kind, values := range map[string][]string{"tag": n.Tags, "answer": n.Answers, "subject": n.Subjects} {
		for _, v := range values {
			_, more := tx.Exec("INSERT OR IGNORE INTO has VALUES(?,?,?)", kind, v, n.Number)
			err = errors.Join(err, more)
		}
	}
	return err
}

// find returns the first 50: what has the words or begins with them, then what has them
// inside of others.
func (p *peer) find(s search) (ids []int, err error) {
	where, args := s.where()
	words := strings.Fields(strings.ReplaceAll(s.Text, `"`, ""))
	if len(words) == 0 {
		return p.page("SELECT n.id FROM n WHERE 1"+where+" ORDER BY n.id LIMIT 50", args)
	}
	match := func(more string) string { return `"` + strings.Join(words, `"`+more+` "`) + `"` + more }
	ask := func(table, what string) ([]int, error) {
		return p.page("SELECT n.id FROM "+table+" JOIN n ON n.id="+table+".rowid WHERE "+table+" MATCH ?"+where+
			" ORDER BY "+table+".rowid LIMIT 50", append([]any{what}, args...))
	}
	ids, err = ask("w", match("*"))
	short := slices.ContainsFunc(words, func(w string) bool { return len(w) < 3 })
	if err != nil || len(ids) == 50 || short {
		return ids, err
	}
	more, err := ask("t", match(""))
	for _, id := range more {
		if len(ids) < 50 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// where says what must hold beside the words.
func (s search) where() (out string, args []any) {
	add := func(what, value string) {
		if value != "" {
			out, args = out+" AND "+what, append(args, value)
		}
	}
	add("n.customer=?", s.Customer)
	add("n.company=?", s.Company)
	add("n.rep=?", s.Rep)
	add("n.kind=?", s.Kind)
	add("n.mood=?", s.Mood)
	add("n.day>=?", s.From)
	if s.Until != "" {
		add("n.day<?", s.Until+"~") // a month ends behind its last day
	}
	for kind, values := range map[string][]string{"tag": {s.Tag}, "answer": {s.Answer}, "subject": {s.Product, s.Competitor}} {
		for _, v := range values {
			add("n.id IN (SELECT id FROM has WHERE kind='"+kind+"' AND value=?)", v)
		}
	}
	if s.Unreviewed {
		out += " AND n.unreviewed=1"
	}
	return out, args
}

func (p *peer) page(query string, args []any) (ids []int, err error) {
	rows, err := p.db.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

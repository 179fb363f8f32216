package main

import (
	"database/sql"
	"strings"
	"unicode"

	_ "modernc.org/sqlite"
)

// ftsPeer is SQLite's FTS5 in memory: Porter stems, any word may match, ranked by its
// bm25 with the title counting double, the best weights on the development questions.
type ftsPeer struct {
	db        *sql.DB
	all, some *sql.Stmt
}

const (
	makeTable = `CREATE VIRTUAL TABLE cards USING fts5(id UNINDEXED, about UNINDEXED, title, examples, body,
		tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')`
	findAll   = `SELECT id, rank FROM cards WHERE cards MATCH ? ORDER BY rank, rowid LIMIT 5`
	findAbout = `SELECT id, rank FROM cards WHERE cards MATCH ? AND about = ? ORDER BY rank, rowid LIMIT 5`
)

func (p *ftsPeer) build(cards []card) (err error) {
	if p.db, err = sql.Open("sqlite", ":memory:"); err != nil {
		return err
	}
	p.db.SetMaxOpenConns(1)
	if _, err := p.db.Exec(makeTable); err != nil {
		return err
	}
	if err := p.fill(cards); err != nil {
		return err
	}
	for _, do := range []string{
		`INSERT INTO cards(cards) VALUES('optimize')`,
		`INSERT INTO cards(cards, rank) VALUES('rank', 'bm25(0, 0, 2, 1, 1)')`,
	} {
		if _, err := p.db.Exec(do); err != nil {
			return err
		}
	}
	if p.all, err = p.db.Prepare(findAll); err != nil {
		return err
	}
	p.some, err = p.db.Prepare(findAbout)
	return err
}

func (p *ftsPeer) fill(cards []card) error {
	tx, err := p.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	add, err := tx.Prepare(`INSERT INTO cards(id, about, title, examples, body) VALUES(?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	for _, c := range cards {
		body := strings.Join([]string{c.Body, c.Entity, c.Domain}, "\n")
		if _, err := add.Exec(c.ID, c.about(), c.Title, strings.Join(c.Examples, "\n"), body); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (p *ftsPeer) find(text, about string, typing bool) (ids []string, score float64, err error) {
	match := matchAny(text, typing)
	if match == "" {
		return nil, 0, nil
	}
	ask, args := p.all, []any{match}
	if about != "" {
		ask, args = p.some, append(args, about)
	}
	rows, err := ask.Query(args...)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var rank float64
		if err := rows.Scan(&id, &rank); err != nil {
			return nil, 0, err
		}
		if len(ids) == 0 {
			score = -rank
		}
		ids = append(ids, id)
	}
	return ids, score, rows.Err()
}

// matchAny is "one" OR "two" OR "thr"*.
func matchAny(text string, typing bool) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	_, last := cut(text)
	for i, w := range words {
		words[i] = `"` + w + `"`
		if typing && last != "" && i == len(words)-1 {
			words[i] += "*"
		}
	}
	return strings.Join(words, " OR ")
}

func (p *ftsPeer) close() error {
	if p.db == nil {
		return nil
	}
	return p.db.Close()
}

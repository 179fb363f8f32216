package main

import (
	"errors"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// blevePeer is bleve on disk: English analyser, BM25.
type blevePeer struct {
	dir   string
	index bleve.Index
}

func (*blevePeer) mapping() mapping.IndexMapping {
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.IncludeTermVectors, text.IncludeInAll, text.DocValues = en.AnalyzerName, false, false, false, false
	word := bleve.NewTextFieldMapping()
	word.Analyzer, word.Store, word.IncludeTermVectors, word.IncludeInAll, word.DocValues = keyword.Name, false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", text)
	doc.AddFieldMappingsAt("title", text)
	doc.AddFieldMappingsAt("about", word)
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultAnalyzer, m.ScoringModel = doc, en.AnalyzerName, index.BM25Scoring
	return m
}

// build writes batches of a thousand, which is bleve's fastest way in.
func (p *blevePeer) build(cards []card) (err error) {
	if p.dir, err = os.MkdirTemp("", "bleve-"); err != nil {
		return err
	}
	if p.index, err = bleve.New(p.dir+"/index", p.mapping()); err != nil {
		return err
	}
	batch := p.index.NewBatch()
	for i, c := range cards {
		if err := batch.Index(c.ID, map[string]any{"text": c.all(), "title": c.Title, "about": c.about()}); err != nil {
			return err
		}
		if batch.Size() == 1000 || i == len(cards)-1 {
			if err := p.index.Batch(batch); err != nil {
				return err
			}
			batch.Reset()
		}
	}
	return nil
}

// all is the whole card as one text.
func (c card) all() string {
	return strings.Join([]string{c.Title, strings.Join(c.Examples, "\n"), c.Body, c.Entity, c.Domain}, "\n")
}

func (p *blevePeer) find(text, about string, typing bool) (ids []string, score float64, err error) {
	either := whole(text)
	if typing {
		either = typed(text)
	}
	if len(either) == 0 {
		return nil, 0, nil
	}
	var q query.Query = bleve.NewDisjunctionQuery(either...)
	if about != "" {
		is := bleve.NewTermQuery(about)
		is.SetField("about")
		is.SetBoost(0)
		q = bleve.NewConjunctionQuery(q, is)
	}
	ask := bleve.NewSearchRequestOptions(q, hits, 0, false)
	ask.SortBy([]string{"-_score", "_id"}) // else equal scores come in another order each time
	r, err := p.index.Search(ask)
	if err != nil {
		return nil, 0, err
	}
	for _, h := range r.Hits {
		ids = append(ids, h.ID)
	}
	return ids, r.MaxScore, nil
}

// whole asks the text and, a little, the title again: on the development questions
// the best of the ways that were tried.
func whole(text string) []query.Query {
	all, title := match("text", text), match("title", text)
	all.SetBoost(4)
	return []query.Query{all, title}
}

// typed asks the text alone, which is quicker.
func typed(text string) (either []query.Query) {
	done, last := cut(text)
	if strings.TrimSpace(done) != "" {
		either = append(either, match("text", done))
	}
	if last != "" {
		prefix := bleve.NewPrefixQuery(strings.ToLower(last))
		prefix.SetField("text")
		either = append(either, prefix)
	}
	return either
}

func match(field, text string) *query.MatchQuery {
	m := bleve.NewMatchQuery(text)
	m.SetField(field)
	return m
}

// cut parts the unfinished last word from what is whole before it.
func cut(text string) (done, last string) {
	at := strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if at < 0 {
		return "", text
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return text[:at+size], text[at+size:]
}

func (p *blevePeer) close() error {
	if p.index == nil {
		return os.RemoveAll(p.dir)
	}
	return errors.Join(p.index.Close(), os.RemoveAll(p.dir))
}

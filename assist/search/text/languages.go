package text

import (
	"embed"
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// The words that say little, a file for each language. They are written as people
// write them: accents are taken off when they are read.
//
//go:embed stop/*.txt
var stopLists embed.FS

// languages are those that are known, English first. What is not here is read by
// other, which still finds what is spelt alike.
var languages = withStops([]Analysis{
	{language: "en", stem: english.Stem},
	{language: "ar", stem: arabic.Stem},
	{language: "da", stem: danish.Stem},
	{language: "de", stem: german.Stem, umlauts: true},
	{language: "es", stem: spanish.Stem, endings: []ending{
		{"cion", "ción"}, {"sion", "sión"}, {"iamos", "íamos"}, {"iran", "irán"}, {"ira", "irá"},
		{"ian", "ían"}, {"ias", "ías"}, {"ia", "ía"}, {"i", "í"},
	}},
	{language: "fi", stem: finnish.Stem},
	{language: "fr", stem: french.Stem, elides: true, endings: []ending{
		{"erent", "èrent"}, {"ites", "ités"}, {"ite", "ité"}, {"ees", "ées"}, {"ee", "ée"},
	}},
	{language: "hu", stem: hungarian.Stem},
	{language: "it", stem: italian.Stem, elides: true},
	{language: "ja"},
	{language: "ko"},
	{language: "nl", stem: dutch.Stem},
	{language: "no", stem: norwegian.Stem},
	{language: "pl"},
	{language: "pt", stem: portuguese.Stem, endings: []ending{
		{"coes", "ção"}, {"cao", "ção"}, {"oes", "ão"}, {"encias", "ências"}, {"encia", "ência"},
	}},
	{language: "ro", stem: romanian.Stem},
	{language: "ru", stem: russian.Stem},
	{language: "sv", stem: swedish.Stem},
	{language: "tr", stem: turkish.Stem, elides: true},
	{language: "zh"},
})

var other = Analysis{}

func withStops(all []Analysis) []Analysis {
	for i := range all {
		a := &all[i]
		a.stops = sync.OnceValue(a.readStops)
	}
	return all
}

func (a *Analysis) readStops() map[string]bool {
	stops := map[string]bool{}
	list, err := stopLists.ReadFile("stop/" + a.language + ".txt")
	if err != nil {
		return stops
	}
	for line := range strings.Lines(string(list)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for c := a.Cut(line); c.Next(); {
			stops[string(c.Word())] = true
		}
	}
	return stops
}

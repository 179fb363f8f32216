package search

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
)

// babel is a library of every language of tongues, and English.
func babel() (answers []assist.Answer) {
	answers = shop()
	for _, language := range slices.Sorted(maps.Keys(tongues)) {
		answers = append(answers, tongue(language)...)
	}
	return answers
}

// inAll runs a test on an index as it is built, as it is when half of it came later,
// and as it is when it has learned.
func inAll(t *testing.T, answers []assist.Answer, f func(t *testing.T, ix *Index)) {
	t.Run("built", func(t *testing.T) { f(t, Build(answers)) })
	half := Build(answers[:len(answers)/2]).With(answers[len(answers)/2:])
	t.Run("changed", func(t *testing.T) { f(t, half) })
	learned, err := Build(answers).Train(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Run("learned", func(t *testing.T) { f(t, learned) })
}

func TestALibraryOfManyLanguagesFindsTheAnswerInTheOneThatIsSpoken(t *testing.T) {
	inAll(t, babel(), func(t *testing.T, ix *Index) {
		asked, own, wrong := 0, 0, 0
		for language := range tongues {
			eachAsked(language, func(text string, want assist.ID) {
				asked++
				if got := first(t, ix, Query{Text: text, Language: language}); got != want {
					wrong++
					t.Logf("%s: %q finds %q first, want %s", language, text, got, want)
				}
				if strings.HasPrefix(string(first(t, ix, Query{Text: text})), language+"-") {
					own++
				}
			})
		}
		if wrong*20 > asked {
			t.Errorf("%d of %d questions do not find their answer first", wrong, asked)
		}
		if own*10 < asked*9 {
			t.Errorf("when nobody says which language it is, %d of %d questions find an answer in it", own, asked)
		}
	})
}

func TestOtherLanguagesDoNotChangeWhatEnglishFinds(t *testing.T) {
	alone, mixed := Build(shop()), Build(babel())
	for _, a := range shop() {
		for _, p := range append(a.Phrasings, a.Title) {
			for _, text := range []string{p, p + " "} {
				want := find(t, alone, Query{Text: text})
				got := find(t, mixed, Query{Text: text, Language: "en-GB"})
				if want.State != None && (len(got.Hits) == 0 || got.Hits[0].Answer.ID != want.Hits[0].Answer.ID || got.State != want.State) {
					t.Errorf("%q finds %v (%s) among other languages, %v (%s) alone", text, ids(got), got.State, ids(want), want.State)
				}
			}
		}
	}
}

func TestAWordCountsInItsOwnLanguageOnly(t *testing.T) {
	ix := Build([]assist.Answer{
		{ID: "en", Title: "The battery dies", Phrasings: []string{"will it die soon", "my batteries die"}},
		{ID: "de", Title: "Die Lieferung kommt nicht", Phrasings: []string{"wo bleibt die Lieferung", "die Ware ist nicht da"}, Language: "de"},
		{ID: "de-war", Title: "Niemand war zu Hause", Phrasings: []string{"ich war nicht da", "der Fahrer war zu früh"}, Language: "de-AT"},
		{ID: "en-war", Title: "The war museum", Phrasings: []string{"tickets for the war museum"}},
	})
	for _, c := range []struct {
		q    Query
		want assist.ID
	}{
		{Query{Text: "die "}, "en"}, // of German it says nothing
		{Query{Text: "die lieferung "}, "de"},
		{Query{Text: "war museum"}, "en-war"},
		{Query{Text: "niemand war da"}, "de-war"},
		{Query{Text: "lieferungen", Language: "en"}, "de"}, // the customer is English, the question is not
		{Query{Text: "batteries", Language: "de"}, "en"},
	} {
		if got := first(t, ix, c.q); got != c.want {
			t.Errorf("%+v finds %q first, want %s", c.q.Text, got, c.want)
		}
	}
}

func TestEqualAnswersComeInTheCustomersLanguage(t *testing.T) {
	both := []assist.Answer{
		{ID: "a", Title: "Router RX200", Phrasings: []string{"RX200 reset", "router"}},
		{ID: "b", Title: "Router RX200", Phrasings: []string{"RX200 reset", "router"}, Language: "de"},
	}
	for language, want := range map[string]string{"": "a b", "en": "a b", "de": "b a", "de-CH": "b a", "fr": "a b"} {
		r := find(t, Build(both), Query{Text: "rx200", Language: language})
		if got := strings.Join(ids(r), " "); got != want {
			t.Errorf("for %q: %s, want %s", language, got, want)
		}
	}
}

func TestAnswersChangeTheirLanguage(t *testing.T) {
	german := assist.Answer{ID: "x", Title: "Rechnung nochmal senden", Language: "de"}
	ix := Build([]assist.Answer{german, {ID: "y", Title: "Vertrag kündigen", Language: "de"}, {ID: "z", Title: "Where is my order"}})
	french := assist.Answer{ID: "x", Title: "Renvoyer la facture", Language: "fr"}
	next := ix.With([]assist.Answer{french})
	if got := first(t, next, Query{Text: "factures"}); got != "x" {
		t.Errorf("the French answer is not found: %q", got)
	}
	if r := find(t, next, Query{Text: "Rechnung", All: true}); slices.Contains(ids(r), "x") && r.Hits[0].Answer.Title == german.Title {
		t.Error("the German one is still there")
	}
	if a, ok := next.Answer("x"); !ok || a.Title != french.Title {
		t.Errorf("the index has %+v", a)
	}
	if a, ok := ix.Answer("x"); !ok || a.Title != german.Title {
		t.Errorf("the old index has %+v", a)
	}
	if next.Late() == 0 || ix.Late() != 0 {
		t.Errorf("late: %d, before %d", next.Late(), ix.Late())
	}
	if r := find(t, next.With(nil, "x"), Query{Text: "facture", All: true}); slices.Contains(ids(r), "x") {
		t.Error("it is gone and still found")
	}
	grown := new(Index).With([]assist.Answer{german}).With([]assist.Answer{french}).With([]assist.Answer{german})
	if got := first(t, grown, Query{Text: "Rechnungen"}); got != "x" {
		t.Errorf("back in German it is not found: %q", got)
	}
}

func TestTheOrderOfTheAnswersDoesNotMatter(t *testing.T) {
	answers := babel()
	turned := slices.Clone(answers)
	slices.Reverse(turned)
	x, y := Build(answers), Build(turned)
	for language := range tongues {
		eachAsked(language, func(text string, _ assist.ID) {
			a, b := find(t, x, Query{Text: text, Explain: true}), find(t, y, Query{Text: text, Explain: true})
			if strings.Join(ids(a), " ") != strings.Join(ids(b), " ") || a.Sure != b.Sure {
				t.Errorf("%q: %v or %v", text, ids(a), ids(b))
			}
		})
	}
}

func TestAPairThatBridgesTwoWordsIsNoMissingWord(t *testing.T) {
	for _, c := range []struct {
		language, id, text string
		from, to           float32
	}{
		{"zh", "twice", "扣了我两次 ", 1, 1},
		{"zh", "refund", "退款保险 ", .3, .6}, // insurance is a word, and a new one
		{"zh", "refund", "旧退款 ", .3, .8},  // what stands before is, too
		{"ja", "address", "住所を ", 1, 1},
		{"ja", "address", "住所録 ", .3, .8},
		{"ko", "invoice", "영수증이 ", 1, 1},
		{"ko", "invoice", "영수증철 ", .5, .9},
		{"de", "invoice", "Rechnung Ablage ", .3, .8},
	} {
		got := coverOf(Build(tongue(c.language)), assist.ID(c.language+"-"+c.id), c.text)
		if got < c.from-.001 || got > c.to+.001 {
			t.Errorf("%s covers %.2f of %q, want %.2f to %.2f", c.id, got, c.text, c.from, c.to)
		}
	}
}

func TestAnIndexIsSurerOfALanguageThatItReads(t *testing.T) {
	for _, language := range []string{"de", "fr", "es", "it", "pt", "nl", "sv", "ru"} {
		as := tongue(language)
		own := Build(as)
		for i := range as {
			as[i].Language = ""
		}
		english := Build(as)
		cover, without := float32(0), float32(0)
		eachAsked(language, func(text string, want assist.ID) {
			cover += coverOf(own, want, text+" ")
			without += coverOf(english, want, text+" ")
		})
		if cover <= without {
			t.Errorf("%s: the answers cover %.2f of the questions, and %.2f when they are read as English", language, cover, without)
		}
	}
}

func TestALargeEnglishLibraryAndSmallOnesDoNotDisturbEachOther(t *testing.T) {
	english := dataAnswers(t, "banking77/cards.jsonl", 20)
	mixed := slices.Clone(english)
	for _, language := range []string{"de", "fr", "es", "nl"} {
		mixed = append(mixed, tongue(language)...)
	}
	alone, beside := Build(english), Build(mixed)
	for i, q := range readLines[dataQuery](t, "banking77/queries_dev.jsonl") {
		if i%10 != 0 {
			continue
		}
		x, y := find(t, alone, Query{Text: q.Text, Limit: 1}), find(t, beside, Query{Text: q.Text, Limit: 1})
		if x.State != y.State || strings.Join(ids(x), " ") != strings.Join(ids(y), " ") {
			t.Errorf("%q finds %v (%s) alone, %v (%s) beside other languages", q.Text, ids(x), x.State, ids(y), y.State)
		}
	}
	for _, language := range []string{"de", "fr", "es", "nl"} {
		eachAsked(language, func(text string, want assist.ID) {
			if got := first(t, beside, Query{Text: text}); got != want {
				t.Errorf("%q finds %q first, want %s", text, got, want)
			}
		})
	}
}

func TestReasonsShowWordsAsTheyAreWritten(t *testing.T) {
	for _, c := range []struct{ language, title, asked, want string }{
		{"de", "Die Rückerstattung", "ruckerstattungen ", "title says 'rückerstattung'"},
		{"fr", "L'échange à Orléans", "echange orleans ", "title says 'échange', 'orléans'"},
		{"de", "Größe tauschen", "grösse ", "title says 'größe'"},
		{"es", "Contraseña", "contrasenya ", "spelt like 'contraseña'"},
		{"en", "Don't forget Zoë", "zoes zoe ", "title says 'zoë'"},
		{"ja", "注文番号の確認", "注文番号 ", "title says '注文番号'"},
		{"zh", "退款和发票", "发票退款 ", "title says '退款', '发票'"},
		{"th", "ขอคืนเงิน", "คืนเงิน ", "title says 'คืนเงิน'"},
	} {
		ix := Build([]assist.Answer{{ID: "x", Title: c.title, Language: c.language}, {ID: "y", Title: "???", Language: c.language}})
		r := find(t, ix, Query{Text: c.asked, All: true})
		if len(r.Hits) == 0 || r.Hits[0].Why != c.want {
			t.Errorf("%q: %+v, want %s", c.asked, r.Hits, c.want)
		}
	}
}

func TestWhileTypingEachKeyKeepsTheAnswer(t *testing.T) {
	for language, from := range map[string]string{
		"de": "Rückers|refund", "fr": "rembours|refund", "es": "contras|password", "it": "fattu|invoice", "pt": "cartã|card", "nl": "pakk|late",
		"sv": "faktu|invoice", "pl": "kuri|late", "ru": "посыл|late", "ja": "領収|invoice", "zh": "发票|invoice", "ko": "영수|invoice",
	} {
		prefix, want, _ := strings.Cut(from, "|")
		ix := Build(tongue(language))
		if got := first(t, ix, Query{Text: prefix}); got != assist.ID(language+"-"+want) {
			t.Errorf("%s: %q finds %q first, want %s", language, prefix, got, want)
		}
	}
}

func FuzzAnyTextInAnyLanguage(f *testing.F) {
	ix := Build(babel())
	f.Add("Rechnung 返金 l'achat", "de")
	f.Add("注", "ja")
	f.Add("", "xx")
	f.Fuzz(func(t *testing.T, text, language string) {
		r := find(t, ix, Query{Text: text, Language: language, Explain: true})
		if r.Sure < 0 || r.Sure > 1 || r.State == None && len(r.Hits) > 0 {
			t.Errorf("%q: %+v", text, r)
		}
		if one := find(t, Build([]assist.Answer{{ID: "a", Title: text, Language: language}}), Query{Text: text}); len(one.Hits) > 1 {
			t.Errorf("%q finds one answer twice", text)
		}
	})
}

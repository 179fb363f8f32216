package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/search/text"
)

// inEnglish is a vocabulary that reads English.
var inEnglish = &vocabulary{text: text.For("")}

func split(text string) (words []string, ended bool) {
	ended = inEnglish.eachWord(text, func(w []byte) { words = append(words, string(w)) })
	return words, ended
}

func TestWordsAreSplitAsPeopleReadThem(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  string
		ended bool
	}{
		{"", "", true},
		{"Charged TWICE", "charged twice", false},
		{"charged twice ", "charged twice", true},
		{"charged, twice!", "charged twice", true},
		{"don't / don’t", "dont dont", false},
		{"the 'quoted' word", "the quoted word", false},
		{"Zoë's café à Genève", "zoes cafe a geneve", false},
		{"cafe\u0301", "cafe", false},
		{"e-mail 42nd", "e mail 42nd", false},
		{"Hello {{customer.name}}, hi", "hello hi", false},
		{"open {{ only", "open only", false},
		{"日本語 текст", "日本 本語 текст", false},
		{"a\x00b\xffc", "a b c", false},
		{"🙂🙂", "", true},
		{strings.Repeat("x", 100), strings.Repeat("x", longestWord), false},
	} {
		words, ended := split(c.text)
		if got := strings.Join(words, " "); got != c.want || ended != c.ended {
			t.Errorf("%q: %q, ended %v; want %q, %v", c.text, got, ended, c.want, c.ended)
		}
	}
}

func TestPartsAreTheRunsOfFourLettersWithTheirEnds(t *testing.T) {
	count := func(word string, goesOn bool) (parts []uint64) {
		eachPart(word, goesOn, func(p uint64) { parts = append(parts, p) })
		return parts
	}
	for word, want := range map[string]int{"": 0, "a": 0, "ab": 1, "abc": 2, "twice": 4, "日本": 2, "환불": 2, "キャン": 2, "日あ": 1} {
		if got := count(word, false); len(got) != want {
			t.Errorf("%q has %d parts, want %d", word, len(got), want)
		}
	}
	whole, begun := count("twice", false), count("twi", true)
	if len(begun) != 1 || begun[0] != whole[0] {
		t.Errorf("the beginning %v is not the first of %v", begun, whole)
	}
	if a, b := count("twice", false), count("twins", false); a[0] != b[0] || slices.Contains(b, a[1]) {
		t.Errorf("%v and %v share other parts than the first", a, b)
	}
}

func TestStopWordsAreThoseThatSayLittle(t *testing.T) {
	for word, want := range map[string]bool{"the": true, "dont": true, "please": true, "refund": false, "order": false, "": false} {
		if inEnglish.isStop(word) != want {
			t.Errorf("%q: stop is %v", word, !want)
		}
	}
}

func TestPrefixFindsEveryWordThatBeginsWithIt(t *testing.T) {
	ix := Build(shop())
	for prefix, want := range map[string]string{"le": "leaking leaks leave", "refu": "refund", "zzz": "", "refundx": ""} {
		var words []string
		for _, w := range ix.base.beginning(prefix) {
			words = append(words, w.text)
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%q: %q, want %q", prefix, got, want)
		}
	}
}

func coverOf(ix *Index, id assist.ID, text string) float32 {
	s := ix.base.scratch()
	defer ix.base.release(s)
	s.read(text)
	doc := slices.IndexFunc(ix.base.answers, func(a assist.Answer) bool { return a.ID == id })
	return s.cover(int32(doc))
}

func TestCoverIsTheShareOfTheQuestionThatTheAnswerTakesUp(t *testing.T) {
	ix := Build(shop())
	for _, c := range []struct {
		id       assist.ID
		text     string
		from, to float32
	}{
		{"charged-twice", "charged twice ", 1, 1},
		{"charged-twice", "I was charged twice ", 1, 1},
		{"charged-twice", "charged in paris ", .3, .6},
		{"charged-twice", "weather in paris ", 0, 0},
		{"charged-twice", "my membership ", 0, 0},
		{"charged-twice", "chargd ", .55, .7},
		{"charged-twice", "char", .99, 1},
		{"parcel-late", "look at it ", .1, .3}, // only its text says so
		{"charged-twice", "the ", 0, 0},
	} {
		if got := coverOf(ix, c.id, c.text); got < c.from-.001 || got > c.to+.001 {
			t.Errorf("%s covers %.2f of %q, want %.2f to %.2f", c.id, got, c.text, c.from, c.to)
		}
	}
}

func TestLimitsComeFromTheLibrarysOwnPhrasings(t *testing.T) {
	var repeats, strangers []assist.Answer
	for i := range 40 {
		word := fmt.Sprintf("topic%c%c", 'a'+i/26, 'a'+i%26)
		a := assist.Answer{ID: assist.ID(fmt.Sprint("r", i)), Title: word + " question"}
		for j := range 6 {
			a.Phrasings = append(a.Phrasings, fmt.Sprintf("%s again number%d", word, j))
		}
		repeats = append(repeats, a)
		b := assist.Answer{ID: a.ID, Title: word + " question"}
		for j := range 6 {
			b.Phrasings = append(b.Phrasings, fmt.Sprintf("wort%c%c%c solo%d%d", 'a'+i%26, 'a'+i/26, 'a'+j, i, j))
		}
		strangers = append(strangers, b)
	}
	sure, unsure := Build(repeats).base.sureness, Build(strangers).base.sureness
	if fit := sure.own[len(sure.own)/2]; sure.wide.mean <= unsure.wide.mean || sure.of(fit, 0, false) >= unsure.of(fit, 0, false) {
		t.Errorf("phrasings that repeat their words give %v, those that do not %v", sure.wide, unsure.wide)
	}
}

func TestAPhrasingLeftOutTakesItsWeightAway(t *testing.T) {
	answers := shop()
	ix := Build(answers).base
	at := slices.IndexFunc(ix.answers, func(a assist.Answer) bool { return a.ID == "refund-late" })
	for _, phrasing := range ix.answers[at].Phrasings {
		s := ix.scratch()
		s.read(phrasing + " ")
		if err := s.score(t.Context()); err != nil {
			t.Fatal(err)
		}
		with, without := s.sum[at], s.withoutPhrasing(question{int32(at), phrasing, weightPhrasing})
		ix.release(s)

		fewer := slices.Clone(answers)
		i := slices.IndexFunc(fewer, func(a assist.Answer) bool { return a.ID == "refund-late" })
		fewer[i].Phrasings = slices.DeleteFunc(slices.Clone(fewer[i].Phrasings), func(p string) bool { return p == phrasing })
		rest := Build(fewer).base
		s = rest.scratch()
		s.read(phrasing + " ")
		if err := s.score(t.Context()); err != nil {
			t.Fatal(err)
		}
		really := s.sum[at]
		rest.release(s)
		if without >= with || without > really*1.6+.1 || without < really*.4-.1 {
			t.Errorf("%q: %.2f with it, %.2f reckoned without it, %.2f really", phrasing, with, without, really)
		}
	}
}

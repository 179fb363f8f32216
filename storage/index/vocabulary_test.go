package index

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestVocabularyMissesNoWordThatFits(t *testing.T) {
	r := newRand(12)
	var all []string
	for range 3000 {
		w := []rune{}
		for range 1 + r.IntN(9) {
			w = append(w, []rune("aabbcdeжз")[r.IntN(9)])
		}
		all = append(all, []string{"n", "o"}[r.IntN(2)]+string(w))
	}
	slices.Sort(all)
	all = slices.Compact(all)
	path := filepath.Join(t.TempDir(), "v")
	out, err := newSealer(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	var w vocabularyWriter
	for i, term := range all {
		w.add(term, []uint32{uint32(i)})
	}
	at := w.finish(out)
	if err := out.finish(nil); err != nil {
		t.Fatal(err)
	}
	in, _, err := openSealed(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	defer in.file.Close()
	v, err := readVocabulary(in, at)
	if err != nil {
		t.Fatal(err)
	}
	for range 400 {
		text := []rune(all[r.IntN(len(all))][1:])
		if r.IntN(2) == 0 {
			text[r.IntN(len(text))] = 'c'
		}
		for _, p := range []pattern{{mode: inside, text: string(text)}, {mode: typo, text: string(text)}} {
			if p.mode == inside && len(p.text) < shortestInner || p.mode == typo && len(text) < shortestTypo {
				continue
			}
			var got, want []string
			for _, i := range v.find(p, len(all)) {
				got = append(got, v.term(i))
			}
			for _, term := range all {
				p.space = term[0]
				if p.fits(term) && !strings.HasPrefix(term[1:], p.text) {
					want = append(want, term)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%v %q: %v, want %v", p.mode, p.text, got, want)
			}
		}
	}
}

// vocabularyOf makes a vocabulary of sorted terms; the i-th is in the records given.
func vocabularyOf(t testing.TB, terms []string, docs func(i int) []uint32) *vocabulary {
	t.Helper()
	path := filepath.Join(t.TempDir(), "words")
	out, err := newSealer(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	var w vocabularyWriter
	for i, term := range terms {
		w.add(term, docs(i))
	}
	at := w.finish(out)
	if err := out.finish(nil); err != nil {
		t.Fatal(err)
	}
	file, _ := unseal(t, path)
	v, err := readVocabulary(file, at)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func termsLike(v *vocabulary, m mode, text string, limit int) string {
	var out []string
	for _, i := range v.find(pattern{mode: m, text: text}, limit) {
		out = append(out, v.term(i))
	}
	return strings.Join(out, " ")
}

func TestOnlyWordsOfLettersAreHeldInMemory(t *testing.T) {
	v := vocabularyOf(t, []string{"N7b", "O24", "ejoann@x.y", "fjoann shaw", "njoann", "ojoann", "p4412", "t2144", "\xffnj"}, func(int) []uint32 { return []uint32{1} })
	if v.text != "njoannojoann" {
		t.Errorf("held: %q", v.text)
	}
	if got := termsLike(v, inside, "oan", 9); got != "njoann ojoann" {
		t.Errorf("found %s", got)
	}
}

func TestWordsOfTheLatestRecordsComeFirst(t *testing.T) {
	terms := []string{"naoann", "nboann", "ncoann", "ooann", "oxoann"}
	first := []uint32{40, 10, 30, 0, 20}
	v := vocabularyOf(t, terms, func(i int) []uint32 { return []uint32{first[i], 90} })
	for limit, want := range []string{"", "nboann", "nboann oxoann", "nboann oxoann ncoann", "nboann oxoann ncoann naoann", "nboann oxoann ncoann naoann"} {
		if got := termsLike(v, inside, "oann", limit); got != want {
			t.Errorf("%d: %s, want %s", limit, got, want)
		}
	}
}

func TestWordOfOneRecordNeedsNoList(t *testing.T) {
	v := vocabularyOf(t, []string{"nfew", "none"}, func(i int) []uint32 { return [][]uint32{{3, 4}, {7}}[i] })
	if _, ok := v.only(0); ok {
		t.Error("two records are taken for one")
	}
	if l, ok := v.only(1); !ok || l.count != 1 || !slices.Equal(l.docs, []uint32{7}) {
		t.Errorf("got %+v, %v", l, ok)
	}
}

func TestEmptyVocabularyFindsNothing(t *testing.T) {
	v := vocabularyOf(t, nil, nil)
	if got := termsLike(v, inside, "oann", 9) + termsLike(v, typo, "joann", 9); got != "" {
		t.Errorf("found %s", got)
	}
}

func TestMisspeltWordIsFoundWhereverTheSlipIs(t *testing.T) {
	v := vocabularyOf(t, []string{"nbecker", "nkowalski", "nmüllerin", "nshaw", "oshaw", "oиванов"}, func(i int) []uint32 { return []uint32{uint32(i)} })
	for typed, want := range map[string]string{
		"shwa": "nshaw oshaw", "hsaw": "nshaw oshaw", "sahw": "nshaw oshaw", "xhaw": "nshaw oshaw", "shax": "nshaw oshaw", "sshaw": "nshaw oshaw", "shaww": "nshaw oshaw", "shxaw": "nshaw oshaw",
		"bekcer": "nbecker", "ecker": "nbecker", "beckerr": "nbecker", "becke": "", "kowlaski": "nkowalski", "kowaslk": "nkowalski", "kovals": "nkowalski", "owalski": "nkowalski",
		"иваонв": "oиванов", "ванов": "oиванов", "mülleirn": "nmüllerin", "mullerin": "nmüllerin", "zzzz": "", "shxxaw": "",
	} {
		if got := termsLike(v, typo, typed, 9); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestMiddleIsBehindTheGreaterHalf(t *testing.T) {
	for text, want := range map[string]int{"": 0, "a": 1, "ab": 1, "abc": 2, "abcd": 2, "жу": 2, "жук": 4} {
		if got := middle(text); got != want {
			t.Errorf("%q: %d", text, got)
		}
	}
}

func TestVocabularyThatIsFullStillFindsBeginnings(t *testing.T) {
	v := vocabularyWriter{text: make([]byte, maxVocabulary-6)}
	v.add("nabcdefgh", []uint32{1})
	if len(v.firsts) != 0 {
		t.Error("a word goes beyond")
	}
	v.add("nabcd", []uint32{1})
	if len(v.firsts) != 1 {
		t.Error("a word that has room is left out")
	}
}

func TestPartsOfAWordAreItsThreesAndItsEnd(t *testing.T) {
	for _, c := range []struct {
		text string
		ends bool
		want int
	}{{"", false, 0}, {"ab", false, 0}, {"ab", true, 1}, {"abc", false, 1}, {"abc", true, 2}, {"abcde", true, 4}} {
		n := 0
		eachPart(c.text, c.ends, func(place uint32) {
			n++
			if place >= partPlaces {
				t.Errorf("%q: place %d", c.text, place)
			}
		})
		if n != c.want {
			t.Errorf("%s: %d parts", fmt.Sprint(c.text, c.ends), n)
		}
	}
}

package ask

import (
	"slices"
	"strings"
	"testing"
)

func TestPhrasesAreFoundAsWholeWords(t *testing.T) {
	for _, c := range []struct {
		phrase, text string
		want         int
	}{
		{"angry", "She is ANGRY.", 1},
		{"angry", "hangry, angryish", 0},
		{"complain*", "He complained; complaints, complain", 3},
		{"complain*", "uncomplaining", 0},
		{"passed away", "passed  away\npassed by, away", 1},
		{"passed away", "passed passed away away", 1},
		{"passed away", "passed awaywards", 0},
		{"passed aw*", "passed awfully", 1},
		{"fed up", "fed", 0},
		{"a b a b", "a b a b a b", 2},
		{"isn't happy", "isn’t happy / isnt happy", 2},
		{"e-mail*", "two e-mails", 1},
		{"décès", "DECES", 1},
		{"décès*", "dece\u0301ses", 1},
		{"умер*", "Её муж Умерла", 1},
		{"解約", "解約したい", 1},
		{"*", "anything at all", 0},
		{" ** ", "anything", 0},
		{"", "anything", 0},
		{"👍", "👍", 0},
		{"angry", "", 0},
		{"angry", "\xff\xfe angry \x00", 1},
	} {
		var l lexicon
		l.add(7, c.phrase)
		if got := l.read(c.text, nil); len(got) != c.want || c.want > 0 && got[0].tag != 7 {
			t.Errorf("%q in %q: %v, want %d", c.phrase, c.text, got, c.want)
		}
	}
	if got := (&lexicon{}).read("anything", nil); got != nil {
		t.Errorf("nothing finds %v", got)
	}
}

func TestWhereAPhraseBeginsIsTold(t *testing.T) {
	var l lexicon
	l.add(1, "two words")
	l.add(2, "not")
	if got := l.read("these are two words and not three", nil); !slices.Equal(got, []find{{1, 2}, {2, 5}}) {
		t.Errorf("found %v", got)
	}
}

func TestSentencesEndWherePeopleEndThem(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "",
		" \n . ":                                ".",
		"One. Two! Three? Four; five":           "One.|Two!|Three?|Four;|five",
		"It was 3.50 at shop.example today":     "It was 3.50 at shop.example today",
		"not angry, but disappointed":           "not angry,|disappointed",
		"BUT no button but":                     "BUT no button but",
		"line one\nline two":                    "line one|line two",
		"怒っています。はい":                             "怒っています。|はい",
		strings.Repeat(".", 5):                  ".....",
		"a…b":                                   "a…|b",
		"ends with but ":                        "ends with but",
		"He was not cross but but disappointed": "He was not cross|but disappointed",
	} {
		got := strings.Join(slices.Collect(sentences(text)), "|")
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for range sentences("one. two.") {
		break // an early end is no panic
	}
}

func TestHugeTextsAreRead(t *testing.T) {
	var l lexicon
	l.add(0, "angry", "very very very angry", "ver*")
	huge := strings.Repeat("very ", 200_000) + "angry"
	if got := l.read(huge, nil); len(got) != 200_002 {
		t.Errorf("%d finds", len(got))
	}
	if n := len(slices.Collect(sentences(strings.Repeat("but ", 250_000)))); n == 0 {
		t.Error("no sentence")
	}
}

func TestQuotesFitALine(t *testing.T) {
	for in, want := range map[string]string{"": "“”", "a\n b": "“a b”", "one two three": "“one two…”", "éééééééééééé": "“ééééééééé…”"} {
		if got := quoted(in, 10); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func FuzzSentencesLoseNothing(f *testing.F) {
	f.Add("One. but Two but three\xff…")
	f.Fuzz(func(t *testing.T, s string) {
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if strings.ContainsRune(" \t\n\v\f\r\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000", r) || r >= 0x2000 && r <= 0x200a {
					return -1
				}
				return r
			}, s)
		}
		got := letters(strings.Join(slices.Collect(sentences(s)), " "))
		want := letters(s)
		if len(got) > len(want) || !strings.Contains(strings.ToLower(s), " but ") && got != want {
			t.Errorf("%q became %q", s, got)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	t := New(Kept{})
	text := strings.Repeat("The mower came on Friday and she likes it, only the blade is blunt. ", 5)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		t.words.read(text, nil)
	}
}

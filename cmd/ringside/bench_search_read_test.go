package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ringside/assist"
)

func benchFile(t testing.TB, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file.jsonl")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestCardsAreReadHoweverTheFileIsWritten(t *testing.T) {
	const a, b = `{"id":"a","title":"Charged twice","examples":["double"],"other":[1]}`, `{"id":"b","entity":"Inn","domain":"hotel"}`
	for name, text := range map[string]string{
		"lines": a + "\n" + b + "\n", "no last line end": a + "\n" + b, "Windows": "\uFEFF" + a + "\r\n" + b + "\r\n",
		"blank lines": "\n\n" + a + "\n \t\n  " + b + "  \n\n",
	} {
		cards, err := readBenchCards(benchFile(t, text))
		if err != nil || len(cards) != 2 || cards[0].ID != "a" || cards[0].Examples[0] != "double" || cards[1].Entity != "Inn" {
			t.Errorf("%s: %+v, %v", name, cards, err)
		}
	}
}

func TestAFaultInAFileOfQuestionsNamesItsLine(t *testing.T) {
	for _, c := range []struct{ text, what, where string }{
		{"{\"id\":\"a\"}\n{\"id\":\"b\"\n", "unexpected end of JSON input", "line 2"},
		{"\n{\"id\":\"a\",}\n", "invalid character '}'", "line 2"},
		{"{\"id\":\"a\"} {\"id\":\"b\"}", "after top-level value at byte 12", "line 1"},
		{"[1]", "it is not a JSON object", "line 1"},
		{"null", "it is not a JSON object", "line 1"},
		{"\xff\xfe{\x00", "it is not a JSON object", "line 1"},
		{`{"id":7}`, `"id" must not be a number`, "line 1"},
		{`{"id":"a","examples":"one"}`, `"examples" must not be a string`, "line 1"},
		{"{\"id\":\"a\"}\n{\"title\":\"b\"}", "this card has no id", "line 2"},
		{"{\"id\":\"a\"}\n{\"id\":\"b\"}\n\n{\"id\":\"a\"}", `the card "a" is there twice, first in line 1`, "line 4"},
		{"", "there is no card in the file", "file.jsonl"},
		{"\uFEFF\r\n", "there is no card in the file", "file.jsonl"},
	} {
		_, err := readBenchCards(benchFile(t, c.text))
		var fault *assist.Fault
		if !errors.As(err, &fault) || !strings.Contains(fault.What, c.what) || !strings.HasSuffix(fault.Where, c.where) || fault.Do == "" {
			t.Errorf("%q: %v, want %q in %s", c.text, err, c.what, c.where)
		}
	}
	for text, what := range map[string]string{
		`{"gold":["a"]}`: "this question has no text", `{"text":"x","gold":"a"}`: `"gold" must not be a string`, " ": "there is no question in the file",
	} {
		if _, err := readBenchQueries(benchFile(t, text)); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%q: %v, want %q", text, err, what)
		}
	}
}

func TestAMissingFileIsNotFound(t *testing.T) {
	if _, err := readBenchCards(filepath.Join(t.TempDir(), "none.jsonl")); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("%v", err)
	}
	if _, err := readBenchQueries(t.TempDir()); err == nil || !strings.Contains(err.Error(), "a folder") {
		t.Errorf("a folder: %v", err)
	}
}

func TestALongLineIsReadWhole(t *testing.T) {
	phrasings := make([]string, 300_000)
	for i := range phrasings {
		phrasings[i] = fmt.Sprintf("the %dth way of saying that something is late or broken", i)
	}
	line, err := json.Marshal(benchCard{ID: "a", Examples: phrasings})
	if err != nil || len(line) < 16<<20 {
		t.Fatal(len(line), err)
	}
	cards, err := readBenchCards(benchFile(t, string(line)+"\n{\"id\":\"b\"}"))
	if err != nil || len(cards) != 2 || len(cards[0].Examples) != len(phrasings) {
		t.Errorf("%d cards, %v", len(cards), err)
	}
}

// endless is a line that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestALineThatNeverEndsIsAFault(t *testing.T) {
	err := decodeLines(endless{}, "pipe", func(int, benchCard) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "longer than 128 MB") || !strings.Contains(err.Error(), "pipe, line 1") {
		t.Errorf("%v", err)
	}
}

func TestACardIsAnAnswerWithWhatItIsAbout(t *testing.T) {
	three := []string{"one", "two", "three"}
	for _, c := range []struct {
		card      benchCard
		phrasings int
		kept      int
		about     string
	}{
		{benchCard{Examples: three}, -1, 3, ""},
		{benchCard{Examples: three, Domain: "hotel", Entity: "Inn", EID: "hotel|7"}, 2, 2, "Inn"},
		{benchCard{Examples: three, Domain: "train", EID: "train|*"}, 0, 0, "train"},
		{benchCard{Examples: three, Domain: "train", Entity: "*", EID: "train|*"}, 9, 3, "train"},
		{benchCard{Domain: "returns"}, 5, 0, ""},
	} {
		a := c.card.answer(c.phrasings)
		if len(a.Phrasings) != c.kept || strings.Join(a.Products, "+") != c.about || a.Department != c.card.Domain {
			t.Errorf("%+v with %d: %+v", c.card, c.phrasings, a)
		}
	}
}

func FuzzLinesOfCardsAndQuestions(f *testing.F) {
	for _, seed := range []string{
		"{\"id\":\"a\",\"title\":\"Charged twice\",\"body\":\"\",\"examples\":[\"double\"]}\n", "\uFEFF{\"text\":\"\",\"gold\":[]}", "{", "[]\n\n",
		"{\"id\":\"a\"}\r\n{\"id\":\"\\ud800\"}", "{\"id\":{}}", "null", "\x00", "{\"text\":\"🙂🙂\",\"gold\":null,\"context2\":\"x 🙂🙂\"}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		lines := strings.Count(string(text), "\n") + 1
		last := 0
		see := func(line int) error {
			if line <= last || line > lines {
				t.Fatalf("line %d after %d of %d", line, last, lines)
			}
			last = line
			return nil
		}
		check := func(err error) {
			var fault *assist.Fault
			if last = 0; err != nil && (!errors.As(err, &fault) || !strings.HasPrefix(fault.Where, "f, line ")) {
				t.Fatalf("%v is no fault with a line", err)
			}
		}
		check(decodeLines(strings.NewReader(string(text)), "f", func(line int, c benchCard) error {
			c.answer(1)
			return see(line)
		}))
		check(decodeLines(strings.NewReader(string(text)), "f", func(line int, q benchQuery) error {
			if q.Text != nil {
				mistype(*q.Text, 7)
			}
			return see(line)
		}))
	})
}

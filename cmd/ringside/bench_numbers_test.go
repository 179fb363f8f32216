package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/storage"
)

const tables = "../../assist/phone/testdata"

// spellings reads the table of spellings, each with the result that is wanted.
func spellings(t *testing.T) (rows [][]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(tables, "spellings.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); cells[0] != "id" {
			rows = append(rows, cells)
		}
	}
	return rows
}

func TestEverySpellingFindsItsNumber(t *testing.T) {
	count := map[string]int{}
	for _, row := range spellings(t) {
		count[row[5]]++
		r, ok, fault := pairOf(strings.Join(row, "\t"))
		if !ok || fault != "" || r.Result != row[5] {
			t.Errorf("%q: %s %s, want %s", row, r.Result, fault, row[5])
		}
	}
	if count["match"] < 100 || count["no"] < 30 || count["ambiguous"] < 5 {
		t.Errorf("the table has %v", count)
	}
}

// TestEverySpellingFindsItsCustomer asks a real store, as the desk does.
func TestEverySpellingFindsItsCustomer(t *testing.T) {
	byRegion := map[string][][]string{}
	for _, row := range spellings(t) {
		byRegion[row[2]] = append(byRegion[row[2]], row)
	}
	ctx := context.Background()
	for region, rows := range byRegion {
		db, err := storage.Open(ctx, storage.Options{Dir: t.TempDir(), Region: region})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			id := assist.IDFrom(row[1])
			c := assist.Customer{ID: id, Name: row[1], Phones: phonesOf(unescaped(row[1]))}
			if len(c.Phones) == 0 {
				c.Name = "Nobody"
			}
			if err := db.Save(ctx, c); err != nil {
				t.Fatal(err)
			}
			n, _ := numberOf(row[3], unescaped(row[4]), region)
			found, err := db.FindByNumber(ctx, n)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(found, func(m glance.Match) bool { return m.Customer.ID == id })
			if got := i >= 0 && !found[i].Tail; got != (row[5] == "match") {
				t.Errorf("%q: found for sure: %v among %d", row, got, len(found))
			}
			if row[5] == "no" && i >= 0 {
				t.Errorf("%q: found", row)
			}
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestDirectoriesShowWhoMayCall(t *testing.T) {
	name := filepath.Join(tables, "directory.jsonl")
	got, err := readNumbers(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for i := 0; in.Scan(); i++ {
		var want numberResult
		if err := json.Unmarshal(in.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		if string(got[i].ID) != string(want.ID) || got[i].Result != want.Result || !slices.Equal(got[i].Names, want.Names) {
			t.Errorf("%s: %s %q, want %s %q", want.ID, got[i].Result, got[i].Names, want.Result, want.Names)
		}
	}
}

func TestNumbersOfAFileThatIsBroken(t *testing.T) {
	for text, want := range map[string]string{
		"a\t020\tGB\n": "line 1",
		"a\t1\tGB\traw\t1\n\nb\t1\tGB\tpigeon\t1": "line 3",
	} {
		file := filepath.Join(t.TempDir(), "pairs.tsv")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := ringside(t, "bench", "numbers", file, "--json")
		if code == exitOK || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%q: exit code %d, %q, %q", text, code, out, errs)
		}
	}
	if code, _, errs := ringside(t, "bench", "numbers", "nothing.tsv"); code != exitNothing || !strings.Contains(errs, "nothing.tsv") {
		t.Errorf("no file: exit code %d, %q", code, errs)
	}
}

func TestLettersOfNumbersAreUnescaped(t *testing.T) {
	for in, want := range map[string]string{`020\u00a07946`: "020\u00a07946", `\ud83d\ude00x`: "😀x", `\u12`: `\u12`, `\uzzzz`: `\uzzzz`, `a\`: `a\`} {
		if got := unescaped(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzPairOfNumbers(f *testing.F) {
	f.Add("a\t020 7946 0123\tGB\tsip_from\t\"x\" <sip:1@y>")
	f.Add(`b	\ud83d	XX	hook	/N:S`)
	f.Fuzz(func(t *testing.T, line string) {
		if r, ok, _ := pairOf(line); ok && r.Result == "" {
			t.Errorf("%q: no result", line)
		}
	})
}

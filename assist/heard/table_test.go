package heard

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"testing"

	"ringside/assist"
)

// spoken is a line of a table: what a customer said, and the right reading.
type spoken struct {
	line    int
	text    string
	insight string // intelligence|feeling|about|subject; empty when there is none
	praised string
	tells   bool // praises us to others
}

func spokenIn(t testing.TB, file string) (out []spoken) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(b), "\n") {
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "|")
		for len(cells) < 7 {
			cells = append(cells, "")
		}
		for k := range cells {
			cells[k] = strings.TrimSpace(cells[k])
		}
		s := spoken{line: i + 1, text: cells[0], praised: cells[5], tells: cells[6] == "yes"}
		if cells[1] != "" {
			s.insight = strings.Join(cells[1:5], "|")
		}
		out = append(out, s)
	}
	return out
}

func subjects() []assist.Subject {
	return []assist.Subject{
		{ID: "greenbarn", Kind: assist.AboutCompetitor, Name: "GreenBarn", Also: []string{"Green Barn", "GB Tools"}, Theirs: []string{"open on Sundays"},
			Ours: []string{"we repair"}, Owner: "tom", Verified: assist.Date{Year: 2026, Month: 11, Day: 3}},
		{ID: "husqorn", Kind: assist.AboutCompetitor, Name: "Husqorn"},
		{ID: "brackmoor", Kind: assist.AboutCompetitor, Name: "Brackmoor", Ours: []string{"lighter"}},
		{ID: "orange", Kind: assist.AboutCompetitor, Name: "Orange"},
		{ID: "hedge", Kind: assist.AboutProduct, Name: "Hedge 300", For: []string{"cut high hedges"}},
		{ID: "cub", Kind: assist.AboutProduct, Name: "Cub 50", Theirs: []string{"starts in the cold"}},
		{ID: "trimlite", Kind: assist.AboutProduct, Name: "Trimlite"},
		{ID: "next", Kind: assist.AboutPlace, Name: "Next"},
		{ID: "may", Kind: assist.AboutPlace, Name: "May"},
		{ID: "hall", Kind: assist.AboutPlace, Name: "Market Hall"},
		{ID: "toolsmart", Kind: assist.AboutPlace, Name: "Toolsmart"},
	}
}

func reps() []assist.Rep {
	return []assist.Rep{{ID: "tom", Name: "Tom Baker"}, {ID: "anna", Name: "Anna Kowalska"}, {ID: "ewa", Name: "Ewa Nowak"}, {ID: "priya", Name: "Priya Nair"}, {ID: "mary", Name: "Mary Hill"}}
}

func shaw() assist.Customer {
	return assist.Customer{ID: "shaw", Name: "Mary Shaw", City: "Leeds", Owns: []assist.Product{{Name: "Hedge 300"}, {Name: "CS-18", Maker: "Brackmoor"}}}
}

func written(i *Insight) string {
	if i == nil {
		return ""
	}
	return fmt.Sprintf("%s|%s|%s|%s", i.Intelligence, i.Feeling, i.About, i.Subject)
}

// tally counts what was read and what should have been.
type tally struct{ right, read, wanted int }

func (c *tally) add(got, want string) bool {
	if got != "" {
		c.read++
	}
	if want != "" {
		c.wanted++
	}
	if got != "" && got == want {
		c.right++
	}
	return got == want
}

func (c tally) precision() float64 { return float64(c.right) / float64(max(c.read, 1)) }
func (c tally) recall() float64    { return float64(c.right) / float64(max(c.wanted, 1)) }

func TestWhatCustomersSaidIsReadRight(t *testing.T) {
	names := map[assist.ID]string{}
	for _, r := range reps() {
		names[r.ID] = r.Name
	}
	reader := New(subjects(), reps())
	for _, table := range []struct {
		file              string
		precision, recall float64
	}{{"said.txt", 0.95, 0.9}, {"unseen.txt", 0.85, 0.5}} {
		var insights, praise, advocates tally
		list := spokenIn(t, table.file)
		for _, s := range list {
			f := reader.Read(s.text, shaw())
			if got := written(f.Insight); !insights.add(got, s.insight) {
				t.Logf("%s:%d: %q is read %q, want %q", table.file, s.line, s.text, got, s.insight)
			}
			got := ""
			if f.Praise != nil {
				got = cmp.Or(names[f.Praise.Rep], "somebody")
			}
			if !praise.add(got, s.praised) {
				t.Logf("%s:%d: %q praises %q, want %q", table.file, s.line, s.text, got, s.praised)
			}
			if !advocates.add(yes(f.Advocate != nil), yes(s.tells)) {
				t.Logf("%s:%d: %q is read as told to others: %v", table.file, s.line, s.text, f.Advocate != nil)
			}
		}
		for _, c := range []struct {
			what string
			tally
		}{{"insights", insights}, {"praise", praise}, {"advocates", advocates}} {
			t.Logf("%s: %s: precision %.3f, recall %.3f (%d of %d read, %d wanted, %d sentences)", table.file, c.what, c.precision(), c.recall(), c.right, c.read, c.wanted, len(list))
			if c.precision() < table.precision || c.recall() < table.recall {
				t.Errorf("%s: %s: below the floor of %.2f and %.2f", table.file, c.what, table.precision, table.recall)
			}
		}
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

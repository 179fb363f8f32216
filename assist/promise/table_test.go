package promise

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestScratch(t *testing.T) {
	name := os.Getenv("SET")
	if name == "" {
		name = "testdata/dates.tsv"
	}
	b, _ := os.ReadFile(name)
	bad, n := 0, 0
	var tp, fp, fn, right, whens int
	for _, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n")[1:] {
		c := strings.Split(line, "\t")
		loc, _ := time.LoadLocation(c[2])
		now, err := time.ParseInLocation("2006-01-02 15:04", c[1], loc)
		if err != nil {
			now, err = time.Parse(time.RFC3339, c[1])
			now = now.In(loc)
		}
		n++
		fig := DayFirst
		if c[3] == "" {
			fig = AskFirst
		} else if c[3] == "en-US" {
			fig = MonthFirst
		}
		r := Reader{fig}
		f, ok := r.Find(c[4], now)
		res, due := "none", ""
		if ok {
			res = "ask"
			if f.Ask == "" && !f.Due.IsZero() {
				res = "when"
				due = f.Due.Format(time.RFC3339)
				if f.AllDay {
					due = f.Due.Format(time.DateOnly)
				}
			}
		}
		if !ok {
			if g, o := r.Others(c[4], now); o {
				res = "other"
				f = g
			}
		}
		ours := c[5] == "when" || c[5] == "ask"
		switch {
		case ours && ok:
			tp++
		case ours:
			fn++
		case ok:
			fp++
		}
		if c[5] == "when" {
			whens++
			if res == "when" && due == c[6] {
				right++
			}
		}
		if res != c[5] || due != c[6] {
			bad++
			t.Logf("%s %-60q want %s %s got %s %s %q", c[0], c[4], c[5], c[6], res, due, f.Text)
		}
	}
	t.Logf("%d rows, %d bad; precision %d/%d recall %d/%d whens right %d/%d", n, bad, tp, tp+fp, tp, tp+fn, right, whens)
}

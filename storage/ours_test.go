package storage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// idsOf are those of records, in their order.
func idsOf[T assist.Record](list []T) string {
	var out []string
	for _, r := range list {
		_, id := r.Ident()
		out = append(out, string(id))
	}
	return strings.Join(out, " ")
}

func TestKudosOfARepStandTheLatestFirst(t *testing.T) {
	db := open(t, t.TempDir())
	for i, rep := range []assist.ID{"ewa", "tom", "ewa", "ewa", "to"} {
		save(t, db, assist.Kudos{ID: assist.ID(fmt.Sprint("k", i)), Rep: rep, Words: "brilliant", At: day.Add(time.Duration(i%4) * time.Hour)})
	}
	save(t, db, assist.Kudos{ID: "k1", Rep: "ewa", Words: "it was Ewa", At: day.Add(5 * time.Hour)}) // mended, and moved
	for _, x := range []struct {
		rep  assist.ID
		most int
		want string
	}{{"ewa", 10, "k1 k3 k2 k0"}, {"ewa", 2, "k1 k3"}, {"tom", 10, ""}, {"to", 10, "k4"}, {"", 3, "k1 k3 k2"}, {"ewa", 0, ""}, {"ewa", -1, ""}, {"nobody", 5, ""}} {
		got, err := db.KudosOf(t.Context(), x.rep, x.most)
		if err != nil || idsOf(got) != x.want {
			t.Errorf("%d of %q: %s, %v, want %s", x.most, x.rep, idsOf(got), err, x.want)
		}
	}
	mustCheck(t, db)
}

func TestTheFrontLineIsApartFromWhatCustomersSaid(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	made := assist.NewID(day)
	save(t, db, mary(),
		assist.Insight{ID: "a", Rep: "ewa", Intelligence: assist.FrontLine, Text: "worried about the winter", At: day},
		assist.Insight{ID: "b", Rep: "ewa", Intelligence: assist.Market, Customer: "mary", Text: "buys in spring", At: day.Add(time.Hour)},
		assist.Insight{ID: "c", Intelligence: assist.FrontLine, Text: "nobody said who", At: day.Add(2 * time.Hour)},
		assist.Insight{ID: made, Rep: "tom", Intelligence: assist.FrontLine, Text: "read a good book", At: day.Add(-time.Hour)})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	for rep, want := range map[assist.ID]assist.ID{"ewa": "a", "tom": made} {
		got, err := db.FrontLine(t.Context(), rep, 10)
		if err != nil || idsOf(got) != string(want) {
			t.Errorf("%s: %s, %v, want %s", rep, idsOf(got), err, want)
		}
	}
	all, err := db.FrontLine(t.Context(), "", 10)
	if err != nil || idsOf(all) != "c a "+string(made) {
		t.Errorf("all: %s, %v", idsOf(all), err)
	}
	save(t, db, assist.Insight{ID: "a", Rep: "ewa", Intelligence: assist.Relationship, Customer: "mary", Text: "worried about the winter", At: day})
	if got, err := db.FrontLine(t.Context(), "ewa", 10); err != nil || len(got) != 0 {
		t.Errorf("what became a customer's is still the front line's: %v, %v", got, err)
	}
	mustCheck(t, db)
}

func TestAnswerersAreTheLatestCallsInWhichItWasSaid(t *testing.T) {
	db := open(t, t.TempDir())
	var made []assist.ID
	for i := range 20 {
		at := day.Add(time.Duration(i) * time.Hour)
		c := assist.Call{ID: assist.NewID(at), Rep: "ewa", Started: at, Shown: []assist.ID{"a", "b"},
			Used: []assist.Used{{Answer: "a", Said: i%2 == 0}, {Answer: "b", Said: i == 4}}}
		made = append(made, c.ID)
		save(t, db, c)
	}
	save(t, db, assist.Call{ID: "old", Started: day.Add(-time.Hour), Used: []assist.Used{{Answer: "a", Said: true}}},
		assist.Call{ID: "other", Started: day.AddDate(0, 0, 1), Used: []assist.Used{{Answer: "aa", Said: true}}})
	for _, x := range []struct {
		answers []assist.ID
		most    int
		want    []assist.ID
	}{
		{[]assist.ID{"a"}, 300, []assist.ID{made[18], made[16], made[14], made[12], made[10], made[8], made[6], made[4], made[2], made[0], "old"}},
		{[]assist.ID{"b"}, 300, []assist.ID{made[4]}},
		{[]assist.ID{"a", "b", "a"}, 300, []assist.ID{made[18], made[16], made[14], made[12], made[10], made[8], made[6], made[4], made[2], made[0], "old"}},
		{[]assist.ID{"b", "aa"}, 300, []assist.ID{"other", made[4]}},
		{[]assist.ID{"nobody"}, 300, nil}, {nil, 300, nil}, {[]assist.ID{"a"}, 0, nil}, {[]assist.ID{"a"}, -1, nil}, {[]assist.ID{""}, 5, nil},
	} {
		got, err := db.Answerers(t.Context(), x.answers, x.most)
		want := make([]string, len(x.want))
		for i, id := range x.want {
			want[i] = string(id)
		}
		if err != nil || idsOf(got) != strings.Join(want, " ") {
			t.Errorf("%d of %v: %s, %v, want %v", x.most, x.answers, idsOf(got), err, want)
		}
	}
	if got, err := db.Answerers(t.Context(), []assist.ID{"b", "a"}, 3); err != nil || len(got) != 3 || !got[0].Started.After(got[2].Started) {
		t.Errorf("three of the latest: %v, %v", got, err)
	}
}

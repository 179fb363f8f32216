package insight_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/insight"
)

var now = time.Date(2026, 11, 26, 15, 0, 0, 0, time.UTC)

var subjects = []assist.Subject{
	{ID: "greenbarn", Kind: assist.AboutCompetitor, Name: "GreenBarn", Also: []string{"the green barn"}},
	{ID: "next", Kind: assist.AboutCompetitor, Name: "Next"},
	{ID: "mossgate", Kind: assist.AboutPlace, Name: "Mossgate DIY"},
	{ID: "hedge", Kind: assist.AboutProduct, Name: "Hedge 300"},
	{ID: "mower", Kind: assist.AboutProduct, Name: "Mower Duo"},
	{ID: "veld", Kind: assist.AboutProduct, Name: "Veldkraft Saw", Theirs: []string{"Lighter."}},
}

func read(t *testing.T, r assist.Record) (out []string) {
	t.Helper()
	for _, th := range insight.NewReader(subjects).Read(r).Themes {
		out = append(out, strings.Join(slices.DeleteFunc([]string{string(th.Group), string(th.Kind), string(th.Feeling), th.Subject, th.With, th.Matter}, func(s string) bool { return s == "" }), "/"))
	}
	return out
}

func TestANoteTellsWhatItsWordsName(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Asked about a parcel.", nil},
		{"Saw it cheaper at GreenBarn last week.", []string{"competitive/named/GreenBarn", "competitive/named/GreenBarn/price"}},
		{"GREENBARN's delivery is faster, she says. The price is ours.", []string{"competitive/named/GreenBarn", "competitive/named/GreenBarn/delivery", "competitive/named/GreenBarn/waiting"}},
		{"He calls next week.", nil},
		{"She compared us with Next.", []string{"competitive/named/Next"}},
		{"Next year then.", nil},
		{"Buys at Mossgate DIY since it is nearer.", []string{"market/bought/Mossgate DIY", "market/bought/Mossgate DIY/nearness"}},
		{"Has a Hedge300 and two Mower Duos.", []string{"relationship/named/Hedge 300", "relationship/named/Mower Duo", "market/together/Hedge 300/Mower Duo"}},
		{"Has a Veldkraft saw.", []string{"competitive/named/Veldkraft Saw"}},
		{"She is switching to the Green Barn; their prices.", []string{"competitive/named/GreenBarn", "back door/leaving", "back door/leaving/GreenBarn"}},
		{"Would never leave you, the service is too good.", []string{"back door/staying", "back door/staying/service"}},
	} {
		if got := read(t, assist.Note{ID: "n", At: now, Text: c.text}); !slices.Equal(got, c.want) {
			t.Errorf("%q:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestAnInsightTellsWhatWasKept(t *testing.T) {
	for _, c := range []struct {
		in   assist.Insight
		want []string
	}{
		{assist.Insight{Intelligence: assist.Competitive, About: assist.AboutCompetitor, Subject: "GreenBarn", Topic: "rivals", Text: "Theirs is cheaper."},
			[]string{"competitive/named/GreenBarn", "competitive/named/GreenBarn/price"}},
		{assist.Insight{Intelligence: assist.Competitive, About: assist.AboutCompetitor, Subject: "GreenBarn", Topic: "rivals", Feeling: assist.Love, Text: "A gem."},
			[]string{"competitive/named/GreenBarn", "competitive/named/GreenBarn/rivals", "competitive/felt/love/GreenBarn", "competitive/felt/love/GreenBarn/rivals"}},
		{assist.Insight{Intelligence: assist.Market, About: assist.AboutPlace, Subject: "Mossgate DIY", Text: "They are nearer."},
			[]string{"market/bought/Mossgate DIY", "market/bought/Mossgate DIY/nearness"}},
		{assist.Insight{Intelligence: assist.Market, Topic: "season", Text: "Buys in February."}, []string{"market/told/season"}},
		{assist.Insight{Intelligence: assist.Relationship, About: assist.AboutProduct, Subject: "Hedge 300", Feeling: assist.Love, Text: "It is so quiet."},
			[]string{"relationship/felt/love/Hedge 300", "relationship/felt/love/Hedge 300/noise"}},
		{assist.Insight{Intelligence: assist.Relationship, About: assist.AboutUs, Subject: "Thornfell", Feeling: assist.Wish, Topic: "friction", Text: "One person who stays with it."},
			[]string{"relationship/felt/wish", "relationship/felt/wish/friction"}},
		{assist.Insight{Intelligence: assist.Competitive, About: assist.AboutCompetitor, Subject: "GreenBarn", Topic: "leaving", Text: "I was tired of waiting."},
			[]string{"competitive/named/GreenBarn", "competitive/named/GreenBarn/waiting", "back door/leaving", "back door/leaving/waiting", "back door/leaving/GreenBarn"}},
		{assist.Insight{Intelligence: assist.FrontLine, Topic: "worries", Text: "That nobody tells us."}, []string{"front line/told/worries"}},
	} {
		c.in.ID = "i"
		if got := read(t, c.in); !slices.Equal(got, c.want) {
			t.Errorf("%q:\n got %q\nwant %q", c.in.Text, got, c.want)
		}
	}
}

func TestOtherRecordsTell(t *testing.T) {
	since := assist.Date{Year: 2026, Month: 5, Day: 1}
	for _, c := range []struct {
		in   assist.Record
		want []string
	}{
		{assist.Call{ID: "c", Started: now, Mood: assist.Upset, Used: []assist.Used{{Answer: "a"}, {Answer: "a"}}}, []string{"questions/opened/a", "back door/upset"}},
		{assist.Gap{ID: "g", At: now, Text: "Do you deliver hedges to Orkney?"}, []string{"questions/unanswered/deliver", "questions/unanswered/hedge", "questions/unanswered/orkney"}},
		{assist.Kudos{ID: "k", At: now, Words: "Tom was so patient."}, []string{"relationship/felt/love", "relationship/felt/love/service"}},
		{assist.Order{ID: "o", At: now, Products: []string{"B", "A"}}, []string{"market/owned/A/B"}},
		{assist.Customer{ID: "c", Owns: []assist.Product{{Name: "A", Since: since}, {Name: "B", Since: since}, {Name: "C"}, {Name: "D", Maker: "X", Since: since}}}, []string{"market/owned/A/B"}},
		{assist.Promise{ID: "p"}, nil},
	} {
		if got := read(t, c.in); !slices.Equal(got, c.want) {
			t.Errorf("%T:\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

// world makes notes: each week so many customers are spoken with, and of each theme a
// share of them tells it.
type world struct {
	rng  *rand.Rand
	said []insight.Said
	id   int
}

func (w *world) talk(at time.Time, customer, rep int, themes ...insight.Theme) {
	w.id++
	ref := assist.Ref{Type: assist.TypeNote, ID: assist.ID(fmt.Sprintf("note-%06d", w.id))}
	w.said = append(w.said, insight.Said{Ref: ref, At: at, Customer: assist.ID(fmt.Sprint("c", customer)), Rep: assist.ID(fmt.Sprint("r", rep)), Talk: ref, Themes: themes})
}

func (w *world) book() *insight.Book {
	b := &insight.Book{}
	for _, s := range w.said {
		b.Put(s)
	}
	return b
}

func of(name string) insight.Theme {
	return insight.Theme{Group: insight.Competitive, Kind: insight.Named, About: assist.AboutCompetitor, Subject: name}
}

func pattern(t *testing.T, list []insight.Pattern, name string) insight.Pattern {
	t.Helper()
	for _, p := range list {
		if p.Subject == name && p.Matter == "" {
			return p
		}
	}
	t.Fatalf("no pattern of %s", name)
	return insight.Pattern{}
}

func TestARiseIsClaimedWithItsFigures(t *testing.T) {
	w := world{}
	for i := range 400 {
		var themes []insight.Theme
		at := now.AddDate(0, 0, -1-i%28)
		if i%20 == 0 {
			themes = append(themes, of("GreenBarn"), of("Other"))
		} else if i%4 == 1 {
			themes = append(themes, of("GreenBarn"))
		} else if i%4 == 2 {
			themes = append(themes, of("Flat"))
		}
		w.talk(at, i, i/20%5, themes...)
		themes = nil
		if i%20 == 0 {
			themes = append(themes, of("GreenBarn"), of("Other"))
		} else if i%4 == 2 || i%4 == 3 {
			themes = append(themes, of("Flat"))
		}
		w.talk(at.AddDate(0, 0, -28), i, i/20%5, themes...)
	}
	list := w.book().Patterns(now, insight.FourWeeks)
	p := pattern(t, list, "GreenBarn")
	if p.Customers != 120 || p.Reps != 5 || p.Before != 20 || p.N != 120 || p.Grade != insight.Strong {
		t.Errorf("figures: %+v", p)
	}
	if !p.Trend.Claimed || p.Trend.Low < 2 || p.Trend.Ratio < p.Trend.Low || p.Trend.Ratio > p.Trend.High {
		t.Errorf("trend: %+v", p.Trend)
	}
	if !strings.HasPrefix(p.Sentence, "GreenBarn named: 120 customers, 5 reps, since 31 October; ") || !strings.Contains(p.Sentence, "times as often as in the 4 weeks before (") {
		t.Errorf("sentence: %s", p.Sentence)
	}
	if len(p.Refs) != 120 || !strings.Contains(p.How, "Benjamini") {
		t.Errorf("%d refs, %s", len(p.Refs), p.How)
	}
	if flat := pattern(t, list, "Flat"); !flat.Trend.Claimed || flat.Trend.Ratio >= 1 {
		t.Errorf("fall: %+v", flat.Trend)
	}
	if o := pattern(t, list, "Other"); o.Trend.Claimed || !strings.Contains(o.Sentence, "no sure change") {
		t.Errorf("other: %s", o.Sentence)
	}
}

func TestOneLoudCustomerIsNoPattern(t *testing.T) {
	w := world{}
	for i := range 200 {
		w.talk(now.AddDate(0, 0, -1-i%50), i, i%5)
	}
	for i := range 60 {
		w.talk(now.AddDate(0, 0, -1-i%20), 7, i%5, of("GreenBarn"))
	}
	w.talk(now, 8, 1, of("GreenBarn"))
	p := pattern(t, w.book().Patterns(now, insight.FourWeeks), "GreenBarn")
	if p.Grade != insight.NotYet || p.Customers != 2 || p.N != 61 || p.Lacks != (insight.Lacks{Customers: 3}) {
		t.Errorf("%+v", p)
	}
	if !strings.HasSuffix(p.Sentence, "not enough yet: 3 more customers") {
		t.Error(p.Sentence)
	}
}

func TestSameRecordsGiveSamePatternsInWhateverOrder(t *testing.T) {
	w := world{rng: rand.New(rand.NewPCG(1, 2))}
	for i := range 3000 {
		var themes []insight.Theme
		for k := range 6 {
			if w.rng.IntN(10) < k {
				themes = append(themes, of(fmt.Sprint("Rival ", k)))
			}
		}
		w.talk(now.Add(-time.Duration(w.rng.IntN(200*24))*time.Hour), w.rng.IntN(700), i%6, themes...)
	}
	want := w.book().Patterns(now, insight.Quarter)
	w.rng.Shuffle(len(w.said), func(i, j int) { w.said[i], w.said[j] = w.said[j], w.said[i] })
	b := w.book()
	extra := insight.Said{Ref: assist.Ref{Type: assist.TypeNote, ID: "x"}, At: now, Customer: "cx", Rep: "r1", Talk: assist.Ref{Type: assist.TypeNote, ID: "x"}, Themes: []insight.Theme{of("Rival 1"), of("New")}}
	b.Put(extra)
	b.Put(w.said[3])
	extra.Themes = extra.Themes[:1]
	b.Put(extra)
	b.Drop(extra.Ref)
	b.Drop(assist.Ref{Type: assist.TypeNote, ID: "never seen"})
	if got := b.Patterns(now, insight.Quarter); len(got) < 4 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d patterns, want %d; not the same", len(got), len(want))
	}
}

package sift

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/glance"
)

var today = assist.Date{Year: 2026, Month: 11, Day: 26} // a Thursday

// shelf is names in memory.
type shelf map[Field]*List

func (s shelf) Like(f Field, words string) []Value {
	if l := s[f]; l != nil {
		return l.Like(words)
	}
	return nil
}

func (s shelf) Name(f Field, key string) string {
	if l := s[f]; l != nil {
		return l.Name(key)
	}
	return ""
}

var names = shelf{
	Rep:        NewList([]Value{{Key: "baker", Name: "Tom Baker"}, {Key: "tomas", Name: "Tomás Reed"}, {Key: "ann", Name: "Ann Okafor"}}),
	Customer:   NewList([]Value{{Key: "mary", Name: "Mary Shaw"}, {Key: "jo", Name: "Jo Shawcross"}}),
	Company:    NewList([]Value{{Key: "acme", Name: "ACME Gardens"}}),
	Product:    NewList([]Value{{Key: "Saw 300", Name: "Saw 300"}, {Key: "Hedge 300", Name: "Hedge 300"}}),
	Competitor: NewList([]Value{{Key: "Greenbarn", Name: "Greenbarn"}}),
	Answer:     NewList([]Value{{Key: "refund", Name: "When the money is back: refunds"}}),
	Tag:        NewList([]Value{{Key: "vip", Name: "vip"}, {Key: "vip-lapsed", Name: "vip-lapsed"}}),
}

func TestEverythingThatIsTypedSifts(t *testing.T) {
	r := Parse(`leak rep:ann since:2026-10-01 until:2026-10 product:saw rival:greenbarn tag:vip mood:upset kind:prospect company:acme `+
		`customer:"mary shaw" answer:refund is:new hedge`, names, today)
	want := glance.NoteQuery{Text: "leak hedge", Rep: "ann", From: assist.Date{Year: 2026, Month: 10, Day: 1}, Until: assist.Date{Year: 2026, Month: 10, Day: 31},
		Product: "Saw 300", Competitor: "Greenbarn", Tag: "vip", Mood: assist.Upset, Kind: assist.KindProspect, Company: "acme", Customer: "mary",
		Answer: "refund", Unreviewed: true}
	if r.Query != want || len(r.Problems()) > 0 {
		t.Errorf("got  %+v %q\nwant %+v", r.Query, r.Problems(), want)
	}
	if n := len(Terms(`leak rep:"ann o" 9:30 tag:`)); n != 2 || len(r.Terms) != 12 {
		t.Errorf("%d and %d terms, want 2 and 12", n, len(r.Terms))
	}
}

func TestWhatCannotBeUnderstoodIsSaid(t *testing.T) {
	for typed, want := range map[string]string{
		"rep:zoe":          "No rep is called “zoe”.",
		"rep:":             "Which rep? Type a part of the name behind the colon, or choose one.",
		"rep:tom":          "“tom” may be Tom Baker or Tomás Reed. Type more of the rep, or choose one.",
		"since:31.2.2026":  "“31.2.2026” is no day. Write it as 2026-10-01, today, monday or 30d.",
		"since:2026-02-30": "“2026-02-30” is no day. Write it as 2026-10-01, today, monday or 30d.",
		"until:":           "Which day? Write it as until:2026-10-01, or choose one.",
		"mood:glad":        "There is no mood “glad”. There are: upset or hurried.",
		"is:old":           "Notes can be “new”, which is not reviewed, and not “old”.",
		"rival:nobody":     "No competitor is called “nobody”.",
		"kind:king":        "There is no kind “king”. There are: customer, prospect, colleague or others.",
	} {
		r := Parse(typed+" leak", names, today)
		if got := r.Problems(); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
		if r.Query != (glance.NoteQuery{Text: "leak"}) {
			t.Errorf("%s sifts by %+v", typed, r.Query)
		}
	}
}

func TestNamesMayBeLoose(t *testing.T) {
	for typed, want := range map[string]glance.NoteQuery{
		"rep:tomas":         {Rep: "tomas"}, // without its accent, and as a whole key
		"rep:baker":         {Rep: "baker"},
		"REP:okafro":        {Rep: "ann"}, // two letters swapped
		"tag:vip":           {Tag: "vip"}, // another one begins so
		"by:ann":            {Rep: "ann"},
		"new":               {Unreviewed: true},
		`"new"`:             {Text: "new"},
		"new address":       {Text: "new address"},
		"rep:ann new":       {Rep: "ann", Unreviewed: true},
		"at 9:30":           {Text: "at 9:30"},
		"http://x.y":        {Text: "http://x.y"},
		`since:monday`:      {From: assist.Date{Year: 2026, Month: 11, Day: 23}},
		`since:thu`:         {From: today},
		`from:30d`:          {From: assist.Date{Year: 2026, Month: 10, Day: 27}},
		`until:2026`:        {Until: assist.Date{Year: 2026, Month: 12, Day: 31}},
		`since:2031-1-1`:    {},
		`rep:"ann ok`:       {Rep: "ann"}, // the quote is not closed yet
		`"ann ok`:           {Text: "ann ok"},
		"rep:ann rep:tomás": {Rep: "tomas"},
	} {
		if got := Parse(typed, names, today).Query; got != want {
			t.Errorf("%s: %+v, want %+v", typed, got, want)
		}
	}
}

func TestEveryFieldIsSetAndTakenBack(t *testing.T) {
	for _, f := range Fields() {
		key := map[Field]string{Since: "2026-10-01", Until: "2026-10-31", Is: "new", Mood: "upset", Kind: "prospect"}[f]
		if key == "" {
			key = "x"
		}
		q := With(glance.NoteQuery{Text: "leak"}, f, key)
		if Key(q, f) != key || q == (glance.NoteQuery{Text: "leak"}) {
			t.Errorf("%s: %+v", f, q)
		}
		if q = With(q, f, ""); q != (glance.NoteQuery{Text: "leak"}) {
			t.Errorf("%s is not taken back: %+v", f, q)
		}
		if f.Label() == "" || Name(f, key, names) == "" {
			t.Errorf("%s has no name for people", f)
		}
	}
	base := glance.NoteQuery{Text: "leak", Rep: "ann", Tag: "vip"}
	if got := Over(base, glance.NoteQuery{Text: "roof", Rep: "tom"}); got != (glance.NoteQuery{Text: "leak roof", Rep: "tom", Tag: "vip"}) {
		t.Errorf("over: %+v", got)
	}
}

func TestDaysAreOfferedWithTheirNames(t *testing.T) {
	got := Parse("since:", names, today).Terms[0].Values
	if len(got) != 6 || got[0] != (Value{Key: "2026-11-26", Name: "26 November 2026", Sub: "today"}) || got[4].Key != "2026-11-01" {
		t.Errorf("%+v", got)
	}
}

func TestTheLikeliestIsOfferedFirst(t *testing.T) {
	var keys []string
	for _, v := range names[Customer].Like("shaw") {
		keys = append(keys, v.Key)
	}
	if !slices.Equal(keys, []string{"mary", "jo"}) {
		t.Errorf("%v", keys)
	}
	if v := names[Customer].Like("mary"); !v[0].Sure || len(v) != 1 {
		t.Errorf("%+v", v)
	}
	var many []Value
	for range 100 {
		many = append(many, Value{Key: "k", Name: "Shaw"})
	}
	if n := len(NewList(many).Like("sh")); n != mostLike {
		t.Errorf("%d are offered, want %d", n, mostLike)
	}
}

func TestMarksShowWhereTheWordsStand(t *testing.T) {
	for _, c := range []struct{ in, words, want string }{
		{"The hedge trimmer leaks. Hedges!", "hedge leak", "hedge|leak|Hedge"},
		{"Café Über", "cafe", "Café"},
		{"she rang twise", "twice", "twise"},
		{"she rang twice, not twise", "twice", "twice"},
		{"昨日の電話 返金", "返金", "返金"},
		{"שלום עולם", "עולם", "עולם"},
		{"nothing", "", ""},
		{"0113 496-0000", "496-0000", "496|0000"},
	} {
		var got []string
		for _, s := range Marks(c.in, c.words) {
			got = append(got, c.in[s.From:s.To])
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q in %q: %q, want %q", c.words, c.in, got, c.want)
		}
	}
}

func TestAroundShowsThePlaceInOneLine(t *testing.T) {
	long := strings.Repeat("padding words ", 1000) + "the leak is here\nand goes on " + strings.Repeat("after ", 1000)
	got := Around(long, "leak", 60)
	if !strings.Contains(got, "leak") || !strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") || strings.Contains(got, "\n") {
		t.Errorf("%q", got)
	}
	if got := Around("leak\nhere", "leak", 60); got != "leak here" {
		t.Errorf("%q", got)
	}
	if got := Around("leak", "nowhere", 60); got != "leak" {
		t.Errorf("%q", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`rep:tom "x`, `since:2026-10 until:-1d`, "new", "tag:“ü", "::", `a:"b c" d`, "\xff:\xfe", "since:99999999999999d", "until:0000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		r := Parse(typed, names, today)
		at := 0
		for _, term := range r.Terms {
			if term.From < at || term.To <= term.From || term.To > len(typed) {
				t.Fatalf("a term from %d to %d in %d bytes", term.From, term.To, len(typed))
			}
			at = term.To
			if term.Problem == "" && len(term.Values) != 1 {
				t.Fatalf("settled as %v", term.Values)
			}
			if term.Problem == "" && Key(With(glance.NoteQuery{}, term.Field, term.Values[0].Key), term.Field) == "" {
				t.Fatalf("%q sets nothing", typed[term.From:term.To])
			}
		}
		if again := Parse(typed, names, today); !reflect.DeepEqual(again, r) {
			t.Fatal("read otherwise the second time")
		}
	})
}

func FuzzMarks(f *testing.F) {
	f.Add("the leak is here", "leak", 10)
	f.Add("\xffİstanbul ǅ", "i\xfe", 3)
	f.Fuzz(func(t *testing.T, in, words string, most int) {
		at := 0
		for _, s := range Marks(in, words) {
			if s.From < at || s.To <= s.From || s.To > len(in) {
				t.Fatalf("a mark from %d to %d in %d bytes", s.From, s.To, len(in))
			}
			at = s.To
		}
		if most = 1 + (most & 0xff); len([]rune(Around(in, words, most))) > most+2 {
			t.Fatal("longer than it may be")
		}
	})
}

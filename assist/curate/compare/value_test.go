package compare

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
)

// valuesOf writes the values of a sentence as unit, from, to and role.
func valuesOf(sentence string) string {
	l := &library{tongue: newTongue("en"), products: map[string][][]string{}}
	l.addProduct("Mower 42")
	ts := tokens(sentence, nil)
	var out []string
	for _, v := range (&scan{sentence: sentence, tokens: ts, stem: l.stem, names: l.inProduct(ts)}).values() {
		s := v.unit + " " + fmt.Sprint(v.lo)
		if v.hi != v.lo {
			s += ".." + fmt.Sprint(v.hi)
		}
		for _, more := range []string{v.currency, v.role} {
			if more != "" {
				s += " " + more
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestValuesAreRead(t *testing.T) {
	for _, c := range []struct{ sentence, want string }{
		{"", ""},
		{"It takes half an hour.", "time 1800"},
		{"You hear within the hour.", "time 3600"},
		{"It takes a week.", "time 604800"},
		{"It takes two and a half hours.", "time 9000"},
		{"It lasts an hour and a half.", "time 5400"},
		{"Thirty (30) minutes.", "time 1800"},
		{"Twenty-four hours.", "time 86400"},
		{"A 30-minute call.", "time 1800"},
		{"A couple of minutes.", "time 120..180"},
		{"Between 2 and 5 minutes.", "time 120..300"},
		{"Two or three minutes.", "time 120..180"},
		{"A service every 3 months.", "time 7.2576e+06..8.0352e+06 every"},
		{"We spoke three days ago.", ""},
		{"One service a year.", ""},
		{"£59 a year.", "money 59 gbp per year"},
		{"It is £4.95.", "money 4.95 gbp"},
		{"It is 1.250,00 €.", "money 1250 eur"},
		{"It is $1,250.", "money 1250 usd"},
		{"It is GBP 20.", "money 20 gbp"},
		{"It is 50p.", "money 0.5 gbp"},
		{"It is 99 cents.", "money 0.99"},
		{"From £5 to £10.", "money 5..10 gbp limit"},
		{"Orders over £60.", "money 60 gbp limit"},
		{"It is 4,99.", "money 4.99"},
		{"It weighs 4.95 kg.", "kg 4.95"},
		{"Version 4.95 is out.", ""},
		{"Two hundred pounds.", "money 200 gbp"},
		{"At 20 per cent.", "percent 20"},
		{"At 17.5% now.", "percent 17.5"},
		{"Mower 42 costs £349.", "money 349 gbp"},
		{"Battery 2 gives 35 minutes.", "time 2100"},
		{"Press 3 buttons.", ""},
		{"There are 3 buttons.", "#button 3"},
		{"Say one sentence.", ""},
		{"Open 9 to 5.", "clock 540..1020"},
		{"Open from nine to half past five.", "clock 540..1050"},
		{"At quarter to six we stop.", "clock 345"},
		{"Before 2pm.", "clock 840"},
		{"Before 2 p.m. today.", "clock 840"},
		{"By two in the afternoon.", "clock 840"},
		{"By 12 am.", "clock 0"},
		{"At 9.30am sharp.", "clock 570"},
		{"At 25:00 it ends.", ""},
		{"By noon.", "clock 720"},
		{"We close at 6.", "clock 360"},
		{"Monday to Friday.", "weekday 31"},
		{"Mondays, Tuesdays and Sundays.", "weekday 67"},
		{"Seven days a week.", "weekday 127"},
		{"On 31 January 2027.", "date 63"},
		{"On the 3rd of May.", "date 163"},
		{"Until the end of January.", "date 57..63"},
		{"In mid-November we mow.", "date 362..372"},
		{"In January.", "date 33..63"},
		{"You may call.", ""},
		{"On 2027-13-45.", ""},
		{"Am 3. Mai 2027.", "date 163"},
	} {
		if got := valuesOf(c.sentence); got != c.want {
			t.Errorf("%q: %q, want %q", c.sentence, got, c.want)
		}
	}
}

func TestFiguresAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]float64{"5": 5, "4,99": 4.99, "4.99": 4.99, "1,250": 1250, "1.250": 1250, "1,250.00": 1250, "1.250,00": 1250, "1'250.50": 1250.5,
		"0.125": .125, "1,000,000": 1e6, "3.5": 3.5} {
		if got, _, ok := decimal(text); !ok || got != want {
			t.Errorf("%s is %v, %v; want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"17:30", "1/2", "2-3", "1234567890123456789"} {
		if v, _, ok := decimal(text); ok {
			t.Errorf("%s is %v", text, v)
		}
	}
}

func TestSentencesEndWhereTheyEnd(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "",
		"One. Two! Three?":                      "One.|Two!|Three?",
		"It is £4.95. Then go.":                 "It is £4.95.|Then go.",
		"E.g. the box. Approx. 5 kg. etc. more": "E.g. the box.|Approx. 5 kg. etc. more",
		"A line\n\nanother":                     "A line|another",
		"はい。いいえ。":                               "はい。|いいえ。",
		"see shop.example for it. end":          "see shop.example for it. end",
	} {
		if got := strings.Join(sentences(text), "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestYesAndNoAreReadClauseByClause(t *testing.T) {
	l := &library{tongue: newTongue("en"), products: map[string][][]string{}}
	for sentence, want := range map[string]string{
		"Batteries can go by post":                         "yes 1",
		"Batteries cannot go by post":                      "yes 0",
		"The shop is closed":                               "yes 0",
		"The shop is never closed":                         "yes 1",
		"You must register it":                             "need 1",
		"You don't have to register it":                    "need 0",
		"The label is free":                                "cost 0",
		"The label costs nothing":                          "cost 0",
		"The label costs £3":                               "cost 1",
		"There is a fee for labels":                        "cost 1",
		"It is free of frost":                              "yes 1",
		"The label is free from £60":                       "yes 1",
		"Post the box, but never a leaking battery":        "yes 1; yes 0",
		"It is interest-free credit":                       "yes 1",
		"The label is free, and the carton costs £3 today": "cost 0; cost 1",
	} {
		ts := tokens(sentence, nil)
		var got []string
		for _, y := range l.yesNo(ts, (&scan{sentence: sentence, tokens: ts, stem: l.stem}).values()) {
			got = append(got, y.unit+" "+fmt.Sprint(y.lo))
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%q: %q, want %q", sentence, s, want)
		}
	}
}

func TestDoublesThatBeginWithYesAndNoContradict(t *testing.T) {
	yes, no := double2, twice
	yes.Say, no.Say = "Yes. "+yes.Say, "No, sorry. "+no.Say
	if got := pairs(t, append(shelf(), yes, no)); len(got) != 1 || !got[0].Clash {
		t.Errorf("%+v", got)
	}
}

func TestMarkdownIsReadAsText(t *testing.T) {
	for line, want := range map[string]string{
		"- **Free** from [£60](/delivery)": "Free from £60",
		"2. `TF` plate":                    "TF plate",
		"| Standard | £4.95 |":             "Standard, £4.95",
		"|---|:--|":                        "",
		"![van](van.png)":                  "van",
		"> quoted":                         "quoted",
	} {
		if got := plain(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	l, err := read(context.Background(), []assist.Answer{twice})
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, p := range l.page(page("https://a.example", "Help", "First.\n# Costs\n\n## Of post\nIt costs £3.\n#hash is no heading")) {
		titles = append(titles, p.title+"/"+p.say)
	}
	if !slices.Equal(titles, []string{"Help/First.", "Help: Of post/It costs £3.\n#hash is no heading"}) {
		t.Errorf("%q", titles)
	}
}

func TestWhatPartsTwoTexts(t *testing.T) {
	l := &library{tongue: newTongue("en")}
	for _, c := range []struct {
		a, b      string
		yes, same bool
	}{
		{"parcels", "parcels", true, true},
		{"parcels for trade", "parcels", true, false},
		{"parcels for trade", "parcels for business", true, true},
		{"parcels abroad", "parcels to the highlands", true, false},
		{"a damaged battery", "a battery", true, false},
		{"a damaged battery", "a battery", false, true},
		{"refund by card", "refund", true, true},
		{"refund by card", "refund by transfer", true, false},
		{"refund by card or transfer", "refund by transfer", true, true},
	} {
		a, b := l.marksOf(tokens(c.a, nil), "only", "state", "way"), l.marksOf(tokens(c.b, nil), "only", "state", "way")
		if sameMarks(a, b, c.yes) != c.same || sameMarks(b, a, c.yes) != c.same {
			t.Errorf("%s / %s: same is not %v", c.a, c.b, c.same)
		}
	}
}

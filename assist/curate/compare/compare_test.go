package compare

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
)

//go:embed testdata/sentences.tsv
var sentenceTable string

// shelf are answers about other things, so that common words are common.
func shelf() (out []assist.Answer) {
	for i, s := range strings.Split("Where the invoice is|How to log in|A burnt plug|Who calls|Bring a friend|Old oil|Cut roses|Moving house|A lost key|Spare wheels", "|") {
		out = append(out, assist.Answer{ID: assist.ID(fmt.Sprint("other", i)), Title: s, Department: "help", Say: s + ": let me look, and I tell you what I see.",
			Products: []string{"Mower 42", "Robo 8"}})
	}
	return out
}

func answer(id, title, say string, phrasings ...string) assist.Answer {
	return assist.Answer{ID: assist.ID(id), Title: title, Department: "help", Say: say, Phrasings: phrasings}
}

func pairs(t *testing.T, answers []assist.Answer, apart ...assist.Apart) []Pair {
	t.Helper()
	out, err := Pairs(context.Background(), answers, apart)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// about are two answers to one question that say a sentence each.
func about(a, b string) []assist.Answer {
	asked := []string{"asking about this thing", "tell the customer how this is"}
	return append(shelf(), answer("a", "What we tell of it", a, asked...), answer("b", "What we tell of it all", b, asked...))
}

func TestSentencesClashOrDoNot(t *testing.T) {
	for line := range strings.Lines(sentenceTable) {
		row := strings.Split(strings.TrimSpace(line), "\t")
		for _, order := range [][2]string{{row[1], row[2]}, {row[2], row[1]}} {
			clash := slices.ContainsFunc(pairs(t, about(order[0], order[1])), func(p Pair) bool { return p.Clash })
			if clash != (row[0] == "clash") {
				t.Errorf("want %s: %s / %s", row[0], order[0], order[1])
			}
		}
	}
}

var (
	twice = answer("twice", "Charged twice", "I can see both payments. I'll send one back today, and it is on your card within five working days.",
		"took the money two times", "billed me double", "two payments on my card")
	double2 = answer("double", "Two payments for one order", "Both payments are here in front of me. One goes back today; you have it on the card in 5 working days.",
		"billed double", "the money was taken two times", "two payments showing on my card")
)

func TestTheSameQuestionAnsweredTwiceIsADouble(t *testing.T) {
	got := pairs(t, append(shelf(), twice, double2))
	if len(got) != 1 || got[0].Clash || got[0].A != "twice" || got[0].B != "double" || !strings.Contains(got[0].Why, "Charged twice") || got[0].OfA != twice.Say {
		t.Errorf("%+v", got)
	}
}

func TestADoubleThatNamesAnotherNumberIsAContradiction(t *testing.T) {
	other := double2
	other.Say = strings.Replace(other.Say, "5 working", "three working", 1)
	got := pairs(t, append(shelf(), twice, other))
	if len(got) != 1 || !got[0].Clash || got[0].Why != "five working days here, three working days there" || !strings.Contains(got[0].OfA, "five") || !strings.Contains(got[0].OfB, "three") {
		t.Errorf("%+v", got)
	}
}

func TestWhatIsLeftOutOfTheComparison(t *testing.T) {
	for what, change := range map[string]func(*assist.Answer){
		"off":              func(a *assist.Answer) { a.Off = true },
		"draft":            func(a *assist.Answer) { a.Draft = true },
		"another language": func(a *assist.Answer) { a.Language = "de" },
		"unknown language": func(a *assist.Answer) { a.Language = "xx" },
		"another product":  func(a *assist.Answer) { a.Products = []string{"Robo 8"} },
	} {
		a, b := twice, double2
		a.Products = []string{"Mower 42"}
		b.Products = a.Products
		if got := pairs(t, append(shelf(), a, b)); len(got) != 1 {
			t.Fatalf("before: %+v", got)
		}
		change(&b)
		if got := pairs(t, append(shelf(), a, b)); len(got) != 0 {
			t.Errorf("%s: %+v", what, got)
		}
	}
	a, b := twice, double2
	a.Language, b.Language = "en-GB", ""
	if got := pairs(t, append(shelf(), a, b)); len(got) != 1 {
		t.Errorf("British English is English: %+v", got)
	}
}

func TestWhatWasSetApartStaysApartWhileItStands(t *testing.T) {
	for _, turned := range []bool{false, true} {
		apart := assist.Apart{Of: [2]assist.ID{"twice", "double"}, Stood: [2]string{twice.Fingerprint(), double2.Fingerprint()}}
		if turned {
			slices.Reverse(apart.Of[:])
			slices.Reverse(apart.Stood[:])
		}
		if got := pairs(t, append(shelf(), twice, double2), apart); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		changed := double2
		changed.Steps = []string{"Look again."}
		if got := pairs(t, append(shelf(), twice, changed), apart); len(got) != 1 {
			t.Errorf("one has changed since: %+v", got)
		}
	}
}

func TestNumbersClashInAnyLanguage(t *testing.T) {
	a := answer("a", "Erstattung auf die Karte", "Die Erstattung ist in 5 Tagen auf der Karte.", "wann kommt mein Geld", "Erstattung fehlt")
	b := answer("b", "Wann die Erstattung kommt", "Auf der Karte ist die Erstattung in 8 Tagen.", "mein Geld fehlt", "wann kommt die Erstattung")
	a.Language, b.Language = "de", "de-AT"
	if got := pairs(t, []assist.Answer{a, b}); len(got) != 1 || !got[0].Clash {
		t.Errorf("%+v", got)
	}
}

func TestWhoStopsIsObeyed(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Pairs(ctx, append(shelf(), twice, double2), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := Site(ctx, []assist.Answer{twice}, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestTheSameInputGivesTheSameOrder(t *testing.T) {
	answers := append(about("Parcels arrive in 3 days.", "Parcels arrive in 9 days."), twice, double2)
	want := pairs(t, answers)
	if len(want) < 2 || !want[0].Clash || want[len(want)-1].Clash {
		t.Fatalf("contradictions come first: %+v", want)
	}
	for range 5 {
		if got := pairs(t, answers); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

func page(url, title, text string) assist.WebPage {
	p := assist.WebPage{URL: url, Title: title, Text: text}
	p.ID = p.Key()
	return p
}

func site(t *testing.T, answers []assist.Answer, pages []assist.WebPage, apart ...assist.Apart) []SiteClash {
	t.Helper()
	out, err := Site(context.Background(), answers, pages, apart)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestThePageOfAnAnswerSaysSomethingElse(t *testing.T) {
	ours := twice
	ours.Web = "http://www.shop.example/help/payments/"
	theirs := page("https://shop.example/help/payments", "Payments", "We like cards.\n\n## Charged twice?\n\n- The second payment is **back on your [card](/card)** within 3 working days.")
	far := page("https://shop.example/robots", "Robots", "## Installing\n\nFitting takes 9 working days.")
	got := site(t, append(shelf(), ours), []assist.WebPage{far, theirs})
	if len(got) != 1 || got[0].Page != theirs.ID || got[0].Why != "we say five working days, the site says 3 working days" || !strings.HasPrefix(got[0].Theirs, "The second payment is back on your card") {
		t.Fatalf("%+v", got)
	}
	apart := assist.Apart{Of: [2]assist.ID{ours.ID, theirs.ID}, Stood: [2]string{ours.Fingerprint(), theirs.Hash()}}
	if got := site(t, append(shelf(), ours), []assist.WebPage{theirs}, apart); len(got) != 0 {
		t.Errorf("set apart: %+v", got)
	}
	theirs.Text += " Really."
	if got := site(t, append(shelf(), ours), []assist.WebPage{theirs}, apart); len(got) != 1 {
		t.Errorf("the page has changed: %+v", got)
	}
	theirs.Gone = true
	if got := site(t, append(shelf(), ours), []assist.WebPage{theirs}); len(got) != 0 {
		t.Errorf("the page is gone: %+v", got)
	}
}

func TestAnotherPageAboutTheSameThingIsReadToo(t *testing.T) {
	theirs := page("https://shop.example/faq", "Questions", "## Charged twice: two payments on my card\n\nIf we billed you double, both payments are seen, and one is back on your card within 8 working days.")
	if got := site(t, append(shelf(), twice), []assist.WebPage{theirs}); len(got) != 1 {
		t.Errorf("%+v", got)
	}
	theirs.Text = strings.Replace(theirs.Text, "8", "5", 1)
	if got := site(t, append(shelf(), twice), []assist.WebPage{theirs}); len(got) != 0 {
		t.Errorf("the page says the same: %+v", got)
	}
}

func FuzzValuesAreReadFromAnything(f *testing.F) {
	for line := range strings.Lines(sentenceTable) {
		f.Add(line)
	}
	for _, s := range []string{"£", "1-", "2 to", "half past", "between 2 and", "9 to 5 open", "{{a}} 5 {{", "３ days", "1,2,3.4", "31 January ,", "a hundred and", "twenty-"} {
		f.Add(s)
	}
	l := &library{tongue: newTongue("en"), products: map[string][][]string{}}
	f.Fuzz(func(t *testing.T, text string) {
		for _, sentence := range sentences(text) {
			ts := tokens(sentence, nil)
			last := 0
			for _, v := range (&scan{sentence: sentence, tokens: ts, stem: l.stem}).values() {
				if v.tokens[0] < last || v.tokens[1] <= v.tokens[0] || v.text == "" || math.IsNaN(v.lo) || v.lo > v.hi || !v.comparable(v) || !v.same(v) {
					t.Errorf("%q: %+v", sentence, v)
				}
				last = v.tokens[1]
			}
			l.yesNo(ts, nil)
		}
	})
}

func TestAValueThatThePageSaysInAnotherSectionIsNoClash(t *testing.T) {
	ours := twice
	ours.Web = "shop.example/pay"
	text := "## Charged twice\n\nThe second payment is back on your card in 3 working days."
	if got := site(t, append(shelf(), ours), []assist.WebPage{page("shop.example/pay", "Payments", text)}); len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	text += "\n\n## All else\n\nIt can be five working days."
	if got := site(t, append(shelf(), ours), []assist.WebPage{page("shop.example/pay", "Payments", text)}); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

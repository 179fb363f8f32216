package practice

import (
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/compose/mask"
	"ringside/assist/glance"
)

var mary = mask.PrivateOf(glance.Profile{Customer: assist.Customer{Name: "Mary Shaw", City: "Leeds", Address: "12 Mill Lane\nLeeds LS1 4AP"}}, "Tom Reed")

var marys = mask.OwnOf(assist.Customer{Name: "Mary Shaw", CallMe: "Mrs Shaw"})

func TestNoLineHasANameOrANumber(t *testing.T) {
	for _, c := range []struct{ heard, want string }{
		{"I was charged twice for one order", "I was charged twice for one order"},
		{"It's Mary Shaw, I was charged twice", "It's (name), I was charged twice"},
		{"Tom told me the refund of TF-20231 is late", "(name) told me the refund of (number) is late"},
		{"ring me on 0113 496 0123 or mary@shaw.example about the refund order", "ring me on (number) or (e-mail) about the refund order"},
		{"does the van deliver to 12 Mill Lane in Leeds", "does the van deliver to (place) in (place)"},
		{"mary's order came twice, shaw says", "(name) order came twice, (name) says"},
		{"order 4821 of the Hedge 3000 in 14 days", "order (number) of the Hedge 3000 in 14 days"},
		{strings.Repeat("charged twice ", 40), strings.Repeat("charged twice ", 17) + "…"},
		// Too little is left to know what is asked.
		{"Mary Shaw 0113 496 0123", "what of refund"},
		{"refund", "what of refund"},
		{"", "what of refund"},
	} {
		a := answer("refund", "Billing")
		a.Products = []string{"Hedge 3000"}
		i := Item{Answer: a, Heard: Heard{c.heard, "mary"}, Asks: "what of refund"}
		if got := i.Line(mary, marys); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.heard, got, c.want)
		}
	}
}

func TestTheLineChangesFromTimeToTime(t *testing.T) {
	k := Known{Answers: []assist.Answer{answer("refund", "Billing")},
		Questions: []assist.Question{{Answer: "refund", Text: "saved words"}, {Answer: "refund", Text: "old words", Off: true}}}
	for _, words := range []string{"first words heard", "second words heard", "second words heard"} {
		c := opened("ewa", "refund", true)
		c.Used[0].Heard = words
		k.Tally.Add(c)
	}
	var lines []string
	for times := range 5 {
		d := drilled(k.Answers[0], 30, 10)
		d.Times = times + 4 // a whole turn later
		k.Drills = []assist.Drill{d}
		lines = append(lines, Next(k, "tom", now)[0].Line(mary, marys))
	}
	if got := strings.Join(lines, ", "); got != "second words heard, first words heard, saved words, what of refund, second words heard" {
		t.Error(got)
	}
	bare := assist.Answer{ID: "bare", Title: "Bare title", Department: "Billing", Say: "Yes."}
	if got := Next(Known{Answers: []assist.Answer{bare}}, "tom", now)[0].Line(mary, marys); got != "Bare title" {
		t.Error(got)
	}
}

func TestOnlyWhatAKnownCustomerSaidOfTheRightAnswerIsHeard(t *testing.T) {
	var tally Tally
	for name, u := range map[string]struct {
		use      assist.Used
		customer assist.ID
		heard    bool
	}{
		"said":    {assist.Used{Said: true}, "mary", true},
		"helped":  {assist.Used{Helped: true}, "mary", true},
		"opened":  {assist.Used{}, "mary", false},
		"wrong":   {assist.Used{Said: true, Wrong: true}, "mary", false},
		"unknown": {assist.Used{Said: true}, "", false},
	} {
		u.use.Answer, u.use.Heard = assist.ID(name), "some words"
		tally.Add(assist.Call{Customer: u.customer, Used: []assist.Used{u.use}})
		if got := len(tally.heard[assist.ID(name)]) == 1; got != u.heard {
			t.Errorf("%s: heard %v", name, got)
		}
	}
	for i := range 2 * mostHeard {
		tally.Add(assist.Call{Customer: "mary", Used: []assist.Used{{Answer: "said", Said: true, Heard: strings.Repeat("more ", i+1)}}})
	}
	if got := tally.heard["said"]; len(got) != mostHeard || got[mostHeard-1].Words != strings.Repeat("more ", 2*mostHeard) {
		t.Errorf("%d are kept: %q", len(got), got)
	}
}

func FuzzLine(f *testing.F) {
	f.Add("Mary Shaw of 12 mill lane, mary's order 20231 came twice")
	f.Add("[name 1] {{customer.name}} mary@shaw.example\x00 shaw")
	f.Fuzz(func(t *testing.T, words string) {
		i := Item{Answer: answer("refund", "Billing"), Heard: Heard{words, "mary"}, Asks: "what of refund"}
		for _, w := range strings.Fields(i.Line(mary, marys)) {
			if marys.Has(w) || i.identifies(w) && !isInstead(w) {
				t.Errorf("%q has %q", words, w)
			}
		}
	})
}

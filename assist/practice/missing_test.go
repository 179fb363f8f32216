package practice

import (
	"slices"
	"testing"

	"ringside/assist"
)

func charged() []Item {
	a := assist.Answer{ID: "charged-twice", Title: "Charged twice", Department: "Billing",
		Say:   "I can see both charges, {{customer.name}}, and I am sorry. One is only a hold: your bank lets it go within three working days. A receipt comes by e-mail.",
		Steps: []string{"Open the order and compare the amounts", "Refund the later one if both are booked"}}
	items := []Item{{Answer: a}}
	library := []assist.Answer{a}
	for range 60 {
		library = append(library, assist.Answer{Say: "Your order comes within some days, charges by e-mail, sorry, and the bank can see and open it.", Steps: []string{"Open the order"}})
	}
	points(items, library)
	return items
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	i := charged()[0]
	for _, c := range []struct {
		words string
		left  []string
		steps []int
	}{
		{"", nil, nil},
		{"  ", nil, nil},
		{"Sorry, I see both.", []string{"hold", "three working", "receipt"}, []int{1, 2}},
		{"It is a hold, the bank lets it go in 3 working days, you get receipts. I compare the amounts and refund the later.", nil, nil},
		{"HOLDS let go after three days' work, received a receipt for both; I compared and refunded", nil, nil},
	} {
		left, steps := i.Missing(c.words)
		if !slices.Equal(left, c.left) || !slices.Equal(steps, c.steps) {
			t.Errorf("%q: missing %q and steps %v, want %q and %v", c.words, left, steps, c.left, c.steps)
		}
	}
}

func TestALanguageThatIsNotKnownIsReadAsItStands(t *testing.T) {
	for _, a := range []assist.Answer{
		{Say: "二重に請求されたことを確認いたしました。14日以内に返金します。", Language: "ja"},
		{Say: "Das Geld ist in 14 Tagen zurück.", Language: "de"},
		{Say: "", Language: "xx"},
	} {
		items := []Item{{Answer: a}}
		points(items, []assist.Answer{a})
		if left, _ := items[0].Missing(a.Say); len(left) != 0 {
			t.Errorf("%q misses %q of itself", a.Say, left)
		}
	}
}

func TestFiguresAreNamedFirstAndNotTooMuchIsNamed(t *testing.T) {
	a := assist.Answer{Say: "Gladioli, hortensias, rhododendrons, chrysanthemums, snapdragons and marigolds come in 12 days, for £14 or £15, or on 3 June."}
	items := []Item{{Answer: a}}
	points(items, []assist.Answer{a})
	left, _ := items[0].Missing("no idea")
	if !slices.Equal(left, []string{"rhododendrons", "chrysanthemums", "12 days", "£14 or £15", "3 June"}) {
		t.Errorf("%q", left)
	}
	if left, _ = items[0].Missing("twelve days, 14 or 15 pounds, and 3 weeks"); slices.Contains(left, "12 days") || slices.Contains(left, "£14 or £15") {
		t.Errorf("what was said in other words is missing: %q", left)
	}
}

func FuzzMissing(f *testing.F) {
	f.Add("One is only a hold: three working days.", "a hold", "en")
	f.Add("3 4 5 6 {{", "5", "ja")
	f.Fuzz(func(t *testing.T, say, words, language string) {
		a := assist.Answer{Say: say, Steps: []string{say, words}, Language: language}
		items := []Item{{Answer: a}}
		points(items, []assist.Answer{a})
		if left, steps := items[0].Missing(words); len(left) > mostMissing || len(steps) > 2 {
			t.Errorf("%q and %v", left, steps)
		}
		if left, _ := items[0].Missing(say); len(left) > 0 {
			t.Errorf("%q misses %q of itself", say, left)
		}
	})
}

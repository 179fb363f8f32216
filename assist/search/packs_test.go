package search_test

import (
	"context"
	"slices"
	"testing"

	"ringside/assets"
	"ringside/assist"
	"ringside/assist/search"
	"ringside/storage/pack"
)

func starter(t testing.TB) []assist.Answer {
	t.Helper()
	p, err := pack.Read(assets.Packs())
	if err != nil {
		t.Fatal(err)
	}
	return p.Answers
}

// asked are questions as people put them on the phone, in their own words, and the
// answer that is meant.
var asked = map[string]assist.ID{
	"they took the money from my account twice": "charged-twice", "double payment": "charged-twice",
	"ive been billed two times": "charged-twice", "still no refund on my card": "refund-not-arrived",
	"wheres my money back": "refund-not-arrived", "card keeps being declined": "card-declined",
	"can I get a copy of the invoice": "invoice-copy", "wrong name on the invoice": "invoice-name-wrong",
	"its cheaper now than what I paid": "price-dropped", "pay in instalments": "spread-the-cost",
	"vat number on receipt": "vat-receipt", "where is my order": "where-is-my-order", "the driver is late": "running-late",
	"tracking says delivered but nothing is here": "says-delivered-but-not", "box arrived smashed": "arrived-damaged",
	"there is a part missing": "part-missing-from-box", "send it to another address": "change-address",
	"change the delivery day": "change-day", "how much is delivery": "what-does-delivery-cost",
	"do you deliver to the isle of skye": "islands-and-highlands", "want to send it back": "send-it-back",
	"I cant log in": "cannot-log-in", "delete everything you have about me": "delete-my-data",
	"stop sending me emails": "stop-the-emails", "I want to talk to your manager": "speak-to-manager",
	"nobody called me back": "complaint-nobody-called", "change my phone number": "change-my-details",
	"how long is the guarantee": "broken-within-guarantee", "it wont start": "will-not-start",
	"battery does not charge": "battery-not-charging", "refnd not arived": "refund-not-arrived", "delivry costs": "what-does-delivery-cost",
}

// outside are things that no shop's library answers.
var outside = []string{
	"what is the weather in paris", "what is the weather in paris ", "what is the weather in paris today",
	"tell me a joke about lawyers", "who wrote romeo and juliet", "capital of mongolia", "play some jazz music",
}

func TestStarterPacksAnswerWhatPeopleAsk(t *testing.T) {
	answers := starter(t)
	ix := search.Build(answers)
	there := map[assist.ID]bool{}
	for _, a := range answers {
		there[a.ID] = true
	}
	right, all := 0, 0
	for q, want := range asked {
		if !there[want] {
			continue // a trainer took it out
		}
		r, err := ix.Find(context.Background(), search.Query{Text: q, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		all++
		if slices.ContainsFunc(r.Hits, func(h search.Hit) bool { return h.Answer.ID == want }) {
			right++
		} else {
			t.Logf("%q does not find %s", q, want)
		}
	}
	if all < 20 || right*10 < all*9 {
		t.Errorf("%d of %d questions find their answer among the first three, want nine of ten", right, all)
	}
}

func TestStarterPacksSayNothingOfWhatTheyDoNotKnow(t *testing.T) {
	ix := search.Build(starter(t))
	for _, q := range outside {
		r, err := ix.Find(context.Background(), search.Query{Text: q})
		if err != nil || r.State != search.None || len(r.Hits) != 0 {
			t.Errorf("%q: %s %+v %v", q, r.State, r.Hits, err)
		}
	}
}

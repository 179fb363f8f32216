package live

import (
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

func TestSearchKnowsWhatIsOpenWithTheCustomer(t *testing.T) {
	made := time.Date(1999, 12, 20, 9, 0, 0, 0, time.UTC)
	ana := assist.Customer{ID: "ana", Name: "Ana Ruiz", Language: "es", Phones: []assist.Phone{{Raw: "0113 496 0777"}}, City: "Leeds"}
	story(t, func(t *testing.T, r *rig) {
		index := &slowIndex{}
		close(index.gate("aceite"))
		r.desk.SetLibrary(Library{Index: index})
		r.ring("1", "0113 496 0777", phone.Answered)
		r.hear("aceite")
		q := index.asked[0]
		if q.Language != "es" || !slices.Equal(q.About, []string{"Refund the saw", "Vans late. All leave tomorrow"}) {
			t.Errorf("asked %+v", q)
		}
	}, ana, assist.Promise{ID: "p1", Customer: "ana", Text: "Refund the saw", Made: made},
		assist.Incident{ID: "i1", Title: "Vans late", What: "All leave tomorrow", Opened: made, Cities: []string{"Leeds"}})
}

func TestSearchKnowsTheEarlierWordsOfTheCall(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		index := &slowIndex{}
		ask := func(words string) string {
			close(index.gate(words))
			r.hear(words)
			return index.asked[len(index.asked)-1].Earlier
		}
		r.desk.SetLibrary(Library{Index: index})
		r.ring("1", marysNumber, phone.Answered)
		if got := ask("the Hedge 300"); got != "" {
			t.Errorf("at the beginning: %q", got)
		}
		r.hear("")
		if got := ask("it smokes"); got != "the Hedge 300" {
			t.Errorf("after the box was cleared: %q", got)
		}
		r.use(Use{Answer: "it smokes"})
		if got := ask("it smokes a lot"); got != "the Hedge 300" {
			t.Errorf("words that go on are earlier words, too: %q", got)
		}
		if got := ask("chain off"); got != "the Hedge 300\nit smokes\nit smokes a lot" {
			t.Errorf("after all was typed over: %q", got)
		}
		r.ring("1", marysNumber, phone.Ended)
		r.done()
		r.ring("2", reedsNumber, phone.Answered)
		if got := ask("next"); got != "" {
			t.Errorf("words of another call: %q", got)
		}
	})
}

func TestEarlierWordsHaveAnEnd(t *testing.T) {
	d := New(Config{})
	tk := d.newTalk(time.Now())
	for range 100 {
		tk.remember(strings.Repeat("a", 50))
		tk.remember(strings.Repeat("é", 40))
	}
	if n := len([]rune(tk.earlier())); n > mostBefore || n < mostBefore-100 {
		t.Errorf("%d letters are remembered", n)
	}
	tk.remember(strings.Repeat("ß", 3000) + "last")
	if got := tk.earlier(); len([]rune(got)) != mostBefore || !strings.HasSuffix(got, "last") {
		t.Errorf("%d letters are remembered", len([]rune(got)))
	}
	idle := idleTalk()
	if idle.remember("of nobody"); idle.earlier() != "" {
		t.Error("an idle desk remembers words")
	}
}

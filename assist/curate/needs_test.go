package curate

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"ringside/assist"
)

// missed makes a gap of each text, an hour apart.
func missed(texts ...string) (out []assist.Gap) {
	for i, words := range texts {
		out = append(out, assist.Gap{ID: assist.ID(fmt.Sprintf("g%03d", i)), Text: words, At: at(2026, 3, 1).Add(time.Duration(i) * time.Hour)})
	}
	return out
}

func TestQuestionsThatAskTheSameAreOneNeed(t *testing.T) {
	got := Needs(missed("Can I pay in two parts?", "do you let people pay in two parts", "is there a warranty on batteries",
		"paying in two parts?", "battery warranty", "do you ship to Norway", "do you ship to Sweden"))
	var texts []string
	var often []int
	for _, n := range got {
		texts, often = append(texts, n.Text), append(often, len(n.Gaps))
	}
	want := []string{"paying in two parts?", "battery warranty", "do you ship to Sweden", "do you ship to Norway"}
	if !slices.Equal(texts, want) || !slices.Equal(often, []int{3, 2, 1, 1}) {
		t.Errorf("got %q %v", texts, often)
	}
}

func TestNeedsAreRankedByCallsCustomersAndReps(t *testing.T) {
	gaps := missed("red paint", "red paint", "red paint", "blue glass", "blue glass", "green door", "green door", "old roof")
	gaps[0].Call, gaps[1].Call, gaps[2].Call = "c1", "c1", "c1" // one rep, who looked three times
	gaps[3].Customer, gaps[4].Customer = "mary", "mary"
	gaps[5].Customer, gaps[6].Customer = "mary", "tom"
	gaps[7].At = at(2019, 1, 1)
	got := Needs(gaps)
	var texts []string
	for _, n := range got {
		texts = append(texts, n.Text)
	}
	if want := []string{"green door", "blue glass", "red paint", "old roof"}; !slices.Equal(texts, want) {
		t.Fatalf("got %q, want %q", texts, want)
	}
	door := got[0]
	if door.Customers != 2 || door.Reps != 0 || !door.Last.Equal(gaps[6].At) || door.Gaps[0].ID != "g006" {
		t.Errorf("got %+v", door)
	}
}

func TestWhatIsClosedIsNoNeed(t *testing.T) {
	gaps := missed("red paint", "red paint")
	gaps[0].Closed = at(2026, 4, 1)
	if got := Needs(gaps); len(got) != 1 || len(got[0].Gaps) != 1 {
		t.Errorf("got %+v", got)
	}
	if got := Needs(nil); len(got) != 0 {
		t.Errorf("got %+v of nothing", got)
	}
}

func TestTheOrderOfGapsDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	gaps := manyGaps(500)
	want := Needs(gaps)
	for range 5 {
		r.Shuffle(len(gaps), func(i, j int) { gaps[i], gaps[j] = gaps[j], gaps[i] })
		if got := Needs(gaps); !reflect.DeepEqual(got, want) {
			t.Fatal("other needs in another order")
		}
	}
	n := 0
	for _, need := range want {
		n += len(need.Gaps)
	}
	if n != len(gaps) {
		t.Errorf("%d of %d gaps are in a need", n, len(gaps))
	}
}

// manyGaps are questions of a few words each, of which some are asked far more often.
func manyGaps(n int) (out []assist.Gap) {
	r := rand.New(rand.NewPCG(7, 7))
	for i := range n {
		words := "can i"
		for range 2 + r.IntN(4) {
			words += " " + name(int(2000*r.Float64()*r.Float64()*r.Float64()))
		}
		out = append(out, assist.Gap{ID: assist.ID(fmt.Sprintf("g%05d", i)), Text: words, At: at(2026, 1, 1).Add(time.Duration(r.IntN(9999)) * time.Minute),
			Customer: assist.ID(fmt.Sprint("c", r.IntN(300))), Rep: assist.ID(fmt.Sprint("r", r.IntN(9)))})
	}
	return out
}

func TestSmallWordsAloneAreKept(t *testing.T) {
	if got := Needs(missed("what is it", "???", "what is it")); len(got) != 2 || len(got[0].Gaps) != 2 {
		t.Errorf("got %+v", got)
	}
}

func BenchmarkNeeds(b *testing.B) {
	gaps := manyGaps(10_000)
	for b.Loop() {
		Needs(gaps)
	}
}

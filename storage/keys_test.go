package storage

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"ringside/assist"
)

func TestRefsComeBackAndNoneBeginsAnother(t *testing.T) {
	ids := []assist.ID{"a", "ab", "charged-twice", assist.NewID(day), assist.IDFrom("x"), "00000000000000000000000000",
		"0000000000000000000000000z", "zzzzzzzzzzzzzzzzzzzzzzzzzz", "iiiiiiiiiiiiiiiiiiiiiiiiii", "abcdefghijklmnopqrstuvwxyz-0123456789_.abcdefghijklmnopqrstuvwx"}
	var refs [][]byte
	for _, id := range ids {
		b := appendRef(nil, id)
		got, rest, ok := cutRef(append(bytes.Clone(b), "rest"...))
		if got != id || string(rest) != "rest" || !ok {
			t.Errorf("%s came back as %s, %q, %v", id, got, rest, ok)
		}
		for cut := range b {
			if _, _, ok := cutRef(b[:cut]); ok {
				t.Errorf("%d bytes of the ref of %s were taken for one", cut, id)
			}
		}
		for _, other := range refs {
			if bytes.HasPrefix(b, other) || bytes.HasPrefix(other, b) {
				t.Errorf("the ref of %s begins another", id)
			}
		}
		refs = append(refs, b)
	}
	if n := len(appendRef(nil, assist.NewID(day))); n != 17 {
		t.Errorf("an id made here takes %d bytes", n)
	}
}

func TestTimesSortInTheOrderOfTheCard(t *testing.T) {
	times := []time.Time{time.Unix(-9e9, 0), time.Unix(-1, 0), time.Unix(0, 0), day, day.Add(time.Microsecond), day.AddDate(900, 0, 0)}
	for i := range len(times) - 1 {
		a, b := times[i], times[i+1]
		if earliestFirst(a) >= earliestFirst(b) {
			t.Errorf("%v is not before %v", a, b)
		}
		if latestFirst(a) <= latestFirst(b) {
			t.Errorf("%v is not behind %v", a, b)
		}
		if got := timeOfLatest(latestFirst(b)); !got.Equal(b.Truncate(time.Microsecond)) {
			t.Errorf("%v came back as %v", b, got)
		}
	}
	if earliestFirst(time.Time{}) <= earliestFirst(times[len(times)-1]) {
		t.Error("no day at all comes before some day")
	}
}

func TestTypesHaveKeysOfTheirOwn(t *testing.T) {
	seen := map[string]assist.Type{}
	for _, typ := range append(assist.Types(), typeSettings, "hologram", "hologra") {
		k := string(typeKey(typ))
		if other, ok := seen[k]; ok {
			t.Errorf("%s and %s have one key", typ, other)
		}
		seen[k] = typ
		got, id := typeOf(recordKey(typ, "some-id"))
		if got != typ || id != "some-id" {
			t.Errorf("%s some-id is read as %s %s", typ, got, id)
		}
	}
	// These bytes are on people's disks; checkRegion brings older ones up to date.
	if got := fmt.Sprintf("%x", recordKey(assist.TypeCustomer, "mary")); got != "72016d617279" {
		t.Errorf("got %s", got)
	}
	if got := fmt.Sprintf("%q", numberKey("441134960123", ownNumber, "mary")); got != `"n321069431144\x00c\x04mary"` {
		t.Errorf("got %s", got)
	}
}

func TestIndexKeysLeadOnlyToWhatIsOpen(t *testing.T) {
	at := day
	for name, c := range map[string]struct {
		r    assist.Record
		want int
	}{
		"customer":            {mary(), 4},
		"customer, no way in": {assist.Customer{ID: "m", Name: "Mary"}, 0},
		"company":             {acme(), 1},
		"company, no number":  {assist.Company{ID: "k", Name: "K"}, 0},
		"call":                {assist.Call{ID: "c", Customer: "m", Started: at}, 1},
		"call with answers": {assist.Call{ID: "c", Started: at, Shown: []assist.ID{"a", "b", "a"},
			Used: []assist.Used{{Answer: "a", Said: true}, {Answer: "a", Heard: "again"}}}, 4},
		"call of nobody":    {assist.Call{ID: "c", Started: at}, 0},
		"note":              {assist.Note{ID: "n", Customer: "m", At: at, Text: "t"}, 1},
		"promise":           {assist.Promise{ID: "p", Customer: "m", Text: "t", Made: at}, 2},
		"promise kept":      {assist.Promise{ID: "p", Customer: "m", Text: "t", Made: at, Kept: at}, 1},
		"promise dropped":   {assist.Promise{ID: "p", Customer: "m", Text: "t", Made: at, Dropped: at}, 1},
		"promise broken":    {assist.Promise{ID: "p", Customer: "m", Text: "t", Made: at, Broken: at}, 2},
		"broken, and told":  {assist.Promise{ID: "p", Customer: "m", Text: "t", Made: at, Broken: at, Told: at}, 1},
		"promise to nobody": {assist.Promise{ID: "p", Text: "t", Made: at}, 1},
		"in an incident":    {assist.Affected{ID: "a", Incident: "i", Customer: "m", At: at}, 2},
		"kudos":             {assist.Kudos{ID: "k", Rep: "jo", At: at}, 1},
		"front line":        {assist.Insight{ID: "i", Intelligence: assist.FrontLine, At: at}, 1},
		"incident":          {assist.Incident{ID: "i", Title: "t", Opened: at}, 1},
		"incident closed":   {assist.Incident{ID: "i", Title: "t", Opened: at, Closed: at}, 0},
		"insight":           {assist.Insight{ID: "i", Customer: "m", At: at}, 1},
		"insight, general":  {assist.Insight{ID: "i", At: at}, 0},
		"asked":             {assist.Asked{ID: "a", Customer: "m", At: at}, 1},
		"draft":             {assist.Draft{ID: "d", At: at}, 1},
		"draft done":        {assist.Draft{ID: "d", At: at, Done: true}, 0},
		"answer":            {assist.Answer{ID: "a"}, 0},
		"nothing":           {nil, 0},
	} {
		if got := indexKeys(c.r, "GB"); len(got) != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestNumbersWithAnExtensionAreFoundWithoutIt(t *testing.T) {
	c := assist.Customer{ID: "m", Phones: []assist.Phone{{Raw: "0113 496 0123 ext 12", E164: "+441134960123"}}}
	got := indexKeys(c, "GB")
	for _, number := range []string{"441134960123x12", "441134960123"} {
		if !slices.ContainsFunc(got, func(k []byte) bool { return bytes.Equal(k, numberKey(number, ownNumber, "m")) }) {
			t.Errorf("%s is not in %q", number, got)
		}
	}
}

func TestEmailKeysDoNotCareForCase(t *testing.T) {
	if got := emailKey(" Mary@Example.ORG "); got != "email:mary@example.org" {
		t.Errorf("got %q", got)
	}
}

func TestFreshNeverForgetsAnID(t *testing.T) {
	f, wrong := newFresh(), 0
	for i := range 100_000 {
		if f.add(assist.ID(fmt.Sprint(i))) {
			wrong++
		}
	}
	for i := range 100_000 {
		if !f.add(assist.ID(fmt.Sprint(i))) {
			t.Fatalf("%d is forgotten", i)
		}
	}
	if wrong > 10 {
		t.Errorf("%d of 100,000 were taken for old ones", wrong)
	}
}

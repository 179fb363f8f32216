package curate

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

func TestMergeTakesBothChanges(t *testing.T) {
	base := assist.Answer{ID: "refund", Title: "Refund", Department: "billing", Say: "I look.\nIt takes five days.\nBye.",
		Steps: []string{"open the list", "tick the order", "tell them"}, Phrasings: []string{"where is my money", "refund"},
		Files: []assist.File{{Name: "list.png", Blob: "b1", Step: 2}}, Verified: day(2026, 1, 1)}
	ours, theirs := base, base
	ours.Title, ours.Say, ours.Verified = "Refund not there", "I look now.\nIt takes five days.\nBye.", day(2026, 3, 1)
	ours.Steps = []string{"say thanks", "open the list", "tick the order", "tell them"}
	ours.Files = []assist.File{{Name: "list.png", Blob: "b1", Step: 3}}
	ours.Phrasings = []string{"where is my money", "refund", "no money yet"}
	theirs.Owner, theirs.Say, theirs.Verified = "tom", "I look.\nIt takes five days.\nGoodbye.", day(2026, 2, 1)
	theirs.Phrasings = []string{"where is my money", "money back"}
	theirs.Files = append(slices.Clone(base.Files), assist.File{Name: "bye.png", Blob: "b2", Step: 3})

	got, conflicts := Merge(base, ours, theirs)
	want := ours
	want.Owner, want.Say = "tom", "I look now.\nIt takes five days.\nGoodbye."
	want.Phrasings = []string{"where is my money", "money back", "no money yet"}
	want.Files = append(slices.Clone(ours.Files), assist.File{Name: "bye.png", Blob: "b2", Step: 4})
	if !reflect.DeepEqual(got, want) || len(conflicts) > 0 {
		t.Errorf("got  %+v\nwant %+v\nconflicts %v", got, want, conflicts)
	}
}

func TestMergeKeepsOursAndTellsTheirsWhereBothChanged(t *testing.T) {
	for _, c := range []struct {
		name               string
		base, ours, theirs assist.Answer
		want               []Conflict
	}{
		{"a title", assist.Answer{Title: "a"}, assist.Answer{Title: "b"}, assist.Answer{Title: "c"}, []Conflict{{"title", "b", "c"}}},
		{"a title changed alike", assist.Answer{Title: "a"}, assist.Answer{Title: "b"}, assist.Answer{Title: "b"}, nil},
		{"a line", assist.Answer{Say: "one\ntwo"}, assist.Answer{Say: "one\n2"}, assist.Answer{Say: "one\nzwei"}, []Conflict{{"words to say", "2", "zwei"}}},
		{"a step taken away and changed", assist.Answer{Steps: []string{"a", "b"}}, assist.Answer{Steps: []string{"a"}},
			assist.Answer{Steps: []string{"a", "B"}}, []Conflict{{"step", "", "B"}}},
		{"days", assist.Answer{}, assist.Answer{VerifyEvery: 90}, assist.Answer{VerifyEvery: 1}, []Conflict{{"verify every", "90 days", "1 day"}}},
		{"no base: lists are joined", assist.Answer{}, assist.Answer{Say: "x", Products: []string{"p"}},
			assist.Answer{Say: "y", Products: []string{"q"}}, []Conflict{{"words to say", "x", "y"}}},
	} {
		got, conflicts := Merge(c.base, c.ours, c.theirs)
		if !reflect.DeepEqual(conflicts, c.want) {
			t.Errorf("%s: conflicts %q, want %q", c.name, conflicts, c.want)
		}
		if got.Title != c.ours.Title || got.Say != c.ours.Say || len(got.Steps) != len(c.ours.Steps) || got.VerifyEvery != c.ours.VerifyEvery {
			t.Errorf("%s: ours does not stand: %+v", c.name, got)
		}
	}
}

// someAnswer changes an answer at random.
func someAnswer(r *rand.Rand, from assist.Answer, mark string) assist.Answer {
	a := from
	word := func() string { return fmt.Sprintf("%s%d", mark, r.IntN(1000)) }
	list := func(l []string) []string {
		l = slices.Clone(l)
		for range r.IntN(4) {
			at := r.IntN(len(l) + 1)
			if at < len(l) && r.IntN(2) == 0 {
				l = slices.Delete(l, at, at+1)
			} else {
				l = slices.Insert(l, at, word())
			}
		}
		return l
	}
	if r.IntN(2) == 0 {
		a.Title = word()
	}
	if r.IntN(3) == 0 {
		a.Owner, a.VerifyEvery, a.Internal = assist.ID(word()), r.IntN(99), r.IntN(2) == 0
		a.Verified = day(2026, time.Month(1+r.IntN(12)), 1)
	}
	a.Say = strings.Join(list(strings.Split(a.Say, "\n")), "\n")
	a.Steps, a.Phrasings, a.Products = list(a.Steps), list(a.Phrasings), list(a.Products)
	a.Files = slices.Clone(a.Files)
	for i := range a.Files {
		a.Files[i].Step = r.IntN(len(a.Steps) + 1)
	}
	if r.IntN(2) == 0 {
		a.Files = append(a.Files, assist.File{Name: word(), Blob: "b", Step: r.IntN(len(a.Steps) + 1)})
	}
	return a
}

// texts are all words of an answer that somebody wrote.
func texts(a assist.Answer) []string {
	out := slices.Concat([]string{a.Title}, strings.Split(a.Say, "\n"), a.Steps, a.Phrasings, a.Products)
	for _, f := range a.Files {
		out = append(out, f.Name)
	}
	return out
}

func TestMergeLosesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		base := someAnswer(r, someAnswer(r, assist.Answer{ID: "a"}, "x"), "b")
		x, y := someAnswer(r, base, "o"), someAnswer(r, base, "t")
		if got, c := Merge(base, x, base); !same(got, x) || len(c) > 0 {
			t.Fatalf("base, x, base: got %+v\nwant %+v\n%v", got, x, c)
		}
		if got, c := Merge(base, base, y); !same(got, y) || len(c) > 0 {
			t.Fatalf("base, base, y: got %+v\nwant %+v\n%v", got, y, c)
		}
		if got, c := Merge(base, x, x); !same(got, x) || len(c) > 0 {
			t.Fatalf("base, x, x: got %+v\nwant %+v\n%v", got, x, c)
		}
		got, conflicts := Merge(base, x, y)
		kept := texts(got)
		for _, c := range conflicts {
			kept = append(append(kept, strings.Split(c.Ours, "\n")...), strings.Split(c.Theirs, "\n")...)
		}
		for _, side := range []assist.Answer{x, y} {
			for _, words := range texts(side) {
				inBoth := slices.Contains(texts(x), words) && slices.Contains(texts(y), words)
				if isNew := !slices.Contains(texts(base), words); words != "" && (isNew || inBoth) && !slices.Contains(kept, words) {
					t.Fatalf("%q is lost\nbase %+v\nours %+v\ntheirs %+v\ngot %+v\n%v", words, base, x, y, got, conflicts)
				}
			}
		}
		for _, f := range got.Files {
			if f.Step < 0 || f.Step > len(got.Steps) {
				t.Fatalf("%q belongs to step %d of %d", f.Name, f.Step, len(got.Steps))
			}
		}
	}
}

func same(a, b assist.Answer) bool { return a.Fingerprint() == b.Fingerprint() }

func TestDiffTellsWhatChanged(t *testing.T) {
	before := assist.Answer{Title: "Refund", Department: "billing", Say: "One.\nTwo.\nThree.", Steps: []string{"a", "b"},
		Phrasings: []string{"p", "q"}, Files: []assist.File{{Name: "f.png", Blob: "1", Step: 1}}}
	after := assist.Answer{Title: "Refund", Department: "care", Say: "One.\n2.\nThree.\nFour.", Steps: []string{"a", "B", "c"},
		Phrasings: []string{"q", "r"}, Verified: day(2026, 11, 3), Internal: true, VerifyEvery: 30}
	want := []Edit{{"department", "billing", "care"}, {"words to say", "Two.", "2."}, {"words to say", "", "Four."},
		{"step", "b", "B"}, {"step", "", "c"}, {"file", "f.png, step 1", ""}, {"phrasing", "p", ""}, {"phrasing", "", "r"},
		{"internal", "no", "yes"}, {"verify every", "never", "30 days"}, {"verified", "", "2026-11-03"}}
	if got := Diff(before, after); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestDiffIsEmptyForEqualAnswersOnly(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		a := someAnswer(r, assist.Answer{ID: "a"}, "x")
		b := someAnswer(r, a, "y")
		if got := Diff(a, b); len(got) == 0 != same(a, b) {
			t.Fatalf("%+v\n%+v\n%q", a, b, got)
		}
	}
}

func TestLongTextsAreComparedByTheirEndsOnly(t *testing.T) {
	long := func(mark string) string {
		lines := []string{"begin"}
		for i := range 5000 {
			lines = append(lines, fmt.Sprint(mark, i))
		}
		return strings.Join(append(lines, "end"), "\n")
	}
	got := Diff(assist.Answer{Say: long("a")}, assist.Answer{Say: long("b")})
	if len(got) != 1 || strings.Contains(got[0].Before, "begin") || strings.Contains(got[0].After, "end") {
		t.Errorf("%d edits", len(got))
	}
}

func TestEveryFieldOfAnAnswerIsComparedAndMerged(t *testing.T) {
	kind := reflect.TypeFor[assist.Answer]()
	for i := range kind.NumField() {
		if kind.Field(i).Name == "ID" {
			continue
		}
		var changed assist.Answer
		fillIn(reflect.ValueOf(&changed).Elem().Field(i))
		if got := Diff(assist.Answer{}, changed); len(got) != 1 {
			t.Errorf("%s: %d edits", kind.Field(i).Name, len(got))
		}
		if got, _ := Merge(assist.Answer{}, assist.Answer{}, changed); !reflect.DeepEqual(got, changed) {
			t.Errorf("%s is not merged: %+v", kind.Field(i).Name, got)
		}
	}
}

// fillIn gives a field some value.
func fillIn(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(7)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillIn(v.Index(0))
	case reflect.Struct:
		for i := range min(v.NumField(), 2) {
			fillIn(v.Field(i))
		}
	}
}

func TestJoinGivesTheKeeperWhatItLacks(t *testing.T) {
	keeper := assist.Answer{ID: "k", Department: "billing", Say: "mine", Also: []string{"care"}, Phrasings: []string{"charged twice"}}
	other := assist.Answer{ID: "o", Department: "Shop", Also: []string{"Billing"}, Say: "theirs", Phrasings: []string{"Charged twice?", "two charges"}, Products: []string{"Hedge 300"}}
	kept, gone := Join(keeper, other)
	want := keeper
	want.Also, want.Phrasings, want.Products = []string{"care", "Shop"}, []string{"charged twice", "two charges"}, []string{"Hedge 300"}
	if !reflect.DeepEqual(kept, want) {
		t.Errorf("kept %+v", kept)
	}
	other.Off, other.Into = true, "k"
	if !reflect.DeepEqual(gone, other) {
		t.Errorf("gone %+v", gone)
	}
	if len(keeper.Phrasings) != 1 {
		t.Error("the keeper itself was changed")
	}
}

func day(y int, m time.Month, d int) assist.Date { return assist.Date{Year: y, Month: m, Day: d} }

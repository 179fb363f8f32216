package pack

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"ringside/assist"
)

var talk = assist.Pack{
	Name: "Talk",
	Tact: []assist.Tact{
		{ID: "hard-news", Title: "Hard news", When: assist.WhenWords, Words: []string{"passed away", "died", "widow*"}, Unless: []string{"battery"},
			Settled: []string{"well again"}, Days: 90, Quiet: assist.Parts(), Say: "No questions now: they had hard news. Be kind, be brief.", Order: 1,
			Try: []assist.Trial{{Words: "Her husband died: last week", Holds: true}, {Words: "The “old” battery died"}}},
		{ID: "often", Title: "Third call, this week!", When: assist.WhenOften, Days: 7, Most: 3, Quiet: []assist.Part{assist.Questions}, Say: "Solve it for good.", Order: 2},
		{ID: "late-promise", Title: "A promise is late", When: assist.WhenLate, Quiet: []assist.Part{assist.Questions, assist.Offers}, Say: "Put that right first.", Order: 3},
	},
	Prompts: []assist.Prompt{
		{ID: "vans", Intelligence: assist.Market, Topic: "vans", Ask: []string{"How many?"}, After: []string{"van*", "new lorry"}},
		{ID: "worry", Intelligence: assist.FrontLine, Topic: "worries", Ask: []string{"What are you worried about?"}},
	},
	Subjects: []assist.Subject{
		{ID: "brackmoor", Kind: assist.AboutCompetitor, Name: "Brackmoor", Also: []string{"Brackmoor Tools"}, Theirs: []string{"Starts in the cold"},
			Ours: []string{"One battery", "We ring back"}, Owner: "ewa", Verified: assist.Date{Year: 2026, Month: 11, Day: 3}},
		{ID: "only-ours", Kind: assist.AboutCompetitor, Name: "Orrin", Ours: []string{"We ring back"}},
		{ID: "pole-saw", Kind: assist.AboutProduct, Name: "Pole Saw 12", For: []string{"cut high branches"}},
	},
	Deals: []assist.Deal{{ID: "first-year", Title: "20% off: the first year", Products: []string{"Mower 42"}, Until: assist.Date{Year: 2027}}},
}

func TestTheConversationIsWrittenAndReadBack(t *testing.T) {
	dir := t.TempDir()
	if err := Write(dir, talk, nil); err != nil {
		t.Fatal(err)
	}
	got, err := Read(os.DirFS(dir))
	if err != nil || !reflect.DeepEqual(got, talk) {
		t.Errorf("%v\ngot  %+v\nwant %+v", err, got, talk)
	}
}

func page(rules string) fstest.MapFS {
	return fstest.MapFS{"en/tact.md": &fstest.MapFile{Data: []byte("# Tact\n\nWords for people.\n" + rules)}}
}

func TestAPageOfRulesIsReadAsPeopleWriteIt(t *testing.T) {
	got, err := Read(page("\r\n## Hard news\r\n* when: words\r\n* words: died,\r\n  passed away\r\n* quiet: thanks\r\n* try: \"He died.\" yes\r\n\r\nBe kind,\r\nbe brief.\r\n"))
	if err != nil || len(got.Tact) != 1 {
		t.Fatalf("%+v, %v", got.Tact, err)
	}
	r := got.Tact[0]
	if r.ID != "hard-news" || len(r.Words) != 2 || r.Words[1] != "passed away" || r.Say != "Be kind, be brief." || len(r.Try) != 1 || !r.Try[0].Holds {
		t.Errorf("read %+v", r)
	}
}

func TestOneFaultKeepsTheWholePackOut(t *testing.T) {
	fsys := page("## A\n- when: raining\n- quiet: questions\n\nWhy.\n")
	fsys["en/subjects/x.md"] = &fstest.MapFile{Data: []byte("---\nkind: rival\nname: X\n---\n\nloose words\n")}
	got, err := Read(fsys)
	if err == nil || len(got.Subjects)+len(got.Tact) > 0 {
		t.Fatalf("read %+v, %v", got, err)
	}
	for _, want := range []string{"en/tact.md:5", "en/subjects/x.md"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not named in %v", want, err)
		}
	}
}

func TestAnAnswerMayBeCalledTact(t *testing.T) {
	got, err := Read(fstest.MapFS{"en/sales/tact.md": &fstest.MapFile{Data: []byte("---\ntitle: Tact\n---\n\nSay it kindly.\n")}})
	if err != nil || len(got.Answers) != 1 || len(got.Tact) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWriteLeavesNothingBehindThatReadWouldFindTwice(t *testing.T) {
	for _, old := range []string{"de", "."} {
		dir := t.TempDir()
		if err := Write(dir, talk, nil); err != nil {
			t.Fatal(err)
		}
		if old == "de" {
			if err := os.Rename(filepath.Join(dir, "en"), filepath.Join(dir, old)); err != nil {
				t.Fatal(err)
			}
		} else if err := os.Rename(filepath.Join(dir, "en", tactFile), filepath.Join(dir, tactFile)); err != nil {
			t.Fatal(err)
		}
		if err := Write(dir, talk, anything); err != nil {
			t.Fatal(err)
		}
		got, err := Read(os.DirFS(dir))
		if err != nil || !reflect.DeepEqual(got, talk) {
			t.Errorf("%s: %+v, %v", old, got, err)
		}
	}
}

func TestWriteLeavesAPageOfOtherRulesAlone(t *testing.T) {
	dir := t.TempDir()
	other := page("## Other\n\nWhy.\n\n- when: minor\n- quiet: thanks\n")["en/tact.md"].Data
	for name, data := range map[string][]byte{"de": other, "fr": []byte("# Notes of ours\n")} {
		if err := Put(filepath.Join(dir, name, tactFile), data); err != nil {
			t.Fatal(err)
		}
	}
	if err := Write(dir, talk, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"de", "fr", "en"} {
		if _, err := os.Stat(filepath.Join(dir, name, tactFile)); err != nil {
			t.Error(err)
		}
	}
}

func TestADepartmentMayHaveTheNameOfAFolder(t *testing.T) {
	dir, want := t.TempDir(), assist.Pack{}
	for _, name := range []string{"Deals", "Prompts", "subjects"} {
		want.Answers = append(want.Answers, assist.Answer{ID: slug(name), Title: name, Department: name, Say: "Yes."})
	}
	if err := Write(dir, want, nil); err != nil {
		t.Fatal(err)
	}
	if got, err := Read(os.DirFS(dir)); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestTheSentenceOfARuleMayBeAQuote(t *testing.T) {
	got, err := Rules("tact.md", []byte("## Hard news\n\n> Be kind,\n> be brief.\n\n- when: minor\n- quiet: thanks\n"))
	if err != nil || len(got) != 1 || got[0].Say != "Be kind, be brief." {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestARuleWithAnEmptyListOfTrialsIsWritten(t *testing.T) {
	if _, err := Page([]assist.Tact{{ID: "a", Title: "A", When: assist.WhenMinor, Quiet: assist.Parts(), Say: "Why.", Try: []assist.Trial{}}}); err != nil {
		t.Error(err)
	}
}

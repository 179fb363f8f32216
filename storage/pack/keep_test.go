package pack

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ringside/assist"
)

func TestReadTellsThatTheFolderIsNotThere(t *testing.T) {
	_, err := Read(os.DirFS(filepath.Join(t.TempDir(), "nowhere")))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestReadOfAnEmptyFolderIsAnEmptyPack(t *testing.T) {
	got, err := Read(fstest.MapFS{})
	if err != nil || !reflect.DeepEqual(got, assist.Pack{}) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReadLeavesOtherFilesAlone(t *testing.T) {
	got, err := Read(fstest.MapFS{
		"en/d/x.md":        md("---\ntitle: X\n---\nYes.\n"),
		"en/d/picture.png": md("\x89PNG"),
		"en/d/readme.md":   md("Read me"),
		"en/d/.x.md.swp":   md("half"),
		".obsidian/a.md":   md("no front"),
		"en/pack.yaml":     md("not: ours"),
		"en/d/x.md.part":   md("---"),
	})
	if err != nil || len(got.Answers) != 1 || got.Name != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReadSortsByIDWhateverTheFolder(t *testing.T) {
	got, err := Read(fstest.MapFS{
		"de/a/zebra.md":       md("---\ntitle: Z\n---\nJa.\n"),
		"en/z/ant.md":         md("---\ntitle: A\n---\nYes.\n"),
		"en/b/mole.md":        md("---\ntitle: M\n---\nYes.\n"),
		"fr/prompts/b.md":     md("---\nintelligence: market\ntopic: b\n---\n- Pourquoi ?\n"),
		"pt-BR/prompts/a.md":  md("---\nintelligence: market\ntopic: a\n---\n* Por que?\n"),
		"Drafts/prompts/c.md": md("---\nintelligence: market\ntopic: c\n---\n1. Why?\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range got.Records() {
		_, id := r.Ident()
		ids = append(ids, string(id))
	}
	if s := strings.Join(ids, " "); s != "ant mole zebra a b c" {
		t.Error(s)
	}
	if got.Prompts[0].Language != "pt-BR" || got.Prompts[2].Language != "" {
		t.Errorf("%+v", got.Prompts)
	}
}

func TestPackFileIsReadStrictlyToo(t *testing.T) {
	_, err := Read(fstest.MapFS{"pack.yaml": md("name: A\nversion: 3\n")})
	if err == nil || !strings.Contains(err.Error(), "pack.yaml:2") || !strings.Contains(err.Error(), `"version"`) {
		t.Error(err)
	}
}

func TestFaultsSayWhatToDo(t *testing.T) {
	_, err := Read(fstest.MapFS{"en/d/x.md": md("---\ntitel: X\n---\nYes.\n")})
	var fault *assist.Fault
	if !errors.As(err, &fault) {
		t.Fatal(err)
	}
	if fault.Where != "en/d/x.md:2" || !strings.Contains(fault.Do, "phrasings, products, rota, title") {
		t.Errorf("%+v", fault)
	}
}

func TestWriteTidiesWhiteSpace(t *testing.T) {
	dir := t.TempDir()
	err := Write(dir, assist.Pack{Answers: []assist.Answer{{ID: "x", Title: " A \n title ", Department: "sales", Say: "\r\nOne.\r\nTwo.\n\n",
		Steps: []string{"look\nclosely"}, Phrasings: []string{"  a\tb "}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "---\ntitle: A title\nphrasings:\n  - a b\n---\n\nOne.\nTwo.\n\n## Steps\n\n1. look closely\n"
	if got := tree(t, dir)["en/sales/x.md"]; got != want {
		t.Errorf("got %q", got)
	}
}

func TestWriteDoesNotTouchWhatIsTheSame(t *testing.T) {
	dir := t.TempDir()
	p := packForRoundTrip()
	if err := Write(dir, p, nil); err != nil {
		t.Fatal(err)
	}
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	same, changed := filepath.Join(dir, "en", "other", "d.md"), filepath.Join(dir, "en", "repairs---parts", "a.md")
	for name := range tree(t, dir) {
		if strings.HasSuffix(name, "/d.md") {
			same = filepath.Join(dir, name)
		}
		if strings.HasSuffix(name, "/a.md") && !strings.Contains(name, promptsFolder) {
			changed = filepath.Join(dir, name)
		}
	}
	if err := errors.Join(os.Chtimes(same, old, old), os.Chtimes(changed, old, old)); err != nil {
		t.Fatal(err)
	}
	p.Answers[0].Say = "Something else."
	if err := Write(dir, p, anything); err != nil {
		t.Fatal(err)
	}
	for name, touched := range map[string]bool{same: false, changed: true} {
		info, err := os.Stat(name)
		if err != nil || info.ModTime().Equal(old) == touched {
			t.Errorf("%s: %v, %v", name, info.ModTime(), err)
		}
	}
	for name := range tree(t, dir) {
		if strings.HasSuffix(name, ".part") {
			t.Errorf("%s was left", name)
		}
	}
}

func TestWriteStaysInsideItsFolder(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "pack")
	var p assist.Pack
	for i, department := range []string{"../up", "/etc", "..", "con/aux", "a\\b", ".hidden", "prompts", "電気", "Straße & Co"} {
		p.Answers = append(p.Answers, assist.Answer{ID: assist.ID(rune('a' + i)), Title: "T", Department: department, Say: "Yes."})
	}
	if err := Write(dir, p, nil); err != nil {
		t.Fatal(err)
	}
	for name := range tree(t, top) {
		if parts := strings.Split(name, "/"); len(parts) != 4 || parts[0] != "pack" || parts[1] != "en" {
			t.Error(name)
		}
	}
	got, err := Read(os.DirFS(dir))
	if err != nil || !reflect.DeepEqual(got, p) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWriteTellsWhenAFolderIsInTheWay(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "en", "d", "x.md"), 0o755); err != nil {
		t.Fatal(err)
	}
	err := Write(dir, assist.Pack{Answers: []assist.Answer{{ID: "x", Title: "X", Department: "d", Say: "Yes."}}}, nil)
	if err == nil || !strings.Contains(err.Error(), "write pack") {
		t.Error(err)
	}
	blocked := filepath.Join(dir, "file")
	if err := os.WriteFile(blocked, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Write(blocked, packForRoundTrip(), nil); err == nil {
		t.Error("wrote below a file")
	}
}

func TestSampleMakesCallsNotesAndReplies(t *testing.T) {
	const text = `
reps: [{id: tom, name: Tom Reed, departments: [delivery], extension: "201"}]
customers:
  - id: mary
    name: Mary
    phones: [{number: 07700 900123, label: mobile}, {number: 0113 496 0123}]
    owns: [{name: Saw, maker: Brackmoor, since: may -4y}]
    no_consent: true
    minor: true
    deals: [first]
    advocate: may -3y
    history:
      - {at: -4d 09:20, rep: tom, minutes: 6, outcome: Answered, used: [late], note: Said it.}
      - {at: -5d 09:20, rep: tom, minutes: 2, outgoing: true}
      - {at: -6d 09:20, rep: tom, note: Wrote.}
    insights:
      - {at: -4d 09:25, kind: market, topic: season, prompt: when, rep: tom, said: "In May.", text: Buys in May, source: said in a call, feeling: love, about: place, subject: Mossgate}
    promises:
      - {text: Ring, by: tom, made: -4d 09:26, due: next friday 15:00, moved: -1d 16:40, first_due: -1d 17:00}
      - {text: Write, by: tom, made: -4d 09:26, due: -3d, broken: -2d 10:00, told: -2d 10:05}
    asked: [{at: -4d 09:24, prompt: why, reply: never}]
kudos: [{rep: tom, customer: mary, by: tom, at: -4d 09:25, words: Tom rang back.}]
`
	got, err := Sample(fstest.MapFS{"a.yaml": md(text), "empty.yaml": md("# nothing yet\n")}, saturday)
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, h, m, s int) time.Time { return time.Date(2026, 11, day, h, m, s, 0, saturday.Location()) }
	want := []assist.Record{
		assist.Rep{ID: "tom", Name: "Tom Reed", Departments: []string{"delivery"}, Extension: "201"},
		assist.Customer{ID: "mary", Name: "Mary", Phones: []assist.Phone{{Raw: "07700 900123", Label: "mobile"},
			{Raw: "0113 496 0123", E164: "+441134960123"}},
			Owns:      []assist.Product{{Name: "Saw", Maker: "Brackmoor", Since: assist.Date{Year: 2022, Month: 5}}},
			NoConsent: true, Minor: true, Deals: []assist.ID{"first"}, Advocate: assist.Date{Year: 2023, Month: 5}},
		assist.Call{ID: "mary.contact1", Customer: "mary", Rep: "tom", From: "07700 900123", Started: at(17, 9, 20, 0),
			Answered: at(17, 9, 20, 8), Ended: at(17, 9, 26, 0), Disposition: "Answered", WrappedUp: true,
			Used: []assist.Used{{Answer: "late", At: at(17, 9, 21, 0)}}},
		assist.Note{ID: "mary.contact1", Customer: "mary", Call: "mary.contact1", Rep: "tom", At: at(17, 9, 26, 0), Text: "Said it."},
		assist.Call{ID: "mary.contact2", Customer: "mary", Rep: "tom", To: "07700 900123", Outgoing: true, Started: at(16, 9, 20, 0),
			Answered: at(16, 9, 20, 8), Ended: at(16, 9, 22, 0), WrappedUp: true},
		assist.Note{ID: "mary.contact3", Customer: "mary", Rep: "tom", At: at(15, 9, 20, 0), Text: "Wrote."},
		assist.Promise{ID: "mary.promise1", Customer: "mary", Rep: "tom", Text: "Ring", Made: at(17, 9, 26, 0), Due: at(27, 15, 0, 0),
			Moved: at(20, 16, 40, 0), FirstDue: at(20, 17, 0, 0)},
		assist.Promise{ID: "mary.promise2", Customer: "mary", Rep: "tom", Text: "Write", Made: at(17, 9, 26, 0), Due: at(18, 0, 0, 0), AllDay: true,
			Broken: at(19, 10, 0, 0), Told: at(19, 10, 5, 0)},
		assist.Asked{ID: "mary.reply1", Customer: "mary", Prompt: "when", Reply: assist.ReplyAsked, At: at(17, 9, 25, 0)},
		assist.Note{ID: "mary.reply1", Customer: "mary", Rep: "tom", At: at(17, 9, 25, 0), Text: "In May.",
			Intelligence: assist.Market, Prompt: "when"},
		assist.Insight{ID: "mary.insight1", Customer: "mary", Rep: "tom", Note: "mary.reply1", At: at(17, 9, 25, 0),
			Intelligence: assist.Market, Topic: "season", Text: "Buys in May", Source: "said in a call",
			Feeling: assist.Love, About: assist.AboutPlace, Subject: "Mossgate"},
		assist.Asked{ID: "mary.asked1", Customer: "mary", Prompt: "why", Reply: assist.ReplyNever, At: at(17, 9, 24, 0)},
		assist.Kudos{ID: "kudos1", Rep: "tom", Customer: "mary", By: "tom", At: at(17, 9, 25, 0), Words: "Tom rang back."},
	}
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("got  %+v\nwant %+v", got[i], want[i])
		}
	}
}

func FuzzPromptIsWrittenTheSame(f *testing.F) {
	f.Add([]byte("---\nintelligence: market\ntopic: x\nkinds: [boss]\n---\n- Why?\n  Really?\n2) [ ] And now?\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		f := &file{name: "en/prompts/x.md"}
		p := f.prompt(data)
		if len(f.faults) > 0 || p.Validate() != nil {
			return
		}
		if _, out, same := promptFile(tidyPrompt(p)); !same {
			t.Fatalf("%+v is not read back from\n%s", p, out)
		}
	})
}

func FuzzMomentNeverPanics(f *testing.F) {
	f.Add("next friday 15:00")
	f.Add("-9999y 23:59")
	f.Fuzz(func(t *testing.T, text string) {
		at, allDay, err := moment(text, saturday)
		if err != nil && (!at.IsZero() || allDay) {
			t.Errorf("%q: a moment beside an error: %v", text, at)
		}
		if allDay && (at.Hour() != 0 || at.Minute() != 0) {
			t.Errorf("%q: all day at %v", text, at)
		}
	})
}

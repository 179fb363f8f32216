package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/practice"
	"ringside/assist/practice/fsrs"
	"ringside/assist/settings"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// storeOf makes a data folder that holds these records beside the shipped library.
func storeOf(t *testing.T, records ...assist.Record) (dir string) {
	t.Helper()
	own(t)
	dir = t.TempDir()
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(h.db.Save(t.Context(), records...), h.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// everything has one record of each type, and texts that a file format could trip over.
func everything() []assist.Record {
	return []assist.Record{
		assist.Rep{ID: "ewa", Name: "Ewa Nowak", Departments: []string{"technical", "sales"}, Shared: true},
		practice.Item{Answer: assist.Answer{ID: "vat-receipt"}}.Graded("ewa", fsrs.Good, "my words", noon),
		assist.Company{ID: "firm", Name: "Shaw, Sons & \"Co\"", City: "Leeds"},
		assist.Customer{ID: "mary", Name: "=Mary\nShaw", Company: "firm", Role: "owner", CallMe: "Mary", DoNotAsk: true, NoConsent: true,
			Deals: []assist.ID{"first"}, Advocate: assist.Date{Year: 2025},
			Phones: []assist.Phone{{Raw: "0113 496 0123", E164: "+441134960123"}, {Raw: "12-34"}}, Emails: []string{"mary@shaw.example", "m@x.example"},
			Since: assist.Date{Year: 2011, Month: 3}, Owns: []assist.Product{{Name: "Hedge 300"}, {Name: "CS-18", Maker: "Brackmoor"}},
			Likes: "Bad news first; then what we do.", Language: "en", External: []string{"hubspot:12"}},
		assist.Customer{ID: "nobody", Phones: []assist.Phone{{Raw: "999"}}},
		assist.Incident{ID: "flood", Title: "Depot flooded", What: "Three days behind.", Why: "A pipe broke.", Opened: noon, Every: 24},
		assist.Affected{ID: assist.Affected{Incident: "flood", Customer: "mary"}.Key(), Incident: "flood", Customer: "mary", Concierge: "ewa", At: noon},
		assist.Affected{ID: assist.Affected{Incident: "flood", Customer: "nobody"}.Key(), Incident: "flood", Customer: "nobody", At: noon, Told: noon.AddDate(0, 0, 1)},
		assist.Subject{ID: "barn", Kind: assist.AboutCompetitor, Name: "GreenBarn", Also: []string{"Green Barn"}, Theirs: []string{"open on Sundays"}, Ours: []string{"we repair"}},
		assist.Deal{ID: "first", Title: "20% off the first year", Products: []string{"Hedge 300"}, Until: assist.Date{Year: 2026, Month: 12, Day: 31}},
		assist.Focus{ID: "week", Intelligence: assist.Market, Topic: "prices", From: assist.Date{Year: 2026, Month: 11, Day: 16}, Until: assist.Date{Year: 2026, Month: 11, Day: 22}},
		assist.Tact{ID: "grief", Title: "Grief", When: assist.WhenWords, Words: []string{"funeral", "passed away"}, Quiet: []assist.Part{assist.Questions, assist.Offers}, Say: "Hard news: listen."},
		assist.Kudos{ID: "k1", Rep: "ewa", Customer: "mary", Words: "Ewa saved my weekend", At: noon},
		assist.Kudos{ID: "k2", Rep: "ewa", By: "ewa", Words: "=a marvel", At: noon},
		assist.Call{ID: "c1", Customer: "mary", Rep: "ewa", Started: noon, Disposition: "Answered", Used: []assist.Used{{Answer: "vat-receipt", At: noon}}},
		assist.Call{ID: "c2", Started: noon},
		assist.Note{ID: "n1", Customer: "mary", Rep: "ewa", At: noon, Text: "Wants it\nby Friday | <b>soon</b>"},
		assist.Note{ID: "n2", Customer: "mary", At: noon.Add(time.Hour), Text: "Two vans", Intelligence: assist.Market},
		assist.Note{ID: "n3", At: noon, Text: "Somebody asked for the showroom"},
		assist.Promise{ID: "p1", Customer: "mary", Rep: "ewa", Text: "Call back", Made: noon, Due: noon.AddDate(0, 0, 2)},
		assist.Promise{ID: "p2", Customer: "mary", Text: "Send the form", Made: noon, Kept: noon.AddDate(0, 0, 1)},
		assist.Promise{ID: "p3", Customer: "mary", Text: "Lend a mower", Made: noon, Dropped: noon},
		assist.Promise{ID: "p4", Customer: "mary", Text: "Think about it", Made: noon},
		assist.Promise{ID: "p5", Customer: "mary", Text: "Deliver", Made: noon, Broken: noon},
		assist.Promise{ID: "p6", Customer: "mary", Text: "Mend it", Made: noon, Due: noon.AddDate(0, 0, 4), FirstDue: noon.AddDate(0, 0, 1), Moved: noon},
		assist.Insight{ID: "i1", Customer: "mary", Intelligence: assist.Competitive, Text: "Keeps a Brackmoor", Source: "said in a call", At: noon},
		assist.Insight{ID: "i2", Customer: "mary", Rep: "ewa", Intelligence: assist.Competitive, Feeling: assist.Hate, About: assist.AboutCompetitor,
			Subject: "GreenBarn", Text: "I can't stand their queue", At: noon},
		assist.Insight{ID: "i3", Rep: "ewa", Intelligence: assist.FrontLine, Text: "Worried about the winter", At: noon},
		assist.Asked{ID: "a1", Customer: "mary", Prompt: "next-year", Reply: assist.ReplyNever, At: noon},
		assist.Gap{ID: "g1", Text: "can it run over walnuts", At: noon},
		assist.Proposal{ID: "o1", Answer: "vat-receipt", Phrasing: "the tax paper", At: noon},
		assist.Blob{ID: assist.Blob{Data: []byte("a picture")}.Key(), Data: []byte("a picture")},
		assist.Order{ID: "order", Customer: "mary", At: noon, Number: "1007", Products: []string{"Hedge 300"}, Value: 12950, Currency: "GBP"},
		assist.Merge{ID: "merge", Keeper: "mary", Before: []assist.Customer{{ID: "mary"}, {ID: "marie"}}, At: noon, Undone: noon},
		assist.Erasure{ID: "gone", At: noon},
		assist.WebPage{ID: assist.WebPage{URL: "https://example.org/help"}.Key(), URL: "https://example.org/help", Title: "Help", Text: "Three days.", Read: noon},
		assist.Flag{ID: "f1", Answer: "vat-receipt", Sentence: "It takes three days.", Rep: "ewa", At: noon},
		assist.Revision{ID: "r1", Answer: "vat-receipt", Next: assist.Answer{ID: "vat-receipt", Title: "VAT"}, By: "ewa", At: noon, Stage: assist.StageDraft},
		assist.Apart{ID: "x1", Of: [2]assist.ID{"vat-receipt", "charged-twice"}, At: noon},
		assist.Question{ID: "q1", Text: "where is my tax paper", Answer: "vat-receipt", At: noon},
		assist.Draft{ID: "c3", At: noon, Note: "half a thought", Call: assist.Call{ID: "c3", Customer: "mary", Started: noon}},
		assist.Draft{ID: "c1", At: noon, Done: true},
	}
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPagesTellAllThatHappenedWithACustomer(t *testing.T) {
	dir, to := storeOf(t, everything()...), filepath.Join(t.TempDir(), "out")
	if code, _, errs := ringside(t, "--data", dir, "export", "--format", "markdown", "--to", to); code != 0 {
		t.Fatal(errs)
	}
	page := read(t, to, "customers", "m", "mary-shaw-mary.md")
	last := -1
	for _, line := range []string{
		"# =Mary Shaw\n", "- Company: Shaw, Sons & \"Co\"\n", "- Role: owner\n", "- Call me: Mary\n", "- Phone: +441134960123, 12-34\n",
		"- E-mail: mary@shaw.example, m@x.example\n", "- Customer since: 2011-03\n", "- Language: en\n", "- Owns: Hedge 300; CS-18 (Brackmoor)\n",
		"- Likes: Bad news first; then what we do.\n", "- Do not ask: yes\n", "- No consent: yes\n", "- Deals: first\n", "- Advocate since: 2025\n", "- External: hubspot:12\n", "\n## History\n",
		"- 2026-11-20 13:00 said (market): Two vans\n", "- 2026-11-20 12:00 call (Ewa Nowak): Answered\n",
		"- 2026-11-20 12:00 note (Ewa Nowak): Wants it by Friday | <b>soon</b>\n",
		"promise (Ewa Nowak): Call back, due 2026-11-22\n", "promise: Send the form, kept 2026-11-21\n",
		"promise: Lend a mower, taken back 2026-11-20\n", "promise: Think about it, open\n",
		"promise: Deliver, broken 2026-11-20\n", "promise: Mend it, due 2026-11-24, moved 2026-11-20\n",
		"known (competitive): Keeps a Brackmoor (said in a call)\n", "known (competitive, hate, GreenBarn) (Ewa Nowak): I can't stand their queue\n", "prompt next-year: never\n", "incident Depot flooded (Ewa Nowak), not told yet\n", "praise for Ewa Nowak: Ewa saved my weekend\n", "unfinished note: half a thought\n",
	} {
		at := strings.Index(page, line)
		if at < 0 {
			t.Errorf("the page lacks %q", line)
		} else if at < last {
			t.Errorf("%q is not in its place", line)
		}
		last = max(at, last)
	}
	if t.Failed() {
		t.Log(page)
	}
	for file, want := range map[string]string{
		"customers/_/nobody.md": "incident Depot flooded, told 2026-11-21\n", "reps.md": "- Ewa Nowak (technical, sales)\n", "companies.md": "- Shaw, Sons & \"Co\", Leeds\n",
		"incidents.md": "- 2026-11-20 Depot flooded: Three days behind. A pipe broke.\n", "gaps.md": "- 2026-11-20 can it run over walnuts\n", "proposals.md": "- 2026-11-20 the tax paper (vat-receipt)\n",
		"library/en/subjects/barn.md": "- open on Sundays\n", "library/en/deals/first.md": "until: 2026-12-31\n", "focuses.md": "- market, prices, from 2026-11-16, until 2026-11-22\n",
		"library/en/tact.md":        "- words: funeral, passed away\n- quiet: questions, offers\n",
		"kudos-without-customer.md": "praise for Ewa Nowak (Ewa Nowak): =a marvel\n", "insights-without-customer.md": "known (front line) (Ewa Nowak): Worried about the winter\n",
		"notes-without-customer.md": "note: Somebody asked for the showroom\n", "calls-without-customer.md": "call: no outcome noted\n",
	} {
		if got := read(t, to, file); !strings.Contains(got, want) {
			t.Errorf("%s is %q, want %q in it", file, got, want)
		}
	}
	if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of an export is for its user alone: %v, %v", info.Mode(), err)
	}
}

func TestTablesKeepTheirCells(t *testing.T) {
	dir, to := storeOf(t, everything()...), filepath.Join(t.TempDir(), "out")
	if code, _, errs := ringside(t, "--data", dir, "export", "--format", "csv", "--to", to); code != 0 {
		t.Fatal(errs)
	}
	for file, want := range map[string][]string{
		"customers.csv": {"Phone 1,Phone 2,E-mail 1,E-mail 2", `"'=Mary`, `"Shaw, Sons & ""Co"""`, "12-34", "Hedge 300; CS-18 (Brackmoor)", ",yes"},
		"calls.csv":     {"id,customer,rep", `""answer"":""vat-receipt""`, "2026-11-20T12:00:00Z"},
		"promises.csv":  {"2026-11-22T12:00:00Z", "Send the form"},
		"kudos.csv":     {"id,rep,customer", "'=a marvel"}, "affected.csv": {"incident,customer,concierge", "flood,mary,ewa"},
		"subjects.csv": {"open on Sundays,we repair"}, "deals.csv": {"20% off the first year,Hedge 300,,2026-12-31"}, "focuses.csv": {"week,market,prices,2026-11-16"},
		"tact.csv": {"funeral; passed away", "questions"}, "insights.csv": {"call,feeling,about,subject", "hate,competitor,GreenBarn"}, "incidents.csv": {"24"},
		"reps.csv":   {"technical; sales"},
		"drafts.csv": {"half a thought"},
	} {
		got := read(t, to, file)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s lacks %q:\n%s", file, w, got)
			}
		}
	}
	if got := read(t, to, "drafts.csv"); strings.Count(strings.TrimSpace(got), "\n") != 1 {
		t.Errorf("a finished call is a draft: %s", got)
	}
}

func TestLinesAreRecordsThatCanBeReadBack(t *testing.T) {
	dir := storeOf(t, everything()...)
	code, out, errs := ringside(t, "--data", dir, "export", "--to", "-")
	if code != 0 {
		t.Fatal(errs)
	}
	seen := map[assist.Type]int{}
	for line := range strings.Lines(out) {
		var l struct {
			Type   assist.Type
			Record json.RawMessage
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if seen[l.Type]++; l.Type == assist.TypeCustomer && strings.Contains(line, `"mary"`) {
			var c assist.Customer
			if err := json.Unmarshal(l.Record, &c); err != nil || c.Name != "=Mary\nShaw" || len(c.Owns) != 2 || c.Since.Month != 3 {
				t.Errorf("read back %+v, %v", c, err)
			}
		}
	}
	for _, typ := range assist.Types() {
		if seen[typ] == 0 {
			t.Errorf("no %s was written", typ)
		}
	}
	if _, again, _ := ringside(t, "--data", dir, "export", "--to", "-"); again != out {
		t.Error("a second export of the same is another")
	}
}

func TestExportThatCannotBeWrittenLeavesNothing(t *testing.T) {
	dir, work := storeOf(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(work, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for to, want := range map[string]string{"file": "not a directory", "none/deep": "no such file or directory"} {
		code, _, said := ringside(t, "--data", dir, "export", "--to", filepath.Join(work, to))
		if code != exitFailed || !strings.Contains(said, want) || !strings.Contains(said, "--to") {
			t.Errorf("%s: exit code %d, said %q", to, code, said)
		}
	}
	left, err := os.ReadDir(work)
	if err != nil || len(left) != 1 {
		t.Errorf("%v was left, %v", left, err)
	}
	if err := os.Mkdir(filepath.Join(work, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	if code, _, said := ringside(t, "--data", dir, "export", "--to", filepath.Join(work, "empty")); code != 0 {
		t.Errorf("an empty folder is not taken: %s", said)
	}
}

func TestCustomersWithOddNamesHaveAPageEach(t *testing.T) {
	used := map[string]bool{}
	for _, c := range []assist.Customer{
		{ID: "1", Name: "Mary Shaw"}, {ID: "2", Name: "Mary Shaw"}, {ID: "3", Name: "../../etc/passwd"}, {ID: "4", Name: "ليلى منصور"},
		{ID: "5"}, {ID: "6", Name: "///"}, {ID: "7", Name: strings.Repeat("é", 300)}, {ID: "8", Name: "CON"},
	} {
		name := fileName(c)
		if used[name] || len(filepath.Base(name)) > 200 || strings.Contains(name, "..") || filepath.IsAbs(name) || strings.Count(name, string(filepath.Separator)) != 1 {
			t.Errorf("the page of %q is %q", c.Name, name)
		}
		used[name] = true
	}
}

func TestTheTableOfOddCustomersChangesNothingWhenItComesBack(t *testing.T) {
	odd := []assist.Record{
		assist.Company{ID: "own", Name: "Own  Works"}, assist.Company{ID: "twin", Name: "OWN WORKS"},
		assist.Customer{ID: "a", Name: "'=1+1", Company: "twin", Emails: []string{"Mary@X.example", "not an address"}, About: "one\r\n\r\n two\u00a0three ",
			Phones: []assist.Phone{{Raw: "0113 496 0123 ext. 12", E164: "+441134960123", Label: "Fax"}, {Raw: "12 / 13", Label: "inside"}, {Raw: "7"}}},
		assist.Customer{ID: "b", Name: "n/a", Company: "own", Emails: []string{"mary@x.example"}, Address: "1 Row\nLeeds", Role: "-", Language: "none",
			Owns: []assist.Product{{Name: "Saw (old); spare"}, {Name: "Saw", Maker: "B (UK)"}}},
		assist.Customer{ID: "c", Phones: []assist.Phone{{Raw: "+44 20 7946 0018", E164: "+442079460018"}}, Company: "own", Unchecked: true, DoNotAsk: true},
		assist.Customer{ID: "d", Name: "+ -", External: []string{"file:A;B", "x@y.example"}, Likes: "@tea\n\tand cake", Since: assist.Date{Year: 1999}},
	}
	dir, to := storeOf(t, append(odd, everything()...)...), filepath.Join(t.TempDir(), "out")
	if code, _, errs := ringside(t, "--data", dir, "export", "--format", "csv", "--to", to); code != 0 {
		t.Fatal(errs)
	}
	code, out, errs := ringside(t, "--data", dir, "import", "customers", "--json", filepath.Join(to, "customers.csv"))
	if code != 0 || !strings.Contains(out, `"added":0,`) || !strings.Contains(out, `"changed":0,`) || !strings.Contains(out, `"companies":0,`) {
		t.Errorf("code %d: %s%s\n%s", code, out, errs, read(t, to, "customers.csv"))
	}
}

func TestWhatOthersPractisedIsTheirs(t *testing.T) {
	var records []assist.Record
	for _, r := range []assist.Rep{{ID: "tom", Name: "Tom"}, {ID: "ewa", Name: "Ewa", Shared: true}, {ID: "jo", Name: "Jo"}} {
		d := practice.Item{Answer: assist.Answer{ID: "vat-receipt"}}.Graded(r.ID, fsrs.Good, "words of "+r.Name, noon)
		records = append(records, r, d)
	}
	dir := storeOf(t, records...)
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(h.db.SaveSettings(t.Context(), settings.Machine{Me: "tom"}), h.Close()); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "out")
	if code, _, stderr := ringside(t, "--data", dir, "export", "--to", to); code != 0 {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	got := read(t, to, "drills.jsonl")
	if !strings.Contains(got, "words of Tom") || !strings.Contains(got, "words of Ewa") || strings.Contains(got, "words of Jo") {
		t.Error(got)
	}
}

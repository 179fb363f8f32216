package foreign

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
)

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTheExportsOfEachToolAreRead(t *testing.T) {
	for name, c := range map[string]struct {
		from Format
		want []assist.Answer
	}{
		"textexpander.csv": {TextExpander, []assist.Answer{
			{ID: "late-parcel", Title: "Late parcel", Department: "imported", Phrasings: []string{";late"}, Draft: true,
				Say: "Hi {{customer.call_me}},\n\nI'm sorry that your order [order number] is late."},
			{ID: "refund", Title: ";refund", Department: "imported", Draft: true,
				Say: "Your money is **on its way**.\n\n- cards: 3 days\n- PayPal: 1 day"},
			{ID: "what-they-wrote-clipboard", Title: "What they wrote, %clipboard", Department: "imported", Phrasings: []string{";paste"}, Draft: true,
				Say: "You wrote: [clipboard]"},
		}},
		"textexpander_head.tsv": {TextExpander, []assist.Answer{
			{ID: "opening-hours", Title: "Opening hours", Department: "imported", Phrasings: []string{";hours"}, Say: "We are here from 9 to 5.", Draft: true},
		}},
		"zendesk.csv": {Zendesk, []assist.Answer{
			{ID: "refund-late", Title: "Refund: Late", Department: "Billing", Phrasings: []string{"The refund has not arrived"}, Draft: true,
				Say: "Hello {{customer.call_me}},  \nyour refund for [ticket.id] is on its way.", Steps: []string{"Set status to pending"}},
			{ID: "ask-the-depot", Title: "Ask the depot", Department: "imported", Say: "Depot, where is [ticket.id]?", Internal: true, Draft: true},
		}},
		"zendesk_columns.csv": {Zendesk, []assist.Answer{
			{ID: "warranty", Title: "Warranty", Department: "imported", Say: "We mend it for *two* years.", Draft: true},
		}},
		"zendesk.json": {Zendesk, []assist.Answer{
			{ID: "hours", Title: "Hours", Department: "imported", Say: "We are here, {{customer.name}}.", Draft: true},
		}},
		"guru.csv": {Guru, []assist.Answer{
			{ID: "how-do-i-reset-a-kettle", Title: "How do I reset a kettle?", Department: "Support", Products: []string{"kettle", "reset"},
				Say:   "## Reset\n\n1. Unplug it\n2. Wait\n\n[the plug](https://content.getguru.com/plug.png)",
				Owner: "priya-shah", Verified: assist.Date{Year: 2026, Month: 3, Day: 4}, Web: "https://app.getguru.com/card/abc/Reset", Draft: true},
		}},
		"guru.json": {Guru, []assist.Answer{
			{ID: "return-a-plant", Title: "Return a plant", Department: "Plants", Products: []string{"returns", "plants"},
				Say: "Within **30** days & alive.", Owner: "priya-example-com", Draft: true},
		}},
		"espanso.yml": {Espanso, []assist.Answer{
			{ID: "hello", Title: ":hello", Department: "imported", Say: "Good morning, {{customer.name}}.  What can I do?", Draft: true},
			{ID: "returns", Title: "Returns", Department: "imported", Phrasings: []string{":ret", ":return", "send it back"}, Draft: true,
				Say: "Dear {{customer.name}},\nsend [what] within 30 days."},
			{ID: "logo", Title: ":logo", Department: "imported", Say: "[$CONFIG/logo.png]", Draft: true},
			{ID: "year", Title: ":year", Department: "imported", Say: "2026", Draft: true},
		}},
		"sheet.csv": {Table, []assist.Answer{
			{ID: "gift-wrap", Title: "Gift wrap", Department: "Sales", Say: "Yes, we do.", Phrasings: []string{"can you wrap it", "as a present"},
				Steps: []string{"Ask for the colour", "Note it"}, Products: []string{"gift", "wrap"}, Web: "https://example.org/wrap",
				Owner: "tom-oneil", Language: "de-AT", Verified: assist.Date{Year: 2026, Month: 2, Day: 1}, Draft: true},
			{ID: "gift-wrap-2", Title: "Gift wrap", Department: "imported", Internal: true, Draft: true,
				Say: "It is £4.\n\nFor {{customer.name}} as for {{customer.company}}."},
		}},
		"list.json": {JSON, []assist.Answer{
			{ID: "sunday", Title: "Sunday", Department: "imported", Say: "No.", Phrasings: []string{"Are you open on Sunday?", "open sunday", "weekend"},
				Steps: []string{"Say when we are"}, Verified: assist.Date{Year: 2026, Month: 5}, Draft: true},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			data := sample(t, name)
			if got := Detect(name, data); got != c.from {
				t.Errorf("taken for %q, want %q", got, c.from)
			}
			got, err := Read(name, data, "")
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(c.want) {
				t.Fatalf("%d answers, want %d: %+v", len(got), len(c.want), got)
			}
			for i := range got {
				if !reflect.DeepEqual(got[i], c.want[i]) {
					t.Errorf("answer %d:\n got %#v\nwant %#v", i, got[i], c.want[i])
				}
			}
			if again, _ := Read(name, data, c.from); !reflect.DeepEqual(got, again) {
				t.Error("with its format named the file gives something else")
			}
		})
	}
}

// faults returns the faults of an error, each as it is said.
func faults(t *testing.T, err error) (out []string) {
	t.Helper()
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("no list of faults: %v", err)
	}
	for _, err := range several.Unwrap() {
		var f *assist.Fault
		if !errors.As(err, &f) || !errors.Is(err, assist.ErrInvalid) {
			t.Fatalf("no fault of the input: %v", err)
		}
		out = append(out, f.Where+": "+f.What)
	}
	return out
}

func TestAllThatIsWrongIsToldByLineAndColumn(t *testing.T) {
	got, err := Read("/some/where/broken.csv", sample(t, "broken.csv"), Table)
	if got != nil {
		t.Errorf("half of the file was read: %v", got)
	}
	want := []string{
		`broken.csv:6: this row has 7 cells, and there are 6 columns`,
		`broken.csv:7: a quote (") is opened and not closed`,
		`broken.csv:3, column title: the title is missing`,
		`broken.csv:4, column answer: the words to say are missing`,
		`broken.csv:5, column web: "example.org" is not the address of a page`,
		`broken.csv:5, column language: "klingonisch" is not a language`,
		`broken.csv:5, column verified: "3/4/26" is not a day`,
		`broken.csv:5, column internal: "perhaps" is neither yes nor no`,
	}
	slices.Sort(want)
	told := faults(t, err)
	slices.Sort(told)
	if !slices.Equal(told, want) {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
}

func TestWhatCannotBeReadIsTold(t *testing.T) {
	long := strings.Repeat("x", 501)
	for name, c := range map[string]struct {
		file, data string
		from       Format
		want       string
	}{
		"nothing":               {"a.csv", "", "", "a.csv: there is no answer in this file"},
		"a header alone":        {"a.csv", "title,answer\n", "", "a.csv: there is no answer in this file"},
		"no header":             {"a.csv", "Hello you,Some words\n", "", "a.csv:1: the columns are not named"},
		"no words":              {"a.csv", "title,colour\nA,red\n", "", "a.csv:1: the columns are not named"},
		"the words twice":       {"a.csv", "title,answer,text\nA,b,c\n", "", "a.csv:1, column text: this column and answer both"},
		"a long title":          {"a.csv", "title,answer\n" + long + ",b\n", "", "a.csv:2, column title: this is longer than the 500 bytes"},
		"a long step":           {"a.csv", "title,answer,steps\nA,b,one;" + long + "\n", "", "a.csv:2, column steps: this is longer"},
		"long words":            {"a.csv", "title,answer\nA," + strings.Repeat("word ", 20_001) + "\n", "", "a.csv:2, column answer: this is longer"},
		"a workbook":            {"a.xlsx", "PK\x03\x04....", "", "a.xlsx: this is a spreadsheet's"},
		"broken actions":        {"a.csv", "title,actions\nA,[{\n", "", "a.csv:2, column actions: these are not the actions"},
		"actions and more":      {"a.csv", "title,actions\nA,[] []\n", "", "a.csv:2, column actions: these are not the actions"},
		"broken JSON":           {"a.json", "[\n{\"title\": \"A\",\n}]", "", "a.json:3: this is not JSON"},
		"half a JSON":           {"a.json", "[\n{\"title\": \"A\"}", "", "a.json:2: this is not JSON"},
		"JSON without a list":   {"a.json", `{"title": "A"}`, "", "a.json:1: there is no list"},
		"macros that are none":  {"a.json", `{"macros": 3}`, "", "a.json:1: there is no list"},
		"an object is a number": {"a.json", "[\n7]", "", "a.json:2: this is not an object"},
		"an object is null":     {"a.json", "[\nnull]", "", "a.json:2: this is not an object"},
		"an object lacks words": {"a.json", "[\n\n{\"title\": \"A\"}]", "", "a.json:3, column answer: the words to say are missing"},
		"broken YAML":           {"a.yml", "matches:\n  - trigger: \"a\n", "", "a.yml:"},
		"YAML without matches":  {"a.yml", "imports: []\n", "", "a.yml:1: there is no list of matches"},
		"a match is a word":     {"a.yml", "matches:\n  - hello\n", "", "a.yml:2: this match is not a list of fields"},
		"a match lacks words":   {"a.yml", "matches:\n\n  - trigger: a\n", "", "a.yml:3, column answer: the words to say are missing"},
		"a match lacks a name":  {"a.yml", "matches:\n  - replace: b\n", "", "a.yml:2, column title: the title is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Read(c.file, []byte(c.data), c.from)
			if got != nil || err == nil {
				t.Fatalf("read: %v", got)
			}
			if told := faults(t, err); len(told) != 1 || !strings.HasPrefix(told[0], c.want) {
				t.Errorf("told %q, want %q", told, c.want)
			}
		})
	}
}

func TestATableIsReadInAnyEncoding(t *testing.T) {
	for name, data := range map[string]string{
		"Windows-1252": "title;answer\r\nGr\xfc\xdfe;Sch\xf6ne Gr\xfc\xdfe\r\n",
		"UTF-8, BOM":   "\ufefftitle;answer\r\nGrüße;Schöne Grüße\r\n",
		"UTF-16":       "\xff\xfe" + wide("title\tanswer\nGrüße\tSchöne Grüße\n"),
	} {
		got, err := Read("a.csv", []byte(data), "")
		if err != nil || len(got) != 1 || got[0].Say != "Schöne Grüße" || got[0].Title != "Grüße" {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// wide writes a text of the first 256 signs as UTF-16.
func wide(s string) string {
	var b strings.Builder
	for _, c := range s {
		b.WriteByte(byte(c))
		b.WriteByte(0)
	}
	return b.String()
}

func TestBlanksOfOthersBecomeOursOrStayVisible(t *testing.T) {
	for text, want := range map[string]string{
		"Dear {{ticket.requester.name}},":                  "Dear {{customer.name}},",
		"Dear {{ Ticket.Requester.First_Name | default }}": "Dear {{customer.call_me}}",
		"I am {{current_user.name}}.":                      "I am {{rep.name}}.",
		"Hi [[name]], your [[thing]]":                      "Hi {{customer.name}}, your [thing]",
		"Until {{promise.due}}, {{customer.name}}":         "Until {{promise.due}}, {{customer.name}}",
		"See {{dc.refund_policy}} and {{}}":                "See [dc.refund_policy] and ",
		"The {{manager.name}} says":                        "The [manager.name] says",
		"%filltext:name=x:default=y%, %fillarea:name=why%": "[x], [why]",
		"%fillpopup:name=size:S:default=M:L% %clipboard":   "[size] [clipboard]",
		"a%fillpart:name=extra:default=yes%b%fillpartend%": "a[extra]b",
		"%snippet:;sig% %key:tab%%|":                       "[;sig] [tab]",
		"5% of 10% is not much; a | b":                     "5% of 10% is not much; a | b",
	} {
		r := &reader{from: TextExpander}
		if got := r.blanks(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	r := &reader{from: Table}
	if text := "rates of 10%|20% and %clipboard"; r.blanks(text) != text {
		t.Error("signs of TextExpander are taken out of another tool's words")
	}
}

func TestHTMLBecomesMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"a < b and c > d":                                 "a < b and c > d",
		"<p>a &lt; b</p>":                                 "a < b",
		"<p>One</p><p>Two&nbsp;three</p>":                 "One\n\nTwo three",
		`<a href="https://x.org">there</a>`:               "[there](https://x.org)",
		`<p>See <img src="data:image/png;base64,AA"></p>`: "See [picture]",
		"<script>alert(1)</script><b>x</b>":               "**x**",
		"lines\r\nof\rtext":                               "lines\nof\ntext",
	} {
		got, err := markdown(text, false)
		if err != nil || strings.TrimSpace(got) != want {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestAnIDIsMadeOfTheTitle(t *testing.T) {
	for title, want := range map[string]assist.ID{
		"Late parcel!":                         "late-parcel",
		"  Über – Größe  ":                     "uber-gro-e",
		"What's new?":                          "whats-new",
		strings.Repeat("abc ", 30):             assist.ID(strings.Repeat("abc-", 14) + "abc"),
		strings.Repeat("x", 59) + " and so on": assist.ID(strings.Repeat("x", 59)),
	} {
		if got := ID(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	if a, b := ID("返品"), ID("配送"); !a.Valid() || !b.Valid() || a == b {
		t.Errorf("titles without letters of ours: %q, %q", a, b)
	}
}

func TestEqualTitlesGetIDsInOrder(t *testing.T) {
	title := strings.Repeat("t", 80)
	var b strings.Builder
	b.WriteString("title,answer\nA,1\nA-2,2\na,3\n")
	for range 11 {
		b.WriteString(title + ",x\n")
	}
	got, err := Read("a.csv", []byte(b.String()), "")
	if err != nil {
		t.Fatal(err)
	}
	if got[0].ID != "a" || got[1].ID != "a-2" || got[2].ID != "a-3" {
		t.Errorf("ids %s, %s, %s", got[0].ID, got[1].ID, got[2].ID)
	}
	if last := got[13].ID; len(last) != 60 || !strings.HasSuffix(string(last), "t-11") {
		t.Errorf("the eleventh of a long title is %q", last)
	}
}

func TestAFileWithoutAnEndingIsRecognised(t *testing.T) {
	for data, want := range map[string]Format{
		`{"cards": []}`:                        Guru,
		"\ufeff" + `[{"title": "a"}]`:          JSON,
		"# mine\nmatches:\n  - trigger: a\n":   Espanso,
		"[note],a text of two columns\n":       TextExpander,
		"question,answer\na,b\n":               Table,
		"Title,Content,Verification State\n":   Guru,
		"Dear customer,thank you for asking\n": Table,
	} {
		if got := Detect("export", []byte(data)); got != want {
			t.Errorf("%q is taken for %s, want %s", data, got, want)
		}
	}
}

func FuzzReadGivesAnswersOrFaults(f *testing.F) {
	entries, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			f.Add(e.Name(), sample(f, e.Name()))
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		for _, from := range []Format{"", TextExpander, Zendesk, Guru, Espanso, Table, JSON} {
			answers, err := Read(name, data, from)
			if (err == nil) != (len(answers) > 0) {
				t.Fatalf("%s: %d answers and %v", from, len(answers), err)
			}
			seen := map[assist.ID]bool{}
			for _, a := range answers {
				if err := a.Validate(); err != nil || !a.Draft || seen[a.ID] || len(a.ID) > 60 {
					t.Fatalf("%s: %+v: %v", from, a, err)
				}
				seen[a.ID] = true
			}
		}
	})
}

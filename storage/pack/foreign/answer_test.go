package foreign

import (
	"slices"
	"strings"
	"testing"

	"ringside/assist"
)

// one reads a file with one answer.
func one(t *testing.T, name, data string, from Format) assist.Answer {
	t.Helper()
	got, err := Read(name, []byte(data), from)
	if err != nil || len(got) != 1 {
		t.Fatalf("%d answers, %v from %q", len(got), err, data)
	}
	return got[0]
}

// row reads a table of one row, in which every answer has a title and words.
func row(t *testing.T, column, value string) assist.Answer {
	t.Helper()
	return one(t, "a.csv", "title,answer,"+column+"\nA,b,\""+value+"\"\n", Table)
}

func TestColumnsAreKnownByManyNames(t *testing.T) {
	for _, column := range []string{"Answer", "SAY", "reply", "Content", "text", "Body", "words", "comment_value"} {
		if a := one(t, "a.csv", "Title,"+column+"\nA,b\n", Table); a.Say != "b" {
			t.Errorf("%s: says %q", column, a.Say)
		}
	}
	for _, column := range []string{"title", "Question", "NAME", "subject", "Label", "Card Title"} {
		if a := one(t, "a.csv", column+",answer\nA,b\n", Table); a.Title != "A" {
			t.Errorf("%s: the title is %q", column, a.Title)
		}
	}
	for _, column := range []string{"Department", "category", "Team", "folder", "Collection", "Board"} {
		if a := row(t, column, "Sales"); a.Department != "Sales" {
			t.Errorf("%s: the department is %q", column, a.Department)
		}
	}
	for _, column := range []string{"phrasings", "Keywords", "also asked", "also_asked", "Search terms"} {
		if a := row(t, column, "x"); !slices.Equal(a.Phrasings, []string{"x"}) {
			t.Errorf("%s: the phrasings are %q", column, a.Phrasings)
		}
	}
	for _, column := range []string{"web", "URL", "Link"} {
		if a := row(t, column, "https://x.org/y"); a.Web != "https://x.org/y" {
			t.Errorf("%s: the page is %q", column, a.Web)
		}
	}
}

func TestTheColumnThatIsRatherMeantCounts(t *testing.T) {
	a := one(t, "a.csv", "name,board,question,title,answer,department\nkettle-1,Boards,How do I?,Kettle,b,Support\n", Table)
	if a.Title != "Kettle" || a.Department != "Support" || !slices.Equal(a.Phrasings, []string{"How do I?", "kettle-1"}) {
		t.Errorf("%q of %q, asked %q", a.Title, a.Department, a.Phrasings)
	}
	if a = one(t, "a.csv", "title,answer,department,folder\nA,b,,Spare\n", Table); a.Department != "Spare" {
		t.Errorf("an empty column hides the next: %q", a.Department)
	}
}

func TestListsAreCutAndCleaned(t *testing.T) {
	for value, want := range map[string][]string{
		"one; two |three\nfour": {"one", "two", "three", "four"},
		"one;;one; ":            {"one"},
		"a, b":                  {"a, b"},
		"a":                     nil, // the title is found anyway
	} {
		if got := row(t, "phrasings", value).Phrasings; !slices.Equal(got, want) {
			t.Errorf("phrasings %q: %q, want %q", value, got, want)
		}
	}
	for value, want := range map[string][]string{
		"1. Look\n2) Say | tell\n- Write": {"Look", "Say | tell", "Write"},
		"Look;Say":                        {"Look", "Say"},
		"10 minutes wait":                 {"10 minutes wait"},
	} {
		if got := row(t, "steps", value).Steps; !slices.Equal(got, want) {
			t.Errorf("steps %q: %q, want %q", value, got, want)
		}
	}
	if got := row(t, "tags", "a, b; c|d").Products; !slices.Equal(got, []string{"a", "b", "c", "d"}) {
		t.Errorf("products %q", got)
	}
}

func TestDaysOfOtherToolsAreRead(t *testing.T) {
	for value, want := range map[string]string{
		"2026-03-04":                   "2026-03-04",
		"2026-03-04T23:59:00Z":         "2026-03-04",
		"2026-03-04T10:00:00.000+0000": "2026-03-04",
		"2026-03-04 10:00":             "2026-03-04",
		"4 Mar 2026":                   "2026-03-04",
		"March 4, 2026":                "2026-03-04",
		"2026-03":                      "2026-03",
		"TRUSTED":                      "",
		"no":                           "",
	} {
		if got := row(t, "verified", value).Verified.String(); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func TestYesAndNoAreRead(t *testing.T) {
	for value, want := range map[string]bool{"yes": true, "TRUE": true, "1": true, "internal": true, "no": false, "0": false, "Public": false, "": false} {
		if got := row(t, "internal", value).Internal; got != want {
			t.Errorf("%q is taken for %t", value, got)
		}
	}
}

func TestTheValuesOfJSONBecomeText(t *testing.T) {
	a := one(t, "a.json", `{"answers": [{"title": 404, "answer": "b", "tags": [{"value": "x"}, "y", null, 3], "category": {"id": 7, "name": "Web"},
		"owner": [{"user": {"name": "Ann Lee"}}, {"userGroup": {"name": "Experts"}}], "internal": true, "url": null, "unknown": {"deep": [[]]}}]}`, "")
	if a.Title != "404" || a.Department != "Web" || a.Owner != "ann-lee" || !a.Internal || a.Web != "" || !slices.Equal(a.Products, []string{"x", "y", "3"}) {
		t.Errorf("%+v", a)
	}
}

func TestAListBehindOtherFieldsIsFound(t *testing.T) {
	got, err := Read("a.json", []byte("\ufeff{\n\"meta\": {\"macros\": [1]},\n\"cards\": [\n{\"title\": \"A\"},\n{\"title\": \"B\", \"content\": \"b\"}]}"), "")
	if got != nil {
		t.Fatal("half of the file was read")
	}
	if told := faults(t, err); len(told) != 1 || !strings.HasPrefix(told[0], "a.json:4, ") {
		t.Errorf("told %q", told)
	}
}

func TestAMacroOfActionsIsSaidAndDone(t *testing.T) {
	a := one(t, "a.json", `{"macros": [{"title": "A", "actions": [{"field": "comment_value", "value": "plain"}, {"field": "comment_value_html", "value": "<i>rich</i>"},
		{"field": "current_tags", "value": "late gift"}, {"field": "custom_fields_12", "value": ["a", "b"]}, {"field": "priority"}, {"field": "comment_mode_is_public", "value": true}]}]}`, "")
	if a.Say != "*rich*" || a.Internal || !slices.Equal(a.Steps, []string{"Set current tags to late gift", "Set custom fields 12 to a, b"}) {
		t.Errorf("%q, internal %t, steps %q", a.Say, a.Internal, a.Steps)
	}
}

func TestAMenuOfZendeskIsADepartment(t *testing.T) {
	for title, want := range map[string][2]string{
		"Billing::Late":       {"Billing", "Late"},
		"Billing:: Late :: A": {"Billing", "Late : A"},
		"::Late":              {"imported", "::Late"},
		"Late":                {"imported", "Late"},
	} {
		a := one(t, "a.csv", "title,comment_value\n"+title+",b\n", "")
		if got := [2]string{a.Department, a.Title}; got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	if a := one(t, "a.csv", "title,answer\nC++ std::move,b\n", ""); a.Title != "C++ std::move" {
		t.Errorf("another table's title is cut: %q", a.Title)
	}
}

func TestAliasesAndEveryKindOfWordsOfEspansoAreRead(t *testing.T) {
	got, err := Read("a.yml", []byte(`matches:
  - trigger: &t ":a"
    replace: &words "one"
  - {trigger: ":b", label: *t, markdown: "**two**"}
  - {regex: "c\\d", html: "<b>three</b>"}
  - {trigger: ":d", replace: *words}
  - {triggers: [":e", 5], label: null, replace: "four $|$", html: "five"}
`), "")
	if err != nil || len(got) != 5 {
		t.Fatalf("%d answers, %v", len(got), err)
	}
	for i, want := range []string{":a one", ":a **two**", `c\d **three**`, ":d one", ":e four"} {
		if said := got[i].Title + " " + got[i].Say; said != want {
			t.Errorf("%q, want %q", said, want)
		}
	}
	if !slices.Equal(got[4].Phrasings, []string{"5"}) {
		t.Errorf("the second trigger: %q", got[4].Phrasings)
	}
}

func TestABlankRowAndSpareCellsAreNoFault(t *testing.T) {
	got, err := Read("a.csv", []byte("\n,,\ntitle,answer\n\nA,b,,\n ,\nC,d\n"), "")
	if err != nil || len(got) != 2 {
		t.Errorf("%d answers, %v", len(got), err)
	}
}

package people

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"ringside/assist"
)

// line is one line of the dry run, as a program reads it.
type line struct {
	Kind, Outcome, Reason, Column, Name, Company, Notes string
	Line                                                int
	Emails, Phones                                      []string
	Raw                                                 []string `json:"phones_raw"`
	Since                                               string   `json:"customer_since"`
}

func dry(t testing.TB, path string, opt Options) []line {
	t.Helper()
	var b bytes.Buffer
	if opt.Now == nil {
		opt.Now = now
	}
	err := DryRun(context.Background(), &b, path, opt)
	var fault *assist.Fault
	if err != nil && !errors.As(err, &fault) {
		t.Fatal(err)
	}
	var out []line
	for text := range strings.Lines(b.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		out = append(out, l)
	}
	if len(out) == 0 || out[0].Kind != "file" {
		t.Fatalf("the first line is not the file's: %+v", out)
	}
	return out
}

// brief writes the lines as a test expects them: "customer 2 Mary +44...".
func brief(lines []line, kinds ...string) string {
	var b strings.Builder
	for _, l := range lines {
		for _, kind := range kinds {
			if l.Kind != kind {
				continue
			}
			switch kind {
			case "customer":
				b.WriteString(join(" ", "c", itoa(l.Line), l.Name, strings.Join(l.Emails, ","), strings.Join(l.Raw, ","), l.Since) + ";")
			default:
				b.WriteString(kind[:1] + " " + itoa(l.Line) + ";")
			}
		}
	}
	return b.String()
}

func itoa(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

func TestDamagedTablesAreReadAsFarAsTheyCanBe(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":               {"Name,Phone\nMary,0113 496 0123\n", "accept c 2 Mary 0113 496 0123;"},
		"title rows":          {"Customers,\n,\nName,Phone\nMary,0113 496 0123\n", "accept r 1;c 4 Mary 0113 496 0123;"},
		"blank rows":          {"Name,Phone\n\n,\nMary,0113 496 0123\n\n", "accept c 4 Mary 0113 496 0123;"},
		"total below":         {"Name,Phone,Note\nMary,0113 496 0123,\nTotal: 25,,\n", "accept c 2 Mary 0113 496 0123;r 3;"},
		"sum below":           {"Name,Phone,Note,X ID\nMary,0113 496 0123,,\n,,,Sum\n", "ask w 1;c 2 Mary 0113 496 0123;r 3;"},
		"header again":        {"Name,Phone\nMary,0113 496 0123\nName,Phone\nJo,0113 496 0124\n", "accept c 2 Mary 0113 496 0123;r 3;c 4 Jo 0113 496 0124;"},
		"another header":      {"Name,Phone,Email\nMary,0113 496 0123,\nEmail,Name,Company\njo@x.example,Jo,\nName,Phone,Email\nAl,0113 496 0125,\n", "accept c 2 Mary 0113 496 0123;r 3;r 4;r 5;c 6 Al 0113 496 0125;"},
		"sep line":            {"sep=;\nName;Phone\nMary;0113 496 0123\n", "accept c 3 Mary 0113 496 0123;"},
		"quote not closed":    {"Name,Phone\n\"Mary,0113 496 0123\nJo,0113 496 0124\n\"Al, B\",0113 496 0125\n", "accept r 2;c 3 Jo 0113 496 0124;c 4 Al, B 0113 496 0125;"},
		"too few cells":       {"Name,Phone,Email,City\nMary,0113 496 0123\n", "accept c 2 Mary 0113 496 0123;w 2;"},
		"too many, empty":     {"Name,Phone\nMary,0113 496 0123,,\n", "accept c 2 Mary 0113 496 0123;"},
		"too many, full":      {"Name,Phone\nMary,0113 496 0123,x\n", "accept c 2 Mary 0113 496 0123;w 2;"},
		"shifted":             {"Name,Company,Phone,Email\nMary,Shaw, Hill & Co,0113 496 0123,m@x.example\n", "refuse r 2;"},
		"zero bytes":          {"Name,Phone\nMa\x00ry,0113 496 0123\n", "accept c 2 Mary 0113 496 0123;w 2;"},
		"mixed line ends":     {"Name,Phone\r\nMary,0113 496 0123\rJo,0113 496 0124\nAl,0113 496 0125", "accept c 2 Mary 0113 496 0123;c 3 Jo 0113 496 0124;c 4 Al 0113 496 0125;"},
		"rounded number":      {"Name,Phone\nMary,4.42E+11\n", "accept c 2 Mary;w 2;"},
		"rounded, nothing":    {"Name,Phone\n,4.42079E+11\n", "refuse r 2;w 2;"},
		"lost zero":           {"Name,Phone\nMary,1134960123\n", "accept c 2 Mary 1134960123;w 2;"},
		"float":               {"Name,Phone\nMary,441134960123.0\n", "accept c 2 Mary 441134960123;"},
		"text formula":        {"Name,Phone\nMary,\"=\"\"01134960123\"\"\"\n", "accept c 2 Mary 01134960123;"},
		"formula":             {"Name,Phone\n=1+1,0113 496 0123\n@x,0113 496 0124\n", "accept c 2 =1+1 0113 496 0123;c 3 @x 0113 496 0124;"},
		"plus phone":          {"Name,Phone\nMary,+441134960123\nJo,'+441134960124\n", "accept c 2 Mary +441134960123;c 3 Jo +441134960124;"},
		"errors":              {"Name,Phone,City\n#NAME?,0113 496 0123,#REF!\nMary,#N/A,\n", "accept c 2 0113 496 0123;w 2;w 2;c 3 Mary;w 3;"},
		"words for nothing":   {"Name,Phone,Email\nMary,N/A,null\nJo,-,none\n", "accept c 2 Mary;c 3 Jo;"},
		"bad e-mail":          {"Name,Email\nMary,mary(at)x.example\nJo,jo@x\nAl,AL@X.Example\n", "accept c 2 Mary;w 2;c 3 Jo;w 3;c 4 Al al@x.example;"},
		"two e-mails":         {"Name,Email\nMary,a@x.example; b@x.example\n", "accept c 2 Mary a@x.example,b@x.example;"},
		"two numbers":         {"Name,Phone\nMary,0113 496 0123 / 07700 900123\n", "accept c 2 Mary 0113 496 0123,07700 900123;"},
		"same number twice":   {"Name,Phone,Mobile\nMary,0113 496 0123,+44 113 496 0123\n", "accept c 2 Mary 0113 496 0123;"},
		"words as a number":   {"Name,Phone\nMary,ask Jo\n", "accept c 2 Mary;w 2;"},
		"nobody":              {"Name,Phone,City\n,,Leeds\nMary,,\n", "accept r 2;c 3 Mary;"},
		"same e-mail":         {"Name,Email,Phone\nMary,M@x.example,\nMary,m@X.example,0113 496 0123\n", "accept c 2 Mary m@x.example 0113 496 0123;d 3;"},
		"same e-mail, other":  {"Name,Email\nMary,m@x.example\nJohn,m@x.example\n", "accept c 2 Mary m@x.example;w 3;d 3;"},
		"same number":         {"Name,Phone\nMary,0113 496 0123\nJohn,0113 496 0123\n", "accept c 2 Mary 0113 496 0123;c 3 John 0113 496 0123;"},
		"same name":           {"Name,Phone\nMary,0113 496 0123\nMary,0113 496 0124\n", "accept c 2 Mary 0113 496 0123;c 3 Mary 0113 496 0124;"},
		"same row":            {"Name,Phone\nMary,0113 496 0123\nMary,0113 496 0123\n", "accept c 2 Mary 0113 496 0123;c 3 Mary 0113 496 0123;w 3;"},
		"company only":        {"Name,Company,Phone\n,Acorn Ltd,0113 496 0123\n,Empty Ltd,\n", "accept c 2 Acorn Ltd 0113 496 0123;r 3;"},
		"staff":               {"Contact owner,Assistant's Phone,Reports To,Name,Phone\nDave,0113 496 0999,Al,Mary,0113 496 0123\nDave,0113 496 0999,Al,,\n", "accept w 1;c 2 Mary 0113 496 0123;r 3;"},
		"fax and zip":         {"Name,Fax,Zip,Customer ID\nMary,0113 496 0123,02079460123,02079460124\n", "accept c 2 Mary;"},
		"unknown column":      {"Name,Phone,Zodiac\nMary,0113 496 0123,Leo\n", "ask w 1;c 2 Mary 0113 496 0123;"},
		"unknown, empty":      {"Name,Phone,Zodiac\nMary,0113 496 0123,\n", "accept c 2 Mary 0113 496 0123;"},
		"no header":           {"Mary Shaw,0113 496 0123,m@x.example\nJo Hill,0113 496 0124,j@x.example\n", "ask c 1 Mary Shaw m@x.example 0113 496 0123;c 2 Jo Hill j@x.example 0113 496 0124;"},
		"strange header":      {"Wer,Womit\nMary Shaw,0113 496 0123\nJo Hill,0113 496 0124\n", "ask c 2 Mary Shaw 0113 496 0123;c 3 Jo Hill 0113 496 0124;"},
		"mostly strange":      {"Name,Foo,Bar,Baz,Qux\nMary,,,,x\n", "ask w 1;c 2 Mary;"},
		"staff word in row 1": {"Mary Shaw,Manager,0113 496 0123\nJo Hill,Clerk,0113 496 0124\n", "ask w 1;c 1 Mary Shaw 0113 496 0123;c 2 Jo Hill 0113 496 0124;"},
		"one column":          {"Email\na@x.example\nb@x.example\n", "accept c 2 a@x.example;c 3 b@x.example;"},
		"only a header":       {"Name,Phone\n", "refuse "},
		"empty":               {"", "refuse "},
		"only blanks":         {" \n\r\n\t", "refuse "},
		"prose":               {"Dear Mary,\nthank you for your letter.\nYours, Jo\n", "refuse "},
		"workbook":            {"PK\x03\x04\x14\x00\x06\x00", "refuse "},
		"PDF":                 {"%PDF-1.7\n%\xe2\xe3", "refuse "},
		"program":             {"MZ\x90\x00\x03\x00", "refuse "},
		"picture":             {"\x89PNG\r\n\x1a\n\x00", "refuse "},
		"web page":            {"<html><table><tr><td>Name", "refuse "},
		"long name":           {"Name,Phone\n" + strings.Repeat("x", 600) + ",0113 496 0123\nMary,0113 496 0123\n", "accept r 2;c 3 Mary 0113 496 0123;"},
		"last name only":      {"Nom;Téléphone;Société\nAmélie Dupont;0113 496 0123;Léon\n", "accept c 2 Amélie Dupont 0113 496 0123;"},
		"Name and Vorname":    {"Name;Vorname;Tel\nShaw;Mary;0113 496 0123\n", "accept c 2 Mary Shaw 0113 496 0123;"},
		"last, first":         {"Name,Phone\n\"SHAW, Mary\",0113 496 0123\n", "accept c 2 SHAW, Mary 0113 496 0123;"},
		"mojibake":            {"Name,Phone\nJÃ¶rg,0113 496 0123\n", "accept c 2 JÃ¶rg 0113 496 0123;w 2;"},
		"date by others":      {"Name,Customer since\nMary,3/4/2011\nJo,25/12/2012\n", "accept c 2 Mary 2011-04-03;c 3 Jo 2012-12-25;"},
		"date unclear":        {"Name,Customer since\nMary,3/4/2011\nJo,5/5/2012\n", "ask c 2 Mary;w 2;c 3 Jo 2012-05-05;"},
		"date against":        {"Name,Customer since\nMary,3/4/2011\nJo,25/12/2012\nAl,12/25/2012\n", "ask c 2 Mary;w 2;c 3 Jo 2012-12-25;c 4 Al 2012-12-25;"},
		"no such day":         {"Name,Customer since\nMary,31/02/2011\nJo,2011-02-30\n", "accept c 2 Mary;w 2;c 3 Jo;w 3;"},
		"to come":             {"Name,Customer since\nMary,2031-01-01\n", "accept c 2 Mary 2031-01-01;w 2;"},
		"day number":          {"Name,Customer since\nMary,40615\n", "accept c 2 Mary;w 2;"},
	} {
		lines := dry(t, write(t, "in.csv", c.in), Options{})
		got := lines[0].Outcome + " " + brief(lines, "customer", "refused", "duplicate", "warning")
		inOrder := lines[0].Outcome + " "
		for _, l := range lines[1:] {
			inOrder += brief([]line{l}, l.Kind)
		}
		if inOrder != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s\nlines %+v", name, short(c.in), inOrder, c.want, lines)
		}
		if lines[0].Outcome == "refuse" && lines[0].Reason == "" {
			t.Errorf("%s: refused without a reason", name)
		}
		for _, l := range lines[1:] {
			if l.Kind != "customer" && l.Reason == "" {
				t.Errorf("%s: line %d without a reason", name, l.Line)
			}
		}
		_ = got
	}
}

func TestEveryEncodingGivesTheSameCustomers(t *testing.T) {
	text := "Name;Telefon;Stadt\r\nJörg Müller;0113 496 0123;Köln\r\n"
	utf16 := func(e unicode.Endianness, b unicode.BOMPolicy) string {
		out, err := unicode.UTF16(e, b).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, in := range map[string]string{
		"UTF-8": text, "BOM": "\ufeff" + text,
		"1252": strings.NewReplacer("ö", "\xf6", "ü", "\xfc").Replace(text),
		"LE":   utf16(unicode.LittleEndian, unicode.IgnoreBOM), "LE BOM": utf16(unicode.LittleEndian, unicode.UseBOM),
		"BE": utf16(unicode.BigEndian, unicode.IgnoreBOM), "BE BOM": utf16(unicode.BigEndian, unicode.UseBOM),
		"mac": strings.ReplaceAll(text, "\r\n", "\r"),
	} {
		lines := dry(t, write(t, "in.csv", in), Options{})
		if got := brief(lines, "customer"); got != "c 2 Jörg Müller 0113 496 0123;" {
			t.Errorf("%s: %s %+v", name, got, lines)
		}
	}
}

func TestAFolderAndAMissingFileAreRefused(t *testing.T) {
	for path, want := range map[string]string{t.TempDir(): "folder", filepath.Join(t.TempDir(), "none.csv"): "no such file"} {
		lines := dry(t, path, Options{})
		if lines[0].Outcome != "refuse" || !strings.Contains(lines[0].Reason, want) {
			t.Errorf("%+v", lines)
		}
	}
}

func TestAnsweredQuestionsAreNotAskedAgain(t *testing.T) {
	yes := true
	path := write(t, "in.csv", "Name,Customer since,Zodiac\nMary,3/4/2011,Leo\n")
	lines := dry(t, path, Options{MonthFirst: &yes, Meanings: map[string]Meaning{"Zodiac": mNotes}})
	if lines[0].Outcome != "accept" || lines[1].Since != "2011-03-04" || lines[1].Notes != "Leo" {
		t.Errorf("%+v", lines)
	}
	p := open(t, path)
	if q := p.Questions(); len(q) != 2 {
		t.Fatalf("questions %+v", q)
	}
	p.SetMeaning(2, Skip)
	p.SetMonthFirst(false)
	var got []Result
	if err := p.Each(context.Background(), func(r Result) error { got = append(got, r); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(p.Questions()) != 0 || got[1].Customer.Since.String() != "2011-04-03" {
		t.Errorf("questions %+v, results %+v", p.Questions(), got)
	}
}

func TestExportsOfEveryProgramAreRead(t *testing.T) {
	want, err := os.ReadFile("testdata/want.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/*.*")
	var got bytes.Buffer
	for _, f := range files {
		if filepath.Ext(f) == ".jsonl" {
			continue
		}
		got.WriteString("# " + filepath.Base(f) + "\n")
		if err := DryRun(context.Background(), &got, f, Options{Now: now}); err != nil {
			t.Fatal(err)
		}
	}
	if got.String() != string(want) {
		_ = os.WriteFile(filepath.Join(os.TempDir(), "people-got.jsonl"), got.Bytes(), 0o600)
		t.Errorf("the dry run of the exports differs from testdata/want.jsonl:\n%s", got.String())
	}
}

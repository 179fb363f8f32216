package pack

import (
	"bytes"
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

func md(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

const good = `---
title: Charged twice
owner: priya
verified: 2026-11-10
verify_every: 90
products: [Hedge 300]
phrasings:
  - took the money two times
  - "why: two payments?"
web: https://example.org/payments
internal: yes
draft: true
---

I'm sorry, {{customer.name}}.

I can see both payments.

## Steps

1. Open the payments.
2) Compare the sums
   and the days.
- [ ] Refund one.
`

func TestReadTakesPlaceForLanguageDepartmentAndID(t *testing.T) {
	got, err := Read(fstest.MapFS{
		"pack.yaml":                  md("name: Ours\n"),
		"README.md":                  md("# Not an answer\n"),
		".git/x.md":                  md("no"),
		"de/billing/doppelt.md":      md(good),
		"en/prompts/why-us.md":       md("---\nintelligence: competitive\ntopic: choice\nkinds: [prospect]\n---\n- Why us?\n- What made\n  you choose us?\n"),
		"en/billing/charged-once.md": md("\ufeff---\r\ntitle: Once\r\ndepartment: Accounts\r\nlanguage: cy\r\n---\r\nAll is well.\r\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := assist.Pack{Name: "Ours",
		Answers: []assist.Answer{
			{ID: "charged-once", Title: "Once", Department: "Accounts", Language: "cy", Say: "All is well."},
			{ID: "doppelt", Title: "Charged twice", Department: "billing", Language: "de", Owner: "priya",
				Verified: assist.Date{Year: 2026, Month: time.November, Day: 10}, VerifyEvery: 90,
				Products: []string{"Hedge 300"}, Phrasings: []string{"took the money two times", "why: two payments?"},
				Web: "https://example.org/payments", Internal: true, Draft: true,
				Say:   "I'm sorry, {{customer.name}}.\n\nI can see both payments.",
				Steps: []string{"Open the payments.", "Compare the sums and the days.", "Refund one."}}},
		Prompts: []assist.Prompt{{ID: "why-us", Intelligence: assist.Competitive, Topic: "choice",
			Kinds: []assist.Kind{assist.KindProspect}, Ask: []string{"Why us?", "What made you choose us?"}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestReadTakesOneLanguageFolder(t *testing.T) {
	got, err := Read(fstest.MapFS{"billing/x.md": md("---\ntitle: X\n---\nYes.\n")})
	if err != nil || len(got.Answers) != 1 || got.Answers[0].Department != "billing" || got.Answers[0].Language != "" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestReadGivesThePacksLanguageToWhatSaysNone(t *testing.T) {
	got, err := Read(fstest.MapFS{
		"pack.yaml":        md("name: Unsere\nlanguage: de-AT\n"),
		"billing/a.md":     md("---\ntitle: A\n---\nJa.\n"),
		"billing/b.md":     md("---\ntitle: B\nlanguage: en\n---\nYes.\n"),
		"en/billing/c.md":  md("---\ntitle: C\n---\nYes.\n"),
		"fr/billing/d.md":  md("---\ntitle: D\n---\nOui.\n"),
		"prompts/why.md":   md("---\nintelligence: market\ntopic: choice\n---\n- Warum?\n"),
		"fr/prompts/pq.md": md("---\nintelligence: market\ntopic: choix\n---\n- Pourquoi?\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	languages := map[assist.ID]string{}
	for _, a := range got.Answers {
		languages[a.ID] = a.Language
	}
	for _, p := range got.Prompts {
		languages[p.ID] = p.Language
	}
	want := map[assist.ID]string{"a": "de-AT", "b": "en", "c": "", "d": "fr", "why": "de-AT", "pq": "fr"}
	if !reflect.DeepEqual(languages, want) {
		t.Errorf("got %v, want %v", languages, want)
	}
}

func TestReadNamesFileAndLine(t *testing.T) {
	const head = "---\ntitle: X\n"
	for name, c := range map[string]struct{ text, want string }{
		"no front":      {"Hello\n", "en/d/x.md:1"},
		"empty":         {"", "en/d/x.md:1"},
		"not closed":    {"---\ntitle: X\n", "en/d/x.md:1"},
		"unknown key":   {head + "autor: tom\n---\nYes.\n", "en/d/x.md:3"},
		"key twice":     {head + "owner: tom\nowner: tom\n---\nYes.\n", "en/d/x.md:4"},
		"bad date":      {head + "verified: 31/12/2026\n---\nYes.\n", "en/d/x.md:3"},
		"no such day":   {head + "verified: 2026-02-30\n---\nYes.\n", "en/d/x.md:3"},
		"bad number":    {head + "owner: tom\nverify_every: monthly\n---\nYes.\n", "en/d/x.md:4"},
		"below zero":    {head + "verify_every: -3\n---\nYes.\n", "en/d/x.md:3"},
		"bad flag":      {head + "internal: perhaps\n---\nYes.\n", "en/d/x.md:3"},
		"bad owner":     {head + "owner: Tom Reed\n---\nYes.\n", "en/d/x.md:3"},
		"list as text":  {head + "phrasings: one\n---\nYes.\n", "en/d/x.md:3"},
		"map in list":   {head + "phrasings:\n  - a\n  - b: c\n---\nYes.\n", "en/d/x.md:5"},
		"null in list":  {head + "phrasings:\n  - a\n  -\n---\nYes.\n", "en/d/x.md:5"},
		"text as list":  {head + "web: [a, b]\n---\nYes.\n", "en/d/x.md:3"},
		"broken yaml":   {"---\ntitle: X\nweb: \"open\n---\nYes.\n", "en/d/x.md:"},
		"colon":         {"---\ntitle: X: Y\n---\nYes.\n", "en/d/x.md:2"},
		"alias":         {"---\ntitle: *x\n---\nYes.\n", "en/d/x.md:"},
		"not a map":     {"---\n- title\n---\nYes.\n", "en/d/x.md:2"},
		"no title":      {"---\nowner: tom\n---\nYes.\n", "en/d/x.md:1"},
		"nothing to do": {head + "---\n\n", "en/d/x.md:1"},
		"text in steps": {head + "---\nYes.\n\n## Steps\n\nFirst look.\n", "en/d/x.md:8"},
		"empty step":    {head + "---\nYes.\n## steps\n1. a\n2. [ ]\n-  \n", "en/d/x.md:8"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Read(fstest.MapFS{"en/d/x.md": md(c.text), "en/d/fine.md": md("---\ntitle: F\n---\nYes.\n")})
			if err == nil || !strings.Contains(err.Error(), c.want) || !errors.Is(err, assist.ErrInvalid) {
				t.Errorf("error %v, want one at %s", err, c.want)
			}
			if len(got.Answers) != 0 {
				t.Errorf("half-read: %+v", got)
			}
		})
	}
}

func TestReadTellsAllFaultsAtOnce(t *testing.T) {
	_, err := Read(fstest.MapFS{
		"en/a/x.md":       md("---\ntitel: X\nverified: soon\n---\nYes.\n"),
		"en/b/y.md":       md("Hello"),
		"en/c/twin.md":    md("---\ntitle: A\n---\nYes.\n"),
		"en/d/twin.md":    md("---\ntitle: B\n---\nYes.\n"),
		"en/d/Big Cat.md": md("---\ntitle: C\n---\nYes.\n"),
		"en/prompts/p.md": md("---\nintelligence: gossip\ntopic: x\nkinds: [enemy]\n---\nWhy?\n"),
		"en/prompts/q.md": md("---\nintelligence: gossip\ntopic: x\n---\n- Why?\n"),
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"en/a/x.md:2", "en/a/x.md:3", "en/b/y.md:1", "en/d/twin.md:1", "already in en/c/twin.md",
		"en/d/Big Cat.md:1", `"enemy" is not a kind`, "en/prompts/p.md:6", "en/prompts/q.md:1"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("missing %q in\n%v", want, err)
		}
	}
}

func TestReadRefusesAHugeFile(t *testing.T) {
	_, err := Read(fstest.MapFS{"en/d/x.md": md(strings.Repeat("a", maxFile+1))})
	if !errors.Is(err, assist.ErrInvalid) {
		t.Error(err)
	}
}

func packForRoundTrip() assist.Pack {
	return assist.Pack{Name: "yes: a pack",
		Answers: []assist.Answer{
			{ID: "a", Title: "no", Department: "Repairs & Parts", Say: "- one\n- two", Language: "en",
				Phrasings: []string{"- dash", "it's: broken", "2026-01-01", "null", "#1", "¿qué?", "電池"}},
			{ID: "b", Title: "12", Department: "prompts", Say: "Line.\n\n  indented\n", Steps: []string{"do", "[x]y"},
				Verified: assist.Date{Year: 2026}, Language: "Klingon"},
			{ID: "c", Title: "t", Department: "電気", Say: "---", Verified: assist.Date{Year: 2026, Month: 2}, Language: "pt-BR"},
			{ID: "d", Title: "t", Department: "../up", Say: "x", VerifyEvery: 9, Owner: "tom", Products: []string{"Hedge 300"},
				Web: "https://example.org", Internal: true, Draft: true},
		},
		Prompts: []assist.Prompt{{ID: "a", Intelligence: assist.Market, Topic: "t", Ask: []string{"Why?", "1. Really?"},
			Kinds: []assist.Kind{assist.KindBoss}, Language: "de"}},
	}
}

func TestReadFindsWhatWriteWrote(t *testing.T) {
	dir := t.TempDir()
	p := packForRoundTrip()
	if err := Write(dir, p, nil); err != nil {
		t.Fatal(err)
	}
	got, err := Read(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	p.Answers[1].Say = strings.TrimSpace(p.Answers[1].Say)
	if !reflect.DeepEqual(got, p) {
		t.Errorf("got  %+v\nwant %+v", got, p)
	}
}

func TestWriteTwiceGivesTheSameBytes(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	if err := errors.Join(Write(one, packForRoundTrip(), nil), Write(two, packForRoundTrip(), nil), Write(two, packForRoundTrip(), nil)); err != nil {
		t.Fatal(err)
	}
	a, b := tree(t, one), tree(t, two)
	if len(a) != 6 || !reflect.DeepEqual(a, b) {
		t.Errorf("%d and %d files differ", len(a), len(b))
	}
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	return treeOf(t, os.DirFS(dir))
}

func treeOf(t *testing.T, fsys fs.FS) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		out[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWriteMovesAnAnswerAndLeavesStrangersAlone(t *testing.T) {
	dir := t.TempDir()
	a := assist.Answer{ID: "x", Title: "X", Department: "sales", Say: "Yes."}
	if err := Write(dir, assist.Pack{Answers: []assist.Answer{a}}, nil); err != nil {
		t.Fatal(err)
	}
	stranger := filepath.Join(dir, "en", "notes", "x.md")
	if err := errors.Join(os.MkdirAll(filepath.Dir(stranger), 0o755), os.WriteFile(stranger, []byte("# my notes"), 0o644)); err != nil {
		t.Fatal(err)
	}
	a.Department = "billing"
	if err := Write(dir, assist.Pack{Answers: []assist.Answer{a}}, anything); err != nil {
		t.Fatal(err)
	}
	got := tree(t, dir)
	if _, old := got["en/sales/x.md"]; old || got["en/billing/x.md"] == "" || got["en/notes/x.md"] != "# my notes" {
		t.Errorf("%v", got)
	}
}

func TestWriteRefusesWhatItCouldNotReadBack(t *testing.T) {
	for name, p := range map[string]assist.Pack{
		"steps in say": {Answers: []assist.Answer{{ID: "x", Title: "X", Department: "d", Say: "a\n## Steps\nb"}}},
		"broken text":  {Answers: []assist.Answer{{ID: "x", Title: "a\xff", Department: "d", Say: "a"}}},
		"no say":       {Answers: []assist.Answer{{ID: "x", Title: "X", Department: "d"}}},
		"same id": {Answers: []assist.Answer{{ID: "x", Title: "X", Department: "d", Say: "a"},
			{ID: "x", Title: "Y", Department: "e", Say: "b"}}},
	} {
		dir := t.TempDir()
		if err := Write(dir, p, nil); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
		if got := tree(t, dir); len(got) != 0 {
			t.Errorf("%s: wrote %v", name, got)
		}
	}
}

func FuzzReadWhatIsReadIsWrittenTheSame(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("---\ntitle: &a X\nowner: *a\n---\nYes.\n"))
	f.Add([]byte("---\r\ntitle: !!binary aGk=\r\n---\r\n## Steps\n- a\n"))
	f.Add([]byte("---\nphrasings: [a, [b], {c: d}]\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		f := &file{name: "en/d/x.md"}
		a := f.answer(data)
		if len(f.faults) > 0 || a.Validate() != nil {
			return
		}
		name, out, same := answerFile(tidyAnswer(a))
		if !same {
			t.Fatalf("%+v is not read back from\n%s", a, out)
		}
		g := &file{name: name}
		if b := g.answer(out); !reflect.DeepEqual(tidyAnswer(b), b) || bytes.Contains(out, []byte("\r\n")) {
			t.Fatalf("not tidy: %+v", b)
		}
	})
}

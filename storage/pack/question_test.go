package pack

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ringside/assist"
)

func savedQuestions() []assist.Question {
	at := time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	late := assist.Question{Text: "where is it: my order?", Answer: "late", At: at, Call: "c1", By: "tom"}
	late.ID = questionID(late)
	return []assist.Question{late, {ID: "q2", Text: "yes", Answer: "charged-twice", At: at, Off: true}, {ID: "q3", Text: "two payments", Answer: "charged-twice", At: at}}
}

func TestSavedQuestionsTravelWithoutTheirCalls(t *testing.T) {
	dir := t.TempDir()
	if err := Write(dir, assist.Pack{Questions: savedQuestions()}, nil); err != nil {
		t.Fatal(err)
	}
	want := aboutQuestions + `- text: two payments
  answer: charged-twice
  saved: 2026-11-20
  id: q3
- text: "yes"
  answer: charged-twice
  saved: 2026-11-20
  id: q2
  "off": true
- text: 'where is it: my order?'
  answer: late
  saved: 2026-11-20
`
	if got := tree(t, dir)[questionsFile]; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	got, err := Read(os.DirFS(dir))
	if err != nil || !reflect.DeepEqual(got, Tidy(assist.Pack{Questions: savedQuestions()})) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAQuestionOfTheHandNeedsNoID(t *testing.T) {
	p, err := Read(fstest.MapFS{questionsFile: md("\ufeff- text:  took it\ttwice \r\n  answer: charged-twice\r\n  saved: 2026-11-20\r\n")})
	if err != nil || len(p.Questions) != 1 || p.Questions[0].Text != "took it twice" || p.Questions[0].ID != questionID(p.Questions[0]) {
		t.Errorf("%+v, %v", p.Questions, err)
	}
}

func TestFaultsOfSavedQuestionsAreNamedByLine(t *testing.T) {
	const fine = "- text: a\n  answer: x\n  saved: 2026-11-20\n"
	for name, c := range map[string]struct{ text, want string }{
		"no list":   {"text: a\n", "questions.yaml:1|not a list"},
		"no fields": {fine + "- a\n", "questions.yaml:4|not a list of keys"},
		"key":       {fine + "- text: b\n  anwser: x\n", `questions.yaml:5|"anwser" is not known`},
		"no text":   {fine + "- answer: x\n  saved: 2026-11-20\n", "questions.yaml:4|text is missing"},
		"no answer": {fine + "- text: b\n  saved: 2026-11-20\n", "questions.yaml:4|answer"},
		"no day":    {fine + "- text: b\n  answer: x\n", "questions.yaml:4|day on which"},
		"bad day":   {fine + "- text: b\n  answer: x\n  saved: soon\n", "questions.yaml:6|saved"},
		"twice":     {fine + fine, "questions.yaml:4|there twice, the first time on line 1"},
		"broken":    {fine + "- text: \"b\n", "questions.yaml:|cannot be read"},
	} {
		p, err := Read(fstest.MapFS{questionsFile: md(c.text), "en/d/x.md": md("---\ntitle: X\n---\nX.\n")})
		where, what, _ := strings.Cut(c.want, "|")
		if err == nil || !errors.Is(err, assist.ErrInvalid) || !strings.Contains(err.Error(), where) || !strings.Contains(err.Error(), what) || len(p.Answers) > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p, err := Read(fstest.MapFS{questionsFile: md("# none yet\n")}); err != nil || len(p.Questions) > 0 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestQuestionsAddedInTheFolderAreNotWrittenOver(t *testing.T) {
	dir, p := t.TempDir(), Tidy(assist.Pack{Questions: savedQuestions()})
	if err := Write(dir, p, nil); err != nil {
		t.Fatal(err)
	}
	before := tree(t, dir)[questionsFile]
	write(t, dir, questionsFile, before+"- text: new\n  answer: late\n  saved: 2026-11-21\n")
	if err := Write(dir, p, thatOf(p)); err == nil || !strings.Contains(err.Error(), questionsFile) {
		t.Error(err)
	}
	write(t, dir, questionsFile, before)
	known := thatOf(p)
	p.Questions = p.Questions[1:]
	if err := Write(dir, p, known); err != nil {
		t.Error(err)
	}
}

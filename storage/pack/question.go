package pack

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"ringside/assist"
	"ringside/assist/search/text"
)

// questionsFile lies at the top of a pack: what customers have asked, and the answer that each
// must find.
const (
	questionsFile = "questions.yaml"
	maxQuestions  = 16 << 20 // bytes of the file
)

const aboutQuestions = "# What customers have asked, and the answer that must be found. A new one needs no id.\n\n"

// questions reads the saved questions. Who saved them, and in which call, stays at home.
func (f *file) questions(data []byte) (out []assist.Question, lines []int) {
	doc, ok := f.yaml(string(data), 0)
	if !ok || len(doc.Content) == 0 {
		return nil, nil
	}
	top := doc.Content[0]
	if top.Kind != yaml.SequenceNode {
		f.wrong(top.Line, "this is not a list of questions", "Begin each with \"- text:\".")
		return nil, nil
	}
	for _, n := range top.Content {
		var q assist.Question
		var day assist.Date
		f.keys(n, 0, map[string]setter{
			"text":   line(&q.Text),
			"answer": ident(&q.Answer),
			"saved":  date(&day),
			"id":     ident(&q.ID),
			"off":    flag(&q.Off),
		})
		if !day.IsZero() {
			q.At = day.Time()
		}
		if q.ID == "" {
			q.ID = questionID(q)
		}
		out, lines = append(out, q), append(lines, n.Line)
	}
	return out, lines
}

// questionID is the id of a question that says none.
func questionID(q assist.Question) assist.ID {
	return assist.IDFrom("question", string(q.Answer), text.Fold(q.Text))
}

// questionFields are a question as it stands in the file.
type questionFields struct {
	Text   string    `yaml:"text"`
	Answer assist.ID `yaml:"answer"`
	Saved  any       `yaml:"saved"`
	ID     assist.ID `yaml:"id,omitempty"`
	Off    bool      `yaml:"off,omitempty"`
}

// questionsPage writes the saved questions, and whether they are read back as the same.
func questionsPage(list []assist.Question) (data []byte, same bool) {
	var fields []questionFields
	for _, q := range list {
		x := questionFields{Text: q.Text, Answer: q.Answer, Saved: dateNode(assist.DateOf(q.At)), ID: q.ID, Off: q.Off}
		if q.ID == questionID(q) {
			x.ID = ""
		}
		fields = append(fields, x)
	}
	data, err := encode(fields)
	data = append([]byte(aboutQuestions), data...)
	f := file{name: questionsFile}
	back, _ := f.questions(data)
	return data, err == nil && len(f.faults) == 0 && reflect.DeepEqual(back, list)
}

// tidyQuestions returns the questions in the order of the file, as they are read back.
func tidyQuestions(list []assist.Question) []assist.Question {
	var out []assist.Question
	for _, q := range list {
		out = append(out, assist.Question{ID: q.ID, Text: oneLine(q.Text), Answer: q.Answer, At: q.At.UTC().Truncate(24 * time.Hour), Off: q.Off})
	}
	slices.SortFunc(out, byAnswer)
	return out
}

// byAnswer keeps the questions of one answer together, so that a new one is a small
// difference.
func byAnswer(a, b assist.Question) int {
	return cmp.Or(cmp.Compare(a.Answer, b.Answer), cmp.Compare(a.Text, b.Text), cmp.Compare(a.ID, b.ID))
}

// takeQuestions adds the questions of a file to the pack.
func (r *reader) takeQuestions(f *file, data []byte) {
	list, lines := f.questions(data)
	if len(f.faults) > 0 {
		return
	}
	said := map[assist.ID]int{}
	for i, q := range list {
		first, twice := said[q.ID]
		said[q.ID] = lines[i]
		switch err := q.Validate(); {
		case err != nil && q.At.IsZero():
			f.wrong(lines[i], "the day on which this question was saved is missing", "Write it as saved: 2006-01-02.")
		case err != nil:
			f.wrong(lines[i], faultOf(err), "")
		case twice:
			f.wrong(lines[i], fmt.Sprintf("this question is there twice, the first time on line %d", first), "Take one of them out, or give it another id.")
		default:
			r.seen[seenKey(q)] = f.name
			r.pack.Questions = append(r.pack.Questions, q)
		}
	}
	slices.SortFunc(r.pack.Questions, byAnswer)
}

package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"ringside/assist"
)

// Write lays the pack out under dir, which is made if need be. The same pack
// gives the same bytes, and a file that already holds them is not touched. What
// Read then finds is p, sorted by id, with white space tidied.
//
// known reports whether the library has, or once had, a record just as it stands in the
// folder. Only files of such records are written over, or removed when their records lie
// elsewhere now or are shown by no answer any more: nobody's work goes. Where there is
// anything else in the way, and where a record cannot be kept, or not as Markdown, Write stops before
// the first file is written, with one fault for each. A file that p knows nothing of stays as it is.
// With nil nothing is known.
func Write(dir string, p assist.Pack, known func(assist.Record) bool) error {
	if err := p.Validate(); err != nil {
		return fmt.Errorf("write pack: %w", err)
	}
	p = Tidy(p)
	s := sheets{files: map[string][]byte{}}
	s.lay(p)
	if err := errors.Join(s.faults...); err != nil {
		return fmt.Errorf("write pack: %w", err)
	}
	old, err := left(dir, p, s.files, known)
	if err != nil {
		return fmt.Errorf("write pack: %w", err)
	}
	for _, name := range s.order {
		if err := Put(filepath.Join(dir, filepath.FromSlash(name)), s.files[name]); err != nil {
			return fmt.Errorf("write pack: %w", err)
		}
	}
	for _, name := range old {
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			return fmt.Errorf("write pack: %w", err)
		}
	}
	for _, name := range slices.Backward(old) { // the pictures' folder lies in that of their answer
		os.Remove(filepath.Join(dir, filepath.FromSlash(path.Dir(name)))) // only an empty folder goes
	}
	return nil
}

// sheets are the files of a pack before they are written.
type sheets struct {
	files  map[string][]byte
	order  []string
	faults []error
}

func (s *sheets) add(name string, data []byte, same bool) {
	if !same {
		s.faults = append(s.faults, &assist.Fault{What: "this text cannot be written as Markdown", Where: name,
			Do: "Look for a line \"## Steps\" within the words to say, or for broken characters.", Err: assist.ErrInvalid})
	}
	s.files[name], s.order = data, append(s.order, name)
}

func (s *sheets) lay(p assist.Pack) {
	if p.Name != "" {
		data, err := encode(map[string]string{"name": oneLine(p.Name)})
		s.faults = append(s.faults, err)
		s.add(nameFile, data, true)
	}
	s.layAnswers(p)
	for _, q := range p.Prompts {
		s.add(promptFile(q))
	}
	if rules := p.Tact; len(rules) > 0 {
		data, same := tactPage(rules)
		s.add("en/"+tactFile, data, same)
	}
	for _, x := range p.Subjects {
		s.add(subjectFile(x))
	}
	for _, d := range p.Deals {
		s.add(dealFile(d))
	}
	if len(p.Questions) > 0 {
		data, same := questionsPage(p.Questions)
		s.add(questionsFile, data, same)
	}
}

func (s *sheets) layAnswers(p assist.Pack) {
	blobs := map[assist.ID][]byte{}
	for _, b := range p.Blobs {
		blobs[b.ID] = b.Data
	}
	for _, a := range p.Answers {
		name, data, same := answerFile(a)
		s.add(name, data, same)
		own, missing := blobFiles(a, name, blobs)
		for _, name := range slices.Sorted(maps.Keys(own)) {
			s.add(name, own[name], true)
		}
		for _, lost := range missing {
			s.faults = append(s.faults, &assist.Fault{What: "the file " + lost + " of this answer is not there", Where: name,
				Do: "Take it out of the answer, or put it in again.", Err: assist.ErrNotFound})
		}
	}
}

// Tidy returns the pack as Read gives it back once it was written: with white space, rules
// and names of files as they stand on the pages. It changes nothing in p.
func Tidy(p assist.Pack) assist.Pack {
	p.Answers, p.Prompts, p.Tact = slices.Clone(p.Answers), slices.Clone(p.Prompts), tidyRules(p.Tact)
	p.Subjects, p.Deals, p.Questions = slices.Clone(p.Subjects), slices.Clone(p.Deals), tidyQuestions(p.Questions)
	for i, a := range p.Answers {
		p.Answers[i] = tidyAnswer(a)
	}
	for i, q := range p.Prompts {
		p.Prompts[i] = tidyPrompt(q)
	}
	for i, x := range p.Subjects {
		p.Subjects[i] = tidySubject(x)
	}
	for i, d := range p.Deals {
		p.Deals[i] = tidyDeal(d)
	}
	return p
}

type answerFront struct {
	Title       string      `yaml:"title"`
	Department  string      `yaml:"department,omitempty"`
	Also        []string    `yaml:"also,omitempty"`
	Language    string      `yaml:"language,omitempty"`
	Products    []string    `yaml:"products,omitempty"`
	Owner       assist.ID   `yaml:"owner,omitempty"`
	Deputy      assist.ID   `yaml:"deputy,omitempty"`
	Rota        []assist.ID `yaml:"rota,omitempty"`
	Verified    any         `yaml:"verified,omitempty"`
	VerifyEvery int         `yaml:"verify_every,omitempty"`
	Web         string      `yaml:"web,omitempty"`
	Internal    bool        `yaml:"internal,omitempty"`
	Draft       bool        `yaml:"draft,omitempty"`
	Off         bool        `yaml:"off,omitempty"`
	Into        assist.ID   `yaml:"into,omitempty"`
	Phrasings   []string    `yaml:"phrasings,omitempty"`
}

type promptFront struct {
	Intelligence assist.Intelligence `yaml:"intelligence"`
	Topic        string              `yaml:"topic"`
	Kinds        []assist.Kind       `yaml:"kinds,omitempty"`
	After        []string            `yaml:"after,omitempty"`
	Language     string              `yaml:"language,omitempty"`
	Off          bool                `yaml:"off,omitempty"`
}

// answerFile returns where an answer is kept, its bytes, and whether they are
// read back as the same answer.
func answerFile(a assist.Answer) (name string, data []byte, same bool) {
	front := answerFront{Title: a.Title, Products: a.Products, Owner: a.Owner, VerifyEvery: a.VerifyEvery,
		Web: a.Web, Internal: a.Internal, Draft: a.Draft, Phrasings: a.Phrasings, Also: a.Also, Deputy: a.Deputy, Rota: a.Rota, Off: a.Off, Into: a.Into}
	name = place(a.Language, folder(a.Department), a.ID)
	language, department := folders(name)
	if department != a.Department {
		front.Department = a.Department
	}
	if language != a.Language {
		front.Language = a.Language
	}
	front.Verified = dateNode(a.Verified)
	head, err := encode(front)
	body := bodyOf(a)
	data = []byte("---\n" + string(head) + "---\n\n" + body)
	f := file{name: name}
	back := f.answer(data)
	a.Files = slices.Clone(a.Files)
	for i := range a.Files {
		a.Files[i].Blob = "" // the bytes are read apart
	}
	return name, data, err == nil && len(f.faults) == 0 && reflect.DeepEqual(back, a)
}

// bodyOf is an answer without its front matter.
func bodyOf(a assist.Answer) string {
	of := func(step int, before string) (out string) {
		for _, x := range a.Files {
			if x.Step == step {
				out += before + fileNaming(a.ID, x)
			}
		}
		return out
	}
	body := a.Say + "\n"
	if own := of(0, "\n"); own != "" {
		body += own + "\n"
	}
	if len(a.Steps) > 0 {
		body += "\n## Steps\n\n"
	}
	for i, s := range a.Steps {
		body += fmt.Sprintf("%d. %s%s\n", i+1, s, of(i+1, " "))
	}
	return body
}

// dateNode is a date as it stands in a front matter; nil when it is not known.
func dateNode(d assist.Date) any {
	if d.IsZero() {
		return nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: d.String()}
}

func promptFile(p assist.Prompt) (name string, data []byte, same bool) {
	front := promptFront{Intelligence: p.Intelligence, Topic: p.Topic, Kinds: p.Kinds, After: p.After, Off: p.Off}
	name = place(p.Language, promptsFolder, p.ID)
	if language, _ := folders(name); language != p.Language {
		front.Language = p.Language
	}
	head, err := encode(front)
	var b strings.Builder
	b.WriteString("---\n" + string(head) + "---\n\n")
	for _, s := range p.Ask {
		b.WriteString("- " + s + "\n")
	}
	data = []byte(b.String())
	f := file{name: name}
	back := f.prompt(data)
	return name, data, err == nil && len(f.faults) == 0 && reflect.DeepEqual(back, p)
}

func place(language, folder string, id assist.ID) string {
	if !languageFolder.MatchString(language) {
		language = "en"
	}
	return language + "/" + folder + "/" + string(id) + ".md"
}

// folder makes a department's name safe as the name of a folder on any system.
func folder(department string) string {
	safe := strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' {
			return unicode.ToLower(r)
		}
		return '-'
	}, department), "-_")
	switch safe {
	case "":
		return "other"
	case promptsFolder, subjectsFolder, dealsFolder:
		return safe + "-department"
	}
	return safe
}

func tidyAnswer(a assist.Answer) assist.Answer {
	a.Title, a.Department, a.Web = oneLine(a.Title), oneLine(a.Department), oneLine(a.Web)
	a.Say = strings.TrimSpace(strings.ReplaceAll(a.Say, "\r\n", "\n"))
	a.Language = oneLine(a.Language)
	a.Steps, a.Phrasings, a.Products = tidyList(a.Steps), tidyList(a.Phrasings), tidyList(a.Products)
	a.Also, a.Rota, a.Files = tidyList(a.Also), tidyList(a.Rota), tidyFiles(a.Files)
	return a
}

func tidyPrompt(p assist.Prompt) assist.Prompt {
	p.Topic, p.Language, p.Ask, p.Kinds, p.After = oneLine(p.Topic), oneLine(p.Language), tidyList(p.Ask), tidyList(p.Kinds), tidyList(p.After)
	return p
}

// tidyList leaves out empty entries; a list without entries is nil.
func tidyList[T ~string](in []T) []T {
	var out []T
	for _, s := range in {
		if s = T(oneLine(string(s))); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	err := e.Encode(v)
	return b.Bytes(), errors.Join(err, e.Close())
}

// Put writes a file whole or not at all, and leaves one alone that holds the same.
func Put(name string, data []byte) error {
	old, err := os.ReadFile(name)
	if err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	part := name + ".part"
	if err := os.WriteFile(part, data, 0o644); err != nil {
		return err
	}
	return os.Rename(part, name)
}

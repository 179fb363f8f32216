package pack

import (
	"fmt"
	"path"
	"strings"

	"ringside/assist"
)

// file is one Markdown file while it is read.
type file struct {
	name   string
	faults []error
}

func (f *file) wrong(line int, what, do string) {
	f.faults = append(f.faults, &assist.Fault{
		What: what, Where: fmt.Sprintf("%s:%d", f.name, line), Do: do, Err: assist.ErrInvalid})
}

func (f *file) id() assist.ID {
	return assist.ID(strings.TrimSuffix(path.Base(f.name), ".md"))
}

func (f *file) answer(data []byte) assist.Answer {
	a := assist.Answer{ID: f.id()}
	a.Language, a.Department = folders(f.name)
	front, body := f.split(data)
	f.fields(front, 1, map[string]setter{
		"title":        line(&a.Title),
		"department":   line(&a.Department),
		"language":     line(&a.Language),
		"owner":        ident(&a.Owner),
		"verified":     date(&a.Verified),
		"verify_every": days(&a.VerifyEvery),
		"products":     list(&a.Products),
		"phrasings":    list(&a.Phrasings),
		"web":          line(&a.Web),
		"internal":     flag(&a.Internal),
		"draft":        flag(&a.Draft),
		"also":         list(&a.Also),
		"deputy":       ident(&a.Deputy),
		"rota":         list(&a.Rota),
		"off":          flag(&a.Off),
		"into":         ident(&a.Into),
	})
	say, steps := body.cut("## steps")
	a.Say = say.text()
	a.Steps = f.items(steps)
	takeFiles(&a)
	return a
}

func (f *file) prompt(data []byte) assist.Prompt {
	p := assist.Prompt{ID: f.id()}
	p.Language, _ = folders(f.name)
	front, body := f.split(data)
	f.fields(front, 1, map[string]setter{
		"intelligence": line(&p.Intelligence),
		"topic":        line(&p.Topic),
		"kinds":        list(&p.Kinds),
		"after":        list(&p.After),
		"language":     line(&p.Language),
		"off":          flag(&p.Off),
	})
	for _, k := range p.Kinds {
		if !isKind(k) {
			f.wrong(1, fmt.Sprintf("%q is not a kind of customer", k), "Take one of "+kindNames()+".")
		}
	}
	p.Ask = f.items(body)
	return p
}

func isKind(k assist.Kind) bool {
	for _, known := range assist.Kinds() {
		if k == known {
			return true
		}
	}
	return false
}

func kindNames() string {
	names := make([]string, 0, len(assist.Kinds()))
	for _, k := range assist.Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// split parts the front matter from the body. Line ends of any system are read.
func (f *file) split(data []byte) (front string, body lines) {
	all := splitLines(data)
	if strings.TrimRight(all[0], " \t") != "---" {
		f.wrong(1, "the front matter is missing", "Begin the file with a line of three dashes, then title and the rest.")
		return "", lines{}
	}
	for i, l := range all[1:] {
		if strings.TrimRight(l, " \t") == "---" {
			return strings.Join(all[1:i+1], "\n"), lines{first: i + 3, all: all[i+2:]}
		}
	}
	f.wrong(1, "the front matter does not end", "Close it with a second line of three dashes.")
	return "", lines{}
}

func splitLines(data []byte) []string {
	text := strings.TrimPrefix(string(data), "\ufeff")
	return strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
}

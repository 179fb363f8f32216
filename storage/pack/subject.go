package pack

import (
	"fmt"
	"reflect"
	"strings"

	"ringside/assist"
)

const (
	subjectsFolder = "subjects"
	dealsFolder    = "deals"
	theirsHeading  = "## Where they are better"
	oursHeading    = "## Where we are better"
)

// subject reads something that customers call by name.
func (f *file) subject(data []byte) assist.Subject {
	s := assist.Subject{ID: f.id()}
	front, body := f.split(data)
	f.fields(front, 1, map[string]setter{
		"kind":     line(&s.Kind),
		"name":     line(&s.Name),
		"also":     list(&s.Also),
		"for":      list(&s.For),
		"owner":    ident(&s.Owner),
		"verified": date(&s.Verified),
	})
	before, theirs := body.cut(strings.ToLower(theirsHeading))
	theirs, ours := theirs.cut(strings.ToLower(oursHeading))
	if len(theirs.all) == 0 && len(ours.all) == 0 {
		before, ours = before.cut(strings.ToLower(oursHeading))
	}
	f.items(before) // nothing but the two lists may stand here
	s.Theirs, s.Ours = f.items(theirs), f.items(ours)
	return s
}

// deal reads what new customers are offered.
func (f *file) deal(data []byte) assist.Deal {
	d := assist.Deal{ID: f.id()}
	front, _ := f.split(data)
	f.fields(front, 1, map[string]setter{
		"title":    line(&d.Title),
		"products": list(&d.Products),
		"from":     date(&d.From),
		"until":    date(&d.Until),
	})
	return d
}

func tidySubject(s assist.Subject) assist.Subject {
	s.Name, s.Also, s.For, s.Theirs, s.Ours = oneLine(s.Name), tidyList(s.Also), tidyList(s.For), tidyList(s.Theirs), tidyList(s.Ours)
	return s
}

func tidyDeal(d assist.Deal) assist.Deal {
	d.Title, d.Products = oneLine(d.Title), tidyList(d.Products)
	return d
}

type subjectFront struct {
	Kind     assist.SubjectKind `yaml:"kind"`
	Name     string             `yaml:"name"`
	Also     []string           `yaml:"also,omitempty"`
	For      []string           `yaml:"for,omitempty"`
	Owner    assist.ID          `yaml:"owner,omitempty"`
	Verified any                `yaml:"verified,omitempty"`
}

func subjectFile(s assist.Subject) (name string, data []byte, same bool) {
	head, err := encode(subjectFront{s.Kind, s.Name, s.Also, s.For, s.Owner, dateNode(s.Verified)})
	var b strings.Builder
	b.WriteString("---\n" + string(head) + "---\n")
	for _, part := range []struct {
		heading string
		list    []string
	}{{theirsHeading, s.Theirs}, {oursHeading, s.Ours}} {
		if len(part.list) > 0 {
			fmt.Fprintf(&b, "\n%s\n\n- %s\n", part.heading, strings.Join(part.list, "\n- "))
		}
	}
	name = "en/" + subjectsFolder + "/" + string(s.ID) + ".md"
	f := file{name: name}
	back := f.subject([]byte(b.String()))
	return name, []byte(b.String()), err == nil && len(f.faults) == 0 && reflect.DeepEqual(back, s)
}

type dealFront struct {
	Title    string   `yaml:"title"`
	Products []string `yaml:"products,omitempty"`
	From     any      `yaml:"from,omitempty"`
	Until    any      `yaml:"until,omitempty"`
}

func dealFile(d assist.Deal) (name string, data []byte, same bool) {
	head, err := encode(dealFront{d.Title, d.Products, dateNode(d.From), dateNode(d.Until)})
	data = []byte("---\n" + string(head) + "---\n")
	name = "en/" + dealsFolder + "/" + string(d.ID) + ".md"
	f := file{name: name}
	back := f.deal(data)
	return name, data, err == nil && len(f.faults) == 0 && reflect.DeepEqual(back, d)
}

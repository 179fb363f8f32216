package pack

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"ringside/assist"
)

// setter takes one value of the front matter, or says on which line it is wrong
// and why.
type setter func(*yaml.Node) (line int, what string)

var yamlLine = regexp.MustCompile(`line (\d+): `)

// fields hands each key of a YAML text to its setter. The text begins after
// `above` lines of the file. Keys without a setter, and keys set twice, are faults.
func (f *file) fields(text string, above int, set map[string]setter) {
	if doc, ok := f.yaml(text, above); ok && len(doc.Content) > 0 {
		f.keys(doc.Content[0], above, set)
	}
}

// yaml reads a YAML text, or says on which line of the file it cannot be read.
func (f *file) yaml(text string, above int) (doc yaml.Node, ok bool) {
	err := yaml.Unmarshal([]byte(text), &doc)
	if err == nil {
		return doc, true
	}
	at, what := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatchIndex(what); m != nil {
		at, _ = strconv.Atoi(what[m[2]:m[3]])
		what = what[:m[0]] + what[m[1]:]
	}
	f.wrong(at+above, "this cannot be read: "+what, "Put a text with a colon or a quote in it between quotes.")
	return doc, false
}

// keys hands each key of a mapping to its setter.
func (f *file) keys(top *yaml.Node, above int, set map[string]setter) {
	if top.Kind != yaml.MappingNode {
		f.wrong(top.Line+above, "this is not a list of keys and values", "Write each as \"key: value\" on its own line.")
		return
	}
	done := map[string]bool{}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		take, known := set[key.Value]
		switch {
		case !known:
			f.wrong(key.Line+above, fmt.Sprintf("the key %q is not known", key.Value), "Take one of "+keyNames(set)+".")
		case done[key.Value]:
			f.wrong(key.Line+above, fmt.Sprintf("the key %q is there twice", key.Value), "Keep one of them.")
		default:
			if at, what := take(value); what != "" {
				f.wrong(at+above, key.Value+" "+what, "")
			}
		}
		done[key.Value] = true
	}
}

func keyNames(set map[string]setter) string {
	names := make([]string, 0, len(set))
	for k := range set {
		names = append(names, k)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// oneLine is how every text but the words to say is kept.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func line[T ~string](to *T) setter {
	return func(n *yaml.Node) (int, string) {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!binary" {
			return n.Line, "must be a text"
		}
		if n.Tag == "!!null" {
			return 0, ""
		}
		*to = T(oneLine(n.Value))
		return 0, ""
	}
}

func list[T ~string](to *[]T) setter {
	return func(n *yaml.Node) (int, string) {
		if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
			return 0, ""
		}
		if n.Kind != yaml.SequenceNode {
			return n.Line, "must be a list, one \"- text\" a line"
		}
		for _, item := range n.Content {
			var s T
			if _, what := line(&s)(item); what != "" {
				return item.Line, "has an entry that is not a text; put it between quotes"
			}
			if s == "" {
				return item.Line, "has an empty entry"
			}
			*to = append(*to, s)
		}
		return 0, ""
	}
}

func ident(to *assist.ID) setter {
	return func(n *yaml.Node) (int, string) {
		if at, what := line(to)(n); what != "" {
			return at, what
		}
		if *to != "" && !to.Valid() {
			return n.Line, "must be 1 to 64 of a-z, 0-9, '-', '_' and '.'"
		}
		return 0, ""
	}
}

func date(to *assist.Date) setter {
	return func(n *yaml.Node) (int, string) {
		var s string
		if at, what := line(&s)(n); what != "" {
			return at, what
		}
		d, err := assist.ParseDate(s)
		if err != nil {
			var fault *assist.Fault
			errors.As(err, &fault)
			return n.Line, ": " + fault.What + "; write it as 2006-01-02"
		}
		*to = d
		return 0, ""
	}
}

func days(to *int) setter {
	return func(n *yaml.Node) (int, string) {
		v, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || v < 0 {
			return n.Line, "must be a number of days"
		}
		*to = v
		return 0, ""
	}
}

func flag(to *bool) setter {
	return func(n *yaml.Node) (int, string) {
		if n.Kind != yaml.ScalarNode || n.Decode(to) != nil {
			return n.Line, "must be true or false"
		}
		return 0, ""
	}
}

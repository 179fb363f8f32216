package foreign

import (
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// espanso reads the matches of a file of espanso.
func (r *reader) espanso(data []byte) (out []entry) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		line := 0
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			line, _ = strconv.Atoi(m[1])
		}
		r.wrong(line, "", "this is not YAML: "+strings.TrimPrefix(err.Error(), "yaml: "), "Look at the indentation there.")
		return nil
	}
	var list *yaml.Node
	if len(doc.Content) > 0 {
		list = child(doc.Content[0], "matches")
	}
	if list == nil || list.Kind != yaml.SequenceNode {
		r.wrong(max(doc.Line, 1), "", "there is no list of matches in this file", "Name a file from espanso's folder match.")
		return nil
	}
	for _, n := range list.Content {
		if n = resolved(n); n.Kind != yaml.MappingNode {
			r.wrong(n.Line, "", "this match is not a list of fields", `Write "trigger:" and "replace:".`)
			continue
		}
		out = append(out, match(n))
	}
	return out
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// espansoWords are the fields that hold what is written, the first there is counts.
var espansoWords = []string{"replace", "markdown", "html", "form", "image_path"}

// match reads one match. The triggers are what a rep types to get the words.
func match(n *yaml.Node) entry {
	e := entry{line: n.Line}
	add := func(field string, means meaning) bool {
		v := child(n, field)
		if v == nil {
			return false
		}
		e.cells = append(e.cells, cell{column: field, means: means, text: strings.Join(scalars(v), "\n")})
		return true
	}
	add("label", title)
	add("trigger", short)
	add("triggers", short)
	add("regex", short)
	add("search_terms", phrasings)
	for _, field := range espansoWords {
		means := say
		if field == "html" {
			means = rich
		}
		if add(field, means) {
			last := &e.cells[len(e.cells)-1]
			last.text = strings.ReplaceAll(last.text, "$|$", "") // where the cursor goes
			if field == "image_path" && last.text != "" {
				last.text = "[" + last.text + "]"
			}
			break
		}
	}
	return e
}

// child returns the value of a field; nil when there is none.
func child(n *yaml.Node, field string) *yaml.Node {
	if n = resolved(n); n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == field {
			return resolved(n.Content[i+1])
		}
	}
	return nil
}

func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// scalars are the texts of a value or of a list.
func scalars(n *yaml.Node) (out []string) {
	if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return []string{n.Value}
	}
	if n.Kind == yaml.SequenceNode {
		for _, item := range n.Content {
			if item = resolved(item); item.Kind == yaml.ScalarNode {
				out = append(out, item.Value)
			}
		}
	}
	return out
}

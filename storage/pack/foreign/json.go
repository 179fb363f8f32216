package foreign

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

// isJSON reports whether a file is JSON, or means to be.
func isJSON(name string, data []byte) bool {
	if strings.EqualFold(path.Ext(name), ".json") {
		return true
	}
	data = bytes.TrimSpace(bytes.TrimPrefix(data, bom))
	return len(data) > 0 && (data[0] == '{' || data[0] == '[') && json.Valid(data)
}

var bom = []byte("\ufeff")

// shapes are the names under which tools keep their list.
var shapes = map[string]Format{"macros": Zendesk, "cards": Guru, "answers": JSON}

// shapeOf says which tool wrote a file of JSON.
func shapeOf(data []byte) Format {
	var top map[string]json.RawMessage
	if json.Unmarshal(bytes.TrimPrefix(data, bom), &top) == nil {
		for _, name := range slices.Sorted(maps.Keys(shapes)) {
			if _, ok := top[name]; ok {
				return shapes[name]
			}
		}
	}
	return JSON
}

// json reads a list of objects, or an object with such a list.
func (r *reader) json(data []byte) (out []entry) {
	data = bytes.TrimPrefix(data, bom)
	at := func(offset int64) int {
		return 1 + bytes.Count(data[:min(max(offset, 0), int64(len(data)))], []byte("\n"))
	}
	if err := json.Unmarshal(data, new(json.RawMessage)); err != nil {
		line := at(int64(len(data)))
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			line = at(syntax.Offset)
		}
		r.wrong(line, "", "this is not JSON: "+err.Error(), "Export it again.")
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if !toList(dec) {
		r.wrong(at(dec.InputOffset()), "", "there is no list in this file", "Ringside reads a list of objects, or an object with macros, cards or answers.")
		return nil
	}
	for dec.More() {
		var raw json.RawMessage
		if dec.Decode(&raw) != nil {
			break // the whole was looked at before
		}
		line := at(dec.InputOffset() - int64(len(raw)))
		var fields map[string]json.RawMessage
		if json.Unmarshal(raw, &fields) != nil || fields == nil {
			r.wrong(line, "", "this is not an object", `Write {"title": "...", "answer": "..."}.`)
			continue
		}
		out = append(out, r.object(line, fields))
	}
	return out
}

// toList reads up to the list, and reports whether there is one.
func toList(dec *json.Decoder) bool {
	t, err := dec.Token()
	if err != nil || t == json.Delim('[') {
		return err == nil
	}
	for t == json.Delim('{') && dec.More() {
		key, err := dec.Token()
		if err != nil {
			return false
		}
		if name, _ := key.(string); shapes[name] != "" {
			t, err = dec.Token()
			return err == nil && t == json.Delim('[')
		}
		if dec.Decode(new(json.RawMessage)) != nil {
			return false
		}
	}
	return false
}

func (r *reader) object(line int, fields map[string]json.RawMessage) entry {
	e := entry{line: line}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		c, ok := r.meant(key)
		if !ok {
			continue
		}
		if c.text = plain(fields[key]); c.means == actions && fields[key][0] == '[' {
			c.text = string(fields[key])
		}
		e.cells = append(e.cells, c)
	}
	return e
}

// plain is a value as text: a list one item a line, an object by what it is called.
func plain(raw json.RawMessage) string {
	var text string
	var list []json.RawMessage
	var object map[string]json.RawMessage
	switch {
	case string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return text
	case json.Unmarshal(raw, &list) == nil:
		var lines []string
		for _, item := range list {
			lines = append(lines, plain(item))
		}
		return strings.Join(lines, "\n")
	case json.Unmarshal(raw, &object) == nil:
		for _, name := range []string{"name", "title", "value", "email", "user", "userGroup"} {
			if v, ok := object[name]; ok {
				return plain(v)
			}
		}
	}
	return string(raw)
}

// macro is what the actions of a Zendesk macro come to.
type macro struct {
	text, html string
	steps      []string
	internal   bool
}

// act reads the actions of a macro. A comment is what is said; what else it sets is for
// the rep to do.
func act(text string) (m macro, err error) {
	var list []struct {
		Field string          `json:"field"`
		Value json.RawMessage `json:"value"`
	}
	dec := json.NewDecoder(strings.NewReader(text))
	if err := dec.Decode(&list); err != nil {
		return m, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return m, errors.New("more follows behind the list")
	}
	for _, a := range list {
		var parts []string
		if json.Unmarshal(a.Value, &parts) != nil && len(a.Value) > 0 {
			parts = []string{plain(a.Value)}
		}
		if len(parts) == 0 {
			continue
		}
		switch value := parts[len(parts)-1]; a.Field {
		case "comment_value":
			m.text = value // ["channel:all", "Hello"] on some channels
		case "comment_value_html":
			m.html = value
		case "comment_mode_is_public":
			m.internal = value == "false"
		default:
			m.steps = append(m.steps, fmt.Sprintf("Set %s to %s", strings.ReplaceAll(a.Field, "_", " "), strings.Join(parts, ", ")))
		}
	}
	return m, nil
}

package handoff

import (
	"regexp"
	"strings"

	"ringside/assist"
)

// ready are the templates of phones whose words never change, by the phone's name.
var ready = map[string]string{
	"3cx": "/N:{state} /C:{number} /T:{direction} /I:{id} /D:{name}",
}

// hole is a place in a template that the phone fills.
var hole = regexp.MustCompile(`\{[^{}]*\}`)

// template is the form in which a phone tells of a call: "caller={number} ev={state}".
type template []slot

// slot is one word of a template: what stands around its holes, and whose they are.
type slot struct {
	form   *regexp.Regexp
	fields []string
	bare   bool // nothing stands around the hole: any word fits
}

// readTemplate reads a template, or the name of a ready one.
func readTemplate(text string) (template, error) {
	if known, ok := ready[strings.ToLower(text)]; ok {
		text = known
	}
	var t template
	numbered := false
	for _, word := range strings.Fields(strings.ToValidUTF8(text, "")) {
		p, err := readPart(word)
		if err != nil {
			return nil, err
		}
		for _, f := range p.fields {
			numbered = numbered || f == "number"
		}
		t = append(t, p)
	}
	if !numbered {
		return nil, badTemplate("the template " + quote(text) + " has no {number}")
	}
	return t, nil
}

func readPart(word string) (slot, error) {
	var p slot
	form, rest := "(?is)^", 0
	for _, at := range hole.FindAllStringIndex(word, -1) {
		name := word[at[0]+1 : at[1]-1]
		if (&wording{}).field(name) == nil || strings.HasPrefix(name, "/") {
			return p, badTemplate("no template has a place for {" + clean(name) + "}")
		}
		form += regexp.QuoteMeta(word[rest:at[0]]) + "(.*?)"
		p.fields, rest = append(p.fields, name), at[1]
	}
	p.form = regexp.MustCompile(form + regexp.QuoteMeta(word[rest:]) + "$")
	p.bare = len(p.fields) == 1 && "{"+p.fields[0]+"}" == word
	return p, nil
}

func badTemplate(what string) error {
	return &assist.Fault{What: what, Do: "Use {number}, {name}, {state}, {id}, {to} and {direction}, or one of the names: 3cx.",
		Err: assist.ErrInvalid}
}

// read gives every word to the first part that it fits and that no word has filled: to
// one with a form of its own, else to the next bare one. What fits none is passed over.
func (t template) read(words []string, w *wording) {
	filled := make([]bool, len(t))
	for _, word := range words {
		if !t.fill(word, false, filled, w) {
			t.fill(word, true, filled, w)
		}
	}
}

func (t template) fill(word string, bare bool, filled []bool, w *wording) bool {
	for i, p := range t {
		if filled[i] || p.bare != bare {
			continue
		}
		values := p.form.FindStringSubmatch(word)
		if values == nil {
			continue
		}
		filled[i] = true
		for k, name := range p.fields {
			w.set(name, values[k+1])
		}
		return true
	}
	return false
}

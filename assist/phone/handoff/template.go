package handoff

import (
	"strings"

	"ringside/assist"
)

// template takes --as TEMPLATE out of the words, and what the template finds in them. It
// is words with places: "{state} {number}" takes the first word for the state and the
// second for the number, "caller={number}" any word that begins so. What fits nothing
// stays.
func (w *wording) template(args []string) (rest []string, err error) {
	form, args, ok := cutForm(args)
	if !ok {
		return args, nil
	}
	places, err := w.places(form)
	if err != nil {
		return nil, err
	}
	for _, arg := range args {
		if !fill(places, arg) {
			rest = append(rest, arg)
		}
	}
	for _, p := range places {
		w.numbered = w.numbered || p.filled && p.field == &w.number
	}
	return rest, nil
}

func cutForm(args []string) (form string, rest []string, ok bool) {
	for i, arg := range args {
		if form, ok = strings.CutPrefix(arg, "--as="); ok {
			return form, append(append([]string{}, args[:i]...), args[i+1:]...), true
		}
		if arg == "--as" && i+1 < len(args) {
			return args[i+1], append(append([]string{}, args[:i]...), args[i+2:]...), true
		}
	}
	return "", args, false
}

// place is one word of a template.
type place struct {
	before, after string
	field         *string
	filled        bool
}

// places reads a template; those with letters around them come first, for they know
// their words.
func (w *wording) places(form string) (sure []*place, err error) {
	var loose []*place
	for word := range strings.FieldsSeq(form) {
		before, rest, open := strings.Cut(word, "{")
		name, after, closed := strings.Cut(rest, "}")
		field := w.field(strings.ToLower(name))
		if !open || !closed || field == nil {
			return nil, &assist.Fault{What: quote(word) + " is no place for a part of a call",
				Do: "Use {number}, {name}, {state}, {id}, {to} and {direction}, as in --as \"{state} caller={number}\".", Err: assist.ErrInvalid}
		}
		p := &place{before: before, after: after, field: field}
		if before+after == "" {
			loose = append(loose, p)
		} else {
			sure = append(sure, p)
		}
	}
	return append(sure, loose...), nil
}

// fill puts a word into the first place that it fits.
func fill(places []*place, arg string) bool {
	for _, p := range places {
		value, ok := strings.CutPrefix(arg, p.before)
		if value, ok2 := strings.CutSuffix(value, p.after); ok && ok2 && !p.filled {
			*p.field, p.filled = value, true
			return true
		}
	}
	return false
}

package live

import (
	"errors"
	"slices"
	"strings"

	"ringside/assist"
)

// troubles are the sentences about what does not work now, each cleared when it
// works again.
type troubles struct{ save, look, drafts, refused string }

// worst is the sentence that the rep must read first.
func (d *Desk) worst() string {
	t := d.trouble
	if !slices.ContainsFunc(d.talks, func(t *talk) bool { return t.failed }) {
		t.look = "" // whoever it was about is gone
	}
	for _, s := range []string{t.save, t.refused, t.look, t.drafts} {
		if s != "" {
			return s
		}
	}
	return ""
}

// refusal says why something cannot be kept as it is: the rule that it breaks, and
// not the name of the record.
func refusal(what string, err error) string {
	rule := "it breaks a rule"
	var f *assist.Fault
	if errors.As(err, &f) {
		rule = f.What
		if _, after, ok := strings.Cut(f.What, ": "); ok {
			rule = after
		}
	}
	return what + " cannot be kept as it is: " + rule + ". It stays here; change it."
}

// sentence says what happened to what, and why, in words for people.
func sentence(what string, err error) string {
	why := "the store did not do it"
	var f *assist.Fault
	if errors.As(err, &f) && f.What != "" {
		why = f.Error()
	}
	if last := why[len(why)-1]; last != '.' && last != '!' && last != '?' {
		why += "."
	}
	return what + ": " + why
}

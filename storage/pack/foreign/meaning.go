package foreign

import (
	"strings"
	"unicode"
)

// meaning is what a column, or a field, is about.
type meaning string

const (
	title      meaning = "title"
	short      meaning = "abbreviation" // what is typed to get the words
	say        meaning = "answer"
	rich       meaning = "answer in HTML"
	actions    meaning = "actions" // of a Zendesk macro
	department meaning = "department"
	phrasings  meaning = "phrasings"
	steps      meaning = "steps"
	products   meaning = "products"
	web        meaning = "web"
	owner      meaning = "owner"
	language   meaning = "language"
	verified   meaning = "verified"
	internal   meaning = "internal"
)

// names are how columns are called, folded, the surest first.
var names = map[meaning]string{
	title:      "title label cardtitle preferredphrase question name subject",
	short:      "abbreviation shortcut trigger snippet",
	say:        "answer say reply content text body words replace commentvalue plaintext",
	rich:       "commentvaluehtml html contenthtml bodyhtml",
	actions:    "actions",
	department: "department category team collection board boards folder folders group",
	phrasings:  "phrasings alsoasked keywords searchterms",
	steps:      "steps",
	products:   "products product tags",
	web:        "web url link cardurl",
	owner:      "owner verifier verifiers",
	language:   "language locale",
	verified:   "verified lastverified lastverifieddate",
	internal:   "internal",
}

// named is the meaning and the rank of each folded name.
var named = func() map[string]cell {
	m := map[string]cell{}
	for means, list := range names {
		for rank, name := range strings.Fields(list) {
			m[name] = cell{means: means, rank: rank}
		}
	}
	return m
}()

// meant says what a column is about; a name that says nothing gives false. A Zendesk
// description tells what a macro is for, which is how somebody looks for it.
func (r *reader) meant(column string) (cell, bool) {
	name := folded(column)
	c, ok := named[name]
	if !ok && r.from == Zendesk && name == "description" {
		c, ok = cell{means: phrasings}, true
	}
	c.column = strings.TrimSpace(column)
	return c, ok
}

// folded leaves the letters and digits of a name: "Also asked" and also_asked are one.
func folded(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, name)
}

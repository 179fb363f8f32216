package pack

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"ringside/assist"
	"ringside/assist/search/text"
)

// tactFile is the page with the rules of tact, in the folder of its language:
//
//	# Tact
//
//	Whatever stands before the first rule is for people.
//
//	## Upset
//
//	No questions now: they are upset.
//
//	- when: upset
//	- words: furious, fed up, disgrace*
//	- unless: not furious
//	- settled by: calmed down
//	- days: 7
//	- quiet: questions, offers
//	- try: “I am furious” yes
//	- try: “She was not furious” no
//
// A key's value goes on in indented lines. The id is made from the title where the key
// id says no other.
const tactFile = "tact.md"

// isTact reports whether the file is a page of rules and not an answer of that name.
func isTact(name string) bool {
	dir := path.Dir(name)
	return path.Base(name) == tactFile && (dir == "." || languageFolder.MatchString(dir))
}

// Rules reads a page of rules of tact in the order of the page; name is how faults call
// it. When anything is wrong it returns no rule and every fault, joined, each with
// line, reason and what to do; errors.Is finds assist.ErrInvalid. A page without rules
// is wrong.
func Rules(name string, page []byte) ([]assist.Tact, error) {
	f := &file{name: name}
	if len(page) > maxFile {
		f.wrong(1, "the page is larger than a megabyte", "Nobody reads so many rules: take some out.")
		return nil, errors.Join(f.faults...)
	}
	rules := f.tact(page)
	if len(f.faults) > 0 {
		return nil, errors.Join(f.faults...)
	}
	return rules, nil
}

// section is one rule of a page while it is read.
type section struct {
	assist.Tact
	line  int             // of its title
	set   map[string]bool // its keys
	said  bool            // the sentence is over
	value *string         // of the last key, while it may go on
	pairs []pair
}

// pair is a key and its value as they stand on the page.
type pair struct {
	line       int
	key, value string
}

var rulePair = regexp.MustCompile(`^([A-Za-z][A-Za-z ]*?)\s*:\s*(.*)$`)

// tact reads the rules of a page.
func (f *file) tact(page []byte) []assist.Tact {
	var sections []*section
	for i, l := range splitLines(page) {
		title, isRule := strings.CutPrefix(l, "## ")
		switch {
		case isRule:
			s := &section{line: i + 1, set: map[string]bool{}}
			s.Title = oneLine(title)
			sections = append(sections, s)
		case len(sections) > 0:
			f.ruleLine(sections[len(sections)-1], i+1, l)
		case rulePart(l):
			f.wrong(i+1, "this stands before the first rule", "Begin a rule with a line of \"## \" and its title.")
		}
	}
	if len(sections) == 0 {
		f.wrong(1, "the page holds no rule", "Begin a rule with a line of \"## \" and its title.")
	}
	titles, ids := map[string]int{}, map[assist.ID]int{}
	out := make([]assist.Tact, 0, len(sections))
	for i, s := range sections {
		before := len(f.faults)
		s.Order = i + 1
		for _, p := range s.pairs {
			f.ruleValue(s, p)
		}
		f.ruleName(s, titles, ids)
		f.ruleWhole(s)
		if err := s.Validate(); err != nil && len(f.faults) == before {
			f.wrong(s.line, faultOf(err), "")
		}
		out = append(out, s.Tact)
	}
	return out
}

// rulePart reports whether a line can only be meant as part of a rule.
func rulePart(l string) bool {
	m := item.FindStringSubmatch(l)
	if m == nil {
		return strings.HasPrefix(l, "##")
	}
	p := rulePair.FindStringSubmatch(m[1])
	return p != nil && slices.Contains(ruleKeys, oneLine(strings.ToLower(p[1])))
}

// ruleLine takes one line below a rule's title.
func (f *file) ruleLine(s *section, n int, l string) {
	entry := item.FindStringSubmatch(l)
	switch words := oneLine(l); {
	case words == "":
		s.value, s.said = nil, s.Say != ""
	case entry != nil:
		s.value, s.said = nil, s.Say != ""
		p := rulePair.FindStringSubmatch(entry[1])
		if p == nil {
			f.wrong(n, "this is no key with a value", "Write \"- key: value\"; the keys are "+strings.Join(ruleKeys, ", ")+".")
			return
		}
		s.pairs = append(s.pairs, pair{n, strings.ToLower(oneLine(p[1])), oneLine(p[2])})
		s.value = &s.pairs[len(s.pairs)-1].value
	case s.value != nil && strings.HasPrefix(l, "  "):
		*s.value = oneLine(*s.value + " " + words)
	case s.value != nil:
		f.wrong(n, "this line belongs to no key", "Indent it by two blanks, or put an empty line before it.")
	case strings.HasPrefix(words, "#"):
		f.wrong(n, "this heading is no rule", "Begin a rule with a line of \"## \" and its title.")
	case s.said:
		f.wrong(n, "the rule has a second sentence for the rep", "Keep one of them, in one paragraph.")
	default:
		s.Say = oneLine(s.Say + " " + strings.TrimPrefix(words, ">")) // a quote, to some
	}
}

var ruleKeys = []string{"id", "when", "words", "unless", "settled by", "days", "most", "quiet", "try"}

// ruleValue takes the value of one key.
func (f *file) ruleValue(s *section, p pair) {
	if s.set[p.key] && p.key != "try" {
		f.wrong(p.line, fmt.Sprintf("the key %q is there twice", p.key), "Keep one of them.")
		return
	}
	s.set[p.key] = true
	switch p.key {
	case "id":
		if s.ID = assist.ID(p.value); !s.ID.Valid() {
			f.wrong(p.line, fmt.Sprintf("%q is no id", p.value), "Write 1 to 64 of a-z, 0-9, '-', '_' and '.'.")
		}
	case "when":
		if s.When = assist.Cause(strings.ToLower(p.value)); !slices.Contains(assist.Causes(), s.When) {
			f.wrong(p.line, fmt.Sprintf("%q is none of the causes", p.value), "Take one of "+join(assist.Causes())+".")
		}
	case "words":
		s.Words = f.ruleList(p)
	case "unless":
		s.Unless = f.ruleList(p)
	case "settled by":
		s.Settled = f.ruleList(p)
	case "days":
		s.Days = f.ruleNumber(p)
	case "most":
		s.Most = f.ruleNumber(p)
	case "quiet":
		s.Quiet = f.ruleParts(p)
	case "try":
		f.ruleTrial(s, p)
	default:
		f.wrong(p.line, fmt.Sprintf("the key %q is not known", p.key), "Take one of "+strings.Join(ruleKeys, ", ")+".")
	}
}

func (f *file) ruleList(p pair) (out []string) {
	for _, s := range strings.Split(p.value, ",") {
		if s = strings.TrimSpace(s); s == "" {
			f.wrong(p.line, p.key+" has an empty entry", "Part the entries with one comma each.")
			return nil
		}
		out = append(out, s)
	}
	return out
}

func (f *file) ruleParts(p pair) (out []assist.Part) {
	for _, s := range f.ruleList(p) {
		part := assist.Part(strings.ToLower(s))
		if !slices.Contains(assist.Parts(), part) {
			f.wrong(p.line, fmt.Sprintf("%q is nothing that can be left out of a call", part), "Take one or more of "+join(assist.Parts())+".")
		}
		out = append(out, part)
	}
	return out
}

func (f *file) ruleNumber(p pair) int {
	n, err := strconv.Atoi(p.value)
	if err != nil || n < 0 {
		f.wrong(p.line, fmt.Sprintf("%s: %q is no number", p.key, p.value), "Write digits alone, such as 30.")
		return 0
	}
	return n
}

var trial = regexp.MustCompile(`^[“"](.*)[”"]\s+(yes|no)$`)

func (f *file) ruleTrial(s *section, p pair) {
	m := trial.FindStringSubmatch(p.value)
	if m == nil || strings.TrimSpace(m[1]) == "" {
		f.wrong(p.line, "the trial does not say words and whether the rule holds",
			"Write the words in quotation marks, then yes or no: try: “I am furious” yes.")
		return
	}
	s.Try = append(s.Try, assist.Trial{Words: strings.TrimSpace(m[1]), Holds: m[2] == "yes"})
}

// ruleName gives the rule its id and sees to it that it is the only one of its name.
func (f *file) ruleName(s *section, titles map[string]int, ids map[assist.ID]int) {
	switch {
	case s.Title == "":
		f.wrong(s.line, "the rule has no title", "Write one behind the \"##\".")
		return
	case !s.set["id"]:
		if s.ID = slug(s.Title); s.ID == "" {
			f.wrong(s.line, "no id can be made of this title", "Add a line \"- id: \" with 1 to 64 of a-z, 0-9 and '-'.")
			return
		}
	}
	if first, twice := titles[text.Fold(s.Title)]; twice {
		f.wrong(s.line, fmt.Sprintf("there is a rule %q in line %d already", s.Title, first), "Give one of them another title, or put them together.")
	} else if first, twice := ids[s.ID]; twice {
		f.wrong(s.line, fmt.Sprintf("the id %q belongs to the rule in line %d already", s.ID, first), "Give one of them another id or title.")
	}
	titles[text.Fold(s.Title)], ids[s.ID] = s.line, s.line
}

// ruleWhole says what the rule lacks, and what its cause has no use for.
func (f *file) ruleWhole(s *section) {
	lacks := func(key, what, do string) {
		if !s.set[key] {
			f.wrong(s.line, "the rule "+what, do)
		}
	}
	lacks("when", "does not say when it holds", "Add \"- when: \" with one of "+join(assist.Causes())+".")
	lacks("quiet", "leaves nothing out of the call", "Add \"- quiet: \" with one or more of "+join(assist.Parts())+".")
	if s.Say == "" {
		f.wrong(s.line, "the rule has no sentence for the rep", "Write below the title why something is left out.")
	}
	if s.When == assist.WhenWords {
		lacks("words", "has no words to look for", "Add \"- words: \" with some, parted by commas.")
	}
	if s.When == assist.WhenLongCall || s.When == assist.WhenOften {
		lacks("most", "does not say how many are too many", "Add \"- most: \" with the minutes of a call, or the number of calls.")
	}
	if s.When == assist.WhenOften {
		lacks("days", "does not say within how many days", "Add \"- days: \" with a number.")
	}
	if !slices.Contains(assist.Causes(), s.When) || s.When.Hears() {
		return
	}
	for _, p := range s.pairs {
		if slices.Contains([]string{"words", "unless", "settled by", "try"}, p.key) {
			f.wrong(p.line, fmt.Sprintf("a rule for %q looks at no words", s.When),
				"Take the line out, or make it a rule for "+string(assist.WhenWords)+".")
		}
	}
}

// slug makes an id of a title: its letters without accents and its digits, with dashes
// between the words. It is empty when the title has none of a to z and 0 to 9.
func slug(title string) assist.ID {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case unicode.IsLetter(r), r == '\'', r == '’':
			return -1
		}
		return ' '
	}, text.Fold(title))
	id := strings.Join(strings.Fields(safe), "-")
	return assist.ID(strings.TrimRight(id[:min(len(id), 64)], "-"))
}

func join[T ~string](list []T) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(s))
	}
	return b.String()
}

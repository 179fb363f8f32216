package pack

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ringside/assist"
)

// tactFile is the page with the rules of tact, in the folder of its language.
const tactFile = "tact.md"

// isTact reports whether the file is a page of rules and not an answer of that name.
func isTact(name string) bool {
	return name == tactFile || strings.HasSuffix(name, "/"+tactFile) && strings.Count(name, "/") == 1
}

// tactIntroduction is what stands above the rules, for people.
const tactIntroduction = `# Tact

Each rule below takes something out of a call, and the rep is told why. A rule has a title, a list of what it looks at, and
the sentence that the rep reads. Change them as you see fit; in doubt keep silent.

- **when** says what it looks at: %s. Words are looked for in what was just said and noted and, with **days**, in the notes
  of so many days. A star stands for any ending: complain*.
- **unless** are words that make it not so when they stand in the same sentence, **settled by** words of a later note that
  end it. **most** is the minutes of a long call, or the calls within the days.
- **quiet** says what is taken out: questions, thanks, offers.
- **try** is an example, and whether the rule must hold. All of them are tried before a page is taken.
`

// rule is one section of the page while it is read.
type rule struct {
	assist.Tact
	line int
	say  []string
}

// tact reads the page of rules, in its order.
func (f *file) tact(data []byte) []assist.Tact {
	var rules []*rule
	for i, l := range f.joined(data) {
		title, isTitle := strings.CutPrefix(l, "## ")
		switch {
		case isTitle:
			rules = append(rules, &rule{Tact: assist.Tact{Title: oneLine(title), Order: len(rules) + 1}, line: i + 1})
		case len(rules) == 0 || strings.TrimSpace(l) == "": // the introduction
		case item.MatchString(l):
			f.tactKey(rules[len(rules)-1], item.FindStringSubmatch(l)[1], i+1)
		default:
			last := rules[len(rules)-1]
			last.say = append(last.say, oneLine(l))
		}
	}
	var out []assist.Tact
	for _, r := range rules {
		if r.ID == "" {
			r.ID = slug(r.Title)
		}
		r.Say = oneLine(strings.Join(r.say, " "))
		if err := r.Validate(); err != nil {
			f.wrong(r.line, strings.TrimPrefix(faultOf(err), "this tact cannot be kept: "), "Look at the list of the rule “"+r.Title+"” and the sentence below it.")
		}
		out = append(out, r.Tact)
	}
	if len(out) == 0 {
		f.wrong(1, "there is no rule on this page", "A rule begins with its title behind two signs: ## Hard news.")
	}
	return out
}

// joined returns the lines of a text; a line that is indented goes on with the entry of a
// list above it, and leaves an empty line behind.
func (f *file) joined(data []byte) []string {
	text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	lines, entry := strings.Split(text, "\n"), -1
	for i, l := range lines {
		switch {
		case entry >= 0 && strings.HasPrefix(l, "  ") && strings.TrimSpace(l) != "" && !item.MatchString(l):
			lines[entry] += " " + strings.TrimSpace(l)
			lines[i] = ""
		case item.MatchString(l):
			entry = i
		default:
			entry = -1
		}
	}
	return lines
}

var trial = regexp.MustCompile(`^[“"](.+)[”"]\s+(yes|no)$`)

// tactKey takes one entry of a rule's list.
func (f *file) tactKey(r *rule, entry string, at int) {
	key, value, ok := strings.Cut(entry, ":")
	value = oneLine(value)
	if !ok || value == "" {
		f.wrong(at, "this entry says nothing", "Write it as \"key: value\".")
		return
	}
	switch key = strings.ToLower(strings.TrimSpace(key)); key {
	case "id":
		r.ID = assist.ID(value)
	case "when":
		if r.When = assist.Cause(value); !slices.Contains(assist.Causes(), r.When) {
			f.wrong(at, fmt.Sprintf("nothing is looked at when %q", value), "Take one of "+causes()+".")
		}
	case "words":
		r.Words = append(r.Words, parts(value)...)
	case "unless":
		r.Unless = append(r.Unless, parts(value)...)
	case "settled by":
		r.Settled = append(r.Settled, parts(value)...)
	case "days":
		r.Days = f.number(key, value, at)
	case "most":
		r.Most = f.number(key, value, at)
	case "quiet":
		for _, p := range parts(value) {
			r.Quiet = append(r.Quiet, assist.Part(p))
		}
	case "try":
		r.Try = append(r.Try, f.trial(value, at)...)
	default:
		f.wrong(at, fmt.Sprintf("the key %q is not known", key), "Take one of id, when, words, unless, settled by, days, most, quiet, try.")
	}
}

func (f *file) number(key, value string, at int) int {
	n, err := strconv.Atoi(value)
	if err != nil || n <= 0 {
		f.wrong(at, fmt.Sprintf("%s must be a whole number above 0, not %q", key, value), "")
	}
	return n
}

func (f *file) trial(value string, at int) []assist.Trial {
	m := trial.FindStringSubmatch(value)
	if m == nil {
		f.wrong(at, "this trial cannot be read", "Write the words in quotation marks, then yes or no: “Her husband died.” yes")
		return nil
	}
	return []assist.Trial{{Words: m[1], Holds: m[2] == "yes"}}
}

func causes() string {
	names := make([]string, 0, len(assist.Causes()))
	for _, c := range assist.Causes() {
		names = append(names, string(c))
	}
	return strings.Join(names, ", ")
}

// parts returns what stands between commas.
func parts(value string) []string { return tidyList(strings.Split(value, ",")) }

var notInSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug makes an id of a title.
func slug(title string) assist.ID {
	s := strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(title), "-"), "-")
	return assist.ID(s[:min(len(s), 64)])
}

// Page returns the page with these rules, in their order; a rule that cannot be written
// so that it reads the same is a Fault.
func Page(rules []assist.Tact) ([]byte, error) {
	data, same := tactPage(rules)
	if !same {
		return nil, &assist.Fault{What: "these rules cannot be written as a page", Where: tactFile, Do: "Look for a comma within a word, or a quotation mark in a trial.",
			Err: assist.ErrInvalid}
	}
	return data, nil
}

// ReadPage reads one page of rules, whatever its name. All faults are joined, each with
// file and line.
func ReadPage(fsys fs.FS, name string) ([]assist.Tact, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read the rules: %w", err)
	}
	r := reader{seen: map[string]string{}}
	f := &file{name: name}
	rules := f.tact(data)
	for _, t := range rules {
		r.fits(f, t)
	}
	if len(f.faults) > 0 {
		return nil, errors.Join(f.faults...)
	}
	return rules, nil
}

// tactPage writes the page of rules, and whether it is read back as the same rules.
func tactPage(rules []assist.Tact) (data []byte, same bool) {
	rules = slices.Clone(rules)
	slices.SortStableFunc(rules, func(a, b assist.Tact) int { return a.Order - b.Order })
	var b strings.Builder
	fmt.Fprintf(&b, tactIntroduction, causes())
	for i := range rules {
		rules[i].Order = i + 1
		writeRule(&b, rules[i])
	}
	f := file{name: tactFile}
	back := f.tact([]byte(b.String()))
	return []byte(b.String()), len(f.faults) == 0 && slices.EqualFunc(back, rules, sameRule)
}

func writeRule(b *strings.Builder, r assist.Tact) {
	entry := func(key, value string) {
		if value != "" && value != "0" {
			b.WriteString("- " + key + ": " + value + "\n")
		}
	}
	b.WriteString("\n## " + oneLine(r.Title) + "\n\n")
	if r.ID != slug(oneLine(r.Title)) {
		entry("id", string(r.ID))
	}
	entry("when", string(r.When))
	entry("words", strings.Join(r.Words, ", "))
	entry("unless", strings.Join(r.Unless, ", "))
	entry("settled by", strings.Join(r.Settled, ", "))
	entry("days", strconv.Itoa(r.Days))
	entry("most", strconv.Itoa(r.Most))
	quiet := make([]string, len(r.Quiet))
	for i, p := range r.Quiet {
		quiet[i] = string(p)
	}
	entry("quiet", strings.Join(quiet, ", "))
	for _, t := range r.Try {
		entry("try", "“"+oneLine(t.Words)+"” "+map[bool]string{true: "yes", false: "no"}[t.Holds])
	}
	b.WriteString("\n" + oneLine(r.Say) + "\n")
}

func sameRule(a, b assist.Tact) bool {
	return a.ID == b.ID && a.Title == b.Title && a.When == b.When && a.Days == b.Days && a.Most == b.Most && a.Say == b.Say && a.Order == b.Order &&
		slices.Equal(a.Words, b.Words) && slices.Equal(a.Unless, b.Unless) && slices.Equal(a.Settled, b.Settled) &&
		slices.Equal(a.Quiet, b.Quiet) && slices.Equal(a.Try, b.Try)
}

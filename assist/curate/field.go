package curate

import (
	"slices"
	"strconv"
	"strings"

	"ringside/assist"
)

// field is one field of an answer: how two of it differ, and how two changes of it
// become one.
type field struct {
	diff  func(before, after *assist.Answer) []Edit
	merge func(m *merging)
}

// fields are all but the id, in the order in which people read them. Steps come before
// files, which belong to them.
var fields = []field{
	one("title", func(a *assist.Answer) *string { return &a.Title }, asIs),
	one("department", func(a *assist.Answer) *string { return &a.Department }, asIs),
	many("also for", func(a *assist.Answer) *[]string { return &a.Also }, asIs),
	{diff: diffSay, merge: mergeSay},
	{diff: diffSteps, merge: mergeSteps},
	many("file", func(a *assist.Answer) *[]assist.File { return &a.Files }, fileWords),
	many("phrasing", func(a *assist.Answer) *[]string { return &a.Phrasings }, asIs),
	many("product", func(a *assist.Answer) *[]string { return &a.Products }, asIs),
	one("language", func(a *assist.Answer) *string { return &a.Language }, asIs),
	one("internal", func(a *assist.Answer) *bool { return &a.Internal }, yesNo),
	one("draft", func(a *assist.Answer) *bool { return &a.Draft }, yesNo),
	one("web page", func(a *assist.Answer) *string { return &a.Web }, asIs),
	one("owner", func(a *assist.Answer) *assist.ID { return &a.Owner }, idWords),
	one("deputy", func(a *assist.Answer) *assist.ID { return &a.Deputy }, idWords),
	many("owner in turn", func(a *assist.Answer) *[]assist.ID { return &a.Rota }, idWords),
	one("verify every", func(a *assist.Answer) *int { return &a.VerifyEvery }, dayWords),
	{diff: verified.diff, merge: mergeVerified},
	one("switched off", func(a *assist.Answer) *bool { return &a.Off }, yesNo),
	one("said now by", func(a *assist.Answer) *assist.ID { return &a.Into }, idWords),
}

var verified = one("verified", func(a *assist.Answer) *assist.Date { return &a.Verified }, assist.Date.String)

// one is a field with a single value.
func one[T comparable](name string, at func(*assist.Answer) *T, words func(T) string) field {
	return field{
		diff: func(before, after *assist.Answer) []Edit {
			if *at(before) == *at(after) {
				return nil
			}
			return []Edit{{name, words(*at(before)), words(*at(after))}}
		},
		merge: func(m *merging) {
			base, ours, theirs := *at(&m.base), *at(&m.ours), *at(&m.theirs)
			switch {
			case ours == base:
				*at(&m.out) = theirs
			case theirs != base && theirs != ours:
				m.conflicts = append(m.conflicts, Conflict{name, words(ours), words(theirs)})
			}
		},
	}
}

// many is a field whose values are a set in an order.
func many[T comparable](name string, at func(*assist.Answer) *[]T, words func(T) string) field {
	return field{
		diff: func(before, after *assist.Answer) (out []Edit) {
			for _, h := range hunks(*at(before), *at(after)) {
				for _, v := range h.before {
					out = append(out, Edit{name, words(v), ""})
				}
				for _, v := range h.after {
					out = append(out, Edit{name, "", words(v)})
				}
			}
			return out
		},
		merge: func(m *merging) { *at(&m.out) = mergeSet(*at(&m.base), *at(&m.ours), *at(&m.theirs)) },
	}
}

func asIs(s string) string { return s }

func idWords(id assist.ID) string { return string(id) }

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func dayWords(days int) string {
	switch days {
	case 0:
		return "never"
	case 1:
		return "1 day"
	}
	return strconv.Itoa(days) + " days"
}

func fileWords(f assist.File) string {
	if f.Step == 0 {
		return f.Name
	}
	return f.Name + ", step " + strconv.Itoa(f.Step)
}

func diffSay(before, after *assist.Answer) (out []Edit) {
	if before.Say == after.Say {
		return nil
	}
	for _, h := range hunks(strings.Split(before.Say, "\n"), strings.Split(after.Say, "\n")) {
		out = append(out, Edit{"words to say", strings.Join(h.before, "\n"), strings.Join(h.after, "\n")})
	}
	return out
}

// diffSteps tells a step that stands where another stood as one change.
func diffSteps(before, after *assist.Answer) (out []Edit) {
	at := func(steps []string, i int) string {
		if i < len(steps) {
			return steps[i]
		}
		return ""
	}
	for _, h := range hunks(before.Steps, after.Steps) {
		for i := range max(len(h.before), len(h.after)) {
			out = append(out, Edit{"step", at(h.before, i), at(h.after, i)})
		}
	}
	return out
}

func mergeSay(m *merging) {
	lines := func(a assist.Answer) []string { return strings.Split(a.Say, "\n") }
	w := weave(lines(m.base), lines(m.ours), lines(m.theirs))
	m.out.Say = strings.Join(w.lines, "\n")
	m.tell("words to say", w)
}

// mergeSteps also takes the files of all three along with their steps.
func mergeSteps(m *merging) {
	w := weave(m.base.Steps, m.ours.Steps, m.theirs.Steps)
	m.out.Steps = w.lines
	m.tell("step", w)
	for side, a := range []*assist.Answer{&m.base, &m.ours, &m.theirs} {
		a.Files = slices.Clone(a.Files)
		for i, f := range a.Files {
			if f.Step > 0 && f.Step <= len(w.at[side]) {
				a.Files[i].Step = w.at[side][f.Step-1] + 1
			}
		}
	}
}

// mergeVerified takes the later of two days: who verified on different days does not
// disagree.
func mergeVerified(m *merging) {
	ours, theirs := m.ours.Verified, m.theirs.Verified
	if ours != m.base.Verified && theirs != m.base.Verified {
		if theirs.Time().After(ours.Time()) {
			m.out.Verified = theirs
		}
		return
	}
	verified.merge(m)
}

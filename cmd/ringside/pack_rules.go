package main

import (
	"slices"
	"strings"

	"ringside/assist"
)

// The page of rules of tact comes back as a whole: which rules it has, and in which order.

// orderKey is under which a folder remembers the order of its rules.
const orderKey = "order of tact"

func orderOf(page []assist.Tact) string {
	var ids []string
	for _, r := range page {
		ids = append(ids, string(r.ID))
	}
	return strings.Join(ids, " ")
}

// layRules puts what is taken of a page among the rules in force. The order is that of the
// page when it was changed there.
func (in *incoming) layRules(ours, page []assist.Tact, base exported) {
	if len(page) == 0 {
		return
	}
	rules := in.among(ours, page, base)
	if base == nil || base[orderKey] != orderOf(page) {
		place := func(r assist.Tact) int {
			if i := on(page, r.ID); i >= 0 {
				return i
			}
			return len(page)
		}
		slices.SortStableFunc(rules, func(a, b assist.Tact) int { return place(a) - place(b) })
	}
	if in.agreed != nil {
		in.agreed[orderKey] = orderOf(page)
	}
	if len(in.rules) == 0 && orderOf(rules) == orderOf(ours) {
		return
	}
	for i, r := range rules {
		r.Order = i + 1
		in.Records = append(in.Records, r) // what is as it was is not written again
	}
}

// among returns the rules that are in force from now on. Those that the page does not have any
// more are switched off, unless they were made or changed here since.
func (in *incoming) among(ours, page []assist.Tact, base exported) (rules []assist.Tact) {
	for _, r := range ours {
		taken, ok := in.rules[r.ID]
		switch {
		case ok:
			rules = append(rules, taken)
		case on(page, r.ID) >= 0, base != nil && base[packKey(r)] != fingerprint(r):
			rules = append(rules, r)
		default:
			r.Off = true
			in.Off, in.Records = append(in.Off, r.Title), append(in.Records, r)
		}
	}
	for _, r := range page {
		if taken, ok := in.rules[r.ID]; ok && on(ours, r.ID) < 0 {
			rules = append(rules, taken)
		}
	}
	return rules
}

// on is where a rule stands on a page; -1 when it does not.
func on(page []assist.Tact, id assist.ID) int {
	return slices.IndexFunc(page, func(r assist.Tact) bool { return r.ID == id })
}

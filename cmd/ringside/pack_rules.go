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

// layRules puts what is taken of a page among the rules in force. Rules that the page does not
// have any more are switched off, unless they were made or changed here since; the order is
// that of the page when it was changed there.
func (in *incoming) layRules(ours, page []assist.Tact, base exported) {
	if len(page) == 0 {
		return
	}
	at := map[assist.ID]int{}
	for i, r := range page {
		at[r.ID] = i
	}
	var rules []assist.Tact
	known := map[assist.ID]bool{}
	for _, r := range ours {
		known[r.ID] = true
		_, there := at[r.ID]
		taken, ok := in.rules[r.ID]
		switch {
		case ok:
			rules = append(rules, taken)
		case there || base != nil && base[packKey(r)] != fingerprint(r):
			rules = append(rules, r)
		default:
			r.Off = true
			in.Off, in.Records = append(in.Off, r.Title), append(in.Records, r)
		}
	}
	for _, r := range page {
		if taken, ok := in.rules[r.ID]; ok && !known[r.ID] {
			rules = append(rules, taken)
		}
	}
	if base == nil || base[orderKey] != orderOf(page) {
		place := func(r assist.Tact) int {
			if i, ok := at[r.ID]; ok {
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

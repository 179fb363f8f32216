package search

import (
	"slices"
	"testing"

	"ringside/assist"
)

func TestAReasonQuotesOnlyWhatTheIndexHasRead(t *testing.T) {
	ix := Build([]assist.Answer{
		{ID: "a", Title: "refund"},
		{ID: "b", Title: "gizmo", Phrasings: append(slices.Repeat([]string{"my gizmo"}, mostPhrasings), "refundable")},
	})
	for _, h := range find(t, ix, Query{Text: "gizmx refundx ", All: true}).Hits {
		if h.Answer.ID == "b" && h.Why != "spelt like 'gizmo'" {
			t.Errorf("it is there because it is %s, but its last phrasing was not read", h.Why)
		}
	}
}

package main

import (
	"slices"
	"testing"
	"time"

	"ringside/assist"
)

func TestLibraryRemarksNameWhatATrainerMayMend(t *testing.T) {
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	fresh := assist.Date{Year: 2026, Month: 11, Day: 1}
	got := libraryRemarks([]assist.Answer{
		{ID: "a", Owner: "tom", Verified: fresh, VerifyEvery: 90, Phrasings: []string{"Charged  twice"}},
		{ID: "b", Owner: "gone", Verified: fresh, Phrasings: []string{"charged twice", "charged twice"}},
		{ID: "c", Verified: assist.Date{Year: 2020}, VerifyEvery: 30},
	}, []assist.Rep{{ID: "tom", Name: "Tom"}}, now)
	want := []string{"1 answer to be verified again: c", "1 answer with an owner who is not on the team: b",
		`"charged twice" leads to a and to b`}
	if !slices.Equal(got, want) {
		t.Errorf("remarks %q, want %q", got, want)
	}
	if got := libraryRemarks(nil, nil, now); len(got) != 0 {
		t.Errorf("an empty library has remarks: %q", got)
	}
}

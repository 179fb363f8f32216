package storage

import (
	"testing"

	"ringside/assist"
)

// Two desks have the library that is shipped; one of them has made something of it. When
// the other joins, later, the shipped words do not come back.
func TestWhoJoinsDoesNotBringTheShippedLibraryBack(t *testing.T) {
	ctx := t.Context()
	founder, late := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	shipped := assist.Answer{ID: "refund", Title: "Refund", Department: "billing", Say: "As shipped."}
	save(t, founder, shipped)
	ours := shipped
	ours.Say = "As our trainers say it."
	save(t, founder, ours)
	save(t, late, shipped, mary())
	if err := late.StepBack(ctx, assist.TypeAnswer); err != nil {
		t.Fatal(err)
	}
	mine, _ := outgoing(t, late, Mark{}, true)
	theirs, _ := outgoing(t, founder, Mark{}, true)
	takeIn(t, founder, mine)
	takeIn(t, late, theirs)
	sameDigest(t, founder, late)
	for _, db := range []*DB{founder, late} {
		a, err := Find[assist.Answer](ctx, db, "refund")
		if err != nil || a.Say != ours.Say {
			t.Errorf("the answer says %q, %v", a.Say, err)
		}
		if _, err := Find[assist.Customer](ctx, db, mary().ID); err != nil {
			t.Errorf("the customer: %v", err)
		}
	}
	before, _, err := late.Digest(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := late.StepBack(ctx, assist.TypeAnswer); err != nil {
		t.Fatal(err)
	}
	if after, _, _ := late.Digest(ctx); after != before {
		t.Error("stepping back twice changes something")
	}
}

// A desk leaves its team and joins another: what it wrote in between steps back too, and
// behind what did before.
func TestWhatStepsBackLaterIsLater(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	answer := assist.Answer{ID: "refund", Title: "Refund", Department: "billing", Say: "First."}
	for _, say := range []string{"First.", "Second."} {
		answer.Say = say
		save(t, a, answer)
		if err := a.StepBack(t.Context(), assist.TypeAnswer); err != nil {
			t.Fatal(err)
		}
		mustCheck(t, a)
	}
	bodies, _ := outgoing(t, a, Mark{}, false)
	takeIn(t, b, bodies)
	sameDigest(t, a, b)
	if got, err := Find[assist.Answer](t.Context(), b, "refund"); err != nil || got.Say != "Second." {
		t.Errorf("%q, %v", got.Say, err)
	}
}

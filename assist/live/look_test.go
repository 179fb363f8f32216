package live

import (
	"context"
	"testing"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
)

// marking is a store that marks what it finds by number.
type marking struct {
	*memory
	mark func(*glance.Match)
}

func (m marking) FindByNumber(ctx context.Context, n phone.Number) ([]glance.Match, error) {
	found, err := m.memory.FindByNumber(ctx, n)
	for i := range found {
		m.mark(&found[i])
	}
	return found, err
}

func TestCallerIsKnownOnlyBeyondDoubt(t *testing.T) {
	for name, c := range map[string]struct {
		from string
		mark func(*glance.Match)
		who  Who
		tail bool
		card assist.ID
	}{
		"the number is theirs alone":       {marysNumber, func(*glance.Match) {}, Known, false, "mary"},
		"only the last digits fit":         {marysNumber, func(m *glance.Match) { m.Tail = true }, Several, true, ""},
		"one of two has the extension":     {reedsNumber, func(m *glance.Match) { m.Exact = m.Customer.ID == "paul" }, Known, false, "paul"},
		"both have the extension":          {reedsNumber, func(m *glance.Match) { m.Exact = true }, Several, false, ""},
		"one fits, of one the last digits": {reedsNumber, func(m *glance.Match) { m.Tail = m.Customer.ID == "paul" }, Known, false, "jane"},
		"the last digits of two fit, too":  {reedsNumber, func(m *glance.Match) { m.Tail = true }, Several, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			store := newMemory(mary, paul, jane)
			synctestStory(t, store, func(t *testing.T, r *rig) {
				r.desk.cfg.Store = marking{store, c.mark} // nothing has used it yet
				v := r.ring("1", c.from, phone.Ringing)
				if v.Who != c.who || (v.Card != nil) != (c.card != "") || v.Card != nil && v.Card.Customer.ID != c.card {
					t.Fatalf("view is %s", text(t, v))
				}
				for _, choice := range v.Choices {
					if choice.Tail != c.tail {
						t.Errorf("%+v", choice)
					}
				}
			})
		})
	}
}

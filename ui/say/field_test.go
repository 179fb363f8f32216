package say

import (
	"testing"

	"ringside/assist"
)

func TestFieldsAreCalledAsInTheForms(t *testing.T) {
	for _, c := range []struct {
		of         assist.Type
		name, want string
	}{
		{assist.TypeCustomer, "call_me", "To be called"},
		{assist.TypeCustomer, "since", "Customer since"},
		{assist.TypeAnswer, "say", "Words to say"},
		{assist.TypeAnswer, "phrasings", "Customers ask"},
		{assist.TypeNote, "text", "Words"},
		{assist.TypePromise, "due", "Due"},
		{"of a newer version", "never_heard_of", "Never heard of"},
	} {
		if got := Field(c.of, c.name); got != c.want {
			t.Errorf("%s of %s is called %q, want %q", c.name, c.of, got, c.want)
		}
	}
}

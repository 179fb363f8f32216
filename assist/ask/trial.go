package ask

import (
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

// Failure is an example of a rule that comes out otherwise than its trainer meant.
type Failure struct {
	Rule  assist.ID
	Trial assist.Trial
	Held  bool // what the rule does with the words
}

// Try tries a rule on each of its examples, as if the words had just been said, and
// returns those that come out otherwise. A rule that looks at no words holds on none.
func Try(rule assist.Tact) []Failure {
	t := &Team{}
	t.learn([]assist.Tact{rule})
	var out []Failure
	for _, x := range rule.Try {
		held := rule.When.Hears() && t.listen(glance.Profile{}, Call{Said: []string{x.Words}}, time.Time{})[0].holds
		if held != x.Holds {
			out = append(out, Failure{rule.ID, x, held})
		}
	}
	return out
}

// Check tries every rule of a page.
func Check(rules []assist.Tact) []Failure {
	var out []Failure
	for _, r := range rules {
		out = append(out, Try(r)...)
	}
	return out
}

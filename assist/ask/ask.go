// Package ask decides what is offered to the rep in a call beside the answers: frank
// questions, at most two, and moves, the thanks, sorries and news that are due. Rules of
// tact take both away, with a reason. It never writes a script: whatever it gives is an
// offer that can be put off or refused for good.
//
//	page of rules --New--> Team --Tact--> reasons --+--> Pick   questions
//	prompts, focus, deals                           +--> Moves  what to do now
//
// Everything is decided from values: the same profile, call and day always give the
// same offers, in the same order.
package ask

import (
	"cmp"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/search/text"
)

// Kept is what trainers keep that decides over a call, and what the rep switched off.
type Kept struct {
	Prompts  []assist.Prompt
	Tact     []assist.Tact // none: those of Rules
	Focus    []assist.Focus
	Deals    []assist.Deal
	Subjects []assist.Subject
	MovesOff []string // kinds of move
}

// Team is what trainers keep, made ready for many calls. It never changes, and any
// goroutine may use it.
type Team struct {
	rules   []assist.Tact // in the order of their weight
	words   lexicon       // of the rules
	memory  int           // days that some rule looks back in notes
	prompts []prompt
	byID    map[assist.ID]int // places in prompts
	after   lexicon           // of the prompts, by their place in prompts
	focus   []focus
	deals   []assist.Deal
	uses    map[string]use   // what our products are for, by name
	begun   map[[3]byte]bool // beginnings of the words that uses look for
	off     map[string]bool
}

// Call is what has happened in a call so far. The zero Call is one that nobody has
// answered yet.
type Call struct {
	ID    assist.ID
	Mood  assist.Mood
	Since time.Time // talking since; zero: not yet
	Said  []string  // what was heard and noted in this call, the latest last
	// Taken are prompts that have a place in this call already and of which the profile
	// does not know yet: on the card, or asked and waiting for the reply.
	Taken []assist.ID
}

// is reports whether a call that is kept is the running one.
func (c Call) is(k assist.Call) bool { return c.ID != "" && c.ID == k.ID }

// New makes what trainers keep ready. It copies what it keeps.
func New(k Kept) *Team {
	t := &Team{byID: map[assist.ID]int{}, uses: map[string]use{}, begun: map[[3]byte]bool{}, off: map[string]bool{}}
	t.learn(rulesOf(k.Tact))
	for _, q := range k.Prompts {
		t.takePrompt(q)
	}
	for _, f := range k.Focus {
		t.focus = append(t.focus, focus{f, text.Fold(f.Topic)})
	}
	t.deals = inOrder(k.Deals)
	for _, s := range k.Subjects {
		t.takeUse(s)
	}
	for _, kind := range k.MovesOff {
		t.off[kind] = true
	}
	return t
}

// day says in words on which day something was or will be, seen from now.
func day(at, now time.Time) string {
	at = at.In(now.Location())
	if at.Year() != now.Year() {
		return at.Format("2 January 2006")
	}
	return at.Format("2 January")
}

// firstName returns how to speak of the customer in a sentence; "them" when nothing is
// known.
func firstName(c assist.Customer) string {
	first, _, _ := strings.Cut(line(c.Name), " ")
	return cmp.Or(line(c.CallMe), first, "them")
}

// last returns the last day that a date can be.
func last(d assist.Date) time.Time {
	switch {
	case d.Month == 0:
		return time.Date(d.Year, 12, 31, 0, 0, 0, 0, time.UTC)
	case d.Day == 0:
		return time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return d.Time()
}

// runs reports whether today is one of the days from one to another; a day that is not
// known leaves that end open.
func runs(from, until assist.Date, now time.Time) bool {
	today := assist.DateOf(now).Time()
	return (from.IsZero() || !today.Before(from.Time())) && (until.IsZero() || !today.After(last(until)))
}

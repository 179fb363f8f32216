package curate

import (
	"fmt"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

const (
	turn      = 30                  // days of a turn where nothing says how often to verify
	soon      = 14 * 24 * time.Hour // an answer may be verified so long before it goes stale
	saidOften = 5                   // calls in which an answer was said, at least, for usage to speak for it
)

// OwnerOn returns who answers for an answer at a time: its Owner, or whose turn it is in
// the Rota. A turn lasts VerifyEvery days, 30 when that is 0, and ends that long after
// Verified, so that who has the turn has the whole of it; with each the next one follows.
// It is empty when the answer has neither.
func OwnerOn(a assist.Answer, now time.Time) assist.ID {
	if len(a.Rota) == 0 {
		return a.Owner
	}
	every := a.VerifyEvery
	if every <= 0 {
		every = turn
	}
	var at int // turns since 1970
	today := dayOf(assist.DateOf(now))
	if a.Verified.IsZero() {
		at = today / every
	} else {
		from := dayOf(a.Verified)
		at = from/every + max(today-from, 0)/every
	}
	return a.Rota[max(at, 0)%len(a.Rota)]
}

func dayOf(d assist.Date) int { return int(d.Time().Unix() / (24 * 60 * 60)) }

// Renewal says how an answer fared, for its owner: "said 31 times, flagged 0". ok means
// that this speaks for it: it is stale or will be within two weeks, was said in five calls
// at least, and nobody found it wrong or flagged it. Counts and flags are those since it was
// verified, as far as they are known.
func Renewal(a assist.Answer, c glance.Counts, flags int, now time.Time) (words string, ok bool) {
	switch c.Said {
	case 0:
		words = "never said"
	case 1:
		words = "said once"
	default:
		words = fmt.Sprintf("said %d times", c.Said)
	}
	if c.Wrong > 0 {
		words += fmt.Sprintf(", wrong %d", c.Wrong)
	}
	words += fmt.Sprintf(", flagged %d", flags)
	stands := !a.Draft && !a.Off && a.Stale(now.Add(soon))
	return words, stands && c.Said >= saidOften && c.Wrong == 0 && flags == 0
}

// Act is what somebody wants to do with the library, or with the data as a whole.
type Act string

// The acts.
const (
	Suggest Act = "suggest" // a change, a flag, a phrasing
	Publish Act = "publish" // make a change count, or decline it
	Govern  Act = "govern"  // say who has which role
	Bring   Act = "bring"   // bring in customers, and what was with them in the past
	Keep    Act = "keep"    // look after all of the data: export it, erase somebody, keys, what this machine opens to
)

// May reports whether a rep may do that. Everybody may suggest. While nobody in the team
// is a trainer or an admin, everybody may do everything; while there is no admin, trainers
// govern, so that there can be one, and the data are everybody's to bring and to keep.
func May(rep assist.Rep, team []assist.Rep, act Act) bool {
	trainers, admins := false, false
	for _, r := range team {
		trainers = trainers || r.Role == assist.RoleTrainer
		admins = admins || r.Role == assist.RoleAdmin
	}
	trainer, admin := rep.Role == assist.RoleTrainer, rep.Role == assist.RoleAdmin
	switch {
	case act == Suggest, !trainers && !admins, !admins && (act == Bring || act == Keep):
		return true
	case act == Publish, act == Bring, act == Govern && !admins:
		return trainer || admin
	}
	return (act == Govern || act == Keep) && admin
}

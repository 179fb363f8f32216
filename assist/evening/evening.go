// Package evening says what is left of a day: the five minutes after the last call.
// Promises that wait, customers who are owed thanks or news, questions that nobody could
// answer, sentences that were flagged, drafts and words of colleagues stand in one list.
// Each is done with one act, and then the day is over.
package evening

import (
	"cmp"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/ledger"
)

// Kind is why something is on the list.
type Kind int

// The kinds, in the order in which a day is closed: bad news first.
const (
	Tell     Kind = iota // a customer does not know how a promise or an incident stands
	Promise              // late, or due before the day is over
	Thank                // a customer praised one of us, and nobody has thanked them
	Remark               // a colleague wrote a word to the rep
	Question             // asked of the rep, and nobody could answer it
	Flag                 // a sentence of an answer that the rep looks after may be wrong
	Draft                // an answer that the rep began and did not send
)

// Kinds lists the kinds in their order.
func Kinds() []Kind { return []Kind{Tell, Promise, Thank, Remark, Question, Flag, Draft} }

// Thing is one thing that is left.
type Thing struct {
	Kind Kind
	// Record is what it is about: a Promise, an Affected, a Kudos, a Note, a Gap, a Flag
	// or a Revision.
	Record   assist.Record
	Customer assist.ID // may be empty
	Incident assist.Incident
	Answer   assist.Answer
	At       time.Time // when it came up, or is due
	May      bool      // who sits here may decide about it alone
}

// Key tells a thing apart from all others of the day.
func (t Thing) Key() string {
	of, id := t.Record.Ident()
	return string(of) + " " + string(id)
}

// Day is everything that may be left, as the store has it.
type Day struct {
	Me       assist.ID // whose day it is; empty: of whoever sits here alone
	May      bool      // they may decide about the library without asking
	Promises []assist.Promise
	// Affected are customers of open incidents that Me looks after.
	Incidents []assist.Incident
	Affected  []assist.Affected
	Kudos     []assist.Kudos
	Asked     []assist.Asked // of the customers who praised us
	Notes     []assist.Note  // with a remark for Me
	Gaps      []assist.Gap
	Flags     []assist.Flag
	Answers   map[assist.ID]assist.Answer // those that are flagged
	Owner     func(assist.Answer) assist.ID
	Revisions []assist.Revision
}

// questionsWithin is how long a question is the rep's: over a weekend. Then it waits for the
// trainers alone.
const questionsWithin = 3 * 24 * time.Hour

// thanksWithin is how long praise is worth a thank-you: later it sounds like a campaign.
const thanksWithin = 14 * 24 * time.Hour

// Left returns what is left at now, the kinds in their order, and in each the longest
// overdue first.
func Left(d Day, now time.Time) []Thing {
	var out []Thing
	for _, of := range []func(Day, time.Time) []Thing{promises, affected, thanks, remarks, questions, flags, drafts} {
		out = append(out, of(d, now)...)
	}
	slices.SortStableFunc(out, func(a, b Thing) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), compareTimes(a.At, b.At), cmp.Compare(a.Key(), b.Key()))
	})
	return out
}

// compareTimes puts what has no time last.
func compareTimes(a, b time.Time) int {
	if a.IsZero() != b.IsZero() {
		return cmp.Compare(b.Unix(), a.Unix())
	}
	return a.Compare(b)
}

// mine reports whether something of a rep belongs into the day: all of it where nobody
// has said who sits here.
func (d Day) mine(rep assist.ID) bool { return d.Me == "" || rep == d.Me }

func promises(d Day, now time.Time) (out []Thing) {
	for _, p := range d.Promises {
		waits := p.Open() || !p.Broken.IsZero() && p.Untold(now)
		if !waits || !d.mine(p.Rep) {
			continue
		}
		t := Thing{Kind: Promise, Record: p, Customer: p.Customer, At: p.Due}
		switch ledger.GroupOf(p, now) {
		case ledger.Late, ledger.Today:
			out = append(out, t)
		case ledger.Tell:
			t.Kind = Tell
			out = append(out, t)
		}
	}
	return out
}

func affected(d Day, _ time.Time) (out []Thing) {
	for _, a := range d.Affected {
		i := slices.IndexFunc(d.Incidents, func(i assist.Incident) bool { return i.ID == a.Incident })
		if i >= 0 && d.mine(a.Concierge) && !a.Knows(d.Incidents[i]) {
			out = append(out, Thing{Kind: Tell, Record: a, Customer: a.Customer, Incident: d.Incidents[i], At: d.Incidents[i].News()})
		}
	}
	return out
}

// thanked is the id under which it is remembered that somebody was thanked for praise.
func thanked(k assist.Kudos) assist.ID { return assist.IDFrom("thanked", string(k.ID)) }

func thanks(d Day, now time.Time) (out []Thing) {
	for _, k := range d.Kudos {
		ours := d.mine(k.By) || d.mine(k.Rep)
		done := slices.ContainsFunc(d.Asked, func(a assist.Asked) bool { return a.Prompt == thanked(k) && a.Reply == assist.ReplyDone })
		if k.Customer != "" && ours && !done && now.Sub(k.At) <= thanksWithin {
			out = append(out, Thing{Kind: Thank, Record: k, Customer: k.Customer, At: k.At})
		}
	}
	return out
}

func remarks(d Day, _ time.Time) (out []Thing) {
	for _, n := range d.Notes {
		i := slices.IndexFunc(n.Remarks, d.unseen)
		if i >= 0 {
			out = append(out, Thing{Kind: Remark, Record: n, Customer: n.Customer, At: n.Remarks[i].At})
		}
	}
	return out
}

func (d Day) unseen(r assist.Remark) bool { return r.For != "" && d.mine(r.For) && r.Seen.IsZero() }

func questions(d Day, now time.Time) (out []Thing) {
	for _, g := range d.Gaps {
		if g.Closed.IsZero() && d.mine(g.Rep) && now.Sub(g.At) <= questionsWithin {
			out = append(out, Thing{Kind: Question, Record: g, Customer: g.Customer, At: g.At, May: d.May})
		}
	}
	return out
}

func flags(d Day, _ time.Time) (out []Thing) {
	for _, f := range d.Flags {
		a := d.Answers[f.Answer]
		if f.Closed.IsZero() && !a.Off && d.mine(d.Owner(a)) {
			out = append(out, Thing{Kind: Flag, Record: f, Customer: f.Customer, Answer: a, At: f.At})
		}
	}
	return out
}

func drafts(d Day, _ time.Time) (out []Thing) {
	for _, r := range d.Revisions {
		if r.Stage == assist.StageDraft && d.mine(r.By) {
			out = append(out, Thing{Kind: Draft, Record: r, At: r.At})
		}
	}
	return out
}

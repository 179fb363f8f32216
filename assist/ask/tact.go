package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

// Reason is a rule of tact that holds in this call.
type Reason struct {
	Rule    assist.ID
	Title   string
	When    assist.Cause
	Say     string        // why, a sentence for the rep
	Because string        // what made it hold: the words, the promise, the minutes; may be empty
	Quiet   []assist.Part // what it takes out
}

// Quiet returns why the part is left out of the call, as a sentence for the rep: the
// weightiest reason, with what it comes from. It is empty when nothing speaks against
// the part.
func Quiet(reasons []Reason, part assist.Part) string {
	for _, r := range reasons {
		if !slices.Contains(r.Quiet, part) {
			continue
		}
		if r.Because == "" {
			return r.Say
		}
		return strings.TrimSuffix(r.Say, ".") + " (" + r.Because + ")."
	}
	return ""
}

// Tact returns every rule that holds, in the order of the page, the weightiest first.
// The same values always give the same reasons.
func (t *Team) Tact(p glance.Profile, c Call, now time.Time) []Reason {
	marks := t.listen(p, c, now)
	var out []Reason
	for i, r := range t.rules {
		if because, holds := t.holds(r, marks[i], p, c, now); holds {
			out = append(out, Reason{r.ID, r.Title, r.When, r.Say, because, slices.Clone(r.Quiet)})
		}
	}
	return out
}

// holds reports whether a rule holds, and what makes it.
func (t *Team) holds(r assist.Tact, m mark, p glance.Profile, c Call, now time.Time) (because string, holds bool) {
	switch r.When {
	case assist.WhenDoNotAsk:
		return "", p.Customer.DoNotAsk
	case assist.WhenNoConsent:
		return "", p.Customer.NoConsent
	case assist.WhenMinor:
		return "", p.Customer.Minor
	case assist.WhenLate:
		return firstOf(p.Promises, func(q assist.Promise) bool { return q.Late(now) }, promiseText)
	case assist.WhenBroken:
		return broken(r, p, now)
	case assist.WhenIncident:
		return firstOf(p.Incidents, func(i assist.Incident) bool { return i.Closed.IsZero() },
			func(i assist.Incident) string { return quoted(i.Title, 60) })
	case assist.WhenUpset, assist.WhenHurried, assist.WhenWords:
		return m.because(now), m.holds
	case assist.WhenLongCall:
		minutes := int(now.Sub(c.Since) / time.Minute)
		return fmt.Sprintf("%d minutes", minutes), !c.Since.IsZero() && minutes >= r.Most
	case assist.WhenOften:
		return often(r, p, c, now)
	}
	return "", false
}

// firstOf returns what the first value that fits says.
func firstOf[T any](list []T, fits func(T) bool, say func(T) string) (string, bool) {
	for _, x := range list {
		if fits(x) {
			return say(x), true
		}
	}
	return "", false
}

func promiseText(p assist.Promise) string { return quoted(p.Text, 60) }

// broken reports whether a promise was broken of late, or the customer has yet to hear
// that one was broken or moved. One that is only late is another rule's.
func broken(r assist.Tact, p glance.Profile, now time.Time) (string, bool) {
	if because, ok := firstOf(p.Ended, func(q assist.Promise) bool {
		return !q.Broken.IsZero() && (q.Untold(now) || within(q.Broken, r.Days, now))
	}, promiseText); ok {
		return because, ok
	}
	return firstOf(p.Promises, func(q assist.Promise) bool { return q.Untold(now) && !q.Late(now) }, promiseText)
}

// often counts the calls of the last days, the running one included. A profile holds
// three calls besides, so that no rule can ask for more than four.
func often(r assist.Tact, p glance.Profile, c Call, now time.Time) (string, bool) {
	n := 1
	for _, k := range p.Calls {
		if !c.is(k) && within(k.Started, r.Days, now) {
			n++
		}
	}
	return fmt.Sprintf("call %d in %d days", n, r.Days), n >= r.Most
}

// within reports whether at is not longer ago than the days. What lies ahead, by
// another machine's clock, has just been.
func within(at time.Time, days int, now time.Time) bool {
	return !at.Before(now.AddDate(0, 0, -days))
}

// What a rule's words are for; tags of the lexicon are 3 times the rule, plus this.
const (
	begins = iota
	spares
	settles
	kinds
)

// unsettled is the tag of words that keep what follows them from being settled: "not
// sorted yet", "when it is resolved". Where they stand, silence goes on.
const unsettled = -1

var unsettling = []string{"not", "never", "no", "nothing", "nobody", "none", "cannot", "isnt", "arent", "wasnt", "werent",
	"hasnt", "havent", "hadnt", "dont", "doesnt", "didnt", "cant", "couldnt", "wont", "wouldnt", "still", "yet", "until",
	"till", "unless", "if", "when", "once", "want*", "need*", "should", "must", "hope*"}

// learn compiles the words of the rules.
func (t *Team) learn(rules []assist.Tact) {
	t.rules = slices.Clone(rules)
	slices.SortStableFunc(t.rules, func(a, b assist.Tact) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order),
			cmp.Compare(slices.Index(assist.Causes(), a.When), slices.Index(assist.Causes(), b.When)),
			cmp.Compare(a.ID, b.ID))
	})
	for i, r := range t.rules {
		if !r.When.Hears() {
			continue
		}
		t.words.add(i*kinds+begins, r.Words...)
		t.words.add(i*kinds+spares, r.Unless...)
		t.words.add(i*kinds+settles, r.Settled...)
		t.memory = max(t.memory, r.Days)
	}
	t.words.add(unsettled, unsettling...)
}

// mark is how one rule stands after the texts that were read so far.
type mark struct {
	holds bool
	words string    // empty: the rep's key
	at    time.Time // zero: in this call
}

func (m mark) because(now time.Time) string {
	switch {
	case !m.holds:
		return ""
	case m.words == "" && m.at.IsZero():
		return "you marked it"
	case m.words == "":
		return "marked on " + day(m.at, now)
	case m.at.IsZero():
		return "just said: " + quoted(m.words, 60)
	}
	return "noted on " + day(m.at, now) + ": " + quoted(m.words, 60)
}

// utterance is a text that was noted or heard, or the mood of a call.
type utterance struct {
	at   time.Time // zero: in this call
	text string
	mood assist.Mood
}

// listen reads what was noted and said, from the oldest to the latest, so that what
// settles a matter ends what came before it, and nothing that comes after.
func (t *Team) listen(p glance.Profile, c Call, now time.Time) []mark {
	marks := make([]mark, len(t.rules))
	var found []find
	for _, u := range t.utterances(p, c, now) {
		t.marked(marks, u, now)
		for s := range sentences(u.text) {
			found = t.words.read(s, found[:0])
			t.judge(marks, found, s, u.at, now)
		}
	}
	t.marked(marks, utterance{mood: c.Mood}, now)
	return marks
}

func (t *Team) utterances(p glance.Profile, c Call, now time.Time) []utterance {
	out := make([]utterance, 0, len(p.Notes)+len(p.Heard)+len(p.Calls)+len(c.Said))
	for _, notes := range [][]assist.Note{p.Notes, p.Heard} {
		for _, n := range notes {
			if within(n.At, t.memory, now) {
				out = append(out, utterance{at: n.At, text: n.Text})
			}
		}
	}
	for _, k := range p.Calls {
		if k.Mood != "" && !c.is(k) && within(k.Started, t.memory, now) {
			out = append(out, utterance{at: k.Started, mood: k.Mood})
		}
	}
	slices.SortStableFunc(out, func(a, b utterance) int { return a.at.Compare(b.at) })
	for _, s := range c.Said {
		out = append(out, utterance{text: s})
	}
	return out
}

// recent reports whether what was said at a time counts for the rule.
func recent(r assist.Tact, at, now time.Time) bool {
	return at.IsZero() || within(at, r.Days, now) && r.Days > 0
}

// marked notes the key that the rep pressed in a call.
func (t *Team) marked(marks []mark, u utterance, now time.Time) {
	for i, r := range t.rules {
		if u.mood != "" && recent(r, u.at, now) &&
			(r.When == assist.WhenUpset && u.mood == assist.Upset || r.When == assist.WhenHurried && u.mood == assist.Hurried) {
			marks[i] = mark{holds: true, at: u.at}
		}
	}
}

// judge applies what was found in one sentence.
func (t *Team) judge(marks []mark, found []find, sentence string, at, now time.Time) {
	doubt := -1 // the first word that leaves what follows open
	for _, f := range found {
		if f.tag == unsettled && (doubt < 0 || f.at < doubt) {
			doubt = f.at
		}
	}
	for _, f := range found {
		if f.tag < 0 || f.tag%kinds != begins || !recent(t.rules[f.tag/kinds], at, now) || has(found, f.tag+spares) {
			continue
		}
		marks[f.tag/kinds] = mark{holds: true, words: sentence, at: at}
	}
	for _, f := range found {
		if f.tag >= 0 && f.tag%kinds == settles && (doubt < 0 || f.at <= doubt) {
			marks[f.tag/kinds] = mark{}
		}
	}
}

func has(found []find, tag int) bool {
	return slices.ContainsFunc(found, func(f find) bool { return f.tag == tag })
}

package live

import (
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/search"
	lang "ringside/assist/search/text"
)

const (
	mostMissed = 20              // questions that one call leaves for the trainers by itself
	lookedAt   = 2 * time.Second // a list that stands this long was read
	leastAsked = 3               // words of a question where the caller is not known: fewer may be a name
)

// miss is how the fullest words in the box have fared since it was last empty, or since
// something was last opened.
type miss struct {
	words string
	how   string // as in a Gap; empty when there is nothing to tell
}

// regard notes how the words in the box fare, before they change or leave. Words that
// are being deleted, and those for which something was opened, say nothing.
func (d *Desk) regard(t *talk) {
	words := strings.TrimSpace(t.heard)
	deleted := strings.HasPrefix(t.miss.words, words) && words != t.miss.words
	if words == "" || t.keyed.IsZero() || t.state == "" || t.found != t.heard || deleted || strings.HasPrefix(t.met, words) {
		return
	}
	t.miss = miss{words, t.how()}
}

// how says in which way the search for what is in the box was in vain; empty when it
// was not.
func (t *talk) how() string {
	aPerson := slices.ContainsFunc(t.besides, func(f glance.Found) bool {
		return f.Sure && (f.Type == assist.TypeCustomer || f.Type == assist.TypeCompany)
	})
	switch {
	case aPerson || t.idle() && len(t.besides) > 0:
		return ""
	case t.state == string(search.None):
		return assist.MissEmpty
	case t.state == string(search.Dim):
		return assist.MissWeak
	case time.Since(t.keyed) >= lookedAt:
		return assist.MissAbandoned
	}
	return ""
}

// meet notes that the rep has found what the words in the box were for.
func (t *talk) meet() { t.miss, t.met = miss{}, strings.TrimSpace(t.heard) }

// endSearch keeps what was looked for in vain as a question for the trainers.
func (d *Desk) endSearch(t *talk) {
	d.regard(t)
	m := t.miss
	t.meet()
	words := wording(m.words, t.profile.Customer)
	if m.how == "" || !t.asksAnew(words) || t.idle() && m.how != assist.MissEmpty {
		return
	}
	now := d.now()
	g := assist.Gap{ID: assist.IDFrom("gap", string(t.call.ID), lang.Fold(words)), Text: words, Customer: t.call.Customer, Call: t.call.ID,
		Rep: d.cfg.Me.ID, At: now, How: m.how}
	if t.idle() {
		g.ID = assist.NewID(now)
	}
	if g.Validate() != nil {
		return
	}
	t.gaps = with(t.gaps, g)
	d.save("The question for the trainers", t, g)
}

// asksAnew reports whether the words are a question, as far as can be seen, that this
// call has not left to the trainers yet.
func (t *talk) asksAnew(words string) bool {
	if len(t.gaps) >= mostMissed || !t.asks(words) {
		return false
	}
	if !t.known() && len(strings.Fields(words)) < leastAsked {
		return false
	}
	return !slices.ContainsFunc(t.gaps, func(g assist.Gap) bool {
		return lang.Fold(wording(g.Text, t.profile.Customer)) == lang.Fold(words)
	})
}

// asks reports whether the words say anything.
func (t *talk) asks(words string) bool {
	return lang.For(t.profile.Customer.Language).Telling(words) > 0 && len([]rune(words)) >= 3
}

// unmet returns the questions of the call that were kept because nothing was found, and
// not because the rep promised to find out.
func (t *talk) unmet() (out []assist.Gap) {
	for _, g := range t.gaps {
		if g.How != "" && g.Closed.IsZero() {
			out = append(out, g)
		}
	}
	return out
}

// forgetMissed takes back what was kept for the trainers without being asked.
func (d *Desk) forgetMissed(t *talk) {
	var records []assist.Record
	gaps := slices.Clone(t.gaps)
	for i, g := range gaps {
		if g.How != "" && g.Closed.IsZero() {
			gaps[i].Closed = d.now()
			records = append(records, gaps[i])
		}
	}
	if len(records) == 0 {
		return
	}
	t.gaps = gaps
	d.save("That these were no questions", t, records...)
}

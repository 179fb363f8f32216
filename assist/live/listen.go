package live

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/heard"
)

// caught is a Catch and what keeping it needs besides.
type caught struct {
	Catch
	rep assist.ID // who is praised
}

// wordsRest notes that the rep has typed: when the keys have come to rest, the words are
// read for what they say of names, moods and feelings.
func (t *talk) wordsRest(text string) {
	t.latest, t.resting = text, time.Now().Add(pause)
}

// listen reads what was typed last, in the note, in a reply or in the box.
func (d *Desk) listen(t *talk) {
	t.resting = time.Time{}
	found := d.ear.Read(t.latest, t.profile.Customer)
	d.catch(t, found)
	if h := d.ear.Honest(found.Names); h != nil {
		t.honest = h
	}
	d.advise(t)
	d.changed = true
}

// catch offers what the words hold that is worth keeping; nothing twice in a call.
func (d *Desk) catch(t *talk, f heard.Found) {
	t.catch = nil
	var c caught
	switch {
	case f.Praise != nil:
		c = caught{Catch{Kind: CatchPraise, Rep: d.name(f.Praise.Rep), Words: f.Praise.Words}, f.Praise.Rep}
	case f.Advocate != nil && t.known() && t.agreed() && t.profile.Customer.Advocate.IsZero():
		c.Catch = Catch{Kind: CatchAdvocate, Words: f.Advocate.Words}
	case f.Insight != nil && t.agreed():
		c.Catch = Catch{Kind: CatchInsight, Intelligence: f.Insight.Intelligence, Feeling: f.Insight.Feeling,
			About: f.Insight.About, Subject: f.Insight.Subject, Words: f.Insight.Text}
	}
	if said := t.replyTo(c.Words); said.Intelligence != "" && c.Kind == CatchInsight {
		c.Intelligence = said.Intelligence // it was asked for
	}
	if c.Kind != "" && !t.dealtWith(c) {
		t.catch = &c
		return
	}
	for _, s := range d.ear.Unlisted(t.latest, t.profile.Customer) {
		c := caught{Catch: Catch{Kind: CatchName, About: s.Kind, Subject: s.Name, Words: lastWords(t.latest)}}
		if !t.dealtWith(c) {
			t.catch = &c
			return
		}
	}
}

// agreed reports whether what they tell of themselves may be kept.
func (t *talk) agreed() bool { return !t.known() || !t.profile.Customer.NoConsent }

// dealtWith reports whether the rep has kept or refused this; a sentence that has gone on
// since is the same.
func (t *talk) dealtWith(c caught) bool {
	return slices.ContainsFunc(t.uncaught, func(u caught) bool {
		if u.Kind != c.Kind || u.rep != c.rep {
			return false
		}
		if c.Kind == CatchName {
			return u.Subject == c.Subject
		}
		return strings.HasPrefix(c.Words, strings.TrimRight(u.Words, ".!?… "))
	})
}

// replyTo is the reply to a question of this call in which these words stand; zero when
// it is none. It has an id once it is kept.
func (t *talk) replyTo(words string) assist.Note {
	if r := t.reply; r != nil && words != "" && strings.Contains(r.Text, words) {
		return assist.Note{Intelligence: r.Intelligence, Prompt: r.Prompt}
	}
	for _, n := range t.profile.Heard {
		if n.Call == t.call.ID && words != "" && strings.Contains(n.Text, words) {
			return n
		}
	}
	return assist.Note{}
}

const longestSaying = 400 // letters of what is kept as somebody's words

// lastWords are the last line of a text.
func lastWords(text string) string {
	text = strings.TrimSpace(text)
	return strings.TrimSpace(lastLetters(text[strings.LastIndexByte(text, '\n')+1:], longestSaying))
}

// useCatch keeps what was heard, changes what it is taken for, or lets it be.
func (d *Desk) useCatch(t *talk, u CatchUse) {
	if t.idle() {
		return
	}
	d.changed = true
	if t.catch == nil && u.Keep && !t.agreed() {
		d.trouble.refused = "They have not agreed that we keep what they tell us, so this stays in the note alone."
		return
	}
	if t.catch == nil {
		if words := lastWords(t.latest); u.Keep && words != "" {
			t.catch = &caught{Catch: Catch{Kind: CatchInsight, Intelligence: assist.Relationship, Words: words}}
		}
		return
	}
	c := *t.catch
	switch {
	case u.Keep:
		d.keepCatch(t, c)
		return
	case u.Refuse:
		t.uncatch(c)
		return
	case u.Intelligence:
		c.Intelligence = next(assist.Intelligences(), c.Intelligence)
	case u.Feeling:
		c.Feeling = next(append([]assist.Feeling{""}, assist.Feelings()...), c.Feeling)
	case u.About:
		c.About = next(assist.SubjectKinds(), c.About)
	}
	t.catch = &c
}

// next is the value that comes behind x, round and round.
func next[T comparable](list []T, x T) T { return list[(slices.Index(list, x)+1)%len(list)] }

func (t *talk) uncatch(c caught) {
	t.uncaught = with(t.uncaught, c)
	t.catch = nil
}

func (d *Desk) keepCatch(t *talk, c caught) {
	if !t.agreed() && (c.Kind == CatchInsight || c.Kind == CatchAdvocate) {
		t.catch, d.trouble.refused = nil, "This is not kept: they did not agree that we keep what they tell of themselves."
		return
	}
	d.touch(t)
	record, line := d.caughtRecord(t, c)
	if !d.valid("This", record) {
		return
	}
	switch r := record.(type) {
	case assist.Insight:
		t.insights = with(t.insights, r)
		t.profile.Insights = append([]assist.Insight{r}, t.profile.Insights...)
		t.learned++
	case assist.Kudos:
		t.praised = with(t.praised, r)
	case assist.Customer:
		t.profile.Customer = r
	}
	t.caught = line
	t.uncatch(c)
	d.draw(t)
	d.save("What was heard", t, record)
}

func (d *Desk) topicOf(prompt assist.ID) string {
	i := slices.IndexFunc(d.library.Prompts, func(p assist.Prompt) bool { return p.ID == prompt && prompt != "" })
	if i < 0 {
		return ""
	}
	return d.library.Prompts[i].Topic
}

// caughtRecord is what is kept, and what to say of it in a line.
func (d *Desk) caughtRecord(t *talk, c caught) (assist.Record, string) {
	now := d.now()
	switch c.Kind {
	case CatchPraise:
		return assist.Kudos{ID: assist.NewID(now), Rep: c.rep, Customer: t.call.Customer, Call: t.call.ID, By: d.cfg.Me.ID,
			At: now, Words: c.Words}, "Kept for " + c.Rep
	case CatchAdvocate:
		who := t.profile.Customer
		who.Advocate = assist.DateOf(now)
		return who, "Remembered: they recommend us"
	case CatchName:
		return assist.Subject{ID: assist.IDFrom("subject", strings.ToLower(c.Subject)), Kind: cmp.Or(c.About, assist.AboutCompetitor),
			Name: c.Subject}, c.Subject + " is on the list now"
	}
	said := t.replyTo(c.Words)
	i := assist.Insight{ID: assist.NewID(now), Note: said.ID, Topic: d.topicOf(said.Prompt), Customer: t.call.Customer, Rep: d.cfg.Me.ID, Call: t.call.ID, At: now,
		Intelligence: c.Intelligence, Feeling: c.Feeling, About: c.About, Subject: c.Subject, Text: c.Words}
	return i, "Kept as " + lineOf(string(c.Intelligence), nil, string(c.Feeling), c.Subject)
}

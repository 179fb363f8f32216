package live

import (
	"slices"
	"strings"

	"ringside/assist"
	lang "ringside/assist/search/text"
)

const (
	mostPhrasings  = 200
	longestWording = 200 // letters
)

// usedAt returns the place of the open answer among those that the call has used,
// -1 when it is not there.
func (t *talk) usedAt() int {
	return slices.IndexFunc(t.call.Used, func(u assist.Used) bool {
		return u.Answer == t.opened.Answer.ID && u.Heard == t.openedBy
	})
}

// marked reports whether the rep has told what came of an answer.
func marked(u assist.Used) bool { return u.Said || u.Helped || u.Wrong }

// fared marks what came of the open answer, or takes the mark back.
func (d *Desk) fared(t *talk, u AnsweredUse) {
	if t.open == nil || t.open.ID != u.Answer {
		return
	}
	t = d.hand(t)
	d.touch(t)
	used := slices.Clone(t.call.Used)
	i := t.usedAt()
	if i < 0 {
		i = len(used)
		used = append(used, assist.Used{Answer: u.Answer, Heard: t.openedBy, At: d.now()})
	}
	now := &used[i]
	switch {
	case u.Said:
		now.Said = !now.Said
		now.Helped = now.Helped && now.Said
	case u.Helped:
		now.Helped = !now.Helped
		now.Said = now.Said || now.Helped
		now.Wrong = now.Wrong && !now.Helped
	case u.Wrong:
		now.Wrong = !now.Wrong
		now.Helped = now.Helped && !now.Wrong
	}
	t.call.Used = used
	d.mark(t)
	d.flag(t, now.Wrong)
	if now.Helped {
		d.saveQuestion(t)
	} else {
		d.dropQuestion(t)
	}
	t.open = d.openOf(t, d.facts(t))
	d.offerWords(t, now.Said && !now.Wrong)
	d.changed = true
}

// offerWords offers the words that found the open answer as a wording of it, if the
// answer is not found by just these words already.
func (d *Desk) offerWords(t *talk, wanted bool) {
	if !wanted {
		t.learn = nil
		return
	}
	a := d.answerNow(t.open.ID, t.opened.Answer)
	words := wording(t.openedBy, t.profile.Customer)
	if t.learn != nil || len(a.Phrasings) >= mostPhrasings || !telling(words, a.Language) || asksSo(a, words) {
		return
	}
	t.learn = &Learn{Answer: a.ID, Title: t.open.Title, Words: words, Review: d.review}
}

// learnWords takes the offered words, as the rep has mended them, or lets them be.
func (d *Desk) learnWords(t *talk, u LearnUse) {
	if t.learn == nil || t.learn.Taken && !u.Refuse {
		return
	}
	d.changed = true
	if u.Refuse {
		t.learn = nil
		return
	}
	l := *t.learn
	a := d.answerNow(l.Answer, t.opened.Answer)
	words := strings.Join(strings.Fields(u.Words), " ")
	if words == "" {
		return
	}
	if !asksSo(a, words) && !d.keepWording(t, a, words) {
		return
	}
	l.Words, l.Review, l.Taken = words, d.review, true
	t.learn = &l
}

// keepWording saves the words with the answer, or as a proposal for the trainers.
func (d *Desk) keepWording(t *talk, a assist.Answer, words string) bool {
	if d.review {
		now := d.now()
		p := assist.Proposal{ID: assist.NewID(now), Answer: a.ID, Phrasing: words, Call: t.call.ID, Rep: d.cfg.Me.ID, At: now}
		if !d.valid("This wording", p) {
			return false
		}
		d.save("The wording for the trainers", t, p)
		return true
	}
	a.Phrasings = with(a.Phrasings, words)
	if len(a.Phrasings) > mostPhrasings || !d.valid("This wording", a) {
		return false
	}
	if d.learnt == nil {
		d.learnt = map[assist.ID][]string{}
	}
	d.learnt[a.ID] = with(d.learnt[a.ID], words)
	d.save("The new wording", t, a)
	return true
}

// answerNow is the newest form of an answer that the desk knows: the library's, with
// the wordings that are on their way to it.
func (d *Desk) answerNow(id assist.ID, opened assist.Answer) assist.Answer {
	a, ok := d.libraryAnswer(id)
	if !ok {
		a = opened
	}
	for _, words := range d.learnt[id] {
		if !asksSo(a, words) {
			a.Phrasings = with(a.Phrasings, words)
		}
	}
	return a
}

func (d *Desk) libraryAnswer(id assist.ID) (assist.Answer, bool) {
	if d.library.Index == nil {
		return assist.Answer{}, false
	}
	return d.library.Index.Answer(id)
}

// forgetLearnt leaves to the library the wordings that it has by now.
func (d *Desk) forgetLearnt() {
	for id, list := range d.learnt {
		a, _ := d.libraryAnswer(id)
		list = slices.DeleteFunc(slices.Clone(list), func(words string) bool { return asksSo(a, words) })
		if d.learnt[id] = list; len(list) == 0 {
			delete(d.learnt, id)
		}
	}
}

// asksSo reports whether the answer is asked for in these words already, but for
// capitals and signs.
func asksSo(a assist.Answer, words string) bool {
	words = lang.Fold(words)
	return lang.Fold(a.Title) == words || slices.ContainsFunc(a.Phrasings, func(p string) bool { return lang.Fold(p) == words })
}

package live

import (
	"errors"
	"slices"

	"ringside/assist"
	lang "ringside/assist/search/text"
)

const mostQuestions = 10 // that one call saves

// asked is what the store says of a question that a call may save.
type asked struct {
	t    *talk
	q    assist.Question
	fail error
}

// saveQuestion saves the words that found the open answer, now that it has helped, with
// the answer that they must find from now on. Words that are a phrasing already prove
// nothing, and what was saved or switched off before stays as it is.
func (d *Desk) saveQuestion(t *talk) {
	a := d.answerNow(t.open.ID, t.opened.Answer)
	words := wording(t.openedBy, t.profile.Customer)
	if d.cfg.Reader == nil || len(t.saved) >= mostQuestions || !telling(words, a.Language) || asksSo(a, words) {
		return
	}
	now := d.now()
	q := asked{t: t, q: assist.Question{ID: questionID(a.ID, words), Text: words, Answer: a.ID,
		Call: t.call.ID, By: d.cfg.Me.ID, At: now}}
	if before, ok := t.saved[q.q.ID]; ok {
		before.Off = false
		d.putQuestion(t, before)
		return
	}
	ctx, reader := d.ctx, d.cfg.Reader
	d.beside(func() event {
		_, q.fail = reader.Read(ctx, assist.TypeQuestion, q.q.ID)
		return q
	})
}

func (a asked) apply(d *Desk) {
	helped := func(u assist.Used) bool { return u.Answer == a.q.Answer && u.Helped }
	if errors.Is(a.fail, assist.ErrNotFound) && a.q.Validate() == nil && slices.ContainsFunc(a.t.call.Used, helped) {
		d.putQuestion(a.t, a.q)
	}
}

// dropQuestion no longer asks what this call saved for the open answer: it did not help.
func (d *Desk) dropQuestion(t *talk) {
	if q, ok := t.saved[questionID(t.open.ID, wording(t.openedBy, t.profile.Customer))]; ok && !q.Off {
		q.Off = true
		d.putQuestion(t, q)
	}
}

// questionID is the same for the same words and the same answer, so that nothing is saved
// twice, whoever saves it.
func questionID(answer assist.ID, words string) assist.ID {
	return assist.IDFrom("question", string(answer), lang.Fold(words))
}

func (d *Desk) putQuestion(t *talk, q assist.Question) {
	if t.saved == nil {
		t.saved = map[assist.ID]assist.Question{}
	}
	t.saved[q.ID] = q
	d.save("The saved question", t, q)
}

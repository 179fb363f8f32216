package main

import (
	"errors"
	"testing"
	"time"

	"ringside/assist"
)

func TestSavedQuestionsAreAskedOfTheLibraryThatCallsUse(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, s := t.Context(), questionSource{a.running}
	q := assist.Question{ID: "q1", Text: "they took the money two times", Answer: "charged-twice", At: time.Now()}
	if err := s.Save(ctx, assist.Question{}, q); err != nil {
		t.Fatal(err)
	}
	score, err := s.Score(ctx)
	if err != nil || score.Asked != 1 || score.Rank["q1"] != 1 {
		t.Errorf("%+v, %v", score, err)
	}
	hits, err := s.Find(ctx, q.Text)
	if err != nil || len(hits) == 0 || hits[0].ID != "charged-twice" || hits[0].Why == "" {
		t.Errorf("found %+v, %v", hits, err)
	}
	d, err := s.Load(ctx)
	if err != nil || len(d.Questions) != 1 || d.Answers["charged-twice"].Title == "" {
		t.Errorf("%d questions, %d answers, %v", len(d.Questions), len(d.Answers), err)
	}
	off := q
	off.Off = true
	if err := s.Save(ctx, q, off); err != nil {
		t.Fatal(err)
	}
	if score, err := s.Score(ctx); err != nil || score.Asked != 0 {
		t.Errorf("what is off is asked: %+v, %v", score, err)
	}
}

func TestAQuestionThatCannotBeKeptSaysWhy(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, s := t.Context(), questionSource{a.running}
	q := assist.Question{ID: "q1", Text: "they took the money two times", Answer: "charged-twice", At: time.Now()}
	if err := s.Save(ctx, assist.Question{}, q); err != nil {
		t.Fatal(err)
	}
	twin, lost, stale := q, q, q
	twin.ID, twin.Text = "q2", "They took the money two times!"
	lost.ID, lost.Text, lost.Answer = "q3", "other words", "no-such-answer"
	stale.Text = "changed"
	for name, c := range map[string]struct {
		before, after assist.Question
		is            error
	}{
		"the same words":    {assist.Question{}, twin, assist.ErrInvalid},
		"an answer gone":    {assist.Question{}, lost, assist.ErrNotFound},
		"changed elsewhere": {stale, q, assist.ErrInvalid},
	} {
		var fault *assist.Fault
		if err := s.Save(ctx, c.before, c.after); !errors.Is(err, c.is) || !errors.As(err, &fault) || fault.Do == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

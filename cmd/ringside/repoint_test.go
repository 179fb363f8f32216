package main

import (
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/storage"
)

func TestSavedQuestionsGoWithTheirAnswerIntoAnother(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, db := t.Context(), a.store.house.db
	keeper := assist.Answer{ID: "keeper", Title: "Keeper", Department: "d", Say: "One."}
	other := assist.Answer{ID: "other", Title: "Other", Department: "d", Say: "Two."}
	own := assist.Question{ID: "q1", Text: "which one", Answer: "keeper", At: time.Now()}
	moves := assist.Question{ID: "q2", Text: "the other one", Answer: "other", At: time.Now()}
	if err := db.Save(ctx, keeper, other, own, moves); err != nil {
		t.Fatal(err)
	}
	points := func(id, want assist.ID) {
		t.Helper()
		if q, err := storage.Find[assist.Question](ctx, db, id); err != nil || q.Answer != want {
			t.Errorf("%s must find %s, %v; want %s", id, q.Answer, err, want)
		}
	}
	kept, gone := curate.Join(keeper, other)
	if err := a.settleTodo(ctx, []assist.Record{keeper, other}, []assist.Record{kept, gone}); err != nil {
		t.Fatal(err)
	}
	points("q1", "keeper")
	points("q2", "keeper")
	if err := a.settleTodo(ctx, []assist.Record{kept, gone}, []assist.Record{keeper, other}); err != nil {
		t.Fatal(err)
	}
	points("q1", "keeper")
	points("q2", "other")
}

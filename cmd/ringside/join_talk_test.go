package main

import (
	"errors"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/storage"
)

func TestWhatGuidesACallIsChangedInTheWindow(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, db, s := t.Context(), a.store.house.db, talkSource{a.running}
	if err := db.Save(ctx, assist.Asked{ID: "x", Customer: "m", Prompt: "what-saw", Reply: assist.ReplyAsked, At: a.now()},
		assist.Note{ID: "n", At: a.now(), Text: "GreenBarn", Prompt: "what-saw", Intelligence: assist.Competitive}); err != nil {
		t.Fatal(err)
	}
	d, err := s.Load(ctx)
	if err != nil || len(d.Prompts) < 50 || !strings.Contains(d.Rules, "# ") || d.Fared["what-saw"].Asked != 1 {
		t.Fatalf("%d questions, fared %v, %v", len(d.Prompts), d.Fared, err)
	}
	if said, err := s.Replies(ctx, "what-saw"); err != nil || len(said) != 1 || said[0].Text != "GreenBarn" {
		t.Errorf("replies %v, %v", said, err)
	}

	before := d.Prompts[0]
	after := before
	after.Off = true
	if err := s.SavePrompt(ctx, before, after); err != nil {
		t.Fatal(err)
	}
	if err := s.SavePrompt(ctx, before, before); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("a question that somebody else has changed is written over: %v", err)
	}
	fresh := assist.Prompt{ID: "garden", Intelligence: assist.Relationship, Topic: "garden", Ask: []string{"How is the garden?"}}
	if err := s.SavePrompt(ctx, assist.Prompt{}, fresh); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Find[assist.Prompt](ctx, db, "garden"); err != nil {
		t.Error(err)
	}

	if err := s.SetFocus(ctx, "garden", ""); err != nil {
		t.Fatal(err)
	}
	if d, err := s.Load(ctx); err != nil || len(d.Focus) != 1 || d.Focus[0].Topic != "garden" {
		t.Errorf("focus %+v, %v", d.Focus, err)
	}
}

func TestAPageOfRulesWithAFaultLeavesTheOldRules(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, s := t.Context(), talkSource{a.running}
	d, err := s.Load(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range map[string]string{
		"no rule":        "nothing here\n",
		"a trial failed": strings.Replace(d.Rules, "funeral", "zebra", 1),
	} {
		if page == d.Rules {
			t.Fatalf("%s: the page is the same", name)
		}
		if err := s.SaveRules(ctx, d.Rules, page); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
		if now, err := s.Load(ctx); err != nil || now.Rules != d.Rules {
			t.Errorf("%s: the rules have changed, %v", name, err)
		}
	}
	held, err := a.tryRules(d.Rules, "my father passed away, the funeral is on Monday")
	if err != nil || len(held) == 0 {
		t.Errorf("held %q, %v", held, err)
	}
	if held, err := a.tryRules(d.Rules, "where is my parcel"); err != nil || len(held) > 0 {
		t.Errorf("held %q, %v", held, err)
	}
	if _, err := a.tryRules("nothing here", "where"); err == nil {
		t.Error("a page without rules is tried")
	}
	if err := s.SaveRules(ctx, d.Rules, d.Rules); err != nil {
		t.Error(err)
	}
	if err := s.SaveRules(ctx, "as they were", d.Rules); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("rules that somebody else has changed are written over: %v", err)
	}
}

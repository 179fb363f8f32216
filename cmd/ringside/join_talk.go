package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/storage"
	"ringside/storage/pack"
	"ringside/ui"
	"ringside/ui/library/talk"
	"ringside/ui/panes"
)

// talkTab makes the list of what guides a conversation.
func (p *pages) talkTab() panes.Tab {
	page := talk.New(talk.Options{Source: talkSource{p.r}, Try: p.r.tryRules, Now: p.r.now, Post: p.postTo(ui.Library)})
	return panes.Tab{Name: "Questions to ask", Object: page.Object(), Focus: page.Focus, Reload: page.Reload}
}

// mostReplies is how many replies to a question are shown.
const mostReplies = 30

// talkSource reads and keeps what guides a conversation.
type talkSource struct{ r *running }

// Load implements talk.Source.
func (s talkSource) Load(ctx context.Context) (d talk.Data, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return d, err
	}
	if d.Prompts, err = all[assist.Prompt](ctx, h.db); err != nil {
		return d, fmt.Errorf("read the questions: %w", err)
	}
	if d.Rules, err = rulesPage(ctx, h.db); err != nil {
		return d, err
	}
	focus, err := all[assist.Focus](ctx, h.db)
	if err != nil {
		return d, fmt.Errorf("read the focus of the week: %w", err)
	}
	d.Focus = slices.DeleteFunc(focus, func(f assist.Focus) bool { return !inFocus(f, s.r.now()) })
	counts, err := h.db.PromptCounts(ctx)
	if err != nil {
		return d, fmt.Errorf("read what was asked: %w", err)
	}
	d.Fared = make(map[assist.ID]talk.Fared, len(counts))
	for id, c := range counts {
		d.Fared[id] = talk.Fared{Asked: c.Asked, NotNow: c.NotNow, Never: c.Never}
	}
	return d, nil
}

// rulesPage writes the rules of tact that are in force.
func rulesPage(ctx context.Context, db *storage.DB) (string, error) {
	rules, err := rulesInForce(ctx, db)
	if err != nil {
		return "", fmt.Errorf("read the rules of tact: %w", err)
	}
	if len(rules) == 0 {
		rules = ask.Rules()
	}
	page, err := pack.Page(rules)
	if err != nil {
		return "", fmt.Errorf("write the rules of tact: %w", err)
	}
	return string(page), nil
}

// SavePrompt implements talk.Source.
func (s talkSource) SavePrompt(ctx context.Context, before, after assist.Prompt) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	now, err := storage.Find[assist.Prompt](ctx, h.db, after.ID)
	if err != nil && !errors.Is(err, assist.ErrNotFound) {
		return fmt.Errorf("find the question: %w", err)
	}
	if !reflect.DeepEqual(now, before) {
		return &assist.Fault{What: "somebody else has changed this question meanwhile", Where: after.Topic,
			Do: "Look at it as it is now; what you typed is still here.", Err: assist.ErrInvalid}
	}
	return h.db.Save(ctx, after)
}

// SaveRules implements talk.Source.
func (s talkSource) SaveRules(ctx context.Context, before, page string) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	if err := h.may(ctx, actImportRules.needs); err != nil {
		return err
	}
	rules, err := pack.Rules("line", []byte(page))
	if err != nil {
		return err
	}
	if failed := failedTrials(rules); len(failed) > 0 {
		return &assist.Fault{What: "a trial comes out otherwise than the page says: " + strings.Join(failed, "; "),
			Do: "Change the words of the rules, or the trials. The rules in force stay as they are.", Err: assist.ErrInvalid}
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	now, err := rulesPage(ctx, h.db)
	if err != nil {
		return err
	}
	if now != before {
		return &assist.Fault{What: "somebody else has changed the rules meanwhile", Do: "Look at them as they are now; what you typed is still here.", Err: assist.ErrInvalid}
	}
	return takeRules(ctx, h, rules)
}

// SetFocus implements talk.Source.
func (s talkSource) SetFocus(ctx context.Context, topic string, about assist.Intelligence) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	return h.db.Save(ctx, focusFor(topic, about, s.r.now()))
}

// Replies implements talk.Source.
func (s talkSource) Replies(ctx context.Context, prompt assist.ID) ([]assist.Note, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.Replies(ctx, prompt, mostReplies)
}

// tryRules says which rules of a page hold when somebody says these words.
func (r *running) tryRules(page, words string) ([]string, error) {
	rules, err := pack.Rules("line", []byte(page))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, reason := range reasonsFor(rules, words, r.now()) {
		out = append(out, reasonLine(reason))
	}
	return out, nil
}

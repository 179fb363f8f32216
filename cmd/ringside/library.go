package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ringside/assets"
	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/search"
	"ringside/storage"
	"ringside/storage/pack"
)

// The library in memory: what the store keeps, ready for the desk.

// readLibrary reads all answers and prompts and builds the index.
func readLibrary(ctx context.Context, db *storage.DB) (live.Library, error) {
	answers, err := all[assist.Answer](ctx, db)
	if err != nil {
		return live.Library{}, fmt.Errorf("read the answers: %w", err)
	}
	prompts, err := all[assist.Prompt](ctx, db)
	if err != nil {
		return live.Library{}, fmt.Errorf("read the prompts: %w", err)
	}
	lib := libraryOf(answers, prompts)
	if err = readTalk(ctx, db, &lib); err == nil {
		err = readFlags(ctx, db, &lib)
	}
	if err == nil {
		err = readPages(ctx, db, &lib)
	}
	return lib, err
}

// readTalk reads what guides a conversation beside the prompts.
func readTalk(ctx context.Context, db *storage.DB, lib *live.Library) (err error) {
	if lib.Tact, err = rulesInForce(ctx, db); err != nil {
		return fmt.Errorf("read the rules of tact: %w", err)
	}
	if lib.Subjects, err = all[assist.Subject](ctx, db); err != nil {
		return fmt.Errorf("read the list of names: %w", err)
	}
	if lib.Deals, err = all[assist.Deal](ctx, db); err != nil {
		return fmt.Errorf("read the deals: %w", err)
	}
	if lib.Focus, err = all[assist.Focus](ctx, db); err != nil {
		return fmt.Errorf("read the focus of the week: %w", err)
	}
	return nil
}

// rulesInForce returns the rules of tact that stand on the page, in its order.
func rulesInForce(ctx context.Context, db *storage.DB) ([]assist.Tact, error) {
	rules, err := all[assist.Tact](ctx, db)
	rules = slices.DeleteFunc(rules, func(r assist.Tact) bool { return r.Off })
	slices.SortStableFunc(rules, func(a, b assist.Tact) int { return cmp.Compare(a.Order, b.Order) })
	return rules, err
}

// readFlags reads what reps have flagged and nobody has settled yet.
func readFlags(ctx context.Context, db *storage.DB, lib *live.Library) error {
	lib.Flags = map[assist.ID][]assist.Flag{}
	for f, err := range storage.List[assist.Flag](ctx, db) {
		if err != nil {
			return fmt.Errorf("read the flags: %w", err)
		}
		if f.Closed.IsZero() {
			lib.Flags[f.Answer] = append(lib.Flags[f.Answer], f)
		}
	}
	return nil
}

// readPages reads what is known of the pages of the site. What they say stays in the
// store: a call needs their titles and days only.
func readPages(ctx context.Context, db *storage.DB, lib *live.Library) error {
	lib.Pages = map[assist.ID]assist.WebPage{}
	for p, err := range storage.List[assist.WebPage](ctx, db) {
		if err != nil {
			return fmt.Errorf("read the pages of the site: %w", err)
		}
		p.Text = ""
		lib.Pages[p.ID] = p
	}
	return nil
}

// libraryOf makes a library of the answers and prompts. Drafts are in it: the desk
// shows them below what is finished, and says so. Answers that are Off are not.
func libraryOf(answers []assist.Answer, prompts []assist.Prompt) live.Library {
	return live.Library{Index: search.Build(findable(answers)), Prompts: prompts}
}

// findable leaves out the answers that are kept but no longer found.
func findable(answers []assist.Answer) []assist.Answer {
	return slices.DeleteFunc(answers, func(a assist.Answer) bool { return a.Off })
}

// starter returns the library that is shipped.
func starter() (assist.Pack, error) {
	p, err := pack.Read(assets.Packs())
	if err != nil {
		return p, fmt.Errorf("read the starter library: %w", err)
	}
	return p, nil
}

// all lists the records of one type.
func all[T assist.Record](ctx context.Context, db *storage.DB) (out []T, err error) {
	for r, err := range storage.List[T](ctx, db) {
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

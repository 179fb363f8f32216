package main

import (
	"context"
	"fmt"
	"os"

	"ringside/assist"
	"ringside/assist/curate/web"
	"ringside/storage/site"
	"ringside/ui/say"
)

// siteNews is what a look at the company's site brought, and what it means for us.
type siteNews struct {
	site.News
	touched []web.Touched // answers whose page has changed since they were verified, or is gone
}

// read is how many pages were read.
func (n siteNews) read() int { return len(n.New) + len(n.Changed) + len(n.Same) }

// sentence says what the look brought, in numbers.
func (n siteNews) sentence() string {
	text := fmt.Sprintf("%s: %d new, %d changed, %d as before; %d gone, %d not read.", say.Count(n.read(), "page"),
		len(n.New), len(n.Changed), len(n.Same), len(n.Gone), len(n.Faults))
	switch len(n.touched) {
	case 0:
		return text
	case 1:
		return text + " 1 answer has a page that says something else since it was verified, or is gone."
	}
	return text + fmt.Sprintf(" %d answers have a page that says something else since they were verified, or is gone.", len(n.touched))
}

// lookAtFolder reads a folder of saved pages.
func (h *house) lookAtFolder(ctx context.Context, dir, address string) (*site.Look, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, &assist.Fault{What: "this is not a folder", Where: dir, Do: "Name the folder that holds the saved pages.", Err: assist.ErrNotFound}
	}
	return site.Folder(ctx, os.DirFS(dir), address, h.now())
}

// newsOf compares a look with the pages that are kept.
func (h *house) newsOf(ctx context.Context, look *site.Look) (n siteNews, err error) {
	kept, err := all[assist.WebPage](ctx, h.db)
	if err != nil {
		return n, fmt.Errorf("read the pages of the site: %w", err)
	}
	answers, err := all[assist.Answer](ctx, h.db)
	if err != nil {
		return n, fmt.Errorf("read the answers: %w", err)
	}
	n.News = look.News(kept, h.now())
	var pages []assist.WebPage
	for _, r := range n.Records() {
		pages = append(pages, r.(assist.WebPage))
	}
	n.touched = web.Look(answers, pages, h.now().Location())
	return n, nil
}

// keepSite keeps what a look brought. Pages are independent of one another, so that they
// are kept a few at a time.
func (h *house) keepSite(ctx context.Context, n siteNews) error {
	return h.perform(ctx, actImportSite, func() (int, error) { return h.keepPages(ctx, n) })
}

func (h *house) keepPages(ctx context.Context, n siteNews) (done int, err error) {
	const enough = 2 << 20 // bytes of text in one write
	var part []assist.Record
	size := 0
	keep := func() error {
		if err := h.db.Save(ctx, part...); err != nil {
			return fmt.Errorf("keep the pages of the site: %w", err)
		}
		done += len(part)
		part, size = nil, 0
		return nil
	}
	for _, r := range n.Records() {
		part = append(part, r)
		if size += len(r.(assist.WebPage).Text); size > enough {
			if err := keep(); err != nil {
				return done, err
			}
		}
	}
	err = keep()
	return done, err
}

// refusals says what could not be read, a sentence each.
func (n siteNews) refusals() []string {
	out := make([]string, len(n.Faults))
	for i, f := range n.Faults {
		out[i] = say.Error(f)
	}
	return out
}

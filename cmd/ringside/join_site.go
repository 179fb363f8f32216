package main

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	sitepage "ringside/ui/library/site"

	"ringside/assist"
	"ringside/storage/site"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
)

// tabSite is the list of the site's pages on the Library page.
const tabSite = "Our site"

// siteTab makes the list of the site's pages. show brings an answer to the front.
func (p *pages) siteTab(show func(assist.ID)) panes.Tab {
	page := sitepage.New(sitepage.Options{Versions: p.r.siteVersions, Now: p.r.now, Post: p.postTo(ui.Library)})
	page.OnAnswer = show
	reload := func() {
		async.Load(p.post, p.r.sitePages, func(s siteShown, err error) {
			if err != nil {
				p.win.Fault(err)
				return
			}
			page.SetPages(s.pages, s.answers)
		})
	}
	take := func(look func(context.Context, *house) (*site.Look, error)) {
		async.Load(p.post, func(ctx context.Context) (siteNews, error) { return p.r.takeSite(ctx, look) }, func(n siteNews, err error) {
			if err != nil {
				page.SetOutcome(say.Error(err), nil)
				return
			}
			page.SetOutcome(n.sentence(), n.refusals())
			reload()
		})
	}
	page.OnLook = func(address string) {
		take(func(ctx context.Context, h *house) (*site.Look, error) { return h.lookOnline(ctx, address) })
	}
	page.OnFolder = func(address string) {
		dialog.ShowFolderOpen(func(folder fyne.ListableURI, err error) {
			if err != nil || folder == nil {
				page.SetOutcome(say.Error(err), nil)
				return
			}
			take(func(ctx context.Context, h *house) (*site.Look, error) {
				return h.lookAtFolder(ctx, folder.Path(), address)
			})
		}, p.win.Window())
	}
	return panes.Tab{Name: tabSite, Object: page.Object(), Focus: page.Focus, Reload: reload}
}

// siteShown is what the list of the site's pages shows.
type siteShown struct {
	pages   []assist.WebPage
	answers []assist.Answer
}

func (r *running) sitePages(ctx context.Context) (s siteShown, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return s, err
	}
	if s.pages, err = all[assist.WebPage](ctx, h.db); err != nil {
		return s, fmt.Errorf("read the pages of the site: %w", err)
	}
	if s.answers, err = all[assist.Answer](ctx, h.db); err != nil {
		return s, fmt.Errorf("read the answers: %w", err)
	}
	return s, nil
}

// siteVersions returns a page as it was kept over time, the latest first.
func (r *running) siteVersions(ctx context.Context, id assist.ID) (out []assist.WebPage, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	versions, err := h.db.History(ctx, assist.TypeWebPage, id)
	for _, v := range versions {
		if page, ok := v.Record.(assist.WebPage); ok {
			out = append(out, page)
		}
	}
	return out, err
}

// takeSite looks at the site in some way, and keeps what that brought.
func (r *running) takeSite(ctx context.Context, look func(context.Context, *house) (*site.Look, error)) (n siteNews, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return n, err
	}
	if err := h.may(ctx, actImportSite.needs); err != nil { // before anything is asked of the site
		return n, err
	}
	seen, err := look(ctx, h)
	if err != nil {
		return n, err
	}
	if n, err = h.newsOf(ctx, seen); err != nil {
		return n, err
	}
	return n, h.keepSite(ctx, n)
}

// lookOnline looks at a page or at what a sitemap lists; without an address, again at the
// pages that are kept.
func (h *house) lookOnline(ctx context.Context, address string) (*site.Look, error) {
	reader := newSiteReader(h.now)
	if address != "" && !isSitemap(address) {
		return reader.look(ctx, []string{address})
	}
	kept, err := all[assist.WebPage](ctx, h.db)
	if err != nil {
		return nil, fmt.Errorf("read the pages of the site: %w", err)
	}
	if address != "" {
		return reader.lookBySitemap(ctx, address, nil, kept)
	}
	return reader.look(ctx, unseenFirst(kept))
}

// unseenFirst returns the addresses of the pages, those that were not looked at for longest
// first: of a large site only a part is looked at in one go.
func unseenFirst(pages []assist.WebPage) []string {
	slices.SortStableFunc(pages, func(a, b assist.WebPage) int { return a.Read.Compare(b.Read) })
	addresses := make([]string, len(pages))
	for i, p := range pages {
		addresses[i] = p.URL
	}
	return addresses
}

// isSitemap reports whether an address looks like that of a sitemap.
func isSitemap(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	path := strings.TrimSuffix(strings.ToLower(u.Path), ".gz")
	return strings.HasSuffix(path, ".xml") || strings.HasSuffix(path, ".txt") || strings.Contains(path, "sitemap")
}

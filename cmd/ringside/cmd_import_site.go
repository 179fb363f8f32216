package main

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/storage/site"
)

type importSiteCmd struct {
	What    []string `arg:"" optional:"" help:"A folder of saved pages, or the addresses of pages (https://...)."`
	Address string   `placeholder:"URL" help:"The address at which the folder is found: https://www.example.org/help/."`
	Sitemap string   `placeholder:"URL|FILE" help:"Read the pages that this sitemap lists."`
	DryRun  bool     `help:"Keep nothing; say what would be new, changed, gone and refused."`
}

// Help tells what the list does not.
func (c *importSiteCmd) Help() string {
	return "Pages are independent of one another: those that can be read are kept, and those that cannot are listed with the reason. " +
		"With --address, the folder is taken for all that there is below that address: a page that is kept and not among the files is gone. " +
		"A folder is read without any connection. For addresses and sitemaps connections are opened, to the hosts that you name and no others: " +
		"at most 500 pages, two at a time."
}

func (c *importSiteCmd) Run(p *program) error {
	online, err := c.check()
	if err != nil {
		return err
	}
	return p.inHouse(true, func(h *house) error {
		if err := h.may(p.ctx, actImportSite.needs); err != nil && !c.DryRun { // before anything is asked of the site
			return err
		}
		look, err := c.look(p, h, online)
		if err != nil {
			return err
		}
		news, err := h.newsOf(p.ctx, look)
		if err != nil {
			return err
		}
		if err := c.say(p, news); err != nil || c.DryRun {
			return err
		}
		return h.keepSite(p.ctx, news)
	})
}

// check reports whether addresses were named, and refuses what does not go together.
func (c *importSiteCmd) check() (online bool, err error) {
	online = slices.ContainsFunc(c.What, isAddress)
	const help = "ringside import site --help tells how."
	switch {
	case len(c.What) == 0 && c.Sitemap == "":
		return false, usage("the folder, the addresses or the sitemap are missing", help)
	case c.Sitemap != "" && (len(c.What) > 0 || c.Address != ""):
		return false, usage("a sitemap says itself where its pages are", "Name it alone.")
	case online && c.Address != "":
		return false, usage("--address is for a folder", help)
	case !online && len(c.What) > 1:
		return false, usage("only one folder can be taken at a time", help)
	}
	if i := slices.IndexFunc(c.What, func(w string) bool { return !isAddress(w) }); online && i >= 0 {
		return false, usage(fmt.Sprintf("%q is no address of a page", c.What[i]), "Write it in full, with https://.")
	}
	return online || c.Sitemap != "", nil
}

func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func (c *importSiteCmd) look(p *program, h *house, online bool) (*site.Look, error) {
	if !online {
		return h.lookAtFolder(p.ctx, p.path(c.What[0]), c.Address)
	}
	reader := newSiteReader(h.now)
	shown := progressLine{to: p.stderr, on: p.progress}
	defer shown.Done()
	reader.read = func(n, all int) { shown.Say(fmt.Sprintf("%d of %d pages", n, all)) }
	if c.Sitemap == "" {
		return reader.look(p.ctx, c.What)
	}
	kept, err := all[assist.WebPage](p.ctx, h.db)
	if err != nil {
		return nil, fmt.Errorf("read the pages of the site: %w", err)
	}
	if isAddress(c.Sitemap) {
		return reader.lookBySitemap(p.ctx, c.Sitemap, nil, kept)
	}
	file := p.path(c.Sitemap)
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, &assist.Fault{What: "the sitemap cannot be read", Where: file, Do: "Look whether it is there and may be read.", Err: err}
	}
	return reader.lookBySitemap(p.ctx, file, body, kept)
}

// say lists what a look brought: what is new, changed and gone on standard output, what
// was refused on standard error.
func (c *importSiteCmd) say(p *program, n siteNews) error {
	for _, list := range []struct {
		word  string
		pages []assist.WebPage
	}{{"new", n.New}, {"changed", n.Changed}, {"gone", n.Gone}} {
		for _, page := range list.pages {
			fmt.Fprintf(p.stdout, "%-8s %s  %s\n", list.word, page.URL, page.Title)
		}
	}
	for _, t := range n.touched {
		fmt.Fprintf(p.stdout, "%-8s %s\n", "look at", strings.Join(strings.Fields(t.Answer.Title), " "))
	}
	for _, f := range n.Faults {
		fmt.Fprintln(p.stderr, "refused: "+sentence(f))
	}
	if n.read()+len(n.Gone) == 0 {
		return &assist.Fault{What: "no page could be read, and nothing was kept", Err: assist.ErrInvalid}
	}
	end := "\n"
	if c.DryRun {
		end = " Nothing was kept.\n"
	}
	_, err := fmt.Fprint(p.stdout, n.sentence()+end)
	return err
}

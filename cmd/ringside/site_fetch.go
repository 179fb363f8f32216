package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"time"

	"ringside/assist"
	"ringside/storage/site"
	"ringside/ui/say"
)

// The bounds of a look at a site. It is the company's own, and nobody should feel it.
const (
	mostPages    = 500
	mostMaps     = 50
	pagesAtOnce  = 2
	pagePatience = 10 * time.Second
	triesInVain  = 4 // pages that nobody answered for, before the look is given up
)

// siteReader fetches pages of a site, because somebody asked for it just now. It sends no
// cookies, and follows no link to another host than the one it was given.
type siteReader struct {
	client *http.Client
	now    func() time.Time
	read   func(n, all int) // is told how far it is; nil: nobody wants to know
}

func newSiteReader(now func() time.Time) *siteReader {
	return &siteReader{client: &http.Client{Timeout: pagePatience, CheckRedirect: stayHere}, now: now}
}

var loginWords = regexp.MustCompile(`(?i)(^|[/._-])(log-?in|sign-?in|sso|auth|oauth2?|saml2?|accounts)([/._-]|$)`)

// stayHere follows a site to its own pages only.
func stayHere(next *http.Request, via []*http.Request) error {
	first := via[0].URL
	elsewhere := site.Host(next.URL) != site.Host(first)
	switch {
	case loginWords.MatchString(next.URL.Path) && !loginWords.MatchString(first.Path), elsewhere && loginWords.MatchString(next.URL.Host):
		return behindLogin(first.String())
	case elsewhere:
		return &assist.Fault{What: "this page leads to another site, " + next.URL.Host, Where: first.String(),
			Do: "Name the other address if that is yours, too.", Err: assist.ErrInvalid}
	case len(via) > 5:
		return &assist.Fault{What: "this page leads on and on", Where: first.String(), Do: "Look at it in a browser.", Err: assist.ErrInvalid}
	}
	return nil
}

func behindLogin(where string) error {
	return &assist.Fault{What: "this page is behind a login", Where: where,
		Do: "Ringside reads what every customer can read: leave it out, or save the page and take it from a folder.", Err: assist.ErrInvalid}
}

// errUnanswered marks a page for which nobody answered.
var errUnanswered = errors.New("nobody answered")

// get fetches one address of at most most bytes. It fails with a *assist.Fault; what is
// not there has assist.ErrNotFound.
func (r *siteReader) get(ctx context.Context, address string, most int64) (site.Document, error) {
	d := site.Document{Where: address, Asked: address}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return d, &assist.Fault{What: "this is no address of a page", Where: address, Do: "Write it in full, with https://.", Err: err}
	}
	req.Header.Set("User-Agent", "Ringside/"+appVersion+" (reads the pages of its own company's site)")
	req.Header.Set("Accept", "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5")
	answer, err := r.client.Do(req)
	if err != nil {
		return d, unanswered(ctx, address, err)
	}
	defer answer.Body.Close()
	if err := refusal(answer.StatusCode, address); err != nil {
		return d, err
	}
	if answer.ContentLength > most {
		return d, site.TooLarge(address, most)
	}
	d.URL, d.Type = answer.Request.URL.String(), answer.Header.Get("Content-Type")
	if d.Body, err = io.ReadAll(io.LimitReader(answer.Body, most+1)); err != nil {
		return d, unanswered(ctx, address, err)
	}
	if int64(len(d.Body)) > most {
		return d, site.TooLarge(address, most)
	}
	return d, nil
}

// unanswered says why there is no answer: the fault that stopped it, the end of ctx, or
// the connection.
func unanswered(ctx context.Context, address string, err error) error {
	var fault *assist.Fault
	var slow interface{ Timeout() bool }
	switch {
	case errors.As(err, &fault):
		return fault
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &slow) && slow.Timeout():
		return &assist.Fault{What: "the site took too long to answer", Where: address, Do: "Try again later.", Err: errors.Join(errUnanswered, err)}
	}
	return &assist.Fault{What: "the site cannot be reached", Where: address, Do: "Look whether this machine is online and the address is right.",
		Err: errors.Join(errUnanswered, err)}
}

// refusal says what an answer means that is no page.
func refusal(status int, address string) error {
	switch {
	case status == http.StatusUnauthorized:
		return behindLogin(address)
	case status == http.StatusForbidden:
		return &assist.Fault{What: "the site does not show this page to us: it may be behind a login", Where: address,
			Do: "Save it in a browser and take it from a folder.", Err: assist.ErrInvalid}
	case status == http.StatusNotFound, status == http.StatusGone:
		return &assist.Fault{What: "there is no such page", Where: address, Err: assist.ErrNotFound}
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		return &assist.Fault{What: "the site is too busy for this page", Where: address, Do: "Try again later.", Err: assist.ErrInvalid}
	case status != http.StatusOK:
		return &assist.Fault{What: fmt.Sprintf("the site answered %d %s", status, http.StatusText(status)), Where: address,
			Do: "Look at the page in a browser.", Err: assist.ErrInvalid}
	}
	return nil
}

// look fetches these pages. What failed is in the Look; look itself fails when ctx ends,
// and when nobody answers at all.
func (r *siteReader) look(ctx context.Context, addresses []string) (*site.Look, error) {
	look := &site.Look{}
	if len(addresses) > mostPages {
		look.Failed("", &assist.Fault{What: fmt.Sprintf("these are %d pages, and the first %d were read", len(addresses), mostPages),
			Do: "Look again to read those that were not read for longest.", Err: assist.ErrInvalid})
		addresses = addresses[:mostPages]
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	n, vain, reached := 0, 0, false
	for f := range r.fetch(ctx, addresses) {
		if n++; r.read != nil {
			r.read(n, len(addresses))
		}
		silent := errors.Is(f.err, errUnanswered)
		if reached = reached || !silent; !reached {
			if vain++; vain == min(triesInVain, len(addresses)) {
				stop(f.err)
			}
		}
		if f.err != nil {
			look.Failed(f.doc.Asked, f.err)
		} else {
			look.Add(f.doc, r.now())
		}
	}
	return look, context.Cause(ctx)
}

// fetched is a page that came, or why it did not.
type fetched struct {
	doc site.Document
	err error
}

// fetch gets the pages a few at a time, until ctx ends. What came must be read to the end.
func (r *siteReader) fetch(ctx context.Context, addresses []string) <-chan fetched {
	todo, came := make(chan string), make(chan fetched)
	var beside sync.WaitGroup
	for range pagesAtOnce {
		beside.Go(func() {
			for address := range todo {
				doc, err := r.get(ctx, address, site.MostBytes)
				came <- fetched{doc, err}
			}
		})
	}
	go func() {
		defer func() { close(todo); beside.Wait(); close(came) }()
		for _, address := range addresses {
			select {
			case todo <- address:
			case <-ctx.Done():
				return
			}
		}
	}()
	return came
}

// lookBySitemap fetches the pages that a sitemap lists, and those of the same site that
// are kept and not listed, to see whether they are gone. body is the sitemap when it is at
// hand; where is its address otherwise.
func (r *siteReader) lookBySitemap(ctx context.Context, where string, body []byte, kept []assist.WebPage) (*site.Look, error) {
	addresses, left, err := r.listed(ctx, where, body)
	if err != nil {
		return nil, err
	}
	seen := map[assist.ID]bool{}
	for _, a := range addresses {
		seen[assist.WebPage{URL: a}.Key()] = true
	}
	for _, p := range kept {
		if !seen[p.ID] && !p.Gone && sameHost(p.URL, addresses[0]) {
			addresses = append(addresses, p.URL)
		}
	}
	look, err := r.look(ctx, addresses)
	if err == nil && left > 0 {
		look.Failed("", &assist.Fault{What: fmt.Sprintf("the sitemap lists %s of other sites, which were left out", say.Count(left, "page")),
			Where: where, Do: "Name them one by one if they are yours, too.", Err: assist.ErrInvalid})
	}
	return look, err
}

// listed returns the pages of a sitemap that are on one host, and how many are not.
func (r *siteReader) listed(ctx context.Context, where string, body []byte) (pages []string, left int, err error) {
	if body == nil {
		d, err := r.get(ctx, where, site.MostMapBytes)
		if err != nil {
			return nil, 0, err
		}
		where, body = d.URL, d.Body
	}
	all, maps, err := site.Sitemap(body, where)
	if err != nil {
		return nil, 0, err
	}
	home := where
	if !isAddress(home) {
		home = append(append([]string{}, all...), maps...)[0]
	}
	for i, m := range maps {
		if i == mostMaps || !sameHost(m, home) {
			left++
			continue
		}
		d, err := r.get(ctx, m, site.MostMapBytes)
		if err != nil {
			return nil, 0, err
		}
		more, _, err := site.Sitemap(d.Body, m)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, more...)
	}
	for _, a := range all {
		if sameHost(a, home) {
			pages = append(pages, a)
		} else {
			left++
		}
	}
	if len(pages) == 0 {
		return nil, 0, &assist.Fault{What: "this sitemap lists no page of its own site", Where: where, Do: "Name another one.", Err: assist.ErrInvalid}
	}
	return pages, left, nil
}

func sameHost(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && site.Host(x) == site.Host(y)
}

package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/setup"
)

const (
	newsEvery = 300 * time.Millisecond // how often the page looks for news while it is in front
	ringWait  = time.Minute            // how long a ring is waited for
	testWait  = 5 * time.Second        // how long our own ring is
)

// awaited is a ring that the rep wants to hear of.
type awaited struct {
	id    string // of our own ring; empty: any
	since time.Time
	until time.Time
}

// joinPhone joins the part of the settings page about the phone.
func (p *pages) joinPhone() {
	p.r.phone.onTold(func(s stand) { p.post(func() { p.showStand(s) }) })
	if self, err := os.Executable(); err == nil {
		p.setup.SetHooks(hooksOf(handoff.Hooks(self)))
	}
	p.setup.OnTestRing, p.setup.OnWaitRing = p.testRing, p.waitRing
	p.setup.OnCopyNews = func() { p.app.Clipboard().SetContent(p.newsText()) }
	p.setup.OnLinks = p.links
	p.setup.OnPassword = func(password string) {
		async.Load(p.post, func(ctx context.Context) (string, error) { return p.r.keepPassword(ctx, password) }, func(where string, err error) {
			if err != nil {
				p.setup.SetTrouble(say.Error(err))
				return
			}
			p.setup.SetPassword(where, password != "")
		})
	}
	p.setup.OnToken = func() { async.Go(p.post, p.r.renewToken, p.trouble) }
	async.Load(p.post, p.r.hasPassword, func(kept bool, err error) {
		if err == nil {
			p.setup.SetPassword("", kept)
		}
	})
	p.showLinks()
}

func (p *pages) trouble(err error) {
	if err != nil {
		p.setup.SetTrouble(say.Error(err))
	}
}

// hasPassword reports whether a password for the extension is kept.
func (r *running) hasPassword(ctx context.Context) (bool, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return false, err
	}
	return h.drawer.Has(sipPassword), nil
}

// showStand shows how it stands with the sources of calls.
func (p *pages) showStand(s stand) {
	p.setup.SetSIP(s.sip.Words, s.sip.Good)
	l := setup.LAN{Token: s.token, Good: s.lan.Err == nil}
	switch {
	case s.lan.Err != nil:
		l.Sentence = say.Error(s.lan.Err)
	case s.lan.Address != "":
		l.Sentence = s.lan.String()
	}
	if s.token != "" && s.lan.Address != "" {
		l.Hooks = hooksOf(handoff.LANHooks(handoff.URL(s.lan.Address, s.token)))
	}
	for _, x := range s.lan.Senders {
		l.Senders = append(l.Senders, senderWords(x))
	}
	p.setup.SetLAN(l)
}

func senderWords(s handoff.Sender) string {
	what := "let in"
	if s.Refused != "" {
		what = "sent away: " + s.Refused
	}
	if s.Times > 1 {
		what += fmt.Sprintf(" (%d times)", s.Times)
	}
	return s.At.Format("15:04:05") + "  " + s.Addr + "  " + what
}

func hooksOf(list []handoff.Hook) []setup.Hook {
	out := make([]setup.Hook, len(list))
	for i, h := range list {
		out[i] = setup.Hook{Phone: h.Phone, Where: h.Where}
		for _, l := range h.Lines {
			out[i].Lines = append(out[i].Lines, setup.HookLine{When: l.When, Text: l.Text})
		}
	}
	return out
}

// links has this program open our own links, or no more.
func (p *pages) links(on bool) {
	change := linksOff
	if on {
		change = func() error { return linksOn(false) }
	}
	async.Go(p.post, func(context.Context) error { return change() }, func(err error) {
		p.trouble(err)
		p.showLinks()
	})
}

func (p *pages) showLinks() {
	async.Load(p.post, func(context.Context) ([]string, error) { return linksState() }, func(schemes []string, err error) {
		words := ""
		if err != nil {
			words = say.Error(err)
		} else if len(schemes) > 0 {
			words = "Links that begin with " + strings.Join(schemes, ":, ") + ": open here."
		}
		p.setup.SetLinks(len(schemes) > 0, words)
	})
}

// testRing rings once by the way that a program of this machine takes.
func (p *pages) testRing() {
	now := p.r.now()
	ring := phone.Ring{ID: string(assist.NewID(now)), From: "+441632960999", Name: "A test ring", Phase: phone.Ringing, At: now}
	p.await(awaited{id: ring.ID, since: now, until: now.Add(testWait)})
	async.Go(p.post, func(ctx context.Context) error { return p.r.handRing(ctx, ring) }, func(err error) {
		if err != nil {
			p.waits = awaited{}
			p.setup.SetTested(say.Error(err), false)
		}
	})
}

// handRing hands a ring over at our own door.
func (r *running) handRing(ctx context.Context, ring phone.Ring) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	client, err := handoff.Find(h.dir)
	if err != nil {
		return &assist.Fault{What: "the door for programs of this computer is closed", Do: "Close Ringside and open it again.", Err: err}
	}
	return client.Ring(ctx, ring)
}

func (p *pages) waitRing() {
	now := p.r.now()
	p.await(awaited{since: now, until: now.Add(ringWait)})
}

func (p *pages) await(a awaited) {
	p.waits = a
	p.followNews()
}

// followNews shows what is heard of the phone while the settings page is in front or a
// ring is waited for.
func (p *pages) followNews() {
	if p.following {
		return
	}
	p.following = true
	p.lookForNews()
}

func (p *pages) lookForNews() {
	news := p.r.desk.News()
	p.answer(news)
	if p.following = p.win.Page() == ui.Settings || p.waits != (awaited{}); !p.following {
		return
	}
	p.showNews(news)
	async.After(p.post, newsEvery, p.lookForNews)
}

// answer tells of the ring that was waited for, or that none came.
func (p *pages) answer(news []phone.News) {
	a := p.waits
	if a == (awaited{}) {
		return
	}
	for _, n := range news {
		if n.Heard.Before(a.since) || n.Ring.Source == phone.ByHand || a.id != "" && n.Ring.ID != a.id {
			continue
		}
		p.waits = awaited{}
		p.setup.SetTested(say.Sentence(p.heardWords(n)), n.Fate == phone.Came || n.Fate == phone.WentOn)
		return
	}
	if p.r.now().After(a.until) {
		p.waits = awaited{}
		p.setup.SetTested("Nothing was heard. Look at how your phone is set up to tell of calls, and whether the phone is listened to at all.", false)
	}
}

func (p *pages) showNews(news []phone.News) {
	out := make([]setup.News, len(news))
	for i, n := range news {
		out[i] = setup.News{At: n.Heard, Words: p.heardWords(n), Good: n.Call != ""}
	}
	p.setup.SetNews(out)
}

func (p *pages) heardWords(n phone.News) string {
	return say.Heard(say.HeardNews{Ring: n.Ring, Fate: n.Fate, Title: n.Title, Known: n.Known, Took: n.Heard.Sub(n.Ring.At),
		Region: regionOf(p.chosen), Masked: p.chosen.Phone.Mask})
}

func (p *pages) newsText() string {
	var b strings.Builder
	for _, n := range p.r.desk.News() {
		fmt.Fprintf(&b, "%s  %s\n", n.Heard.Format("2006-01-02 15:04:05.000"), p.heardWords(n))
	}
	return b.String()
}

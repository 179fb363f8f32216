package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/assist/phone/sip"
	"ringside/assist/settings"
)

// The names of the secrets of the phone.
const (
	sipPassword = "phone password"
	lanToken    = "network token"
)

// listening has the sources of calls run as the settings say, and knows how it stands
// with them. Its methods may be called from any goroutine.
type listening struct {
	lines *lines

	applying sync.Mutex // one change of the settings at a time

	mu    sync.Mutex
	stand stand
	tell  func(stand)
}

// stand is how it stands with the sources of calls.
type stand struct {
	sip   sip.State
	lan   handoff.State
	token string // of the door to the network; empty while it is closed
}

func newListening(ctx context.Context, ring func(phone.Ring)) *listening {
	return &listening{lines: newLines(ctx, ring)}
}

// onTold has every change of how it stands told, from any goroutine, and the newest at
// once.
func (l *listening) onTold(tell func(stand)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tell = tell
	tell(l.stand)
}

func (l *listening) change(do func(*stand)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	do(&l.stand)
	if l.tell != nil {
		l.tell(l.stand)
	}
}

// listen has the phone listened to as the settings say. They are read when it is this
// change's turn, so that none brings back older ones. It returns at once: the keychain is
// asked, and the telephone system told good-bye, beside it.
func (r *running) listen(h *house) {
	r.beside.Go(func() {
		r.phone.applying.Lock()
		defer r.phone.applying.Unlock()
		s, err := h.db.Settings(r.ctx)
		if err != nil {
			r.phone.change(func(t *stand) { t.sip, t.lan.Err = sip.State{Words: sentence(err)}, err })
			return
		}
		r.watchExtension(h, s.Phone)
		r.openNetwork(h, s.Phone)
	})
}

func (r *running) watchExtension(h *house, s settings.Phone) {
	if s.Off || !s.SIP.On {
		r.phone.lines.run(phone.FromSIP, "", nil)
		r.phone.change(func(t *stand) { t.sip = sip.State{} })
		return
	}
	password, err := h.drawer.Read(r.ctx, sipPassword)
	if err != nil {
		r.phone.lines.run(phone.FromSIP, "", nil)
		r.phone.change(func(t *stand) { t.sip = sip.State{Words: sentence(err)} })
		return
	}
	opt := sip.Options{SIP: s.SIP, Password: password, OnState: func(x sip.State) { r.phone.change(func(t *stand) { t.sip = x }) }}
	r.phone.lines.run(phone.FromSIP, description(s.SIP, password), func() phone.Source { return sip.New(opt) })
}

func (r *running) openNetwork(h *house, s settings.Phone) {
	closed := func(err error) {
		r.phone.lines.run(phone.FromLAN, "", nil)
		r.phone.change(func(t *stand) { t.lan, t.token = handoff.State{Err: err}, "" })
	}
	if s.Off || !s.LAN.On {
		closed(nil)
		return
	}
	token, err := h.drawer.Read(r.ctx, lanToken)
	if err == nil && token == "" {
		token, err = r.newToken(h)
	}
	var lan *handoff.LAN
	if err == nil {
		lan, err = handoff.NewLAN(s.LAN, token, func(x handoff.State) { r.phone.change(func(t *stand) { t.lan, t.token = x, token }) })
	}
	if err != nil {
		closed(err)
		return
	}
	r.phone.lines.run(phone.FromLAN, description(s.LAN, token), func() phone.Source { return lan })
}

func (r *running) newToken(h *house) (string, error) {
	token := handoff.NewToken()
	_, err := h.drawer.Keep(r.ctx, lanToken, token)
	return token, err
}

// description tells one source from another that is made of other settings.
func description(s any, secret string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return fmt.Sprintf("%+v %s", s, secret)
	}
	return string(b) + " " + secret
}

// keepPassword keeps the extension's password, or forgets it, says where it is, and
// watches with it.
func (r *running) keepPassword(ctx context.Context, password string) (where string, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return "", err
	}
	if where, err = h.drawer.Keep(ctx, sipPassword, password); err != nil {
		return "", err
	}
	r.listen(h)
	return where, nil
}

// renewToken makes the addresses that phones of the network were given worthless.
func (r *running) renewToken(ctx context.Context) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	if _, err := r.newToken(h); err != nil {
		return err
	}
	r.listen(h)
	return nil
}

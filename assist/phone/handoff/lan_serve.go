package handoff

import (
	"crypto/subtle"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"ringside/assist/phone"

	"golang.org/x/time/rate"
)

const (
	perSecond = 50   // news a second that one sender may bring
	atOnce    = 100  // and as much at once
	knowns    = 1000 // senders whose rate is remembered
)

// serve takes one piece of news. Every answer is empty: a sender learns whether it was
// let in, and nothing else.
func (l *LAN) serve(w http.ResponseWriter, r *http.Request) {
	now := time.Now()
	w.Header().Set("Cache-Control", "no-store")
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	from := sender(r)
	code, why := l.admit(from, r, now)
	if code == 0 {
		code, why = l.take(r, now)
	}
	l.change(func(s *State) { s.knocked(from.String(), why, now) })
	w.WriteHeader(code)
}

// sender is where a request comes from. An IPv4 address is one, however the system
// writes it.
func sender(r *http.Request) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap().WithZone("")
}

// admit returns the refusal for a sender that may not post; zero lets it in.
func (l *LAN) admit(from netip.Addr, r *http.Request, now time.Time) (code int, why string) {
	_, fromPage := r.Header["Origin"]
	switch {
	case !l.listed(from):
		return http.StatusForbidden, "its address is not among those that may post"
	case !l.slowEnough(from, now):
		return http.StatusTooManyRequests, "it sends too much"
	case fromPage:
		return http.StatusForbidden, "it is a page in a browser"
	case !l.opens(r):
		return http.StatusUnauthorized, "its token is missing or wrong"
	case r.URL.Path != "/ring":
		return http.StatusNotFound, "it asks for another address than /ring"
	case r.Method != http.MethodPost && r.Method != http.MethodGet:
		return http.StatusMethodNotAllowed, "it neither gets nor posts"
	}
	return 0, ""
}

func (l *LAN) listed(from netip.Addr) bool {
	for _, p := range l.from {
		if p.Contains(from) {
			return true
		}
	}
	return len(l.from) == 0
}

func (l *LAN) opens(r *http.Request) bool {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		said := told{}
		said.add(r.URL.RawQuery)
		token = said["token"]
	}
	return subtle.ConstantTimeCompare([]byte(token), []byte(l.token)) == 1
}

// rates are how fast each sender may go on.
type rates map[netip.Addr]*rate.Limiter

func (l *LAN) slowEnough(from netip.Addr, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.rates == nil || len(l.rates) >= knowns && l.rates[from] == nil {
		l.rates = rates{} // so many that one forgets them all
	}
	if l.rates[from] == nil {
		l.rates[from] = rate.NewLimiter(perSecond, atOnce)
	}
	return l.rates[from].AllowN(now, 1)
}

// take reads the news and passes it on, unless it has been told already.
func (l *LAN) take(r *http.Request, now time.Time) (code int, why string) {
	ring, err := news(r)
	if err != nil {
		return err.code, err.why
	}
	ring.At, ring.Source = now, phone.FromLAN
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.news) == cap(l.news) {
		return http.StatusServiceUnavailable, "it sends more than can be taken in"
	}
	if ring, fresh := l.calls.next(ring); fresh {
		l.news <- ring
	}
	return http.StatusNoContent, ""
}

package handoff

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"

	"ringside/assist/phone"
	"ringside/assist/settings"
)

const (
	lanPause   = 2 * time.Second // before it is tried again to listen
	lanLongest = time.Minute
	mostGuests = 10
)

// LANOptions are what a LAN needs.
type LANOptions struct {
	settings.LAN
	// Token opens the door; without one nobody is let in.
	Token string
	// OnState is told how it stands and who has posted, from any goroutine; nil: nobody
	// wants to know.
	OnState func(LANState)
}

// LANState says how it stands with the door to the network.
type LANState struct {
	Words  string // a sentence for people
	Good   bool   // it is open
	Guests []Guest
}

// Guest is somebody of the network who has knocked.
type Guest struct {
	Address string
	At      time.Time // last
	In      bool      // let in, that time
	Why     string    // not let in
}

// LAN is a phone.Source: a door to phones and telephone systems of the local network, which
// tell of calls by opening an address (an action URL) or by posting a form or JSON to it.
// It takes news of calls at /ring and gives nothing away: the answer has no content.
type LAN struct {
	opt   LANOptions
	who   guestList
	calls tracker
	mu    sync.Mutex
	state LANState
}

// NewLAN returns a door that is not open yet.
func NewLAN(opt LANOptions) *LAN {
	l := &LAN{opt: opt}
	for _, from := range opt.From {
		l.who.allow(from)
	}
	return l
}

// Watch implements phone.Source: the door is open until ctx ends. Where it cannot listen
// it says so and tries again.
func (l *LAN) Watch(ctx context.Context, out chan<- phone.Ring) error {
	for pause := lanPause; ctx.Err() == nil; pause = min(2*pause, lanLongest) {
		err := l.serve(ctx, out)
		if ctx.Err() != nil {
			return nil
		}
		l.tell(lanTrouble(l.opt.Address, err), false)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
	return nil
}

func (l *LAN) serve(ctx context.Context, out chan<- phone.Ring) error {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", l.opt.Address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: l.handler(ctx, out), ReadHeaderTimeout: patience, ReadTimeout: patience, WriteTimeout: patience, IdleTimeout: patience,
		MaxHeaderBytes: 16 << 10, ErrorLog: log.New(io.Discard, "", 0)}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	l.tell("Open to the network at "+ln.Addr().String()+".", true)
	return server.Serve(ln)
}

// lanTrouble says why nobody of the network is heard, and what to do.
func lanTrouble(address string, err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "Another program listens at " + address + ". Choose another port."
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return address + " is no address of this computer. Look it up, or write the port alone, like :8765."
	case errors.Is(err, syscall.EACCES):
		return "The system does not allow listening at " + address + ". Choose a port above 1023."
	}
	return "Nobody of the network is heard: " + err.Error() + "."
}

// tell says how it stands.
func (l *LAN) tell(words string, good bool) {
	l.mu.Lock()
	l.state.Words, l.state.Good = words, good
	l.report()
}

// knocked notes who was let in or not.
func (l *LAN) knocked(address, why string) {
	l.mu.Lock()
	l.state.Guests = l.who.note(address, why)
	l.report()
}

// report unlocks and tells the newest state.
func (l *LAN) report() {
	state := l.state
	l.mu.Unlock()
	if l.opt.OnState != nil {
		l.opt.OnState(state)
	}
}

func (l *LAN) handler(ctx context.Context, out chan<- phone.Ring) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		address, _, _ := net.SplitHostPort(r.RemoteAddr)
		if code, why := l.refuses(r, address); code != 0 {
			l.knocked(address, why)
			w.WriteHeader(code)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		ring, err := posted(r)
		if err != nil {
			l.knocked(address, "what it posts tells of no call: "+err.Error())
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		ring.At = time.Now()
		l.knocked(address, "")
		l.pass(ctx, ring, out)
		w.WriteHeader(http.StatusNoContent)
	})
}

// pass tells of a call, unless it is told already. One at a time, so that they keep their
// order.
func (l *LAN) pass(ctx context.Context, ring phone.Ring, out chan<- phone.Ring) {
	l.calls.mu.Lock()
	defer l.calls.mu.Unlock()
	if ring, ok := l.calls.next(ring); ok {
		select {
		case out <- ring:
		case <-ctx.Done():
		}
	}
}

// refuses says why somebody is not let in, for the list of guests.
func (l *LAN) refuses(r *http.Request, address string) (code int, why string) {
	_, fromPage := r.Header["Origin"]
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = r.URL.Query().Get("token")
	}
	switch {
	case r.URL.Path != "/ring":
		return http.StatusNotFound, "it asks for " + clean(r.URL.Path)
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return http.StatusMethodNotAllowed, "it does not get or post"
	case fromPage:
		return http.StatusForbidden, "it is a page in a browser"
	case !l.who.may(address):
		return http.StatusForbidden, "its address is not among those that may post"
	case !l.who.slow(address):
		return http.StatusTooManyRequests, "it posts more often than any phone rings"
	case l.opt.Token == "" || subtle.ConstantTimeCompare([]byte(token), []byte(l.opt.Token)) != 1:
		return http.StatusUnauthorized, "the token is missing or wrong"
	case r.ContentLength > maxBody:
		return http.StatusRequestEntityTooLarge, "it posts more than 64 KiB"
	}
	return 0, ""
}

// network reads an address or a network as people write them.
func network(text string) (netip.Prefix, bool) {
	text = strings.TrimSpace(text)
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), true
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), true
}

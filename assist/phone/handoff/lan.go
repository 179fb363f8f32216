package handoff

import (
	"context"
	"crypto/rand"
	"encoding/hex"
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

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/settings"
)

const (
	queue     = 1000             // news that waits while the desk is busy
	firstTry  = time.Second      // until the address is tried again; it doubles
	seldomTry = 30 * time.Second // the longest that it waits
)

// LAN is the door for phones and phone systems of the local network. They can tell of
// calls and do nothing else: it answers every one of them with an empty page. It is a
// phone.Source.
type LAN struct {
	address string
	token   string
	from    []netip.Prefix
	report  func(State)
	news    chan phone.Ring

	mu    sync.Mutex
	state State
	calls calls
	rates rates
}

// NewToken returns a token that nobody guesses.
func NewToken() string {
	var key [16]byte
	rand.Read(key[:])
	return hex.EncodeToString(key[:])
}

// NewLAN returns the door that the settings describe. It opens with Watch. Every change
// of its State is told to onState, which may be nil, from any goroutine and in order.
// Settings that make no sense give a Fault with assist.ErrInvalid.
func NewLAN(set settings.LAN, token string, onState func(State)) (*LAN, error) {
	if token == "" {
		return nil, &assist.Fault{What: "the phones of the network have no token", Do: "Make one in Settings.", Err: assist.ErrInvalid}
	}
	if _, _, err := net.SplitHostPort(set.Address); err != nil {
		return nil, &assist.Fault{What: quote(set.Address) + " is no address to listen on",
			Do: "Write an address of this machine and a port: 192.168.1.20:8765, or :8765 for all of them.", Err: assist.ErrInvalid}
	}
	l := &LAN{address: set.Address, token: token, report: onState, news: make(chan phone.Ring, queue)}
	if l.report == nil {
		l.report = func(State) {}
	}
	for _, text := range set.From {
		p, err := prefix(text)
		if err != nil {
			return nil, &assist.Fault{What: quote(text) + " is no address and no network",
				Do: "Write 192.168.1.5, or 192.168.1.0/24.", Err: assist.ErrInvalid}
		}
		l.from = append(l.from, p)
	}
	l.state.From = set.From
	return l, nil
}

func prefix(text string) (netip.Prefix, error) {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "/") {
		p, err := netip.ParsePrefix(text)
		return p.Masked(), err
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	return a.Unmap().Prefix(a.Unmap().BitLen())
}

// Watch implements phone.Source. An address that cannot be listened on is tried again
// until it can, since a network comes and goes; State says why.
func (l *LAN) Watch(ctx context.Context, out chan<- phone.Ring) error {
	ctx, stop := context.WithCancel(ctx)
	var served sync.WaitGroup
	served.Go(func() { l.keepListening(ctx) })
	defer served.Wait()
	defer stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case r := <-l.news:
			select {
			case out <- r:
			case <-ctx.Done():
				return nil
			}
		}
	}
}

func (l *LAN) keepListening(ctx context.Context) {
	for pause := firstTry; ; pause = min(2*pause, seldomTry) {
		begun := time.Now()
		err := l.listen(ctx)
		if ctx.Err() != nil {
			l.change(func(s *State) { s.Address, s.Err = "", nil })
			return
		}
		l.change(func(s *State) { s.Address, s.Err = "", cannotListen(l.address, err) })
		if time.Since(begun) > seldomTry {
			pause = firstTry
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// listen serves until ctx ends, or until it cannot go on.
func (l *LAN) listen(ctx context.Context) error {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", l.address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: http.HandlerFunc(l.serve), ReadHeaderTimeout: patience, ReadTimeout: patience,
		WriteTimeout: patience, IdleTimeout: patience, MaxHeaderBytes: 16 << 10, ErrorLog: log.New(io.Discard, "", 0)}
	closed := make(chan struct{})
	defer context.AfterFunc(ctx, func() { server.Close(); close(closed) })()
	l.change(func(s *State) { s.Address, s.Err = ln.Addr().String(), nil })
	err = server.Serve(ln)
	if ctx.Err() != nil {
		<-closed
		return nil
	}
	return errors.Join(err, server.Close())
}

// cannotListen says in words why an address cannot be listened on. The numbers are
// those of Windows, which the names do not stand for.
func cannotListen(address string, err error) error {
	f := &assist.Fault{What: "phones cannot reach Ringside", Where: address, Do: "It is tried again by itself.", Err: err}
	switch {
	case errors.Is(err, syscall.EADDRINUSE), errors.Is(err, syscall.Errno(10048)):
		f.What, f.Do = "another program listens on this address", "Choose another port in Settings."
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.Is(err, syscall.Errno(10049)):
		f.What, f.Do = "this address is not one of this machine now", "Join its network, or choose another address in Settings."
	case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.Errno(10013)):
		f.What, f.Do = "this machine does not let Ringside listen on this address", "Choose a port above 1023 in Settings."
	}
	return f
}

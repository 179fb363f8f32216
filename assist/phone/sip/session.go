package sip

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"

	"ringside/assist/phone"
)

const (
	patience = 5 * time.Second // for an answer
	goodbye  = time.Second     // for the answer to a good-bye
	keepOpen = 20 * time.Second
	waiting  = 256 // news that waits for a desk that is busy
)

// What the library has to remark is for its authors; and by itself it cuts the state of
// some eighty calls, which still is one datagram.
func init() {
	sip.SetDefaultLogger(slog.New(slog.DiscardHandler))
	sip.TransportBufferReadSize = 1<<16 - 1
}

// errSilent: a request was sent, and nothing came back.
var errSilent = errors.New("no answer")

// news is what comes from the telephone system by itself.
type news struct {
	info    info
	first   bool // the whole state behind a new subscription
	invited phone.Ring
	err     error
	at      time.Time
}

// session is one life of the sockets between here and the telephone system.
type session struct {
	opt     Options
	network string // udp, tcp or tls
	remote  string // host:port
	domain  string
	ua      *sipgo.UserAgent
	client  *sipgo.Client
	server  *sipgo.Server
	socket  net.PacketConn // of udp
	touched time.Time      // when something was sent to keep its way open
	contact sip.Uri        // where we are reached
	news    chan news
	lost    chan struct{} // holds one token when news found no room

	onNotify func(*sip.Request) int // returns the code to answer with
	onInvite func(*sip.Request)
}

// dial opens the way to the telephone system and makes sure that somebody is there.
func dial(ctx context.Context, opt Options) (s *session, err error) {
	s = &session{opt: opt, network: strings.ToLower(opt.Transport), news: make(chan news, waiting), lost: make(chan struct{}, 1),
		onNotify: func(*sip.Request) int { return 481 }, onInvite: func(*sip.Request) {}}
	if s.network == "" {
		s.network = "udp"
	}
	host, port := splitServer(opt.Server, s.network)
	s.remote = net.JoinHostPort(host, port)
	if s.domain = opt.Domain; s.domain == "" {
		s.domain = host
	}
	quiet := slog.New(slog.DiscardHandler)
	trust := &tls.Config{}
	if opt.TLS != nil {
		trust = opt.TLS.Clone()
	}
	if trust.ServerName == "" {
		trust.ServerName = host
	}
	s.ua, err = sipgo.NewUA(sipgo.WithUserAgent("Ringside"), sipgo.WithUserAgentHostname(s.domain), sipgo.WithUserAgenTLSConfig(trust),
		sipgo.WithUserAgentTransportLayerOptions(sip.WithTransportLayerLogger(quiet), sip.WithTransportLayerConnectionReuse(true)),
		sipgo.WithUserAgentTransactionLayerOptions(sip.WithTransactionLayerLogger(quiet)))
	if err != nil {
		return nil, err
	}
	if s.server, err = sipgo.NewServer(s.ua, sipgo.WithServerLogger(quiet)); err == nil {
		s.listen()
		err = s.reach(ctx, quiet)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func splitServer(server, network string) (host, port string) {
	server = strings.TrimSpace(server)
	if host, port, err := net.SplitHostPort(server); err == nil {
		return host, port
	}
	if network == "tls" {
		return strings.Trim(server, "[]"), "5061"
	}
	return strings.Trim(server, "[]"), "5060"
}

// reach finds out by which address of this machine the server reaches us, and asks it
// whether it is there.
func (s *session) reach(ctx context.Context, quiet *slog.Logger) error {
	d := &net.Dialer{Timeout: patience}
	probe, err := d.DialContext(ctx, "udp4", s.remote)
	if err != nil {
		probe, err = d.DialContext(ctx, "udp", s.remote)
	}
	if err != nil {
		return err
	}
	local := probe.LocalAddr().(*net.UDPAddr).IP.String()
	s.remote = probe.RemoteAddr().String() // one address from here on, however many the name has
	probe.Close()
	options := []sipgo.ClientOption{sipgo.WithClientHostname(local), sipgo.WithClientNAT(), sipgo.WithClientLogger(quiet)}
	port := 0
	if s.network == "udp" {
		if s.socket, err = net.ListenPacket("udp", net.JoinHostPort(local, "0")); err != nil {
			return err
		}
		go func() { _ = s.server.ServeUDP(s.socket) }() // it ends with its socket
		port = s.socket.LocalAddr().(*net.UDPAddr).Port
		for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) { // the library says no more
			if conn, _ := s.ua.TransportLayer().GetConnection("udp", s.socket.LocalAddr().String()); conn != nil {
				break
			}
		}
		options = append(options, sipgo.WithClientPort(port), sipgo.WithClientConnectionAddr(s.socket.LocalAddr().String()))
	}
	if s.client, err = sipgo.NewClient(s.ua, options...); err != nil {
		return err
	}
	s.contact = sip.Uri{Scheme: "sip", User: s.opt.Extension, Host: local, Port: port}
	if s.network == "udp" {
		s.touched = time.Now()
		return nil
	}
	s.contact.UriParams = sip.HeaderParams{{K: "transport", V: s.network}}
	if _, err := s.do(ctx, s.request(sip.OPTIONS, sip.Uri{Scheme: "sip", Host: s.domain})); err != nil {
		return err
	}
	return s.adopt()
}

// alive keeps the way to the server open, and says when it is broken. Routers forget the
// way of UDP within half a minute or so; the system itself looks after connections.
func (s *session) alive() error {
	if s.network != "udp" {
		conn, err := s.connection()
		if err != nil {
			return errCut
		}
		_, _ = conn.TryClose() // it only stops counting us
		return nil
	}
	if time.Since(s.touched) < keepOpen {
		return nil
	}
	s.touched = time.Now()
	if to, err := net.ResolveUDPAddr("udp", s.remote); err == nil {
		_, _ = s.socket.WriteTo([]byte("\r\n\r\n"), to) // a server that is gone is missed at the next refresh
	}
	return nil
}

// connection is the one that we have opened.
func (s *session) connection() (sip.Connection, error) {
	conn, err := s.ua.TransportLayer().GetConnection(s.network, s.remote)
	if err != nil || conn == nil {
		return nil, fmt.Errorf("the connection is gone: %w", errors.Join(err, errSilent))
	}
	return conn, nil
}

// adopt has the server reach us by the connection that we have opened: to most desks
// nobody can open one.
func (s *session) adopt() error {
	conn, err := s.connection()
	if err != nil {
		return err
	}
	defer conn.TryClose()
	host, port, err := net.SplitHostPort(conn.LocalAddr().String())
	if err != nil {
		return err
	}
	s.contact.Host = host
	s.contact.Port, err = strconv.Atoi(port)
	return err
}

// request begins a request to the telephone system.
func (s *session) request(method sip.RequestMethod, to sip.Uri) *sip.Request {
	req := sip.NewRequest(method, to)
	req.SetTransport(strings.ToUpper(s.network))
	req.SetDestination(s.remote)
	return req
}

// do sends a request and waits for its final answer, with name and password if it is
// asked for them. An answer that is no yes is a refused.
func (s *session) do(ctx context.Context, req *sip.Request) (*sip.Response, error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	res, err := s.client.Do(ctx, req)
	for try := 0; err == nil && (res.StatusCode == 401 || res.StatusCode == 407) && s.opt.Password != "" && try < 2; try++ {
		if try > 0 && !stale(res) {
			break
		}
		res, err = s.client.DoDigestAuth(ctx, req, res, sipgo.DigestAuth{Username: s.login(), Password: s.opt.Password})
	}
	switch {
	case errors.Is(err, sip.ErrTransactionTimeout):
		return nil, errSilent
	case err != nil:
		return nil, err
	case req.Method != sip.OPTIONS && !res.IsSuccess():
		return res, refused{string(req.Method), res.StatusCode, res.Reason}
	}
	return res, nil
}

func (s *session) login() string {
	if s.opt.Login != "" {
		return s.opt.Login
	}
	return s.opt.Extension
}

// stale reports whether the server wants the same name and password once more: what it
// gave to prove them with was too old.
func stale(res *sip.Response) bool {
	for _, name := range []string{"WWW-Authenticate", "Proxy-Authenticate"} {
		if h := res.GetHeader(name); h != nil && strings.Contains(strings.ToLower(h.Value()), "stale=true") {
			return true
		}
	}
	return false
}

// listen answers what the telephone system sends by itself.
func (s *session) listen() {
	answer := func(req *sip.Request, tx sip.ServerTransaction, code int, reason string) {
		_ = tx.Respond(sip.NewResponseFromRequest(req, code, reason, nil)) // who does not hear it asks again
	}
	s.server.OnNotify(func(req *sip.Request, tx sip.ServerTransaction) {
		if code := s.onNotify(req); code != 200 {
			answer(req, tx, code, "Subscription Does Not Exist")
			return
		}
		answer(req, tx, 200, "OK")
	})
	s.server.OnInvite(func(req *sip.Request, tx sip.ServerTransaction) {
		answer(req, tx, 486, "Busy Here") // at once: whoever waits here keeps the caller waiting
		s.onInvite(req)
	})
	s.server.OnOptions(func(req *sip.Request, tx sip.ServerTransaction) { answer(req, tx, 200, "OK") })
}

// put keeps a piece of news for the watcher; when too many wait, the watch begins anew
// and reads the whole state.
func (s *session) put(n news) {
	n.at = time.Now()
	select {
	case s.news <- n:
		return
	default:
	}
	select {
	case s.lost <- struct{}{}:
	default:
	}
}

func (s *session) close() {
	if s.socket != nil {
		s.socket.Close()
	}
	_ = s.ua.Close()
}

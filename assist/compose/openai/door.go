package openai

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

var (
	errNotSent = errors.New("a preview is not sent")
	errTooMuch = errors.New("the answer does not end")
	errPublic  = errors.New("plain http to a public address")
)

// elsewhere is a redirect that was not followed.
type elsewhere struct{ to string }

func (e *elsewhere) Error() string { return "sent on to " + e.to }

// errand is what an endpoint is asked for, in the words of faults.
type errand struct {
	does  string // what there has to be at its address
	model string // what its model has to be for
	later string // what to do while it is busy
}

var (
	embedding = errand{"makes embeddings", "a model for embeddings", "It is asked again later."}
	writing   = errand{"writes (chat completions)", "a model that chats", "Try again later."}
)

// door is the way out: it keeps requests with the host that was named and answers
// within bounds, and makes errors for people of what it meets.
type door struct {
	errand
	base    *url.URL
	key     string
	timeout time.Duration
	http    *http.Client
}

func newDoor(base *url.URL, key string, timeout time.Duration) *door {
	d := &door{errand: embedding, base: base, key: key, timeout: timeout}
	dial := &net.Dialer{Timeout: timeout}
	t := &http.Transport{DialContext: dial.DialContext, TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConns: 2, IdleConnTimeout: 90 * time.Second, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 1 << 18}
	if base.Scheme == "https" {
		t.Proxy = http.ProxyFromEnvironment
	} else {
		dial.Control = privateOnly // a name may lead anywhere
	}
	d.http = &http.Client{Transport: t, CheckRedirect: d.follow}
	return d
}

// to returns the same way out for another errand.
func (d *door) to(e errand) *door {
	other := *d
	other.errand = e
	return &other
}

// privateOnly refuses a plain connection to an address of the open network.
func privateOnly(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !private(at.Addr()) {
		return errPublic
	}
	return nil
}

// follow lets a request be sent on within the host that the user named, and nowhere
// else: neither words nor key go to somebody whom they did not choose.
func (d *door) follow(req *http.Request, via []*http.Request) error {
	if req.URL.Host != d.base.Host || req.URL.Scheme != d.base.Scheme || req.Method != via[0].Method || len(via) > 3 {
		return &elsewhere{req.URL.Scheme + "://" + req.URL.Host + req.URL.Path}
	}
	return nil
}

// Do implements openai.HTTPDoer, with an end to the whole request.
func (d *door) Do(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), d.timeout)
	return d.send(req.WithContext(ctx), cancel, mostBytes)
}

// send sends a request, whose answer may have so many bytes; cancel is called when all
// is read or nothing came. An answer that is a refusal becomes an error here, so that
// nothing of it is read without a bound.
func (d *door) send(req *http.Request, cancel func(), most int) (*http.Response, error) {
	res, err := d.http.Do(req)
	if err != nil {
		cancel()
		return nil, err
	}
	body := &bounded{res.Body, most, cancel}
	res.Body = body
	if res.StatusCode < 200 || res.StatusCode > 299 {
		defer body.Close()
		return nil, d.refused(res)
	}
	return res, nil
}

// bounded is a body that fails when it is too long, and ends its request when it is
// closed.
type bounded struct {
	io.ReadCloser
	left   int
	cancel func()
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooMuch
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// Close implements io.Closer.
func (b *bounded) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

func readAll(r io.Reader) ([]byte, error) {
	var b bytes.Buffer
	_, err := b.ReadFrom(r)
	return b.Bytes(), err
}

// checkURL returns the address with no slash at its end, or why nothing may be sent
// there.
func checkURL(text string) (*url.URL, error) {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	u, err := url.Parse(text)
	const like = "Write it like https://api.openai.com/v1 or http://localhost:11434/v1."
	switch {
	case text == "":
		return nil, invalid("the endpoint has no address", like)
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsFunc(text, unprintable):
		return nil, invalid("the endpoint’s address cannot be read", like)
	case u.User != nil:
		return nil, invalid("the endpoint’s address holds a name or a password", "Put the key into its own box, where it is kept safe.")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, invalid("the endpoint’s address goes on behind ? or #", like)
	case u.Scheme == "http" && !near(u.Hostname()):
		return nil, invalid("everybody on the way could read what is sent to "+u.Host+" by plain http",
			"Begin the address with https; plain http is for this machine and private networks.")
	}
	return u, nil
}

// near reports whether a host may be on this machine or in a private network. What a
// name really leads to is looked at again when it is dialled.
func near(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return private(a)
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if !strings.Contains(host, ".") {
		return true
	}
	for _, end := range []string{".localhost", ".local", ".internal", ".lan", ".home.arpa"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return false
}

func private(a netip.Addr) bool {
	a = a.Unmap()
	return a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast()
}

package sip

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/emiago/sipgo/sip"
)

// least is the shortest time between two refreshes.
const least = 2 * time.Second

// subscription is the one to the state of our extension's calls.
type subscription struct {
	s      *session
	due    time.Time // when it has to be refreshed
	callID string
	tag    string
	cseq   uint32

	mu     sync.Mutex
	peer   string    // the tag of the other side; empty before it is known
	target sip.Uri   // where the next request of this subscription goes
	route  []sip.Uri // by way of these
	heard  bool      // the whole state has come
	newest uint32    // the number of the newest request with a state
}

func newSubscription(s *session) *subscription {
	u := &subscription{s: s, callID: sip.GenerateTagN(24), tag: sip.GenerateTagN(16), cseq: 1}
	u.target = sip.Uri{Scheme: "sip", User: s.opt.Extension, Host: s.domain}
	s.onNotify = u.notified // the state may come before the answer that it will
	return u
}

// refresh asks for the state, for so long.
func (u *subscription) refresh(ctx context.Context, expires time.Duration) error {
	res, err := u.ask(ctx, expires)
	if no, ok := err.(refused); ok && no.code == 423 { // too short for this server
		expires = max(expires, seconds(res.GetHeader("Min-Expires")))
		res, err = u.ask(ctx, expires)
	}
	if err != nil {
		return waitFor(res, err)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if to := res.To(); to != nil && u.peer == "" {
		u.peer, _ = to.Params.Get("tag")
	}
	if c := res.Contact(); c != nil {
		u.target = *c.Address.Clone()
	}
	if len(u.route) == 0 {
		u.route = routeOf(res)
	}
	u.due = again(res, expires)
	return nil
}

// again is when to ask again: well before what was granted, or asked for, is over.
func again(res *sip.Response, expires time.Duration) time.Time {
	if granted := seconds(res.GetHeader("Expires")); granted > 0 {
		expires = granted
	}
	return time.Now().Add(max(expires*3/4, least))
}

func (u *subscription) next() time.Time { return u.due }

// ask sends one SUBSCRIBE.
func (u *subscription) ask(ctx context.Context, expires time.Duration) (*sip.Response, error) {
	u.mu.Lock()
	req := u.s.request(sip.SUBSCRIBE, u.target)
	own := sip.Uri{Scheme: "sip", User: u.s.opt.Extension, Host: u.s.domain}
	from := &sip.FromHeader{Address: own, Params: sip.HeaderParams{{K: "tag", V: u.tag}}}
	to := &sip.ToHeader{Address: own}
	if u.peer != "" {
		to.Params = sip.HeaderParams{{K: "tag", V: u.peer}}
	}
	for _, r := range u.route {
		req.AppendHeader(&sip.RouteHeader{Address: r})
	}
	u.mu.Unlock()
	id := sip.CallIDHeader(u.callID)
	req.AppendHeader(from)
	req.AppendHeader(to)
	req.AppendHeader(&id)
	req.AppendHeader(&sip.CSeqHeader{SeqNo: u.cseq, MethodName: sip.SUBSCRIBE})
	req.AppendHeader(&sip.ContactHeader{Address: u.s.contact})
	req.AppendHeader(sip.NewHeader("Event", "dialog"))
	req.AppendHeader(sip.NewHeader("Accept", "application/dialog-info+xml"))
	req.AppendHeader(sip.NewHeader("Expires", strconv.Itoa(int(expires.Seconds()))))
	res, err := u.s.do(ctx, req)
	u.cseq = req.CSeq().SeqNo + 1
	return res, err
}

// end tells the telephone system that nobody watches any more.
func (u *subscription) end() {
	ctx, stop := context.WithTimeout(context.Background(), goodbye)
	defer stop()
	_, _ = u.ask(ctx, 0) // it ends by itself when this is not heard
}

// notified takes a NOTIFY and returns what to answer.
func (u *subscription) notified(req *sip.Request) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	if !u.mine(req) {
		return 481
	}
	state := ""
	if h := req.GetHeader("Subscription-State"); h != nil {
		state = strings.ToLower(h.Value())
	}
	if kind := req.ContentType(); kind != nil && strings.Contains(strings.ToLower(kind.Value()), "dialog-info") && len(req.Body()) > 0 {
		u.read(req)
	}
	if strings.HasPrefix(strings.TrimSpace(state), "terminated") {
		u.s.put(news{err: errEnded})
	}
	return 200
}

// mine reports whether a NOTIFY belongs to this subscription: its name and our tag are
// known to nobody else.
func (u *subscription) mine(req *sip.Request) bool {
	id, to, from := req.CallID(), req.To(), req.From()
	if id == nil || to == nil || from == nil || id.Value() != u.callID {
		return false
	}
	ours, _ := to.Params.Get("tag")
	theirs, _ := from.Params.Get("tag")
	if u.peer == "" {
		u.peer = theirs
	}
	return ours == u.tag && theirs == u.peer
}

// read passes on the state that a request holds, unless it has been overtaken by a newer
// whole one. Requests are numbered for good; the version begins anew when a system is
// replaced.
func (u *subscription) read(req *sip.Request) {
	i, err := parseInfo(req.Body())
	if err != nil || req.CSeq() == nil { // what cannot be read says nothing
		return
	}
	seq := req.CSeq().SeqNo
	if seq < u.newest && !i.partial() {
		return
	}
	u.newest = max(u.newest, seq)
	u.s.put(news{info: i, first: !u.heard})
	u.heard = true
}

// routeOf is the way of later requests: what the answer recorded, from its end.
func routeOf(res *sip.Response) (route []sip.Uri) {
	all := res.GetHeaders("Record-Route")
	for i := len(all) - 1; i >= 0; i-- {
		if h, ok := all[i].(*sip.RecordRouteHeader); ok {
			route = append(route, *h.Address.Clone())
		}
	}
	return route
}

// waitFor adds to a refusal how long the server wants to be left alone.
func waitFor(res *sip.Response, err error) error {
	if res == nil {
		return err
	}
	if wait := seconds(res.GetHeader("Retry-After")); wait > 0 {
		return retryLater{err, retryAfter(wait)}
	}
	return err
}

type retryLater struct {
	error
	after retryAfter
}

func (r retryLater) Unwrap() []error { return []error{r.error, r.after} }

// seconds reads a header that holds a number of seconds.
func seconds(h sip.Header) time.Duration {
	if h == nil {
		return 0
	}
	digits := strings.TrimSpace(h.Value())
	if i := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		digits = digits[:i]
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > 86400 {
		return 0
	}
	return time.Duration(n) * time.Second
}

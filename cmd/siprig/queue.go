package siprig

import (
	"fmt"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// Queue rings an extension together with others, and publishes (RFC 3903) the state of its
// calls there to the server, which passes it on to whoever watches. The server's own state
// never says that a call was taken elsewhere; that of a queue does.
type Queue struct {
	*agent
	extension string
	tag       string // of the state that is published
	calls     []queued
}

type queued struct{ name, from, state string }

// Queue starts a queue with no calls.
func (r *Rig) Queue(extension string) (*Queue, error) {
	a, err := r.newAgent("queue")
	if err != nil {
		return nil, err
	}
	return &Queue{agent: a, extension: extension}, nil
}

// Rings says that a call rings.
func (q *Queue) Rings(call, from string) error {
	q.calls = append(q.calls, queued{call, from, "<state>early</state>"})
	return q.publish()
}

// Answered says that a call was answered at the extension.
func (q *Queue) Answered(call string) error { return q.becomes(call, "<state>confirmed</state>") }

// Ended says that a call is over.
func (q *Queue) Ended(call string) error { return q.becomes(call, "<state>terminated</state>") }

// Elsewhere says that another extension has taken a call.
func (q *Queue) Elsewhere(call string) error {
	return q.becomes(call, `<state event="cancelled" code="200">terminated</state>`)
}

func (q *Queue) becomes(call, state string) error {
	for i := range q.calls {
		if q.calls[i].name == call {
			q.calls[i].state = state
		}
	}
	return q.publish()
}

// publish tells the server of all calls.
func (q *Queue) publish() error {
	ctx, stop := soon()
	defer stop()
	own := sip.Uri{Scheme: "sip", User: q.extension, Host: Domain}
	req := q.request(sip.PUBLISH, own)
	req.AppendHeader(&sip.FromHeader{Address: own, Params: sip.HeaderParams{{K: "tag", V: sip.GenerateTagN(16)}}})
	req.AppendHeader(&sip.ToHeader{Address: own})
	req.AppendHeader(sip.NewHeader("Event", "dialog"))
	req.AppendHeader(sip.NewHeader("Expires", "600"))
	if q.tag != "" {
		req.AppendHeader(sip.NewHeader("SIP-If-Match", q.tag))
	}
	req.AppendHeader(sip.NewHeader("Content-Type", "application/dialog-info+xml"))
	req.SetBody([]byte(q.body(own.String())))
	res, err := q.client.Do(ctx, req)
	if err != nil {
		return err
	}
	if tag := res.GetHeader("SIP-ETag"); res.IsSuccess() && tag != nil {
		q.tag = tag.Value()
		return nil
	}
	return fmt.Errorf("the server answers %d %s", res.StatusCode, res.Reason)
}

func (q *Queue) body(entity string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="0" state="full" entity="%s">`, entity)
	for _, c := range q.calls {
		fmt.Fprintf(&b, `<dialog id="%s" call-id="%s" direction="recipient">%s<remote><identity>sip:%s@%s</identity></remote></dialog>`, c.name, c.name, c.state, c.from, Domain)
	}
	return b.String() + "</dialog-info>"
}

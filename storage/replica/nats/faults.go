package nats

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ringside/assist"
)

// What becomes of a request to the server, besides being answered.
var (
	ErrAway   = errors.New("server away")
	ErrDenied = errors.New("not permitted")
	ErrNotIn  = errors.New("not let in")
	ErrFull   = errors.New("server full")
	ErrTooBig = errors.New("packet too big")
	ErrClosed = errors.New("closed")
)

func unusable(err error) error {
	return &assist.Fault{What: "what this desk has to reach the team's server is unusable", Do: "Ask an admin of the team for a new invitation.", Err: err}
}

func (c *Carrier) where() string { return strings.Join(c.access.URLs, ", ") }

// refusal is what the server says besides its answers: a request that is not permitted is
// not answered at all, it times out.
type refusal struct {
	fault   *assist.Fault
	subject string // what is not permitted; "": the desk is not let in at all
}

// of tells whether it may be why a message to a subject is not acknowledged.
func (r *refusal) of(subject string) bool {
	return r != nil && (r.subject == "" || r.subject == subject)
}

// ofRequest tells whether it may be why a request is not answered.
func (r *refusal) ofRequest() bool {
	return r.of("") || r != nil && (strings.HasPrefix(r.subject, "$JS.") || strings.HasPrefix(r.subject, "join."))
}

// refused notes a refusal, and wakes who waits for an answer.
func (c *Carrier) refused(err error) {
	r := &refusal{}
	switch {
	case errors.Is(err, nats.ErrPermissionViolation):
		if parts := strings.Split(err.Error(), `"`); len(parts) > 1 {
			r.subject = parts[1]
		}
		r.fault = &assist.Fault{What: "the team's server does not permit this: " + r.subject, Where: c.where(), Do: "Only an admin may do it, or the server was set up otherwise: let an admin run the check of the team.", Err: ErrDenied}
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthRevoked), errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrAccountAuthExpired):
		r.fault = &assist.Fault{What: "the team's server does not let this desk in", Where: c.where(), Do: "It was removed, or its access has ended: ask an admin of the team.", Err: errors.Join(ErrNotIn, err)}
	case err != nil && (strings.Contains(err.Error(), "x509:") || strings.Contains(err.Error(), "tls:")):
		r.fault = &assist.Fault{What: "what answers is not the team's server", Where: c.where(), Do: "Its certificate is not from the team's authority. Ask who runs the server.", Err: errors.Join(ErrNotIn, err)}
	default:
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.denied = r
	close(c.bell)
	c.bell = make(chan struct{})
}

// forgetRefusals: the desk was let in, or could not even ask.
func (c *Carrier) forgetRefusals() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.denied = nil
}

// refusals returns the last refusal, and what is closed by the next.
func (c *Carrier) refusals() (*refusal, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.denied, c.bell
}

// connected waits a moment for the connection.
func (c *Carrier) connected(ctx context.Context) error {
	end := time.After(dialTimeout)
	for {
		if c.closed.Err() != nil {
			return c.fault(ErrClosed)
		}
		if c.conn.IsConnected() {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-end:
			return c.fault(ErrAway)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// asked runs a request and returns at once when the server refuses it.
func (c *Carrier) asked(ctx context.Context, ask func(context.Context) error) error {
	if err := c.connected(ctx); err != nil {
		return err
	}
	ctx, done := context.WithTimeout(ctx, askTimeout)
	defer done()
	_, bell := c.refusals()
	answered := make(chan error, 1)
	go func() { answered <- ask(ctx) }()
	for {
		select {
		case err := <-answered:
			return c.fault(err)
		case <-bell:
			var no *refusal
			if no, bell = c.refusals(); no.ofRequest() {
				done()
				<-answered
				return no.fault
			}
		}
	}
}

// fault says in words what went wrong.
func (c *Carrier) fault(err error) error {
	var known *assist.Fault
	if err == nil || errors.As(err, &known) {
		return err
	}
	if no, _ := c.refusals(); no != nil && no.subject == "" && !c.conn.IsConnected() {
		return no.fault
	}
	f := &assist.Fault{Where: c.where(), Err: err}
	var api *jetstream.APIError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &api) && (api.ErrorCode == codeMaxBytes || api.ErrorCode == codeNoStorage || api.ErrorCode == codeStorageFull):
		f.What, f.Do, f.Err = "the team's server is full", "Who runs it has to give it more room.", ErrFull
	case errors.Is(err, nats.ErrMaxPayload), errors.As(err, &api) && api.ErrorCode == codeTooBig:
		f.What, f.Do, f.Err = "a packet is too big for the team's server", "Take the file out that is bigger than 2 MB.", ErrTooBig
	case errors.Is(err, ErrClosed), errors.Is(err, nats.ErrConnectionClosed):
		f.What, f.Err = "the connection with the team's server is closed", ErrClosed
	case errors.As(err, &api):
		f.What, f.Do = "the team's server refuses: "+api.Description, "Let an admin run the check of the team."
	default:
		f.What, f.Do, f.Err = "the team's server is away", "Nothing is lost: what is written here goes to the team when it is back.", errors.Join(ErrAway, err)
	}
	return f
}

// The codes of JetStream that people can do something about.
const (
	codeTooBig      jetstream.ErrorCode = 10054
	codeMaxBytes    jetstream.ErrorCode = 10077 // also says "maximum bytes exceeded"
	codeNoStorage   jetstream.ErrorCode = 10047
	codeStorageFull jetstream.ErrorCode = 10023
)

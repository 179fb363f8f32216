package siprig

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// Call is a call that somebody makes.
type Call struct {
	*agent
	// Sent is when the INVITE went out.
	Sent    time.Time
	session *sipgo.DialogClientSession
	giveUp  context.CancelFunc
	ringing chan struct{}
	result  chan error // what came of it; nil is an answer
}

// From says how a caller is told of.
type From struct {
	Number   string // in the From header; empty: anonymous
	Name     string
	Asserted string // in P-Asserted-Identity, when it is there
}

// Call calls an extension. It returns when the INVITE was sent.
func (r *Rig) Call(extension string, from From) (*Call, error) {
	user := from.Number
	if user == "" {
		user = "anonymous"
	}
	a, err := r.newAgent(user)
	if err != nil {
		return nil, err
	}
	to := sip.Uri{Scheme: "sip", User: extension, Host: Domain}
	req := a.request(sip.INVITE, sip.Uri{Scheme: "sip", User: extension, Host: "127.0.0.1", Port: r.plain})
	req.SetBody([]byte(sdp))
	req.AppendHeader(&sip.FromHeader{DisplayName: from.Name, Address: sip.Uri{Scheme: "sip", User: user, Host: Domain}, Params: sip.HeaderParams{{K: "tag", V: sip.GenerateTagN(16)}}})
	req.AppendHeader(&sip.ToHeader{Address: to})
	req.AppendHeader(sip.NewHeader("Content-Type", "application/sdp"))
	if from.Asserted != "" {
		req.AppendHeader(sip.NewHeader("P-Asserted-Identity", `"`+from.Name+`" <tel:`+from.Asserted+`>`))
	}
	ctx, giveUp := context.WithCancel(context.Background())
	c := &Call{agent: a, giveUp: giveUp, ringing: make(chan struct{}), result: make(chan error, 1), Sent: time.Now()}
	if c.session, err = a.dialog.WriteInvite(ctx, req); err != nil {
		giveUp()
		a.Close()
		return nil, err
	}
	go c.wait(ctx)
	return c, nil
}

func (c *Call) wait(ctx context.Context) {
	rings := false
	err := c.session.WaitAnswer(ctx, sipgo.AnswerOptions{OnResponse: func(res *sip.Response) error {
		if !rings && res.StatusCode == 180 {
			rings = true
			close(c.ringing)
		}
		return nil
	}})
	if err == nil {
		err = c.session.Ack(ctx)
	}
	c.result <- err
}

// Rings returns when the phone rings.
func (c *Call) Rings() error {
	select {
	case <-c.ringing:
		return nil
	case err := <-c.result:
		c.result <- err
		return errors.Join(errors.New("it does not ring"), err)
	case <-time.After(patience):
		return errors.New("it never rings")
	}
}

// Answered returns when the call was answered, or with the code that refuses it.
func (c *Call) Answered() error {
	select {
	case err := <-c.result:
		c.result <- err
		var no *sipgo.ErrDialogResponse
		if errors.As(err, &no) {
			return fmt.Errorf("refused: %d", no.Res.StatusCode)
		}
		return err
	case <-time.After(patience):
		return errors.New("nobody answers")
	}
}

// GiveUp ends a call that rings.
func (c *Call) GiveUp() error {
	c.giveUp()
	defer c.Close()
	select {
	case err := <-c.result:
		if errors.Is(err, context.Canceled) {
			return nil
		}
		return errors.Join(errors.New("it was too late to give up"), err)
	case <-time.After(patience):
		return errors.New("nobody hears that the caller gives up")
	}
}

// HangUp ends a call that was answered.
func (c *Call) HangUp() error {
	ctx, stop := soon()
	defer stop()
	defer c.Close()
	return c.session.Bye(ctx)
}

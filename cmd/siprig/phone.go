package siprig

import (
	"fmt"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// Phone is the phone of one extension: it rings until it is told what to do.
type Phone struct {
	*agent
	user string
	acts chan act
}

// act is what the phone does about the call that rings.
type act int

const (
	answer act = iota
	decline
)

// Phone signs a phone in for an extension.
func (r *Rig) Phone(user string) (*Phone, error) {
	a, err := r.newAgent(user)
	if err != nil {
		return nil, err
	}
	p := &Phone{agent: a, user: user, acts: make(chan act)}
	p.server.OnInvite(p.ring)
	p.server.OnAck(func(*sip.Request, sip.ServerTransaction) {})
	p.server.OnBye(func(req *sip.Request, tx sip.ServerTransaction) {
		_ = tx.Respond(sip.NewResponseFromRequest(req, 200, "OK", nil))
	})
	if err := p.SignIn(); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// SignIn tells the server where the phone is; after the server was restarted it has to be
// told again.
func (p *Phone) SignIn() error {
	ctx, stop := soon()
	defer stop()
	req := p.request(sip.REGISTER, sip.Uri{Scheme: "sip", Host: Domain})
	own := sip.Uri{Scheme: "sip", User: p.user, Host: Domain}
	req.AppendHeader(&sip.FromHeader{Address: own, Params: sip.HeaderParams{{K: "tag", V: sip.GenerateTagN(16)}}})
	req.AppendHeader(&sip.ToHeader{Address: own})
	req.AppendHeader(&p.dialog.ContactHDR)
	req.AppendHeader(sip.NewHeader("Expires", "600"))
	res, err := p.client.Do(ctx, req)
	if err == nil && res.StatusCode == 401 {
		res, err = p.client.DoDigestAuth(ctx, req, res, sipgo.DigestAuth{Username: p.user, Password: Password})
	}
	if err == nil && !res.IsSuccess() {
		err = fmt.Errorf("the server answers %d %s", res.StatusCode, res.Reason)
	}
	return err
}

// ring rings until the caller gives up or somebody acts.
func (p *Phone) ring(req *sip.Request, tx sip.ServerTransaction) {
	call, err := p.dialog.ReadInvite(req, tx)
	if err != nil {
		return
	}
	if err := call.Respond(180, "Ringing", nil); err != nil {
		return
	}
	select {
	case <-call.Context().Done(): // the caller has given up
	case a := <-p.acts:
		if a == decline {
			_ = call.Respond(486, "Busy Here", nil)
			return
		}
		_ = call.RespondSDP([]byte(sdp))
	}
}

// Answer takes the call that rings.
func (p *Phone) Answer() { p.acts <- answer }

// Decline refuses it.
func (p *Phone) Decline() { p.acts <- decline }

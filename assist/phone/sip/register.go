package sip

import (
	"context"
	"strconv"
	"time"

	"github.com/emiago/sipgo/sip"

	"ringside/assist/phone"
)

// registration signs in as one more phone of the extension.
type registration struct {
	s      *session
	callID string
	tag    string
	cseq   uint32
	due    time.Time
	no     *refused // the telephone system takes no more phones
}

func newRegistration(s *session) *registration {
	r := &registration{s: s, callID: sip.GenerateTagN(24), tag: sip.GenerateTagN(16), cseq: 1}
	s.onInvite = r.invited
	return r
}

// refresh signs in for so long. A system that takes no more phones is still watched.
func (r *registration) refresh(ctx context.Context, expires time.Duration) error {
	res, err := r.ask(ctx, expires)
	if no, ok := err.(refused); ok && no.code == 423 {
		expires = max(expires, seconds(res.GetHeader("Min-Expires")))
		res, err = r.ask(ctx, expires)
	}
	r.no = nil
	if no, ok := err.(refused); ok {
		r.no, err = &no, nil
	}
	if err != nil {
		return err
	}
	r.due = again(res, expires)
	return nil
}

func (r *registration) next() time.Time { return r.due }

func (r *registration) ask(ctx context.Context, expires time.Duration) (*sip.Response, error) {
	req := r.s.request(sip.REGISTER, sip.Uri{Scheme: "sip", Host: r.s.domain})
	own := sip.Uri{Scheme: "sip", User: r.s.opt.Extension, Host: r.s.domain}
	id := sip.CallIDHeader(r.callID)
	req.AppendHeader(&sip.FromHeader{Address: own, Params: sip.HeaderParams{{K: "tag", V: r.tag}}})
	req.AppendHeader(&sip.ToHeader{Address: own})
	req.AppendHeader(&id)
	req.AppendHeader(&sip.CSeqHeader{SeqNo: r.cseq, MethodName: sip.REGISTER})
	req.AppendHeader(&sip.ContactHeader{Address: r.s.contact})
	req.AppendHeader(sip.NewHeader("Expires", strconv.Itoa(int(expires.Seconds()))))
	res, err := r.s.do(ctx, req)
	r.cseq = req.CSeq().SeqNo + 1
	return res, err
}

func (r *registration) end() {
	ctx, stop := context.WithTimeout(context.Background(), goodbye)
	defer stop()
	_, _ = r.ask(ctx, 0) // it ends by itself when this is not heard
}

// invited reads who calls out of an INVITE, which has been refused by now.
func (r *registration) invited(req *sip.Request) {
	id := req.CallID()
	if id == nil || req.From() == nil {
		return
	}
	call := phone.Ring{ID: id.Value(), Source: phone.FromSIP}
	call.From, call.Name = phone.Caller(values(req, "P-Asserted-Identity"), values(req, "Remote-Party-ID"), values(req, "From"))
	if to := req.To(); to != nil && to.Address.User != r.s.opt.Extension {
		call.To, _ = phone.Caller(nil, nil, []string{"<" + to.Address.String() + ">"})
	}
	r.s.put(news{invited: call})
}

func values(req *sip.Request, name string) (out []string) {
	for _, h := range req.GetHeaders(name) {
		out = append(out, h.Value())
	}
	return out
}

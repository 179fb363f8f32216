package openai

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"

	"ringside/assist"
)

// Busy is in the chain of an error when the endpoint is alive and asks for patience.
type Busy struct {
	Wait time.Duration // 0: it did not say how long
}

// Error implements error.
func (b *Busy) Error() string {
	if b.Wait == 0 {
		return "busy"
	}
	return "busy for " + b.Wait.String()
}

// Refused is in the chain of an error when the endpoint is alive and could do nothing
// with these texts: one of them may be too long for its model, and the others not.
type Refused struct {
	Status string // as HTTP says it, or why a model stopped writing
}

// Error implements error.
func (r *Refused) Error() string { return r.Status }

// longestWait bounds what an endpoint may ask for.
const longestWait = time.Hour

func (d *door) fault(what, do string, err error) *assist.Fault {
	return &assist.Fault{What: what, Where: d.base.Host, Do: do, Err: err}
}

// nonsense is the error for an answer that is not what the protocol promises.
func (d *door) nonsense(err error) error {
	return d.fault("the endpoint’s answer makes no sense: "+d.scrub(err.Error()),
		"Look at its address and the model’s name; it has to be "+d.model+".", err)
}

// explain makes an error for people of what came back instead of an answer.
func (d *door) explain(err error) error {
	var f *assist.Fault
	var away *elsewhere
	var syntax *json.SyntaxError
	var timeout net.Error
	switch {
	case errors.As(err, &f):
		return err
	case errors.As(err, &away):
		return d.fault("the endpoint sends us on to "+away.to+", and there nothing is sent that was meant for it",
			"If you trust that place, make it the endpoint’s address.", away)
	case errors.Is(err, errPublic):
		return d.fault("this name leads to the open network, where everybody on the way could read what is sent by plain http",
			"Begin the address with https.", errPublic)
	case errors.Is(err, errTooMuch):
		return d.fault("the endpoint’s answer is far too long", "Look at its address; is it "+d.model+"?", errTooMuch)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return d.fault("the endpoint did not answer in time", "Is the model still being loaded? Try again in a minute.", context.DeadlineExceeded)
	case errors.Is(err, openai.ErrChatCompletionInvalidModel):
		return d.fault("this model cannot be asked to write", "It has to be "+d.model+".", openai.ErrChatCompletionInvalidModel)
	case errors.As(err, &syntax), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return d.noAPI(err)
	case unmarshal(err):
		return d.nonsense(errors.New(err.Error()))
	}
	return d.fault("the endpoint cannot be reached: "+d.scrub(bare(err)), "Is it running, and is the address right?", errors.New(d.scrub(err.Error())))
}

// noAPI is the error for an answer that has another shape than any API's.
func (d *door) noAPI(err error) error {
	return d.fault("the endpoint’s answer is not what an API answers, but perhaps a web page",
		"Look at its address; most end in /v1.", errors.New(d.scrub(err.Error())))
}

// brokenOff is the error for a text that ends before the model said that it has.
func (d *door) brokenOff(err error) error {
	return d.fault("the endpoint broke off before its text was whole", "Try again. If it happens again, look at the endpoint’s own log.",
		errors.New(d.scrub(bare(err))))
}

func unmarshal(err error) bool {
	var wrong *json.UnmarshalTypeError
	return errors.As(err, &wrong)
}

// bare returns the innermost reason, without addresses around it.
func bare(err error) string {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err.Error()
}

// refused makes an error for people of an answer that is not a success.
func (d *door) refused(res *http.Response) error {
	body, _ := readAll(io.LimitReader(res.Body, 64<<10)) // half of a reason is better than none
	code, said := d.said(body)
	cause := errors.New(res.Status)
	switch {
	case res.StatusCode == http.StatusUnauthorized || res.StatusCode == http.StatusForbidden:
		// What it says may repeat a part of the key.
		return d.fault("the endpoint does not accept the key", "Put in the right one, or none if it needs none.", cause)
	case res.StatusCode == http.StatusNotFound && strings.Contains(strings.ToLower(said), "model"):
		return d.fault("the endpoint does not know the model"+said, "Write the model’s name as the endpoint lists it.", cause)
	case res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusMethodNotAllowed:
		return d.fault("there is nothing that "+d.does+" at this address"+said, "Look at the address; most end in /v1.", cause)
	case code == "insufficient_quota" || res.StatusCode == http.StatusPaymentRequired:
		return d.fault("the endpoint wants to be paid first"+said, "Look at your account there.", cause)
	case res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusServiceUnavailable:
		busy := &Busy{retryAfter(res.Header)}
		return d.fault("the endpoint is busy"+said, d.later, busy)
	case res.StatusCode >= 500:
		return d.fault("the endpoint failed with "+res.Status+said, "Look at its own log.", &Refused{res.Status})
	}
	return d.fault("the endpoint refused with "+res.Status+said, "Look at the model’s name; it has to be "+d.model+".", &Refused{res.Status})
}

// said finds in a refusal its code and its reason, in the shapes that are about.
func (d *door) said(body []byte) (code, reason string) {
	var shape struct {
		Error   json.RawMessage `json:"error"`
		Detail  json.RawMessage `json:"detail"`
		Message string          `json:"message"`
	}
	if json.Unmarshal(body, &shape) != nil {
		return "", ""
	}
	var inner struct {
		Message string `json:"message"`
		Code    any    `json:"code"`
	}
	var text string
	switch {
	case json.Unmarshal(shape.Error, &inner) == nil && inner.Message != "":
		code, _ = inner.Code.(string)
		text = inner.Message
	case json.Unmarshal(shape.Error, &text) == nil, json.Unmarshal(shape.Detail, &text) == nil:
	default:
		text = shape.Message
	}
	if text = d.scrub(text); text == "" {
		return code, ""
	}
	return code, ": “" + text + "”"
}

// scrub makes a foreign text fit for a line on the screen: one short line, without
// the key.
func (d *door) scrub(text string) string {
	if d.key != "" {
		text = strings.ReplaceAll(text, d.key, "(the key)")
	}
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, ""), func(r rune) bool { return r <= ' ' || unprintable(r) }), " ")
	if r := []rune(text); len(r) > 200 {
		text = string(r[:200]) + "…"
	}
	return text
}

// retryAfter reads how long to wait: seconds, or a time against the answer's own
// clock.
func retryAfter(h http.Header) time.Duration {
	text := h.Get("Retry-After")
	wait := time.Duration(0)
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		wait = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		if now, err := http.ParseTime(h.Get("Date")); err == nil {
			wait = at.Sub(now)
		}
	}
	return min(max(wait, 0), longestWait)
}

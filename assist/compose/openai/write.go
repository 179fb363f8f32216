package openai

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"
)

const (
	mostPrompt = 32_000  // bytes of what a model is told
	mostText   = 64_000  // bytes of what it writes
	mostStream = 8 << 20 // bytes that this comes in: some send 300 of them for each word, and those of their thoughts
)

// Prompt is what a model is asked to write.
type Prompt struct {
	System string // how to go about it; may be empty
	Text   string // what it is about
	// Most is how many tokens the answer may have; 0 leaves that to the endpoint. With
	// models that think first their thoughts count.
	Most int
}

// limits are how long a model may be silent.
type limits struct{ first, idle, whole time.Duration }

func limitsOf(opt Options) limits {
	or := func(d, usual time.Duration) time.Duration {
		if d <= 0 {
			return usual
		}
		return d
	}
	return limits{or(opt.First, time.Minute), or(opt.Idle, 15*time.Second), or(opt.Whole, 5*time.Minute)}
}

// WriteAddress is where Write sends its requests.
func (c *Client) WriteAddress() string { return c.url + "/chat/completions" }

// Write has the model write, and calls each with all of the text so far whenever more
// has come: on the goroutine of the caller, who gets no more of it once Write has
// returned. each may be nil and must not wait. Blanks at both ends, control
// characters and the thoughts of models that think aloud are no text.
//
// The text is whole when err is nil, and only then: the endpoint has said that it came
// to its end. Otherwise the text is what had come by then. What people can do something
// about comes as a *assist.Fault; a *Busy in its chain says how long to wait. When ctx
// ends, the error is its cause.
func (c *Client) Write(ctx context.Context, p Prompt, each func(text string)) (string, error) {
	req, err := c.chat(p)
	if err != nil {
		return "", err
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	w := newWire(ctx, c.pen, c.limit)
	defer w.close()
	stream, err := c.through(w).CreateChatCompletionStream(w.ctx, req)
	text := ""
	if err == nil {
		defer stream.Close()
		text, err = w.read(each)
	}
	switch {
	case err == nil:
		return text, nil
	case ctx.Err() != nil:
		return text, context.Cause(ctx)
	case w.ctx.Err() != nil:
		return text, context.Cause(w.ctx) // the limit that was reached
	}
	return text, c.pen.explain(err)
}

// PreviewWrite returns the body of the request that Write would send. Nothing is sent.
func (c *Client) PreviewWrite(p Prompt) ([]byte, error) {
	req, err := c.chat(p)
	if err != nil {
		return nil, err
	}
	var r recorder
	_, err = c.through(&r).CreateChatCompletionStream(context.Background(), req)
	if r.body == nil {
		return nil, c.pen.explain(err)
	}
	return r.body, nil
}

// chat is the request for a text.
func (c *Client) chat(p Prompt) (openai.ChatCompletionRequest, error) {
	req := openai.ChatCompletionRequest{Model: c.model, Stream: true, MaxTokens: max(p.Most, 0)}
	long := 0
	for _, m := range []openai.ChatCompletionMessage{{Role: openai.ChatMessageRoleSystem, Content: p.System}, {Role: openai.ChatMessageRoleUser, Content: p.Text}} {
		if m.Content = strings.TrimSpace(strings.ToValidUTF8(m.Content, "\uFFFD")); m.Content != "" {
			req.Messages = append(req.Messages, m)
		}
		long += len(m.Content)
	}
	if n := len(req.Messages); n == 0 || req.Messages[n-1].Role != openai.ChatMessageRoleUser {
		return req, invalid("there is nothing to write about", "")
	}
	if long > mostPrompt {
		return req, invalid("this text is too long for a model", "Give it a part of it.")
	}
	if errors.Is(openai.NewReasoningValidator().Validate(req), openai.ErrReasoningModelMaxTokensDeprecated) {
		req.MaxTokens, req.MaxCompletionTokens = 0, req.MaxTokens // OpenAI's newer models know the other name alone
	}
	return req, nil
}

// wire is the way out for one request whose answer comes in pieces. It ends the
// request when nothing comes any more. It reads the pieces itself: the library's own
// reader loses a last line without an end, and errors that a server sends in mid-stream.
type wire struct {
	door  *door
	ctx   context.Context // of the request; its cause is the limit that was reached
	end   context.CancelCauseFunc
	limit limits
	first *time.Timer // ends it when not a word has come
	idle  *time.Timer // ends it when nothing more comes; nil before the first word
	stop  func()
	body  io.Reader
}

func newWire(ctx context.Context, d *door, l limits) *wire {
	w := &wire{door: d, limit: l}
	whole := d.fault(fmt.Sprintf("the model did not come to an end within %g s", l.whole.Seconds()), "Shorten the text, or name a faster model.", context.DeadlineExceeded)
	ctx, w.stop = context.WithTimeoutCause(ctx, l.whole, whole)
	w.ctx, w.end = context.WithCancelCause(ctx)
	w.first = time.AfterFunc(l.first, func() {
		w.end(d.fault(fmt.Sprintf("the model has not begun to write within %g s", l.first.Seconds()), "Is it still being loaded? Try again in a minute.", context.DeadlineExceeded))
	})
	return w
}

// begun notes that the model writes, or thinks: from here on any byte is a sign of life.
func (w *wire) begun() {
	if w.idle != nil {
		return
	}
	w.first.Stop()
	w.idle = time.AfterFunc(w.limit.idle, func() {
		w.end(w.door.fault(fmt.Sprintf("the model fell silent for %g s in the middle of its text", w.limit.idle.Seconds()), "What has come is not whole. Try again.", context.DeadlineExceeded))
	})
}

func (w *wire) close() {
	w.first.Stop()
	if w.idle != nil {
		w.idle.Stop()
	}
	w.end(nil)
	w.stop()
}

// Do implements openai.HTTPDoer.
func (w *wire) Do(req *http.Request) (*http.Response, error) {
	res, err := w.door.send(req, func() {}, mostStream)
	if err == nil {
		w.body = res.Body
	}
	return res, err
}

// Read implements io.Reader.
func (w *wire) Read(p []byte) (int, error) {
	n, err := w.body.Read(p)
	if n > 0 && w.idle != nil {
		w.idle.Reset(w.limit.idle)
	}
	return n, err
}

// read takes the answer in until the model says that it has finished.
func (w *wire) read(each func(string)) (text string, err error) {
	a := &answer{door: w.door}
	lines := bufio.NewReader(w)
	for {
		line, last, err := w.line(lines)
		if err != nil {
			return text, err
		}
		if err = a.take(line); err == nil && last {
			err = a.last()
		}
		if a.begun {
			w.begun()
		}
		if now := a.text(); now != text {
			if text = now; each != nil {
				each(text)
			}
		}
		switch {
		case err != nil:
			return text, err
		case a.finish != "" || a.done || last:
			return text, a.verdict()
		}
	}
}

// line returns the next line, and whether it is the last.
func (w *wire) line(lines *bufio.Reader) (line []byte, last bool, err error) {
	line, err = lines.ReadBytes('\n')
	switch {
	case w.ctx.Err() != nil: // what has come by then is shown to nobody any more
		return nil, true, w.ctx.Err()
	case err == nil || err == io.EOF:
		return line, err == io.EOF, nil
	case errors.Is(err, errTooMuch):
		return nil, true, err
	}
	return nil, true, w.door.brokenOff(err)
}

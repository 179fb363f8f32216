// Package openai speaks the protocol of OpenAI's API with the one endpoint that the
// user named: a model on this machine, on another machine of the office, or a
// service. It is the only place that knows the protocol. A Client opens a connection
// when it is asked for something, and never before.
//
// What leaves is what Preview and PreviewWrite show, byte for byte, with the key in a
// header of the request. The key is in no error text and in nothing that is printed.
package openai

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"

	"ringside/assist"
)

const (
	mostTexts  = 16      // in one request: a small model on this machine answers in its own time
	mostLetter = 8_000   // bytes of one text; the rest of a longer one is cut off
	mostBytes  = 8 << 20 // of one answer
	mostWide   = 16_384  // numbers in a vector
	patience   = 30 * time.Second
)

// Options say whom to ask: one endpoint, and one model of it.
type Options struct {
	// URL is where the API begins, up to and with its version:
	// https://api.openai.com/v1, http://localhost:11434/v1. Plain http is for this
	// machine and private networks only.
	URL   string
	Model string // as the endpoint calls it; one for embeddings, or one that writes
	Key   string // sent as the bearer's token; empty sends none
	// Timeout is how long one request for embeddings may take; 0 means 30 seconds.
	Timeout time.Duration
	// First is how long a model that writes may be silent before its first word, since
	// one on this machine loads its weights then; 0 means a minute. Idle is how long it
	// may be silent from there on; 0 means 15 seconds. Whole is how long all of it may
	// take; 0 means five minutes.
	First, Idle, Whole time.Duration
}

// Client asks one endpoint. Any goroutine may call its methods at any time.
type Client struct {
	model string
	url   string
	key   string
	door  *door // to embeddings
	api   *openai.Client
	wide  atomic.Int64 // numbers in the vectors seen so far; 0: none was seen
	pen   *door        // the same, to what is written
	limit limits
}

// New returns a client that has not connected to anything. An URL, a model's name or
// a key that cannot be used comes back as a *assist.Fault that says why.
func New(opt Options) (*Client, error) {
	base, err := checkURL(opt.URL)
	if err != nil {
		return nil, err
	}
	model, key := strings.TrimSpace(opt.Model), strings.TrimSpace(opt.Key)
	if model == "" || strings.ContainsFunc(model, unprintable) {
		return nil, invalid("the model has no name", "Write the model’s name as the endpoint calls it.")
	}
	if strings.ContainsFunc(key, unprintable) {
		return nil, invalid("the key holds letters that no key has", "Copy it again, in one piece.")
	}
	if opt.Timeout <= 0 {
		opt.Timeout = patience
	}
	c := &Client{model: model, url: base.String(), key: key, door: newDoor(base, key, opt.Timeout), limit: limitsOf(opt)}
	c.pen = c.door.to(writing)
	c.api = c.through(c.door)
	return c, nil
}

// through returns the API behind a door of its own.
func (c *Client) through(d openai.HTTPDoer) *openai.Client {
	cfg := openai.DefaultConfig(c.key)
	cfg.BaseURL, cfg.HTTPClient = c.url, d
	return openai.NewClientWithConfig(cfg)
}

// String names the endpoint and the model, and not the key.
func (c *Client) String() string { return c.model + " at " + c.url }

// GoString is String.
func (c *Client) GoString() string { return c.String() }

// Address is where Embed sends its requests.
func (c *Client) Address() string { return c.url + "/embeddings" }

// Close lets go of connections that wait for another request.
func (c *Client) Close() { c.door.http.CloseIdleConnections() }

// Embed returns a vector of length 1 for each text, in their order; all have the same
// number of numbers, in this call and in later ones; when another model answers, one
// call fails, and from the next on that one's number counts. Texts of more than 8,000
// bytes are cut. More texts than fit into one request go in several, one behind the other;
// all or none are returned. What people can do something about comes as a
// *assist.Fault; a *Busy in its chain says how long to wait. When ctx ends, the error
// is ctx's.
func (c *Client) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	texts, err := ready(texts)
	if err != nil {
		return nil, err
	}
	out := make([][]float32, 0, len(texts))
	for len(texts) > 0 {
		n := min(len(texts), mostTexts)
		part, err := c.ask(ctx, texts[:n])
		if err != nil {
			return nil, err
		}
		out, texts = append(out, part...), texts[n:]
	}
	return out, nil
}

// Preview returns the body of the request that Embed would send for the texts; of
// more texts than fit into one request, the first. Nothing is sent.
func (c *Client) Preview(texts []string) ([]byte, error) {
	texts, err := ready(texts)
	if err != nil {
		return nil, err
	}
	var r recorder
	_, err = c.through(&r).CreateEmbeddings(context.Background(), c.request(texts[:min(len(texts), mostTexts)]))
	if r.body == nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	return r.body, nil
}

func (c *Client) request(texts []string) openai.EmbeddingRequest {
	return openai.EmbeddingRequest{Input: texts, Model: openai.EmbeddingModel(c.model)}
}

// ask sends one request.
func (c *Client) ask(ctx context.Context, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	res, err := c.api.CreateEmbeddings(ctx, c.request(texts))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, c.door.explain(err)
	}
	return c.read(res.Data, len(texts))
}

// ready cuts the texts to what is sent. A text without a letter is an error: the
// endpoints refuse them.
func ready(texts []string) ([]string, error) {
	if len(texts) == 0 {
		return nil, invalid("there is nothing to ask about", "")
	}
	out := make([]string, len(texts))
	for i, s := range texts {
		if out[i] = cut(strings.TrimSpace(strings.ToValidUTF8(s, "\uFFFD"))); out[i] == "" {
			return nil, invalid("there is nothing to ask about", "")
		}
	}
	return out, nil
}

// cut ends a text behind its last whole letter that fits.
func cut(s string) string {
	if len(s) <= mostLetter {
		return s
	}
	n := mostLetter
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func unprintable(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError }

func invalid(what, do string) error {
	return &assist.Fault{What: what, Do: do, Err: assist.ErrInvalid}
}

// recorder keeps the body of a request instead of sending it.
type recorder struct{ body []byte }

// Do implements openai.HTTPDoer.
func (r *recorder) Do(req *http.Request) (*http.Response, error) {
	var err error
	if r.body, err = readAll(req.Body); err == nil {
		err = errNotSent
	}
	return nil, err
}

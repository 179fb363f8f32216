package handoff

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

// Client knocks at the door of the running app.
type Client struct {
	sign sign
	http *http.Client
}

// Find returns a client of the app that has the data folder dir open. It returns
// assist.ErrNotFound when no app answers: there is no door.json, or an app that
// was killed has left it.
func Find(dir string) (*Client, error) {
	c, err := At(dir)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := c.tell(ctx, http.MethodGet, "/ping", nil); err != nil {
		return nil, err
	}
	return c, nil
}

// At returns a client of the door whose sign hangs in the data folder dir, without a
// look whether anybody is behind it: what is asked of it says so. It returns
// assist.ErrNotFound when there is no sign.
func At(dir string) (*Client, error) {
	s, err := readSign(dir)
	if err != nil {
		return nil, err
	}
	return &Client{sign: s, http: &http.Client{Transport: &http.Transport{Proxy: nil, DisableCompression: true}}}, nil
}

// Ring hands over a piece of news of a call.
func (c *Client) Ring(ctx context.Context, r phone.Ring) error {
	return c.tell(ctx, http.MethodPost, "/ring", r)
}

// Show raises the window.
func (c *Client) Show(ctx context.Context) error { return c.tell(ctx, http.MethodPost, "/show", nil) }

// Hear says what the customer says.
func (c *Client) Hear(ctx context.Context, text string) error {
	return c.tell(ctx, http.MethodPost, "/heard", map[string]string{"text": text})
}

// View decodes the newest picture of the desk into v.
func (c *Client) View(ctx context.Context, v any) error {
	resp, err := c.knock(ctx, http.MethodGet, "/view", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(v)
}

// Run runs a command of the command line inside the app, passes on what it says,
// and returns its exit code. When ctx ends, the command is asked to stop and its
// last words are still waited for.
func (c *Client) Run(ctx context.Context, cmd Command, stdout, stderr io.Writer) (int, error) {
	if cmd.ID == "" {
		cmd.ID = string(assist.NewID(time.Now()))
	}
	whole, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		soon, done := context.WithTimeout(whole, patience)
		defer done()
		if c.tell(soon, http.MethodPost, "/stop", cmd) != nil {
			cancel()
		}
	})()
	resp, err := c.knock(whole, http.MethodPost, "/run", cmd)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	for dec := json.NewDecoder(resp.Body); ; {
		var l line
		if err := dec.Decode(&l); err != nil {
			return 0, &assist.Fault{What: "the running app stopped before the command was done",
				Do: "Start Ringside again and repeat the command.", Err: err}
		}
		if l.Exit != nil {
			return *l.Exit, nil
		}
		if _, err := stdout.Write(l.Out); err != nil {
			return 0, fmt.Errorf("write the output: %w", err)
		}
		if _, err := stderr.Write(l.Err); err != nil {
			return 0, fmt.Errorf("write the messages: %w", err)
		}
	}
}

func (c *Client) tell(ctx context.Context, method, path string, body any) error {
	resp, err := c.knock(ctx, method, path, body)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// knock sends one request. The error is assist.ErrNotFound when nobody is there,
// or somebody else.
func (c *Client) knock(ctx context.Context, method, path string, body any) (*http.Response, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+c.sign.Addr+path, bytes.NewReader(b))
	if err != nil {
		return nil, assist.ErrNotFound
	}
	req.Header.Set("Authorization", "Bearer "+c.sign.Token)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, errors.Join(assist.ErrNotFound, err)
	}
	if resp.Header.Get(markName) != markValue || resp.StatusCode == http.StatusUnauthorized {
		resp.Body.Close()
		return nil, assist.ErrNotFound
	}
	if resp.StatusCode >= 300 {
		defer resp.Body.Close()
		why, _ := io.ReadAll(io.LimitReader(resp.Body, 1000))
		return nil, &assist.Fault{What: "the running app refused: " + strings.TrimRight(string(why), ".\n"), Err: assist.ErrInvalid}
	}
	return resp, nil
}

package openai

import (
	"io"
	"net/http"
	"strings"
)

// PrivateOnly is privateOnly.
var PrivateOnly = privateOnly

// Canned returns a client of an endpoint that always answers this, without a socket.
func Canned(status int, body string) *Client {
	return Played(func(*http.Request) io.ReadCloser { return io.NopCloser(strings.NewReader(body)) }, status)
}

// Played returns a client of an endpoint whose answers are read from what play returns,
// without a socket.
func Played(play func(*http.Request) io.ReadCloser, status int) *Client {
	c, err := New(Options{URL: "http://localhost/v1", Model: "m", Key: "k"})
	if err != nil {
		panic(err)
	}
	c.door.http.Transport = canned{status, play}
	return c
}

type canned struct {
	status int
	play   func(*http.Request) io.ReadCloser
}

// RoundTrip implements http.RoundTripper.
func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: c.status, Status: http.StatusText(c.status), Header: http.Header{},
		Body: c.play(r), Request: r}, nil
}

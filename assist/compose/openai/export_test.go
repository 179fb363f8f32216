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
	c, err := New(Options{URL: "http://localhost/v1", Model: "m", Key: "k"})
	if err != nil {
		panic(err)
	}
	c.door.http.Transport = canned{status, body}
	return c
}

type canned struct {
	status int
	body   string
}

// RoundTrip implements http.RoundTripper.
func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: c.status, Status: http.StatusText(c.status), Header: http.Header{},
		Body: io.NopCloser(strings.NewReader(c.body)), Request: r}, nil
}

package serve

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"time"

	client "github.com/nats-io/nats.go"
)

// dial connects once, as who sets up or checks a server does.
func (a Authority) dial(ctx context.Context, urls string, options ...client.Option) (*client.Conn, error) {
	conn, err := a.try(ctx, urls, tls.VersionTLS13, options...)
	if err != nil {
		return nil, a.away(err)
	}
	return conn, nil
}

// try connects with TLS 1.2 or newer, or with the older one that is asked for.
func (a Authority) try(ctx context.Context, urls string, newest uint16, options ...client.Option) (*client.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(a.Access.CA)
	return client.Connect(urls, append([]client.Option{
		client.Name("ringside"), client.NoReconnect(), client.Timeout(5 * time.Second),
		client.Secure(&tls.Config{RootCAs: roots, MinVersion: min(newest, tls.VersionTLS12), MaxVersion: newest}),
	}, options...)...)
}

// Package nats carries the packets of a team over NATS JetStream: one stream keeps what was
// published, and what is said to who listens is not stored. The server is not trusted: it
// sees sealed packets, and the desks send again what it has lost.
//
// Subjects, below the stream of the team: ops.<team>.<member> is what a member sends of
// itself, ops.<team>.<member>.heal what it sends once more. Beside it: live.<team>.<member>
// is stored nowhere, and join.<team>.<place> is where guests and admins meet.
package nats

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ringside/storage/replica"
)

// Access is what a member, or a guest, needs to reach the team's server. It is secret.
type Access struct {
	URLs        []string // tls://host:port
	CA          []byte   // the certificate, as PEM, that the server's must come from
	Team        string
	Stream      Stream
	Credentials []byte // of this member alone, as NATS writes them
}

// Carrier is a connection to the team's server. It comes back by itself for as long as it
// is not closed; the server may be away when it is made.
type Carrier struct {
	access Access
	member replica.MemberID
	conn   *nats.Conn
	js     jetstream.JetStream
	closed context.Context
	close  context.CancelFunc

	mu     sync.Mutex
	acked  acked         // of the member's own packets
	denied *refusal      // the last of the server
	bell   chan struct{} // closed by the next
}

var (
	_ replica.Transport = (*Carrier)(nil)
	_ replica.Meeting   = (*Carrier)(nil)
)

const (
	dialTimeout    = 2 * time.Second
	publishTimeout = 5 * time.Second
	askTimeout     = 4 * time.Second
	slowestReturn  = 8 * time.Second
)

// Open makes the carrier of the member whom the credentials are for. It does not wait for
// the server: an error means that the access itself is unusable.
func Open(access Access) (*Carrier, error) {
	token, err := jwt.ParseDecoratedJWT(access.Credentials)
	if err != nil {
		return nil, unusable(err)
	}
	user, err := jwt.DecodeUserClaims(token)
	if err != nil {
		return nil, unusable(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(access.CA) {
		return nil, unusable(errors.New("no certificate of the server's authority"))
	}
	if strings.ContainsAny(access.Team+user.Name, ".*> \t\r\n") || access.Team == "" || user.Name == "" {
		return nil, unusable(errors.New("a name that cannot be part of a subject"))
	}
	c := &Carrier{access: access, member: replica.MemberID(user.Name), bell: make(chan struct{})}
	c.closed, c.close = context.WithCancel(context.Background())
	c.conn, err = nats.Connect(strings.Join(access.URLs, ","),
		nats.UserCredentialBytes(access.Credentials),
		nats.Secure(&tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}),
		nats.CustomInboxPrefix(inbox(user.Name)),
		nats.Name("ringside"),
		nats.Timeout(dialTimeout), nats.PingInterval(20*time.Second), nats.MaxPingsOutstanding(2),
		nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.IgnoreAuthErrorAbort(),
		nats.CustomReconnectDelay(pause), nats.ReconnectBufSize(-1),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { c.refused(err) }),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { c.refused(err) }),
		nats.ReconnectErrHandler(func(_ *nats.Conn, err error) { c.forgetRefusals(); c.refused(err) }),
		nats.ReconnectHandler(func(*nats.Conn) { c.forgetRefusals() }),
		nats.ConnectHandler(func(*nats.Conn) { c.forgetRefusals() }),
	)
	if err != nil {
		return nil, unusable(err)
	}
	c.js, err = jetstream.New(c.conn, jetstream.WithPublishAsyncTimeout(publishTimeout), jetstream.WithPublishAsyncMaxPending(4*window), jetstream.WithDefaultTimeout(askTimeout))
	if err != nil {
		c.conn.Close()
		return nil, unusable(err)
	}
	return c, nil
}

// Close ends the connection and what goes on over it.
func (c *Carrier) Close() error {
	c.close()
	c.conn.Close()
	return nil
}

// pause is how long to wait before the servers are all tried once more: longer and longer,
// and another time on each desk, so that a server that is back is not run over.
func pause(attempts int) time.Duration {
	longest := min(slowestReturn, 100*time.Millisecond<<min(attempts, 10))
	n, err := rand.Int(rand.Reader, big.NewInt(int64(longest)))
	if err != nil {
		return longest
	}
	return longest/4 + time.Duration(n.Int64())*3/4
}

func inbox(member string) string { return "_INBOX_" + member }

func (c *Carrier) ownSubject() string  { return "ops." + c.access.Team + "." + string(c.member) }
func (c *Carrier) healSubject() string { return c.ownSubject() + ".heal" }
func (c *Carrier) liveSubject() string { return "live." + c.access.Team + "." + string(c.member) }
func (c *Carrier) allOps() string      { return "ops." + c.access.Team + ".>" }

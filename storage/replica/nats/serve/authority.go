// Package serve sets up the server that carries the packets of a team, gives its members
// their access, takes it away, and proves that the running server keeps to it.
package serve

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/nats-io/jwt/v2"
	client "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"ringside/assist"
	"ringside/storage/replica/nats"
)

// Authority is what admins hold of their team's server: they let members in with it. Whoever
// has it can reach the server as anyone of the team, though read nothing there. It is kept
// as JSON, sealed.
type Authority struct {
	Access  nats.Access // without credentials
	Account string
	Keys    map[Rights]string // seeds; what is signed with one has its rights and no others
	Secret  []byte            // the keys of the users come from it, so that every admin can name one to remove

	// Operator and System, and the owner's key, are left out where others have teams on the
	// server too: only who runs it removes members then.
	Operator string // seed
	System   []byte // credentials
}

// Rights is what somebody may do on the team's server.
type Rights string

// A member publishes in their own name and reads the team's packets; an admin also deletes
// packets of erased people and meets guests; a guest says hello. Who runs the server owns
// the streams.
const (
	Member Rights = "member"
	Admin  Rights = "admin"
	Guest  Rights = "guest"
	Owner  Rights = "owner"
)

// ForTeam returns what an admin of the team gets on a server with the teams of others.
func (a Authority) ForTeam() Authority {
	a.Operator, a.System, a.Keys = "", nil, maps.Clone(a.Keys)
	delete(a.Keys, Owner)
	return a
}

// Mint makes access for a member, or for who is invited by the invitation of that name. It
// ends at a time, unless that is zero.
func (a Authority) Mint(name string, rights Rights, until time.Time) (nats.Access, error) {
	signer, err := nkeys.FromSeed([]byte(a.Keys[rights]))
	if err != nil {
		return nats.Access{}, unusable(err)
	}
	user, err := a.userKey(name)
	if err != nil {
		return nats.Access{}, unusable(err)
	}
	public, err := user.PublicKey()
	if err != nil {
		return nats.Access{}, unusable(err)
	}
	claims := jwt.NewUserClaims(public)
	claims.Name, claims.IssuerAccount = name, a.Account
	if rights != Owner {
		claims.SetScoped(true)
	}
	if !until.IsZero() {
		claims.Expires = until.Unix()
	}
	access := a.Access
	access.Credentials, err = credentials(claims, user, signer)
	return access, err
}

func credentials(claims *jwt.UserClaims, user, signer nkeys.KeyPair) ([]byte, error) {
	token, err := claims.Encode(signer)
	if err != nil {
		return nil, unusable(err)
	}
	seed, err := user.Seed()
	if err != nil {
		return nil, unusable(err)
	}
	return jwt.FormatUserConfig(token, seed)
}

// userKey is the key of a user: the same on every admin's desk.
func (a Authority) userKey(name string) (nkeys.KeyPair, error) {
	mac := hmac.New(sha256.New, a.Secret)
	mac.Write([]byte("ringside team user: " + name))
	return nkeys.FromRawSeed(nkeys.PrefixByteUser, mac.Sum(nil))
}

// Revoke ends the access of a member, or of an invitation: who is connected is cut off. A
// node of the server that is away learns it when it is back.
func (a Authority) Revoke(ctx context.Context, name string) error {
	if a.Operator == "" {
		return &assist.Fault{What: "this desk cannot close the team's server to a member", Do: "Who runs the server has to: it carries the teams of others too.", Err: nats.ErrDenied}
	}
	operator, err := nkeys.FromSeed([]byte(a.Operator))
	if err != nil {
		return unusable(err)
	}
	user, err := a.userKey(name)
	if err != nil {
		return unusable(err)
	}
	public, err := user.PublicKey()
	if err != nil {
		return unusable(err)
	}
	conn, err := a.system(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	m, err := conn.RequestWithContext(ctx, "$SYS.REQ.ACCOUNT."+a.Account+".CLAIMS.LOOKUP", nil)
	if err != nil {
		return a.away(err)
	}
	claims, err := jwt.DecodeAccountClaims(string(m.Data))
	if err != nil {
		return a.away(err)
	}
	claims.RevokeAt(public, time.Now().Add(time.Second))
	token, err := claims.Encode(operator)
	if err != nil {
		return unusable(err)
	}
	if m, err = conn.RequestWithContext(ctx, "$SYS.REQ.CLAIMS.UPDATE", []byte(token)); err != nil {
		return a.away(err)
	}
	var said struct {
		Error *struct{ Description string }
	}
	if err := json.Unmarshal(m.Data, &said); err != nil || said.Error != nil {
		return a.away(errors.Join(err, fmt.Errorf("refused: %s", m.Data)))
	}
	return nil
}

// Enlarge gives the stream of the team more room. The room of the server (max_file_store in
// its configuration) has to be there.
func (a Authority) Enlarge(ctx context.Context, maxBytes int64) error {
	access, err := a.Mint("owner", Owner, time.Time{})
	if err != nil {
		return err
	}
	conn, err := a.dial(ctx, strings.Join(a.Access.URLs, ","), client.UserCredentialBytes(access.Credentials))
	if err != nil {
		return err
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		return a.away(err)
	}
	wanted := a.Access.Stream
	wanted.MaxBytes = maxBytes
	if _, err := js.UpdateStream(ctx, wanted.Packets()); err != nil {
		return &assist.Fault{What: "the team's stream cannot have so much room", Where: a.Access.Stream.Name, Do: "Raise max_file_store in the server's configuration first, on every node, and start it anew.", Err: err}
	}
	return nil
}

// system connects as who runs the server.
func (a Authority) system(ctx context.Context) (*client.Conn, error) {
	return a.dial(ctx, strings.Join(a.Access.URLs, ","), client.UserCredentialBytes(a.System))
}

func unusable(err error) error {
	return &assist.Fault{What: "what admins hold of the team's server is damaged", Do: "Take it in anew from the file that the set-up has written.", Err: err}
}

func (a Authority) away(err error) error {
	return &assist.Fault{What: "the team's server does not answer", Where: strings.Join(a.Access.URLs, ", "), Do: "Try again when it runs.", Err: errors.Join(nats.ErrAway, err)}
}

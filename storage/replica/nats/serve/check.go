package serve

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	client "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ringside/storage/replica/nats"
)

// Finding is one thing that was tried on the running server.
type Finding struct {
	What     string // what must be so
	OK       bool   // it is
	Unproved bool   // it could not be tried; not OK then
	Detail   string
}

// How far a clock may be off.
const (
	clockBetween = time.Second     // nodes of one server
	clockHere    = 2 * time.Minute // this machine
)

// checking is one check: what was found, and two members who exist for it alone.
type checking struct {
	Authority
	ctx   context.Context
	found []Finding
}

const (
	prober = "check-prober"
	victim = "check-victim"
	gone   = "check-removed"
)

// Check tries on the running server what a stranger, a member, a guest and a removed member
// would try, and looks whether it stores as it must. It takes some seconds and changes
// nothing but that a member who never was is removed.
func (a Authority) Check(ctx context.Context) []Finding {
	c := &checking{Authority: a, ctx: ctx}
	c.encryption()
	c.members()
	c.guests()
	c.removed()
	c.stream()
	c.nodes()
	return c.found
}

func (c *checking) say(what string, err error, detail string) {
	f := Finding{What: what, OK: err == nil, Detail: detail}
	if err != nil {
		f.Detail = strings.TrimPrefix(err.Error(), "nats: ")
	}
	c.found = append(c.found, f)
}

func (c *checking) unproved(what, why string) {
	c.found = append(c.found, Finding{What: what, Unproved: true, Detail: why})
}

// encryption connects to each node by TLS, old TLS, and a trust in nobody.
func (c *checking) encryption() {
	access, err := c.Mint(prober, Member, time.Time{})
	if err != nil {
		c.say("the access that admins give can be used", err, "")
		return
	}
	who := client.UserCredentialBytes(access.Credentials)
	for _, url := range c.Access.URLs {
		conn, err := c.try(c.ctx, url, tls.VersionTLS13, who)
		if err != nil {
			c.say(url+" answers, with the team's certificate", err, "")
			continue
		}
		state, err := conn.TLSConnectionState()
		if err == nil && !conn.TLSRequired() {
			err = errors.New("it would speak without TLS too")
		}
		conn.Close()
		c.say(url+" answers, with the team's certificate", err, tls.VersionName(state.Version))
		conn, err = c.try(c.ctx, url, tls.VersionTLS11, who)
		c.say(url+" refuses TLS older than 1.2", mustFail(conn, err), "")
		conn, err = client.Connect(url, client.NoReconnect(), who, client.Secure(&tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}))
		c.say(url+" is known by the team's authority alone", mustFail(conn, err), "")
		conn, err = c.try(c.ctx, url, tls.VersionTLS13)
		c.say(url+" lets nobody in without access", mustFail(conn, err), "")
	}
}

func mustFail(conn *client.Conn, err error) error {
	if err == nil {
		conn.Close()
		return errors.New("it was let in")
	}
	return nil
}

// attempt is something that the server must not permit. None of the requests would do harm
// if it did.
type attempt struct {
	what, publish, body, listen string
}

func (c *checking) members() {
	s, team := c.Access.Stream.Name, c.Access.Team
	c.attempts(prober, Member, []attempt{
		{what: "a member cannot publish for another", publish: "ops." + team + "." + victim},
		{what: "a member cannot send again for another", publish: "ops." + team + "." + victim + ".heal"},
		{what: "a member cannot speak for another", publish: "live." + team + "." + victim},
		{what: "a member cannot delete a packet", publish: "$JS.API.STREAM.MSG.DELETE." + s, body: `{"seq":0}`},
		{what: "a member cannot purge the stream", publish: "$JS.API.STREAM.PURGE." + s, body: `{"seq":1}`},
		{what: "a member cannot delete the stream", publish: "$JS.API.STREAM.DELETE." + s, body: "{}"},
		{what: "a member cannot change the stream", publish: "$JS.API.STREAM.UPDATE." + s, body: "{}"},
		{what: "a member cannot read another team's packets", publish: "$JS.API.CONSUMER.CREATE." + s + ".x.ops.another-team.>", body: "{}"},
		{what: "a member cannot read packets by their place in the stream", publish: "$JS.API.DIRECT.GET." + s, body: `{"seq":1}`},
		{what: "a member cannot welcome anybody", publish: "join." + team + ".welcome.0000000000000000"},
		{what: "a member cannot listen to another's inbox", listen: "_INBOX_" + victim + ".>"},
		{what: "a member cannot listen to everything", listen: ">"},
	})
	c.attempts(prober, Admin, []attempt{
		{what: "an admin cannot purge the stream", publish: "$JS.API.STREAM.PURGE." + s, body: `{"seq":1}`},
		{what: "an admin cannot delete the stream", publish: "$JS.API.STREAM.DELETE." + s, body: "{}"},
	})
}

func (c *checking) guests() {
	s, team := c.Access.Stream, c.Access.Team
	c.attempts("check-guest", Guest, []attempt{
		{what: "a guest cannot publish packets", publish: "ops." + team + ".check-guest"},
		{what: "a guest cannot read packets", publish: "$JS.API.CONSUMER.CREATE." + s.Name + ".x.ops." + team + ".>", body: "{}"},
		{what: "a guest cannot say hello for another", publish: "join." + team + ".hello.0000000000000000"},
		{what: "a guest cannot see another's welcome", publish: "$JS.API.DIRECT.GET." + s.MeetingName() + ".join." + team + ".welcome.0000000000000000"},
		{what: "a guest cannot listen to the team", listen: "live." + team + ".*"},
	})
}

// attempts makes each and looks for the server's refusal.
func (c *checking) attempts(name string, rights Rights, list []attempt) {
	access, err := c.Mint(name, rights, time.Time{})
	refusals := make(chan error, 16)
	var conn *client.Conn
	if err == nil {
		conn, err = c.dial(c.ctx, strings.Join(c.Access.URLs, ","), client.UserCredentialBytes(access.Credentials), client.CustomInboxPrefix("_INBOX_"+name),
			client.ErrorHandler(func(_ *client.Conn, _ *client.Subscription, err error) { refusals <- err }))
	}
	if err != nil {
		c.say("a "+string(rights)+" is let in", err, "")
		return
	}
	defer conn.Close()
	for _, a := range list {
		if a.listen != "" {
			_, err = conn.SubscribeSync(a.listen)
		} else {
			err = conn.Publish(a.publish, []byte(a.body))
		}
		if err == nil {
			err = conn.FlushTimeout(5 * time.Second)
		}
		if err == nil {
			err = refusal(refusals)
		}
		c.say(a.what, err, "")
	}
}

// refusal waits for the server's word that something is not permitted; the answer to the
// ping behind it has come already.
func refusal(refusals <-chan error) error {
	select {
	case err := <-refusals:
		if errors.Is(err, client.ErrPermissionViolation) {
			return nil
		}
		return err
	case <-time.After(500 * time.Millisecond):
		return errors.New("the server permits it")
	}
}

func (c *checking) removed() {
	const what = "a removed member is not let in"
	if c.Operator == "" {
		c.unproved(what, "only who runs the server removes members")
		return
	}
	access, err := c.Mint(gone, Member, time.Time{})
	if err == nil {
		err = c.Revoke(c.ctx, gone)
	}
	if err != nil {
		c.say(what, err, "")
		return
	}
	for _, url := range c.Access.URLs {
		conn, err := c.try(c.ctx, url, tls.VersionTLS13, client.UserCredentialBytes(access.Credentials))
		for end := time.Now().Add(3 * time.Second); err == nil && time.Now().Before(end); { // the nodes tell each other
			conn.Close()
			time.Sleep(50 * time.Millisecond)
			conn, err = c.try(c.ctx, url, tls.VersionTLS13, client.UserCredentialBytes(access.Credentials))
		}
		refused := mustFail(conn, err)
		if refused == nil && !errors.Is(err, client.ErrAuthorization) && !errors.Is(err, client.ErrAuthRevoked) {
			refused = err
		}
		c.say(what+" at "+url, refused, "")
	}
}

// stream compares how the server stores with how it must.
func (c *checking) stream() {
	access, err := c.Mint(prober, Admin, time.Time{})
	if err != nil {
		c.say("the stream is there", err, "")
		return
	}
	conn, err := c.dial(c.ctx, strings.Join(c.Access.URLs, ","), client.UserCredentialBytes(access.Credentials), client.CustomInboxPrefix("_INBOX_"+prober))
	if err != nil {
		c.say("the stream is there", err, "")
		return
	}
	defer conn.Close()
	var info *jetstream.StreamInfo
	js, err := jetstream.New(conn)
	if err == nil {
		var s jetstream.Stream
		if s, err = js.Stream(c.ctx, c.Access.Stream.Name); err == nil {
			info = s.CachedInfo()
		}
	}
	if err != nil {
		c.say("the stream is there", err, "")
		return
	}
	c.say("the stream is there", nil, fmt.Sprintf("%d packets, %d MB of %d MB", info.State.Msgs, info.State.Bytes>>20, info.Config.MaxBytes>>20))
	c.say("it stores as it must", differences(info.Config, c.Access.Stream.Packets()), "on disk, nothing old dropped, nothing purged")
	c.say("as many nodes hold it as must", copies(info, c.Access.Stream), fmt.Sprintf("%d", c.Access.Stream.Replicas))
	if used := float64(info.State.Bytes) / float64(max(info.Config.MaxBytes, 1)); used > 0.8 {
		c.say("it has room", fmt.Errorf("%.0f%% is used", used*100), "")
	} else {
		c.say("it has room", nil, fmt.Sprintf("%.0f%% is used", used*100))
	}
}

func differences(is, must jetstream.StreamConfig) error {
	var wrong []string
	note := func(ok bool, what string, is, must any) {
		if !ok {
			wrong = append(wrong, fmt.Sprintf("%s is %v, must be %v", what, is, must))
		}
	}
	note(slices.Equal(is.Subjects, must.Subjects), "subjects", is.Subjects, must.Subjects)
	note(is.Storage == must.Storage, "storage", is.Storage, must.Storage)
	note(is.Retention == must.Retention, "retention", is.Retention, must.Retention)
	note(is.Discard == must.Discard, "discard", is.Discard, must.Discard)
	note(is.MaxBytes >= must.MaxBytes || is.MaxBytes < 0, "max_bytes", is.MaxBytes, must.MaxBytes)
	note(is.MaxMsgSize == must.MaxMsgSize, "max_msg_size", is.MaxMsgSize, must.MaxMsgSize)
	note(is.MaxAge == 0 && is.MaxMsgs < 0 && is.MaxMsgsPerSubject < 0, "a limit of age or number", []any{is.MaxAge, is.MaxMsgs, is.MaxMsgsPerSubject}, "none")
	note(is.Duplicates == must.Duplicates, "duplicate_window", is.Duplicates, must.Duplicates)
	note(is.DenyPurge && !is.AllowRollup, "deny_purge", is.DenyPurge, true)
	note(is.AllowDirect, "allow_direct", is.AllowDirect, true)
	if len(wrong) > 0 {
		return errors.New(strings.Join(wrong, "; "))
	}
	return nil
}

func copies(info *jetstream.StreamInfo, must nats.Stream) error {
	if info.Config.Replicas != must.Replicas {
		return fmt.Errorf("%d, not %d", info.Config.Replicas, must.Replicas)
	}
	if info.Cluster == nil {
		return nil
	}
	if info.Cluster.Leader == "" {
		return errors.New("no node leads")
	}
	for _, peer := range info.Cluster.Replicas {
		if peer.Offline || !peer.Current {
			return fmt.Errorf("%s is away or behind", peer.Name)
		}
	}
	return nil
}

// nodeSays is what a node says of itself.
type nodeSays struct {
	Server struct {
		Name string
		Ver  string
		Time time.Time
	}
	Data struct {
		Config struct {
			SyncAlways bool `json:"sync_always"`
		}
	}
	came time.Time
}

// nodes asks each node how it writes to its disk, and what time it has.
func (c *checking) nodes() {
	const syncs, clocks = "what is acknowledged is on the disk (sync_interval: always)", "the clocks agree"
	if len(c.System) == 0 {
		c.unproved(syncs, "only who runs the server can ask it")
		c.unproved(clocks, "only who runs the server can ask it")
		return
	}
	said, err := c.askNodes()
	if err == nil && len(said) < len(c.Access.URLs) {
		err = fmt.Errorf("%d of %d nodes answer", len(said), len(c.Access.URLs))
	}
	c.say("all nodes run", err, fmt.Sprintf("%d", len(said)))
	var late, drift error
	for i, n := range said {
		if !n.Data.Config.SyncAlways {
			late = errors.Join(late, errors.New(n.Server.Name+" writes later"))
		}
		off := n.Server.Time.Sub(n.came)
		if off.Abs() > clockHere {
			drift = errors.Join(drift, fmt.Errorf("%s is %v from this machine's", n.Server.Name, off.Round(time.Second)))
		}
		if between := (off - said[0].Server.Time.Sub(said[0].came)).Abs(); i > 0 && between > clockBetween {
			drift = errors.Join(drift, fmt.Errorf("%s is %v from %s", n.Server.Name, between.Round(time.Millisecond), said[0].Server.Name))
		}
	}
	if len(said) > 0 {
		c.say(syncs, late, "")
		c.say(clocks, drift, "")
	}
}

func (c *checking) askNodes() (said []nodeSays, err error) {
	conn, err := c.system(c.ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	inbox := conn.NewInbox()
	answers, err := conn.SubscribeSync(inbox)
	if err != nil {
		return nil, err
	}
	if err := conn.PublishRequest("$SYS.REQ.SERVER.PING.JSZ", inbox, []byte(`{"config":true}`)); err != nil {
		return nil, err
	}
	for len(said) < len(c.Access.URLs) {
		m, err := answers.NextMsg(2 * time.Second)
		if err != nil {
			break // who has not answered by now is away
		}
		n := nodeSays{came: time.Now()}
		if err := json.Unmarshal(m.Data, &n); err != nil {
			return said, err
		}
		said = append(said, n)
	}
	return said, nil
}

package siprig

import (
	"context"
	"log/slog"
	"net"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// patience is how long an act may take.
const patience = 10 * time.Second

// sdp offers a sound that nobody listens to.
const sdp = "v=0\r\no=u 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"

// agent is what phones and callers share: a socket of UDP, and who they are.
type agent struct {
	rig    *Rig
	ua     *sipgo.UserAgent
	client *sipgo.Client
	server *sipgo.Server
	dialog *sipgo.DialogUA
	socket net.PacketConn
}

func (r *Rig) newAgent(user string) (*agent, error) {
	quiet := slog.New(slog.DiscardHandler)
	a := &agent{rig: r}
	var err error
	if a.socket, err = net.ListenPacket("udp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	if a.ua, err = sipgo.NewUA(sipgo.WithUserAgent(user), sipgo.WithUserAgentHostname(Domain),
		sipgo.WithUserAgentTransportLayerOptions(sip.WithTransportLayerLogger(quiet)), sipgo.WithUserAgentTransactionLayerOptions(sip.WithTransactionLayerLogger(quiet))); err != nil {
		return nil, err
	}
	if a.server, err = sipgo.NewServer(a.ua, sipgo.WithServerLogger(quiet)); err != nil {
		return nil, err
	}
	port := a.socket.LocalAddr().(*net.UDPAddr).Port
	a.client, err = sipgo.NewClient(a.ua, sipgo.WithClientHostname("127.0.0.1"), sipgo.WithClientPort(port), sipgo.WithClientConnectionAddr(a.socket.LocalAddr().String()), sipgo.WithClientLogger(quiet))
	if err != nil {
		return nil, err
	}
	a.dialog = &sipgo.DialogUA{Client: a.client, ContactHDR: sip.ContactHeader{Address: sip.Uri{Scheme: "sip", User: user, Host: "127.0.0.1", Port: port}}}
	go func() { _ = a.server.ServeUDP(a.socket) }() // it ends with its socket
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if conn, _ := a.ua.TransportLayer().GetConnection("udp", a.socket.LocalAddr().String()); conn != nil {
			break
		}
	}
	return a, nil
}

func (a *agent) request(method sip.RequestMethod, to sip.Uri) *sip.Request {
	req := sip.NewRequest(method, to)
	req.SetDestination(a.rig.Server())
	return req
}

// Close takes the phone or the caller off the network, without a word.
func (a *agent) Close() {
	_ = a.ua.Close()
	_ = a.socket.Close()
}

func soon() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), patience)
}

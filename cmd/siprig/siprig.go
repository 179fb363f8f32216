// Package siprig is a telephone system for tests and benchmarks: a real registrar, proxy
// and dialog-event server (kamailio) on loopback, with phones and callers that do what
// they are told.
package siprig

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	_ "embed"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"text/template"
	"time"
)

// Domain is the domain of the addresses, and Password the password of every name.
const (
	Domain   = "pbx.test"
	Password = "s3cret"
)

//go:embed kamailio.cfg
var config string

// schemas are the tables that kamailio wants to find in its database.
var schemas = []string{"standard", "usrloc", "presence", "dialog"}

// Missing says which program the rig lacks; "" when it can start.
func Missing() string {
	for _, name := range []string{"kamailio", "sqlite3"} {
		if _, err := exec.LookPath(name); err != nil {
			return name
		}
	}
	return ""
}

// Rig is a running telephone system.
type Rig struct {
	dir       string
	plain     int // port of UDP and TCP
	encrypted int
	roots     *x509.CertPool
	server    *exec.Cmd
	ended     chan struct{}
}

// Start starts a telephone system that keeps its files in dir. Whoever calls it must call
// Stop.
func Start(dir string) (*Rig, error) {
	if name := Missing(); name != "" {
		return nil, fmt.Errorf("%s is missing: run .ci/need test", name)
	}
	r := &Rig{dir: dir, plain: freePort(), encrypted: freePort()}
	if err := r.certify(); err != nil {
		return nil, err
	}
	t, err := template.New("kamailio.cfg").Parse(config)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := t.Execute(&text, map[string]any{"Dir": dir, "UDP": r.plain, "TLS": r.encrypted, "Password": Password}); err != nil {
		return nil, err
	}
	if err := os.WriteFile(r.file("kamailio.cfg"), text.Bytes(), 0o600); err != nil {
		return nil, err
	}
	for _, name := range schemas {
		sql, err := os.Open("/usr/share/kamailio/db_sqlite/" + name + "-create.sql")
		if err != nil {
			return nil, err
		}
		cmd := exec.Command("sqlite3", r.file("kamailio.db"))
		cmd.Stdin = sql
		out, err := cmd.CombinedOutput()
		sql.Close()
		if err != nil {
			return nil, fmt.Errorf("make the tables of kamailio: %w: %s", err, out)
		}
	}
	return r, r.Restart()
}

func (r *Rig) file(name string) string { return filepath.Join(r.dir, name) }

// Restart starts the server, or starts it anew: it forgets everything.
func (r *Rig) Restart() error {
	r.Kill()
	log, err := os.Create(r.file("kamailio.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	run := r.file("run")
	if err := os.MkdirAll(run, 0o700); err != nil {
		return err
	}
	cmd := exec.Command("kamailio", "-f", r.file("kamailio.cfg"), "-DD", "-E", "-m", "64", "-M", "8", "-Y", run, "-n", "1")
	cmd.Stdout, cmd.Stderr = log, log
	inGroup(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	r.server, r.ended = cmd, make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(r.ended)
	}()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if conn, err := net.Dial("tcp", r.Server()); err == nil {
			return conn.Close()
		}
		select {
		case <-r.ended:
			return r.fault("kamailio has ended")
		default:
		}
	}
	return r.fault("kamailio does not listen")
}

func (r *Rig) fault(what string) error {
	log, _ := os.ReadFile(r.file("kamailio.log"))
	return errors.New(what + ": " + string(log[max(0, len(log)-2000):]))
}

// Kill ends the server as a power cut would.
func (r *Rig) Kill() {
	if r.server == nil {
		return
	}
	killGroup(r.server)
	<-r.ended
	r.server = nil
}

// Stop ends the telephone system.
func (r *Rig) Stop() { r.Kill() }

// Server is where UDP and TCP are listened to, Encrypted where TLS is.
func (r *Rig) Server() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(r.plain)) }

// Encrypted is where TLS is listened to, under the name localhost.
func (r *Rig) Encrypted() string { return net.JoinHostPort("localhost", strconv.Itoa(r.encrypted)) }

// Roots are whom to trust to trust the server.
func (r *Rig) Roots() *x509.CertPool { return r.roots }

// certify makes the server's certificate, and the file that names it.
func (r *Rig) certify() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	card := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, card, card, key.Public(), key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	r.roots = x509.NewCertPool()
	r.roots.AppendCertsFromPEM(public)
	text := "[server:default]\nmethod = TLSv1.2+\nverify_certificate = no\nrequire_certificate = no\nprivate_key = " + r.file("key.pem") + "\ncertificate = " + r.file("cert.pem") + "\n" +
		"[client:default]\nverify_certificate = no\nrequire_certificate = no\n"
	return errors.Join(os.WriteFile(r.file("key.pem"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600),
		os.WriteFile(r.file("cert.pem"), public, 0o600), os.WriteFile(r.file("tls.cfg"), []byte(text), 0o600))
}

// freePort returns a port that nobody has just now, for UDP and TCP alike.
func freePort() int {
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			continue
		}
		port := l.Addr().(*net.TCPAddr).Port
		u, err := net.ListenPacket("udp", l.Addr().String())
		l.Close()
		if err == nil {
			u.Close()
			return port
		}
	}
	return 0
}

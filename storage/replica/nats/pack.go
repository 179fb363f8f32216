package nats

import (
	"bytes"
	"compress/flate"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nkeys"
)

// AuthorityName is the subject of the certificate that those of a team's servers come from.
var AuthorityName = pkix.Name{CommonName: "Ringside team server authority"}

// packed is an access in few bytes: a guest's is part of an invitation, which a camera
// reads. Of the authority's certificate the public key is left, which is all that a chain
// is proved by; of the credentials what is not the same in all.
type packed struct {
	_         struct{} `cbor:",toarray"`
	Text      []byte   // deflated lines: the addresses, the team, the stream, the two parts of the token before its signature
	Authority []byte   // a point of P-256, compressed
	Signature []byte   // of the token
	Seed      []byte   // of who connects
	Replicas  int
	MaxBytes  int64
}

// usual is what the text of an access is likely to hold.
const usual = `{"typ":"JWT","alg":"ed25519-nkey"}` + "\n" +
	`{"exp":17"jti":"","iat":17,"iss":"A","name":"","sub":"U","nats":{"issuer_account":"A","type":"user","version":2}}` +
	"\ntls://.example.com:4222\ntls://192.168.\n:4222\nops-"

// inPlaceOfName stands where a token has the public key that its user's seed gives.
const inPlaceOfName = "\x00"

const maxText = 16 << 10

// Pack writes an access in few bytes.
func (a Access) Pack() ([]byte, error) {
	token, err := jwt.ParseDecoratedJWT(a.Credentials)
	if err != nil {
		return nil, unusable(err)
	}
	user, err := jwt.ParseDecoratedUserNKey(a.Credentials)
	if err != nil {
		return nil, unusable(err)
	}
	seed, err1 := user.Seed()
	name, err2 := user.PublicKey()
	p := packed{Replicas: a.Stream.Replicas, MaxBytes: a.Stream.MaxBytes}
	var err3, err4 error
	_, p.Seed, err3 = nkeys.DecodeSeed(seed)
	p.Authority, err4 = authorityKey(a.CA)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, unusable(err)
	}
	var lines []string
	for part := range strings.SplitSeq(token, ".") {
		raw, err := base64.RawURLEncoding.DecodeString(part)
		if err != nil {
			return nil, unusable(err)
		}
		lines = append(lines, strings.Replace(string(raw), name, inPlaceOfName, 1))
	}
	if len(lines) != 3 {
		return nil, unusable(errors.New("a token of another kind"))
	}
	p.Signature = []byte(lines[2])
	p.Text, err = deflated(strings.Join(append([]string{lines[0], lines[1], a.Team, a.Stream.Name}, a.URLs...), "\n"))
	if err != nil {
		return nil, fmt.Errorf("pack access: %w", err)
	}
	return cbor.Marshal(p)
}

func deflated(text string) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriterDict(&out, flate.BestCompression, []byte(usual))
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

// Unpack reads what Pack has written.
func Unpack(content []byte) (a Access, err error) {
	var p packed
	if err := cbor.Unmarshal(content, &p); err != nil {
		return a, unusable(err)
	}
	text, err := io.ReadAll(io.LimitReader(flate.NewReaderDict(bytes.NewReader(p.Text), []byte(usual)), maxText))
	if err != nil {
		return a, unusable(err)
	}
	lines := strings.Split(string(text), "\n")
	if len(lines) < 5 {
		return a, unusable(errors.New("something of it is missing"))
	}
	user, err := nkeys.FromRawSeed(nkeys.PrefixByteUser, p.Seed)
	if err != nil {
		return a, unusable(err)
	}
	seed, err1 := user.Seed()
	name, err2 := user.PublicKey()
	part := base64.RawURLEncoding.EncodeToString
	token := part([]byte(lines[0])) + "." + part([]byte(strings.Replace(lines[1], inPlaceOfName, name, 1))) + "." + part(p.Signature)
	a = Access{URLs: lines[4:], Team: lines[2], Stream: Stream{Name: lines[3], Replicas: p.Replicas, MaxBytes: p.MaxBytes}}
	var err3, err4 error
	a.Credentials, err3 = jwt.FormatUserConfig(token, seed)
	a.CA, err4 = authorityAround(p.Authority)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return Access{}, unusable(err)
	}
	return a, nil
}

// authorityKey returns the public key of a team's authority, compressed.
func authorityKey(certificate []byte) ([]byte, error) {
	block, _ := pem.Decode(certificate)
	if block == nil {
		return nil, errors.New("no certificate of the server's authority")
	}
	ca, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, err
	}
	key, ok := ca.PublicKey.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() || ca.Subject.String() != AuthorityName.String() {
		return nil, errors.New("a certificate of another authority")
	}
	return elliptic.MarshalCompressed(elliptic.P256(), key.X, key.Y), nil
}

// authorityAround makes a certificate of an authority from its public key. Whoever trusts an
// authority does so by name and key: who has signed its certificate nobody looks at, so any
// key does, which is forgotten at once.
func authorityAround(point []byte) ([]byte, error) {
	x, y := elliptic.UnmarshalCompressed(elliptic.P256(), point)
	if x == nil {
		return nil, errors.New("no key of the server's authority")
	}
	_, nobody, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	wanted := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: AuthorityName, NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(20, 0, 0),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, wanted, wanted, &ecdsa.PublicKey{Curve: elliptic.P256(), X: x, Y: y}, nobody)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}

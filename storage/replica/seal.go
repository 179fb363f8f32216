package replica

import (
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/crypto/chacha20poly1305"
)

// A sealed packet: a head that everybody can read, a random nonce (24), the body, packed
// with zstd and sealed with XChaCha20-Poly1305 under a key of the team with the head as
// additional data, and the Ed25519 signature (64) of all before it.
//
// The head: "RP" and the version (3), kind (1), team (16), member (8), signer (8), number
// of the first operation (8), how many (4), edition (4), id of the key (8), and the time of
// sealing by the signer's clock in milliseconds (8). Numbers are big-endian.
const (
	headSize  = 3 + 1 + 16 + 8 + 8 + 8 + 4 + 4 + 8 + 8
	nonceSize = chacha20poly1305.NonceSizeX
	leastSize = headSize + nonceSize + chacha20poly1305.Overhead + ed25519.SignatureSize
	maxSealed = 4 << 20 // what a carrier takes
	maxBody   = 16 << 20
	packing   = 1
)

// kind is what a packet holds.
type kind byte

const (
	operations kind = iota + 1 // a body that the store can read
	rosterKind                 // who is in the team
	spoken                     // a message that no carrier keeps
)

// Why a packet is not taken. The first two may pass: the roster or the key that is lacking
// may be on its way, so such a packet is held and tried again.
var (
	errUnknownMember = errors.New("its sender is not known to the team")
	errUnknownKey    = errors.New("it is sealed with a key of the team that has not come yet")
	errGarbage       = errors.New("it is not a packet")
	errTooLarge      = errors.New("it is too large")
	errNewer         = errors.New("a newer version of Ringside has written it")
	errOtherTeam     = errors.New("it is of another team")
	errLabel         = errors.New("it is not what the carrier says it is")
	errForged        = errors.New("its signature is not its sender's")
	errRemoved       = errors.New("its sender was removed from the team before")
	errNotAdmin      = errors.New("its signer may not speak for its sender")
	errAltered       = errors.New("its content was altered")
	errNumbers       = errors.New("its sender has used its numbers for something else")
)

type (
	teamID [16]byte
	keyID  [8]byte
)

// keyring are the keys of the team that a member knows, by their ids.
type keyring map[keyID][32]byte

func idOf(key [32]byte) (id keyID) {
	sum := sha256.Sum256(append([]byte("ringside team key id v1 "), key[:]...))
	copy(id[:], sum[:])
	return id
}

// memberOf names the owner of a signing key.
func memberOf(key ed25519.PublicKey) MemberID {
	sum := sha256.Sum256(key)
	return MemberID(hex.EncodeToString(sum[:8]))
}

// head is what everybody can read of a packet.
type head struct {
	kind    kind
	team    teamID
	member  MemberID // whose operations these are
	signer  MemberID // who has sealed them: the same, or an admin for one who has left
	from    uint64
	count   uint32
	edition uint32
	key     keyID
	at      int64
}

func (h head) last() uint64       { return h.from + uint64(h.count) - 1 }
func (h head) claimed() time.Time { return time.UnixMilli(h.at) }

func (h head) append(b []byte) []byte {
	b = append(b, 'R', 'P', packing, byte(h.kind))
	b = append(b, h.team[:]...)
	for _, m := range []MemberID{h.member, h.signer} {
		raw, _ := hex.DecodeString(string(m)) // made by memberOf
		b = append(b, raw...)
	}
	b = binary.BigEndian.AppendUint64(b, h.from)
	b = binary.BigEndian.AppendUint32(b, h.count)
	b = binary.BigEndian.AppendUint32(b, h.edition)
	b = append(b, h.key[:]...)
	return binary.BigEndian.AppendUint64(b, uint64(h.at))
}

// readHead reads the head of a packet without trusting it.
func readHead(b []byte) (h head, err error) {
	switch {
	case len(b) > maxSealed:
		return h, errTooLarge
	case len(b) < leastSize || b[0] != 'R' || b[1] != 'P':
		return h, errGarbage
	case b[2] > packing:
		return h, errNewer
	}
	h.kind = kind(b[3])
	copy(h.team[:], b[4:])
	h.member = MemberID(hex.EncodeToString(b[20:28]))
	h.signer = MemberID(hex.EncodeToString(b[28:36]))
	h.from = binary.BigEndian.Uint64(b[36:])
	h.count = binary.BigEndian.Uint32(b[44:])
	h.edition = binary.BigEndian.Uint32(b[48:])
	copy(h.key[:], b[52:])
	h.at = int64(binary.BigEndian.Uint64(b[60:]))
	numbered := h.from > 0 && h.count > 0 && h.from+uint64(h.count) > h.from
	if h.kind < operations || h.kind > spoken || h.kind != spoken && !numbered {
		return h, errGarbage
	}
	return h, nil
}

// The encoder and the decoder of zstd may be used by many at a time. A body that would
// unpack to more than maxBody is refused before it takes the memory.
var (
	packer, _   = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	unpacker, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxBody))
)

// seal makes a packet of a body. The head says by whom and under which key.
func seal(h head, body []byte, keys keyring, sign ed25519.PrivateKey) ([]byte, error) {
	key, ok := keys[h.key]
	if !ok {
		return nil, fmt.Errorf("seal packet: %w", errUnknownKey)
	}
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return nil, fmt.Errorf("seal packet: %w", err)
	}
	packed := packer.EncodeAll(body, nil)
	b := h.append(make([]byte, 0, leastSize+len(packed)))
	b = b[:headSize+nonceSize]
	nonce := b[headSize:]
	rand.Read(nonce)
	b = aead.Seal(b, nonce, packed, b[:headSize])
	b = append(b, ed25519.Sign(sign, b)...)
	if len(b) > maxSealed {
		return nil, fmt.Errorf("seal packet of %d bytes: %w", len(b), errTooLarge)
	}
	return b, nil
}

// open checks a packet against the roster and returns its body. What it returns for a
// packet that must be held wraps errUnknownMember or errUnknownKey.
func open(b []byte, team teamID, who *Roster, keys keyring) (h head, body []byte, err error) {
	if h, err = readHead(b); err != nil {
		return h, nil, err
	}
	if h.team != team {
		return h, nil, errOtherTeam
	}
	key, known := keys[h.key]
	if err := who.vouches(h, b); err != nil && (err != errUnknownMember || !known) {
		return h, nil, err
	} else if err == nil && !known {
		return h, nil, errUnknownKey
	} else if err != nil {
		// Who has the team's key may be new here; who has not is nobody.
		if _, sealed := unseal(b, key); sealed != nil {
			return h, nil, errForged
		}
		return h, nil, err
	}
	body, err = unseal(b, key)
	return h, body, err
}

// vouches says whether the signer of a packet is who they say and may have made it.
func (r *Roster) vouches(h head, b []byte) error {
	signer, ok := r.Member(h.signer)
	if !ok {
		return errUnknownMember
	}
	body := len(b) - ed25519.SignatureSize
	if !ed25519.Verify(signer.Sign, b[:body], b[body:]) {
		return errForged
	}
	if h.signer != h.member {
		of, ok := r.Member(h.member)
		switch {
		case !ok:
			return errUnknownMember
		case !signer.Admin || !signer.here() || of.here() || h.last() > of.Through:
			return errNotAdmin
		}
		return nil
	}
	if !signer.here() && (h.kind == spoken || h.last() > signer.Through) {
		return errRemoved
	}
	return nil
}

// unseal decrypts and unpacks the body of a packet.
func unseal(b []byte, key [32]byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return nil, err
	}
	packed, err := unsealWith(aead, b)
	if err != nil {
		return nil, errAltered
	}
	body, err := unpacker.DecodeAll(packed, nil)
	switch {
	case errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, zstd.ErrWindowSizeExceeded), len(body) > maxBody:
		return nil, errTooLarge
	case err != nil:
		return nil, errGarbage
	}
	return body, nil
}

func unsealWith(aead cipher.AEAD, b []byte) ([]byte, error) {
	return aead.Open(nil, b[headSize:headSize+nonceSize], b[headSize+nonceSize:len(b)-ed25519.SignatureSize], b[:headSize])
}

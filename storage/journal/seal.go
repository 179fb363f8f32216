package journal

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"

	"golang.org/x/crypto/chacha20poly1305"
)

// A record on disk: length of what follows the head (4), number (8), checksum of
// segment, length and number (4), nonce (24), sealed payload with its tag (16).
const (
	recordHead  = 16
	recordExtra = recordHead + chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead
)

// A header on disk: magic (4), version (2), store (16), device (8), segment (4),
// durable length of the segment before (8), number of the record before (8),
// sealed check block (24+8+16), checksum of all of it (4).
const (
	headerPlain = 4 + 2 + 16 + 8 + 4 + 8 + 8
	headerSize  = headerPlain + chacha20poly1305.NonceSizeX + len(checkWord) + chacha20poly1305.Overhead + 4
	magic       = "RSJ1"
	checkWord   = "ringside"
)

var (
	errTorn = errors.New("incomplete")
	errKey  = errors.New("another key")
)

func sealer(key [32]byte) (cipher.AEAD, error) {
	k, err := hkdf.Key(sha256.New, key[:], nil, "ringside journal v1", 32)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.NewX(k)
}

func castagnoli(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

// bound is what a record is tied to: its segment and number.
func bound(segment uint32, seq uint64) []byte {
	var b [12]byte
	binary.LittleEndian.PutUint32(b[:], segment)
	binary.LittleEndian.PutUint64(b[4:], seq)
	return b[:]
}

func headSum(segment uint32, head []byte) uint32 {
	var b [16]byte
	binary.LittleEndian.PutUint32(b[:], segment)
	copy(b[4:], head[:12])
	return castagnoli(b[:])
}

func sealRecord(buf []byte, aead cipher.AEAD, segment uint32, seq uint64, payload []byte) []byte {
	start := len(buf)
	buf = binary.LittleEndian.AppendUint32(buf, uint32(len(payload)+recordExtra-recordHead))
	buf = binary.LittleEndian.AppendUint64(buf, seq)
	buf = binary.LittleEndian.AppendUint32(buf, headSum(segment, buf[start:]))
	buf = append(buf, make([]byte, chacha20poly1305.NonceSizeX)...)
	nonce := buf[start+recordHead:]
	rand.Read(nonce)
	return aead.Seal(buf, nonce, payload, bound(segment, seq))
}

// head reads the head of a record; ok is false when these are not the first bytes
// of one in this segment.
func head(segment uint32, b []byte) (length int, seq uint64, ok bool) {
	if len(b) < recordHead || binary.LittleEndian.Uint32(b[12:]) != headSum(segment, b) {
		return 0, 0, false
	}
	n := binary.LittleEndian.Uint32(b)
	return int(n), binary.LittleEndian.Uint64(b[4:]), n >= recordExtra-recordHead && n <= maxRecord+recordExtra
}

// openRecord returns the payload of the record at the start of b, its number and
// its whole size.
func openRecord(aead cipher.AEAD, segment uint32, b []byte) (payload []byte, seq uint64, size int, err error) {
	n, seq, ok := head(segment, b)
	if !ok || len(b) < recordHead+n {
		return nil, 0, 0, errTorn
	}
	sealed := b[recordHead : recordHead+n]
	nonce := sealed[:chacha20poly1305.NonceSizeX]
	payload, err = aead.Open(nil, nonce, sealed[len(nonce):], bound(segment, seq))
	return payload, seq, recordHead + n, err
}

// header is the first block of a segment.
type header struct {
	version uint16
	store   [16]byte
	device  [8]byte
	segment uint32
	before  int64  // durable length of the segment before
	seq     uint64 // number of the last record before this segment
}

func (h header) encode(aead cipher.AEAD) []byte {
	b := append(make([]byte, 0, headerSize), magic...)
	b = binary.LittleEndian.AppendUint16(b, h.version)
	b = append(b, h.store[:]...)
	b = append(b, h.device[:]...)
	b = binary.LittleEndian.AppendUint32(b, h.segment)
	b = binary.LittleEndian.AppendUint64(b, uint64(h.before))
	b = binary.LittleEndian.AppendUint64(b, h.seq)
	plain := bytes.Clone(b)
	b = append(b, make([]byte, chacha20poly1305.NonceSizeX)...)
	nonce := b[headerPlain:]
	rand.Read(nonce)
	b = aead.Seal(b, nonce, []byte(checkWord), plain)
	return binary.LittleEndian.AppendUint32(b, castagnoli(b))
}

// decodeHeader fails with errTorn when the bytes are no header, and with errKey
// when they are one that another key has sealed. A newer version is returned
// unchecked.
func decodeHeader(aead cipher.AEAD, b []byte) (h header, err error) {
	if len(b) < headerSize || string(b[:4]) != magic {
		return h, errTorn
	}
	b = b[:headerSize]
	h.version = binary.LittleEndian.Uint16(b[4:])
	if h.version > Version {
		return h, nil
	}
	if binary.LittleEndian.Uint32(b[headerSize-4:]) != castagnoli(b[:headerSize-4]) {
		return h, errTorn
	}
	copy(h.store[:], b[6:])
	copy(h.device[:], b[22:])
	h.segment = binary.LittleEndian.Uint32(b[30:])
	h.before = int64(binary.LittleEndian.Uint64(b[34:]))
	h.seq = binary.LittleEndian.Uint64(b[42:])
	nonce := b[headerPlain : headerPlain+chacha20poly1305.NonceSizeX]
	word, err := aead.Open(nil, nonce, b[headerPlain+len(nonce):headerSize-4], b[:headerPlain])
	if err != nil || string(word) != checkWord {
		return h, errKey
	}
	return h, nil
}

package index

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// A segment file is a head of magic and salt, sealed pieces, and a foot that says where
// the last of them is, which tells of the others. Each piece is bound to its place.

const (
	magic    = "RSSEEK01"
	saltSize = 16
	headSize = len(magic) + saltSize
	footSize = 16
	maxPiece = 64 << 20
)

// ErrDamaged is the error when a segment is not as it was written, or not readable with
// the key. It is to be made anew.
var ErrDamaged = errors.New("the index is not readable")

// piece is where a sealed piece lies and how long it is.
type piece struct {
	at   uint64
	size uint32
}

func sealOf(key [32]byte, salt []byte) (cipher.AEAD, error) {
	k, err := hkdf.Key(sha256.New, key[:], salt, "ringside seek v1", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func nonce(at uint64) []byte { return binary.BigEndian.AppendUint64(make([]byte, 4, 12), at) }

// sealer writes a segment file. After the first error it writes nothing more.
type sealer struct {
	file *os.File
	out  *bufio.Writer
	seal cipher.AEAD
	at   uint64
	buf  []byte
	err  error
}

func newSealer(path string, key [32]byte) (*sealer, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	s := &sealer{file: f, out: bufio.NewWriterSize(f, 256<<10), at: uint64(headSize)}
	var salt [saltSize]byte
	rand.Read(salt[:])
	s.seal, err = sealOf(key, salt[:])
	if err == nil {
		_, err = s.out.Write(append([]byte(magic), salt[:]...))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return s, nil
}

func (s *sealer) put(plain []byte) piece {
	if s.err != nil {
		return piece{}
	}
	s.buf = s.seal.Seal(s.buf[:0], nonce(s.at), plain, nil)
	p := piece{s.at, uint32(len(s.buf))}
	_, s.err = s.out.Write(s.buf)
	s.at += uint64(len(s.buf))
	return p
}

// finish writes the last piece and the foot, and makes the file durable.
func (s *sealer) finish(last []byte) error {
	p := s.put(last)
	foot := binary.BigEndian.AppendUint64(nil, p.at)
	foot = binary.BigEndian.AppendUint32(foot, p.size)
	foot = append(foot, magic[:4]...)
	if s.err == nil {
		_, s.err = s.out.Write(foot)
	}
	if s.err == nil {
		s.err = s.out.Flush()
	}
	if s.err == nil {
		s.err = s.file.Sync()
	}
	return errors.Join(s.err, s.file.Close())
}

// sealed reads a segment file. Its methods may be called from any goroutine.
type sealed struct {
	file *os.File
	seal cipher.AEAD
	size int64
}

// openSealed opens a segment file and returns its last piece too.
func openSealed(path string, key [32]byte) (s *sealed, last []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	s = &sealed{file: f}
	if last, err = s.begin(key); err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return s, last, nil
}

func (s *sealed) begin(key [32]byte) ([]byte, error) {
	info, err := s.file.Stat()
	if err != nil {
		return nil, err
	}
	if s.size = info.Size(); s.size < int64(headSize+footSize) {
		return nil, ErrDamaged
	}
	head, foot := make([]byte, headSize), make([]byte, footSize)
	if _, err := s.file.ReadAt(head, 0); err != nil {
		return nil, err
	}
	if _, err := s.file.ReadAt(foot, s.size-footSize); err != nil {
		return nil, err
	}
	if string(head[:len(magic)]) != magic || string(foot[12:]) != magic[:4] {
		return nil, ErrDamaged
	}
	if s.seal, err = sealOf(key, head[len(magic):]); err != nil {
		return nil, err
	}
	return s.get(piece{binary.BigEndian.Uint64(foot), binary.BigEndian.Uint32(foot[8:])}, nil)
}

// pieces reads pieces into one buffer: each is only valid until the next. It is for
// one goroutine.
type pieces struct {
	*sealed
	buf   []byte
	last  piece
	plain []byte // of the last
}

func (p *pieces) get(at piece) ([]byte, error) {
	if at == p.last && p.plain != nil {
		return p.plain, nil
	}
	if cap(p.buf) < int(at.size) && at.size <= maxPiece {
		p.buf = make([]byte, at.size, at.size+at.size/2)
	}
	plain, err := p.sealed.get(at, p.buf)
	p.last, p.plain = at, plain
	return plain, err
}

// get returns a piece, in buf when it is long enough.
func (s *sealed) get(p piece, buf []byte) ([]byte, error) {
	if p.size > maxPiece || p.at > uint64(s.size) || int64(p.at)+int64(p.size) > s.size || int(p.size) < s.seal.Overhead() {
		return nil, ErrDamaged
	}
	if cap(buf) < int(p.size) {
		buf = make([]byte, p.size, p.size+p.size/4)
	}
	buf = buf[:p.size]
	if _, err := s.file.ReadAt(buf, int64(p.at)); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, ErrDamaged
		}
		return nil, fmt.Errorf("read index: %w", err)
	}
	plain, err := s.seal.Open(buf[:0], nonce(p.at), buf, nil)
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

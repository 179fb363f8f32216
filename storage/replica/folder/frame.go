package folder

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"ringside/assist"
	"ringside/storage/replica"
)

// A file is a row of frames, each of which says how long it is and what its checksum is.
// The checksum finds what is not whole; who made a packet is for its signature to say.
//
//	kind 8 | length of the rest 4 | sum 16 | length of the name 1 | name | from 8 | count 8 | edition 4 | sealed
const (
	headSize = 8 + 4 + 16
	bodySize = 1 + 8 + 8 + 4 // without name and sealed
)

// The kinds of frames, by the eight letters that they begin with.
const (
	kindPacket = "ringpkt1"
	kindGone   = "ringout1" // a packet was here and was deleted
	kindSaid   = "ringsay1"
	kindMark   = "ringdir1"
	kindLeft   = "ringbox1" // left for somebody at a place
)

// What a frame and a file may at most have; larger ones are not of ours.
const (
	maxFrame = 16 << 20
	maxFile  = 64 << 20
	maxCount = 1 << 20
)

type frame struct {
	kind        string
	name        string // the member; of a mark its id, of what was left its place
	from, count uint64
	edition     uint32
	sealed      []byte
	sum         [16]byte // set by decode
}

func packetFrame(kind string, p replica.Packet) frame {
	return frame{kind: kind, name: string(p.Member), from: p.From, count: p.Count, edition: p.Edition, sealed: p.Sealed}
}

func (f frame) packet() replica.Packet {
	return replica.Packet{Member: replica.MemberID(f.name), From: f.from, Count: f.count, Edition: f.edition, Sealed: f.sealed}
}

func (f frame) check() error {
	if f.name == "" || len(f.name) > math.MaxUint8 || bodySize+len(f.name)+len(f.sealed) > maxFrame || !f.numbered() {
		return &assist.Fault{What: "a packet is larger than a folder carries", Where: fmt.Sprintf("%q from %d, %d operations, %d bytes", f.name, f.from, f.count, len(f.sealed)), Err: assist.ErrInvalid}
	}
	return nil
}

// numbered reports whether the numbers of a packet can be.
func (f frame) numbered() bool { return f.count <= maxCount && f.from <= math.MaxUint64-maxCount }

// span is the numbers of the operations that a frame holds, or held.
func (f frame) span() span { return span{From: f.from, To: f.from + f.count} }

func (f frame) encode(b []byte) []byte {
	start := len(b)
	b = append(b, f.kind...)
	b = binary.BigEndian.AppendUint32(b, uint32(bodySize+len(f.name)+len(f.sealed)))
	b = append(b, make([]byte, 16)...)
	b = append(b, byte(len(f.name)))
	b = append(b, f.name...)
	b = binary.BigEndian.AppendUint64(b, f.from)
	b = binary.BigEndian.AppendUint64(b, f.count)
	b = binary.BigEndian.AppendUint32(b, f.edition)
	b = append(b, f.sealed...)
	sum := checksum(f.kind, b[start+headSize:])
	copy(b[start+12:], sum[:])
	return b
}

func encode(frames []frame) (b []byte) {
	for _, f := range frames {
		b = f.encode(b)
	}
	return b
}

func checksum(kind string, body []byte) (sum [16]byte) {
	h := sha256.New()
	io.WriteString(h, kind)
	h.Write(body)
	copy(sum[:], h.Sum(nil))
	return sum
}

func known(kind string) bool {
	return kind == kindPacket || kind == kindGone || kind == kindSaid || kind == kindMark || kind == kindLeft
}

// decode returns the frames that are whole, and whether b is nothing but them. Behind one
// that is not it goes on with the next, as long as that does not cost too much.
func decode(b []byte) (frames []frame, whole bool) {
	whole = len(b) > 0
	for budget := 4 * len(b); len(b) > 0 && budget > 0; {
		f, size, ok := decodeOne(b)
		budget -= size
		if ok {
			frames = append(frames, f)
			b = b[size:]
			continue
		}
		whole = false
		next := bytes.Index(b[1:], []byte(kindPacket[:4])) // with which every kind begins
		if next < 0 {
			break
		}
		b = b[1+next:]
	}
	return frames, whole
}

// decodeOne reads the first frame of b, and returns how many bytes it has.
func decodeOne(b []byte) (f frame, size int, ok bool) {
	if len(b) < headSize || !known(string(b[:8])) {
		return frame{}, 1, false
	}
	size = int(binary.BigEndian.Uint32(b[8:]))
	if size > maxFrame || size > len(b)-headSize {
		return frame{}, 1, false
	}
	f, ok = decodeBody(string(b[:8]), b[headSize:headSize+size])
	return f, headSize + size, ok && bytes.Equal(f.sum[:], b[12:headSize])
}

func decodeBody(kind string, body []byte) (f frame, ok bool) {
	f = frame{kind: kind, sum: checksum(kind, body)}
	if len(body) < bodySize || len(body) < bodySize+int(body[0]) {
		return f, false
	}
	f.name, body = string(body[1:1+body[0]]), body[1+int(body[0]):]
	f.from, f.count = binary.BigEndian.Uint64(body), binary.BigEndian.Uint64(body[8:])
	f.edition, f.sealed = binary.BigEndian.Uint32(body[16:]), body[20:]
	return f, f.name != "" && f.numbered()
}

// errForeign: a file that is none of ours.
var errForeign = errors.New("not a file of a team's folder")

// readFile returns what is whole in a file, and whether nothing else is in it. Of a file
// that is none of ours only the first letters are read.
func readFile(root *os.Root, name string) (frames []frame, whole bool, err error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, false, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, false, errForeign
	}
	b := make([]byte, 8, min(max(info.Size(), 8), maxFile)+1)
	if _, err := io.ReadFull(f, b); err != nil || !known(string(b)) {
		return nil, false, errors.Join(errForeign, err)
	}
	for len(b) <= maxFile {
		b = append(b, 0)[:len(b)] // room for at least one more
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if errors.Is(err, io.EOF) {
			frames, whole = decode(b)
			return frames, whole, nil
		}
		if err != nil {
			return nil, false, err
		}
	}
	return nil, false, errForeign
}

package storage

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

const (
	sortSlab  = 16 << 20 // entries sorted in memory at a time; two of it may exist
	sortBlock = 64 << 10 // how much of a run is sealed in one piece
)

// sorter puts more entries in order than memory should hold. Sorted runs of them lie
// in files of its own folder, sealed with a key that is kept nowhere: what a crash
// leaves of them is noise. It is for one goroutine.
type sorter struct {
	dir   string
	slab  int // bytes that are sorted in memory at a time
	block int // and sealed in one piece
	seal  cipher.AEAD
	size  int64 // bytes of keys and values
	now   slab
	spare slab
	runs  int
	lens  []int      // entries in each run
	busy  chan error // tells how the last spill went; nil when none is going on

	passed func(bytes int) error // is told of each entry that is read back in order; may be nil

	key, value []byte // of the record that is taken in
}

// slab is entries in the order in which they came, and where they begin.
type slab struct {
	data []byte
	refs []ref
}

// ref is where an entry lies; the first bytes of its key settle most comparisons.
type ref struct {
	head uint64
	at   uint32
}

func newSorter(dir string) (*sorter, error) {
	var key [32]byte
	rand.Read(key[:])
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	s := &sorter{dir: dir, slab: sortSlab, block: sortBlock}
	if s.seal, err = cipher.NewGCM(block); err != nil {
		return nil, err
	}
	return s, os.MkdirAll(dir, 0o700)
}

// add takes an entry in; key and value are copied.
func (s *sorter) add(key, value []byte) error {
	if s.now.data == nil {
		s.now.data = make([]byte, 0, s.slab)
	}
	if len(s.now.data)+len(key)+len(value)+16 > cap(s.now.data) && len(s.now.refs) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.now.refs = append(s.now.refs, ref{headOf(key), uint32(len(s.now.data))})
	s.now.data = appendEntry(s.now.data, key, value)
	s.size += int64(len(key) + len(value))
	return nil
}

// record takes in the first state of a record and its way into the indexes.
func (s *sorter) record(c change, region string) error {
	s.value = c.after.encode(s.value[:0])
	s.key = append(appendTypeKey(s.key[:0], c.t), c.id...)
	if err := s.add(s.key, s.value); err != nil {
		return err
	}
	for _, k := range indexKeys(c.record, region) {
		if err := s.add(k, nil); err != nil {
			return err
		}
	}
	return nil
}

func headOf(key []byte) uint64 {
	var b [8]byte
	copy(b[:], key)
	return binary.BigEndian.Uint64(b[:])
}

func appendEntry(b, key, value []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(key)))
	b = binary.AppendUvarint(b, uint64(len(value)))
	return append(append(b, key...), value...)
}

// cutEntry reads the entry at the beginning of b; size is 0 when there is none.
func cutEntry(b []byte) (key, value []byte, size int) {
	k, n := binary.Uvarint(b)
	if n <= 0 {
		return nil, nil, 0
	}
	v, m := binary.Uvarint(b[n:])
	if m <= 0 || k > uint64(len(b)) || v > uint64(len(b)) || uint64(n+m)+k+v > uint64(len(b)) {
		return nil, nil, 0
	}
	at := n + m
	return b[at : at+int(k)], b[at+int(k) : at+int(k+v)], at + int(k+v)
}

// spill sorts what there is and writes it, while the next entries come in.
func (s *sorter) spill() error {
	if err := s.wait(); err != nil {
		return err
	}
	full, run := s.now, s.runs
	s.now, s.spare = slab{s.spare.data[:0], s.spare.refs[:0]}, full
	if cap(s.now.data) < s.slab {
		s.now.data = make([]byte, 0, s.slab)
	}
	s.runs++
	s.lens = append(s.lens, len(full.refs))
	busy := make(chan error, 1)
	s.busy = busy
	go func() { busy <- s.write(run, full) }()
	return nil
}

func (s *sorter) wait() error {
	if s.busy == nil {
		return nil
	}
	err := <-s.busy
	s.busy = nil
	return err
}

func (s *sorter) path(run int) string { return filepath.Join(s.dir, fmt.Sprintf("%06d.run", run)) }

func (s *sorter) write(run int, full slab) (err error) {
	slices.SortFunc(full.refs, func(a, b ref) int {
		if c := cmp.Compare(a.head, b.head); c != 0 {
			return c
		}
		ka, _, _ := cutEntry(full.data[a.at:])
		kb, _, _ := cutEntry(full.data[b.at:])
		return bytes.Compare(ka, kb)
	})
	f, err := os.OpenFile(s.path(run), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	plain, sealed, block := make([]byte, 0, 2*s.block), []byte(nil), 0
	for i, r := range full.refs {
		_, _, size := cutEntry(full.data[r.at:])
		plain = append(plain, full.data[int(r.at):int(r.at)+size]...)
		if len(plain) < s.block && i < len(full.refs)-1 {
			continue
		}
		sealed = binary.BigEndian.AppendUint32(sealed[:0], uint32(len(plain)+s.seal.Overhead()))
		sealed = s.seal.Seal(sealed, runNonce(run, block), plain, nil)
		if _, err := f.Write(sealed); err != nil {
			return err
		}
		plain, block = plain[:0], block+1
	}
	return nil
}

func runNonce(run, block int) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(nil, uint32(run)), uint64(block))
}

// merge returns all entries by key; equal keys come in any order. Nothing can be added
// behind it. The caller must close what it returns.
func (s *sorter) merge() (*merger, error) {
	if len(s.now.refs) > 0 {
		if err := s.spill(); err != nil {
			return nil, err
		}
	}
	err := s.wait()
	s.now, s.spare = slab{}, slab{}
	m := &merger{passed: s.passed}
	for i := range s.runs {
		if err != nil {
			break
		}
		var f *os.File
		if f, err = os.Open(s.path(i)); err != nil {
			break
		}
		r := &run{s: s, file: f, in: bufio.NewReader(f), number: i, left: s.lens[i]}
		m.runs = append(m.runs, r)
		err = r.next()
	}
	if err != nil {
		m.close()
		return nil, err
	}
	m.pick()
	return m, nil
}

// remove deletes the runs.
func (s *sorter) remove() error {
	return errors.Join(s.wait(), os.RemoveAll(s.dir))
}

// run reads one sorted file.
type run struct {
	s          *sorter
	file       *os.File
	in         *bufio.Reader
	number     int
	block      int
	left       int // entries not yet read
	sealed     []byte
	plain      []byte
	rest       []byte
	head       uint64
	key, value []byte // of the entry that is next; key is nil at the end
}

var errRun = errors.New("what was put in order cannot be read back")

func (r *run) next() error {
	if r.left == 0 {
		r.key = nil
		return nil
	}
	r.left--
	if len(r.rest) == 0 {
		if err := r.open(); err != nil {
			return fmt.Errorf("%w: %w", errRun, err)
		}
	}
	key, value, size := cutEntry(r.rest)
	if size == 0 {
		return errRun
	}
	r.key, r.value, r.head, r.rest = key, value, headOf(key), r.rest[size:]
	return nil
}

// open reads and opens the next block.
func (r *run) open() (err error) {
	var size [4]byte
	if _, err := io.ReadFull(r.in, size[:]); err != nil {
		return err
	}
	n := int(binary.BigEndian.Uint32(size[:]))
	r.sealed = slices.Grow(r.sealed[:0], n)[:n]
	if _, err := io.ReadFull(r.in, r.sealed); err != nil {
		return err
	}
	r.plain, err = r.s.seal.Open(r.plain[:0], runNonce(r.number, r.block), r.sealed, nil)
	r.rest = r.plain
	r.block++
	return err
}

// merger walks through the entries of all runs in order.
type merger struct {
	runs   []*run
	top    *run // has the smallest key; nil at the end
	passed func(bytes int) error
}

// key returns the key of the entry that it stands on; nil at the end.
func (m *merger) key() []byte {
	if m.top == nil {
		return nil
	}
	return m.top.key
}

func (m *merger) next() error {
	if m.passed != nil {
		if err := m.passed(len(m.top.key) + len(m.top.value)); err != nil {
			return err
		}
	}
	err := m.top.next()
	m.pick()
	return err
}

func (m *merger) pick() {
	m.top = nil
	for _, r := range m.runs {
		if r.key != nil && (m.top == nil || r.head < m.top.head || r.head == m.top.head && bytes.Compare(r.key, m.top.key) < 0) {
			m.top = r
		}
	}
}

func (m *merger) close() {
	for _, r := range m.runs {
		r.file.Close()
	}
}

package index

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"slices"
	"strings"
)

// Sorter puts more entries in order than memory should hold. Key and value are copied.
type Sorter interface {
	Add(key, value []byte) error
	// Each calls f with all entries by key, and equal keys in any order; the slices are
	// only valid during the call. Nothing can be added behind it.
	Each(f func(key, value []byte) error) error
	Remove() error
}

// Builder makes a segment. It is for one goroutine.
type Builder struct {
	ctx    context.Context
	sorter func() (Sorter, error)
	docs   Sorter
	count  uint64
	key    []byte
	value  []byte
}

// NewBuilder begins a segment. sorter is called twice; what it returns is removed at
// the end. When ctx ends, Finish fails soon.
func NewBuilder(ctx context.Context, sorter func() (Sorter, error)) (*Builder, error) {
	s, err := sorter()
	if err != nil {
		return nil, err
	}
	return &Builder{ctx: ctx, sorter: sorter, docs: s}, nil
}

// Add takes a record in.
func (b *Builder) Add(d Doc) error {
	b.key = append(binary.BigEndian.AppendUint64(b.key[:0], ^(uint64(d.At)^1<<63)), d.Key...)
	b.value = b.value[:0]
	for _, t := range d.Terms() {
		b.value = binary.AppendUvarint(b.value, uint64(len(t)))
		b.value = append(b.value, t...)
	}
	b.count++
	return b.docs.Add(b.key, b.value)
}

// Close gives up what was added. It may be called behind Finish.
func (b *Builder) Close() error { return b.docs.Remove() }

// Finish writes the segment; about is kept with it. When it fails it leaves no file.
func (b *Builder) Finish(path string, key [32]byte, about []byte) (err error) {
	terms, err := b.sorter()
	if err != nil {
		return err
	}
	made := false
	defer func() {
		if err = errors.Join(err, terms.Remove()); err != nil && made {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	out, err := newSealer(path, key)
	if err != nil {
		return err
	}
	made = true
	w := writing{ctx: b.ctx, out: out, total: int(b.count)}
	table, err := w.table(b.docs, terms)
	if err == nil {
		err = w.terms(terms)
	}
	if err != nil {
		return errors.Join(err, out.file.Close())
	}
	foot := footer{count: b.count, table: table, dict: w.dict.finish(), words: w.words.finish(out), about: about}
	return out.finish(foot.encode())
}

// footer is what is read first of a segment.
type footer struct {
	count uint64 // records
	table piece  // where the pieces of the table are
	dict  piece
	words piece
	about []byte
}

func (f footer) encode() []byte {
	b := binary.AppendUvarint(nil, f.count)
	for _, p := range []piece{f.table, f.dict, f.words} {
		b = binary.AppendUvarint(binary.AppendUvarint(b, p.at), uint64(p.size))
	}
	return append(b, f.about...)
}

func decodeFooter(b []byte) (f footer, err error) {
	r := reader{b: b}
	f.count = r.uvarint()
	for _, p := range []*piece{&f.table, &f.dict, &f.words} {
		*p = piece{r.uvarint(), uint32(r.uvarint())}
	}
	f.about = r.b
	return f, r.err()
}

// writing is what Finish has at hand.
type writing struct {
	ctx   context.Context
	out   *sealer
	total int
	dict  dictWriter
	words vocabularyWriter
	turn  int
}

// often looks at the context now and then.
func (w *writing) often() error {
	if w.turn++; w.turn%4096 == 0 {
		return w.ctx.Err()
	}
	return nil
}

// tableRows is how many records share a piece of the table.
const tableRows = 256

// table numbers the records by rank and writes which they are; their terms go on.
func (w *writing) table(docs, terms Sorter) (piece, error) {
	var row, dir []byte
	doc := uint32(0)
	flush := func() {
		p := w.out.put(row)
		dir = binary.AppendUvarint(binary.AppendUvarint(dir, p.at), uint64(p.size))
		row = row[:0]
	}
	g := gatherer{terms: terms, lists: map[string]*gathered{}}
	err := docs.Each(func(key, value []byte) error {
		if err := w.often(); err != nil {
			return err
		}
		row = append(row, key[:8]...)
		row = binary.AppendUvarint(row, uint64(len(key)-8))
		row = append(row, key[8:]...)
		for r := (reader{b: value}); len(r.b) > 0; {
			if err := g.add(r.chunk(r.uvarint()), doc); err != nil {
				return err
			}
		}
		if doc++; doc%tableRows == 0 {
			flush()
		}
		return nil
	})
	if err == nil {
		err = g.flush()
	}
	if len(row) > 0 {
		flush()
	}
	return w.out.put(dir), errors.Join(err, docs.Remove())
}

// gatherMemory is about how much is gathered before it is sorted.
const gatherMemory = 5 << 20

// gatherer collects the records of each term. What hardly any two records share goes
// to the sorter at once.
type gatherer struct {
	terms Sorter
	lists map[string]*gathered
	size  int
	key   []byte
}

type gathered struct {
	first, last uint32
	rest        []byte
}

func (g *gatherer) add(term []byte, doc uint32) error {
	switch term[0] {
	case spaceNumber, spaceTail, spaceNational:
		return g.give(string(term), doc, nil)
	}
	l := g.lists[string(term)]
	if l == nil {
		g.lists[string(term)] = &gathered{first: doc, last: doc}
		g.size += len(term) + 120
	} else {
		before := cap(l.rest)
		l.rest = binary.AppendUvarint(l.rest, uint64(doc-l.last))
		l.last = doc
		g.size += cap(l.rest) - before
	}
	if g.size < gatherMemory {
		return nil
	}
	return g.flush()
}

// give passes a list on. The first record in the key keeps a term's lists in order.
func (g *gatherer) give(term string, first uint32, rest []byte) error {
	g.key = append(append(g.key[:0], term...), 0)
	g.key = binary.BigEndian.AppendUint32(g.key, first)
	return g.terms.Add(g.key, rest)
}

func (g *gatherer) flush() error {
	for term, l := range g.lists {
		if err := g.give(term, l.first, l.rest); err != nil {
			return err
		}
	}
	clear(g.lists)
	g.size = 0
	return nil
}

// terms writes the dictionary.
func (w *writing) terms(terms Sorter) error {
	w.dict.out = w.out
	var together []union
	u := unions{total: w.total, emit: func(prefix string, docs []uint32) {
		if prefix[0] == spaceTail && len(prefix) <= minTail {
			return
		}
		u := union{prefix: string([]byte{spaceUnion}) + prefix}
		u.list = appendList(nil, docs, w.out.put)
		together = append(together, u)
	}}
	var term string
	var docs []uint32
	flush := func() {
		if len(docs) == 0 {
			return
		}
		w.dict.add(term, docs)
		if term[0] != spaceFull && term[0] != spaceFacet {
			u.add(term, docs)
		}
		w.words.add(term, docs)
	}
	err := terms.Each(func(key, value []byte) error {
		if err := w.often(); err != nil {
			return err
		}
		t, first := key[:len(key)-5], binary.BigEndian.Uint32(key[len(key)-4:])
		if string(t) != term {
			flush()
			term, docs = string(t), docs[:0]
		}
		docs = append(docs, first)
		for r := (reader{b: value}); len(r.b) > 0; {
			docs = append(docs, docs[len(docs)-1]+uint32(r.uvarint()))
		}
		return nil
	})
	flush()
	u.finish()
	slices.SortFunc(together, func(a, b union) int { return strings.Compare(a.prefix, b.prefix) })
	for _, one := range together {
		w.dict.addList(one.prefix, one.list)
	}
	return err
}

// union is a list for what many terms begin with.
type union struct {
	prefix string
	list   []byte
}

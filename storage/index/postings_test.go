package index

import (
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
)

func TestListsComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	path := filepath.Join(t.TempDir(), "lists")
	out, err := newSealer(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]uint32
	for _, n := range []int{1, 2, 100, 257, 5000, 60_000, 150_000} {
		for _, spread := range []int{1, 3, 400} {
			docs, d := make([]uint32, n), uint32(r.IntN(200_000))
			for i := range docs {
				docs[i] = d
				d += 1 + uint32(r.IntN(spread))
			}
			all = append(all, docs)
		}
	}
	var b []byte
	for _, docs := range all {
		b = appendList(b, docs, out.put)
	}
	if err := out.finish(b); err != nil {
		t.Fatal(err)
	}
	file, last, err := openSealed(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	defer file.file.Close()
	in, rd := &pieces{sealed: file}, reader{b: last}
	for i, docs := range all {
		l := rd.list()
		if rd.bad || l.count != len(docs) {
			t.Fatalf("list %d: %d of %d", i, l.count, len(docs))
		}
		var got []uint32
		for number := range int(docs[len(docs)-1]>>blockBits) + 2 {
			var set block
			if _, err := l.or(&set, number, in); err != nil {
				t.Fatal(err)
			}
			for n := range blockDocs {
				if set[n/64]&(1<<(n%64)) != 0 {
					got = append(got, uint32(number<<blockBits+n))
				}
			}
		}
		if !slices.Equal(got, docs) {
			t.Fatalf("list %d of %d comes back as %d", i, len(docs), len(got))
		}
	}
}

func FuzzPieces(f *testing.F) {
	f.Add([]byte{1, 2, 3}, []byte{0, 5, 0xff})
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x02"), []byte{1})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		r := reader{b: a}
		r.list()
		(&reader{b: a}).skipList()
		_, _ = decodeFooter(a)
		_ = orBlock(&block{}, b)
		_ = eachDoc(b, func(uint32) {})
	})
}

func TestNumbersComeBackFromTheirSteps(t *testing.T) {
	for _, docs := range [][]uint32{{}, {0}, {0, 1, 2}, {5}, {0, 1<<32 - 1}, {1<<32 - 1}, {127, 128, 255, 256, 16_511, 16_512}, {65_535, 65_536, 65_537}} {
		var got []uint32
		if err := eachDoc(appendDocs(nil, docs), func(d uint32) { got = append(got, d) }); err != nil || !slices.Equal(got, docs) {
			t.Errorf("%v comes back as %v, %v", docs, got, err)
		}
	}
}

func TestStepsThatLeadNowhereAreDamage(t *testing.T) {
	for _, b := range [][]byte{
		{0x80}, {0xff, 0xff, 0xff, 0xff, 0x1f}, {0xff, 0xff, 0xff, 0xff, 0x0f, 0}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
	} {
		if err := eachDoc(b, func(uint32) {}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%x gives %v", b, err)
		}
	}
}

// members returns what is in a set.
func members(b *block) (out []uint32) {
	for n := range uint32(blockDocs) {
		if b[n/64]&(1<<(n%64)) != 0 {
			out = append(out, n)
		}
	}
	return out
}

// everyNth returns n numbers with equal steps.
func everyNth(n, step int) (out []uint32) {
	for i := range n {
		out = append(out, uint32(i*step))
	}
	return out
}

func TestBlockIsKeptTheShorterWay(t *testing.T) {
	for _, c := range []struct {
		docs []uint32
		kind byte
		size int
	}{
		{[]uint32{0}, asSteps, 2}, {[]uint32{65_535}, asSteps, 4}, {everyNth(8191, 8), asSteps, 8192}, {everyNth(8192, 8), asBitmap, 8193},
		{everyNth(blockDocs, 1), asBitmap, 8193}, {everyNth(4096, 16), asSteps, 4097},
	} {
		b := encodeBlock(c.docs)
		if b[0] != c.kind || len(b) != c.size {
			t.Errorf("%d records: kind %d, %d bytes; want %d, %d", len(c.docs), b[0], len(b), c.kind, c.size)
		}
		var set block
		if err := orBlock(&set, b); err != nil || !slices.Equal(members(&set), c.docs) {
			t.Errorf("%d records come back as %d, %v", len(c.docs), len(members(&set)), err)
		}
	}
}

func TestBlocksAddUp(t *testing.T) {
	var set block
	for _, docs := range [][]uint32{{1, 70}, everyNth(9000, 7), {70, 65_535}} {
		if err := orBlock(&set, encodeBlock(docs)); err != nil {
			t.Fatal(err)
		}
	}
	want := append(everyNth(9000, 7), 1, 65_535)
	slices.Sort(want)
	if got := members(&set); !slices.Equal(got, slices.Compact(want)) {
		t.Errorf("%d members, want %d", len(got), len(want))
	}
}

func TestBlockThatIsNoneIsDamage(t *testing.T) {
	for name, b := range map[string][]byte{
		"nothing": {}, "unknown": {7, 1}, "bitmap with a byte too few": append([]byte{asBitmap}, make([]byte, bitmapSize-1)...),
		"bitmap with a byte too many": append([]byte{asBitmap}, make([]byte, bitmapSize+1)...), "half a step": {asSteps, 0x80}, "a step too far": {asSteps, 0xff, 0xff, 0x03, 0},
		"a step of many bytes": {asSteps, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}, "a step out of the block": {asSteps, 0x80, 0x80, 0x04},
	} {
		if err := orBlock(&block{}, b); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s gives %v", name, err)
		}
	}
}

func TestSetsMeet(t *testing.T) {
	var a, b block
	for _, n := range []uint16{0, 63, 64, 65_535} {
		a.set(n)
	}
	for _, n := range []uint16{63, 65_535, 9} {
		b.set(n)
	}
	if some := a.and(&b); !some || !slices.Equal(members(&a), []uint32{63, 65_535}) {
		t.Errorf("%v %v", some, members(&a))
	}
	if a.and(&block{}) || len(members(&a)) != 0 {
		t.Errorf("with nothing: %v", members(&a))
	}
}

func TestListAtTheEdgesOfItsForms(t *testing.T) {
	for _, docs := range [][]uint32{
		{0}, {65_535}, {65_536}, {65_535, 65_536, 65_537}, everyNth(maxInline-1, 1), everyNth(maxInline, 1), everyNth(maxInline+1, 1), everyNth(maxInline, 300),
		everyNth(blockDocs-1, 1), everyNth(blockDocs, 1), everyNth(blockDocs+1, 1), everyNth(400, 65_536), {0, 1<<32 - 2, 1<<32 - 1},
	} {
		path := filepath.Join(t.TempDir(), "list")
		out, err := newSealer(path, testKey)
		if err != nil {
			t.Fatal(err)
		}
		encoded := append(appendList(nil, docs, out.put), "what follows"...)
		if err := out.finish(nil); err != nil {
			t.Fatal(err)
		}
		file, _ := unseal(t, path)
		in := &pieces{sealed: file}
		read, skipped := reader{b: encoded}, reader{b: encoded}
		l := read.list()
		skipped.skipList()
		if string(read.b) != "what follows" || string(skipped.b) != "what follows" || l.count != len(docs) {
			t.Errorf("%d records: count %d, left %q and %q", len(docs), l.count, read.b, skipped.b)
		}
		if beside := len(docs) <= maxInline && len(appendDocs(nil, docs)) <= maxInline; beside != (l.blocks == nil) {
			t.Errorf("%d records: beside their term %v", len(docs), l.blocks == nil)
		}
		last := int(docs[len(docs)-1] >> blockBits)
		for _, number := range []int{0, last, last + 1} {
			var want []uint32
			for _, d := range docs {
				if int(d>>blockBits) == number {
					want = append(want, d%blockDocs)
				}
			}
			var set block
			some, err := l.or(&set, number, in)
			if err != nil || some != (len(want) > 0) || !slices.Equal(members(&set), want) {
				t.Errorf("%d records, block %d: %v, %d members, want %d, %v", len(docs), number, some, len(members(&set)), len(want), err)
			}
		}
	}
}

func TestReaderGivesZerosOnceSomethingIsWrong(t *testing.T) {
	for _, b := range [][]byte{{}, {0x80}, {5, 1}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02}} {
		r := reader{b: b}
		r.chunk(r.uvarint() + 1)
		if !errors.Is(r.err(), ErrDamaged) || r.uvarint() != 0 || r.chunk(0) != nil && len(r.chunk(0)) != 0 || len(r.b) != 0 {
			t.Errorf("%x: %v, left %x", b, r.err(), r.b)
		}
		if l := r.list(); l.count != 0 || l.docs != nil && len(l.docs) > 0 || len(l.blocks) > 0 {
			t.Errorf("%x: a list of %+v", b, l)
		}
	}
	r := reader{b: []byte{2, 'a', 'b', 0xAC, 0x02}}
	if got := string(r.chunk(r.uvarint())); got != "ab" || r.uvarint() != 300 || r.err() != nil {
		t.Errorf("read %q, %v", got, r.err())
	}
}

package storage

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"maps"
	"slices"
	"time"
)

// stamp orders writes: by hybrid clock, then by device.
type stamp struct {
	clock  uint64 // 48 bits of milliseconds since 1970, 16 bits of counter
	device [8]byte
}

func (s stamp) compare(t stamp) int {
	return cmp.Or(cmp.Compare(s.clock, t.clock), bytes.Compare(s.device[:], t.device[:]))
}

func (s stamp) time() time.Time { return time.UnixMilli(int64(s.clock >> 16)) }

// nextClock returns a clock later than last and not before now.
func nextClock(last uint64, now time.Time) uint64 {
	return max(last+1, uint64(max(now.UnixMilli(), 0))<<16)
}

// state is a record as it stands: every field with the stamp of its latest write.
// Most fields have the stamp of the first write; only the others are listed.
type state struct {
	base   stamp
	rep    string // who made the latest write; empty when nobody said
	fields []field
	raw    []byte           // the fields as one CBOR map
	later  map[string]stamp // fields written or deleted after base
}

// latest returns the stamp of the latest write.
func (s *state) latest() stamp {
	out := s.base
	for _, t := range s.later {
		if t.compare(out) > 0 {
			out = t
		}
	}
	return out
}

func (s *state) index(name string) int {
	return slices.IndexFunc(s.fields, func(f field) bool { return f.name == name })
}

// diff returns what must be written so that the record has the fields want. Fields
// that this version does not know stay as they are.
func (s *state) diff(want []field, known map[string]bool, of map[string]list) (out []field) {
	if s == nil {
		return want
	}
	var changed []string // lists
	differs := func(f field) {
		name, _ := listOf(f.name)
		switch _, is := of[name]; {
		case !is:
			out = append(out, f)
		case !slices.Contains(changed, name):
			changed = append(changed, name)
		}
	}
	kept := 0
	for _, f := range want {
		i := s.index(f.name)
		if i >= 0 {
			kept++
		}
		if i < 0 || !bytes.Equal(s.fields[i].raw, f.raw) {
			differs(f)
		}
	}
	if kept < len(s.fields) {
		for _, f := range s.fields {
			name, _ := listOf(f.name)
			_, item := of[name]
			if (known[f.name] || item) && !slices.ContainsFunc(want, func(w field) bool { return w.name == f.name }) {
				differs(field{f.name, []byte{undefined}})
			}
		}
	}
	for _, name := range changed {
		out = append(out, of[name].changes(name, s.fields, want)...)
	}
	return out
}

// merge returns the state after a write; s may be nil and is not changed. A field
// is taken only when the write is later than what is there, so that writes may come
// twice and in any order. changed is false when nothing was taken.
func merge(s *state, fs []field, at stamp, rep string) (out *state, changed bool) {
	if s == nil {
		out = &state{base: at, rep: rep}
		for _, f := range fs {
			if f.deleted() {
				out.mark(f.name, at)
			} else {
				out.fields = append(out.fields, f)
			}
		}
		out.raw = appendFields(nil, out.fields)
		return out, true
	}
	out = &state{base: s.base, rep: s.rep, fields: slices.Clone(s.fields)}
	for name, t := range s.later {
		out.mark(name, t)
	}
	for _, f := range fs {
		changed = out.take(f, at) || changed
	}
	if !changed {
		return s, false
	}
	if at.compare(s.latest()) > 0 {
		out.rep = rep
	}
	out.raw = appendFields(nil, out.fields)
	return out, true
}

func (s *state) take(f field, at stamp) bool {
	i := s.index(f.name)
	had, marked := s.later[f.name]
	if !marked && i >= 0 {
		had = s.base
	}
	if at.compare(had) <= 0 {
		return false
	}
	s.mark(f.name, at)
	switch {
	case f.deleted() && i >= 0:
		s.fields = slices.Delete(s.fields, i, i+1)
	case f.deleted():
	case i >= 0:
		s.fields[i] = f
	default:
		s.fields = append(s.fields, f)
	}
	return true
}

func (s *state) mark(name string, at stamp) {
	if s.later == nil {
		s.later = map[string]stamp{}
	}
	s.later[name] = at
}

// encode appends the state: [clock, device, rep, {fields}, {name: [clock, device]}],
// the last only when there are any.
func (s *state) encode(b []byte) []byte {
	n := uint64(4)
	if len(s.later) > 0 {
		n = 5
	}
	b = appendHead(b, majorArray, n)
	b = appendHead(b, majorUint, s.base.clock)
	b = appendBytes(b, s.base.device[:])
	b = appendText(b, s.rep)
	b = append(b, s.raw...)
	if n == 4 {
		return b
	}
	return appendStamps(b, s.later)
}

// appendStamps appends a map of names to stamps.
func appendStamps(b []byte, stamps map[string]stamp) []byte {
	b = appendHead(b, majorMap, uint64(len(stamps)))
	for _, name := range slices.Sorted(maps.Keys(stamps)) {
		at := stamps[name]
		b = appendText(b, name)
		b = appendHead(b, majorArray, 2)
		b = appendHead(b, majorUint, at.clock)
		b = appendBytes(b, at.device[:])
	}
	return b
}

// stamps reads what appendStamps has written.
func (r *items) stamps() map[string]stamp {
	out := map[string]stamp{}
	for range r.count(majorMap) {
		name := string(r.chunk(majorText))
		r.want(majorArray)
		out[name] = r.stamp()
		if r.bad {
			break
		}
	}
	return out
}

// decodeState reads what encode has written; the state keeps parts of b.
func decodeState(b []byte) (*state, error) {
	in := items{b: b}
	n := in.count(majorArray)
	s := &state{base: in.stamp(), rep: string(in.chunk(majorText))}
	s.raw = in.raw()
	if n > 4 {
		s.later = in.stamps()
	}
	if err := in.err("the record"); err != nil {
		return nil, err
	}
	return s, nil
}

// rawRecord returns the record alone of what is kept of it.
func rawRecord(b []byte) ([]byte, error) {
	in := recordIn(b)
	raw := in.raw()
	return raw, in.err("the record")
}

// recordIn returns what is kept of a record from its fields on, for who reads many.
func recordIn(b []byte) items {
	in := items{b: b}
	in.count(majorArray)
	in.stamp()
	in.chunk(majorText)
	return in
}

// split fills in the single fields, which only writers need.
func (s *state) split() error {
	in := items{b: s.raw}
	s.fields = in.fields()
	return in.err("the record")
}

func (r *items) stamp() (s stamp) {
	s.clock = r.want(majorUint)
	copy(s.device[:], r.chunk(majorBytes))
	return s
}

func hexDevice(d [8]byte) string { return hex.EncodeToString(d[:]) }

package phone

import (
	"encoding/binary"
	"regexp/syntax"
)

// machine matches one pattern of the numbering plan against digits, a table look-up
// a digit. It builds its table as it goes and so belongs to one goroutine.
type machine struct {
	prog   *syntax.Prog
	states []state
	byKey  map[string]int32
}

type state struct {
	next  [10]int32 // the state behind each digit; 0 is not known yet, -1 is no match
	insts []uint32
	match bool
}

// newMachine returns nil when the pattern needs more than a machine can do.
func newMachine(pattern string) *machine {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return nil
	}
	for _, inst := range prog.Inst {
		if inst.Op == syntax.InstEmptyWidth {
			return nil
		}
	}
	m := &machine{prog: prog, states: make([]state, 1), byKey: map[string]int32{}}
	var s state
	m.follow(&s, map[uint32]bool{}, uint32(prog.Start))
	m.add(s)
	return m
}

// follow adds an instruction and all that it leads to without a digit.
func (m *machine) follow(s *state, seen map[uint32]bool, pc uint32) {
	if seen[pc] {
		return
	}
	seen[pc] = true
	switch inst := m.prog.Inst[pc]; inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		m.follow(s, seen, inst.Out)
		m.follow(s, seen, inst.Arg)
	case syntax.InstCapture, syntax.InstNop:
		m.follow(s, seen, inst.Out)
	case syntax.InstMatch:
		s.match = true
	case syntax.InstFail:
	default:
		s.insts = append(s.insts, pc)
	}
}

func (m *machine) add(s state) int32 {
	key := make([]byte, 0, 4*len(s.insts)+1)
	for _, pc := range s.insts {
		key = binary.LittleEndian.AppendUint32(key, pc)
	}
	if s.match {
		key = append(key, 1)
	}
	if at, ok := m.byKey[string(key)]; ok {
		return at
	}
	m.states = append(m.states, s)
	at := int32(len(m.states) - 1)
	m.byKey[string(key)] = at
	return at
}

func (m *machine) step(at int32, digit byte) int32 {
	if to := m.states[at].next[digit-'0']; to != 0 {
		return to
	}
	var s state
	seen := map[uint32]bool{}
	for _, pc := range m.states[at].insts {
		if inst := &m.prog.Inst[pc]; inst.MatchRune(rune(digit)) {
			m.follow(&s, seen, inst.Out)
		}
	}
	to := int32(-1)
	if s.match || len(s.insts) > 0 {
		to = m.add(s)
	}
	m.states[at].next[digit-'0'] = to
	return to
}

// whole reports whether the pattern matches all of the digits.
func (m *machine) whole(digits string) bool {
	at := int32(1)
	for i := 0; i < len(digits); i++ {
		if at = m.step(at, digits[i]); at < 0 {
			return false
		}
	}
	return m.states[at].match
}

// start reports whether the pattern matches the first of the digits.
func (m *machine) start(digits string) bool {
	at := int32(1)
	for i := 0; i < len(digits) && !m.states[at].match; i++ {
		if at = m.step(at, digits[i]); at < 0 {
			return false
		}
	}
	return m.states[at].match
}

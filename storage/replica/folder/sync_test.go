package folder

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/storage/replica"
	"ringside/storage/replica/replicatest"
)

// syncProgram carries files between two folders as the worst of its kind would: late, in
// any order, in halves, twice, under the names of conflict copies.
type syncProgram struct {
	t      *testing.T
	rng    *rand.Rand
	done   map[string]bool // what it has carried whole, by where to
	mine   map[string]bool // what it has written: not carried back
	parts  map[string]int  // what it has carried a part of, and how much
	strays int
}

func newProgram(t *testing.T, seed uint64) *syncProgram {
	return &syncProgram{t: t, rng: rand.New(rand.NewPCG(seed, 9)), done: map[string]bool{}, mine: map[string]bool{}, parts: map[string]int{}}
}

// round carries some of what is new from one folder to the other; whole: all of it, as it is.
func (s *syncProgram) round(from, to string, whole bool) {
	var names []string
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !unfinished(d.Name()) && !strings.Contains(name, ".new-") {
			rel, _ := filepath.Rel(from, name)
			names = append(names, rel)
		}
		return nil // what is gone again is gone
	})
	if err != nil {
		s.t.Error(err)
	}
	s.rng.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		if s.done[filepath.Join(to, name)] || s.mine[filepath.Join(from, name)] || !whole && s.rng.IntN(3) > 0 {
			continue
		}
		if !whole && s.rng.IntN(50) == 0 && filepath.Dir(name) != "." { // it is in the way of something
			renamed := s.conflict(name)
			if err := os.Rename(filepath.Join(from, name), filepath.Join(from, renamed)); err != nil {
				s.t.Error(err)
			}
			name = renamed
		}
		b, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			s.t.Error(err)
			continue
		}
		s.carry(filepath.Join(to, name), b, whole)
	}
}

func (s *syncProgram) write(name string, b []byte) {
	s.mine[name] = true
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		s.t.Error(err)
	}
	if err := os.WriteFile(name, b, 0o600); err != nil {
		s.t.Error(err)
	}
}

// conflict is a name that some sync program gives to the copy of a file.
func (s *syncProgram) conflict(name string) string {
	dir, base := filepath.Split(name)
	stem, ext := strings.TrimSuffix(base, filepath.Ext(base)), filepath.Ext(base)
	s.strays++
	forms := []string{"%s (conflicted copy 2026-11-27 %d)%s", "%s.sync-conflict-20261127-%d-ABCDEFG%s", "%s (%d)%s", "%s~HOST%d%s", "%s_conflict-20261127-%d%s", "%s (Tom's conflicted copy %d)%s"}
	return dir + fmt.Sprintf(forms[s.rng.IntN(len(forms))], stem, s.strays, ext)
}

func (s *syncProgram) carry(to string, b []byte, whole bool) {
	what := s.rng.IntN(10)
	if whole || strings.HasPrefix(filepath.Base(to), "team-") {
		what = 9
	}
	switch what {
	case 0: // nothing in it yet
		if s.parts[to] == 0 {
			s.write(to, nil)
		}
	case 1, 2: // a part, and later more of it
		n := s.parts[to] + s.rng.IntN(len(b)-s.parts[to])
		s.write(to, b[:n])
		s.parts[to] = n
	case 3: // all of the size, but only zeros at the end
		s.write(to, append(b[:len(b)/2:len(b)/2], make([]byte, len(b)-len(b)/2)...))
	case 4: // a temporary file that stays behind
		s.write(filepath.Join(filepath.Dir(to), ".syncthing."+filepath.Base(to)+".tmp"), b[:len(b)/2])
		s.write(to+".part", b[:len(b)/2])
	case 5: // only as a conflict copy
		copied := s.conflict(to)
		s.write(copied, b)
		s.done[to] = true
	case 6: // twice, at another time
		copied := s.conflict(to)
		s.write(copied, b)
		s.write(to, b)
		old := time.Now().Add(-time.Duration(s.rng.IntN(1000)) * time.Hour)
		_ = os.Chtimes(to, old, old)
		s.done[to] = true
	case 7: // and then renamed, though somebody may have read it
		s.write(to, b)
		copied := s.conflict(to)
		if err := os.Rename(to, copied); err != nil {
			s.t.Error(err)
		}
		s.done[to], s.mine[copied] = true, true
	default:
		s.write(to, b)
		s.done[to] = true
	}
	if s.rng.IntN(200) == 0 {
		s.write(filepath.Join(filepath.Dir(to), fmt.Sprintf("desktop%d.ini", s.rng.IntN(3))), []byte("[.ShellClassInfo]"))
	}
}

func throughASyncProgram(t *testing.T, seed uint64, each, perFile int) {
	a, b := t.TempDir(), t.TempDir()
	prepare(t, a) // b becomes a team's folder by what is carried
	ann, ben := open(t, a, replicatest.Ann), open(t, b, replicatest.Ben)
	annHears := replicatest.Listen(t, open(t, a, replicatest.Ann), nil)
	benHears := replicatest.Listen(t, open(t, b, replicatest.Ben), nil)
	program := newProgram(t, seed)
	program.round(a, b, false)
	for !program.done[filepath.Join(b, filepath.Base(marks(t, a)[0]))] {
		program.round(a, b, false)
	}
	all := append(singles(replicatest.Ann, each), singles(replicatest.Ben, each)...)
	var writing sync.WaitGroup
	for i, f := range []*Folder{ann, ben} {
		writing.Go(func() {
			rng := rand.New(rand.NewPCG(seed, uint64(i)))
			mine := all[i*each : (i+1)*each]
			for len(mine) > 0 {
				n := min(1+rng.IntN(perFile), len(mine))
				if got, err := f.Publish(t.Context(), mine[:n]); err != nil || got != n {
					t.Errorf("%d of %d: %v", got, n, err)
					return
				}
				mine = mine[n:]
			}
		})
	}
	written := make(chan struct{})
	go func() { writing.Wait(); close(written) }()
	for still := true; still; {
		select {
		case <-written:
			still = false
		default:
		}
		program.round(a, b, false)
		program.round(b, a, false)
	}
	for range 3 {
		program.round(a, b, false)
		program.round(b, a, false)
	}
	program.round(a, b, true)
	program.round(b, a, true)
	annHears.Has(t, all, 1)
	benHears.Has(t, all, 1)
	for _, l := range []*replicatest.Listener{annHears, benHears} {
		if n := len(l.Came()); n != len(all) {
			t.Errorf("%d different packets came, %d were sent", n, len(all))
		}
	}
	annHears.Stop(t)
	benHears.Stop(t)
	newcomer := replicatest.Listen(t, open(t, b, replicatest.Cem), nil)
	newcomer.Has(t, all, 1)
	newcomer.Now(t)
}

func marks(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "team-*.id"))
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	return found
}

func TestAllArrivesThroughABadSyncProgram(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { throughASyncProgram(t, seed, 100, 1) })
	}
}

func TestTenThousandPacketsArriveThroughABadSyncProgram(t *testing.T) {
	throughASyncProgram(t, 42, 5000, 30)
}

// TestAFileIsReadWhenItIsWhole: byte by byte.
func TestAFileIsReadWhenItIsWhole(t *testing.T) {
	dir := t.TempDir()
	prepare(t, dir)
	got := replicatest.Listen(t, open(t, dir, replicatest.Ben), nil)
	got.Now(t)
	p := singles(replicatest.Ann, 1)
	b := packetFrame(kindPacket, p[0]).encode(nil)
	for n := range len(b) {
		if frames, whole := decode(b[:n]); whole || len(frames) > 0 {
			t.Fatalf("the first %d of %d bytes count as whole", n, len(b))
		}
	}
	name := filepath.Join(dir, "packets", "UNKNOWN NAME", "x", "what ever")
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, c := range b {
		if _, err := f.Write([]byte{c}); err != nil {
			t.Fatal(err)
		}
	}
	got.Has(t, p, 1)
}

// TestOneBadPacketDoesNotHideTheOthersOfItsFile: a bit of a larger file has turned.
func TestOneBadPacketDoesNotHideTheOthersOfItsFile(t *testing.T) {
	dir := t.TempDir()
	prepare(t, dir)
	sent := singles(replicatest.Ann, 999)
	ann := open(t, dir, replicatest.Ann)
	publish(t, ann, sent...)
	if err := ann.Trim(t.Context(), map[replica.MemberID]uint64{replicatest.Ann: 999}); err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob(filepath.Join(dir, "packets", "*", "0", "*"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(found[0], b, 0o600); err != nil {
		t.Fatal(err)
	}
	got := replicatest.Listen(t, open(t, dir, replicatest.Ben), nil)
	got.Wait(t, "the packets that are whole", func() bool { return len(got.Came()) == len(sent)-1 })
	missing := -1
	for i, p := range sent {
		if got.Came()[replicatest.Key(p)] == 0 {
			missing = i
		}
	}
	sent[missing].Again = true // somebody who has it is asked
	publish(t, open(t, dir, replicatest.Cem), sent[missing])
	got.Has(t, sent, 1)
}

func TestOneBadFrameDoesNotHideTheOthers(t *testing.T) {
	var b []byte
	for _, p := range singles(replicatest.Ann, 3) {
		b = packetFrame(kindPacket, p).encode(b)
	}
	for i := range b {
		b[i] ^= 1
		if frames, whole := decode(b); whole || len(frames) != 2 {
			t.Fatalf("with byte %d another, %d of 3 are read", i, len(frames))
		}
		b[i] ^= 1
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(packetFrame(kindPacket, singles(replicatest.Ann, 1)[0]).encode(nil))
	f.Add([]byte(kindSaid))
	f.Fuzz(func(t *testing.T, b []byte) {
		frames, whole := decode(b)
		if whole && string(encode(frames)) != string(b) {
			t.Errorf("%q is read as %v", b, frames)
		}
	})
}

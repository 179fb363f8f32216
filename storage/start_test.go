package storage

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// probeChild starts the test binary as the process that looks at a picture.
func probeChild(ctx context.Context, question []byte) (int, error) {
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), "RINGSIDE_TEST_PROBE=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	_, _ = in.Write(question) // one that dies before it has read it tells by its end
	_ = cmd.Wait()
	return cmd.ProcessState.ExitCode(), nil
}

// image is a data folder as it lies, by the paths of its files.
type image map[string]file

// file is what a file holds, and its length: Badger makes them longer than what is in them.
type file struct {
	data []byte
	size int64
}

func imageOf(t *testing.T, dir string) image {
	t.Helper()
	m := image{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		m[rel] = file{bytes.Clone(bytes.TrimRight(b, "\x00")), int64(len(b))}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (m image) lay(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, f := range m {
		path := filepath.Join(dir, name)
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			err = os.WriteFile(path, f.data, 0o600)
		}
		if err == nil {
			err = os.Truncate(path, f.size)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// worn returns a store with tables, a log and values beside them: as it lies while it is
// open, and as it was closed.
func worn(t *testing.T) (unclosed, closed image, want model) {
	t.Helper()
	dir, r := t.TempDir(), rand.New(rand.NewPCG(7, 7))
	want = model{}
	db := open(t, dir)
	put := func(list ...assist.Record) {
		save(t, db, list...)
		for _, rec := range list {
			want.put(rec)
		}
	}
	for round := range 2 {
		for range 100 {
			put(randomRecord(r))
		}
		blob := assist.Blob{Data: bytes.Repeat([]byte{byte(round), 9}, 600_000)}
		blob.ID = blob.Key()
		put(blob)
		if round < 1 {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			db = open(t, dir)
		}
	}
	unclosed = imageOf(t, dir)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return unclosed, imageOf(t, dir), want
}

// damages are what can befall a file; a part that it does not have leaves it as it is.
func damages(f file) map[string]file {
	flip := func(at int) file {
		b := bytes.Clone(f.data)
		if at >= 0 && at < len(b) {
			b[at] ^= 0x10
		}
		return file{b, f.size}
	}
	zero := func(at int) file {
		b := bytes.Clone(f.data)
		clear(b[min(max(at, 0), len(b)):min(max(at, 0)+4096, len(b))])
		return file{b, f.size}
	}
	cut := func(size int) file {
		size = max(size, 0)
		return file{f.data[:min(size, len(f.data))], int64(size)}
	}
	n := len(f.data)
	return map[string]file{
		"first bit": flip(0), "bit of the head": flip(9), "bit in the middle": flip(n / 2), "bit near the end": flip(n - 9), "last bit": flip(n - 1),
		"4 KB zeroed at the beginning": zero(0), "4 KB zeroed in the middle": zero(n / 2), "4 KB zeroed at the end": zero(n - 4096),
		"emptied": cut(0), "cut in the head": cut(11), "cut in the middle": cut(n / 2), "last byte cut": cut(n - 1),
	}
}

// TestADamagedPictureIsNeverSilentlyWrong damages every file of the picture in every way,
// while the store was open and after it was closed: this process lives, and finds all that
// was saved.
func TestADamagedPictureIsNeverSilentlyWrong(t *testing.T) {
	unclosed, closed, want := worn(t)
	for state, whole := range map[string]image{"unclosed": unclosed, "closed": closed} {
		kinds := map[string]bool{}
		for _, name := range slices.Sorted(maps.Keys(whole)) {
			if !strings.HasPrefix(name, "picture"+string(filepath.Separator)) || filepath.Base(name) == "LOCK" {
				continue
			}
			kinds[strings.TrimLeft(filepath.Base(name), "0123456789")] = true
			ways := damages(whole[name])
			ways["lost"] = file{size: -1}
			for _, way := range slices.Sorted(maps.Keys(ways)) {
				t.Run(state+"/"+filepath.Base(name)+"/"+way, func(t *testing.T) {
					bad := maps.Clone(whole)
					if bad[name] = ways[way]; bad[name].size < 0 {
						delete(bad, name)
					}
					opensAsItWas(t, bad.lay(t), want)
				})
			}
		}
		for _, kind := range []string{"MANIFEST", "KEYREGISTRY", "DISCARD", ".sst", ".vlog", "files.json", "seen"} {
			if !kinds[kind] {
				t.Errorf("%s: no %s was damaged, only %v", state, kind, kinds)
			}
		}
		if kinds[".mem"] != (state == "unclosed") {
			t.Errorf("%s: %v", state, kinds)
		}
	}
}

// opensAsItWas opens a store and wants everything in it.
func opensAsItWas(t *testing.T, dir string, want model) *DB {
	t.Helper()
	db, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB", Child: probeChild, patience: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	want.agree(t, db)
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	return db
}

func asideOf(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "picture.bad-*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAStoreThatWasNotClosedIsLookedAtAndKept(t *testing.T) {
	unclosed, closed, want := worn(t)
	for name, c := range map[string]struct {
		lies   image
		looked int
	}{"unclosed": {unclosed, 1}, "closed": {closed, 0}} {
		dir, looked := c.lies.lay(t), 0
		for range 2 { // it is closed well the first time
			db, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB", Child: func(ctx context.Context, q []byte) (int, error) {
				looked++
				return probeChild(ctx, q)
			}})
			if err != nil {
				t.Fatal(err)
			}
			want.agree(t, db)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if aside := asideOf(t, dir); looked != c.looked || len(aside) > 0 {
			t.Errorf("%s: looked at %d times, moved aside: %v", name, looked, aside)
		}
	}
}

// ended answers as a process does that ended so.
func ended(exit int, err error) func(context.Context, []byte) (int, error) {
	return func(context.Context, []byte) (int, error) { return exit, err }
}

func TestWhatTheProbeSaysDecides(t *testing.T) {
	unclosed, _, want := worn(t)
	hangs := func(ctx context.Context, _ []byte) (int, error) {
		<-ctx.Done()
		return -1, nil
	}
	for name, c := range map[string]struct {
		child func(context.Context, []byte) (int, error)
		aside int
		err   error
	}{
		"sound":           {ended(probeSound, nil), 0, nil},
		"damaged":         {ended(probeDamaged, nil), 1, nil},
		"a panic":         {ended(2, nil), 1, nil},
		"a signal":        {ended(-1, nil), 1, nil},
		"hangs":           {hangs, 1, nil},
		"another has it":  {ended(probeUnable, nil), 0, assist.ErrInUse},
		"cannot be begun": {ended(0, errors.New("no such program")), 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir := unclosed.lay(t)
			db, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB", Child: c.child, limit: 50 * time.Millisecond})
			if !errors.Is(err, c.err) {
				t.Fatalf("got %v", err)
			}
			if err == nil {
				want.agree(t, db)
				err = db.Close()
			}
			if aside := asideOf(t, dir); len(aside) != c.aside {
				t.Errorf("moved aside: %v, %v", aside, err)
			}
		})
	}
}

// A start that is given up while it looks leaves everything as it was.
func TestAnEndedContextMovesNothing(t *testing.T) {
	unclosed, _, want := worn(t)
	dir := unclosed.lay(t)
	ctx, stop := context.WithCancel(context.Background())
	_, err := Open(ctx, Options{Dir: dir, Key: testKey, Region: "GB", Child: func(context.Context, []byte) (int, error) {
		stop()
		return -1, nil
	}})
	if !errors.Is(err, context.Canceled) || len(asideOf(t, dir)) > 0 {
		t.Errorf("got %v, moved aside %v", err, asideOf(t, dir))
	}
	opensAsItWas(t, dir, want)
}

// A probe whose parent was killed holds the lock of the picture until it has seen that.
func TestALockedPictureIsNeverMovedAside(t *testing.T) {
	unclosed, _, want := worn(t)
	dir := unclosed.lay(t)
	holder := exec.Command(os.Args[0])
	holder.Env = append(os.Environ(), "RINGSIDE_TEST_HOLDER="+filepath.Join(dir, "picture", firstPicture))
	in, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB", Child: probeChild}); !errors.Is(err, assist.ErrInUse) {
		t.Errorf("got %v", err)
	}
	time.AfterFunc(time.Second, func() { in.Close() })
	opensAsItWas(t, dir, want) // as soon as the lock is free
	_ = holder.Wait()
	if aside := asideOf(t, dir); len(aside) > 0 {
		t.Errorf("moved aside: %v", aside)
	}
}

func TestProbeEndsWithItsParent(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "RINGSIDE_TEST_PROBE=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	in.Close()
	_ = cmd.Wait()
	if exit := cmd.ProcessState.ExitCode(); exit != probeUnable {
		t.Errorf("exit code %d", exit)
	}
}

// A table of which only the end is read before the start: what is wrong there is mended at
// once; what is found beside is said at Close and mended at the next start.
func TestDamageThatIsFoundLaterIsSaidAndMended(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	fillTable(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	lies := imageOf(t, dir)
	table := filepath.Join("picture", firstPicture, "000001.sst")
	if n := len(lies[table].data); n <= oneRead {
		t.Fatalf("%d bytes are read at once anyway", n)
	}
	for name, at := range map[string]int{"in front": len(lies[table].data) / 4, "at the end": len(lies[table].data) - 100} {
		bad := maps.Clone(lies)
		b := bytes.Clone(lies[table].data)
		b[at] ^= 1
		bad[table] = file{b, lies[table].size}
		dir := bad.lay(t)
		var told error
		db, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB", patience: -1, Damaged: func(err error) { told = err }})
		if err != nil {
			t.Fatal(err)
		}
		wrong := db.whole()
		save(t, db, assist.Note{ID: "later", Customer: "mary", At: day, Text: "typed meanwhile"})
		if txn, done := db.begin(); wrong != nil {
			if _, _, err := db.rewrite(txn, nil, db.mark(), nil); !errors.Is(err, assist.ErrDamaged) {
				t.Errorf("a new picture was made of a damaged one: %v", err)
			}
			done()
		} else {
			done()
		}
		var f *assist.Fault
		later, err := len(asideOf(t, dir)) == 0, db.Close()
		if later != (name == "in front") || later != (errors.As(err, &f) && errors.Is(err, assist.ErrDamaged)) || later != errors.Is(told, assist.ErrDamaged) {
			t.Errorf("%s: found later %v, got %v, told %v", name, later, err, told)
		}
		db = open(t, dir)
		if r := mustCheck(t, db); r.Counts[assist.TypeNote] != noteCount+1 || len(asideOf(t, dir)) != 1 {
			t.Errorf("%s: %d notes, moved aside %v", name, r.Counts[assist.TypeNote], asideOf(t, dir))
		}
	}
}

const noteCount = 600

// fillTable saves notes that fill a table which is not read at once.
func fillTable(t *testing.T, db *DB) {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 3))
	for i := range noteCount / 100 {
		var list []assist.Record
		for k := range 100 {
			text := make([]byte, 4000)
			for j := range text {
				text[j] = byte('a' + r.IntN(26))
			}
			list = append(list, assist.Note{ID: assist.ID(fmt.Sprint("n", i, "-", k)), Customer: "mary", At: day, Text: string(text)})
		}
		save(t, db, list...)
	}
}

// Where picture and journal are both damaged nothing is left to make the one of: everything
// stays where it is, and the fault says where and what to do.
func TestADamagedJournalMovesNothing(t *testing.T) {
	_, closed, _ := worn(t)
	bad := maps.Clone(closed)
	manifest, segment := filepath.Join("picture", firstPicture, "MANIFEST"), filepath.Join("journal", "00000001.seg")
	delete(bad, manifest)
	b := bytes.Clone(closed[segment].data)
	b[len(b)/2] ^= 1
	bad[segment] = file{b, closed[segment].size}
	dir := bad.lay(t)
	for range 2 {
		_, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB", Child: probeChild})
		var f *assist.Fault
		if !errors.As(err, &f) || !errors.Is(err, assist.ErrDamaged) || f.Where != filepath.Join(dir, segment) ||
			!strings.Contains(f.What, "at byte") || !strings.Contains(f.Do, "ringside restore FILE") {
			t.Fatalf("got %v", err)
		}
		if now := imageOf(t, dir); len(asideOf(t, dir)) > 0 || !bytes.Equal(now[segment].data, b) {
			t.Errorf("moved aside: %v", asideOf(t, dir))
		}
	}
}

// The journal's last records may be lost too. Whether the store was closed or not, what was
// acknowledged is missed, and nothing is moved.
func TestTheLostEndOfAJournalIsMissed(t *testing.T) {
	unclosed, closed, _ := worn(t)
	segment := filepath.Join("journal", "00000001.seg")
	for state, whole := range map[string]image{"unclosed": unclosed, "closed": closed} {
		for _, less := range []int{1, 500, 3000, 30_000} {
			bad := maps.Clone(whole)
			b := whole[segment].data[:len(whole[segment].data)-less]
			bad[segment] = file{b, int64(len(b))}
			dir := bad.lay(t)
			for range 2 {
				_, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB", Child: probeChild})
				var f *assist.Fault
				if !errors.As(err, &f) || !errors.Is(err, assist.ErrDamaged) || !strings.Contains(f.Do, "ringside restore FILE") || len(asideOf(t, dir)) > 0 {
					t.Errorf("%s, %d bytes lost: got %v, moved aside %v", state, less, err, asideOf(t, dir))
				}
			}
		}
	}
}

// TestAStartThatIsKilledIsDoneAgain kills the process that opens a damaged store while the
// picture is looked at, and at every stage of its being made anew.
func TestAStartThatIsKilledIsDoneAgain(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	bulk := db.Bulk(context.Background())
	for i := range manyCustomers {
		_, c := benchCustomer(i)
		if err := bulk.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	err := bulk.Close()
	save(t, db, assist.Note{ID: "n", Customer: "mary", At: day, Text: "the last"})
	if err := errors.Join(err, db.Close(), os.Remove(filepath.Join(dir, "picture", inventoryFile))); err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(dir, "picture", "*", "*.sst"))
	if err != nil || len(tables) == 0 || os.Truncate(tables[0], 1000) != nil {
		t.Fatal(tables, err)
	}
	for _, at := range []string{"looking", "at 0", "at 15", "at 34", "at 50", "at 66", "at 80"} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "RINGSIDE_TEST_OPENER="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		said := ""
		for lines := bufio.NewScanner(out); said != at && lines.Scan(); {
			said = lines.Text()
		}
		if said != at && at != "looking" { // later it may not be looked at any more
			t.Fatalf("killed at %q, it said %q", at, said)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
	}
	db, err = Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB", Child: probeChild})
	if err != nil {
		t.Fatal(err)
	}
	if r := mustCheck(t, db); r.Counts[assist.TypeCustomer] != manyCustomers || r.Counts[assist.TypeNote] != 1 {
		t.Errorf("%v", r.Counts)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if aside := asideOf(t, dir); len(aside) == 0 || len(aside) > 2 {
		t.Errorf("moved aside: %v", aside)
	}
}

func TestAPictureThatCannotBeMovedAsideIsSaidSo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	db := &DB{opt: Options{Dir: file, Now: time.Now}}
	if err := db.moveAside(); err == nil {
		t.Error("it was moved into a file")
	}
}

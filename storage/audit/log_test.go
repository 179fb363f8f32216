package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// elsewhere keeps a mark in memory.
type elsewhere struct {
	mark Mark
	err  error // what keeping fails with
}

func (k *elsewhere) AuditMark(context.Context) (Mark, error) { return k.mark, nil }

func (k *elsewhere) KeepAuditMark(_ context.Context, m Mark) error {
	if k.err == nil {
		k.mark = m
	}
	return k.err
}

// kept is a log with its file and its mark.
type kept struct {
	*testing.T
	*Log
	marks *elsewhere
}

var day = time.Date(2026, 5, 3, 10, 0, 0, 0, time.UTC)

func newLog(t *testing.T, entries int) kept {
	t.Helper()
	marks := &elsewhere{}
	l, err := Open(t.TempDir(), [32]byte{1}, marks)
	if err != nil {
		t.Fatal(err)
	}
	k := kept{t, l, marks}
	for i := range entries {
		k.add(i)
	}
	return k
}

// add adds an entry of the minute i.
func (k kept) add(i int) {
	k.Helper()
	e := Entry{At: day.Add(time.Duration(i) * time.Minute), Rep: "ann", Name: "Ann", Kind: Import, What: "customers", Count: i}
	if err := k.Add(k.Context(), e); err != nil {
		k.Fatal(err)
	}
}

func (k kept) verify() []Break {
	k.Helper()
	found, err := k.Verify(k.Context())
	if err != nil {
		k.Fatal(err)
	}
	return found
}

func (k kept) bytes() []byte {
	k.Helper()
	b, err := os.ReadFile(k.path)
	if err != nil {
		k.Fatal(err)
	}
	return b
}

func (k kept) put(b []byte) {
	k.Helper()
	if err := os.WriteFile(k.path, b, 0o600); err != nil {
		k.Fatal(err)
	}
}

// minutes says a break by the minutes of its two ends; - for none.
func minutes(list []Break) string {
	var out []string
	for _, b := range list {
		at := func(t time.Time) string {
			if t.IsZero() {
				return "-"
			}
			return fmt.Sprint(int(t.Sub(day).Minutes()))
		}
		out = append(out, at(b.After)+"…"+at(b.Before))
	}
	return strings.Join(out, " ")
}

func join(list ...[]byte) []byte { return append(bytes.Join(list, []byte{'\n'}), '\n') }

func TestWhatIsAddedComesBackTheNewestFirst(t *testing.T) {
	k := newLog(t, 5)
	all, err := k.Entries(nil, 0, 100)
	if err != nil || len(all) != 5 || all[0].N != 5 || all[4].N != 1 || all[0].Name != "Ann" || all[0].Count != 4 || !all[0].At.Equal(day.Add(4*time.Minute)) {
		t.Fatalf("%+v, %v", all, err)
	}
	page, err := k.Entries(func(e Entry) bool { return e.Count != 3 }, 1, 2)
	if err != nil || len(page) != 2 || page[0].N != 3 || page[1].N != 2 {
		t.Errorf("a page: %+v, %v", page, err)
	}
	if found := k.verify(); found != nil {
		t.Errorf("a whole log is broken: %v", found)
	}
	if none, err := newLog(t, 0).Entries(nil, 0, 10); none != nil || err != nil {
		t.Errorf("an empty log: %v, %v", none, err)
	}
}

func TestTheFileIsSealedAndForItsUserAlone(t *testing.T) {
	k := newLog(t, 3)
	if b := k.bytes(); bytes.Contains(b, []byte("Ann")) || bytes.Contains(b, []byte("customers")) {
		t.Error("the file can be read")
	}
	if info, err := os.Stat(k.path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read it: %v, %v", info.Mode(), err)
	}
	other, err := Open(filepath.Dir(k.path), [32]byte{2}, &elsewhere{})
	if err != nil {
		t.Fatal(err)
	}
	if all, _ := other.Entries(nil, 0, 10); all != nil {
		t.Error("another key reads it")
	}
}

func TestEveryChangeOfALineIsTold(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(l [][]byte) []byte
		want   string
	}{
		{"removed", func(l [][]byte) []byte { return join(l[0], l[1], l[3], l[4]) }, "1…3"},
		{"the first removed", func(l [][]byte) []byte { return join(l[1:]...) }, "-…1"},
		{"two apart removed", func(l [][]byte) []byte { return join(l[0], l[2], l[4]) }, "0…4"},
		{"swapped", func(l [][]byte) []byte { return join(l[0], l[2], l[1], l[3], l[4]) }, "0…3"},
		{"copied", func(l [][]byte) []byte { return join(l[0], l[1], l[1], l[2], l[3], l[4]) }, "1…1"},
		{"made up", func(l [][]byte) []byte { return join(l[0], []byte("nothing"), l[1], l[2], l[3], l[4]) }, "0…1"},
		{"an empty line", func(l [][]byte) []byte { return join(l[0], nil, l[1], l[2], l[3], l[4]) }, "0…1"},
		{"the last removed", func(l [][]byte) []byte { return join(l[:4]...) }, "3…-"},
		{"the last altered", func(l [][]byte) []byte { return join(l[0], l[1], l[2], l[3], bytes.ToLower(l[4])) }, "3…-"},
		{"the last cut", func(l [][]byte) []byte { return append(join(l[:4]...), l[4][:40]...) }, "3…-"},
		{"all removed", func([][]byte) []byte { return nil }, "-…-"},
		{"the last put in front", func(l [][]byte) []byte { return join(l[4], l[0], l[1], l[2], l[3]) }, "-…4 3…-"},
	} {
		k := newLog(t, 5)
		k.put(c.change(lines(k.bytes())))
		if got := minutes(k.verify()); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		// What is added later does not hide it.
		k.add(9)
		if got := k.verify(); len(got) == 0 {
			t.Errorf("%s: hidden by the next entry", c.name)
		}
		if all, err := k.Entries(nil, 0, 1); err != nil || len(all) != 1 || all[0].N != 6 {
			t.Errorf("%s: the next entry is %+v, %v", c.name, all, err)
		}
	}
}

func TestEveryFlippedByteIsTold(t *testing.T) {
	k := newLog(t, 3)
	whole := k.bytes()
	for i := range whole {
		b := bytes.Clone(whole)
		b[i] ^= 1
		k.put(b)
		if len(k.verify()) == 0 {
			t.Fatalf("byte %d of %d", i, len(whole))
		}
	}
}

func TestAnEndThatWasCutOffAnywhereIsTold(t *testing.T) {
	k := newLog(t, 3)
	whole := k.bytes()
	for n := range whole {
		k.put(whole[:n])
		if len(k.verify()) == 0 {
			t.Fatalf("cut at byte %d of %d", n, len(whole))
		}
	}
	if err := os.Remove(k.path); err != nil {
		t.Fatal(err)
	}
	if got := minutes(k.verify()); got != "-…-" {
		t.Errorf("without the file: %q", got)
	}
}

func TestACrashIsNoAlarm(t *testing.T) {
	k := newLog(t, 3)
	whole, mark := k.bytes(), k.marks.mark
	k.add(3)
	written := k.bytes()
	for n := len(whole); n <= len(written); n += (len(written) - len(whole)) / 4 { // the mark comes last
		k.marks.mark = mark
		k.put(written[:n])
		if found := k.verify(); found != nil {
			t.Fatalf("%d bytes of the new line: %v", n-len(whole), found)
		}
		k.add(4)
		if found := k.verify(); found != nil {
			t.Fatalf("the entry after %d bytes of it: %v", n-len(whole), found)
		}
	}
}

func TestAMarkThatCannotBeKeptIsToldAndMadeUpFor(t *testing.T) {
	k := newLog(t, 1)
	k.marks.err = errors.New("no room")
	if err := k.Add(t.Context(), Entry{At: day, Kind: Export, What: "everything"}); !errors.Is(err, k.marks.err) {
		t.Errorf("got %v", err)
	}
	k.marks.err = nil
	k.add(2)
	if found := k.verify(); found != nil || k.marks.mark.Count != 3 {
		t.Errorf("%v, %+v", found, k.marks.mark)
	}
}

func TestALogOfAnotherPastIsTold(t *testing.T) {
	a, b := newLog(t, 3), newLog(t, 3) // the same key, and the same count
	a.put(b.bytes())
	if len(a.verify()) == 0 {
		t.Error("it passed for ours")
	}
}

func TestAFolderThatCannotBeWrittenIsSaid(t *testing.T) {
	l, err := Open(filepath.Join(t.TempDir(), "gone"), [32]byte{1}, &elsewhere{})
	if err != nil {
		t.Fatal(err)
	}
	var fault *assist.Fault
	if err := l.Add(t.Context(), Entry{At: day, Kind: Key, What: "passphrase"}); !errors.As(err, &fault) || fault.Do == "" {
		t.Errorf("got %v", err)
	}
}

func TestABreakIsSaidInWords(t *testing.T) {
	at := time.Date(2026, 5, 3, 10, 12, 0, 0, time.UTC)
	for b, want := range map[Break]string{
		{at, at.Add(3 * time.Minute)}: "the log of who did what was changed between 3 May 2026 10:12 and 3 May 2026 10:15",
		{at, at.Add(time.Second)}:     "the log of who did what was changed within 3 May 2026 10:12",
		{time.Time{}, at}:             "the log of who did what was changed before 3 May 2026 10:12",
		{at, time.Time{}}:             "the end of the log of who did what, after 3 May 2026 10:12, was changed or taken away",
		{}:                            "the log of who did what is gone",
	} {
		if got := b.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

package folder

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"ringside/storage/replica"
	"ringside/storage/replica/replicatest"
)

// singles are packets of one operation each.
func singles(m replica.MemberID, n int) []replica.Packet {
	packets := make([]replica.Packet, n)
	for i := range packets {
		packets[i] = replica.Packet{Member: m, From: uint64(i) + 1, Count: 1, Sealed: fmt.Appendf(nil, "%s %d", m, i+1)}
	}
	return packets
}

func filesIn(t *testing.T, pattern string) int {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

func TestTrimPutsTogetherAndLosesNothing(t *testing.T) {
	dir := t.TempDir()
	prepare(t, dir)
	ann := open(t, dir, replicatest.Ann)
	sent := singles(replicatest.Ann, 2500)
	for ; len(sent) > 0; sent = sent[25:] {
		publish(t, ann, sent[:25]...)
	}
	sent = singles(replicatest.Ann, 2500)
	before := replicatest.Listen(t, open(t, dir, replicatest.Ben), nil)
	before.Has(t, sent, 1)
	before.Now(t)

	of := filepath.Join(dir, "packets", string(replicatest.Ann))
	conflict := filepath.Join(of, "1", "copy (conflicted copy 2026-11-27).pkt")
	one, err := filepath.Glob(filepath.Join(of, "1", "1501-*.pkt"))
	if err != nil || len(one) != 1 {
		t.Fatal(one, err)
	}
	b, err := os.ReadFile(one[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(conflict, b, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to do
		if err := ann.Trim(t.Context(), map[replica.MemberID]uint64{replicatest.Ann: 2200, replicatest.Ben: 1}); err != nil {
			t.Fatal(err)
		}
		for part, want := range []int{1, 1, 21} {
			if n := filesIn(t, filepath.Join(of, fmt.Sprint(part), "*")); n != want {
				t.Errorf("%d files in part %d, want %d", n, part, want)
			}
		}
	}
	newcomer := replicatest.Listen(t, open(t, dir, replicatest.Cem), nil)
	newcomer.Has(t, sent, 1)
	before.Has(t, sent[:1999], 2) // the larger files are read too
	before.Stop(t)
	if before.Anew() > 0 {
		t.Error("who had read the small files was told that they are lost")
	}
}

func TestTrimLeavesWhatItDoesNotUnderstand(t *testing.T) {
	dir := t.TempDir()
	prepare(t, dir)
	ann := open(t, dir, replicatest.Ann)
	publish(t, ann, singles(replicatest.Ann, 500)...)
	publish(t, ann, singles(replicatest.Ann, 999)[500:]...)
	of := filepath.Join(dir, "packets", string(replicatest.Ann), "0")
	foreign := filepath.Join(of, "holiday.jpg")
	half := filepath.Join(of, "half.pkt")
	whole := packetFrame(kindPacket, replica.Packet{Member: replicatest.Ann, From: 5, Count: 1, Edition: 1, Sealed: []byte("later")}).encode(nil)
	for name, b := range map[string][]byte{foreign: []byte("not of ours, and longer than a head of ours would be"), half: whole[:len(whole)-2]} {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := ann.Trim(t.Context(), map[replica.MemberID]uint64{replicatest.Ann: 999}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{foreign, half} {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	if n := filesIn(t, filepath.Join(of, "*")); n != 3 {
		t.Errorf("%d files, want the two and one with all packets", n)
	}
}

package storage

import (
	"os"
	"path/filepath"
	"testing"

	"ringside/assist/settings"
	"ringside/storage/audit"
)

func TestTheMarkOfTheLogIsInTheJournalAndNoSettingLosesIt(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db := open(t, dir)
	if m, err := db.AuditMark(ctx); m != (audit.Mark{}) || err != nil {
		t.Fatalf("a new store: %+v, %v", m, err)
	}
	want := audit.Mark{Count: 3, Hash: "abc"}
	for _, m := range []audit.Mark{{Count: 2, Hash: "aa"}, want} {
		if err := db.KeepAuditMark(ctx, m); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.SaveSettings(ctx, settings.Machine{Me: "jo", Region: "DE"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "picture")); err != nil { // the journal is the truth
		t.Fatal(err)
	}
	db = open(t, dir)
	s, err := db.Settings(ctx)
	if m, failed := db.AuditMark(ctx); m != want || failed != nil || err != nil || s.Me != "jo" {
		t.Errorf("%+v, %v; %+v, %v", m, failed, s, err)
	}
}

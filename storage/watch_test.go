package storage

import (
	"slices"
	"sync"
	"testing"

	"ringside/assist"
)

func TestWhoWatchesIsToldOfEveryWrite(t *testing.T) {
	db := open(t, t.TempDir())
	var mu sync.Mutex
	var told []string
	stop := db.Watch(func(t assist.Type, id assist.ID) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, string(t)+" "+string(id))
	})
	save(t, db, scanNote(1), assist.Rep{ID: "tom", Name: "Tom"})
	save(t, db, scanNote(1)) // says nothing new
	if want := []string{"note " + string(scanNote(1).ID), "rep tom"}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	told = nil
	bulk := db.Bulk(t.Context())
	if err := bulk.Add(assist.Company{ID: "shaw", Name: "Shaw"}); err != nil {
		t.Fatal(err)
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	if !slices.Contains(told, " ") {
		t.Errorf("an import was told as %q", told)
	}
	mu.Unlock()
	stop()
	told = nil
	save(t, db, scanNote(2))
	if len(told) > 0 {
		t.Errorf("told %q after it was to stop", told)
	}
}

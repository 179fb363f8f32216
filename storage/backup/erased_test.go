package backup

import (
	"path/filepath"
	"slices"
	"testing"

	"ringside/assist"
)

func TestTwoDesksKeepTheirListsOfTheErasedInOneFolder(t *testing.T) {
	dir := t.TempDir()
	keys := []Key{{Store: [32]byte{1}}, {Store: [32]byte{2}}}
	for i, key := range keys {
		if err := KeepErased(dir, key, []assist.ID{assist.ID([]string{"one", "two"}[i])}); err != nil {
			t.Fatal(err)
		}
	}
	if Is(filepath.Base(erasedPath(dir, keys[0]))) || !Is(Name("store", morning)) {
		t.Error("the list is taken for a backup, or a backup is not")
	}
	for i, key := range keys {
		got, err := Erased(dir, key)
		if err != nil || !slices.Equal(got, []assist.ID{assist.ID([]string{"one", "two"}[i])}) {
			t.Errorf("%v %v", got, err)
		}
	}
}

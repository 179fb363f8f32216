package storage

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"ringside/assist"
)

// A copy is of one moment, though saving goes on while it is made.
func TestACopyIsOfOneMoment(t *testing.T) {
	db, dir := open(t, t.TempDir()), t.TempDir()
	save(t, db, mary())
	if err := os.Mkdir(filepath.Join(dir, "journal"), 0o700); err != nil {
		t.Fatal(err)
	}
	saved := 0
	c, err := db.Copy(t.Context(), func(name string, _ int64, from io.Reader) error {
		saved++
		save(t, db, assist.Customer{ID: assist.ID(fmt.Sprint("late", saved)), Name: "Late"})
		b, err := io.ReadAll(from)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), b, 0o600)
	})
	if err != nil || saved == 0 || c.Operations != 1 {
		t.Fatalf("%+v %v, %d saved", c, err, saved)
	}
	r, err := Inspect(t.Context(), dir, testKey)
	if err != nil || r.Operations != c.Operations || r.Digest != c.Digest || r.Counts[assist.TypeCustomer] != 1 {
		t.Errorf("%+v, %v; the copy is %+v", r, err, c)
	}
}

// What was begun to be erased is still in the journal: who is restored from the copy must
// go on with it.
func TestACopyTakesAlongWhatIsBeingErased(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db, mary())
	m := marker{Erasures: []assist.Erasure{{ID: mary().ID, At: time.Now()}}, Gone: []assist.Ref{{Type: assist.TypeCustomer, ID: mary().ID}}}
	if err := m.write(db); err != nil {
		t.Fatal(err)
	}
	var names []string
	if _, err := db.Copy(t.Context(), func(name string, _ int64, from io.Reader) error {
		names = append(names, name)
		_, err := io.Copy(io.Discard, from)
		return err
	}); err != nil || !slices.Contains(names, markerFile) {
		t.Errorf("%v %v", names, err)
	}
}

package durable

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWhatIsWrittenIsWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, content := range []string{"first", "second"} {
		if err := Write(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if string(b) != content || err != nil {
			t.Errorf("got %q, %v", b, err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
	if err := Write(filepath.Join(dir, "none", "a"), nil); err == nil {
		t.Error("wrote into a folder that is not there")
	}
}

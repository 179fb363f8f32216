package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"ringside/assist"
)

func TestSyncedFoldersAreRecognised(t *testing.T) {
	for _, c := range []struct{ mark, under, want string }{
		{"", "Ringside", ""},
		{"", "Dropbox/Ringside", "Dropbox"},
		{"", "Dropbox (Acme)/Ringside", "Dropbox"},
		{"", "OneDrive - Acme Ltd/notes/Ringside", "OneDrive"},
		{"", "Library/CloudStorage/GoogleDrive-jo@acme.example/My Drive", "Google Drive"},
		{"", "Library/Mobile Documents/com~apple~CloudDocs/Ringside", "iCloud"},
		{"", "Dropboxes/Ringside", ""},
		{".stfolder/", "work [1]/Ringside", "Syncthing"},
		{".dropbox", "work/Ringside", "Dropbox"},
		{".sync_0a1b.db", "cloud/Ringside", "Nextcloud"},
		{".849C9593-D756-4E56-8D6E-42412F2A707B", "documents/Ringside", "OneDrive"},
		{".tmp.driveupload/", "drive", "Google Drive"},
	} {
		top := t.TempDir()
		dir := filepath.Join(top, filepath.FromSlash(c.under))
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(c.under, "/")
		if mark := filepath.Join(top, first, c.mark); strings.HasSuffix(c.mark, "/") {
			os.Mkdir(mark, 0o700)
		} else if c.mark != "" {
			os.WriteFile(mark, nil, 0o600)
		}
		if got := PlaceOf(dir); got.Synced != c.want {
			t.Errorf("%s below %q: %q, want %q", c.under, c.mark, got.Synced, c.want)
		}
	}
}

func TestALinkIntoASyncedFolderIsFollowed(t *testing.T) {
	top := t.TempDir()
	if err := os.MkdirAll(filepath.Join(top, "Dropbox", "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(top, "data")
	if err := os.Symlink(filepath.Join(top, "Dropbox", "data"), link); err != nil {
		t.Skipf("no links here: %v", err)
	}
	if got := PlaceOf(link); got.Synced != "Dropbox" {
		t.Errorf("%+v", got)
	}
}

func TestWindowsNamesThatItWouldNotKeepAreRefused(t *testing.T) {
	for dir, fine := range map[string]bool{`C:\data`: true, `C:\data.`: false, `C:\my data \x`: false, `C:\a.b\..\c`: true, `\\server\share\jo.`: false} {
		if err := checkName("windows", dir); (err == nil) != fine || err != nil && !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("%s: %v", dir, err)
		}
		if err := checkName("linux", dir); err != nil {
			t.Errorf("%s elsewhere: %v", dir, err)
		}
	}
}

func TestAnyNameOfAFolderWorks(t *testing.T) {
	deep := strings.Repeat(strings.Repeat("d", 40)+string(filepath.Separator), 20)
	names := []string{deep, "J\u00fcrgen", "Ju\u0308rgen", "\U0001F4DE notes", "a b", "100% [jo] *", "-data"}
	if runtime.GOOS == "windows" {
		names = names[:5]
	} else {
		names = append(names, "blank ", "dot.", "new\nline", "back\\slash")
	}
	for _, name := range names {
		dir := filepath.Join(t.TempDir(), name)
		db := open(t, dir)
		save(t, db, mary())
		db.Close()
		db = open(t, dir)
		if r := mustCheck(t, db); r.Counts[assist.TypeCustomer] != 1 {
			t.Errorf("%q: %v", name, r.Counts)
		}
		db.Close()
	}
}

func TestAPathThatIsTooLongIsSaidSo(t *testing.T) {
	for _, dir := range []string{filepath.Join(t.TempDir(), strings.Repeat("d", 300)), filepath.Join(t.TempDir(), strings.Repeat("deeper/", 700))} {
		_, err := Open(context.Background(), Options{Dir: dir, Key: testKey})
		if !errors.Is(err, assist.ErrReadOnly) || runtime.GOOS != "windows" && !strings.Contains(err.Error(), "too long") {
			t.Errorf("%d bytes: %v", len(dir), err)
		}
	}
}

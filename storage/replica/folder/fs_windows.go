package folder

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"

	"ringside/storage/journal"
)

func full(err error) bool { return journal.Full(err) }

func readOnly(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, windows.ERROR_WRITE_PROTECT)
}

// syncDir does nothing: Windows keeps the names of files by itself.
func syncDir(*os.Root, string) error { return nil }

package storage

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"

	"ringside/assist"
)

// minFree is the room on the disk below which nothing is written any more: the picture
// must be able to begin a new file and to write another one anew.
const minFree = 64 << 20

// Level says how the disk of the data folder stands.
type Level int

// The levels, each worse than the one before.
const (
	Plenty Level = iota
	Little       // somebody should make room
	Spent        // and the ballast has been given up for the last notes
	Full         // nothing is written; what is there can be read
)

// Room is what the disk of the data folder has left.
type Room struct {
	Level Level
	Free  uint64 // bytes
}

// little returns the room below which somebody should make some, on a disk of so many bytes.
func little(total uint64) uint64 { return max(2*minFree, min(2<<30, total/10)) }

// ballastSize is the room that is kept for the last notes on a disk of so many bytes.
func ballastSize(total uint64) uint64 { return min(64<<20, total/8) }

func ballastPath(dir string) string { return filepath.Join(dir, "ballast") }

// Room looks how much may still be written. While there is plenty it sees to it that
// there is ballast, a file that can be given up when the disk runs full; writing that one
// may take seconds. A disk that cannot tell has plenty.
func (db *DB) Room(ctx context.Context) Room {
	free, total, err := diskSpace(db.opt.Dir)
	if err != nil {
		return Room{}
	}
	_, err = os.Stat(ballastPath(db.opt.Dir))
	switch kept := err == nil; {
	case !kept && free >= little(total)+ballastSize(total):
		_ = makeBallast(ctx, ballastPath(db.opt.Dir), int64(ballastSize(total))) // tried again the next time
		return Room{Free: free}
	case free >= little(total):
		return Room{Free: free}
	case free >= minFree && !kept:
		return Room{Spent, free}
	case free >= minFree:
		return Room{Little, free}
	case kept && giveUpBallast(db.opt.Dir) == nil:
		return db.Room(ctx)
	}
	return Room{Full, free}
}

// makeBallast writes a file that takes its room for good: of bytes that no file system
// can make smaller.
func makeBallast(ctx context.Context, path string, size int64) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(path)
		}
	}()
	noise := rand.NewChaCha8([32]byte{})
	for left := size; left > 0 && ctx.Err() == nil; left -= 1 << 20 {
		if _, err := io.CopyN(f, noise, min(left, 1<<20)); err != nil {
			return err
		}
	}
	return errors.Join(ctx.Err(), f.Sync())
}

// giveUpBallast removes the ballast of a data folder, so that there is room for the last
// notes. It fails with os.ErrNotExist when there is none.
func giveUpBallast(dir string) error { return os.Remove(ballastPath(dir)) }

// checkSpace refuses a write of so many bytes when the disk has no room for it, not even
// once the ballast is given up.
func checkSpace(dir string, size int) error {
	for {
		free, _, err := diskSpace(dir)
		if err != nil || free >= minFree+4*uint64(size) {
			return nil // a disk that cannot tell is not held against the write
		}
		if giveUpBallast(dir) != nil {
			break
		}
	}
	return diskFull(dir, nil)
}

func diskFull(dir string, err error) error {
	return &assist.Fault{What: "the disk is full", Where: dir,
		Do: "Free some space; what was saved before is safe.", Err: errors.Join(assist.ErrDiskFull, err)}
}

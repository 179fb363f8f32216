package assist

import (
	"errors"
	"strings"
)

// The errors that a caller may tell apart with errors.Is. What people read is
// the text of the *Fault that carries them.
var (
	// ErrNotFound: there is no such record.
	ErrNotFound = errors.New("not found")
	// ErrInvalid: a record or a file breaks a rule.
	ErrInvalid = errors.New("not valid")
	// ErrInUse: another program has the data folder open.
	ErrInUse = errors.New("data folder in use")
	// ErrReadOnly: the data folder cannot be written.
	ErrReadOnly = errors.New("data folder is read-only")
	// ErrWrongKey: the store was made with another key or passphrase.
	ErrWrongKey = errors.New("wrong key")
	// ErrNewer: the store was written by a newer version.
	ErrNewer = errors.New("made by a newer version")
	// ErrDamaged: what is on disk is not what was written.
	ErrDamaged = errors.New("damaged")
	// ErrDiskFull: there is no room for another write.
	ErrDiskFull = errors.New("disk full")
)

// Fault is an error for people: what went wrong, where, and what to do about it.
// Err is one of the errors of this package, or what was met below.
type Fault struct {
	What  string // one clause, lower case: "the data folder is in use"
	Where string // a file, a line, a field; may be empty
	Do    string // what the reader can do, one sentence; may be empty
	Err   error
}

// Error returns the whole sentence: "what (where). Do".
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.What)
	if f.Where != "" {
		b.WriteString(" (" + f.Where + ")")
	}
	if f.Do != "" {
		b.WriteString(". " + f.Do)
	}
	return b.String()
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"ringside/assist"
)

// The exit codes. They are a promise to scripts; the help lists them.
const (
	exitOK        = 0
	exitFailed    = 1
	exitUsage     = 2
	exitNothing   = 3
	exitStore     = 4
	exitCancelled = 130
)

const exitHelp = `Exit codes: 0 all is well; 1 something failed; 2 the words were wrong; 3 not found, or nothing fits; ` +
	`4 the data folder is in use or cannot be opened; 130 cancelled with ctrl-C.`

const environmentHelp = `Environment: RINGSIDE_PASSPHRASE seals a new data folder, and opens one that was sealed; ` +
	`RINGSIDE_NO_KEYCHAIN=1 keeps the key of a new folder out of the system's keychain.`

// errUsage marks an error in the words of the command line.
var errUsage = errors.New("wrong usage")

// exited is the end of a command that has already said everything.
type exited int

func (e exited) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// marked is an error with a mark by which its exit code is found; the mark adds no
// words.
type marked struct {
	error
	mark error
}

func (m marked) Unwrap() []error { return []error{m.error, m.mark} }

// finish says what went wrong, if anything did, and returns the exit code.
func finish(ctx context.Context, err error, stderr io.Writer) int {
	var said exited
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &said):
		return int(said)
	}
	code := exitCode(ctx, err)
	if text := sentence(err); code != exitCancelled || text != context.Canceled.Error() {
		fmt.Fprintln(stderr, "ringside: "+text)
	} else {
		fmt.Fprintln(stderr, "ringside: cancelled")
	}
	return code
}

func exitCode(ctx context.Context, err error) int {
	switch {
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return exitCancelled
	case errors.Is(err, errUsage):
		return exitUsage
	case errors.Is(err, assist.ErrNotFound):
		return exitNothing
	}
	for _, e := range []error{assist.ErrInUse, assist.ErrReadOnly, assist.ErrWrongKey, assist.ErrNewer, assist.ErrDamaged, assist.ErrDiskFull, errNoFolder, errCannotOpen} {
		if errors.Is(err, e) {
			return exitStore
		}
	}
	return exitFailed
}

// sentence is what people read of an error: the Fault in it, if there is one, on
// one line.
func sentence(err error) string {
	text := err.Error()
	if fault := (*assist.Fault)(nil); errors.As(err, &fault) {
		text = fault.Error()
	}
	return strings.Join(strings.Fields(text), " ")
}

// wrongWords says in plain words what the parser found wrong.
func wrongWords(err error) error {
	text := err.Error()
	for _, p := range []struct {
		met *regexp.Regexp
		say string
	}{
		{regexp.MustCompile(`^expected one of (.+)$`), "a word is missing: $1"},
		{regexp.MustCompile(`^expected "<([\w-]+)> \.\.\."$`), "the $1 are missing"},
		{regexp.MustCompile(`^expected "<?([\w-]+)>?"$`), "the $1 is missing"},
		{regexp.MustCompile(`^(--[\w-]+): expected string value but got "EOL".*$`), "$1 needs a value"},
		{regexp.MustCompile(`^(--[\w-]+): expected a valid \d+ bit int but got "(.*)"$`), `$1: "$2" is not a whole number`},
		{regexp.MustCompile(`^(--[\w-]+): missing value, expecting ".*$`), "$1 needs NAME=VALUE"},
	} {
		if p.met.MatchString(text) {
			text = p.met.ReplaceAllString(text, p.say)
			break
		}
	}
	return usage(text, "ringside --help lists the commands.")
}

// usage makes a Fault of a wrong use of the command line.
func usage(what, do string) error {
	return &assist.Fault{What: what, Do: do, Err: errUsage}
}

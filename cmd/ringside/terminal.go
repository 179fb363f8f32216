package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"ringside/assist"
)

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// asker asks somebody for a text that is not shown while it is typed.
type asker func(ctx context.Context, question string) (string, error)

// terminalAsker asks at the terminal behind in; nil when there is none.
func terminalAsker(in io.Reader, out io.Writer) asker {
	f, ok := in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return func(ctx context.Context, question string) (string, error) {
		before, err := term.GetState(int(f.Fd()))
		if err != nil {
			return "", fmt.Errorf("ask for the passphrase: %w", err)
		}
		fmt.Fprint(out, question)
		defer fmt.Fprintln(out)
		read := make(chan typed, 1)
		go func() {
			b, err := term.ReadPassword(int(f.Fd()))
			read <- typed{string(b), err}
		}()
		select {
		case t := <-read:
			if t.err != nil {
				t.err = &assist.Fault{What: "no passphrase was typed", Err: t.err}
			}
			return t.text, t.err
		case <-ctx.Done():
			return "", errors.Join(ctx.Err(), term.Restore(int(f.Fd()), before)) // what is typed is seen again
		}
	}
}

type typed struct {
	text string
	err  error
}

// progressLine keeps one line of a terminal up to date. Off, it writes nothing.
type progressLine struct {
	to   io.Writer
	on   bool
	last time.Time
	wide int
}

// Say shows the text in place of the last one, at most ten times a second.
func (l *progressLine) Say(text string) {
	if !l.on || time.Since(l.last) < 100*time.Millisecond {
		return
	}
	l.last = time.Now()
	fmt.Fprintf(l.to, "\r%-*s", l.wide, text)
	l.wide = max(l.wide, len(text))
}

// Done takes the line away.
func (l *progressLine) Done() {
	if l.wide > 0 {
		fmt.Fprintf(l.to, "\r%s\r", strings.Repeat(" ", l.wide))
	}
}

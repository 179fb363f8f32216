package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
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

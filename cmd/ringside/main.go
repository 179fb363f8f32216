// Command ringside sits beside the phone: it shows who calls, finds the answer to
// what they say, and keeps the note and the promise. Without a command it opens
// the app; `ringside --help` lists the rest.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	_ "ringside/cmd/knock"  // before everything that a hook does not need
	_ "ringside/cmd/locale" // before the toolkit reads it
	"ringside/storage"
)

func main() { os.Exit(start()) }

// start runs the program with the words, streams and signals of this process. A
// second ctrl-C ends it at once.
func start() int {
	if probes(os.Args) {
		return storage.Probe(os.Stdin)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer context.AfterFunc(ctx, stop)()
	return Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

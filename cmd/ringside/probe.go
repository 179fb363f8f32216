package main

import (
	"context"
	"os"
	"os/exec"
)

// probeWord is the whole command line of the process that looks at the store's picture
// before this one opens it. It is for nobody else, and so no command.
const probeWord = "look-at-picture"

// probes reports whether this process is to look at a picture and nothing else.
func probes(args []string) bool { return len(args) == 2 && args[1] == probeWord }

// startProbe starts the program once more as the process that looks at a picture. What is
// asked, and with it the key, goes through a pipe that ends with this process.
func startProbe(ctx context.Context, question []byte) (exit int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, self, probeWord)
	cmd.Args[0] = "ringside"
	in, err := cmd.StdinPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	_, _ = in.Write(question) // whoever dies before it is read tells by its end
	_ = cmd.Wait()
	return cmd.ProcessState.ExitCode(), nil
}

// Package crash keeps what a program that breaks down has to say, on this machine and
// without anything of customers: what kind of fault it was and where in the program.
//
// Go writes the value of a panic and the arguments of functions, in which there may be
// the words of a note or the bytes of a key. So nothing of it is written to the disk as
// it comes: it goes through a pipe to a second process of the same program, which has
// nothing else to do, leaves out what is not about the program, and keeps the rest. That
// works for every goroutine, and when memory has run out.
package crash

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"time"
)

const (
	word = "after-crash" // of the command line: begins the second process
	most = 1 << 20       // bytes that are read of a report
	name = "crash.txt"
	seen = "crash-seen.txt"
)

// The second process ends here, and never comes to main.
var _ = listen(os.Args, os.Stdin)

func listen(args []string, in io.Reader) bool {
	if len(args) != 4 || args[1] != word {
		return false
	}
	raw, _ := io.ReadAll(io.LimitReader(in, most))
	if report := Clean(string(raw)); report != "" {
		head := fmt.Sprintf("%s\n%s\n\n", args[3], time.Now().UTC().Format(time.RFC3339))
		keep(args[2], head+report)
	}
	os.Exit(0)
	return true
}

// keep writes the report in one step, for this user only.
func keep(dir, report string) {
	f, err := os.CreateTemp(dir, ".crash-*")
	if err != nil {
		return
	}
	_, err = f.WriteString(report)
	if f.Close() == nil && err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		os.Remove(f.Name())
	}
}

// Watch keeps a report in the folder when this process breaks down from now on. about
// says which program it is, in one line. Without the second process there is no report,
// and err says why.
func Watch(dir, about string) (err error) {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	out, in, err := os.Pipe()
	if err != nil {
		return err
	}
	defer out.Close()
	defer in.Close() // the runtime has its own
	if err := debug.SetCrashOutput(in, debug.CrashOptions{}); err != nil {
		return err
	}
	second := exec.Command(self, word, dir, about)
	second.Stdin = out
	if err := second.Start(); err != nil {
		return fmt.Errorf("keep reports of crashes: %w", err)
	}
	return second.Process.Release()
}

// Take returns the report of a crash that nobody has seen yet; "" when there is none. From
// then on it has been seen, and stays in the folder until the next one.
func Take(dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || os.Rename(filepath.Join(dir, name), filepath.Join(dir, seen)) != nil {
		return ""
	}
	return string(b)
}

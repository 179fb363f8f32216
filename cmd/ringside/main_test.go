package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"ringside/storage/secret"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ringside": func() { os.Exit(startAhead()) }})
}

// ahead is the variable that lets the program of a test live later than it is, as a
// duration.
const ahead = "RINGSIDE_TEST_AHEAD"

// startAhead is start, by the clock that ahead says.
func startAhead() int {
	by, err := time.ParseDuration(os.Getenv(ahead))
	if err != nil {
		return start()
	}
	now := func() time.Time { return time.Now().Add(by) }
	return runAt(context.Background(), now, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

// TestScripts runs the command line as a shell does, each script in a home of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("XDG_DATA_HOME", "")
			e.Setenv("LC_ALL", "en_GB.UTF-8")
			e.Setenv("TZ", "Europe/London")
			e.Setenv("RINGSIDE_NO_KEYCHAIN", "1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "sample": sample},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Getuid() == 0, nil
			case "sysfs": // a system folder in which even root makes nothing
				_, err := os.Stat("/sys/kernel")
				return err == nil, nil
			}
			return false, fmt.Errorf("no condition %q", cond)
		},
	})
}

// sample makes a data folder with the sample team: sample DIR
func sample(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sample DIR")
	}
	p := &program{ctx: context.Background(), stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, now: time.Now,
		key: secret.Options{NoKeychain: true}}
	ts.Check(sampleHouse(p, ts.MkAbs(args[0])))
}

// exits runs a command and wants its exit code: exits 3 ringside search xylophone
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [WORD ...]")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if args[0] != strconv.Itoa(code) {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

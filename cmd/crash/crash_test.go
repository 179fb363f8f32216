package crash

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const secret = "Quilla Featherstonehaugh"

// TestMain is also the program that breaks down.
func TestMain(m *testing.M) {
	dir, how := os.Getenv("CRASH_DIR"), os.Getenv("CRASH_HOW")
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := Watch(dir, "Ringside 1"); err != nil {
		fmt.Println(err)
	}
	done := make(chan bool)
	go breakDown([32]byte([]byte("a key of thirty-two whole bytes!")), how, done)
	<-done
}

//go:noinline
func breakDown(key [32]byte, how string, done chan bool) {
	switch how {
	case "text":
		panic("cannot keep the note of " + secret)
	case "error":
		panic(fmt.Errorf("note:\n%s\ngoroutine of %s", secret, secret))
	case "index":
		fmt.Println(key[len(how)+len(os.Args)*100])
	case "nil":
		var none *exec.Cmd
		fmt.Println(none.Path)
	case "fatal":
		m := map[int]int{}
		for range 8 {
			go func() {
				for {
					m[1]++
				}
			}()
		}
		time.Sleep(time.Minute)
	}
	close(done) // not deferred: a panic would let the program end before it is told
}

func broken(t *testing.T, how string) (report, dir string) {
	t.Helper()
	dir = t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "CRASH_DIR="+dir, "CRASH_HOW="+how)
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); how != "well" && !errors.As(err, &exit) {
		t.Fatalf("it ended with %v", err)
	}
	for end := time.Now().Add(10 * time.Second); report == "" && time.Now().Before(end) && how != "well"; time.Sleep(10 * time.Millisecond) {
		report = Take(dir)
	}
	return report, dir
}

func TestAReportSaysWhereAndNothingOfCustomers(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for how, want := range map[string]string{
		"text": "panic: (its words are left out)", "error": "panic: (its words are left out)",
		"index": "index out of range", "nil": "[signal SIGSEGV]", "fatal": "runtime/maps.fatal(…)", // why, Go tells only the terminal
	} {
		t.Run(how, func(t *testing.T) {
			report, dir := broken(t, how)
			if !strings.Contains(report, want) || !strings.Contains(report, "crash_test.go:") || !strings.HasPrefix(report, "Ringside 1\n") {
				t.Errorf("the report is\n%s", report)
			}
			for _, bad := range []string{"Quilla", "Feather", "0x61", "0x2079656b", here} {
				if strings.Contains(report, bad) {
					t.Errorf("the report has %q:\n%s", bad, report)
				}
			}
			if Take(dir) != "" {
				t.Error("it is shown twice")
			}
			info, err := os.Stat(filepath.Join(dir, seen))
			if err != nil || info.Mode().Perm()&0o077 != 0 {
				t.Errorf("the file: %v, %v", info, err)
			}
		})
	}
}

func TestAGoodEndLeavesNoReport(t *testing.T) {
	_, dir := broken(t, "well")
	time.Sleep(200 * time.Millisecond)
	if list, _ := os.ReadDir(dir); len(list) > 0 {
		t.Errorf("there is %v", list)
	}
}

func TestPlacesAreKeptInEveryFormOfAStack(t *testing.T) {
	raw := "SIGQUIT: quit\n\ngoroutine 1 gp=0x1 m=0 mp=0x2 [select, locked to thread]:\nmain.f(0x1)\n\t/home/mary/x/f.go:1 +0x1 fp=0x1 sp=0x2 pc=0x3\n"
	if got := Clean(raw); !strings.Contains(got, "main.f(…)\n\tx/f.go:1") || strings.Contains(got, "mary") {
		t.Errorf("it is\n%s", got)
	}
}

func TestCleanIsBounded(t *testing.T) {
	raw := "panic: " + secret + "\n" + strings.Repeat("goroutine 1 [running]:\nmain.f(0x1)\n\t/home/mary/x/f.go:1 +0x1\n"+secret+"\n", 50_000)
	got := Clean(raw)
	if len(got) > longest || strings.Contains(got, "mary") || strings.Contains(got, "Quilla") || !strings.Contains(got, "main.f(…)\n\tx/f.go:1\n") {
		t.Errorf("%d bytes: %.300s", len(got), got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("panic: x\n\ngoroutine 1 [running]:\nmain.(*T).f(0x1, {0x2})\n\t/a/b.go:1 +0x1\ncreated by main.g in goroutine 2\n")
	f.Fuzz(func(t *testing.T, raw string) {
		if got := Clean(raw); len(got) > longest {
			t.Fatalf("%d bytes", len(got))
		}
	})
}

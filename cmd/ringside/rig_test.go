package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"ringside/assist/live"
	"ringside/assist/phone/handoff"
)

// rig is a screen that nobody sees, with a window manager, a home and a data folder
// of its own, on which the real program is driven by keys and looked at.
type rig struct {
	*testing.T
	home, data string
	env        []string
	app        *exec.Cmd
	stderr     *bytes.Buffer
	pictures   int
}

// newRig starts the screen. Without the tools it skips the test, except where
// RINGSIDE_NEED_WINDOW says that they must be there.
func newRig(t *testing.T) *rig {
	t.Helper()
	for _, tool := range []string{"Xvfb", "openbox", "xdotool", "import"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("RINGSIDE_NEED_WINDOW") != "" {
				t.Fatalf("%s is missing: run .ci/need test", tool)
			}
			t.Skipf("%s is missing: run .ci/need test", tool)
		}
	}
	home := t.TempDir()
	r := &rig{T: t, home: home, data: filepath.Join(home, "data"), stderr: &bytes.Buffer{}}
	r.env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "XDG_DATA_HOME="+home,
		"LC_ALL=en_US.UTF-8", "FYNE_SCALE=1", "FYNE_THEME=light", "TZ=Europe/London", "LIBGL_ALWAYS_SOFTWARE=1", "RINGSIDE_NO_KEYCHAIN=1")
	r.env = append(r.env, "DISPLAY="+r.screen())
	r.background("openbox")
	return r
}

// screen starts Xvfb on a free display and returns its name.
func (r *rig) screen() string {
	out, in, err := os.Pipe()
	if err != nil {
		r.Fatal(err)
	}
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1360x800x24", "+extension", "GLX", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{in}
	if err := cmd.Start(); err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	in.Close()
	number := make([]byte, 16)
	n, err := out.Read(number)
	if err != nil {
		r.Fatalf("Xvfb did not say its display: %v", err)
	}
	return ":" + strings.TrimSpace(string(number[:n]))
}

func (r *rig) background(name string, args ...string) {
	cmd := exec.Command(name, args...)
	cmd.Env = r.env
	if err := cmd.Start(); err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
}

// ringside returns the program with these words, ready to start.
func (r *rig) ringside(args ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		r.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Args[0] = "ringside" // by this name the test binary is the program
	cmd.Env = r.env
	return cmd
}

// run runs a command of the command line to its end and returns what it printed.
func (r *rig) run(args ...string) string {
	r.Helper()
	out, err := r.ringside(append(args, "--data", r.data)...).CombinedOutput()
	if err != nil {
		r.Fatalf("ringside %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// start opens the app and waits until its window has the keyboard.
func (r *rig) start() {
	r.Helper()
	r.app = r.ringside("run", "--data", r.data)
	r.app.Stderr = io.MultiWriter(r.stderr, os.Stderr)
	r.app.Stdout = r.app.Stderr
	if err := r.app.Start(); err != nil {
		r.Fatal(err)
	}
	r.Cleanup(r.kill)
	r.wait("the app opens its door", func() bool { _, err := handoff.Find(r.data); return err == nil })
	r.waitTitle("Ringside")
	r.wait("the window is painted", r.painted)
}

// painted reports whether the screen, black at first, is mostly light: nobody types into a
// window that they do not see.
func (r *rig) painted() bool {
	seen := r.seen()
	light := 0
	for i := 0; i < len(seen); i += 101 {
		if seen[i] > 180 {
			light++
		}
	}
	return light > len(seen)/101/3
}

// waitTitle waits until the window that has the keyboard has this in its title.
func (r *rig) waitTitle(want string) {
	r.Helper()
	r.wait("the title says "+want, func() bool {
		name, err := r.tool("xdotool", "getwindowfocus", "getwindowname")
		return err == nil && strings.Contains(name, want)
	})
}

// kill ends the app as a power cut would.
func (r *rig) kill() {
	if r.app == nil {
		return
	}
	_ = r.app.Process.Kill()
	_ = r.app.Wait()
	r.app = nil
	if text := r.stderr.String(); strings.Contains(text, "Error in Fyne call thread") || strings.Contains(text, "panic") {
		r.Errorf("the app complained:\n%s", text)
	}
}

func (r *rig) tool(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = r.env
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (r *rig) must(name string, args ...string) {
	r.Helper()
	if out, err := r.tool(name, args...); err != nil {
		r.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

// narrow makes the window as wide as it is beside the phone.
func (r *rig) narrow() {
	r.Helper()
	r.must("xdotool", "getwindowfocus", "windowsize", "--sync", "380", "760")
}

// press presses keys as xdotool names them: "ctrl+j", "Return".
func (r *rig) press(keys ...string) {
	r.Helper()
	r.must("xdotool", append([]string{"key", "--delay", "60"}, keys...)...)
}

// write types into whatever has the keyboard.
func (r *rig) write(text string) {
	r.Helper()
	r.must("xdotool", "type", "--delay", "30", text)
}

// view returns what the desk shows.
func (r *rig) view() (v live.View) {
	r.Helper()
	client, err := handoff.Find(r.data)
	if err != nil {
		r.Fatalf("find the app: %v", err)
	}
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	if err := client.View(ctx, &v); err != nil {
		r.Fatalf("ask for the view: %v", err)
	}
	return v
}

// sees waits until the desk shows what is wanted and keeps a picture of it.
func (r *rig) sees(what string, want func(live.View) bool) (v live.View) {
	r.Helper()
	r.wait(what, func() bool { v = r.view(); return want(v) })
	r.picture(what)
	return v
}

func (r *rig) wait(what string, done func() bool) {
	r.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			r.picture("failed " + what)
			r.Fatalf("did not happen: %s\n%s", what, r.stderr)
		}
	}
}

// rests waits until nothing on the screen changes.
func (r *rig) rests() {
	r.Helper()
	was, since := r.seen(), time.Now()
	r.wait("the screen is calm", func() bool {
		if now := r.seen(); now != was {
			was, since = now, time.Now()
		}
		return time.Since(since) > 700*time.Millisecond
	})
}

// seen is all that is on the screen.
func (r *rig) seen() string {
	r.Helper()
	out, err := r.tool("import", "-window", "root", "gray:-")
	if err != nil {
		r.Fatalf("look at the screen: %v", err)
	}
	return out
}

// picture saves what is on the screen, where RINGSIDE_PICTURES names a folder.
func (r *rig) picture(what string) {
	dir := os.Getenv("RINGSIDE_PICTURES")
	if dir == "" {
		return
	}
	time.Sleep(300 * time.Millisecond) // let the window paint
	r.pictures++
	plain := strings.Join(strings.FieldsFunc(what, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), "-")
	name := fmt.Sprintf("%s-%02d-%s.png", r.Name(), r.pictures, plain) // braces and colons in a name mean something to import
	window, err := r.tool("xdotool", "getwindowfocus")
	if err != nil {
		window = "root"
	}
	if out, err := r.tool("import", "-window", strings.TrimSpace(window), filepath.Join(dir, name)); err != nil {
		r.Errorf("picture: %v\n%s", err, out)
	}
}

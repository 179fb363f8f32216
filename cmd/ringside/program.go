package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"ringside/assist"
	"ringside/assist/phone/handoff"
	"ringside/storage/secret"
)

// program is one run of the command line: the words and what is around them.
type program struct {
	ctx            context.Context
	args           []string
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	data           string // what --data says
	cwd            string // relative paths start here
	progress       bool   // somebody watches stderr
	key            secret.Options
	ask            asker  // reads a passphrase; nil where nobody can be asked
	house          *house // open when the command runs inside the app
}

// Run runs the command line and returns the exit code. It is all of the program
// but the process: tests start it as main does.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return runAt(ctx, time.Now, args, stdin, stdout, stderr)
}

// runAt is Run by another clock.
func runAt(ctx context.Context, now func() time.Time, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	cwd, err := os.Getwd()
	if err != nil {
		cwd = "."
	}
	p := &program{ctx: ctx, args: args, stdin: stdin, stdout: stdout, stderr: stderr, now: now,
		cwd: cwd, progress: isTerminal(stderr), key: secretOptions(os.Getenv), ask: terminalAsker(stdin, stderr)}
	return finish(ctx, p.run(), stderr)
}

func (p *program) run() error {
	p.args = asRing(p.args)
	var c commands
	parser, err := kong.New(&c, kong.Name("ringside"), kong.Writers(p.stdout, p.stderr), kong.NoDefaultHelp(),
		kong.Description("Ringside sits beside the phone: it knows the customer, finds the answer, keeps the promise.\n\n"+exitHelp+"\n\n"+environmentHelp),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		return err
	}
	if rest, ask := asksHelp(p.args); ask {
		return printHelp(parser, rest)
	}
	parsed, err := parser.Parse(p.args)
	if err != nil {
		return wrongWords(err)
	}
	if c.Data != "" {
		p.data = c.Data
	}
	p.progress = p.progress || c.Progress
	return parsed.Run(p)
}

// asRing reads a call's address in place of a command, which is how a desktop hands
// it over, and the words of 3CX, which begins with them. A number that a desktop hands
// over was clicked to be called.
func asRing(args []string) []string {
	switch {
	case len(args) == 0:
		return args
	case strings.HasPrefix(strings.ToLower(args[0]), "ringside:"), strings.HasPrefix(strings.ToUpper(args[0]), "/N:"):
		return append([]string{"ring"}, args...)
	case handoff.IsAddress(args[0]):
		return append([]string{"ring", "--direction=out"}, args...)
	}
	return args
}

func asksHelp(args []string) (rest []string, ask bool) {
	for _, a := range args {
		if a == "--" {
			break
		}
		if a == "--help" || a == "-h" {
			ask = true
			continue
		}
		rest = append(rest, a)
	}
	return rest, ask
}

func printHelp(parser *kong.Kong, args []string) error {
	if len(args) > 0 && args[0] == "ring" {
		args = args[:1]
	}
	parsed, err := kong.Trace(parser, args)
	if err != nil {
		return wrongWords(err)
	}
	if len(args) == 0 {
		parsed.Path = parsed.Path[:1] // the list of commands, not the default one
	}
	return parsed.PrintUsage(false)
}

// dataDir returns the data folder of this run.
func (p *program) dataDir() (string, error) {
	if p.house != nil {
		return p.house.dir, nil
	}
	if p.data != "" {
		return p.path(p.data), nil
	}
	return dataDir(runtime.GOOS, os.Getenv)
}

// path makes a path of the command line absolute.
func (p *program) path(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(p.cwd, name)
}

// inHouse runs work with the store open. When the app has it open, the whole
// command runs there instead. With make, a store is made where there is none;
// without it, its absence is a Fault with assist.ErrNotFound.
func (p *program) inHouse(make bool, work func(*house) error) error {
	if p.house != nil {
		return work(p.house)
	}
	dir, err := p.dataDir()
	if err != nil {
		return err
	}
	if client, err := p.openApp(dir); client != nil || err != nil {
		return p.handOver(client, err)
	}
	if !make && !hasStore(dir) {
		return &assist.Fault{What: "there is no Ringside data in this folder", Where: dir,
			Do: "Start Ringside once, or name another folder with --data.", Err: assist.ErrNotFound}
	}
	h, err := p.open(dir)
	if err != nil {
		return err
	}
	return errors.Join(work(h), h.Close())
}

// openApp returns the way to the app that has the folder open; nil when there is none, or
// when the command runs inside it already.
func (p *program) openApp(dir string) (*handoff.Client, error) {
	if p.house != nil {
		return nil, nil
	}
	client, err := handoff.Find(dir)
	switch {
	case errors.Is(err, assist.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("look for the running app: %w", err)
	}
	return client, nil
}

// storeless reports whether there is no store yet, so that only what is shipped can
// answer.
func (p *program) storeless() (bool, error) {
	dir, err := p.dataDir()
	if err != nil || p.house != nil || hasStore(dir) {
		return false, err
	}
	_, err = handoff.Find(dir)
	return errors.Is(err, assist.ErrNotFound), nil
}

// open opens the house in dir, and asks for the passphrase when the key is sealed
// and somebody sits at the terminal.
func (p *program) open(dir string) (*house, error) {
	if err := p.askKey(dir); err != nil {
		return nil, err
	}
	shown := progressLine{to: p.stderr, on: p.progress}
	defer shown.Done()
	return openHouseTelling(p.ctx, dir, p.now, p.key, storeNews{progress: func(done, all int) {
		if done == 0 && !p.progress {
			fmt.Fprintln(p.stderr, "Your notes are being put in order again.")
		}
		shown.Say(inOrderAgain(done, all))
	}})
}

// askKey asks for the passphrase of a data folder, if it needs one that is not known.
func (p *program) askKey(dir string) (err error) {
	if p.key.Passphrase != "" || p.ask == nil || !secret.Sealed(dir) {
		return nil
	}
	p.key.Passphrase, err = p.ask(p.ctx, "Passphrase of "+dir+": ")
	return err
}

// handOver has the command run in the app, unless err says why it cannot.
func (p *program) handOver(client *handoff.Client, err error) error {
	if err != nil {
		return err
	}
	args := p.args
	if p.progress {
		args = append([]string{"--progress"}, args...)
	}
	code, err := client.Run(p.ctx, handoff.Command{Args: args, Dir: p.cwd}, p.stdout, p.stderr)
	if err != nil {
		return err
	}
	return exited(code)
}

// runInside runs a command that came through the door, with the store that the app
// has open.
func runInside(ctx context.Context, h *house, cmd handoff.Command, stdout, stderr io.Writer) int {
	p := &program{ctx: ctx, args: cmd.Args, stdin: strings.NewReader(""), stdout: stdout, stderr: stderr, now: h.now,
		cwd: cmd.Dir, house: h}
	if p.cwd == "" {
		p.cwd = h.dir
	}
	return finish(ctx, p.run(), stderr)
}

package main

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"ringside/assist"
	"ringside/storage"
)

// durableWriteCmd keeps notes without an end and says of each that it is kept: the
// program that bench durable makes suffer.
type durableWriteCmd struct {
	From int `help:"The number of the first note."`
}

func (c *durableWriteCmd) Run(p *program) error {
	dir, err := p.dataDir()
	if err != nil {
		return err
	}
	h, err := p.open(dir)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, "open")
	for i := c.From; p.ctx.Err() == nil; i++ {
		err := h.db.Save(p.ctx, durableNote(i), durableCustomer(i))
		for errors.Is(err, assist.ErrDiskFull) && p.ctx.Err() == nil {
			time.Sleep(20 * time.Millisecond)
			err = h.db.Save(p.ctx, durableNote(i), durableCustomer(i))
		}
		if err != nil {
			return errors.Join(err, h.Close())
		}
		fmt.Fprintln(p.stdout, i)
	}
	return h.Close()
}

var durableDay = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)

// durableNote is the note of a number: 200 to 3,000 letters that nobody can guess.
func durableNote(i int) assist.Note {
	r := rand.New(rand.NewPCG(uint64(i), 88))
	text := make([]byte, 200+r.IntN(2800))
	for k := range text {
		text[k] = "abcdefghijklmnopqrstuvwxyz     "[r.IntN(31)]
	}
	return assist.Note{ID: crowdID("durable", i), Customer: "durable", Rep: "rep", At: durableDay.Add(time.Duration(i) * time.Second), Text: "note " + string(text) + "."}
}

// durableCustomer is changed with every note: her city says which was the last.
func durableCustomer(i int) assist.Customer {
	return assist.Customer{ID: "durable", Name: "Dora Able", City: fmt.Sprint("city ", i)}
}

// durableReadCmd opens a store and says what is not there of the notes up to a number.
type durableReadCmd struct {
	To int `help:"The number behind the last note."`
}

func (c *durableReadCmd) Run(p *program) error {
	dir, err := p.dataDir()
	if err != nil {
		return err
	}
	start := time.Now()
	h, err := p.open(dir)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, "opened", time.Since(start).Nanoseconds())
	for i := range c.To {
		n, err := storage.Find[assist.Note](p.ctx, h.db, crowdID("durable", i))
		if err != nil || n.Text != durableNote(i).Text || !n.At.Equal(durableNote(i).At) {
			fmt.Fprintln(p.stdout, "note", i, oneLine(fmt.Sprint(err)))
		}
	}
	if c.To > 0 {
		m, err := storage.Find[assist.Customer](p.ctx, h.db, "durable")
		if n, _ := strconv.Atoi(strings.TrimPrefix(m.City, "city ")); err != nil || n < c.To-1 {
			fmt.Fprintln(p.stdout, "customer", m.City, oneLine(fmt.Sprint(err)))
		}
	}
	report, err := h.db.Check(p.ctx)
	for _, w := range report.Wrong {
		fmt.Fprintln(p.stdout, "unsound", oneLine(w))
	}
	if err = errors.Join(err, h.Close()); err == nil {
		fmt.Fprintln(p.stdout, "done")
	}
	return err
}

// sufferer is a store in a folder, with how many notes were acknowledged, and what was
// lost of them.
type sufferer struct {
	*durableBench
	program string // what writes and reads it
	dir     string
	next    int // the number of the first note that is not acknowledged
	lost    int
	told    []string // of what was lost, the first few
	opened  []time.Duration
	ended   string // how the last writer died, when it was not asked to
}

func (s *sufferer) command(words ...string) *exec.Cmd {
	cmd := exec.CommandContext(s.ctx, s.program, append([]string{"--data", s.dir, "bench"}, words...)...)
	cmd.Args[0] = "ringside" // by this name the binary of the tests is the program
	cmd.Env = append(os.Environ(), "RINGSIDE_NO_KEYCHAIN=1", "RINGSIDE_PASSPHRASE=")
	return cmd
}

// write has notes written for a while, until end ends it, and reads every
// acknowledgement: they are numbers that follow one another.
func (s *sufferer) write(after time.Duration, end func(*exec.Cmd) error) error {
	cmd := s.command("durable-write", "--from", fmt.Sprint(s.next))
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if n, err := strconv.Atoi(lines.Text()); err == nil {
				s.next = n + 1
			}
		}
	}()
	time.Sleep(after)
	err = end(cmd)
	<-read // to the end before Wait closes the pipe
	_ = cmd.Wait()
	s.ended = ""
	if code := cmd.ProcessState.ExitCode(); code != exitOK && code != exitStore && code != exitCancelled {
		s.ended = cmd.ProcessState.String()
	}
	return err
}

func (s *sufferer) kill(cmd *exec.Cmd) error { return gone(cmd.Process.Kill()) }

// gone forgives that a process has ended already.
func gone(err error) error {
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// leave has the writer end in good order.
func (s *sufferer) leave(cmd *exec.Cmd) error { return gone(cmd.Process.Signal(syscall.SIGTERM)) }

// killReader kills a start behind a kill.
func (s *sufferer) killReader(after time.Duration) error {
	cmd := s.command("durable-read")
	if err := cmd.Start(); err != nil {
		return err
	}
	time.Sleep(after)
	err := gone(cmd.Process.Kill())
	_ = cmd.Wait()
	return err
}

// read opens the store in a process of its own and notes what is lost. That it cannot be
// opened is a loss, too.
func (s *sufferer) read() error {
	f := s.look()
	if f.opened > 0 {
		s.opened = append(s.opened, f.opened)
	}
	if !f.done {
		f.lost = append(f.lost, "not opened: "+f.said)
	}
	s.lost += len(f.lost)
	s.told = append(s.told, f.lost[:min(len(f.lost), max(3-len(s.told), 0))]...)
	return s.ctx.Err()
}

// looked is what a start saw.
type looked struct {
	opened time.Duration
	lost   []string
	done   bool
	code   int    // how it ended; -1 by a signal
	said   string // on stderr
}

func (s *sufferer) look() (f looked) {
	cmd := s.command("durable-read", "--to", fmt.Sprint(s.next))
	var said strings.Builder
	cmd.Stderr = &said
	out, _ := cmd.Output()
	for line := range strings.Lines(string(out)) {
		first, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch first {
		case "opened":
			ns, _ := strconv.ParseInt(rest, 10, 64)
			f.opened = time.Duration(ns)
		case "done":
			f.done = true
		default:
			f.lost = append(f.lost, oneLine(line))
		}
	}
	f.code, f.said = cmd.ProcessState.ExitCode(), shortened(oneLine(said.String()), 300)
	return f
}

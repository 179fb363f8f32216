package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

// doorstep is how long an app may take to answer before it counts as closed.
const doorstep = 2 * time.Second

type ringCmd struct {
	Words []string `arg:"" optional:"" name:"number" help:"The caller's number and what else the phone tells."`
}

// Help is what --help says of the command: its words are read here and not by the
// parser, since a phone's hook may send words that nobody knows.
func (c *ringCmd) Help() string {
	return `  ringside ring NUMBER [--name NAME] [--state ringing|answered|ended|missed|elsewhere] [--id ID] [--to NUMBER]
                [--direction in|out]
  ringside ring --as TEMPLATE WORD ...

NUMBER may be an address: tel:, callto:, sip: or ringside://call?number=&name=&state=&id=&direction=. An empty NUMBER ""
is a caller who withholds it. Give the same --id with every state of a call; without it the number stands for it. The
words of 3CX (/N: /C: /T: /I:) are understood too, and unknown words are passed over, so that a hook can send what it has.
With no app open, this opens it with the call.

A TEMPLATE says how your phone writes its words: --as "{state} {number} {name}" takes them one after the other,
--as "caller={number} ev={state}" by what stands before them, in any order. It knows {number}, {name}, {state}, {id},
{to} and {direction}. Words that fit no part of it are passed over. --as 3cx is a ready one. Other options come before --as.

An address without the word ring in front is a call, too: ringside tel:+441134960123. So a browser hands over a number
that somebody clicks to call; it is an outgoing call. A ringside:// address says itself which way its call goes.`
}

func (c *ringCmd) Run(p *program) error {
	words, err := p.takeData(c.Words)
	if err != nil {
		return err
	}
	r, err := handoff.Words(words)
	if err != nil {
		return marked{err, errUsage}
	}
	r.At = p.now()
	dir, err := p.dataDir()
	if err != nil {
		return err
	}
	client, err := handoff.At(dir)
	if err == nil {
		ctx, stop := context.WithTimeout(p.ctx, doorstep)
		defer stop()
		err = client.Ring(ctx, r)
	}
	if errors.Is(err, assist.ErrNotFound) {
		return startWith(p, dir, r)
	}
	return err
}

// takeData takes --data and its folder out of the words of a hook.
func (p *program) takeData(words []string) ([]string, error) {
	for i, w := range words {
		value, joined := strings.CutPrefix(w, "--data=")
		switch {
		case joined:
			p.data = value
			return slices.Delete(slices.Clone(words), i, i+1), nil
		case w == "--data" && i+1 < len(words):
			p.data = words[i+1]
			return slices.Delete(slices.Clone(words), i, i+2), nil
		case w == "--data":
			return nil, usage("--data is there without a folder", "Write --data DIR.")
		}
	}
	return words, nil
}

// startWith opens the app with a call, beside this process; an app that is just
// starting takes it. A call that is over opens nothing.
func startWith(p *program, dir string, r phone.Ring) error {
	if over(&r) && !starting(dir, p.now()) {
		return nil
	}
	if err := needScreen(os.Getenv); err != nil {
		return err
	}
	call, err := json.Marshal(r)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find the program: %w", err)
	}
	cmd := exec.Command(self, "--data", dir, "run", "--ring", string(call))
	cmd.Args[0] = "ringside" // its own name, whatever the file is called
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return &assist.Fault{What: "Ringside cannot be started for this call", Where: self, Err: err}
	}
	return cmd.Process.Release()
}

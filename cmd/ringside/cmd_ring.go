package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

type ringCmd struct {
	Words []string `arg:"" optional:"" name:"number" help:"The caller's number and what else the phone tells."`
}

// Help is what --help says of the command: its words are read here and not by the
// parser, since a phone's hook may send words that nobody knows.
func (c *ringCmd) Help() string {
	return `  ringside ring NUMBER [--name NAME] [--state ringing|answered|ended] [--id ID] [--to NUMBER]

NUMBER may be an address: tel:, callto:, sip: or ringside://call?number=&name=&state=&id=. An empty NUMBER "" is a
caller who withholds it. Give the same --id with every state of a call; without it the number stands for it. The words
of 3CX (/N: /C: /T: /I:) are understood too, and unknown words are passed over, so that a hook can send what it has.
--direction out says that we call. A phone with a form of its own: --as "{state} caller={number} {name}" says which word
is what; {id}, {to} and {direction} are there, too. Settings lists the lines for usual phones.
With no app open, this opens it with the call.`
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
	err = handoff.Ring(p.ctx, dir, r)
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

// startWith opens the app with a call, beside this process. A call that is over
// opens nothing.
func startWith(p *program, dir string, r phone.Ring) error {
	if r.Phase == phone.Ended || r.Phase == phone.Missed || r.Phase == phone.Elsewhere {
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
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return &assist.Fault{What: "Ringside cannot be started for this call", Where: self, Err: err}
	}
	return cmd.Process.Release()
}

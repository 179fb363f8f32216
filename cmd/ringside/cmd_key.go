package main

import (
	"errors"
	"fmt"

	"ringside/assist"
	"ringside/storage/secret"
)

type keyCmds struct {
	Show       keyShowCmd       `cmd:"" default:"1" help:"Say where the key to the notes is."`
	Recovery   keyRecoveryCmd   `cmd:"" help:"Make a recovery code. The one before opens the notes no longer."`
	Passphrase keyPassphraseCmd `cmd:"" help:"Set another passphrase, or take it away."`
}

type keyShowCmd struct{}

func (c *keyShowCmd) Run(p *program) error {
	return p.inHouse(false, func(h *house) error {
		s, err := secret.StateOf(h.dir)
		if err != nil {
			return err
		}
		code := "There is no recovery code: who loses the key loses the notes."
		if s.Recovery {
			code = "There is a recovery code."
		}
		fmt.Fprintf(p.stdout, "%s\n%s\n", s.Where, code)
		return nil
	})
}

type keyRecoveryCmd struct{}

func (c *keyRecoveryCmd) Run(p *program) error {
	return p.inHouse(false, func(h *house) error {
		code, err := h.newRecovery(p.ctx)
		if err != nil {
			return err
		}
		fmt.Fprint(p.stdout, recoverySheet(code, h.dir))
		return nil
	})
}

type keyPassphraseCmd struct {
	None bool `help:"Do without one: the key goes back into the keychain, or into its file."`
}

func (c *keyPassphraseCmd) Run(p *program) error {
	return p.inHouse(false, func(h *house) error {
		words, err := c.words(p)
		if err != nil {
			return err
		}
		where, err := h.setPassphrase(p.ctx, words)
		if err != nil {
			return err
		}
		fmt.Fprintln(p.stdout, where)
		return nil
	})
}

// words asks for a passphrase, twice.
func (c *keyPassphraseCmd) words(p *program) (string, error) {
	if c.None {
		return "", nil
	}
	if p.ask == nil {
		return "", usage("a passphrase is asked for at a terminal", "Set it there while the app is closed, or in Settings, Safety.")
	}
	first, err := p.ask(p.ctx, "New passphrase: ")
	if err != nil {
		return "", err
	}
	if len([]rune(first)) < 8 {
		return "", usage("the passphrase is too short", "Take at least eight letters; a few words are easy to keep in mind.")
	}
	again, err := p.ask(p.ctx, "Once more: ")
	if err == nil && again != first {
		err = &assist.Fault{What: "the two are not the same", Do: "Nothing was changed; try again.", Err: errors.New("not the same")}
	}
	return first, err
}

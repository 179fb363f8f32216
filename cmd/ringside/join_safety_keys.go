package main

import (
	"context"
	"fmt"

	"ringside/storage/secret"
	"ringside/ui/async"
	"ringside/ui/native"
	"ringside/ui/safety"
	"ringside/ui/say"
)

// keysPart joins the part of the Safety page for the key, the recovery code and the lock.
func (p *pages) keysPart() safety.Part {
	k := safety.NewKeys()
	reload := func() {
		async.Load(p.post, func(context.Context) (safety.KeyState, error) {
			s, err := secret.StateOf(p.dir)
			_, idle := native.Idle()
			return safety.KeyState{Where: s.Where, Passphrase: s.Passphrase, Recovery: s.Recovery, Idle: idle == nil}, err
		}, func(s safety.KeyState, err error) {
			if err != nil {
				k.SetSaid(say.Error(err))
				return
			}
			s.LockAfter = p.chosen.LockAfter
			k.SetState(s)
		})
	}
	k.OnPassphrase = func(words string) {
		async.Load(p.post, func(ctx context.Context) (string, error) { return p.r.setPassphrase(ctx, words) }, func(where string, err error) {
			if err != nil {
				k.SetSaid(say.Error(err))
				return
			}
			p.key = where
			k.SetSaid("Kept. " + where)
			p.safety.Reload() // the log tells of it, and backups are sealed otherwise
		})
	}
	k.OnRecovery = func() {
		async.Load(p.post, p.r.newRecovery, func(code string, err error) {
			if err != nil {
				k.SetSaid(say.Error(err))
				return
			}
			k.ShowCode(code)
			p.safety.Reload()
		})
	}
	k.OnCopy = func(code string) { p.app.Clipboard().SetContent(code) }
	k.OnSave = func(code string) { p.saveFile("ringside-recovery-code.txt", []byte(recoverySheet(code, p.dir)), nil) }
	k.OnLockAfter = func(minutes int) {
		s := p.chosen
		s.LockAfter = minutes
		p.save(s)
	}
	k.OnLock = p.lockNow
	return safety.Part{Object: k.Object(), Reload: reload}
}

// recoverySheet is what is printed.
func recoverySheet(code, dir string) string {
	return fmt.Sprintf("Ringside: recovery code\n\n    %s\n\nIt opens the notes in %s, and their backups, when the keychain or the passphrase is lost.\nKeep this paper away from the machine.\n", code, dir)
}

func (r *running) setPassphrase(ctx context.Context, words string) (string, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return "", err
	}
	return h.setPassphrase(ctx, words)
}

func (r *running) newRecovery(ctx context.Context) (string, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return "", err
	}
	return h.newRecovery(ctx)
}

// setPassphrase seals the key of the house with a passphrase, or takes it away with "".
func (h *house) setPassphrase(ctx context.Context, words string) (where string, err error) {
	opt := h.drawer.Options
	opt.Passphrase = ""
	what := "another passphrase"
	if words == "" {
		what = "no passphrase any more"
	}
	err = h.perform(ctx, actChangeKey.saying(what), func() (int, error) {
		where, err = secret.SetPassphrase(ctx, h.dir, h.drawer.Key, words, opt)
		return 0, err
	})
	return where, err
}

// newRecovery makes a recovery code for the house.
func (h *house) newRecovery(ctx context.Context) (code string, err error) {
	err = h.perform(ctx, actChangeKey.saying("a new recovery code"), func() (int, error) {
		code, err = secret.NewRecovery(h.dir, h.drawer.Key)
		return 0, err
	})
	return code, err
}

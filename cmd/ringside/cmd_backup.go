package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/backup"
	"ringside/storage/secret"
	"ringside/ui/say"
)

type backupCmd struct {
	To   string `arg:"" optional:"" placeholder:"TO" help:"A folder, or the file to make. Without it, the folder that was chosen in Settings."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Help tells what the list does not.
func (c *backupCmd) Help() string {
	return "Writes everything into one sealed file and reads it back; only then it has its name. Another machine opens it with the passphrase " +
		"or the recovery code; without one of them only the key of this data folder does, and it is said so. In the folder for " +
		"backups the latest of 7 days and of 4 weeks are kept; the app makes one a day."
}

func (c *backupCmd) Run(p *program) error {
	return p.inHouse(false, func(h *house) error {
		to := c.To
		if to != "" {
			to = p.path(to)
			if isDir(to) {
				to = filepath.Join(to, backup.Name(h.db.Name(), p.now().Local()))
			}
		}
		path, about, err := h.backUp(p.ctx, to)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(p.stdout).Encode(map[string]any{"path": path, "size": about.Size, "made": about.Made, "counts": about.Counts})
		}
		fmt.Fprintf(p.stdout, "%s\nholds %s, and was read back whole.\n", path, counted(about.Counts))
		if key, err := h.backupKey(); err == nil && len(key.Boxes) == 0 {
			fmt.Fprintln(p.stdout, "Only this data folder's key opens it. To open it on another machine, make a recovery code or a passphrase first.")
		}
		return nil
	})
}

type restoreCmd struct {
	File string `arg:"" placeholder:"FILE" help:"The backup."`
	Yes  bool   `help:"Do not ask."`
}

// Help tells what the list does not.
func (c *restoreCmd) Help() string {
	return "Shows what the backup holds and what is here now, and asks. What is here is moved into a folder of its own, never deleted. " +
		"Customers who were erased after the backup was made are erased again. A backup that is not whole, of a newer version, or " +
		"that the key does not open changes nothing. Where the app is open, give --yes; the backup takes its place at the next start. " +
		"RINGSIDE_PASSPHRASE may hold the passphrase or the recovery code of the backup."
}

func (c *restoreCmd) Run(p *program) error {
	dir, err := p.dataDir()
	if err != nil {
		return err
	}
	if client, err := p.openApp(dir); client != nil || err != nil {
		return p.handOver(client, err)
	}
	if err := mayRestore(p); err != nil {
		return err
	}
	r := &restoring{path: p.path(c.File), dir: dir}
	if err := c.unpack(p, r); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			_ = r.drop()
		}
	}()
	here := c.show(p, r)
	if !c.Yes && !c.agreed(p) {
		return &assist.Fault{What: "nothing was changed", Do: "Answer yes, or give --yes."}
	}
	aside, err := r.replace(p.ctx, p.key, p.now)
	if err != nil {
		return err
	}
	done = true
	if p.house != nil {
		fmt.Fprintf(p.stdout, "It takes its place at the next start of Ringside; what is here goes to %s then.\n", aside)
		return nil
	}
	h, err := p.open(dir) // which puts it in place
	if err != nil {
		return err
	}
	fmt.Fprint(p.stdout, "Restored.")
	if here {
		fmt.Fprintf(p.stdout, " What was here before is in %s.", aside)
	}
	fmt.Fprintln(p.stdout)
	return h.Close()
}

// show says what the backup holds and what is here, and reports whether anything is.
func (c *restoreCmd) show(p *program, r *restoring) (here bool) {
	report, err := storage.Inspect(p.ctx, r.dir, r.key.Store)
	now := "Nothing that this key opens is here now."
	if here = err == nil && report.Operations > 0; here {
		now = fmt.Sprintf("Here are now %s, in %s.", counted(report.Counts), say.Count(int(report.Operations), "write"))
	}
	fmt.Fprintf(p.stdout, "The backup of %s holds %s, in %s.\n%s\n", r.about.Made.Local().Format("Monday 2 January 2006, 15:04"), counted(r.about.Counts),
		say.Count(int(r.about.Operations), "write"), now)
	fmt.Fprint(p.stdout, erasedAgain(len(r.erased)))
	return here
}

// erasedAgain says how many customers a restore erases once more.
func erasedAgain(n int) string {
	if n == 0 {
		return ""
	}
	who := "1 customer who was"
	if n > 1 {
		who = fmt.Sprintf("%d customers who were", n)
	}
	return who + " erased since will be erased from it.\n"
}

// mayRestore asks who sits here, where the app is open.
func mayRestore(p *program) error {
	if p.house == nil {
		return nil
	}
	return p.house.may(p.ctx, actRestore.needs)
}

// unpack tries the key of the data folder, then the words that the user knows.
func (c *restoreCmd) unpack(p *program, r *restoring) error {
	if p.house != nil {
		r.key.Store, r.present = p.house.drawer.Key, p.house.db
	} else if _, err := os.Stat(filepath.Join(r.dir, "key.json")); err == nil {
		if r.key.Store, _, err = secret.Key(p.ctx, r.dir, p.key); err != nil {
			r.key.Store = [32]byte{}
		}
	}
	r.here = r.key.Store
	err := assist.ErrWrongKey
	if r.key.Store != [32]byte{} {
		err = r.unpack(p.ctx)
	}
	if !errors.Is(err, assist.ErrWrongKey) {
		return err
	}
	r.key.Store, r.key.Words = [32]byte{}, p.key.Passphrase
	if r.key.Words == "" && p.ask != nil {
		if r.key.Words, err = p.ask(p.ctx, "Passphrase or recovery code of the backup: "); err != nil {
			return err
		}
	}
	return r.unpack(p.ctx)
}

func (c *restoreCmd) agreed(p *program) bool {
	fmt.Fprint(p.stderr, "Put the backup in its place? [yes/no] ")
	said, _ := bufio.NewReader(p.stdin).ReadString('\n')
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(said)), "y")
}

// lastBackup says in a sentence when the last backup was made.
func lastBackup(files []backup.File, now time.Time) string {
	if len(files) == 0 {
		return "There is no backup yet."
	}
	return fmt.Sprintf("The last backup, of %s, was made %s; there are %d.", files[0].Made.Format("2 January 2006, 15:04"), say.Ago(now.Sub(files[0].Made)), len(files))
}

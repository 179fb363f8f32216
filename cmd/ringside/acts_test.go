package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/settings"
	"ringside/assist/twin"
	"ringside/storage"
	"ringside/storage/audit"
	"ringside/ui/setup"
)

// actors is an app with some customers, files to bring in, and who does it.
type actors struct {
	writers
	files string
	outs  int
}

// newActors is an app with a team; without one it is a house of one person.
func newActors(t *testing.T, team ...assist.Rep) *actors {
	t.Setenv("HOME", t.TempDir())
	own(t)
	app := startApp(t, t.TempDir())
	t.Cleanup(func() { app.closeApp(t) })
	a := &actors{writers: writers{app, t, app.store.house.db}, files: t.TempDir()}
	page, err := rulesPage(t.Context(), a.db)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"people.csv": "name,email\nJo Bloom,jo@bloom.example\n", "orders.csv": "date,customer name,number\n2026-01-25,Mary Shaw,7\n",
		"notes.csv": "date,customer name,note\n2026-01-25,Mary Shaw,likes tea\n", "calls.csv": "date,customer name,duration\n2026-01-25,Mary Shaw,60\n",
		"desk.csv": "Subject,Reply\nGift wrap,We wrap it.\n", "tact.md": page,
		"site/a.html": "<title>Help</title><p>" + strings.Repeat("We deliver on Mondays, and on no other day of the week. ", 9) + "</p>",
	} {
		to := a.file(name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.command("export", "--format=pack", "--to", a.file("pack"))(); err != nil {
		t.Fatal(err)
	}
	a.save(assist.Customer{ID: "mary", Name: "Mary Shaw"}, assist.Customer{ID: "zoe", Name: "Zoe Quirk"}, assist.Customer{ID: "max", Name: "Max Quirk"},
		assist.Customer{ID: "ann", Name: "Ann Lee"}, assist.Customer{ID: "anne", Name: "Anne Lee"},
		assist.Customer{ID: "bo", Name: "Bo Lee"}, assist.Customer{ID: "bob", Name: "Bob Lee"})
	for _, r := range team {
		a.save(r)
	}
	return a
}

func (a *actors) file(name string) string { return filepath.Join(a.files, filepath.FromSlash(name)) }

// out is a path at which there is nothing yet.
func (a *actors) out() string { a.outs++; return a.file("out" + strconv.Itoa(a.outs)) }

// command is a command, where the app is.
func (a *actors) command(args ...string) func() error {
	return func() error {
		_, err := a.say(a.Context(), args)
		return err
	}
}

// inWindow brings a line of the past in by the page for that.
func (a *actors) inWindow(kind setup.Kind, line, head string) func() error {
	return func() error {
		to := a.out() + ".csv"
		if err := os.WriteFile(to, []byte(head+line), 0o600); err != nil {
			return err
		}
		out, err := importer{a.running}.Run(a.Context(), to, setup.Chosen{Kind: kind}, func(int, int) {})
		if err == nil && out.Imported != 1 {
			err = fmt.Errorf("%d of 1 came in", out.Imported)
		}
		return err
	}
}

// change is a choice in the settings.
func (a *actors) change(f func(*settings.Machine)) func() error {
	return func() error {
		s, err := a.settings(a.Context())
		if err != nil {
			return err
		}
		f(&s)
		return a.saveSettings(a.Context(), s)
	}
}

func (a *actors) customer(id assist.ID) (c assist.Customer) {
	a.Helper()
	c, err := storage.Find[assist.Customer](a.Context(), a.db, id)
	if err != nil {
		a.Fatal(err)
	}
	return c
}

// entries are all of the log, the newest first.
func (a *actors) entries() []audit.Entry {
	a.Helper()
	list, err := a.store.house.log.Entries(nil, 0, 1000)
	if err != nil {
		a.Fatal(err)
	}
	return list
}

// deed is an act that is done for real: by a command, or as the window does it.
type deed struct {
	name string
	may  string // the least role that may, in a team that has all of them
	kind audit.Kind
	do   func() error
}

func (a *actors) deeds() []deed {
	ctx, people := a.Context(), &customerSource{r: a.running}
	return []deed{
		{"customers", "trainer", audit.Import, a.command("import", "customers", a.file("people.csv"))},
		{"customers, in the window", "trainer", audit.Import, func() error {
			_, err := importer{a.running}.Run(ctx, a.file("people.csv"), setup.Chosen{}, func(int, int) {})
			return err
		}},
		{"orders", "trainer", audit.Import, a.command("import", "orders", a.file("orders.csv"))},
		{"notes", "trainer", audit.Import, a.command("import", "notes", a.file("notes.csv"))},
		{"calls", "trainer", audit.Import, a.command("import", "calls", a.file("calls.csv"))},
		{"orders, in the window", "trainer", audit.Import, a.inWindow(setup.Orders, "2026-02-25,Mary Shaw,8\n", "date,customer name,number\n")},
		{"notes, in the window", "trainer", audit.Import, a.inWindow(setup.Notes, "2026-02-25,Mary Shaw,likes milk\n", "date,customer name,note\n")},
		{"calls, in the window", "trainer", audit.Import, a.inWindow(setup.Calls, "2026-02-25,Mary Shaw,61\n", "date,customer name,duration\n")},
		{"a pack", "trainer", audit.Import, a.command("import", "pack", a.file("pack"))},
		{"rules", "trainer", audit.Import, a.command("import", "tact", a.file("tact.md"))},
		{"rules, in the window", "trainer", "", func() error {
			page, err := rulesPage(ctx, a.db)
			if err == nil {
				err = talkSource{a.running}.SaveRules(ctx, page, page)
			}
			return err
		}},
		{"the site", "trainer", audit.Import, a.command("import", "site", "--address", "https://www.example.org/", a.file("site"))},
		{"answers as drafts", "rep", audit.Import, a.command("import", "answers", a.file("desk.csv"))},
		{"everything", "admin", audit.Export, a.command("export", "--to", a.out())},
		{"everything to stdout", "admin", audit.Export, a.command("export", "--to", "-")},
		{"all notes", "admin", audit.Export, a.command("export", "--only", "notes", "--to", a.out())},
		{"all answers", "rep", audit.Export, a.command("export", "--only", "answers", "--to", a.out())},
		{"the library", "rep", audit.Export, a.command("export", "--format", "pack", "--to", a.out())},
		{"a calendar", "rep", audit.Export, a.command("export", "--format", "ics", "--to", a.out())},
		{"one person", "rep", audit.Export, a.command("export", "--customer", "mary", "--to", a.out())},
		{"one person, in the window", "rep", audit.Export, func() error { _, err := a.exportCustomer(ctx, "mary"); return err }},
		{"a report", "rep", audit.Export, a.command("report", "--out", a.out())},
		{"an erasure", "admin", audit.Erasure, a.command("erase", "zoe", "--yes")},
		{"an erasure, in the window", "admin", audit.Erasure, func() error { return people.erase(ctx, "max", "Max Quirk") }},
		{"a merge", "rep", audit.Merge, func() error {
			_, err := people.Merge(ctx, []assist.Customer{a.customer("ann"), a.customer("anne")}, twin.Choices{})
			return err
		}},
		{"a merge taken back", "rep", audit.Merge, func() error {
			m, err := people.Merge(ctx, []assist.Customer{a.customer("bo"), a.customer("bob")}, twin.Choices{})
			if err == nil {
				_, err = people.Part(ctx, m.ID)
			}
			return err
		}},
		{"an endpoint", "admin", audit.Setting, a.change(func(s *settings.Machine) {
			s.Model = settings.Model{URL: "http://localhost:1/v1", Embeddings: "m"}
			s.Model.On = true
		})},
		{"the review off", "admin", audit.Setting, func() error {
			return errors.Join(a.change(func(s *settings.Machine) { s.Review = true })(), a.change(func(s *settings.Machine) { s.Review = false })())
		}},
		{"another seat", "rep", audit.Role, func() error {
			s, err := a.settings(ctx)
			me := s.Me
			return errors.Join(err, a.change(func(s *settings.Machine) { s.Me = "guest" })(), a.change(func(s *settings.Machine) { s.Me = me })())
		}},
		{"a role", "admin", audit.Role, func() error { return a.giveRole(ctx, "pat", assist.RoleTrainer) }},
		{"a key", "admin", audit.Key, func() error {
			return a.store.house.perform(ctx, actChangeKey.saying("another passphrase"), func() (int, error) { return 0, nil })
		}},
		{"a backup", "rep", audit.Backup, func() error { return a.store.house.perform(ctx, actBackUp, func() (int, error) { return 1, nil }) }},
		{"a restore", "admin", audit.Restore, func() error { return a.store.house.perform(ctx, actRestore, func() (int, error) { return 1, nil }) }},
	}
}

func TestWhoMayDoWhatAndTheLogTellsOfIt(t *testing.T) {
	roles := []string{"rep", "trainer", "admin"}
	team := []assist.Rep{{ID: "rep", Name: "Rita"}, {ID: "trainer", Name: "Tom", Role: assist.RoleTrainer}, {ID: "admin", Name: "Ada", Role: assist.RoleAdmin}, {ID: "pat", Name: "Pat"}}
	for _, who := range roles {
		t.Run(who, func(t *testing.T) {
			a := newActors(t, team...)
			a.sits(assist.ID(who))
			for _, d := range a.deeds() {
				before := len(a.entries())
				err := d.do()
				log := a.entries()
				if slices.Index(roles, who) < slices.Index(roles, d.may) {
					if err == nil || !strings.Contains(err.Error(), "only ") || len(log) != before {
						t.Errorf("%s: %v, and %d entries in the log", d.name, err, len(log)-before)
					}
					continue
				}
				if err != nil {
					t.Errorf("%s: %v", d.name, err)
					continue
				}
				if d.kind == "" {
					continue // an act that the log is not about
				}
				if len(log) == before || log[0].Kind != d.kind || log[0].Rep != assist.ID(who) || log[0].Name == "" || log[0].At.IsZero() {
					t.Errorf("%s: the log says %+v", d.name, log[0])
				}
			}
			if found, err := a.store.house.log.Verify(t.Context()); len(found) > 0 || err != nil {
				t.Errorf("%v, %v", found, err)
			}
		})
	}
}

func TestWithoutRolesEverybodyMayDoEverything(t *testing.T) {
	for name, team := range map[string][]assist.Rep{"one person who gave no name": nil, "a team without roles": {{ID: "rep", Name: "Rita"}, {ID: "pat", Name: "Pat"}}} {
		t.Run(name, func(t *testing.T) {
			a := newActors(t, team...)
			if team != nil {
				a.sits("rep")
			}
			for _, d := range a.deeds() {
				if d.name == "a role" {
					continue // the first admin is who names themselves: curate.Appoint
				}
				if err := d.do(); err != nil {
					t.Errorf("%s: %v", d.name, err)
				} else if got := a.entries()[0].Kind; d.kind != "" && got != d.kind {
					t.Errorf("%s: the log says %s", d.name, got)
				}
			}
		})
	}
}

func TestWhatIsRefusedChangesNothing(t *testing.T) {
	a := newActors(t, assist.Rep{ID: "rep", Name: "Rita"}, assist.Rep{ID: "admin", Name: "Ada", Role: assist.RoleAdmin})
	a.sits("rep")
	to := a.out()
	for _, args := range [][]string{{"export", "--to", to}, {"erase", "zoe", "--yes"}, {"import", "customers", a.file("people.csv")}} {
		if err := a.command(args...)(); err == nil {
			t.Errorf("%v was done", args)
		}
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("something was exported")
	}
	a.customer("zoe")
	for c, err := range storage.List[assist.Customer](t.Context(), a.db) {
		if err != nil || c.Name == "Jo Bloom" {
			t.Errorf("brought in: %+v, %v", c, err)
		}
	}
	// To look first is for everybody.
	for _, args := range [][]string{{"import", "customers", "--dry-run", a.file("people.csv")}, {"import", "orders", "--dry-run", a.file("orders.csv")},
		{"import", "pack", "--dry-run", a.file("pack")}, {"erase", "--dry-run", "zoe"}} {
		before := len(a.entries())
		if err := a.command(args...)(); err != nil || len(a.entries()) != before {
			t.Errorf("%v: %v, and %d entries in the log", args, err, len(a.entries())-before)
		}
	}
}

func TestWhatOpensNothingIsEverybodysToChoose(t *testing.T) {
	a := newActors(t, assist.Rep{ID: "rep", Name: "Rita"}, assist.Rep{ID: "admin", Name: "Ada", Role: assist.RoleAdmin})
	on := func(s *settings.Machine) {
		s.Model = settings.Model{URL: "http://localhost:1/v1", Embeddings: "m", On: true}
		s.Phone.LAN = settings.LAN{On: true, Address: "127.0.0.1:0"}
	}
	for name, f := range map[string]func(*settings.Machine){
		"what is on stays on": on, "the region": func(s *settings.Machine) { s.Region = "DE" },
		"the endpoint off": func(s *settings.Machine) { s.Model.On = false }, "the door shut": func(s *settings.Machine) { s.Phone.LAN.On = false },
		"the review on": func(s *settings.Machine) { s.Review = true },
	} {
		a.sits("admin")
		if err := a.change(on)(); err != nil {
			t.Fatal(err)
		}
		a.sits("rep")
		before := len(a.entries())
		if err := a.change(f)(); err != nil || len(a.entries()) != before {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnErasureLeavesNoNameInTheLog(t *testing.T) {
	a := newActors(t)
	for _, f := range []func() error{a.command("export", "--customer", "zoe", "--to", a.file("zoe-quirk.zip")), a.command("erase", "zoe", "--yes")} {
		if err := f(); err != nil {
			t.Fatal(err)
		}
	}
	said, err := a.say(t.Context(), []string{"log", "--json"})
	if err != nil || strings.Contains(strings.ToLower(said), "quirk") || !strings.Contains(said, `"of":"zoe"`) || !strings.Contains(said, `"kind":"erasure"`) {
		t.Errorf("%s, %v", said, err)
	}
}

func TestALogThatWasChangedIsToldByCheck(t *testing.T) {
	a := newActors(t)
	for range 3 {
		if err := a.command("report", "--out", a.out())(); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := a.say(t.Context(), []string{"check"}); err != nil {
		t.Fatalf("%s, %v", said, err)
	}
	path := filepath.Join(a.dir, audit.FileName)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(b), "\n")
	if err := os.WriteFile(path, []byte(strings.Join(slices.Delete(lines, 1, 2), "")), 0o600); err != nil {
		t.Fatal(err)
	}
	code, said, _ := ringside(t, "check", "--data", a.dir)
	if code != exitFailed || !strings.Contains(said, "Wrong: the log of who did what was changed ") {
		t.Errorf("%d, %s", code, said)
	}
}

func TestWithoutAnAdminTheDataAreEverybodys(t *testing.T) {
	a := newActors(t, assist.Rep{ID: "rep", Name: "Rita"}, assist.Rep{ID: "trainer", Name: "Tom", Role: assist.RoleTrainer})
	a.sits("rep")
	publishes := []string{"a pack", "rules", "rules, in the window", "the site", "a role"}
	for _, d := range a.deeds() {
		if err := d.do(); (err != nil) != slices.Contains(publishes, d.name) {
			t.Errorf("%s: %v", d.name, err)
		}
	}
}

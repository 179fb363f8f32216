package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/storage"
)

// sharedPack is a library that was written to a folder, and is changed on both sides.
type sharedPack struct {
	*testing.T
	app *deskApp
	h   *house
	dir string
}

// sharing opens an app with these records in its library.
func sharing(t *testing.T, records ...assist.Record) *sharedPack {
	t.Helper()
	own(t)
	a := startApp(t, t.TempDir())
	t.Cleanup(func() { a.closeApp(t) })
	s := &sharedPack{t, a, a.store.house, t.TempDir()}
	s.save(records...)
	return s
}

func (s *sharedPack) say(args ...string) (string, error) { return s.app.say(s.Context(), args) }

func (s *sharedPack) save(records ...assist.Record) {
	s.Helper()
	if err := s.h.db.Save(s.Context(), records...); err != nil {
		s.Fatal(err)
	}
}

func (s *sharedPack) export() error {
	_, err := s.say("export", "--format", "pack", "--to", s.dir)
	return err
}

func (s *sharedPack) mustExport() {
	s.Helper()
	if err := s.export(); err != nil {
		s.Fatal(err)
	}
}

// brings imports the folder, and fails unless the report has these words.
func (s *sharedPack) brings(words ...string) {
	s.Helper()
	said, err := s.say("import", "pack", s.dir)
	if err != nil {
		s.Fatal(err)
	}
	for _, w := range words {
		if !strings.Contains(said, w) {
			s.Errorf("%q is not in %q", w, said)
		}
	}
}

// edit changes a file of the folder by hand.
func (s *sharedPack) edit(name, old, new string) {
	s.Helper()
	full := filepath.Join(s.dir, filepath.FromSlash(name))
	text, err := os.ReadFile(full)
	if err == nil && !strings.Contains(string(text), old) {
		s.Fatalf("%q is not in %s", old, text)
	}
	if err == nil {
		err = os.WriteFile(full, []byte(strings.Replace(string(text), old, new, 1)), 0o600)
	}
	if err != nil {
		s.Fatal(err)
	}
}

func (s *sharedPack) text(name string) string {
	s.Helper()
	text, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		s.Fatal(err)
	}
	return string(text)
}

func (s *sharedPack) says(id assist.ID) string {
	s.Helper()
	a, err := storage.Find[assist.Answer](s.Context(), s.h.db, id)
	if err != nil {
		s.Fatal(err)
	}
	return a.Say
}

func (s *sharedPack) changes() []assist.Revision {
	s.Helper()
	list, err := all[assist.Revision](s.Context(), s.h.db)
	if err != nil {
		s.Fatal(err)
	}
	return list
}

func three() assist.Answer {
	return assist.Answer{ID: "x", Title: "Three lines", Department: "sales", Say: "One.\nTwo.\nThree."}
}

const threeFile = "en/sales/x.md"

func TestAnExportWritesOverNothingThatWasChangedInTheFolder(t *testing.T) {
	x := three()
	s := sharing(t, x)
	s.mustExport()
	s.edit(threeFile, "Two.", "Two, by hand.")
	x.Title = "Changed here"
	s.save(x)
	if err := s.export(); err == nil || !strings.Contains(err.Error(), threeFile) || !strings.Contains(err.Error(), "nothing was written") {
		t.Errorf("exported over it: %v", err)
	}
	if !strings.Contains(s.text(threeFile), "by hand") {
		t.Error("the change is gone")
	}
	s.brings("both sides had changed them: Changed here.")
	s.mustExport()
	if got := s.text(threeFile); !strings.Contains(got, "by hand") || !strings.Contains(got, "Changed here") {
		t.Errorf("the folder has %s", got)
	}
}

// A folder whose export was broken off has files that its memory knows nothing of.
func TestAnExportGoesOnWhereOneWasBrokenOff(t *testing.T) {
	x := three()
	s := sharing(t, x)
	s.mustExport()
	before := s.text(packMemory)
	for _, words := range []string{"Second.", "Third."} {
		x.Say = words
		s.save(x)
		s.mustExport()
		if err := os.WriteFile(filepath.Join(s.dir, packMemory), []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(s.text(threeFile), "Third.") {
		t.Error("the last export is not in the folder")
	}
}

func TestAChangeOfAFolderIsAskedForOnce(t *testing.T) {
	x := three()
	s := sharing(t, x)
	s.mustExport()
	s.edit(threeFile, "Two.", "Zwei.")
	x.Say = "One.\nDeux.\nThree."
	s.save(x)
	for range 2 {
		s.brings("waits under Changes: Three lines.")
	}
	list := s.changes()
	if len(list) != 1 || list[0].Stage != assist.StageReview || !strings.Contains(list[0].Why, "words to say") || s.says("x") != x.Say {
		t.Fatalf("%+v, and %q", list, s.says("x"))
	}
	list[0].Stage, list[0].Decided = assist.StageDeclined, s.h.now()
	s.save(list[0])
	s.brings("0 taken")
	if after := s.changes(); len(after) != 1 || after[0].Stage != assist.StageDeclined {
		t.Errorf("it is asked for again: %+v", after)
	}
	s.edit(threeFile, "Three lines", "Drei Zeilen")
	s.brings("Merged, since both sides had changed them: Three lines.")
	if got, err := storage.Find[assist.Answer](t.Context(), s.h.db, "x"); err != nil || got.Title != "Drei Zeilen" || got.Say != x.Say {
		t.Errorf("of what was declined and what is new came %+v, %v", got, err)
	}
}

func TestWhatWasMergedOnceIsNotMergedAgain(t *testing.T) {
	x := three()
	s := sharing(t, x)
	s.mustExport()
	s.edit(threeFile, "Three.", "Drei.")
	x.Say = "Eins.\nTwo.\nThree."
	s.save(x)
	s.brings("Merged, since both sides had changed them: Three lines.")
	x.Say = "Eins.\nTwo.\nThree again."
	s.save(x)
	s.brings("0 taken")
	if got := s.says("x"); got != x.Say || len(s.changes()) != 1 {
		t.Errorf("%q, with the changes %+v", got, s.changes())
	}
}

func TestAnAnswerThatIsNewOnBothSidesIsKeptTwice(t *testing.T) {
	s := sharing(t)
	s.mustExport()
	if err := errors.Join(os.MkdirAll(filepath.Join(s.dir, "en/sales"), 0o755),
		os.WriteFile(filepath.Join(s.dir, threeFile), []byte("---\ntitle: Theirs\n---\nOther words.\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	s.save(three())
	s.brings("waits under Changes: Three lines.")
	if list := s.changes(); s.says("x") != three().Say || len(list) != 1 || list[0].Next.Say != "Other words." {
		t.Errorf("%q and %+v", s.says("x"), list)
	}
}

// A folder that remembers another library comes as a pack of somebody else.
func TestAnotherLibrarysMemoryIsNone(t *testing.T) {
	x := three()
	s := sharing(t, x)
	s.mustExport()
	x.Say = "Of the other team."
	s.save(x)
	s.mustExport()
	other := sharing(t, three())
	other.dir = s.dir
	other.brings("1 taken")
	if got := other.says("x"); got != x.Say {
		t.Errorf("says %q", got)
	}
	x.Say = "Ours from now on."
	other.save(x)
	other.brings("Changed here since the export, so kept: Three lines.")
}

func TestRulesOfTactKeepTheirPlaces(t *testing.T) {
	s := sharing(t)
	rules, err := rulesInForce(t.Context(), s.h.db)
	if err != nil || len(rules) < 5 {
		t.Fatalf("%d rules, %v", len(rules), err)
	}
	rules[1].Off = true
	s.save(rules[1])
	s.mustExport()
	s.brings("0 taken")

	page := s.text("en/tact.md")
	last := page[strings.LastIndex(page, "\n## "):]
	s.edit("en/tact.md", last, "")
	rules[3].Say = "Changed here."
	s.save(rules[3])
	start := strings.Index(s.text("en/tact.md"), "\n## ")
	s.edit("en/tact.md", s.text("en/tact.md")[start:start+4], "\n## A new rule\n\nNew.\n\n- when: hurried\n- quiet: offers\n\n## ")
	s.brings("switched off: "+rules[len(rules)-1].Title, "kept: the rule "+rules[3].Title)
	after, err := rulesInForce(t.Context(), s.h.db)
	if err != nil || after[0].Title != "A new rule" || after[1].ID != rules[0].ID || after[2].ID != rules[2].ID || after[3].Say != "Changed here." {
		t.Errorf("%+v, %v", after, err)
	}
}

func TestSavedQuestionsComeBackAndStayWhoseTheyAre(t *testing.T) {
	q := assist.Question{ID: "q", Text: "one, two or three", Answer: "x", Call: "c", By: "ann", At: noon}
	s := sharing(t, three(), q)
	s.mustExport()
	s.brings("1 saved question", "0 taken")
	s.edit("questions.yaml", "one, two or three", "how many are there")
	s.edit("questions.yaml", "- text:", "- text: which is last\n  answer: x\n  saved: 2026-11-20\n- text:")
	s.brings("2 taken")
	list, err := all[assist.Question](t.Context(), s.h.db)
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	for _, got := range list {
		if got.ID == "q" && (got.Text != "how many are there" || got.Call != "c" || got.By != "ann" || !got.At.Equal(noon)) {
			t.Errorf("%+v", got)
		}
	}
	other := sharing(t)
	other.dir = s.dir
	other.brings("2 saved questions")
	other.brings("0 taken")
}

func TestMoreFilesComeThanOneWriteTakes(t *testing.T) {
	picture := func(seed byte) assist.Blob {
		b := assist.Blob{Data: make([]byte, 2<<20)}
		rand.NewChaCha8([32]byte{seed}).Read(b.Data)
		b.ID = b.Key()
		return b
	}
	s := sharing(t)
	x := three()
	for i := range 34 { // 68 MB
		b := picture(byte(i))
		x.Files = append(x.Files, assist.File{Name: string(b.ID) + ".png", Blob: b.ID})
		name := filepath.Join(s.dir, "en/sales/x", string(b.ID)+".png")
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, b.Data, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	var page bytes.Buffer
	page.WriteString("---\ntitle: X\n---\nX.\n")
	for _, f := range x.Files {
		page.WriteString("\n![x](x/" + f.Name + ")\n")
	}
	if err := os.WriteFile(filepath.Join(s.dir, threeFile), page.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	s.brings("1 taken")
	got, err := storage.Find[assist.Answer](t.Context(), s.h.db, "x")
	if err != nil || len(got.Files) != len(x.Files) {
		t.Fatalf("%+v, %v", got, err)
	}
	if _, err := storage.Find[assist.Blob](t.Context(), s.h.db, got.Files[33].Blob); err != nil {
		t.Error(err)
	}
}

func TestOnlyTrainersBringAPackWhereThereAreAny(t *testing.T) {
	s := sharing(t, three(), assist.Rep{ID: "ann", Name: "Ann", Role: assist.RoleTrainer}, assist.Rep{ID: "bob", Name: "Bob"})
	s.mustExport()
	s.edit(threeFile, "Two.", "Zwei.")
	for _, who := range []assist.ID{"bob", "ann"} {
		set, err := s.h.db.Settings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		set.Me = who
		if err := s.h.db.SaveSettings(t.Context(), set); err != nil {
			t.Fatal(err)
		}
		_, err = s.say("import", "pack", s.dir)
		if refused := err != nil && strings.Contains(err.Error(), "only trainers"); refused != (who == "bob") {
			t.Errorf("%s: %v", who, err)
		}
	}
	if s.says("x") != "One.\nZwei.\nThree." {
		t.Errorf("says %q", s.says("x"))
	}
}

func TestAMarkdownExportHasThePictures(t *testing.T) {
	b := assist.Blob{Data: []byte("a picture")}
	b.ID = b.Key()
	x := three()
	x.Files = []assist.File{{Name: "list.png", Blob: b.ID}}
	s := sharing(t, x, b)
	to := filepath.Join(t.TempDir(), "out")
	if _, err := s.say("export", "--format", "markdown", "--to", to); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(to, "library/en/sales/x/list.png")); err != nil || string(data) != "a picture" {
		t.Errorf("%q, %v", data, err)
	}
}

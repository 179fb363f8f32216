package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
	"ringside/storage"
)

// review turns to a list of the Review page, so many behind the one that was in front.
func (r *rig) review(list int) {
	r.Helper()
	r.press("alt+1")
	r.rests()
	r.turns("the review", "alt+3")
	for range list {
		r.turns("the next list", "ctrl+Next")
	}
}

// unplugged runs the test once more, in a place where there is no network but its own
// loopback, and reports whether it did. Where this machine lets no test do that, it is run
// as it is.
func unplugged(t *testing.T) bool {
	t.Helper()
	if os.Getenv("RINGSIDE_UNPLUGGED") != "" {
		return false
	}
	apart := []string{"--net", "bash", "-c", `ip link set lo up && exec "$0" "$@"`}
	if out, err := exec.Command("unshare", append(apart, "true")...).CombinedOutput(); err != nil {
		t.Logf("the network stays: %v %s", err, out)
		return false
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	again := exec.Command("unshare", append(apart, self, "-test.run=^"+t.Name()+"$")...)
	again.Env = append(os.Environ(), "RINGSIDE_UNPLUGGED=1")
	if out, err := again.CombinedOutput(); err != nil {
		t.Fatalf("without a network: %v\n%s", err, out)
	}
	return true
}

// TestTheReviewerReadsAndMendsAndErasesWithTheNetworkUnplugged is the reviewer's story, by
// keyboard: the day is closed, a note is mended, the patterns are read, a double is merged
// and parted, and somebody is erased.
func TestTheReviewerReadsAndMendsAndErasesWithTheNetworkUnplugged(t *testing.T) {
	if unplugged(t) {
		return
	}
	r := newRig(t)
	now := time.Now()
	r.fill(func(h *house) error {
		ctx := context.Background()
		birgit, err := customerNamed(ctx, h, "Birgit Lindqvist")
		if err != nil {
			return err
		}
		double := birgit
		double.ID, double.Name, double.External = "double", "Birgit Lindqviste", nil
		return errors.Join(h.addHalfYear(ctx), h.db.Save(ctx, double,
			assist.Kudos{ID: "praise", Rep: "tom", Customer: birgit.ID, By: "ewa", At: now.Add(-time.Hour), Words: "Tom stayed on the line until it ran"},
			assist.Note{ID: "quagga", Rep: "ewa", Customer: birgit.ID, At: now.Add(-time.Minute), Text: "Asked about the quagga blade; Halden has one."},
			assist.Promise{ID: "list", Rep: "ewa", Customer: birgit.ID, Text: "Send the price list", Made: now.AddDate(0, 0, -500), Due: now.AddDate(0, 0, -400), AllDay: true}))
	})
	r.sits("ewa")

	// The day: who must be told stands first, and then what is late for longest.
	r.review(0)
	for range 3 {
		r.turns("they were told", "d")
	}
	r.turns("the promise was kept", "d")
	r.picture("the day")

	// A note is found, amended, tagged and reviewed.
	r.review(2)
	r.write("quagga")
	r.rests()
	r.turns("the list has the keys", "Return")
	r.turns("a box for more", "a")
	r.write("She meant the Veldkraft.")
	r.turns("it was amended", "ctrl+Return")
	r.turns("a box for a tag", "t")
	r.write("blades")
	r.turns("it was tagged", "Return")
	r.picture("a note that was mended")
	r.press("r")
	r.rests()

	// What the conversations add up to.
	r.review(3)
	r.picture("patterns")
	r.turns("who stays", "ctrl+Next")
	r.picture("who stays")

	// A double is one person, and then it is not.
	r.turns("customers", "ctrl+Next")
	r.turns("they are one", "m")
	r.picture("merged")
	r.turns("they are two again", "u")

	// Somebody is erased, by their name.
	r.press("slash")
	r.write("ibrahim")
	r.rests()
	r.press("Return")
	r.rests()
	r.turns("the name is asked for", "x")
	r.write("Ibrahim Diallo")
	r.turns("they were erased", "Return")
	r.rests()
	r.picture("erased")
	r.turns("the brief", "ctrl+Next")
	r.picture("the brief")

	if found, _ := r.ringside("search", "ibrahim diallo", "--data", r.data).CombinedOutput(); strings.Contains(string(found), "Ibrahim Diallo") {
		t.Errorf("the program finds %s", found)
	}
	r.kill()
	r.inHouse(func(ctx context.Context, h *house) error { return reviewed(ctx, t, h) })
}

// reviewed compares the store with the story.
func reviewed(ctx context.Context, t *testing.T, h *house) error {
	list, err1 := storage.Find[assist.Promise](ctx, h.db, "list")
	note, err2 := storage.Find[assist.Note](ctx, h.db, "quagga")
	double, err3 := storage.Find[assist.Customer](ctx, h.db, "double")
	merges, err4 := all[assist.Merge](ctx, h.db)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	if list.Kept.IsZero() {
		t.Error("the promise was not kept")
	}
	if note.Text != "Asked about the quagga blade; Halden has one." || len(note.Remarks) != 1 || note.Remarks[0].Text != "She meant the Veldkraft." ||
		!slices.Equal(note.Tags, []string{"blades"}) || note.Reviewed.IsZero() {
		t.Errorf("the note is %+v", note)
	}
	if double.Into != "" || len(merges) != 1 || merges[0].Undone.IsZero() {
		t.Errorf("merged into %q, by %+v", double.Into, merges)
	}
	people, err := h.db.Seek(ctx, glance.Seek{Text: "ibrahim diallo", Types: []assist.Type{assist.TypeCustomer}, Limit: 50})
	if err != nil || slices.ContainsFunc(people, func(f glance.Found) bool { return strings.Contains(f.Title, "Diallo") }) {
		t.Errorf("found %+v, %v", people, err)
	}
	if m, err := h.db.FindByNumber(ctx, phone.Parse("+44 7700 900201", "GB")); err != nil || len(m) > 0 {
		t.Errorf("the number leads to %+v, %v", m, err)
	}
	gone, err := all[assist.Erasure](ctx, h.db)
	if err != nil || len(gone) != 1 {
		t.Errorf("erased: %+v, %v", gone, err)
	}
	return nil
}

// customerNamed returns the customer of this name.
func customerNamed(ctx context.Context, h *house, name string) (assist.Customer, error) {
	for c, err := range storage.List[assist.Customer](ctx, h.db) {
		if err != nil || c.Name == name {
			return c, err
		}
	}
	return assist.Customer{}, assist.ErrNotFound
}

package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/storage"
)

func TestEraseWaitsUntilTheCallIsOver(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, db := t.Context(), a.store.house.db
	mary := assist.Customer{ID: "mary", Name: "Mary Shaw", Phones: []assist.Phone{{Raw: "0113 496 0123", E164: "+441134960123"}}}
	if err := db.Save(ctx, mary, assist.Note{ID: "n", Customer: "mary", At: noon, Text: "likes tea"}); err != nil {
		t.Fatal(err)
	}
	ringside(t, "ring", "--data", a.dir, "01134960123", "--id", "7", "--state", "answered")
	a.view(t, func(v live.View) bool { return v.Who == live.Known })
	for _, erase := range []func() error{
		func() error { return a.eraseCustomer(ctx, "mary", nil) },
		func() error {
			if code, _, said := ringside(t, "--data", a.dir, "erase", "mary", "--yes"); code != exitOK {
				return errors.New(said)
			}
			return nil
		},
	} {
		if err := erase(); err == nil || !strings.Contains(err.Error(), "this customer is on the line. End the call") {
			t.Errorf("in a call: %v", err)
		}
	}
	if _, err := storage.Find[assist.Customer](ctx, db, "mary"); err != nil {
		t.Fatal(err)
	}
	a.desk.Note("wants a catalogue")
	ringside(t, "ring", "--data", a.dir, "07700900123", "--id", "8", "--state", "answered")
	other := a.view(t, func(v live.View) bool { return len(v.Others) == 1 }).Others[0].Call
	a.desk.Use(live.Use{Call: other})
	her := a.view(t, func(v live.View) bool { return v.Call == other }).Others[0]
	if her.Customer != "mary" {
		t.Errorf("%+v", her)
	}
	if err := a.eraseCustomer(ctx, "mary", nil); err == nil || !strings.Contains(err.Error(), "a call of this customer is not finished") {
		t.Errorf("while her call waits: %v", err)
	}
	for call, number := range map[assist.ID]string{other: "07700900123", her.Call: "01134960123"} {
		a.desk.Use(live.Use{Call: call})
		a.view(t, func(v live.View) bool { return v.Call == call })
		ringside(t, "ring", "--data", a.dir, number, "--id", map[assist.ID]string{other: "8", her.Call: "7"}[call], "--state", "ended")
		a.view(t, func(v live.View) bool { return v.Call == call && v.Phase == live.Wrapping })
		a.desk.Use(live.Use{WrapUp: live.WrapUpUse{Done: true, Disposition: "Answered"}})
	}
	a.view(t, func(v live.View) bool { return v.Phase == live.Idle && len(v.Others) == 0 })
	if err := a.eraseCustomer(ctx, "mary", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Find[assist.Customer](ctx, db, "mary"); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("she is still there: %v", err)
	}
	if e, err := storage.Find[assist.Erasure](ctx, db, "mary"); err != nil || e.At.IsZero() {
		t.Errorf("%+v %v", e, err)
	}
	for note, err := range storage.List[assist.Note](ctx, db) {
		if err != nil || note.Customer == "mary" {
			t.Errorf("%+v %v", note, err)
		}
	}
	if v := a.desk.View(); v.Trouble != "" {
		t.Errorf("the desk is in trouble: %s", v.Trouble)
	}
}

func TestOnePersonIsExportedWhole(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	t.Setenv("HOME", t.TempDir())
	ctx, db := t.Context(), a.store.house.db
	if err := db.Save(ctx, everything()...); err != nil {
		t.Fatal(err)
	}
	note := assist.Note{ID: "n1", Customer: "mary", Rep: "ewa", At: noon, Text: "Wants it by Saturday"}
	order := assist.Order{ID: "o1", Customer: "mary", At: noon.AddDate(0, 0, -3), Number: "A-17", Products: []string{"Hedge 300"}, Value: 19990, Currency: "GBP"}
	if err := db.Save(ctx, note, order); err != nil {
		t.Fatal(err)
	}
	first, err := a.exportCustomer(ctx, "mary")
	if err != nil {
		t.Fatal(err)
	}
	second, err := a.exportCustomer(ctx, "mary")
	if err != nil || first == second || filepath.Ext(second) != ".zip" {
		t.Fatalf("written over: %s %s %v", first, second, err)
	}
	parts := unzip(t, first)
	page := parts["page.html"]
	for _, want := range []string{"Shaw</h1>", "&#43;441134960123", "mary@shaw.example", "Shaw, Sons &amp; &#34;Co&#34;", "Two vans"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	earlier, later := strings.Index(page, "order A-17 of Hedge 300, 199.90 GBP"), strings.Index(page, "Wants it by Saturday (changed 1×)")
	if earlier < 0 || later < earlier {
		t.Errorf("not in order: %s", page)
	}
	for _, others := range []string{"Somebody asked for the showroom", "walnuts"} {
		for name, text := range parts {
			if strings.Contains(text, others) {
				t.Errorf("%s has what is not hers: %s", name, others)
			}
		}
	}
	if strings.Contains(page, "<b>") || strings.Contains(parts["records.jsonl"], "by Friday") || !strings.Contains(parts["versions.jsonl"], `by Friday`) {
		t.Errorf("versions: %s", parts["versions.jsonl"])
	}
	found, err := db.Trace(ctx, "mary")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(parts["records.jsonl"], "\n"); n != len(found.Own) {
		t.Errorf("%d records of %d", n, len(found.Own))
	}
}

func unzip(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
		out[f.Name] = b.String()
	}
	return out
}

func TestWhomNamesAllWhoMayBeMeant(t *testing.T) {
	own(t)
	h, err := openHouse(t.Context(), t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	shared := []assist.Phone{{Raw: "0113 496 0123", E164: "+441134960123"}}
	err = h.db.Save(t.Context(), assist.Customer{ID: "ann-1", Name: "Ann Pine", Phones: shared, Emails: []string{"Ann@pine.example"}},
		assist.Customer{ID: "ann-2", Name: "ann  pine"}, assist.Customer{ID: "ned", Name: "Ned Pine", Phones: shared}, assist.Customer{ID: "old", Name: "Ned Pine", Into: "ned"})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]assist.ID{"ann-2": "ann-2", "ann@PINE.example": "ann-1", "ned pine": "ned", "Ann Pine": "", "01134960123": "", "Ann": "", "old": "old"} {
		c, err := h.whom(t.Context(), text)
		if c.ID != want || (err == nil) != (want != "") {
			t.Errorf("%q: %v %v", text, c.ID, err)
		}
		if text == "Ann Pine" && (!errors.Is(err, errUsage) || !strings.Contains(err.Error(), "ann-1") || !strings.Contains(err.Error(), "ann-2")) {
			t.Errorf("%v", err)
		}
	}
}

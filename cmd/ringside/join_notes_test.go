package main

import (
	"errors"
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/settings"
	"ringside/assist/sift"
	"ringside/ui/review/notes"
)

// notesApp is an app with notes of one call, and of others.
func notesApp(t *testing.T) (*deskApp, *notesSource) {
	own(t)
	a := startApp(t, t.TempDir())
	t.Cleanup(func() { a.closeApp(t) })
	at := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	err := a.store.house.db.Save(t.Context(), assist.Rep{ID: "tom", Name: "Tom Baker"}, assist.Rep{ID: "ann", Name: "Ann Okafor"},
		assist.Company{ID: "shaws", Name: "Shaw Gardens"}, assist.Customer{ID: "mary", Name: "Mary Shaw", Company: "shaws"},
		assist.Subject{ID: "greenbarn", Kind: assist.AboutCompetitor, Name: "Greenbarn"},
		assist.Answer{ID: "oil", Title: "Which oil it takes", Department: "Technical", Say: "Two-stroke."},
		assist.Call{ID: "c1", Customer: "mary", Rep: "tom", Started: at, Mood: assist.Upset, Used: []assist.Used{{Answer: "oil", At: at, Said: true}}},
		assist.Promise{ID: "seal", Customer: "mary", Call: "c1", Text: "a new seal", Made: at},
		assist.Note{ID: "leak", Customer: "mary", Call: "c1", Rep: "tom", At: at, Text: "It leaks. She looked at Greenbarn.", Links: []assist.Ref{{Type: assist.TypeAnswer, ID: "oil"}, {Type: assist.TypeNote, ID: "gone"}}},
		assist.Note{ID: "twin", Customer: "mary", Call: "c1", Rep: "tom", At: at.Add(time.Minute), Text: "She will ring again."},
		assist.Note{ID: "other", Customer: "mary", Rep: "ann", At: at.Add(time.Hour), Text: "Her parcel came.", Tags: []string{"vip"},
			Remarks: []assist.Remark{{By: "ann", At: at, Text: "For you", For: "tom"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.store.house.db.SaveSettings(t.Context(), settings.Machine{Me: "tom", Started: true}); err != nil {
		t.Fatal(err)
	}
	return a, &notesSource{r: a.running}
}

func TestNotesAreSiftedByNamesOfTheStore(t *testing.T) {
	_, s := notesApp(t)
	d, err := s.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d.Me != "tom" || len(d.ForMe) != 1 || d.ForMe[0].ID != "other" {
		t.Errorf("opened with %+v", d)
	}
	today := assist.Date{Year: 2026, Month: 11, Day: 26}
	for typed, want := range map[string]string{
		"rep:tom": "twin leak", "tag:vip": "other", "rival:greenb": "leak", "answer:oil": "twin leak", "customer:mary ring": "twin",
		"company:shaw mood:upset": "twin leak", "parcel": "other", "since:2026-11-22": "",
	} {
		r := sift.Parse(typed, d.Names, today)
		if p := r.Problems(); len(p) > 0 {
			t.Errorf("%s: %q", typed, p)
		}
		page, err := s.Find(t.Context(), r.Query, "")
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, n := range page.Notes {
			got += string(n.ID) + " "
		}
		if got != want && got != want+" " {
			t.Errorf("%s finds %q, want %q", typed, got, want)
		}
	}
	if name := sift.Name(sift.Customer, "mary", d.Names); name != "Mary Shaw" {
		t.Errorf("mary is called %q", name)
	}
}

func TestWhatBelongsToANoteIsFound(t *testing.T) {
	_, s := notesApp(t)
	a, err := s.About(t.Context(), "leak")
	if err != nil {
		t.Fatal(err)
	}
	if a.Note.CustomerName != "Mary Shaw" || a.Note.RepName != "Tom Baker" || a.Company.Title != "Shaw Gardens" || a.Call.Mood != assist.Upset {
		t.Errorf("%+v", a)
	}
	if len(a.Said) != 1 || a.Said[0].Title != "Which oil it takes" || len(a.Promises) != 1 || len(a.Others) != 1 || a.Others[0].ID != "twin" {
		t.Errorf("said %v, promised %v, others %v", a.Said, a.Promises, a.Others)
	}
	if len(a.Named) != 1 || a.Named[0].Name != "Greenbarn" {
		t.Errorf("named %v", a.Named)
	}
	if len(a.Links) != 2 || a.Links[0].Title != "Which oil it takes" || a.Links[1].Title != "a note that is gone" {
		t.Errorf("links %v", a.Links)
	}
	links, err := s.Seek(t.Context(), "shaw")
	if err != nil || !slices.ContainsFunc(links, func(l notes.Link) bool { return l.ID == "mary" }) {
		t.Errorf("shaw finds %v, %v", links, err)
	}
}

func TestANoteIsKeptOnTopOfWhatOthersHaveMadeOfIt(t *testing.T) {
	a, s := notesApp(t)
	page, err := s.Find(t.Context(), glance.NoteQuery{Tag: "vip"}, "")
	if err != nil {
		t.Fatal(err)
	}
	before := page.Notes[0].Note
	after := before
	after.Tags, after.Text = []string{"vip", "late"}, "something else"
	after.Remarks = append(slices.Clone(before.Remarks), assist.Remark{By: "tom", At: time.Now().UTC().Truncate(time.Millisecond), Text: "added"})
	if err := s.Save(t.Context(), before, after); err != nil {
		t.Fatal(err)
	}
	now, err := s.About(t.Context(), before.ID)
	if err != nil || now.Note.Text != before.Text || len(now.Note.Tags) != 2 || len(now.Note.Remarks) != 2 {
		t.Errorf("%+v, %v; want the first text with what was added", now.Note, err)
	}
	other := before // somebody else has seen it as it was
	other.Tags, other.Reviewed, other.Reviewer = []string{"vip", "thanked"}, before.At.Add(time.Hour), "ann"
	if err := s.Save(t.Context(), before, other); err != nil {
		t.Error(err)
	}
	if now, err := s.About(t.Context(), before.ID); err != nil || len(now.Note.Tags) != 3 || len(now.Note.Remarks) != 2 || now.Note.Reviewer != "ann" {
		t.Errorf("%+v, %v; want what both have made of it", now.Note, err)
	}
	other.Reviewer = "tom"
	var f *assist.Fault
	if err := s.Save(t.Context(), before, other); !errors.As(err, &f) || f.Where != "Reviewed by" {
		t.Errorf("kept over what was changed meanwhile: %v", err)
	}
	after.Text = before.Text
	if err := s.Save(t.Context(), after, before); err != nil {
		t.Errorf("what was kept cannot be taken back: %v", err)
	}
	if _, err := a.store.house.db.Settings(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestSavedSearchesSurviveTheStore(t *testing.T) {
	a, _ := notesApp(t)
	db := a.store.house.db
	set, err := db.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	set.Views = []settings.View{{Name: "Upset", Query: glance.NoteQuery{Text: "leak", Rep: "tom", From: assist.Date{Year: 2026, Month: 10, Day: 1}, Mood: assist.Upset, Unreviewed: true}}}
	if err := db.SaveSettings(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	again, err := db.Settings(t.Context())
	if err != nil || !slices.Equal(again.Views, set.Views) {
		t.Errorf("%+v, %v", again.Views, err)
	}
}

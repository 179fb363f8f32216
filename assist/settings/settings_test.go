package settings_test

import (
	"errors"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/settings"
)

func TestSettingsWithoutAMeaningAreRefused(t *testing.T) {
	if err := (settings.Machine{}).Validate(); err != nil {
		t.Errorf("the zero settings: %v", err)
	}
	if err := (settings.Machine{Me: "tom", Region: "GB", OnRing: settings.Raise}).Validate(); err != nil {
		t.Error(err)
	}
	half := settings.Machine{Model: settings.Model{URL: "http://localhost:11434/v1"}}
	if err := half.Validate(); err != nil || half.Model.Named() {
		t.Errorf("an address while it is off: %v", err)
	}
	half.Model.On = true
	for _, s := range []settings.Machine{{Region: "England"}, {OnRing: "shout"}, {Me: "No Id"}, half,
		{Model: settings.Model{Embeddings: strings.Repeat("m", 501)}},
		{Model: settings.Model{URL: "http://localhost:11434/v1", Embeddings: "m", Writes: true}}, {Model: settings.Model{Writer: "m", Writes: true}},
		{Model: settings.Model{Writer: strings.Repeat("m", 501)}}} {
		if err := s.Validate(); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("%+v: got %v", s, err)
		}
	}
}

func TestSettingsOfThePhone(t *testing.T) {
	pbx := settings.SIP{Server: "pbx.example", Extension: "214"}
	on := pbx
	on.On = true
	for _, p := range []settings.Phone{{}, {SIP: pbx}, {SIP: on}, {SIP: settings.SIP{Server: "pbx.example"}}, {LAN: settings.LAN{On: true, Address: ":8765"}}, {Mine: []string{"214"}}} {
		if err := (settings.Machine{Phone: p}).Validate(); err != nil {
			t.Errorf("%+v: %v", p, err)
		}
	}
	on.Extension = ""
	for _, p := range []settings.Phone{{SIP: on}, {SIP: settings.SIP{Transport: "pigeon"}}, {LAN: settings.LAN{On: true}}, {LAN: settings.LAN{From: []string{" "}}}, {Mine: []string{""}}} {
		if err := (settings.Machine{Phone: p}).Validate(); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("%+v: got %v", p, err)
		}
	}
}

func TestSearchesHaveNamesOfTheirOwn(t *testing.T) {
	upset := settings.View{Name: "Upset", Query: glance.NoteQuery{Mood: assist.Upset}}
	if err := (settings.Machine{Views: []settings.View{upset, {Name: "All"}}}).Validate(); err != nil {
		t.Error(err)
	}
	for _, views := range [][]settings.View{{{Name: " "}}, {upset, upset}, {{Name: strings.Repeat("n", 501)}}} {
		if err := (settings.Machine{Views: views}).Validate(); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("%+v: got %v", views, err)
		}
	}
}

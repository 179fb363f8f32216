package main

import (
	"bytes"
	"os"
	"testing"
)

func TestTheAboutSheetHasEveryLicence(t *testing.T) {
	want, err := licences()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../assets/licences.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("assets/licences.txt is not that of what is linked: run go generate ./assets")
	}
}

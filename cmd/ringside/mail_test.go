package main

import (
	"net/url"
	"strings"
	"testing"
)

func TestALetterReachesTheMailProgramWhole(t *testing.T) {
	u, err := mailto(" mary@shaw.example ", "Sorry & thanks 100%", "Dear Mary,\n\nyour blade + chain: “Friday”?\r\nTom")
	if err != nil {
		t.Fatal(err)
	}
	if s := u.String(); !strings.HasPrefix(s, "mailto:mary@shaw.example?") || strings.Contains(s, "+") {
		t.Errorf("the address is %s", s)
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil || q.Get("subject") != "Sorry & thanks 100%" || q.Get("body") != "Dear Mary,\r\n\r\nyour blade + chain: “Friday”?\r\nTom" {
		t.Errorf("it says %q, %v", q, err)
	}
	if _, err := mailto("", "", strings.Repeat("a long letter ", 200)); err == nil {
		t.Error("a letter of 2,800 letters was handed over")
	}
	if u, _ := mailto("a@b?cc=everybody@x", "", "hello"); strings.Contains(u.String(), "?cc=") {
		t.Errorf("the address adds a reader: %s", u)
	}
}

package knock

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

type app struct{ rings chan phone.Ring }

func (a app) Ring(r phone.Ring) { a.rings <- r }
func (a app) Hear(string)       {}
func (a app) Show()             {}
func (a app) View() any         { return nil }
func (a app) Run(context.Context, handoff.Command, io.Writer, io.Writer) int {
	return 0
}

func TestWordsReachTheDoor(t *testing.T) {
	a, dir := app{make(chan phone.Ring, 1)}, t.TempDir()
	door, err := handoff.Open(dir, a)
	if err != nil {
		t.Fatal(err)
	}
	if !hand(dir, []string{"--as", "{state} {number} {name}", "answered", "0113", "Zoë \"M\"\r\nShaw"}) {
		t.Fatal("the door did not take the words")
	}
	want := phone.Ring{From: "0113", Name: `Zoë "M"Shaw`, Phase: phone.Answered, Source: "hook"}
	got := <-a.rings
	if want.At = got.At; got != want || got.At.IsZero() {
		t.Errorf("it took %+v, want %+v", got, want)
	}
	if hand(dir, []string{"0113", "--state", "dancing"}) {
		t.Error("the door took a state that no call has")
	}
	if !hand(dir, []string{""}) || (<-a.rings).From != "" {
		t.Error("the door did not take a caller who withholds the number")
	}
	door.Close()
	if hand(dir, []string{"0113"}) {
		t.Error("a closed door took a call")
	}
	for _, sign := range []string{"", "{}", `{"addr":"127.0.0.1:1","token":"x"}`, `{"addr":"192.0.2.1:80","token":"x"}`, `{"addr":"127.0.0.1:99999999999999999999","token":"x"}`, `{"addr":"127`} {
		if err := os.WriteFile(filepath.Join(dir, "door.json"), []byte(sign), 0o600); err != nil {
			t.Fatal(err)
		}
		if hand(dir, []string{"0113"}) {
			t.Errorf("nobody took a call at %s", sign)
		}
	}
}

func TestOnlyAPlainHookGoesTheShortWay(t *testing.T) {
	env := func(name string) string { return map[string]string{"HOME": "/home/jo", "XDG_DATA_HOME": "/data"}[name] }
	for _, c := range []struct {
		args, words []string
		dir         string
	}{
		{[]string{"ringside", "ring", "0113", "--id", "7"}, []string{"0113", "--id", "7"}, ownFolder(env)},
		{[]string{"ringside", "ring", "--data", "x", "0113"}, []string{"0113"}, "x"},
		{[]string{"ringside", "ring", "0113", "--data=x"}, []string{"0113"}, "x"},
		{[]string{"ringside", "/N:S", "/C:0113"}, []string{"/N:S", "/C:0113"}, ownFolder(env)},
		{[]string{"ringside", "ring", "0113", "--help"}, nil, ""},
		{[]string{"ringside", "search", "ring"}, nil, ""},
		{[]string{"ringside"}, nil, ""},
		{[]string{"ringside", "ring", "--data", "x"}, nil, ""},
	} {
		words, dir, ok := errand(c.args, env)
		if ok != (c.dir != "") || ok && (!slices.Equal(words, c.words) || dir != c.dir) {
			t.Errorf("%q: %q in %q, %v; want %q in %q", c.args, words, dir, ok, c.words, c.dir)
		}
	}
}

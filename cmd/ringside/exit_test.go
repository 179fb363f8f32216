package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"ringside/assist"
)

func TestExitCodesAreThePromisedOnes(t *testing.T) {
	over, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		err  error
		ctx  context.Context
		want int
	}{
		{nil, t.Context(), 0},
		{errors.New("any"), t.Context(), 1},
		{usage("wrong", "right"), t.Context(), 2},
		{fmt.Errorf("find: %w", assist.ErrNotFound), t.Context(), 3},
		{&assist.Fault{What: "in use", Err: assist.ErrInUse}, t.Context(), 4},
		{marked{errors.New("keyring"), errCannotOpen}, t.Context(), 4},
		{fmt.Errorf("import: %w", context.Canceled), over, 130},
		{fmt.Errorf("import: %w", context.Canceled), t.Context(), 1},
		{exited(7), t.Context(), 7},
	} {
		var said strings.Builder
		if got := finish(c.ctx, c.err, &said); got != c.want {
			t.Errorf("%v: exit code %d, want %d", c.err, got, c.want)
		}
		silent := c.err == nil || errors.As(c.err, new(exited))
		if silent != (said.Len() == 0) || strings.Count(said.String(), "\n") > 1 {
			t.Errorf("%v: said %q, want one line at most", c.err, said.String())
		}
	}
}

func TestSentenceIsTheFaultOnOneLine(t *testing.T) {
	err := fmt.Errorf("open: %w", &assist.Fault{What: "the file\nis odd", Where: "a.csv", Do: "Look."})
	if got, want := sentence(err), "the file is odd (a.csv). Look."; got != want {
		t.Errorf("sentence = %q, want %q", got, want)
	}
}

func TestDataDirIsTheSystemsPlace(t *testing.T) {
	env := func(kv ...string) func(string) string {
		return func(key string) string {
			for i := 0; i < len(kv); i += 2 {
				if kv[i] == key {
					return kv[i+1]
				}
			}
			return ""
		}
	}
	for _, c := range []struct {
		goos string
		env  func(string) string
		want string
	}{
		{"linux", env("HOME", "/home/mary"), "/home/mary/.local/share/ringside"},
		{"linux", env("HOME", "/home/mary", "XDG_DATA_HOME", "/data"), "/data/ringside"},
		{"linux", env("HOME", "/home/mary", "XDG_DATA_HOME", "relative"), "/home/mary/.local/share/ringside"},
		{"darwin", env("HOME", "/Users/mary"), "/Users/mary/Library/Application Support/Ringside"},
		{"windows", env("LOCALAPPDATA", "/AppData/Local"), "/AppData/Local/Ringside"},
	} {
		if got, err := dataDir(c.goos, c.env); got != c.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", c.goos, got, err, c.want)
		}
	}
	for _, goos := range []string{"linux", "darwin", "windows"} {
		if _, err := dataDir(goos, env()); !errors.Is(err, errNoFolder) {
			t.Errorf("%s without an environment: %v, want errNoFolder", goos, err)
		}
	}
}

func TestRegionComesFromTheLocale(t *testing.T) {
	for locale, want := range map[string]string{"en_GB.UTF-8": "GB", "de_CH": "CH", "C.UTF-8": "GB", "": "GB", "POSIX": "GB",
		"es_419.UTF-8": "GB", "sr_rs@latin": "RS", "ast_ES.UTF-8": "ES", "en": "GB", "zh_Hans_CN": "GB", "pt-BR": "BR"} {
		got := regionFrom(func(name string) string {
			if name == "LANG" {
				return locale
			}
			return ""
		})
		if got != want {
			t.Errorf("region of %q is %q, want %q", locale, got, want)
		}
	}
}

func TestVersionIsThatOfTheProject(t *testing.T) {
	b, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{`Name = "` + appName + `"`, `ID = "` + appID + `"`, `Version = "` + appVersion + `"`, fmt.Sprintf("Build = %d", appBuild)} {
		if !strings.Contains(string(b), line) {
			t.Errorf("FyneApp.toml lacks %s", line)
		}
	}
}

package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
)

// The program's name for the system, and its version. FyneApp.toml says the same.
const (
	appName    = "Ringside"
	appID      = "team.ringside.desk"
	appVersion = "0.1.0"
	appBuild   = 1
)

type versionCmd struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

func (c *versionCmd) Run(p *program) error {
	if c.JSON {
		v := struct {
			Version  string `json:"version"`
			Revision string `json:"revision,omitempty"`
			Go       string `json:"go"`
			System   string `json:"system"`
		}{appVersion, revision(), runtime.Version(), system()}
		return json.NewEncoder(p.stdout).Encode(v)
	}
	_, err := fmt.Fprintln(p.stdout, versionLine())
	return err
}

func system() string { return runtime.GOOS + "/" + runtime.GOARCH }

// versionLine says in one line which program this is.
func versionLine() string {
	v := appVersion
	if r := revision(); r != "" {
		v += " (" + r + ")"
	}
	return fmt.Sprintf("%s %s, %s, %s", appName, v, runtime.Version(), system())
}

// commit is set by the Makefile, whose builds leave out what Go notes by itself.
var commit string

// revision is the commit that the program was built from, as far as it is known.
func revision() (rev string) {
	if commit != "" {
		return commit
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	dirty := ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			rev = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+changes"
		}
	}
	if rev == "" {
		return ""
	}
	return rev + dirty
}

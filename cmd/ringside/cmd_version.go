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
	v := struct {
		Version  string `json:"version"`
		Revision string `json:"revision,omitempty"`
		Go       string `json:"go"`
		System   string `json:"system"`
	}{appVersion, revision(), runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
	if c.JSON {
		return json.NewEncoder(p.stdout).Encode(v)
	}
	if v.Revision != "" {
		v.Version += " (" + v.Revision + ")"
	}
	_, err := fmt.Fprintf(p.stdout, "%s %s, %s, %s\n", appName, v.Version, v.Go, v.System)
	return err
}

// revision is the commit that the program was built from, as far as Go knows it.
func revision() (rev string) {
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

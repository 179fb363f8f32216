// Command licences writes the licences of all that is linked into the program, on any
// system, into the file that the About sheet shows: go generate ./assets
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: licences FILE")
	}
	text, err := licences()
	if err == nil {
		err = os.WriteFile(os.Args[1], text, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// module is one module, with the folder that its source is in.
type module struct{ path, version, dir string }

// licences returns one section a module: a line "== path version", and its texts.
func licences() ([]byte, error) {
	mods, err := linked()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for _, m := range mods {
		fmt.Fprintf(&b, "== %s\n", strings.TrimSpace(m.path+" "+m.version))
		texts, err := texts(m.dir)
		if err != nil {
			return nil, err
		}
		if len(texts) == 0 {
			return nil, fmt.Errorf("%s has no licence in %s", m.path, m.dir)
		}
		for _, t := range texts {
			b.WriteString(strings.TrimSpace(strings.ReplaceAll(t, "\r\n", "\n")) + "\n\n")
		}
	}
	return b.Bytes(), nil
}

// linked returns the modules of all packages of the program on each system, by path, with
// Go itself first.
func linked() ([]module, error) {
	root, err := output("", "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	seen := map[string]module{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		list, err := output(system, "go", "list", "-deps", "-tags", "gles,no_animations",
			"-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", "ringside/cmd/ringside")
		if err != nil {
			return nil, err
		}
		for _, line := range strings.Split(list, "\n") {
			if f := strings.Split(line, "\t"); len(f) == 3 {
				seen[f[0]] = module{f[0], f[1], f[2]}
			}
		}
	}
	out := []module{}
	for _, m := range seen {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b module) int { return strings.Compare(a.path, b.path) })
	return append([]module{{"The Go programming language", "", root}}, out...), nil
}

func output(system, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1", "GOARCH="+runtime.GOARCH)
	if system != "" {
		cmd.Env = append(cmd.Env, "GOOS="+system)
	}
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

// texts are the licences in a folder, and what its authors want to be said with them.
func texts(dir string) (out []string, err error) {
	list, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		name := strings.ToUpper(e.Name())
		if e.IsDir() || !strings.HasPrefix(name, "LICEN") && !strings.HasPrefix(name, "COPYING") && !strings.HasPrefix(name, "NOTICE") {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, string(b))
	}
	return out, nil
}

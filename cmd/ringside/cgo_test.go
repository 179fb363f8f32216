package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestOnlyTheWindowIsLinkedWithC looks at every package that is linked, on each system: C is
// for the window, and for the standard library's own calls into the system.
func TestOnlyTheWindowIsLinkedWithC(t *testing.T) {
	window := []string{"fyne.io/fyne/v2/", "github.com/go-gl/", "fyne.io/systray", "github.com/jeandeaual/go-locale"} // by the last Fyne learns the language
	for _, system := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-tags", "gles,no_animations", "-f",
			"{{if not .Standard}}{{if or .CgoFiles .CFiles .CXXFiles .MFiles .SysoFiles .SwigFiles}}{{.ImportPath}}{{end}}{{end}}", ".")
		cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=1")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v %s", system, err, out)
		}
		found := strings.Fields(string(out))
		if len(found) == 0 {
			t.Errorf("%s: not even the window has any", system)
		}
		for _, p := range found {
			allowed := false
			for _, w := range window {
				allowed = allowed || strings.HasPrefix(p, w)
			}
			if !allowed {
				t.Errorf("%s: %s has C in it", system, p)
			}
		}
	}
}

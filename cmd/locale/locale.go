// Package locale gives a name to the locale of a machine that has none. The
// window's toolkit reads LC_ALL while it is initialised, takes "C.UTF-8" for a
// language, and says on stderr that there is no such language, whatever the
// command. Go initialises packages that are ready in the order of their paths, so
// this one, which needs next to nothing, has corrected it by then.
package locale

import (
	"os"
	"strings"
)

var _ = name(os.Getenv, os.Setenv)

// name sets LC_ALL where the locale is none, and reports whether there was one.
func name(get func(string) string, set func(string, string) error) bool {
	for _, env := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		switch l := get(env); {
		case l == "":
			continue
		case l == "C" || l == "POSIX" || strings.HasPrefix(l, "C."):
			_ = set("LC_ALL", "en_GB.UTF-8") // what cannot be set stays as it is
			return false
		}
		return true
	}
	_ = set("LC_ALL", "en_GB.UTF-8")
	return false
}

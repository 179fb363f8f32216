// Package knock hands the words of `ringside ring` to the running app before the rest
// of the program is initialised: some phones wait for their hook, and the window, the
// numbering plan and the search take ten times as long to come up as the whole errand.
// Go initialises packages that are ready in the order of their paths, so this one needs
// next to nothing. Whatever does not go well here, an app that is closed or words that
// are wrong, is left to the ordinary way, which does it all again and says why.
package knock

import (
	"os"
	"runtime"
)

var _ = leave(os.Args, os.Getenv)

func leave(args []string, env func(string) string) bool {
	words, dir, ok := errand(args, env)
	if ok && hand(dir, words) {
		os.Exit(0)
	}
	return ok
}

// errand returns the words for the door and the data folder, if this is a plain call of
// the hook.
func errand(args []string, env func(string) string) (words []string, dir string, ok bool) {
	if len(args) < 2 || args[1] != "ring" && !starts(args[1], "/N:") {
		return nil, "", false
	}
	if args = args[1:]; args[0] == "ring" {
		args = args[1:]
	}
	for i := 0; i < len(args); i++ {
		switch w := args[i]; {
		case w == "--help" || w == "-h":
			return nil, "", false
		case starts(w, "--data=") && dir == "":
			dir = w[len("--data="):]
		case w == "--data" && dir == "":
			if i++; i < len(args) {
				dir = args[i]
			}
		default:
			words = append(words, w)
		}
	}
	if dir == "" {
		dir = ownFolder(env)
	}
	return words, dir, dir != "" && len(words) > 0
}

// ownFolder is the system's place for the data, as the rest of the program knows it.
func ownFolder(env func(string) string) string {
	home := env("HOME")
	if runtime.GOOS == "darwin" && home != "" {
		return home + "/Library/Application Support/Ringside"
	}
	if data := env("XDG_DATA_HOME"); starts(data, "/") {
		return data + "/ringside"
	}
	if home == "" {
		return ""
	}
	return home + "/.local/share/ringside"
}

func starts(s, with string) bool { return len(s) >= len(with) && s[:len(with)] == with }

// request is what the door is asked, as HTTP writes it. A word holds no zero byte.
func request(addr, token string, words []string) string {
	body := ""
	for i, w := range words {
		if i > 0 {
			body += "\x00"
		}
		body += w
	}
	return "POST /words HTTP/1.1\r\nHost: " + addr + "\r\nAuthorization: Bearer " + token +
		"\r\nConnection: close\r\nContent-Length: " + digits(len(body)) + "\r\n\r\n" + body
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + digits(n%10)
}

// field returns a text of door.json, which our own program has written.
func field(sign, name string) string {
	rest, ok := behind(sign, `"`+name+`":"`)
	for i := 0; ok && i < len(rest); i++ {
		if rest[i] == '"' {
			return rest[:i]
		}
	}
	return ""
}

// behind returns what follows the first occurrence of a text.
func behind(s, text string) (string, bool) {
	for i := 0; i+len(text) <= len(s); i++ {
		if s[i:i+len(text)] == text {
			return s[i+len(text):], true
		}
	}
	return "", false
}

// taken reports whether our door has taken the words.
func taken(answer string) bool {
	_, ours := behind(answer, "\r\nRingside-Door: 1\r\n")
	return ours && starts(answer, "HTTP/1.1 204")
}

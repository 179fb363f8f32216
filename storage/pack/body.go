package pack

import (
	"regexp"
	"strings"
)

// lines is a part of a file; first is the number of its first line.
type lines struct {
	first int
	all   []string
}

// cut parts the lines at a heading, which belongs to neither half. The heading
// is compared without regard to case.
func (l lines) cut(heading string) (before, after lines) {
	for i, s := range l.all {
		if strings.EqualFold(strings.TrimSpace(s), heading) {
			return lines{l.first, l.all[:i]}, lines{l.first + i + 1, l.all[i+1:]}
		}
	}
	return l, lines{first: l.first + len(l.all)}
}

func (l lines) text() string { return strings.TrimSpace(strings.Join(l.all, "\n")) }

var item = regexp.MustCompile(`^ {0,3}(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$`)

// items reads a list with bullets or numbers. An indented line goes on with the
// entry above it; any other text is a fault, so that nothing is dropped in
// silence.
func (f *file) items(l lines) []string {
	var out []string
	for i, s := range l.all {
		m := item.FindStringSubmatch(s)
		switch {
		case strings.TrimSpace(s) == "":
		case m != nil && oneLine(m[1]) == "":
			f.wrong(l.first+i, "the list has an empty entry", "")
		case m != nil:
			out = append(out, oneLine(m[1]))
		case len(out) > 0 && strings.HasPrefix(s, "  "):
			out[len(out)-1] += " " + oneLine(s)
		default:
			f.wrong(l.first+i, "only a list may stand here", "Begin the line with \"- \" or a number.")
		}
	}
	return out
}

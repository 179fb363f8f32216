package site

import (
	"regexp"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// mostBlocks is how much of a page is shown: each block is a widget.
const mostBlocks = 200

var (
	listItem  = regexp.MustCompile(`^\s*(?:[-*+]|(\d+[.)]))\s+(.*)$`)
	ruled     = regexp.MustCompile(`^\|[\s:|-]+\|$`)
	emphasis  = regexp.MustCompile(`\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*`)
	struckOut = regexp.MustCompile(`~~([^~]+)~~`)
)

// blocks shows the Markdown of a page as it is read aloud: headings, paragraphs, entries
// of lists and rows of tables.
func blocks(markdown string) (out []fyne.CanvasObject) {
	paragraph := ""
	flush := func() {
		if paragraph != "" {
			out = append(out, widgets.Say(widgets.Style{}, plain(paragraph)))
			paragraph = ""
		}
	}
	for line := range strings.Lines(markdown) {
		line = strings.TrimRight(line, "\n ")
		item := listItem.FindStringSubmatch(line)
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == "", ruled.MatchString(trimmed):
			flush()
		case strings.HasPrefix(trimmed, "#"):
			flush()
			out = append(out, widgets.Say(widgets.Style{Bold: true}, plain(strings.TrimLeft(trimmed, "# "))))
		case strings.HasPrefix(trimmed, "|"):
			flush()
			out = append(out, widgets.Say(widgets.Style{}, row(trimmed)))
		case item != nil:
			flush()
			mark := item[1]
			if mark == "" {
				mark = "•"
			}
			out = append(out, widgets.Pair(24, widgets.Say(widgets.Style{}, mark), widgets.Say(widgets.Style{}, plain(item[2]))))
		default:
			paragraph += " " + trimmed
		}
		if len(out) >= mostBlocks {
			return append(out, widgets.Say(widgets.Style{Colour: theme.Muted}, "The page goes on. Open its address to read all of it."))
		}
	}
	flush()
	return out
}

// plain leaves the marks out, but says what was struck out.
func plain(s string) string {
	s = emphasis.ReplaceAllString(strings.TrimSpace(s), "$1$2")
	return struckOut.ReplaceAllString(s, "($1 struck out)")
}

// row is a row of a table on one line.
func row(line string) string {
	cells := strings.Split(strings.Trim(line, "|"), "|")
	for i, c := range cells {
		cells[i] = plain(c)
	}
	return strings.Join(cells, "  ·  ")
}

package main

import (
	"strings"

	"ringside/assist"
)

// What an exported page says of a record, in a few words.

// told is a list behind its beginning; empty when there is nothing in it.
func told[T ~string](begin string, list []T) string {
	if len(list) == 0 {
		return ""
	}
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, string(s))
	}
	return begin + strings.Join(out, ", ")
}

func sentences(parts ...string) string {
	var out []string
	for _, p := range parts {
		if !blank(p) {
			out = append(out, p)
		}
	}
	return strings.TrimSuffix(strings.Join(out, " "), ":")
}

// span is from when until when; empty when there is no end to it.
func span(from, until assist.Date) string {
	out := ""
	if !from.IsZero() {
		out = ", from " + from.String()
	}
	if !until.IsZero() {
		out += ", until " + until.String()
	}
	return out
}

func closed(i assist.Incident) string {
	if i.Closed.IsZero() {
		return ""
	}
	return ", over " + day(i.Closed)
}

func toldOn(a assist.Affected) string {
	if a.Told.IsZero() {
		return ", not told yet"
	}
	return ", told " + day(a.Told)
}

// insightOf says what kind of insight it is: "competitive", "hate", "GreenBarn".
func insightOf(i assist.Insight) (parts []string) {
	for _, p := range []string{string(i.Intelligence), string(i.Feeling), orElse(i.Subject, string(i.About))} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

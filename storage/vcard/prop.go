package vcard

import (
	"io"
	"mime/quotedprintable"
	"slices"
	"strings"
)

// Prop is one property of a card.
type Prop struct {
	Line  int
	Group string   // "item1" of item1.TEL, upper case; "" when there is none
	Name  string   // upper case
	Types []string // upper case: HOME, WORK, CELL, FAX, PREF ...
	Value string   // decoded to UTF-8, still with the backslashes of version 3
	short bool     // marked as base64
}

// Has reports whether the property is of one of the types, given in upper case.
func (p Prop) Has(types ...string) bool {
	for _, t := range types {
		if slices.Contains(p.Types, t) {
			return true
		}
	}
	return false
}

// Text returns the value as people read it.
func (p Prop) Text() string { return strings.TrimSpace(unescape(p.Value)) }

// Parts returns the parts of a value with semicolons, as N, ORG and ADR have.
func (p Prop) Parts() []string {
	var parts []string
	from := 0
	for i := 0; i < len(p.Value); i++ {
		switch p.Value[i] {
		case '\\':
			i++
		case ';':
			parts = append(parts, strings.TrimSpace(unescape(p.Value[from:i])))
			from = i + 1
		}
	}
	return append(parts, strings.TrimSpace(unescape(p.Value[from:])))
}

func (p Prop) picture() bool {
	switch p.Name {
	case "PHOTO", "LOGO", "SOUND", "KEY":
		return true
	}
	return p.short
}

// parse reads one unfolded property; ok is false when it is none.
func parse(text string) (p Prop, ok bool) {
	colon := colonOf(text)
	if colon < 0 {
		return p, false
	}
	params := splitParams(text[:colon])
	name := strings.TrimSpace(params[0])
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		p.Group, name = strings.ToUpper(name[:i]), name[i+1:]
	}
	p.Name = strings.ToUpper(name)
	if p.Name == "" || strings.ContainsAny(p.Name, " \t@/") {
		return Prop{}, false
	}
	p.Value = text[colon+1:]
	encoding, charset := p.params(params[1:])
	switch encoding {
	case "QUOTED-PRINTABLE", "Q":
		if b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(p.Value))); err == nil {
			p.Value = string(b)
		}
	case "BASE64", "B":
		p.short = true
	}
	p.Value = toUTF8(p.Value, charset)
	return p, true
}

// params reads the parameters of a property.
func (p *Prop) params(list []string) (encoding, charset string) {
	for _, param := range list {
		key, value, named := strings.Cut(param, "=")
		key, value = strings.ToUpper(strings.TrimSpace(key)), strings.Trim(strings.TrimSpace(value), `"`)
		switch {
		case !named && (key == "QUOTED-PRINTABLE" || key == "BASE64"):
			encoding = key
		case !named:
			p.Types = append(p.Types, key)
		case key == "TYPE":
			p.Types = append(p.Types, strings.Split(strings.ToUpper(value), ",")...)
		case key == "PREF":
			p.Types = append(p.Types, "PREF")
		case key == "ENCODING":
			encoding = strings.ToUpper(value)
		case key == "CHARSET":
			charset = value
		}
	}
	return encoding, charset
}

// colonOf finds the colon before the value: not one inside a quoted parameter.
func colonOf(text string) int {
	quoted := false
	for i := range len(text) {
		switch text[i] {
		case '"':
			quoted = !quoted
		case ':':
			if !quoted {
				return i
			}
		}
	}
	return strings.IndexByte(text, ':')
}

// splitParams splits at the semicolons that are not quoted.
func splitParams(text string) []string {
	quoted := false
	return strings.FieldsFunc(text+" ", func(c rune) bool {
		if c == '"' {
			quoted = !quoted
		}
		return c == ';' && !quoted
	})
}

func isQuotedPrintable(text string) bool {
	head, _, ok := strings.Cut(text, ":")
	return ok && strings.Contains(strings.ToUpper(head), "QUOTED-PRINTABLE")
}

func isBase64(text string) bool {
	head, _, ok := strings.Cut(text, ":")
	head = strings.ToUpper(head)
	return ok && (strings.Contains(head, "BASE64") || strings.Contains(head, "ENCODING=B"))
}

func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n', 'N':
			b.WriteByte('\n')
		case ',', ';', ':', '\\':
			b.WriteByte(s[i])
		default:
			b.WriteByte('\\')
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

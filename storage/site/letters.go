package site

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
)

// letters returns the document as UTF-8. A page that says UTF-8 and has no such letter
// in it was written in Windows-1252 by somebody who did not look; one that has both
// cannot be read.
func letters(d Document) (string, error) {
	enc, name, certain := charset.DetermineEncoding(d.Body, d.Type)
	if !certain && utf8.Valid(d.Body) {
		name = "utf-8"
	}
	if name == "utf-8" {
		body := bytes.TrimPrefix(d.Body, []byte("\ufeff"))
		if utf8.Valid(body) {
			return string(body), nil
		}
		if anyUTF8(body) {
			return "", d.fault("the letters of this page are damaged: it says UTF-8 and is not", "Save it again.", nil)
		}
		enc = charmap.Windows1252
	}
	text, err := enc.NewDecoder().Bytes(d.Body)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", d.fault("the letters of this page are damaged: it says "+name+" and is not", "Save it again.", err)
	}
	return strings.TrimPrefix(string(text), "\ufeff"), nil
}

// anyUTF8 reports whether any letter beyond ASCII is written as UTF-8.
func anyUTF8(body []byte) bool {
	for len(body) > 0 {
		r, n := utf8.DecodeRune(body)
		if n > 1 && r != utf8.RuneError {
			return true
		}
		body = body[n:]
	}
	return false
}

package replica

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"ringside/assist"
)

// What is sealed with words is spelt in capitals and digits alone: a QR code packs those
// closely, no mail program takes them for anything, and what is put between them on the
// way (line breaks, spaces, the marks of a reply) can be told from them.
const (
	spelling = "RINGSIDE+"
	spelt    = "+"
	lineLong = 60
	sumLong  = 4
)

var letters = base32.StdEncoding.WithPadding(base32.NoPadding)

// spell writes bytes as a text that people send. A sum before them tells whether all of it
// has come.
func spell(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	text := spelling + letters.EncodeToString(append(sum[:sumLong:sumLong], sealed...)) + spelt
	var out strings.Builder
	for ; len(text) > lineLong; text = text[lineLong:] {
		out.WriteString(text[:lineLong] + "\n")
	}
	return out.String() + text + "\n"
}

// unspell reads what spell has written, with whatever stands before, between and behind.
func unspell(text string) ([]byte, error) {
	wrong := &assist.Fault{What: "this is nothing that words open, or not all of it", Do: "Copy it from its first line to its last.", Err: assist.ErrInvalid}
	_, text, _ = strings.Cut(closed(text), spelling)
	text, _, all := strings.Cut(text, spelt)
	raw, err := letters.DecodeString(text)
	if !all || err != nil || len(raw) < sumLong || len(raw) > maxSealed {
		return nil, wrong
	}
	if sum := sha256.Sum256(raw[sumLong:]); !bytes.Equal(sum[:sumLong], raw[:sumLong]) {
		return nil, wrong
	}
	return raw[sumLong:], nil
}

// closed takes out all that no spelling has.
func closed(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' || c >= '2' && c <= '7' || c == '+' {
			return c
		}
		return -1
	}, text)
}

// IsSpelt tells what OpenWithWords opens, or a part of it, from the path of a file.
func IsSpelt(text string) bool { return strings.Contains(closed(text), spelling) }

package mask

import (
	"regexp"
	"strings"
)

// tokens are what Mask writes, and what models make of it. A token is never longer
// than longestToken.
var tokens = regexp.MustCompile(`(?i)\[[ \t]{0,2}(name|place|number|email|text)[ \t]{0,2}[#:._-]?[ \t]{0,2}(\d{1,7})[ \t]{0,2}([a-z]{0,4})[ \t]{0,2}\]`)

const longestToken = 40

// canonical returns a token as Mask writes it.
func canonical(t string) string {
	m := tokens.FindStringSubmatch(t)
	if m == nil {
		return t
	}
	return strings.ToLower("[" + m[1] + " " + strings.TrimLeft(m[2], "0") + m[3] + "]")
}

// Token is a token in a text.
type Token struct {
	From, To int    // in bytes
	Thing    string // what it stands for, whatever its writing: "name 1" for [name 1a]
}

// Tokens returns the tokens of a text, in its order, whoever wrote them.
func Tokens(text string) []Token {
	var out []Token
	for _, at := range tokens.FindAllStringSubmatchIndex(text, -1) {
		thing := strings.ToLower(text[at[2]:at[3]]) + " " + strings.TrimLeft(text[at[4]:at[5]], "0")
		out = append(out, Token{From: at[0], To: at[1], Thing: thing})
	}
	return out
}

// Unmasker puts back what is private in a text that comes in pieces. One goroutine
// uses it.
type Unmasker struct {
	masks Masks
	held  string // the beginning of what may become a token
}

// Stream returns an Unmasker for one text.
func (m Masks) Stream() *Unmasker { return &Unmasker{masks: m} }

// Write takes the next piece and returns what can be shown of the text so far. Half a
// token is held back until it is whole, or can be none.
func (u *Unmasker) Write(piece string) string {
	text := u.held + piece
	cut := len(text)
	if open := strings.LastIndexByte(text, '['); open >= 0 && len(text)-open <= longestToken && !strings.Contains(text[open:], "]") {
		cut = open
	}
	u.held = text[cut:]
	return u.masks.Back(text[:cut])
}

// Flush returns what was held back, at the end of the text.
func (u *Unmasker) Flush() string {
	rest := u.held
	u.held = ""
	return u.masks.Back(rest)
}

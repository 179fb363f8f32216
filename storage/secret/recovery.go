package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strings"

	"ringside/assist"
)

// A recovery code opens a store whose keychain entry or passphrase is lost. It is 24 random
// letters and figures, 120 bits, in groups of four with a fifth that checks the group, so
// that a slip of the pen is found and named: "7kq2m-9xw4a-...".
const (
	codeGroups = 6
	codeGroup  = 4
	codeLetter = "0123456789abcdefghjkmnpqrstvwxyz" // Crockford's base32
)

// newCode makes a recovery code.
func newCode() string {
	var raw [codeGroups * codeGroup]byte
	rand.Read(raw[:])
	groups := make([]string, codeGroups)
	for g := range groups {
		letters := make([]byte, codeGroup)
		for i := range letters {
			letters[i] = codeLetter[raw[g*codeGroup+i]&31]
		}
		groups[g] = string(letters) + string(codeCheck(g, letters))
	}
	return strings.Join(groups, "-")
}

// codeCheck is the letter that checks a group, at its place.
func codeCheck(group int, letters []byte) byte {
	sum := sha256.Sum256(append([]byte{byte(group)}, letters...))
	return codeLetter[sum[0]&31]
}

// plainCode returns what was typed as the letters of a code, without blanks and dashes and
// with the letters that are mistaken for others put right; ok says that it looks like a code.
func plainCode(typed string) (letters string, ok bool) {
	var out []byte
	for _, r := range strings.ToLower(typed) {
		switch {
		case r == '-' || r == ' ' || r == '\t' || r == '\n' || r == '–':
			continue
		case r == 'o':
			r = '0'
		case r == 'i' || r == 'l':
			r = '1'
		}
		if r > 127 || !strings.ContainsRune(codeLetter, r) {
			return "", false
		}
		out = append(out, byte(r))
	}
	return string(out), len(out) == codeGroups*(codeGroup+1)
}

// checkCode says which group of a code was mistyped, if one was.
func checkCode(letters string) error {
	for g := range codeGroups {
		group := letters[g*(codeGroup+1) : (g+1)*(codeGroup+1)]
		if codeCheck(g, []byte(group[:codeGroup])) != group[codeGroup] {
			return &assist.Fault{What: fmt.Sprintf("group %d of the recovery code, %q, is not right", g+1, group), Do: "Compare it with the paper, letter by letter.", Err: assist.ErrWrongKey}
		}
	}
	return nil
}

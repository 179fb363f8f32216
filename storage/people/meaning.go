package people

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Meaning is what a column holds. The texts are shown to people and taken from
// them: "phone", "first name" ...
type Meaning string

// The meanings of a column. Skip: known and not imported. Staff: about one of us,
// never about the customer. Unknown: nobody can tell; it is asked.
const (
	Unknown Meaning = "not recognised"
	Skip    Meaning = "left out"
	Staff   Meaning = "our staff"

	mName       Meaning = "name"
	mFirst      Meaning = "first name"
	mMiddle     Meaning = "middle name"
	mLast       Meaning = "last name"
	mSuffix     Meaning = "name suffix"
	mTitle      Meaning = "form of address"
	mCallMe     Meaning = "call me"
	mCompany    Meaning = "company"
	mRole       Meaning = "role"
	mPhone      Meaning = "phone"
	mPhoneLabel Meaning = "label of a phone"
	mSwitch     Meaning = "company phone"
	mFax        Meaning = "fax"
	mEmail      Meaning = "e-mail"
	mStreet     Meaning = "street"
	mCity       Meaning = "city"
	mState      Meaning = "county or state"
	mPostcode   Meaning = "postcode"
	mCountry    Meaning = "country"
	mAddress    Meaning = "address"
	mSince      Meaning = "customer since"
	mNotes      Meaning = "notes"
	mAbout      Meaning = "about"
	mID         Meaning = "id in the other program"
	mLanguage   Meaning = "language"
	mWeb        Meaning = "web"

	mOwnID     Meaning = "Ringside ID"
	mKind      Meaning = "kind"
	mOwns      Meaning = "what they own"
	mLikes     Meaning = "what they like"
	mExternal  Meaning = "ids in other programs"
	mDoNotAsk  Meaning = "do not ask"
	mUnchecked Meaning = "not checked"
	mNoConsent Meaning = "no consent"
	mMinor     Meaning = "minor"
	mDeals     Meaning = "deals they were given"
	mAdvocate  Meaning = "advocate since"
)

// Meanings lists what a column can be set to, the commonest first.
func Meanings() []Meaning {
	return []Meaning{mName, mFirst, mLast, mCompany, mPhone, mEmail, mSince, mNotes, mRole, mTitle, mCallMe, mMiddle, mSuffix,
		mSwitch, mFax, mPhoneLabel, mStreet, mCity, mState, mPostcode, mCountry, mAddress, mAbout, mID, mLanguage, mWeb,
		mOwnID, mKind, mOwns, mLikes, mExternal, mDoNotAsk, mUnchecked, mNoConsent, mMinor, mDeals,
		mAdvocate, Staff, Skip, Unknown}
}

// meaningOf recognises a column by its name. sure is false when another name in
// the same table is to be preferred for this meaning.
func meaningOf(header string) Meaning {
	name := fold(header)
	if name == "" {
		return Unknown
	}
	for padded, i := " "+name+" ", 0; i < len(staffWords); i++ {
		if strings.Contains(padded, staffWords[i]) {
			return Staff
		}
	}
	for _, prefix := range []string{"", "person ", "organization ", "organisation ", "contact ", "customer ", "client ", "primary ", "kunde ", "kunden ", "your "} {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok || rest == "" {
			continue
		}
		if prefix == "organization " || prefix == "organisation " {
			if m, ok := ofOrganization[rest]; ok {
				return m
			}
		}
		if m, ok := names[rest]; ok {
			return m
		}
	}
	if words := camelWords(header); words != header {
		return meaningOf(words)
	}
	return Unknown
}

// camelWords parts the words of a name as programmers write them: "phoneNumber".
func camelWords(s string) string {
	from, out := 0, ""
	for i := 1; i < len(s); i++ {
		if s[i-1] >= 'a' && s[i-1] <= 'z' && s[i] >= 'A' && s[i] <= 'Z' {
			out += s[from:i] + " "
			from = i
		}
	}
	return out + s[from:]
}

// fold makes the name of a column comparable: lower case, no accents, no
// punctuation, no running numbers ("Phone 1 - Value" is "phone value").
func fold(s string) string {
	if len(s) > 200 {
		return ""
	}
	var b strings.Builder
	for _, c := range norm.NFKD.String(strings.ReplaceAll(s, "ß", "ss")) {
		switch {
		case unicode.Is(unicode.Mn, c):
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			b.WriteRune(unicode.ToLower(c))
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	kept := words[:0]
	for _, word := range words {
		if strings.Trim(word, "0123456789") != "" {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

// known reports whether a cell is the name of a column.
func known(cell string) bool {
	return len(cell) < 100 && meaningOf(cell) != Unknown
}

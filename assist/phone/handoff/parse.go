package handoff

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"ringside/assist"
	"ringside/assist/phone"
)

const maxWord = 200 // bytes of a number or a name that a phone hands over

// Parse reads the address of a call as phones and browsers write it: tel:, callto:,
// sip: and sips: (with or without a display name before it), ringside://call with
// number, name, state, id, to and direction, or a bare number. The zero At is the caller's to
// fill. Text that is none of these gives a Fault with assist.ErrInvalid.
func Parse(text string) (phone.Ring, error) {
	text = strings.TrimSpace(text)
	r := phone.Ring{Phase: phone.Ringing}
	if name, rest, ok := bracketed(text); ok {
		r.Name, text = name, rest
	}
	scheme, rest, found := strings.Cut(text, ":")
	switch scheme = strings.ToLower(scheme); {
	case found && (scheme == "tel" || scheme == "callto"):
		r.From = number(rest)
	case found && (scheme == "sip" || scheme == "sips"):
		r.From = sipUser(rest)
	case found && scheme == "ringside":
		return parseOwn(text)
	case strings.Contains(text, "://"):
		return phone.Ring{}, notACall(text)
	default:
		r.From = unescape(text)
	}
	return tidy(r), nil
}

// IsAddress reports whether the text begins like an address that Parse reads, and
// not like a bare number.
func IsAddress(text string) bool {
	scheme, _, ok := strings.Cut(text, ":")
	switch strings.ToLower(scheme) {
	case "tel", "callto", "sip", "sips", "ringside":
		return ok
	}
	return false
}

func parseOwn(text string) (phone.Ring, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host != "call" && u.Opaque != "call" {
		return phone.Ring{}, notACall(text)
	}
	q := u.Query()
	r := phone.Ring{ID: q.Get("id"), From: q.Get("number"), Name: q.Get("name"), To: q.Get("to"), Phase: phone.Ringing,
		Outgoing: outgoing(q.Get("direction"))}
	if state := q.Get("state"); state != "" {
		if r.Phase, err = phase(state); err != nil {
			return phone.Ring{}, err
		}
	}
	return tidy(r), nil
}

// bracketed splits `"Mary Shaw" <sip:...>`.
func bracketed(text string) (name, address string, ok bool) {
	before, rest, ok := strings.Cut(text, "<")
	address, _, closed := strings.Cut(rest, ">")
	if !ok || !closed {
		return "", "", false
	}
	return strings.Trim(strings.TrimSpace(before), `"`), address, true
}

// number takes the number out of the rest of a tel: address. An extension and the
// context of a number without its country stay with it; other parameters go.
func number(s string) string {
	s = strings.TrimLeft(s, "/")
	s, _, _ = strings.Cut(s, "?")
	parts := strings.Split(s, ";")
	out := unescape(parts[0])
	for _, p := range parts[1:] {
		key, value, _ := strings.Cut(p, "=")
		switch key = strings.ToLower(key); {
		case key == "ext" && value != "", key == "phone-context" && strings.HasPrefix(value, "+"):
			out += ";" + key + "=" + unescape(value)
		}
	}
	return out
}

func sipUser(s string) string {
	s = strings.TrimLeft(s, "/")
	user, _, ok := strings.Cut(s, "@")
	if !ok {
		return number(s)
	}
	user, _, _ = strings.Cut(user, ":") // a password
	if strings.ContainsFunc(user, unicode.IsLetter) && digits(user) > 0 && !strings.ContainsAny(user, ";%") {
		return "sip:" + s // a name with digits in it, which are no number
	}
	return number(user)
}

func unescape(s string) string {
	if t, err := url.PathUnescape(s); err == nil {
		return t
	}
	return s
}

// phases are the words that phones use for the state of a call, without case, spaces
// and marks.
var phases = map[phone.Phase][]string{
	phone.Ringing: {"ringing", "ring", "incoming", "incomingcall", "newcall", "started", "start", "s", "early", "setup",
		"offering", "alerting", "outgoing", "outgoingcall", "calling", "dialing", "dialling"},
	phone.Answered: {"answered", "answer", "callanswer", "connected", "connect", "c", "confirmed", "established", "establishcall",
		"establishedcall", "accepted", "talking", "active", "oncall"},
	phone.Ended: {"ended", "end", "callend", "hangup", "hungup", "e", "terminated", "terminatecall", "terminatedcall", "disconnected",
		"disconnect", "idle", "finished", "closed", "released"},
	phone.Missed:    {"missed", "missedcall", "noanswer", "cancel", "cancelled", "canceled", "abandoned"},
	phone.Elsewhere: {"elsewhere", "answeredelsewhere", "completedelsewhere"},
}

// phase reads the state of a call in the words that phones use for it.
func phase(state string) (phone.Phase, error) {
	word := letters(state)
	for p, words := range phases {
		if slices.Contains(words, word) {
			return p, nil
		}
	}
	return "", &assist.Fault{What: "no call has the state " + quote(state), Do: "Use ringing, answered or ended.", Err: assist.ErrInvalid}
}

// letters returns the letters of a word, all small.
func letters(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, s)
}

// outgoing reads which way a call goes; what is no word for it is a call to us.
func outgoing(direction string) bool {
	switch letters(direction) {
	case "out", "o", "outgoing", "outbound":
		return true
	}
	return false
}

func knownPhase(p phone.Phase) bool {
	switch p {
	case phone.Ringing, phone.Answered, phone.Elsewhere, phone.Missed, phone.Ended:
		return true
	}
	return false
}

// tidy takes control characters out and cuts what is too long to be true.
func tidy(r phone.Ring) phone.Ring {
	for _, s := range []*string{&r.ID, &r.From, &r.Name, &r.To} {
		*s = clean(*s)
	}
	return r
}

func clean(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == unicode.ReplacementChar {
			return -1
		}
		return c
	}, s)
	s = strings.TrimSpace(s)
	if len(s) > maxWord {
		s = strings.TrimSpace(strings.ToValidUTF8(s[:maxWord], ""))
	}
	return s
}

func notACall(text string) error {
	return &assist.Fault{What: quote(text) + " is not the address of a call",
		Do: "Use a number, tel:+441134960123 or ringside://call?number=+441134960123.", Err: assist.ErrInvalid}
}

func quote(s string) string { return `"` + clean(s) + `"` }

package phone

import (
	"net/url"
	"strings"
)

// Caller reads who calls out of the headers of a SIP request: the values of
// P-Asserted-Identity, of Remote-Party-ID and of From, in this order of trust (RFC 3325
// and RFC 3261). The number is empty when the caller withholds it, or when their address
// is no number: digits are never fished out of a name, nor out of the text that a phone
// shows. The name is that text, if there is any; it is what somebody calls themselves,
// and proves nothing.
func Caller(asserted, remote, from []string) (number, name string) {
	for _, values := range [][]string{asserted, remote, from} {
		best := party{}
		for _, value := range values {
			for _, part := range splitParties(value) {
				p := readParty(part)
				if name == "" {
					name = p.name
				}
				if p.better(best) {
					best = p
				}
			}
		}
		if best.number != "" {
			if best.name != "" {
				name = best.name
			}
			return best.number, name
		}
	}
	return "", name
}

// party is one address of a header: `"Mary Shaw" <sip:+441134960123@pbx.example>;tag=1`.
type party struct{ number, name string }

// better prefers a number with its country code, then a whole one, then an extension.
func (p party) better(than party) bool {
	rank := func(number string) int {
		switch n := len(digitsOf(plain(number))); {
		case number == "":
			return 0
		case strings.HasPrefix(number, "+"):
			return 3
		case n >= minNational:
			return 2
		}
		return 1
	}
	return rank(p.number) > rank(than.number)
}

// splitParties cuts a header's value at the commas that part addresses.
func splitParties(value string) (parts []string) {
	quoted, angle, start := false, false, 0
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case quoted && c == '\\':
			i++
		case c == '"' && !angle:
			quoted = !quoted
		case quoted:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case c == ',' && !angle:
			parts = append(parts, value[start:i])
			start = i + 1
		}
	}
	return append(parts, value[start:])
}

func readParty(part string) party {
	display, uri, params := cutParty(strings.TrimSpace(part))
	if hidden(params) {
		return party{}
	}
	return party{number: numberOf(uri), name: shown(display)}
}

// cutParty parts the display text, the address and what stands behind it.
func cutParty(part string) (display, uri, params string) {
	rest := part
	if strings.HasPrefix(part, `"`) {
		for i := 1; i < len(part); i++ {
			if part[i] == '\\' {
				i++
			} else if part[i] == '"' {
				display, rest = part[1:i], part[i+1:]
				break
			}
		}
	}
	if before, after, ok := strings.Cut(rest, "<"); ok {
		if display == "" {
			display = before
		}
		uri, params, _ = strings.Cut(after, ">")
		return display, uri, params
	}
	rest = strings.TrimSpace(rest)
	if head, tail, ok := strings.Cut(rest, ";"); ok && !isTel(rest) { // without brackets they are the header's
		return display, head, tail
	}
	return display, rest, ""
}

// hidden reports whether a Remote-Party-ID asks that nobody is told, or is of the party
// that is called.
func hidden(params string) bool {
	for param := range strings.SplitSeq(params, ";") {
		key, value, _ := strings.Cut(strings.ToLower(param), "=")
		value = strings.Trim(strings.TrimSpace(value), `"`)
		switch strings.TrimSpace(key) {
		case "privacy":
			if value != "off" && value != "none" && value != "name" {
				return true
			}
		case "party":
			if value == "called" {
				return true
			}
		}
	}
	return false
}

// shown is the display text for people; "" when it names nobody.
func shown(display string) string {
	display = strings.TrimSpace(unescaped(display))
	if withheld(display) || strings.Trim(plain(display), "+0123456789 ().-/") == "" {
		return ""
	}
	return display
}

func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isTel(uri string) bool { return len(uri) >= 4 && strings.EqualFold(uri[:4], "tel:") }

// numberOf takes the number out of a tel: or sip: address, with its extension and its
// context; "" when its user is no number.
func numberOf(uri string) string {
	scheme, rest, ok := strings.Cut(strings.TrimSpace(uri), ":")
	switch {
	case !ok:
		rest = scheme
	case strings.EqualFold(scheme, "tel"):
	case strings.EqualFold(scheme, "sip"), strings.EqualFold(scheme, "sips"):
		user, host, at := strings.Cut(rest, "@")
		if !at || strings.HasSuffix(strings.ToLower(hostOf(host)), "anonymous.invalid") {
			return ""
		}
		rest, _, _ = strings.Cut(user, ":") // a password
	default:
		return ""
	}
	user, params, _ := strings.Cut(rest, ";")
	user, _, _ = strings.Cut(user, "?")
	if decoded, err := url.PathUnescape(user); err == nil {
		user = decoded
	}
	if user = strings.TrimSpace(user); !onlyNumber(user) {
		return ""
	}
	return user + numberParams(params, user)
}

func hostOf(host string) string {
	host, _, _ = strings.Cut(host, ";")
	host, _, _ = strings.Cut(host, ":")
	return host
}

// onlyNumber reports whether a text is digits and the signs between them, at least one
// digit.
func onlyNumber(user string) bool {
	user = plain(user)
	return strings.Trim(user, "+0123456789 ().-*#/") == "" && digitsOf(user) != ""
}

// numberParams keeps what belongs to the number among the parameters behind it.
func numberParams(params, user string) (kept string) {
	for param := range strings.SplitSeq(params, ";") {
		key, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		switch key = strings.ToLower(key); {
		case !onlyNumber(value):
		case key == "ext":
			kept += ";ext=" + value
		case key == "phone-context" && strings.HasPrefix(value, "+") && !strings.HasPrefix(user, "+"):
			kept += ";phone-context=" + value
		}
	}
	return kept
}

package handoff

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ringside/assist/phone"
)

// refusal is why a piece of news was not taken.
type refusal struct {
	code int
	why  string
}

// news reads what a phone tells in the query, as a form or as JSON. Words that nobody
// knows are passed over.
func news(r *http.Request) (phone.Ring, *refusal) {
	said, err := fields(r)
	if tooMuch := (*http.MaxBytesError)(nil); errors.As(err, &tooMuch) {
		return phone.Ring{}, &refusal{http.StatusRequestEntityTooLarge, "it sends more than 64 KiB"}
	} else if err != nil {
		return phone.Ring{}, &refusal{http.StatusBadRequest, "what it sends cannot be read"}
	}
	ring, err := said.ring()
	if err != nil {
		return phone.Ring{}, &refusal{http.StatusBadRequest, err.Error()}
	}
	return ring, nil
}

// told are the words of a phone by their names, small and without marks: "callid" for
// call_id and callId.
type told map[string]string

func fields(r *http.Request) (told, error) {
	said := told{}
	said.add(r.URL.RawQuery)
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/json" {
		said.add(string(body))
		return said, nil
	}
	var words map[string]any
	if err := json.Unmarshal(body, &words); err != nil {
		return nil, err
	}
	for k, v := range words {
		switch v := v.(type) {
		case string:
			said[letters(k)] = v
		case float64:
			said[letters(k)] = strconv.FormatFloat(v, 'f', -1, 64)
		}
	}
	return said, nil
}

// add reads a query or a form. Phones put addresses in as they are, with the semicolons
// that no query may hold.
func (s told) add(query string) {
	values, _ := url.ParseQuery(strings.ReplaceAll(query, ";", "%3B")) // what cannot be read is not there
	for k, v := range values {
		if v[0] != "" {
			s[letters(k)] = v[0]
		}
	}
}

// first returns the first of these words that was said, and whether any was.
func (s told) first(names ...string) (string, bool) {
	for _, n := range names {
		if v, ok := s[n]; ok {
			return v, true
		}
	}
	return "", false
}

// ring makes a piece of news of the words. A call system says from and to; a phone
// says the number of the other party.
func (s told) ring() (phone.Ring, error) {
	way, _ := s.first("direction")
	from, _ := s.first("from", "caller")
	to, _ := s.first("to", "called", "local")
	if outgoing(way) {
		from, to = to, from
	}
	if number, ok := s.first("number", "remote"); ok {
		from = number
	}
	r, err := Parse(plus(from))
	if err != nil {
		return r, err
	}
	state, ok := s.first("state", "event", "phase")
	if ok {
		if r.Phase, err = phase(state); err != nil {
			return r, err
		}
	}
	if cause, ok := s.first("cause"); ok && r.Phase == phone.Ended {
		r.Phase = endedBy(cause)
	}
	if name, ok := s.first("name", "displayremote"); ok {
		r.Name = name
	}
	if to, err := Parse(plus(to)); err == nil && to.From != "" {
		r.To = to.From
	}
	r.ID, _ = s.first("id", "callid")
	r.Outgoing = outgoing(way)
	return tidy(r), nil
}

// plus puts the plus of a number back that a phone did not escape, and that came out
// of the address as a space.
func plus(number string) string {
	scheme, rest, ok := strings.Cut(number, ":")
	if !ok {
		scheme, rest = "", number
	}
	if len(rest) < 2 || rest[0] != ' ' || !isDigit(rest[1]) {
		return number
	}
	if ok {
		return scheme + ":+" + rest[1:]
	}
	return "+" + rest[1:]
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// endedBy reads why a call ended.
func endedBy(cause string) phone.Phase {
	switch letters(cause) {
	case "cancel", "noanswer", "busy", "missed", "notfound", "congestion":
		return phone.Missed
	case "forwarded", "elsewhere", "answeredelsewhere":
		return phone.Elsewhere
	}
	return phone.Ended
}

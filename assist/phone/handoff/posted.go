package handoff

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"ringside/assist/phone"
)

// The names under which phones and telephone systems post what a call is.
var (
	numberNames = []string{"number", "from", "caller", "callerid", "caller_id", "remote", "cid", "phone"}
	nameNames   = []string{"name", "display_remote", "display", "caller_name", "callername"}
	stateNames  = []string{"state", "event", "status"}
	idNames     = []string{"id", "call_id", "callid", "call-id", "uniqueid"}
	toNames     = []string{"to", "local", "called", "did"}
	wayNames    = []string{"direction", "dir"}
)

// posted reads what a request tells of a call: its query, and a form or a JSON object in
// its body.
func posted(r *http.Request) (phone.Ring, error) {
	words, err := wordsOf(r)
	if err != nil {
		return phone.Ring{}, err
	}
	get := func(names []string) string {
		for _, n := range names {
			if v := words.Get(n); v != "" {
				return v
			}
		}
		return ""
	}
	state := get(stateNames)
	if state == "" {
		state = string(phone.Ringing)
	}
	p, err := phase(state)
	if err != nil {
		return phone.Ring{}, err
	}
	number, to := get(numberNames), get(toNames)
	out := outgoing(get(wayNames))
	if out && words.Has("from") && words.Has("to") { // from us, to them
		number, to = to, number
	}
	if !asksNumber(words) {
		return phone.Ring{}, errors.New("no number")
	}
	ring, err := Parse(number)
	if err != nil {
		return ring, err
	}
	ring.Phase, ring.Outgoing, ring.Source = unanswered(p, words.Get("cause")), out, phone.FromLAN
	ring.ID = get(idNames)
	ring.To = to
	if to != "" {
		if own, err := Parse(to); err == nil {
			ring.To = own.From
		}
	}
	if n := get(nameNames); n != "" {
		ring.Name = n
	}
	return tidy(ring), nil
}

// asksNumber reports whether a number is told, even an empty one.
func asksNumber(words url.Values) bool {
	for _, n := range numberNames {
		if words.Has(n) {
			return true
		}
	}
	return false
}

// unanswered reads why a call ended: what a caller gave up was missed.
func unanswered(p phone.Phase, cause string) phone.Phase {
	cause = strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(cause))
	switch {
	case p != phone.Ended:
		return p
	case strings.Contains(cause, "elsewhere"):
		return phone.Elsewhere
	case cause == "cancel", cause == "cancelled", cause == "canceled", cause == "noanswer", cause == "notfound", cause == "busy", cause == "missed":
		return phone.Missed
	}
	return p
}

// wordsOf collects the words of a request, with small letters in their names.
func wordsOf(r *http.Request) (url.Values, error) {
	out := url.Values{}
	add := func(from url.Values) {
		for k, v := range from {
			if len(v) > 0 {
				out.Set(strings.ToLower(k), v[0])
			}
		}
	}
	add(r.URL.Query())
	if r.Method != http.MethodPost {
		return out, nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, errors.New("its body cannot be read")
	}
	if !strings.Contains(r.Header.Get("Content-Type"), "json") {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, errors.New("its form cannot be read")
		}
		add(form)
		return out, nil
	}
	var object map[string]any
	if err := json.Unmarshal(body, &object); err != nil {
		return nil, errors.New("its JSON cannot be read")
	}
	for k, v := range object {
		switch v.(type) {
		case string, float64, bool:
			out.Set(strings.ToLower(k), fmt.Sprint(v))
		}
	}
	return out, nil
}

func outgoing(way string) bool {
	switch strings.ToLower(strings.TrimSpace(way)) {
	case "out", "outgoing", "outbound", "o":
		return true
	}
	return false
}

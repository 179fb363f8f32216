package sip

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"ringside/assist/phone"
)

// maxInfo is the most bytes of a body that is read: an extension has a few calls.
const maxInfo = 256 << 10

// maxDialogs is how many of them are looked at.
const maxDialogs = 500

// info is the state of an extension's calls, as RFC 4235 tells it.
type info struct {
	Version uint64   `xml:"version,attr"`
	State   string   `xml:"state,attr"` // "full" or "partial"
	Dialogs []dialog `xml:"dialog"`
}

// partial reports whether the calls that are not in it go on as they were.
func (i info) partial() bool { return strings.EqualFold(i.State, "partial") }

// dialog is one call of the extension.
type dialog struct {
	ID        string `xml:"id,attr"`
	CallID    string `xml:"call-id,attr"`
	Direction string `xml:"direction,attr"` // "initiator" or "recipient"
	State     struct {
		Event string `xml:"event,attr"`
		Code  int    `xml:"code,attr"`
		Name  string `xml:",chardata"`
	} `xml:"state"`
	Local  end `xml:"local"`
	Remote end `xml:"remote"`
}

// end is one of the two sides of a call.
type end struct {
	Identity struct {
		Display string `xml:"display,attr"`
		URI     string `xml:",chardata"`
	} `xml:"identity"`
	Target struct {
		URI string `xml:"uri,attr"`
	} `xml:"target"`
}

// parseInfo reads a body of the type application/dialog-info+xml. Elements that it does
// not know are passed over, whatever their namespace.
func parseInfo(body []byte) (info, error) {
	var i info
	if len(body) > maxInfo {
		return i, fmt.Errorf("the state of the calls has %d bytes", len(body))
	}
	dec := xml.NewDecoder(bytes.NewReader(body))
	dec.Strict = false
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	if err := dec.Decode(&i); err != nil && !errors.Is(err, io.EOF) {
		return i, fmt.Errorf("the state of the calls cannot be read: %w", err)
	}
	i.Dialogs = i.Dialogs[:min(len(i.Dialogs), maxDialogs)]
	return i, nil
}

// name is what the call is called in all its states.
func (d dialog) name() string {
	if d.CallID != "" {
		return d.CallID
	}
	return d.ID
}

func (d dialog) state() string { return strings.ToLower(strings.TrimSpace(d.State.Name)) }

// header writes an end as a SIP header does, to be read as one.
func (e end) header() string {
	uri := strings.TrimSpace(e.Identity.URI)
	if uri == "" {
		uri = strings.TrimSpace(e.Target.URI)
	}
	if uri == "" {
		return ""
	}
	display := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(e.Identity.Display)
	return `"` + display + `" <` + uri + `>`
}

// phaseOf reads a state: ringing, answered, or how it ended.
func phaseOf(d dialog) (p phone.Phase, ended bool) {
	switch d.state() {
	case "trying", "proceeding", "early":
		return phone.Ringing, false
	case "confirmed":
		return phone.Answered, false
	case "terminated":
		// A call that was taken elsewhere is cancelled with the answer's code (RFC 3326), or
		// replaced by the one that took it.
		if event := strings.ToLower(d.State.Event); event == "replaced" || event == "cancelled" && d.State.Code == 200 {
			return phone.Elsewhere, true
		}
		return phone.Missed, true
	}
	return "", false
}

// ringOf reads who calls.
func ringOf(d dialog) phone.Ring {
	r := phone.Ring{ID: d.name(), Source: phone.FromSIP, Outgoing: strings.EqualFold(d.Direction, "initiator")}
	r.From, r.Name = phone.Caller(nil, nil, []string{d.Remote.header()})
	if target := d.Remote.Target.URI; r.From == "" && target != "" && !hides(d.Remote.Identity.URI) {
		r.From, _ = phone.Caller(nil, nil, []string{"<" + target + ">"})
	}
	return r
}

// hides reports whether somebody keeps their address to themselves.
func hides(uri string) bool {
	user, _, _ := strings.Cut(strings.TrimSpace(uri), "@")
	_, user, _ = strings.Cut(user, ":")
	return phone.Parse(user, "").Withheld
}

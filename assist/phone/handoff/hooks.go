package handoff

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// Hook says how a phone is made to tell of its calls.
type Hook struct {
	Phone string // "MicroSIP"
	Where string // where its settings take the lines, or what else to do
	Lines []Line // what to paste there; none where the phone has no place for it
}

// Line is one line to paste.
type Line struct {
	When string // the phone's own name of the setting or the event
	Text string
}

// Hooks returns how the softphones of this machine are made to run the program when
// they ring. program is the path of Ringside.
func Hooks(program string) []Hook {
	run := `"` + program + `" `
	return []Hook{
		{"MicroSIP", "In microsip.ini, in the part [Settings], while MicroSIP is closed. It adds the number itself.", []Line{
			{"cmdIncomingCall", "cmdIncomingCall=" + run + "ring --state ringing"},
			{"cmdCallAnswer", "cmdCallAnswer=" + run + "ring --state answered"},
			{"cmdCallEnd", "cmdCallEnd=" + run + "ring --state ended"},
		}},
		{"3CX", "As the program for a CRM (Call CRM Executable). 3CX adds the words itself.", []Line{
			{"Call CRM Executable", program},
		}},
		{"Zoiper", "In Settings, Automation: the command to run on an incoming call.", []Line{
			{"Incoming call", run + `ring "{phone}"`},
		}},
		{"Jitsi", "In Options, Notifications: the program for the event Incoming call.", []Line{
			{"Incoming call", run + `ring --number "${caller.uri}" --name "${caller.name}"`},
		}},
		{"innovaphone", "In myPBX, as an external application: the path, and below it the parameters. Without Start with call it starts when the phone rings.", []Line{
			{"Path", program},
			{"Parameters", `ring --number "$n" --name "$d"`},
		}},
		{"Linphone", "It runs no program when it rings. Watch its extension on the telephone system instead.", nil},
		{"Bria", "It runs no program when it rings. Watch its extension on the telephone system instead.", nil},
	}
}

// LANHooks returns how phones and phone systems of the network are made to tell of
// their calls. base is what URL returns.
func LANHooks(base string) []Hook {
	return []Hook{
		{"Yealink", "On the phone's page, in Features, Action URL.", actions(base, "$call_id",
			"Incoming Call", "Outgoing Call", "Established", "Terminated", "Missed Call")},
		{"Snom", "On the phone's page, in Setup, Action URL Settings.", actions(base, "$call-id",
			"Incoming call", "Outgoing call", "On Connected", "On Disconnected", "Missed call")},
		{"Grandstream", "On the phone's page, in Settings, Outbound Notification, Action URL.", actions(base, "",
			"Incoming Call", "Outgoing Call", "Establish Call", "Terminate Call", "Missed Call")},
		{"A telephone system that pushes as to Zammad", "Where it asks for the address of the CTI. It posts newCall, answer and hangup there.",
			[]Line{{"Endpoint", base}}},
	}
}

// actions returns the lines of a desk phone, which names the events in its own words:
// incoming, outgoing, answered, ended and missed, in this order.
func actions(base, id string, events ...string) []Line {
	states := []string{"ringing", "ringing&direction=out", "answered", "ended", "missed"}
	lines := make([]Line, len(events))
	for i, e := range events {
		lines[i] = Line{e, base + "&state=" + states[i] + "&number=$remote&name=$display_remote"}
		if id != "" {
			lines[i].Text += "&id=" + id
		}
	}
	return lines
}

// URL returns where phones post to: the address with the token. An address that stands
// for all of this machine gets the first one that a network knows it by.
func URL(address, token string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		host, port = address, ""
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = ownAddress()
	}
	if port != "" {
		host = net.JoinHostPort(host, port)
	} else if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return "http://" + host + "/ring?token=" + url.QueryEscape(token)
}

// ownAddress is the address by which the network knows this machine.
func ownAddress() string {
	all, _ := net.InterfaceAddrs() // a machine without a network has its own
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsGlobalUnicast() {
			return n.IP.String()
		}
	}
	return "127.0.0.1"
}

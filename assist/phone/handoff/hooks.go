package handoff

import "strings"

// Hook says how a phone is set up to tell of its calls.
type Hook struct {
	Phone string
	Where string // in that phone's settings
	Lines []HookLine
}

// HookLine is what is to be pasted there.
type HookLine struct {
	When string // which of the phone's events it is for
	Text string
}

// Hooks lists phones that are programs of this machine, with the lines by which each
// tells of calls. program is the path of this program.
func Hooks(program string) []Hook {
	if strings.ContainsRune(program, ' ') {
		program = `"` + program + `"`
	}
	ring := program + " ring"
	states := func(number, more string) []HookLine {
		return []HookLine{
			{"The phone rings", ring + " " + number + more + " --state ringing"},
			{"It was answered", ring + " " + number + more + " --state answered"},
			{"The call is over", ring + " " + number + more + " --state ended"}}
	}
	return []Hook{
		{"MicroSIP", "In microsip.ini, beside the program or in its folder under AppData. MicroSIP adds the number by itself.", []HookLine{
			{"cmdIncomingCall", ring + " --state ringing"}, {"cmdCallAnswer", ring + " --state answered"}, {"cmdCallEnd", ring + " --state ended"}}},
		{"3CX", "In the app for Windows: the program for the CRM. 3CX adds /N: /C: /T: and /I: by itself.", []HookLine{{"All of them", program}}},
		{"Zoiper", "Settings, Automation: run a program. Put Zoiper’s own word for the number in place of NUMBER.", states("NUMBER", "")},
		{"Linphone", "Linphone for the desktop runs no program: watch your extension instead, below. A link of the form on the right works from anywhere.", []HookLine{
			{"As a link", "ringside://call?number=NUMBER&state=ringing"}}},
		{"Bria", "Where your edition opens an address on a call. Put Bria’s own word for the number in place of NUMBER.", []HookLine{
			{"The phone rings", "ringside://call?number=NUMBER&state=ringing"}}},
		{"Jitsi", "Options, Advanced: open an address or run a program on a call.", states("${caller.uri}", ` --name "${caller.name}" --id "${caller.id}"`)},
		{"innovaphone myPBX", "Settings, Start with call: the program and its parameters.", []HookLine{{"At the ring", ring + ` $n --name "$d" --id "$c"`}}},
		{"Another phone", "Wherever it runs a program on a call. Put its own words for number, name and call in place of ours.", states("NUMBER", ` --name "NAME" --id "CALL"`)},
	}
}

// LANHooks lists phones and telephone systems of the network, with the addresses that each
// has to open. base is where the door is, "http://192.168.1.20:8765", and token its token.
func LANHooks(base, token string) []Hook {
	ring := strings.TrimSuffix(base, "/") + "/ring?token=" + token
	states := func(words string) []HookLine {
		return []HookLine{
			{"Incoming call", ring + "&state=ringing&" + words},
			{"Established", ring + "&state=answered&" + words},
			{"Terminated", ring + "&state=ended&" + words},
			{"Missed call", ring + "&state=missed&" + words}}
	}
	return []Hook{
		{"Yealink", "On the phone’s page: Features, Action URL.", states("number=$remote&name=$display_remote&id=$call_id&to=$local")},
		{"Snom", "On the phone’s page: Setup, Action URL.", states("number=$remote&name=$display_remote&id=$call-id&to=$local")},
		{"Grandstream", "On the phone’s page: Settings, Outbound Notification, Action URL.", states("number=$remote&name=$display_remote&to=$local")},
		{"A telephone system that pushes its calls", "As for a CRM with a generic CTI address: it posts event, from, to, direction and callId.", []HookLine{{"All of them", ring}}},
	}
}

package settings

// Phone says how this machine learns of calls. The zero Phone takes what
// this machine's own programs hand over, and opens nothing to anybody else.
type Phone struct {
	// Off: no phone is listened to. Calls can still be started by hand.
	Off bool `json:"off,omitempty"`
	// Mine are the rep's own numbers and extensions, as they write them. With none,
	// every call that a phone tells of is theirs.
	Mine []string `json:"mine,omitempty"`
	// Groups: calls to a queue or a group ring here, too, though others may take them.
	// Without it such a call comes when it was answered here.
	Groups bool `json:"groups,omitempty"`
	// Mask: the list of what was heard shows the last two digits of a number only.
	Mask bool `json:"mask,omitempty"`
	LAN  LAN  `json:"lan,omitzero"`
	SIP  SIP  `json:"sip,omitzero"`
}

// LAN opens a door to phones and phone systems of the local network. Its token
// is kept elsewhere.
type LAN struct {
	On      bool   `json:"on,omitempty"`
	Address string `json:"address,omitempty"` // where to listen: "192.168.1.20:8765", ":8765"
	// From are the addresses and networks that may post, "192.168.1.5" or
	// "192.168.1.0/24"; empty: any that has the token.
	From []string `json:"from,omitempty"`
}

// SIP names the telephone system that is asked about the rep's own extension.
// Its password is kept elsewhere.
type SIP struct {
	On        bool   `json:"on,omitempty"`
	Server    string `json:"server,omitempty"`    // "pbx.example" or "pbx.example:5070"
	Transport string `json:"transport,omitempty"` // "udp", "tcp" or "tls"; empty means udp
	Extension string `json:"extension,omitempty"` // whose calls are watched: "214"
	Domain    string `json:"domain,omitempty"`    // of the extension's address; empty means the server's host
	Login     string `json:"login,omitempty"`     // the name that goes with the password; empty means Extension
	// Register: the watcher also signs in as one more phone, which is told who calls
	// where the watched state does not say. It never rings. Some systems take the
	// place of the rep's own phone away for it.
	Register bool `json:"register,omitempty"`
}

// Named reports whether both the server and the extension have a name.
func (s SIP) Named() bool { return s.Server != "" && s.Extension != "" }

func (p Phone) validate(v *check) {
	for _, n := range p.Mine {
		v.line("phone.mine", n, true)
	}
	v.line("phone.lan.address", p.LAN.Address, p.LAN.On)
	for _, a := range p.LAN.From {
		v.line("phone.lan.from", a, true)
	}
	s := p.SIP
	for field, text := range map[string]string{"server": s.Server, "extension": s.Extension, "domain": s.Domain, "login": s.Login} {
		v.line("phone.sip."+field, text, false)
	}
	v.that(s.Transport == "" || s.Transport == "udp" || s.Transport == "tcp" || s.Transport == "tls",
		"phone.sip.transport", "is not one of udp, tcp, tls")
	v.that(!s.On || s.Named(), "phone.sip", "is on without a server and an extension")
}

package main

import (
	"ringside/assist"
)

// ownScheme is what our own links begin with; telSchemes are those of numbers that
// people click to call, which other programs may want, too.
const ownScheme = "ringside"

var telSchemes = []string{"tel", "callto", "sip"}

// linksOn makes this program the one that opens ringside:// links, for this user, and
// with tel also the links of numbers.
func linksOn(tel bool) error {
	schemes := []string{ownScheme}
	if tel {
		schemes = append(schemes, telSchemes...)
	}
	return register(schemes)
}

// linksOff takes back what linksOn has done, and leaves alone what others have.
func linksOff() error { return unregister() }

// linksState returns the kinds of links that this program opens: "ringside", "tel".
func linksState() ([]string, error) { return registered() }

// cannotLink says that the desktop did not take the links.
func cannotLink(where string, err error) error {
	return &assist.Fault{What: "the desktop does not take the links", Where: where, Err: err}
}

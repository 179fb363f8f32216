package main

import "ringside/assist"

// The links of macOS belong to the app's bundle, which says in its Info.plist what it
// opens.
var errBundle error = &assist.Fault{What: "on macOS the app's bundle says which links it opens", Err: assist.ErrInvalid}

func register([]string) error { return errBundle }

func unregister() error { return errBundle }

func registered() ([]string, error) { return nil, errBundle }

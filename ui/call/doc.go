// Package call is the page that a rep works on while somebody is on the phone:
// who it is, what to answer, what to ask, what to write down and to promise. It
// shows one live.View after another and tells the desk what the rep does; it
// decides nothing about the call itself.
//
// The words that a rep types belong to the page while their call is in front:
// they are taken from a View only when another call comes to the front, so that a
// View that is late never overwrites newer typing.
//
// Ctrl+1 to Ctrl+5 belong to answers (and to callers who share a number), so the
// pages of the window are on Alt+1 to Alt+6.
package call

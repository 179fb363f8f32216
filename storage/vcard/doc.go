// Package vcard reads the cards of address books: vCard 2.1, 3.0 and 4.0.
//
// It has a reader of its own because emersion/go-vcard tells no lines, stops at
// the first card without an end, and reads neither the soft line breaks nor the
// character sets of version 2.1, which phones still write. This reader keeps one
// card in memory, skips pictures, and goes on behind a broken card.
package vcard

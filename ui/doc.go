// Package ui is the window of Ringside: the bar of pages, the menu, the keys, and
// the one View that it hands to the Call page. The pages themselves are packages
// of their own; those of the library, of review and of settings are given in.
package ui

// Package assist holds the words of Ringside: the customer, the call, the
// answer, the promise and what else a rep deals with. The types are plain
// values with a Validate method; they know nothing of files, databases, windows
// or networks, and this package imports the standard library only.
package assist

// Package replica keeps the stores of a team alike. Every desk is a replica with the whole
// of what the team shares; what lies between them, a NATS server or a folder, is a carrier
// that is never trusted: it sees sealed packets, may lose or double them, and the desks
// themselves are the durable copy.
package replica

// MemberID names a replica of the team: the first 16 hexadecimal digits of the SHA-256 of
// its signing key.
type MemberID string

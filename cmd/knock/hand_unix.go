//go:build linux || darwin

package knock

import (
	"os"
	"syscall"
)

// hand hands the words over at the door of the app that has the folder open, and
// reports whether it took them. It speaks to the system itself: package net comes up
// too late.
func hand(dir string, words []string) bool {
	sign, err := os.ReadFile(dir + "/door.json")
	if err != nil {
		return false
	}
	addr, token := field(string(sign), "addr"), field(string(sign), "token")
	port, ok := loopback(addr)
	if !ok || token == "" {
		return false
	}
	s, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		return false
	}
	defer syscall.Close(s)
	patience := syscall.Timeval{Sec: 2}
	if syscall.SetsockoptTimeval(s, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &patience) != nil ||
		syscall.SetsockoptTimeval(s, syscall.SOL_SOCKET, syscall.SO_SNDTIMEO, &patience) != nil ||
		syscall.Connect(s, &syscall.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}) != nil {
		return false
	}
	text := request(addr, token, words)
	if n, err := syscall.Write(s, []byte(text)); err != nil || n < len(text) {
		return false
	}
	var answer [2048]byte
	for n := 0; n < len(answer); {
		more, err := syscall.Read(s, answer[n:])
		if err == syscall.EINTR {
			continue
		}
		if n += max(more, 0); taken(string(answer[:n])) {
			return true
		}
		if err != nil || more <= 0 {
			return false
		}
	}
	return false
}

// loopback returns the port of an address of this machine.
func loopback(addr string) (port int, ok bool) {
	const host = "127.0.0.1:"
	if !starts(addr, host) {
		return 0, false
	}
	for _, c := range addr[len(host):] {
		if c < '0' || c > '9' || port > 65535 {
			return 0, false
		}
		port = 10*port + int(c-'0')
	}
	return port, port > 0 && port < 65536
}

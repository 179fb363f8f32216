package sip_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// socketOf returns the newest socket of UDP that this process listens on, as the system
// lists it.
func socketOf(t *testing.T) string {
	t.Helper()
	mine := map[string]bool{}
	links, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	for _, l := range links {
		if to, err := os.Readlink("/proc/self/fd/" + l.Name()); err == nil {
			mine[strings.TrimSuffix(strings.TrimPrefix(to, "socket:["), "]")] = true
		}
	}
	table, err := os.ReadFile("/proc/self/net/udp")
	must(t, err)
	newest, at := 0, ""
	for _, row := range strings.Split(string(table), "\n") {
		f := strings.Fields(row)
		if len(f) < 10 || !mine[f[9]] || f[2] != "00000000:0000" {
			continue
		}
		_, port, _ := strings.Cut(f[1], ":")
		number, err := strconv.ParseUint(port, 16, 16)
		must(t, err)
		if inode, _ := strconv.Atoi(f[9]); inode > newest {
			newest, at = inode, fmt.Sprintf("127.0.0.1:%d", number)
		}
	}
	if at == "" {
		t.Fatal("no socket of UDP is listened on")
	}
	return at
}

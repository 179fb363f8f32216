//go:build !windows

package main

import (
	"os/exec"
	"syscall"
)

// detach makes the command outlive this process and its terminal.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

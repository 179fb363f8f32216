//go:build !windows

package siprig

import (
	"os/exec"
	"syscall"
)

// inGroup makes the program and its children a group of their own, so that they end
// together.
func inGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func killGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }

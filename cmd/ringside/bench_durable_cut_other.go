//go:build !linux

package main

func (b *durableBench) cuts() ([]figure, error)    { return notHere("powercut_cycles") }
func (b *durableBench) noMsync() ([]figure, error) { return notHere("nomsync_cycles") }
func (b *durableBench) full() ([]figure, error)    { return notHere("diskfull_lost") }

func notHere(name string) ([]figure, error) {
	return []figure{{Name: name, Skipped: "a disk of its own is made on Linux only"}}, nil
}

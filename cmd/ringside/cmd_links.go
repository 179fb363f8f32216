package main

import (
	"fmt"
	"strings"
)

type linksCmds struct {
	On     linksOnCmd     `cmd:"" help:"Let this program open ringside:// links."`
	Off    linksOffCmd    `cmd:"" help:"Take that back."`
	Status linksStatusCmd `cmd:"" help:"Say which links this program opens."`
}

type linksOnCmd struct {
	Tel bool `help:"Also take tel:, callto: and sip:, so that a number clicked to be called is an outgoing call here. What dialled them so far does so no more."`
}

func (c *linksOnCmd) Run(*program) error { return linksOn(c.Tel) }

type linksOffCmd struct{}

func (c *linksOffCmd) Run(*program) error { return linksOff() }

type linksStatusCmd struct{}

func (c *linksStatusCmd) Run(p *program) error {
	schemes, err := linksState()
	if err != nil {
		return err
	}
	if len(schemes) == 0 {
		schemes = []string{"none"}
	}
	_, err = fmt.Fprintln(p.stdout, strings.Join(schemes, " "))
	return err
}

package main

type checkCmd struct{}

func (c *checkCmd) Run(p *program) error {
	return p.inHouse(false, func(h *house) error { return nil })
}

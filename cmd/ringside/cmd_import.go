package main

import "ringside/assist"

type importCustomersCmd struct {
	File   string `arg:"" help:"A file of customers: CSV, TSV or vCard."`
	DryRun bool   `help:"Keep nothing; say what each record would become."`
}

func (c *importCustomersCmd) Run(*program) error {
	return &assist.Fault{What: "this build cannot import customers", Where: c.File}
}

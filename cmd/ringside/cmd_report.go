package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ringside/assist/settings"
)

type reportCmd struct {
	Weeks  int       `default:"1" help:"How many weeks it is about."`
	Until  time.Time `placeholder:"DAY" format:"2006-01-02" help:"The last day, 2026-11-26. Without it, today."`
	Format string    `enum:"md,html,pdf," default:"" help:"md, html or pdf. Without it, as the end of the file's name says; else md."`
	Names  string    `enum:"shown,hidden" default:"shown" help:"hidden takes the names of people out, and their numbers and addresses."`
	Out    string    `placeholder:"FILE" help:"The file to make, or - for stdout. Without it, a new one here, named by the last day."`
	Sample bool      `help:"Of the sample team, and of half a year that is made up for it. Your own data is not touched."`
}

// Help tells what the list does not.
func (c *reportCmd) Help() string {
	return "The brief says what customers told us of rivals, of the market and of themselves, who stays and who leaves, which promises " +
		"were kept, and what nobody could answer: with its figures, how sure they are, and the customers' words. " +
		"What is too little to be told says so. Nothing that is there is written over. Names of people who are in no list stay, also with --names hidden."
}

// Validate is called by kong.
func (c *reportCmd) Validate() error {
	if c.Weeks < 1 || c.Weeks > 520 {
		return errors.New("--weeks must be from 1 to 520")
	}
	return nil
}

func (c *reportCmd) Run(p *program) error {
	if c.Format == "" {
		c.Format = formOf(c.Out)
	}
	if !c.Until.IsZero() {
		y, m, d := c.Until.Date()
		c.Until = time.Date(y, m, d, 12, 0, 0, 0, p.now().Location())
	}
	if c.Sample {
		return c.ofSample(p)
	}
	return p.inHouse(false, func(h *house) error { return c.write(p, h, "") })
}

// formOf returns the form that the end of a file's name asks for.
func formOf(name string) string {
	switch end := strings.ToLower(strings.TrimPrefix(filepath.Ext(name), ".")); end {
	case formHTML, formPDF:
		return end
	case "htm":
		return formHTML
	}
	return formMarkdown
}

func (c *reportCmd) write(p *program, h *house, team string) error {
	until := c.Until
	if until.IsZero() {
		until = p.now()
	}
	b, err := makeBrief(p.ctx, h, briefAsk{Weeks: c.Weeks, Until: until, Hidden: c.Names == "hidden", Team: team})
	if err != nil {
		return err
	}
	data, err := printed(b, c.Format)
	if err != nil {
		return err
	}
	to := p.path(orElse(c.Out, briefName(until, c.Format)))
	err = h.perform(p.ctx, actExportReport, func() (int, error) {
		if c.Out == "-" {
			_, err := p.stdout.Write(data)
			return 0, err
		}
		return 0, writeNew(to, data)
	})
	if err != nil || c.Out == "-" {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "Wrote the brief to %s.\n", to)
	return err
}

// briefName is what the file of a brief is called that nobody named.
func briefName(until time.Time, form string) string {
	return "ringside-brief-" + until.Format("2006-01-02") + "." + form
}

// ofSample makes the brief of the sample team, in a folder that is gone afterwards. On the
// same day it is the same.
func (c *reportCmd) ofSample(p *program) (err error) {
	day := p.now()
	if !c.Until.IsZero() {
		day = c.Until
	}
	q := *p
	q.now = func() time.Time { return day }
	dir, err := os.MkdirTemp("", "ringside-sample-")
	if err != nil {
		return fmt.Errorf("make a folder for the sample team: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	q.key.NoKeychain = true
	h, err := openHouseWith(q.ctx, dir, q.now, q.key)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := errors.Join(h.db.SaveSettings(q.ctx, settings.Machine{Region: sampleRegion, Me: "ewa"}), h.addSample(q.ctx), h.addHalfYear(q.ctx)); err != nil {
		return err
	}
	return c.write(&q, h, "Thornfell")
}

package assist

import (
	"strconv"
	"strings"
	"time"
)

const (
	maxLine = 500       // bytes of a name, a title or another one-line field
	maxText = 100_000   // bytes of a long field
	maxNote = 1_000_000 // bytes of a note
)

// check collects what is wrong with one record.
type check struct{ wrong []string }

func (c *check) that(ok bool, field, reason string) {
	if !ok {
		c.wrong = append(c.wrong, field+" "+reason)
	}
}

func (c *check) id(field string, id ID) {
	c.that(id.Valid(), field, "must be 1 to 64 of a-z, 0-9, '-', '_' and '.'")
}

func (c *check) ref(field string, id ID) {
	if id != "" {
		c.id(field, id)
	}
}

func (c *check) line(field, s string, need bool) {
	c.bounded(field, s, maxLine, need)
}

func (c *check) text(field, s string, need bool) { c.bounded(field, s, maxText, need) }

func (c *check) bounded(field, s string, most int, need bool) {
	c.that(!need || strings.TrimSpace(s) != "", field, "is missing")
	c.that(len(s) <= most, field, "is longer than "+strconv.Itoa(most)+" bytes")
}

func (c *check) lines(field string, list []string) {
	for _, s := range list {
		c.line(field, s, true)
	}
}

func (c *check) at(field string, t time.Time) {
	c.that(!t.IsZero(), field, "is missing")
}

// fault returns nil when nothing is wrong.
func (c *check) fault(t Type, id ID) error {
	if len(c.wrong) == 0 {
		return nil
	}
	return &Fault{
		What:  "this " + string(t) + " cannot be kept: " + strings.Join(c.wrong, "; "),
		Where: string(t) + " " + string(id),
		Err:   ErrInvalid,
	}
}

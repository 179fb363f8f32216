package storage

// climb tells how far the picture has caught up with the journal, when that takes long.
type climb struct {
	tell      func(done, all int) // nil tells nobody
	done, all int64               // bytes
	part      int
}

const climbParts = 100

func (c *climb) begin(bytes int64) {
	c.all = bytes
	if c.tell != nil {
		c.tell(0, climbParts)
	}
}

// step counts bytes. That all is done is told by the end of Open alone.
func (c *climb) step(bytes int64) {
	c.done += bytes
	part := int(min(climbParts*c.done/max(c.all, 1), climbParts-1))
	if c.tell != nil && part > c.part {
		c.part = part
		c.tell(part, climbParts)
	}
}

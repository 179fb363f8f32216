package practice

// AtRest reports whether nothing is read or kept, but for what is shared.
func (p *Page) AtRest() bool { return !p.reading && !p.outbox.busy }

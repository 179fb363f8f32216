package practice

// AtRest reports whether nothing is read or kept.
func (p *Page) AtRest() bool { return !p.reading && !p.outbox.busy && !p.team.share.Disabled() }

package main

import (
	"ringside/ui"
	"ringside/ui/async"
)

// postTo brings results to a page. While another page is in front, they leave the keyboard
// where it is: what was read or kept late must not take it from a rep in a call.
func (p *pages) postTo(page ui.Page) async.Post {
	return func(f func()) {
		p.post(func() {
			if p.win == nil || p.win.Page() == page {
				f()
				return
			}
			c := p.win.Window().Canvas()
			front, focused, over := p.win.Page(), c.Focused(), c.Overlays().Top()
			f()
			switch {
			case p.win.Page() != front, c.Overlays().Top() != over, c.Focused() == focused:
			case focused == nil:
				c.Unfocus()
			default:
				c.Focus(focused)
			}
		})
	}
}

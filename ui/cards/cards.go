// Package cards hides payment cards in what is typed and pasted, at once, and gives back
// what was none.
package cards

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ringside/assist/mask"
)

// Box is a box in which something is typed.
type Box interface {
	// Content is what is in it, and how many letters stand behind the cursor.
	Content() (text string, behind int)
	// Replace puts another text into it and reports it; so many letters stay behind the
	// cursor.
	Replace(text string, behind int)
}

// Cards hides the payment cards in boxes before anybody else hears of them, and gives back
// what was none. The zero value may be used; a nil one hides nothing.
type Cards struct {
	// Spared are the numbers that are no cards; nil: nothing is remembered.
	Spared *mask.Spared
	// OnHidden is called with what stands there instead, and with "" when it was given back.
	OnHidden func(shown string)

	in    Box    // where something was hidden last; nil: nowhere
	text  string // of that box then
	found []mask.Found
	typed []string // what stood at each of found
}

// BackKey gives back what was hidden last, from every box and list.
var BackKey = &desktop.CustomShortcut{KeyName: fyne.KeyJ, Modifier: fyne.KeyModifierAlt}

// Find returns what is to be hidden of a text that is being typed, or was pasted.
func (c *Cards) Find(text string, typing bool) []mask.Found {
	if c == nil {
		return nil
	}
	return mask.Find(text, c.Spared, typing)
}

// Hide hides the cards in a box, with the cursor where it was. While somebody is typing,
// a number at the end may go on.
func (c *Cards) Hide(e Box, typing bool) {
	text, behind := e.Content()
	found := c.Find(text, typing)
	if len(found) == 0 {
		return
	}
	if c.in != e || !belong(found) {
		c.in, c.found, c.typed = e, nil, nil
	}
	grown := 0
	for _, f := range found {
		c.typed = append(c.typed, text[f.From:f.To])
		f.From, f.To = f.From+grown, f.From+grown+len(f.Shown)
		grown += len(f.Shown) - len(c.typed[len(c.typed)-1])
		c.found = append(c.found, f)
	}
	c.text = mask.Hide(text, found)
	e.Replace(c.text, behind)
	if c.OnHidden != nil {
		c.OnHidden(c.found[0].Shown)
	}
}

// belong reports whether what was found stands beside a card that is hidden already.
func belong(found []mask.Found) bool {
	return !slices.ContainsFunc(found, func(f mask.Found) bool { return strings.HasPrefix(f.Shown, "••••") })
}

// Back puts the card that was hidden last, and what was hidden beside it, where it stood, exactly as it was typed, and hides it
// never again. It reports whether there was something.
func (c *Cards) Back() bool {
	if c == nil || c.in == nil {
		return false
	}
	e := c.in
	text, behind := e.Content()
	for i := len(c.found) - 1; i >= 0; i-- {
		f := c.found[i]
		at := f.From
		if at+len(f.Shown) > len(text) || text[at:at+len(f.Shown)] != f.Shown {
			if at = strings.Index(text, f.Shown); at < 0 {
				continue
			}
		}
		text = text[:at] + c.typed[i] + text[at+len(f.Shown):]
		if c.Spared == nil {
			c.Spared = &mask.Spared{}
		}
		c.Spared.Add(f.Key)
	}
	c.forget()
	e.Replace(text, behind)
	return true
}

func (c *Cards) forget() {
	c.in, c.text, c.found, c.typed = nil, "", nil, nil
	if c.OnHidden != nil {
		c.OnHidden("")
	}
}

// Takes reports whether a key was for Back: BackKey, or the undoing of what has just
// happened in this box.
func (c *Cards) Takes(e Box, s fyne.Shortcut) bool {
	if c == nil || c.in == nil {
		return false
	}
	text, _ := e.Content()
	_, undo := s.(*fyne.ShortcutUndo)
	return (s.ShortcutName() == BackKey.ShortcutName() || undo && c.in == e && c.text == text) && c.Back()
}

// Left is called when a box shows something else.
func (c *Cards) Left(e Box) {
	if c != nil && c.in == e {
		c.forget()
	}
}

package ui

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// icon returns the drawing of a page: plain filled shapes on a field of 24 by 24,
// in the colour that the theme gives to text.
func icon(p Page) fyne.Resource {
	shapes := map[Page]string{
		Call:      `<path d="M5 3h4l2 5-2.6 1.7a11 11 0 0 0 5.9 5.9L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z"/>`,
		Library:   `<path d="M4 4h4v16H4z"/><path d="M9.5 4h4v16h-4z"/><path d="M15 5l3.6-1 3 15-3.6 1z"/>`,
		Review:    `<path d="M4 12h4v8H4z"/><path d="M10 4h4v16h-4z"/><path d="M16 8h4v12h-4z"/>`,
		Incidents: `<path fill-rule="evenodd" d="M12 3l10 18H2zM11 10v5h2v-5zM11 17v2h2v-2z"/>`,
		Practice:  `<path d="M3 4h18v11H11l-5 5v-5H3z"/>`,
		Settings: `<path d="M3 6h10v2H3z"/><circle cx="15" cy="7" r="3"/><path d="M17 6h4v2h-4z"/>` +
			`<path d="M3 16h4v2H3z"/><circle cx="9" cy="17" r="3"/><path d="M11 16h10v2H11z"/>`,
	}
	svg := `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">` + shapes[p] + `</svg>`
	return base.NewThemedResource(fyne.NewStaticResource("page-"+string(p)+".svg", []byte(svg)))
}

package widgets

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui/say"
	"ringside/ui/theme"
)

// mostAnswers is how many answers an AnswerList shows.
const mostAnswers = 5

// AnswerList shows up to five answers, the best first. Its rows are made once and
// only their texts change.
type AnswerList struct {
	box
	// OnOpen reports that the rep wants this answer.
	OnOpen func(assist.ID)
	// OnMoved reports that the rep's mouse has come to a row.
	OnMoved func()

	rows     [mostAnswers]*answerRow
	hits     []live.AnswerHit
	dim      bool
	compact  bool
	open     assist.ID // shown elsewhere, so not here
	most     int
	selected int
}

// NewAnswerList returns an empty list. keyName says which key opens row i, the
// first being 0.
func NewAnswerList(keys Keys, keyName func(i int) string) *AnswerList {
	l := &AnswerList{most: mostAnswers}
	col := Column(0)
	for i := range l.rows {
		r := newAnswerRow(keys, keyName(i))
		r.OnPressed = func() { l.Open(i) }
		r.onHover = func() {
			if l.OnMoved != nil {
				l.OnMoved()
			}
		}
		r.Hide()
		l.rows[i] = r
		col.Objects = append(col.Objects, r)
	}
	l.content = col
	l.ExtendBaseWidget(l)
	return l
}

// SetAnswers shows the answers; weak ones are shown paler. The parent has to be
// arranged.
func (l *AnswerList) SetAnswers(a live.Answers) {
	l.hits, l.dim = a.Hits, a.State == "dim"
	l.selected = min(l.selected, max(len(l.hits)-1, 0))
	l.show()
}

// SetOpen shows titles only, without the answer that is open and has the room. The
// rows keep their keys. An empty id shows all of every row again.
func (l *AnswerList) SetOpen(id assist.ID) {
	l.open, l.compact = id, id != ""
	l.show()
}

// SetMost limits the rows, at most to five.
func (l *AnswerList) SetMost(n int) {
	l.most = n
	l.show()
}

// Select marks row i, counted from 0; what is outside the list goes to its end.
func (l *AnswerList) Select(i int) {
	l.selected = max(min(i, l.Len()-1), 0)
	l.show()
}

// Unmark marks no row, until the next Select.
func (l *AnswerList) Unmark() {
	l.selected = -1
	l.show()
}

// Selected returns the marked row, counted from 0; -1 when none is.
func (l *AnswerList) Selected() int { return l.selected }

// Row returns what shows answer i, counted from 0; nil when that is not to be seen.
func (l *AnswerList) Row(i int) fyne.CanvasObject {
	if i < 0 || i >= l.Len() || l.rows[i].Hidden {
		return nil
	}
	return l.rows[i]
}

// Len returns how many answers are shown.
func (l *AnswerList) Len() int { return min(len(l.hits), l.most) }

// Open reports row i, counted from 0, as pressed; nothing when there is none.
func (l *AnswerList) Open(i int) {
	if i >= 0 && i < l.Len() && l.OnOpen != nil {
		l.OnOpen(l.hits[i].ID)
	}
}

func (l *AnswerList) show() {
	for i, r := range l.rows {
		if i >= l.Len() || l.compact && l.hits[i].ID == l.open {
			r.Hide()
			continue
		}
		r.set(l.hits[i], rowLook{dim: l.dim, compact: l.compact, selected: i == l.selected})
		r.Show()
	}
}

type rowLook struct{ dim, compact, selected bool }

type answerRow struct {
	press
	ground                    *Ground
	title, where, words, foot *Text
	look                      rowLook
}

func newAnswerRow(keys Keys, key string) *answerRow {
	r := &answerRow{
		ground: NewGround("", "", 8),
		title:  NewText(Style{Size: theme.Lead, Bold: true, Lines: 1}),
		where:  NewText(Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}),
		words:  NewText(Style{Lines: 2}),
		foot:   NewText(Style{Size: theme.Small, Colour: theme.Muted, Lines: 2}),
	}
	r.Keys, r.paint, r.self = keys, r.repaint, r
	hint := Say(Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}, key)
	head := Row(2*theme.Grid, r.title, r.title, r.where, hint)
	r.content = On(r.ground, Sides(3*theme.Grid, 2*theme.Grid), Column(2, head, r.words, r.foot))
	r.ExtendBaseWidget(r)
	return r
}

func (r *answerRow) set(h live.AnswerHit, look rowLook) {
	r.title.SetText(h.Title)
	r.where.SetText(say.Capital(h.Department))
	words, source := spoken(h.Say), Source(h)
	if h.Internal {
		words = h.Say
	}
	if look.compact {
		words, source = "", say.Capital(h.Flagged)
		if h.Stale && source == "" {
			source = say.Capital(h.Verified)
		}
	}
	r.words.SetText(words)
	r.foot.SetText(source)
	tone := theme.Ink
	if look.dim {
		tone = theme.Muted
	}
	r.title.SetColour(tone)
	r.words.SetColour(tone)
	foot := theme.Muted
	if h.Stale || h.Draft || h.Flagged != "" {
		foot = theme.Amber
	}
	r.foot.SetColour(foot)
	if r.look != look {
		r.look = look
		r.repaint()
	}
}

func (r *answerRow) repaint() {
	fill, line := fyne.ThemeColorName(""), fyne.ThemeColorName("")
	if r.look.selected || r.hovered {
		fill = theme.AccentPale
	}
	if r.focused {
		line = theme.Accent
	}
	r.ground.ring = r.focused
	r.ground.SetColours(fill, line)
}

// spoken returns words to say on one line, in quotation marks.
func spoken(s string) string { return "“" + strings.Join(strings.Fields(s), " ") + "”" }

// Source says in one line why an answer is shown and how far it can be trusted.
func Source(h live.AnswerHit) string {
	var parts []string
	if h.Flagged != "" {
		parts = append(parts, say.Capital(h.Flagged))
	}
	if h.Draft && !strings.Contains(h.Why, "a draft") { // the reason may say so itself
		parts = append(parts, "A draft")
	}
	if h.Internal {
		parts = append(parts, "Not for saying aloud")
	}
	if h.Why != "" {
		parts = append(parts, h.Why)
	}
	if h.Verified != "" && !strings.Contains(h.Why, h.Verified) && (!h.Stale || !strings.Contains(h.Why, "verified")) {
		parts = append(parts, h.Verified)
	}
	if h.Owner != "" {
		parts = append(parts, fmt.Sprintf("ask %s", h.Owner))
	}
	return strings.Join(parts, "  ·  ")
}

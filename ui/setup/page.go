package setup

import (
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/settings"
	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Choices is what the settings page shows.
type Choices struct {
	Settings settings.Machine
	Reps     []assist.Rep
	Beside   bool       // the window stands at the right edge, on top of the others
	Look     theme.Look // light, dark or as the system
	Folder   string     // where the data lie
	Key      string     // a sentence on where the key is
}

// Page is the settings page: one column, each setting with what it does. A choice
// is reported at once; there is nothing to save.
type Page struct {
	// OnSave is called with the settings after each change of one.
	OnSave func(settings.Machine)
	// OnNewRep is called when the rep who sits here is none of those known.
	OnNewRep func(name string)
	// OnRole is called when a rep shall have another role. SetChoices is to follow, whether
	// it was kept or not.
	OnRole func(rep assist.ID, role assist.Role)
	// OnBeside is called when the window shall stand beside the phone, or not.
	OnBeside func(on bool)
	// OnLook is called with the look that was chosen.
	OnLook func(theme.Look)
	// OnTestRing is called when the rep wants to be rung once, OnWaitRing when the next
	// ring shall be told of, if one comes within a minute. The reply is SetTested.
	OnTestRing, OnWaitRing func()
	// OnCopy is called with text for the clipboard, OnCopyNews when that shall be what
	// was heard of the phone.
	OnCopy     func(text string)
	OnCopyNews func()
	// OnLinks is called when ringside: links shall be opened with us, or not.
	OnLinks func(on bool)
	// OnPassword is called with the extension's password, to be kept; "" forgets it.
	OnPassword func(password string)
	// OnToken is called when the door to the network shall have a new token.
	OnToken func()
	// OnOpenFolder and OnImport: show the data folder; bring customers.
	OnOpenFolder, OnImport func()
	// OnKey is called with the key of the endpoint, to be kept; "" forgets it.
	OnKey func(key string)
	// OnTry and OnPreview are called when the rep wants to ask the endpoint once, or to
	// see what would be sent to it. The replies are SetTried and SetLeaving.
	OnTry, OnPreview func(settings.Model)
	// OnTryWriter and OnPreviewWriter are the same for the model that writes. The replies
	// are SetWritten and then SetWriterTried, and SetSent.
	OnTryWriter, OnPreviewWriter func(settings.Model)
	// ReadNumber says how a number is read in a country: "+44 113 496 0123".
	ReadNumber func(raw, region string) string

	choices Choices
	quiet   bool // choices are being shown, not made

	who                    *widget.SelectEntry
	me, bring              *widget.Button
	region                 *widget.Select
	number                 *widgets.Entry
	dates, ring, look      *widget.RadioGroup
	beside, review, remind *widget.Check
	model                  *model
	line                   *line
	talk                   *talk
	roles                  *roles
	saved, trouble, folder *widgets.Text
	key, read, dateWords   *widgets.Text
	ringWords, reviewWords *widgets.Text
	measured               *panes.Measured
	scroll                 *widgets.Tall
}

// New returns the page; SetChoices fills it.
func New() *Page {
	p := &Page{}
	p.controls()
	p.bring = widget.NewButtonWithIcon("Bring customers…", base.UploadIcon(), func() { call(p.OnImport) })
	all := widgets.Column(28,
		widgets.Column(4, widgets.Say(widgets.Style{Size: theme.Title, Bold: true}, "Settings"),
			muted("Each choice is kept as you make it."), p.saved, p.trouble),
		section("Who sits here", "Notes and promises carry this name. Pick one, or type your own.", widgets.Row(8, p.who, p.who, p.me)),
		p.roles.all,
		section("When the phone rings", "Whatever you choose, the keyboard stays with the program in which you type.", p.ring, p.ringWords),
		section("Your promises", "A notification a quarter of an hour before one is due, at nine for those of the day, and when one is late. Never in a call, and never twice.", p.remind),
		p.line.all,
		section("Beside the phone", "The window stands at the right edge of the screen, as narrow as it can be, and stays on top of the others.", p.beside),
		section("Country of your numbers", "Numbers without a country code belong to this country.", p.region, p.number, p.read),
		section("Dates in files", "How a date like 3/4 is read when customers are imported.", p.dates, p.dateWords),
		section("What customers say", "When an answer helped, one key keeps the customer’s words with it, so that others find it by them.", p.review, p.reviewWords),
		p.talk.all,
		p.model.all,
		p.model.writer.all,
		section("Look", "", p.look),
		section("Your data", "", p.folder, p.key,
			widgets.Row(0, nil, widget.NewButtonWithIcon("Open the folder", base.FolderOpenIcon(), func() { call(p.OnOpenFolder) })),
			widgets.Row(0, nil, p.bring)),
	)
	p.measured = panes.Centred(panes.Most(640, widgets.Pad(widgets.Sides(24, 20), all)))
	p.scroll = widgets.NewTall(p.measured)
	p.SetChoices(Choices{})
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.scroll }

// Focus gives the keyboard to the first setting.
func (p *Page) Focus(c fyne.Canvas) { c.Focus(p.who) }

// SetChoices shows what is chosen now.
func (p *Page) SetChoices(c Choices) {
	p.quiet, p.choices = true, c
	names := make([]string, len(c.Reps))
	for i, r := range c.Reps {
		names[i] = r.Name
		if r.ID == c.Settings.Me {
			p.who.SetText(r.Name)
		}
	}
	p.who.SetOptions(names)
	code := c.Settings.Region
	if code == "" {
		code = "GB"
	}
	p.region.Options = regionNames(code)
	p.region.SetSelected(regionName(code))
	p.dates.SetSelected(dayFirst)
	if c.Settings.MonthFirst {
		p.dates.SetSelected(monthFirst)
	}
	p.ring.SetSelected(ringName(c.Settings.OnRing))
	p.look.SetSelected(lookName(c.Look))
	p.beside.SetChecked(c.Beside)
	p.review.SetChecked(c.Settings.Review)
	p.remind.SetChecked(!c.Settings.NoReminders)
	p.model.show(c.Settings.Model)
	p.line.show(c.Settings.Phone)
	p.talk.show(c.Settings)
	p.roles.show(c)
	p.bring.Hidden = !c.may(curate.Bring)
	p.folder.SetText(c.Folder)
	p.key.SetText(c.Key)
	p.quiet = false
	p.words()
}

// SetSaved says that a choice was kept, or anything else in one sentence that is
// good news; "" takes it away.
func (p *Page) SetSaved(sentence string) {
	p.saved.SetText(sentence)
	p.trouble.SetText("")
	p.arrange()
}

// SetTrouble shows one sentence of what is wrong; "" takes it away.
func (p *Page) SetTrouble(sentence string) {
	p.trouble.SetText(sentence)
	p.saved.SetText("")
	p.arrange()
}

// SetMeaning says how it stands with finding answers by meaning.
func (p *Page) SetMeaning(sentence string) {
	p.model.stands.SetText(sentence)
	p.arrange()
}

// SetKey says where the endpoint's key is kept, and whether there is one.
func (p *Page) SetKey(where string, kept bool) {
	p.model.setKey(where, kept)
	p.arrange()
}

// SetTried says how it went to ask the endpoint once. It and SetLeaving show nothing
// when the rep has named another endpoint since.
func (p *Page) SetTried(sentence string, good bool) {
	if p.model.late() {
		return
	}
	p.model.setTried(sentence, good)
	p.arrange()
}

// SetLeaving shows what would be sent to the endpoint.
func (p *Page) SetLeaving(l Leaving) {
	if p.model.late() {
		return
	}
	p.model.setLeaving(l)
	p.arrange()
	p.reveal(p.model.leaving)
}

// SetWriting says how it stands with the model that writes.
func (p *Page) SetWriting(sentence string) {
	p.model.writer.stands.SetText(sentence)
	p.arrange()
}

// SetWritten shows what the model that writes has written so far. It, SetWriterTried and
// SetSent show nothing when the rep has named another one since.
func (p *Page) SetWritten(text string) {
	if w := p.model.writer; !w.late() {
		w.came.SetText(text)
		p.arrange()
	}
}

// SetWriterTried says how it went to let the model write once.
func (p *Page) SetWriterTried(sentence string, good bool) {
	if w := p.model.writer; !w.late() {
		w.setTried(sentence, good)
		p.arrange()
	}
}

// SetSent shows what is sent to the model that writes, which may be switched on then.
func (p *Page) SetSent(s Sent) {
	if w := p.model.writer; !w.late() {
		w.setSent(s)
		p.arrange()
		p.reveal(w.sent)
	}
}

// reveal brings a box that has the keyboard, or what was asked for, into sight, with
// what belongs to it.
func (p *Page) reveal(o fyne.CanvasObject) { p.scroll.Reveal(o, 120, 200) }

// arrange lays the page out anew. While it is not in front that can wait: whoever brings
// it there calls SetChoices.
func (p *Page) arrange() {
	if p.scroll == nil || !p.scroll.Visible() {
		return
	}
	if p.measured == nil { // while the page is being made
		return
	}
	p.measured.Arrange()
	widgets.Arrange(p.scroll)
}

// change makes one change to the settings and reports them.
func (p *Page) change(do func(*settings.Machine)) {
	if p.quiet {
		return
	}
	do(&p.choices.Settings)
	p.words()
	if p.OnSave != nil {
		p.OnSave(p.choices.Settings)
	}
}

// words says what the choices mean.
func (p *Page) words() {
	s := p.choices.Settings
	p.ringWords.SetText(ringMeans(s.OnRing))
	p.dateWords.SetText("3/4/2026 is 3 April 2026.")
	if s.MonthFirst {
		p.dateWords.SetText("3/4/2026 is 4 March 2026.")
	}
	p.reviewWords.SetText("They count at once.")
	if s.Review {
		p.reviewWords.SetText("They count when a trainer has agreed.")
	}
	p.read.SetText("")
	if p.ReadNumber != nil && strings.TrimSpace(p.number.Text) != "" {
		p.read.SetText("is read as " + p.ReadNumber(p.number.Text, regionCode(p.region.Selected)))
	}
	p.meEnabled()
	p.line.words()
	p.arrange()
}

// meEnabled lets the rep confirm a name that is not the one kept.
func (p *Page) meEnabled() {
	name := strings.TrimSpace(p.who.Text)
	if name == "" || p.nameOf(p.choices.Settings.Me) == name {
		p.me.Disable()
		return
	}
	p.me.Enable()
}

func (p *Page) nameOf(id assist.ID) string {
	for _, r := range p.choices.Reps {
		if r.ID == id {
			return r.Name
		}
	}
	return ""
}

// thisIsMe takes the name in the box: of a rep who is known, or a new one.
func (p *Page) thisIsMe() {
	name := strings.TrimSpace(p.who.Text)
	if name == "" {
		return
	}
	for _, r := range p.choices.Reps {
		if strings.EqualFold(r.Name, name) {
			p.change(func(s *settings.Machine) { s.Me = r.ID })
			return
		}
	}
	if p.OnNewRep != nil {
		p.OnNewRep(name)
	}
}

func (p *Page) controls() {
	p.who = widget.NewSelectEntry(nil)
	p.who.SetPlaceHolder("Your name")
	p.who.OnChanged = func(string) {
		if !p.quiet {
			p.meEnabled()
		}
	}
	p.who.OnSubmitted = func(string) { p.thisIsMe() }
	p.me = widget.NewButton("This is me", p.thisIsMe)
	p.region = widget.NewSelect(nil, func(name string) {
		p.change(func(s *settings.Machine) { s.Region = regionCode(name) })
	})
	p.number = widgets.NewEntry("Try a number: 0113 496 0123", 1, widgets.Keys{Key: widgets.PassKey})
	p.number.OnTyped = func(string) { p.words() }
	p.dates = widget.NewRadioGroup([]string{dayFirst, monthFirst}, func(name string) {
		p.change(func(s *settings.Machine) { s.MonthFirst = name == monthFirst })
	})
	p.dates.Required = true
	p.ring = widget.NewRadioGroup(ringNames(), func(name string) {
		p.change(func(s *settings.Machine) { s.OnRing = ringOf(name) })
	})
	p.ring.Required = true
	p.look = widget.NewRadioGroup(lookNames(), func(name string) {
		if !p.quiet && p.OnLook != nil {
			p.OnLook(lookOf(name))
		}
	})
	p.look.Required = true
	p.beside = widget.NewCheck("Keep the window beside the phone", func(on bool) {
		if !p.quiet && p.OnBeside != nil {
			p.OnBeside(on)
		}
	})
	p.saved = widgets.NewText(widgets.Style{Colour: theme.Good})
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.review = widget.NewCheck("New ways of asking go to the trainers first", func(on bool) {
		p.change(func(s *settings.Machine) { s.Review = on })
	})
	p.remind = widget.NewCheck("Remind me of my promises", func(on bool) {
		p.change(func(s *settings.Machine) { s.NoReminders = !on })
	})
	p.ringWords, p.dateWords, p.read, p.reviewWords = muted(""), muted(""), muted(""), muted("")
	p.model, p.line, p.talk = newModel(p), newLine(p), newTalk(p)
	p.roles = newRoles(p)
	p.folder, p.key = widgets.NewText(widgets.Style{}), muted("")
}

// section is one setting: its name, what it does, and what is chosen.
func section(name, means string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	col := widgets.Column(6, widgets.Say(widgets.Style{Size: theme.Lead, Bold: true}, name))
	if means != "" {
		col.Add(muted(means))
	}
	for _, o := range parts {
		col.Add(o)
	}
	return col
}

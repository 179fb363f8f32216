package team

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ringside/ui/panes/look"
	"ringside/ui/widgets"
)

// longNames is a team in which everything is as long as it gets, and in two directions.
func longNames() State {
	const long, hebrew = "Wilhelmina-Alexandra von Hohenstein-Württemberg of Harrogate", "מרים בת־שבע אברמוביץ׳ גולדשטיין כהן לוי מזרחי אבוטבול שפירא"
	s := here()
	s.Name, s.Carrier = long, "/mnt/share/a/folder/with/a/very-long-name-that-nobody-can-break-anywhere/"+strings.Repeat("x", 80)
	s.Unsent = append(s.Unsent, Unsent{"a promise to " + hebrew, long + " is not here", noon})
	for i := range s.Devices {
		s.Devices[i].Name, s.Devices[i].Rep = strings.ReplaceAll(long, " ", "-"), []string{long, hebrew}[i%2]
	}
	s.Clashes[0] = Clash{ID: "c1", What: hebrew, Field: "what they are called by everybody", Ours: hebrew, Theirs: hebrew + " " + long, OursBy: long, TheirsBy: hebrew, At: noon}
	s.Refused[0].From, s.Erasures[0].Customer = hebrew, long
	s.InviteAt = long
	s.Invitation.Text, s.Invitation.Words = strings.Repeat("ringside", 200), "extraordinary wheelbarrow thunderstorm candlestick marshmallow hippopotamus"
	return s
}

// states are what the page can show.
func states() map[string]State {
	offline, quiet := here(), here()
	offline.Sign, offline.Invitation, offline.Clashes, offline.Refused, offline.Erasures = Offline, Invitation{}, nil, nil, nil
	quiet = State{Sign: AllHere, Since: noon.Add(-3 * time.Hour), Name: quiet.Name, Carrier: "the folder /mnt/share/team", Devices: quiet.Devices[:1]}
	return map[string]State{"off": {}, "all-here": quiet, "waiting": here(), "offline": offline, "long-names": longNames()}
}

// widths are those of the page in a window of 900 pixels, in one at a scale of 1.5, and
// beside the phone.
var widths = []float32{824, 524, 320}

func TestNothingLiesOnAnotherOrIsCutOff(t *testing.T) {
	for name, s := range states() {
		for _, width := range widths {
			size := fyne.NewSize(width, 7000)
			d := newDesk(t, size, s)
			d.shared.show(true)
			for _, w := range d.off.all {
				w.fold(true)
			}
			for _, r := range d.devices.rows {
				r.remove.show(true)
			}
			d.arrange()
			look.Apart(t, d.Object(), size, name)
			look.Walk(d.Object(), func(o fyne.CanvasObject, seen, whole look.Area) {
				text, ok := o.(*widgets.Text)
				if !ok || text == d.invite.text {
					return
				}
				if shown := strings.Join(text.Shown(), ""); strings.HasSuffix(shown, "…") && !strings.HasSuffix(text.Text(), "…") {
					t.Errorf("%s, %v wide: %q is cut to %q", name, width, text.Text(), shown)
				}
			})
		}
	}
}

func TestTheKeyboardWalksThroughAllOfThePage(t *testing.T) {
	walk := func(d *desk) (out []string) {
		d.win.Canvas().Unfocus()
		for range 60 {
			d.win.Canvas().FocusNext()
			at := d.win.Canvas().Focused()
			if at == nil || len(out) > 0 && at == fyne.Focusable(first(d.all)) {
				break
			}
			out = append(out, d.keyboard())
			found := false
			look.Walk(d.Object(), func(o fyne.CanvasObject, seen, whole look.Area) {
				if o == at.(fyne.CanvasObject) {
					found = seen == whole
				}
			})
			if !found {
				d.Errorf("%q has the keyboard out of sight", out[len(out)-1])
			}
		}
		return out
	}
	d := newDesk(t, fyne.NewSize(824, 560), State{})
	if got, want := walk(d), []string{opensShared, "Join…", "Start on a server…", "Start in a folder…"}; !slices.Equal(got, want) {
		t.Errorf("without a team: %q", got)
	}
	d.press("Start on a server…")
	if got, want := walk(d), []string{opensShared, "Join…", "box", "Choose the file…", "box", "box", "Start the team", "Cancel", "Start in a folder…"}; !slices.Equal(got, want) {
		t.Errorf("a form: %q", got)
	}
	d.SetState(here())
	if got, want := walk(d), []string{"Try now", "Keep ours", "Take theirs", "Keep ours", "Take theirs", "Make admin…", "Remove…", "Make admin…", "Remove…",
		"Copy the invitation", "Save it as a file…", "Make an invitation", opensSent, opensShared, "Leave the team…"}; !slices.Equal(got, want) {
		t.Errorf("in a team: %q", got)
	}
	d.Focus(d.win.Canvas())
	if d.keyboard() != "Try now" {
		t.Errorf("%q has the keyboard first", d.keyboard())
	}
}

func TestPageKeysScroll(t *testing.T) {
	d := newDesk(t, fyne.NewSize(824, 560), here())
	d.Focus(d.win.Canvas())
	d.hides("Leave the team")
	for range 9 {
		d.key(fyne.KeyPageDown)
	}
	d.reads("Leave the team")
	for range 9 {
		d.key(fyne.KeyPageUp)
	}
	d.reads("Harrow Garden Tools")
}

func TestPictures(t *testing.T) {
	look.Gallery(t)
	for name, s := range states() {
		for _, height := range []float32{560, 2400} {
			d := newDesk(t, fyne.NewSize(824, height), s)
			if name == "off" && height > 600 {
				d.press("Join…")
				d.press(opensShared)
			}
			look.Picture(t, d.win, "team-"+name+map[bool]string{true: "-all"}[height > 600])
		}
		small := newDesk(t, fyne.NewSize(524, 340), s)
		small.win.Canvas().(interface{ SetScale(float32) }).SetScale(1.5)
		look.Picture(t, small.win, "team-"+name+"-scaled")
	}
}

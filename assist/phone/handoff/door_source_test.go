package handoff_test

import (
	"context"
	"testing"

	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/assist/phone/sourcetest"
)

// hooked is the local door as a source: what the desk would be told goes to out.
type hooked struct {
	*desk
	rings chan phone.Ring
}

func (h hooked) Ring(r phone.Ring) { h.rings <- r }

func (h hooked) Watch(ctx context.Context, out chan<- phone.Ring) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case r := <-h.rings:
			select {
			case out <- r:
			case <-ctx.Done():
				return nil
			}
		}
	}
}

// softphone runs the hook at every change of a call, with the words of its template.
type softphone struct{ dir string }

func (s softphone) Ring(t *testing.T, call, from, name string) {
	s.hook(t, "ringing", call, from, name)
}
func (s softphone) Answer(t *testing.T, call string)    { s.hook(t, "answered", call, "", "") }
func (s softphone) HangUp(t *testing.T, call string)    { s.hook(t, "ended", call, "", "") }
func (s softphone) GiveUp(t *testing.T, call string)    { s.hook(t, "missed", call, "", "") }
func (s softphone) Elsewhere(t *testing.T, call string) { s.hook(t, "elsewhere", call, "", "") }

func (s softphone) hook(t *testing.T, words ...string) {
	t.Helper()
	r, err := handoff.Words(append([]string{"--as", "{state} {id} {number} {name}"}, words...))
	if err != nil {
		t.Fatal(err)
	}
	if err := find(t, s.dir).Ring(t.Context(), r); err != nil {
		t.Error(err)
	}
}

func TestTheLocalDoorIsASource(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) (phone.Source, sourcetest.Line) {
		h, dir := hooked{&desk{}, make(chan phone.Ring, 10)}, t.TempDir()
		door, err := handoff.Open(dir, h)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { door.Close() })
		return h, softphone{dir}
	})
}

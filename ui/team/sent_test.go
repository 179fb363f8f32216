package team

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ringside/ui/panes/look"
)

// leaving are packets as the page gets them.
func leaving() []Packet {
	return []Packet{
		{ID: "12", At: noon.Add(-time.Minute), Writes: 3, Waiting: true, Sealed: bytes.Repeat([]byte{0x52, 0x50, 0xfe}, 1000), Body: []byte("b")},
		{ID: "11", At: noon.Add(-time.Hour), Writes: 1, Again: true, Sealed: []byte("RP sealed"), Body: []byte("a")},
		{ID: "10", At: noon.Add(-26 * time.Hour), Writes: 1, Sealed: []byte("RP roster")},
	}
}

func TestWhatLeavesTheDeskIsReadBesideTheBytes(t *testing.T) {
	d := newDesk(t, fyne.NewSize(824, 12000), here())
	d.wants()
	d.press(opensSent)
	d.wants("sent")
	d.reads("Reading…")
	d.packets(leaving(), nil)
	d.reads("Today, 11:59  ·  3 changes  ·  3,000 bytes  ·  waits to be sent", "Today, 11:00  ·  1 change  ·  9 bytes  ·  sealed anew", "Yesterday, 10:00  ·  Who is in the team  ·  9 bytes")
	d.press("Today, 11:59")
	d.wants("inside|12")
	d.inside([]Record{{What: "note: The pump hums", By: "Ewa Kos", Fields: []Field{{"Words", "The pump hums"}, {"Customer", "Mary Shaw"}}}, {What: "Nothing: it was erased"}}, nil)
	d.reads("Note: The pump hums", "By Ewa Kos", "Words: The pump hums", "Customer: Mary Shaw", "Nothing: it was erased",
		"0000: 52 50 fe 52 50 fe 52 50", "00f8:")
	d.hides("0100:")
	d.press("Show more bytes")
	d.reads("0100:", "0bb0: 50 fe 52 50 fe 52 50 fe")
	d.press("Show fewer bytes")
	d.hides("0100:")
	d.did = nil
	d.press("Save these bytes as a file…")
	d.wants("save|ringside-packet-12.bin|" + string(leaving()[0].Sealed))

	d.press("Today, 11:00")
	d.hides("00f8:", "The pump hums")
	d.reads("0000: 52 50 20 73 65 61 6c 65", "0008: 64")
	d.inside(nil, errors.New("it cannot be read"))
	d.reads("It cannot be read.")
	d.press("Yesterday, 10:00")
	d.reads("Names, roles and keys of the desks")

	d.did = nil
	d.win.Canvas().Focus(d.button("Yesterday, 10:00"))
	d.key(fyne.KeyEscape)
	d.hides("Yesterday, 10:00", "0000:")
	if d.keyboard() != opensSent {
		t.Errorf("%q has the keyboard", d.keyboard())
	}
	d.SetState(here())
	d.wants()
}

func TestWhatLeavesIsReadAgainWhileItIsShown(t *testing.T) {
	d := newDesk(t, roomy, here())
	d.press(opensSent)
	d.packets(leaving()[1:], nil)
	d.press("Today, 11:00")
	d.inside([]Record{{What: "customer: Mary Shaw"}}, nil)
	d.did = nil
	d.SetState(here())
	d.SetState(here())
	d.wants("sent")
	d.packets(leaving(), nil)
	d.reads("Today, 11:59", "Customer: Mary Shaw")
	d.wants("sent") // for what has changed meanwhile
	d.packets(nil, nil)
	d.reads("Nothing has left this desk yet.")
	d.hides("Mary Shaw:")
	d.SetState(State{})
	d.hides(opensSent, shutsSent)
}

func TestManyWritesOfAPacketAreShownBitByBit(t *testing.T) {
	d := newDesk(t, roomy, here())
	d.press(opensSent)
	d.packets(leaving(), nil)
	d.press("Today, 11:59")
	list := make([]Record, 25)
	for i := range list {
		list[i].What = "note: number " + strings.Repeat("i", i+1) + "."
	}
	d.inside(list, nil)
	d.hides("number " + strings.Repeat("i", 21) + ".")
	d.press("Show more changes")
	d.reads("number " + strings.Repeat("i", 25) + ".")
	look.Apart(t, d.Object(), roomy, "a packet")
}

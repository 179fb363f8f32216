package storage

import "testing"

func TestBoundsSuitTheDisk(t *testing.T) {
	for total, want := range map[uint64][2]uint64{ // little, ballast
		0:         {128 << 20, 0},
		200 << 20: {128 << 20, 25 << 20},
		8 << 30:   {(8 << 30) / 10, 64 << 20},
		1 << 40:   {2 << 30, 64 << 20},
	} {
		if got := [2]uint64{little(total), ballastSize(total)}; got != want {
			t.Errorf("%d bytes: %v, want %v", total, got, want)
		}
	}
}

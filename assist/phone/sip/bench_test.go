package sip_test

import (
	"slices"
	"testing"
	"time"

	"ringside/assist/phone"
	"ringside/cmd/siprig"
)

// BenchmarkInviteToRing measures the time from the caller's INVITE to the news of the ring;
// run it with -benchtime=100x. The state waits for the phone's 180, the invitation of the
// extra phone does not.
func BenchmarkInviteToRing(b *testing.B) {
	for name, register := range map[string]bool{"state": false, "state and extra phone": true} {
		b.Run(name, func(b *testing.B) {
			r, s := system(b), &states{}
			p, err := r.Phone(extension)
			must(b, err)
			b.Cleanup(p.Close)
			opt := options(r, s)
			opt.Register = register
			out := watch(b, opt)
			s.until(b, "a watch", good)
			var took []time.Duration
			for b.Loop() {
				c, err := r.Call(extension, siprig.From{Number: "+442079460123"})
				must(b, err)
				took = append(took, told(b, out, phone.Ringing).Sub(c.Sent))
				must(b, c.Rings())
				must(b, c.GiveUp())
				told(b, out, phone.Missed)
			}
			slices.Sort(took)
			b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
			b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
			b.ReportMetric(ms(took[len(took)-1]), "max-ms")
			b.ReportMetric(float64(len(took)), "seen")
		})
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// told is when the next news of this phase came.
func told(b *testing.B, out <-chan phone.Ring, want phone.Phase) time.Time {
	b.Helper()
	for {
		select {
		case r := <-out:
			if r.Phase == want {
				return time.Now()
			}
		case <-time.After(10 * time.Second):
			b.Fatalf("%s is never told of", want)
		}
	}
}

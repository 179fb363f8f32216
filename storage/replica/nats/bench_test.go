package nats_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/storage/replica"
	"ringside/storage/replica/nats/serve"
	"ringside/storage/replica/replicatest"
)

// BenchmarkCarrier prints what the carrier alone takes, with the real server, sync always:
// 100,000 operations as 500 packets of 200, of 32 KB each, which is what 80 KB of notes
// come to when they are packed; another desk that reads them all; and one packet from desk
// to desk.
func BenchmarkCarrier(b *testing.B) {
	for _, nodes := range []int{1, 3} {
		b.Run(fmt.Sprintf("nodes=%d", nodes), func(b *testing.B) {
			s := started(b, nodes)
			for b.Loop() {
				s.measure(b)
			}
		})
	}
}

var runs int

func (s *servers) measure(b *testing.B) {
	runs++
	member := replica.MemberID(fmt.Sprintf("%016x", runs))
	ann, ben := s.open(b, string(member), serve.Member), s.open(b, string(replicatest.Ben), serve.Member)
	sent := replicatest.Packets(member, 500)
	for i := range sent {
		sent[i].Sealed = make([]byte, 32<<10)
		rand.Read(sent[i].Sealed)
	}
	start := time.Now()
	if n, err := ann.Publish(b.Context(), sent); err != nil {
		b.Fatalf("%d: %v", n, err)
	}
	b.ReportMetric(time.Since(start).Seconds(), "push-s")

	start = time.Now()
	came, caught, live := 0, make(chan struct{}), make(chan time.Time, 1)
	go ben.Listen(b.Context(), nil, func(batch replica.Batch) error { //nolint:errcheck // it ends with the benchmark
		before := came
		for _, a := range batch.Arrivals {
			if a.Member == member {
				came++
			}
		}
		if before < len(sent) && came >= len(sent) {
			close(caught)
		} else if came > len(sent) {
			live <- time.Now()
		}
		return nil
	}, func(replica.Said) {})
	<-caught
	b.ReportMetric(time.Since(start).Seconds(), "catchup-s")

	took := make([]time.Duration, 300)
	for i := range took {
		start := time.Now()
		one := replica.Packet{Member: member, From: uint64(100_001 + i), Count: 1, Sealed: sent[i].Sealed[:600]}
		if _, err := ann.Publish(b.Context(), []replica.Packet{one}); err != nil {
			b.Fatal(err)
		}
		took[i] = (<-live).Sub(start)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "live-p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "live-p99-ms")
}

// BenchmarkTeam prints how fast packets of one change go to the twenty desks of a team.
func BenchmarkTeam(b *testing.B) {
	const desks, packets = 20, 2000
	for _, nodes := range []int{1, 3} {
		b.Run(fmt.Sprintf("nodes=%d", nodes), func(b *testing.B) {
			s := started(b, nodes)
			for b.Loop() { // once is enough
			}
			var all, ready sync.WaitGroup
			for i := range desks {
				all.Add(packets)
				ready.Add(1)
				c, once := s.open(b, fmt.Sprintf("%016x", i), serve.Member), sync.Once{}
				go c.Listen(b.Context(), nil, func(batch replica.Batch) error { //nolint:errcheck // it ends with the benchmark
					once.Do(ready.Done)
					all.Add(-len(batch.Arrivals))
					return nil
				}, func(replica.Said) {})
			}
			ready.Wait()
			sent := replicatest.Packets(replicatest.Ann, packets)
			for i := range sent {
				sent[i].Sealed = make([]byte, 700)
				rand.Read(sent[i].Sealed)
			}
			start := time.Now()
			if n, err := s.open(b, string(replicatest.Ann), serve.Member).Publish(b.Context(), sent); err != nil {
				b.Fatalf("%d: %v", n, err)
			}
			b.ReportMetric(packets/time.Since(start).Seconds(), "stored/s")
			all.Wait()
			b.ReportMetric(packets*desks/time.Since(start).Seconds(), "delivered/s")
		})
	}
}

// BenchmarkDesks prints what desks that only listen cost a server of one node.
func BenchmarkDesks(b *testing.B) {
	const desks = 1000
	for b.Loop() { // once is enough
	}
	s := started(b, 1)
	empty := s.rss(b)
	start := time.Now()
	for i := range desks {
		c := s.open(b, fmt.Sprintf("%016x", i), serve.Member)
		ready := make(chan struct{})
		go c.Listen(b.Context(), nil, func(replica.Batch) error { close(ready); return nil }, func(replica.Said) {}) //nolint:errcheck // it ends with the benchmark
		<-ready
	}
	b.ReportMetric(time.Since(start).Seconds()*1000/desks, "ms/desk")
	b.ReportMetric(float64(s.rss(b)-empty)/desks, "KB/desk")
}

// BenchmarkShards prints what streams cost a server that nobody uses yet.
func BenchmarkShards(b *testing.B) {
	for _, nodes := range []int{1, 3} {
		b.Run(fmt.Sprintf("nodes=%d", nodes), func(b *testing.B) {
			const shards = 64
			for b.Loop() { // once is enough
			}
			s := planned(b, nodes, func(p *serve.Plan) {
				p.MaxBytes, p.Teams, p.Shards = 16<<20, nil, shards
				for i := range 4 * shards {
					p.Teams = append(p.Teams, fmt.Sprintf("team-%d", i))
				}
			})
			s.startAll(b)
			empty, start, made := s.rss(b), time.Now(), map[string]bool{}
			for _, team := range s.teams {
				if made[team.Access.Stream.Name] {
					continue
				}
				made[team.Access.Stream.Name] = true
				one := *s
				one.admin = team
				one.ensure(b)
			}
			b.ReportMetric(float64(len(made)), "shards")
			b.ReportMetric(time.Since(start).Seconds()*1000/float64(len(made)), "ms/shard")
			b.ReportMetric(float64(s.rss(b)-empty)/float64(len(made)), "KB/shard")
		})
	}
}

// rss is how much memory the first node takes, in KB.
func (s *servers) rss(b *testing.B) (kb int) {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.nodes[0].Process.Pid))
	if err != nil {
		b.Skip("memory is read on Linux only: ", err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		b.Fatal(err)
	}
	return kb
}

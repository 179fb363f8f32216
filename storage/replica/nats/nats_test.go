package nats_test

import (
	"testing"

	"ringside/storage/replica/nats/serve"
	"ringside/storage/replica/replicatest"
)

func TestOneNodeIsACarrier(t *testing.T)     { replicatest.Run(t, carriers(t, 1)) }
func TestThreeNodesAreACarrier(t *testing.T) { replicatest.Run(t, carriers(t, 3)) }

// A server that was started anew has its streams, and is asked to make them once more.
func TestEnsureLeavesTheStreamsOfARestartedServer(t *testing.T) {
	s := planned(t, 1, func(p *serve.Plan) { p.MaxBytes = 256 << 20 })
	s.startAll(t)
	s.kill(0)
	s.start(t, 0)
	s.ensure(t)
}

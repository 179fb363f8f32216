package serve

import (
	"crypto/rand"
	"fmt"
	"hash/fnv"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nkeys"

	"ringside/storage/replica/nats"
)

// accounts is who may do what on a server: an operator, who signs accounts; an account for
// each team, or for each shard of teams; in it signing keys of each team, each with rights.
type accounts struct {
	operatorKey nkeys.KeyPair
	operatorJWT string
	system      string // public key
	tokens      map[string]string
	teams       []Authority
}

// shard is the account and the stream of some teams.
type shard struct {
	claims *jwt.AccountClaims
	stream nats.Stream
	only   string // the team that has it for itself
}

// shardOf says in which of n shards a team is; it must never change.
func shardOf(team string, n int) int {
	h := fnv.New64a()
	h.Write([]byte(team))
	return int(h.Sum64() % uint64(n))
}

func (p Plan) accounts(access nats.Access) (*accounts, error) {
	out := &accounts{tokens: map[string]string{}}
	var err error
	if out.operatorKey, err = nkeys.CreateOperator(); err != nil {
		return nil, err
	}
	system, err := out.addSystem()
	if err != nil {
		return nil, err
	}
	seed, err := out.operatorKey.Seed()
	if err != nil {
		return nil, err
	}
	shards := map[string]*shard{}
	for _, team := range p.Teams {
		name, only := "ops-"+team, team
		if p.Shards > 0 {
			name, only = fmt.Sprintf("ops-shard-%03d", shardOf(team, p.Shards)), ""
		}
		if shards[name] == nil {
			if shards[name], err = p.newShard(name, only); err != nil {
				return nil, err
			}
		}
		access.Team, access.Stream = team, shards[name].stream
		a, err := shards[name].admit(Authority{Access: access, Operator: string(seed), System: system})
		if err != nil {
			return nil, err
		}
		out.teams = append(out.teams, a)
	}
	for _, s := range shards {
		if out.tokens[s.claims.Subject], err = s.claims.Encode(out.operatorKey); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// addSystem makes the operator and the account of who runs the server, and returns the
// credentials of its user.
func (out *accounts) addSystem() ([]byte, error) {
	account, err := nkeys.CreateAccount()
	if err != nil {
		return nil, err
	}
	user, err := nkeys.CreateUser()
	if err != nil {
		return nil, err
	}
	if out.system, err = account.PublicKey(); err != nil {
		return nil, err
	}
	claims := jwt.NewAccountClaims(out.system)
	claims.Name = "system"
	if out.tokens[out.system], err = claims.Encode(out.operatorKey); err != nil {
		return nil, err
	}
	public, err := out.operatorKey.PublicKey()
	if err != nil {
		return nil, err
	}
	operator := jwt.NewOperatorClaims(public)
	operator.Name, operator.SystemAccount = "ringside", out.system
	if out.operatorJWT, err = operator.Encode(out.operatorKey); err != nil {
		return nil, err
	}
	if public, err = user.PublicKey(); err != nil {
		return nil, err
	}
	who := jwt.NewUserClaims(public)
	who.Name = "operator"
	return credentials(who, user, account)
}

func (p Plan) newShard(name, only string) (*shard, error) {
	key, err := nkeys.CreateAccount()
	if err != nil {
		return nil, err
	}
	public, err := key.PublicKey()
	if err != nil {
		return nil, err
	}
	s := &shard{claims: jwt.NewAccountClaims(public), only: only}
	s.stream = nats.Stream{Name: name, Replicas: len(p.Nodes), MaxBytes: p.MaxBytes}
	s.claims.Name = name
	s.claims.Limits.JetStreamLimits = jwt.JetStreamLimits{ // how much is the streams' own limit
		DiskStorage: jwt.NoLimit, MemoryStorage: jwt.NoLimit, Streams: 2, Consumer: jwt.NoLimit, MaxAckPending: jwt.NoLimit,
	}
	s.claims.Limits.Imports, s.claims.Limits.Exports = 0, 0
	return s, nil
}

// admit gives a team its keys in the account.
func (s *shard) admit(a Authority) (Authority, error) {
	a.Account, a.Keys, a.Secret = s.claims.Subject, map[Rights]string{}, make([]byte, 32)
	if _, err := rand.Read(a.Secret); err != nil {
		return a, err
	}
	for _, rights := range []Rights{Member, Admin, Guest, Owner} {
		key, err := nkeys.CreateAccount()
		if err != nil {
			return a, err
		}
		seed, err := key.Seed()
		if err != nil {
			return a, err
		}
		public, err := key.PublicKey()
		if err != nil {
			return a, err
		}
		a.Keys[rights] = string(seed)
		if rights == Owner {
			s.claims.SigningKeys.Add(public)
			continue
		}
		scope := jwt.NewUserScope()
		scope.Key, scope.Role = public, a.Access.Team+" "+string(rights)
		scope.Template.Pub.Allow, scope.Template.Sub.Allow = permits(a.Access.Team, s.stream, rights, s.only != "")
		s.claims.SigningKeys.AddScopedSigner(scope)
	}
	return a, nil
}

// permits lists the subjects that somebody may publish to and listen to; {{name()}} is put
// in by the server, from the signed name of who connects. With a stream of its own a team's
// admins may delete messages in it; beside others nobody may.
func permits(team string, stream nats.Stream, rights Rights, alone bool) (publish, listen []string) {
	const self = "{{name()}}"
	place := "join." + team + "."
	meet := "$JS.API.DIRECT.GET." + stream.MeetingName() + "." + place
	listen = []string{"_INBOX_" + self + ".>"}
	if rights == Guest {
		return []string{place + "hello." + self, meet + "welcome." + self}, listen
	}
	ops := "ops." + team + "."
	publish = []string{
		ops + self, ops + self + ".heal", "live." + team + "." + self,
		"$JS.API.STREAM.INFO." + stream.Name, "$JS.API.STREAM.INFO." + stream.MeetingName(),
		"$JS.API.STREAM.CREATE." + stream.Name, "$JS.API.STREAM.CREATE." + stream.MeetingName(), // where all is lost, whoever comes first makes it anew
		"$JS.API.CONSUMER.CREATE." + stream.Name + ".*." + ops + ">",
		"$JS.API.CONSUMER.MSG.NEXT." + stream.Name + ".*",
		"$JS.API.CONSUMER.DELETE." + stream.Name + ".*",
		"$JS.API.DIRECT.GET." + stream.Name + "." + ops + ">",
	}
	listen = append(listen, "live."+team+".*")
	if rights == Admin {
		publish = append(publish, place+"hello.*", place+"welcome.*", meet+">")
		if alone {
			publish = append(publish, "$JS.API.STREAM.MSG.DELETE."+stream.Name)
		}
	}
	return publish, listen
}

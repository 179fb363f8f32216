package nats_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"ringside/storage"
	"ringside/storage/replica"
	"ringside/storage/replica/nats"
	"ringside/storage/replica/nats/serve"
)

// distant is a server of three nodes whose names are so.
func distant(t *testing.T, host string) []serve.Authority {
	t.Helper()
	p := serve.Plan{Folder: t.TempDir(), Teams: []string{"tackle-shop"}, MaxBytes: 10 << 30}
	for i := range 3 {
		p.Nodes = append(p.Nodes, serve.Node{Hosts: []string{fmt.Sprintf(host, i+1)}})
	}
	teams, err := p.Write()
	if err != nil {
		t.Fatal(err)
	}
	return teams
}

// TestAPackedAccessIsTheSame but for the certificate, which is made anew around its key.
func TestAPackedAccessIsTheSame(t *testing.T) {
	teams := distant(t, "ringside-sync-%d.customer-service.example.co.uk")
	for _, rights := range []serve.Rights{serve.Guest, serve.Member} {
		access, err := teams[0].Mint("0123456789abcdef", rights, time.Now().Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		small, err := access.Pack()
		if err != nil {
			t.Fatal(err)
		}
		again, err := nats.Unpack(small)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(again.Credentials, access.Credentials) {
			t.Errorf("the credentials are others:\n%s\n%s", access.Credentials, again.Credentials)
		}
		again.Credentials, again.CA = access.Credentials, access.CA
		if !reflect.DeepEqual(again, access) {
			t.Errorf("%+v, not %+v", again, access)
		}
		for n := range small {
			_, _ = nats.Unpack(small[:n]) // does not panic
		}
	}
}

// TestAnInvitationIsSmallEnoughForACamera: a QR code holds 4296 capitals and digits at most,
// and some 1200 of them are read from a screen without care.
func TestAnInvitationIsSmallEnoughForACamera(t *testing.T) {
	long := strings.Repeat("customers%[1]d-of-the-whole-united-kingdom.", 5) + "example.com"
	endless := strings.Repeat("The customer service of the Tackle shop ", 10)
	for host, with := range map[string]struct {
		team, from string
		most       int
	}{
		"sync%d.example.com":                              {"Tackle shop", "Ann Quillfeather, ANN-LAPTOP", 1200},
		"ringside-sync-%d.customer-service.example.co.uk": {"Tackle shop", "Ann Quillfeather, ANN-LAPTOP", 1300},
		long: {endless, endless, 2000},
	} {
		dir, key := t.TempDir(), [32]byte{1}
		db, err := storage.Open(t.Context(), storage.Options{Dir: dir, Key: key})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		team, err := replica.Found(dir, key, with.team, replica.Newcomer{Name: with.from})
		if err != nil {
			t.Fatal(err)
		}
		rep, err := replica.New(replica.Options{Team: team, Store: db})
		if err != nil {
			t.Fatal(err)
		}
		defer rep.Close()
		text, words, err := rep.Invite(func(id string, until time.Time) (string, []byte, error) {
			access, err := distant(t, host)[0].Mint(id, serve.Guest, until)
			if err != nil {
				return "", nil, err
			}
			small, err := access.Pack()
			return "", small, err
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%.20s: %d letters", host, len(strings.Join(strings.Fields(text), "")))
		if n := len(strings.Join(strings.Fields(text), "")); n > with.most {
			t.Errorf("%s: %d letters", host, n)
		}
		inv, err := replica.OpenInvitation(text, words)
		if err != nil {
			t.Fatal(err)
		}
		if access, err := nats.Unpack(inv.Credentials); err != nil || len(access.URLs) != 3 {
			t.Errorf("%+v, %v", access, err)
		}
	}
}

package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/storage/replica"
	"ringside/storage/replica/nats/serve"
)

// invitationFile lies in the folder of a team that meets in one.
const invitationFile = "ringside-invitation.txt"

// readSealed reads a file that words open: an invitation, or what is for a team's first desk.
func readSealed(path string) (string, error) {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "", &assist.Fault{What: "there is no such file", Where: path, Do: "Choose the file, or type where it is from the first folder on.", Err: err}
	case err != nil:
		return "", &assist.Fault{What: "the file cannot be read", Where: path, Do: "Copy it to a folder of yours and choose it there.", Err: err}
	}
	return string(text), nil
}

// authorityOf is what this desk lets others in with.
func authorityOf(t *replica.Team) (a serve.Authority, err error) {
	if err := json.Unmarshal(t.Authority(), &a); err != nil {
		return a, &assist.Fault{What: "this desk holds nothing that lets others into the team's server", Do: "Invite from the desk at which the team was founded.", Err: errors.Join(assist.ErrInvalid, err)}
	}
	return a, nil
}

// inviteAt names the desk that alone can let others into the team's server; "": this one
// can, or there is no server.
func inviteAt(t *replica.Team, roster replica.Roster) string {
	if inFolder(t) || len(t.Authority()) > 0 {
		return ""
	}
	return slices.MinFunc(roster.Members, func(a, b replica.Member) int { return a.Joined.Compare(b.Joined) }).Name
}

// guestAccess is what an invitation shows the carrier. Of a folder it says that it is one,
// for where it lies differs; of a server nothing that is in the credentials.
func guestAccess(t *replica.Team, id string, until time.Time) (address string, credentials []byte, err error) {
	if inFolder(t) {
		return folderAddress, nil, nil
	}
	credentials, err = serverAccess(t, id, serve.Guest, until)
	return "", credentials, err
}

// memberAccess is what a desk that was let in shows the carrier.
func memberAccess(t *replica.Team, m replica.Member) (address string, credentials []byte, err error) {
	if address, _ = t.Carrier(); !inFolder(t) {
		credentials, err = serverAccess(t, string(m.ID), serve.Member, time.Time{})
	}
	return address, credentials, err
}

func inFolder(t *replica.Team) bool {
	address, _ := t.Carrier()
	return strings.HasPrefix(address, folderAddress)
}

func serverAccess(t *replica.Team, name string, rights serve.Rights, until time.Time) ([]byte, error) {
	a, err := authorityOf(t)
	if err != nil {
		return nil, err
	}
	access, err := a.Mint(name, rights, until)
	if err != nil {
		return nil, err
	}
	return access.Pack()
}

// leaveInFolder puts an invitation where a team meets in a folder: whoever joins chooses it
// there, and so says where the folder is on their machine.
func leaveInFolder(t *replica.Team, text string) error {
	address, _ := t.Carrier()
	dir, ok := strings.CutPrefix(address, folderAddress)
	if !ok {
		return nil
	}
	if err := os.WriteFile(filepath.Join(dir, invitationFile), []byte(text), 0o600); err != nil {
		return &assist.Fault{What: "the invitation cannot be put into the team's folder", Where: dir, Do: "Save it there yourself.", Err: err}
	}
	return nil
}

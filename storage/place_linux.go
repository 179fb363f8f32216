package storage

import (
	"os"
	"strings"
)

// remoteKinds are the file systems of shares, as Linux calls them.
var remoteKinds = map[string]string{
	"nfs": "NFS", "nfs4": "NFS", "cifs": "SMB", "smb3": "SMB", "smbfs": "SMB", "9p": "9P", "afs": "AFS", "ceph": "Ceph", "davfs": "WebDAV",
	"fuse.sshfs": "SSH", "fuse.rclone": "rclone", "fuse.s3fs": "S3", "fuse.gvfsd-fuse": "GVFS", "fuse.davfs2": "WebDAV",
	"fuse.glusterfs": "GlusterFS", "fuse.kio-fuse": "KIO", "vboxsf": "VirtualBox", "fuse.vmhgfs-fuse": "VMware",
}

// share returns what kind of share a folder lies on; empty for a disk of this computer.
func share(dir string) string {
	b, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	return remoteKinds[mountedAs(dir, string(b))]
}

// mountedAs returns the kind of file system that a folder lies on, by the list of them
// that proc(5) calls mountinfo.
func mountedAs(dir, mountinfo string) (kind string) {
	longest := -1
	for line := range strings.Lines(mountinfo) {
		before, after, ok := strings.Cut(line, " - ")
		fields, rest := strings.Fields(before), strings.Fields(after)
		if !ok || len(fields) < 5 || len(rest) == 0 {
			continue
		}
		point := strings.TrimSuffix(unescape.Replace(fields[4]), "/")
		if (dir == point || strings.HasPrefix(dir, point+"/")) && len(point) >= longest {
			longest, kind = len(point), rest[0] // of two at one place the later covers the other
		}
	}
	return kind
}

var unescape = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)

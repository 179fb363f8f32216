package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"ringside/assist"
)

// MostPages is how many pages a folder may hold.
const MostPages = 10_000

// Folder looks at the saved pages in a folder and all below it: files that end in .html,
// .htm or .xhtml. base is the address at which the folder is found, and may be empty when
// every page names its own; with it, the look is Whole for all below it. It fails with a
// *assist.Fault when base is no address, when there is no page, and when the folder
// changes while it is read.
func Folder(ctx context.Context, fsys fs.FS, base string, at time.Time) (*Look, error) {
	below, err := baseOf(base)
	if err != nil {
		return nil, err
	}
	files, err := list(fsys)
	if err != nil {
		return nil, err
	}
	look := &Look{}
	if below != nil {
		look.Whole = func(p assist.WebPage) bool { return Below(p.URL, base) }
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		address := ""
		if below != nil {
			address = below.JoinPath(strings.Split(name, "/")...).String()
		}
		body, err := read(fsys, name)
		switch fault := (*assist.Fault)(nil); {
		case errors.As(err, &fault):
			look.Failed(address, fault)
		case err != nil:
			return nil, changed(name, err)
		default:
			look.Add(Document{Where: name, URL: address, Body: body}, at)
		}
	}
	again, err := list(fsys)
	if err != nil || !maps.Equal(files, again) {
		return nil, changed("", err)
	}
	return look, nil
}

func changed(where string, err error) error {
	return &assist.Fault{What: "the folder changed while it was read, and nothing was kept", Where: where,
		Do: "Wait until nobody writes to it, and try again.", Err: errors.Join(assist.ErrInvalid, err)}
}

// stamp tells whether a file is as it was.
type stamp struct {
	size int64
	at   time.Time
}

// list returns the pages in a folder.
func list(fsys fs.FS) (map[string]stamp, error) {
	out := map[string]stamp{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !d.Type().IsRegular() || !isPage(name) {
			return err
		}
		info, err := d.Info()
		if err == nil {
			out[name] = stamp{info.Size(), info.ModTime()}
		}
		return err
	})
	switch {
	case err != nil:
		return nil, &assist.Fault{What: "the folder cannot be read", Do: "Look whether it is there and may be read.", Err: err}
	case len(out) == 0:
		return nil, &assist.Fault{What: "there is no web page in this folder", Do: "Pages are files that end in .html, .htm or .xhtml.", Err: assist.ErrInvalid}
	case len(out) > MostPages:
		return nil, &assist.Fault{What: fmt.Sprintf("there are more than %d pages in this folder", MostPages), Do: "Take it in parts.", Err: assist.ErrInvalid}
	}
	return out, nil
}

func isPage(name string) bool {
	return slices.Contains([]string{".html", ".htm", ".xhtml"}, strings.ToLower(path.Ext(name)))
}

// read returns a file, or a *assist.Fault when it is too large.
func read(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, MostBytes+1))
	if err == nil && len(body) > MostBytes {
		return nil, TooLarge(name, MostBytes)
	}
	return body, err
}

// baseOf reads the address of a folder; nil when there is none.
func baseOf(base string) (*url.URL, error) {
	if base == "" {
		return nil, nil
	}
	u, err := url.Parse(base)
	if err != nil || !isWeb(u) {
		return nil, &assist.Fault{What: "this is no address of a web site", Where: base,
			Do: "Write it in full, as in https://www.example.org/help/.", Err: errors.Join(assist.ErrInvalid, err)}
	}
	u.RawQuery, u.Fragment = "", ""
	return u, nil
}

// Below reports whether an address is base or lies below it. "www." and http or https
// make no difference.
func Below(address, base string) bool {
	a, errA := url.Parse(address)
	b, errB := url.Parse(base)
	if errA != nil || errB != nil || Host(a) != Host(b) {
		return false
	}
	folder := strings.TrimSuffix(b.Path, "/")
	return a.Path == folder || strings.HasPrefix(a.Path, folder+"/")
}

// Host is the host of an address as it is compared: in lower case and without "www.".
func Host(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Host), "www.") }

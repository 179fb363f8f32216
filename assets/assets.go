// Package assets holds what is shipped inside the program: the starter library,
// the sample team and the icon. It knows nothing of the rest of the program.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed packs sample
var files embed.FS

// Icon is the program's icon, a PNG of 256 by 256 pixels. Nobody may change it.
//
//go:embed icon.png
var Icon []byte

// IconSVG is the same icon as a drawing, for any size. Nobody may change it.
//
//go:embed icon.svg
var IconSVG []byte

// Licences are those of all that is linked into the program: sections that begin with a
// line "== module version".
//
//go:generate go run ringside/cmd/licences licences.txt
//go:embed licences.txt
var Licences string

// Packs returns the starter library: <lang>/<department>/<id>.md for answers,
// <lang>/prompts/<id>.md for prompts, subjects and deals in folders of those names, and
// pack.yaml with the name.
func Packs() fs.FS { return sub("packs") }

// Sample returns the sample team, one YAML file for each kind of record. It is a
// made-up shop; all phone numbers are from the ranges kept for fiction.
func Sample() fs.FS { return sub("sample") }

// sub cannot fail: the folders are part of the program. Should one be missing,
// opening it tells.
func sub(name string) fs.FS {
	dir, err := fs.Sub(files, name)
	if err != nil {
		return files
	}
	return dir
}

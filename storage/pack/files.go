package pack

import (
	"cmp"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"ringside/assist"
)

// Pictures and other files of an answer lie beside it, in a folder that has the answer's
// name. The text names them, on a line of its own or at the end of a step:
//
//	![payment-list.png](charged-twice/payment-list.png)

// mostBytes of a file are read; assist.Blob takes no more.
const mostBytes = 2 << 20

var named = regexp.MustCompile(`\s*!?\[[^\]\n]*\]\(([^()\s]+)\)\s*$`)

// cutFile cuts the naming of a file of the answer from the end of a text. name is empty
// when there is none.
func cutFile(id assist.ID, text string) (rest, name string) {
	m := named.FindStringSubmatchIndex(text)
	if m == nil {
		return text, ""
	}
	inside, ok := strings.CutPrefix(text[m[2]:m[3]], string(id)+"/")
	name, err := url.PathUnescape(inside)
	if !ok || err != nil || name != safeName(name) {
		return text, ""
	}
	return text[:m[0]], name
}

// takeFiles takes the naming of files out of the words and the steps of an answer.
func takeFiles(a *assist.Answer) {
	var say []string
	for _, l := range strings.Split(a.Say, "\n") {
		if rest, name := cutFile(a.ID, l); name != "" && strings.TrimSpace(rest) == "" {
			a.Files = append(a.Files, assist.File{Name: name})
			continue
		}
		say = append(say, l)
	}
	a.Say = strings.TrimSpace(strings.Join(say, "\n"))
	for i, s := range a.Steps {
		var own []assist.File
		for rest, name := cutFile(a.ID, s); name != ""; rest, name = cutFile(a.ID, s) {
			own, s = append(own, assist.File{Name: name, Step: i + 1}), rest
		}
		slices.Reverse(own)
		a.Steps[i], a.Files = s, append(a.Files, own...)
	}
}

// readFiles reads the bytes of an answer's files.
func (r *reader) readFiles(f *file, a *assist.Answer, data []byte) {
	for i, x := range a.Files {
		name := path.Join(path.Dir(f.name), string(a.ID), x.Name)
		at := 1 + strings.Count(string(data[:max(strings.Index(string(data), fileRef(a.ID, x)), 0)]), "\n")
		info, err := fs.Stat(r.fsys, name)
		switch {
		case err != nil:
			f.wrong(at, "the file "+name+" cannot be read", "Put it there, or take its name out of the text.")
			continue
		case info.Size() > mostBytes:
			f.wrong(at, fmt.Sprintf("the file %s has %d MB", name, info.Size()>>20), "A picture or a file of an answer has 2 MB at most: make it smaller, or name a web page.")
			continue
		}
		bytes, err := fs.ReadFile(r.fsys, name)
		b := assist.Blob{Data: bytes}
		if b.ID = b.Key(); err != nil || b.Validate() != nil {
			f.wrong(at, "the file "+name+" is empty or cannot be read", "Put it there again, or take its name out of the text.")
			continue
		}
		a.Files[i].Blob = b.ID
		if r.blobs[b.ID] == "" {
			r.blobs[b.ID] = name
			r.pack.Blobs = append(r.pack.Blobs, b)
		}
	}
}

// fileRef is where the text says a file lies.
func fileRef(id assist.ID, x assist.File) string {
	return "(" + string(id) + "/" + url.PathEscape(x.Name) + ")"
}

// fileNaming names a file in the text: pictures so that they are shown.
func fileNaming(id assist.ID, x assist.File) string {
	mark := ""
	if slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}, strings.ToLower(path.Ext(x.Name))) {
		mark = "!"
	}
	return mark + "[" + strings.NewReplacer("[", "", "]", "").Replace(x.Name) + "]" + fileRef(id, x)
}

// tidyFiles orders files as they are named in the text, under names that any system takes
// and that are there once.
func tidyFiles(list []assist.File) []assist.File {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b assist.File) int { return cmp.Compare(a.Step, b.Step) })
	seen := map[string]bool{}
	for i := range out {
		name := safeName(out[i].Name)
		for n := 2; seen[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%d-%s", n, safeName(out[i].Name))
		}
		seen[strings.ToLower(name)] = true
		out[i].Name = name
	}
	return out
}

// safeName is a name that a file may have on any system.
func safeName(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|()`, r) {
			return '-'
		}
		return r
	}, filepath.ToSlash(s))
	return cmp.Or(strings.Trim(s, ". "), "file")
}

// blobFiles returns where the bytes of an answer's files are kept.
func blobFiles(a assist.Answer, at string, blobs map[assist.ID][]byte) (files map[string][]byte, missing []string) {
	files = map[string][]byte{}
	for _, x := range a.Files {
		data, ok := blobs[x.Blob]
		if !ok {
			missing = append(missing, x.Name)
			continue
		}
		files[path.Join(path.Dir(at), string(a.ID), x.Name)] = data
	}
	return files, missing
}

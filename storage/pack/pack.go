// Package pack reads and writes the library as people keep it: a folder of
// Markdown files, one an answer, that fits into git, a mail or a shared drive.
//
//	pack.yaml                     name: Starter library; language: of what says none
//	en/billing/charged-twice.md   an answer: language, department, id
//	en/prompts/why-us.md          a prompt
//
// An answer is a front matter in YAML and the words to say; a list under
// "## Steps" holds what there is to do:
//
//	---
//	title: Charged twice
//	owner: priya
//	verified: 2026-11-10
//	verify_every: 90
//	phrasings:
//	  - took the money two times
//	---
//	I'm sorry, {{customer.name}}: I can see both payments.
//
//	## Steps
//
//	1. Open the payment list and look for two equal sums.
//
// questions.yaml has the saved questions: text, answer, saved (a day), id and off.
// en/tact.md is the page of rules of tact (its own introduction says how it is read),
// en/subjects/<id>.md what customers call by name, en/deals/<id>.md what new customers are
// offered.
//
// The other keys of an answer are department and language (default: the
// folders), also (other departments), deputy, rota, products, web, internal, draft, off and
// into. Its pictures and other files lie beside it, in a folder with its name, and are named on
// a line of their own or at the end of a step: ![list](charged-twice/list.png). A prompt has intelligence, topic,
// kinds, after, language and off, and its body is a list of ways to ask. README.md, and names
// that begin with a dot, are left alone. The package also reads the sample team
// (Sample).
package pack

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"ringside/assist"
)

const (
	nameFile      = "pack.yaml"
	promptsFolder = "prompts"
	maxFile       = 1 << 20 // bytes; an answer is a page, not a book
)

var languageFolder = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// Read reads every record of a pack under fsys, sorted by id; rules of tact stay in the
// order of their page. When anything is
// wrong it returns an empty Pack and every fault of every file, joined, each
// naming file and line; errors.Is finds assist.ErrInvalid. Read may be pointed
// at a whole pack or at the folder of one language.
func Read(fsys fs.FS) (assist.Pack, error) {
	r := reader{fsys: fsys, seen: map[string]string{}, blobs: map[assist.ID]string{}}
	err := fs.WalkDir(fsys, ".", r.visit)
	if err != nil {
		r.faults = append(r.faults, fmt.Errorf("read pack: %w", err))
	}
	if len(r.faults) > 0 {
		return assist.Pack{}, errors.Join(r.faults...)
	}
	r.giveLanguage()
	slices.SortFunc(r.pack.Answers, func(a, b assist.Answer) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(r.pack.Prompts, func(a, b assist.Prompt) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(r.pack.Subjects, func(a, b assist.Subject) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(r.pack.Blobs, func(a, b assist.Blob) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(r.pack.Deals, func(a, b assist.Deal) int { return cmp.Compare(a.ID, b.ID) })
	return r.pack, nil
}

// reader gathers one pack and all that is wrong with it.
type reader struct {
	fsys   fs.FS
	pack   assist.Pack
	seen   map[string]string // "answer charged-twice" -> the file that has it
	blobs  map[assist.ID]string
	common string // the language of what says none
	faults []error
}

func (r *reader) visit(name string, d fs.DirEntry, err error) error {
	if err != nil {
		if name == "." {
			return err
		}
		r.cannotRead(name, err)
		return fs.SkipDir
	}
	if strings.HasPrefix(d.Name(), ".") && name != "." {
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil
	}
	if d.IsDir() {
		if _, err := fs.Stat(r.fsys, name+".md"); name != "." && err == nil {
			return fs.SkipDir // the files of an answer
		}
		return nil
	}
	if isPage(name) {
		r.read(name)
	} else if info, err := fs.Stat(r.fsys, name); d.Type()&fs.ModeSymlink != 0 && (err != nil || info.IsDir()) {
		r.cannotFollow(name)
	}
	return nil
}

// isPage reports whether a file has records of the pack, or its name.
func isPage(name string) bool {
	isMarkdown := strings.HasSuffix(name, ".md") && !strings.EqualFold(path.Base(name), "README.md")
	return isMarkdown || name == nameFile || name == questionsFile
}

// read reads one file of the pack.
func (r *reader) read(name string) {
	info, err := fs.Stat(r.fsys, name)
	var data []byte
	most := int64(maxFile)
	if name == questionsFile {
		most = maxQuestions
	}
	switch {
	case err == nil && !info.Mode().IsRegular():
		err = errors.New("it is no ordinary file")
	case err == nil && info.Size() <= most:
		data, err = fs.ReadFile(r.fsys, name)
	}
	if err != nil {
		r.cannotRead(name, err)
		return
	}
	f := &file{name: name}
	switch {
	case info.Size() > most:
		f.wrong(1, fmt.Sprintf("the file is larger than %d MB", most>>20), "Split it into several answers.")
	case !utf8.Valid(data):
		f.wrong(badLine(data), "this is not UTF-8 text", "Save the file as UTF-8.")
	case name == nameFile:
		f.fields(string(data), 0, map[string]setter{"name": line(&r.pack.Name), "language": line(&r.common)})
	default:
		r.record(f, data)
	}
	r.faults = append(r.faults, f.faults...)
}

// cannotRead notes why a file or a folder cannot be read: the rest is read all the same, so
// that everything is told at once.
func (r *reader) cannotRead(name string, err error) {
	fault := &assist.Fault{What: "this cannot be read: " + err.Error(), Where: name, Do: "Look at the disk, or copy the folder anew.", Err: errors.Join(assist.ErrInvalid, err)}
	if cause := (*fs.PathError)(nil); errors.As(err, &cause) {
		fault.What = "this cannot be read: " + cause.Err.Error()
	}
	if _, err := fs.ReadLink(r.fsys, name); err == nil {
		r.cannotFollow(name)
		return
	}
	if errors.Is(err, fs.ErrPermission) {
		fault.What, fault.Do = "you may not read this", "Give yourself the right to read it."
	}
	r.faults = append(r.faults, fault)
}

func (r *reader) cannotFollow(name string) {
	r.faults = append(r.faults, &assist.Fault{What: "this is a link to a folder, out of the pack, or to nothing, and is not followed", Where: name,
		Do: "Put what it leads to in its place, or remove it.", Err: assist.ErrInvalid})
}

// badLine returns the first line that is not UTF-8.
func badLine(data []byte) int {
	line := 1
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		data = data[n:]
	}
	return line
}

// record reads a file of records, by the folder that it lies in.
func (r *reader) record(f *file, data []byte) {
	switch folder := path.Base(path.Dir(f.name)); {
	case f.name == questionsFile:
		r.takeQuestions(f, data)
	case isTact(f.name):
		for _, t := range f.tact(data) {
			if r.fits(f, t) {
				r.pack.Tact = append(r.pack.Tact, t)
			}
		}
	case folder == promptsFolder:
		if p := f.prompt(data); r.fits(f, p) {
			r.pack.Prompts = append(r.pack.Prompts, p)
		}
	case folder == subjectsFolder:
		if s := f.subject(data); r.fits(f, s) {
			r.pack.Subjects = append(r.pack.Subjects, s)
		}
	case folder == dealsFolder:
		if d := f.deal(data); r.fits(f, d) {
			r.pack.Deals = append(r.pack.Deals, d)
		}
	default:
		a := f.answer(data)
		if r.fsys != nil {
			r.readFiles(f, &a, data)
		}
		if r.fits(f, a) {
			r.pack.Answers = append(r.pack.Answers, a)
		}
	}
}

// fits checks what a file gave as a whole; a file with faults of its own is not
// judged twice.
func (r *reader) fits(f *file, rec assist.Record) bool {
	if len(f.faults) > 0 {
		return false
	}
	if err := rec.Validate(); err != nil {
		f.wrong(1, faultOf(err), "")
		return false
	}
	key := seenKey(rec)
	if first, twice := r.seen[key]; twice {
		f.wrong(1, fmt.Sprintf("the %s is already in %s", key, first), "Give one of the files another name.")
		return false
	}
	r.seen[key] = f.name
	return true
}

// seenKey names a record within a pack: "answer charged-twice".
func seenKey(rec assist.Record) string {
	t, id := rec.Ident()
	return string(t) + " " + string(id)
}

// faultOf is what is wrong, without where.
func faultOf(err error) string {
	if fault := (*assist.Fault)(nil); errors.As(err, &fault) {
		return fault.What
	}
	return err.Error()
}

// giveLanguage gives the pack's language to what says none, neither in its file nor
// by its folder.
func (r *reader) giveLanguage() {
	if r.common == "" || r.common == "en" {
		return
	}
	give := func(language *string, rec assist.Record) {
		if *language == "" && !inLanguageFolder(r.seen[seenKey(rec)]) {
			*language = r.common
		}
	}
	for i := range r.pack.Answers {
		give(&r.pack.Answers[i].Language, r.pack.Answers[i])
	}
	for i := range r.pack.Prompts {
		give(&r.pack.Prompts[i].Language, r.pack.Prompts[i])
	}
}

func inLanguageFolder(name string) bool {
	return languageFolder.MatchString(path.Base(path.Dir(path.Dir(name))))
}

// folders returns the language and the department that the place of a file
// tells. English is the language that needs no mention.
func folders(name string) (language, department string) {
	dir := path.Dir(name)
	if dir == "." {
		return "", ""
	}
	if language = path.Base(path.Dir(dir)); language == "en" || !inLanguageFolder(name) {
		language = ""
	}
	return language, path.Base(dir)
}

package assist_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The walls of the house: what may import what, where a goroutine or a socket may
// be, and how long a thing may get. They are read from the sources, so that no
// screen and no compiler is needed.

const module = "ringside"

// A wall forbids an import for a folder and all below it, but for the folders
// named in except.
type wall struct {
	folder, banned, why string
	except              []string
}

var walls = []wall{
	{"assist", module + "/storage", "what decides must not know how things are kept", nil},
	{"assist", module + "/ui", "what decides must not know how things are shown", nil},
	{"assist", module + "/cmd", "nobody sees cmd", nil},
	{"assist", module + "/assets", "what is shipped comes in as values", nil},
	{"assist", "fyne.io", "assist runs without a window", nil},
	{"assist", "github.com/dgraph-io", "assist runs without a database", nil},
	{"assist/search", module + "/assist/live", "the desk sees the siblings, not they the desk", nil},
	{"assist/ask", module + "/assist/live", "the desk sees the siblings, not they the desk", nil},
	{"assist/compose", module + "/assist/live", "the desk sees the siblings, not they the desk", nil},
	{"assist/promise", module + "/assist/live", "the desk sees the siblings, not they the desk", nil},
	{"assist/heard", module + "/assist/live", "the desk sees the siblings, not they the desk", nil},
	{"assist/help", module + "/assist/live", "the desk sees the siblings, not they the desk", nil},
	{"assist/frank", module + "/assist/live", "the desk sees the siblings, not they the desk", nil},
	{"assist/insight", module + "/assist/live", "the desk sees the siblings, not they the desk", nil},
	{"assist/concierge", module + "/assist/live", "the desk sees the siblings, not they the desk", nil},
	{"assist/phone", module + "/assist/live", "a phone is a source of the desk, not its user", nil},
	{"storage", module + "/ui", "the store has no screen", nil},
	{"storage", module + "/cmd", "nobody sees cmd", nil},
	{"storage", module + "/assist/live", "the store serves the desk through the desk's own interface", nil},
	{"storage", module + "/assets", "what is shipped comes in as values", nil},
	{"storage", "fyne.io", "the store has no screen", nil},
	{"ui", module + "/storage", "a page shows what it is given", nil},
	{"ui", module + "/cmd", "nobody sees cmd", nil},
	{"ui", "github.com/dgraph-io", "a page shows what it is given", nil},
	{"assets", module, "what is shipped sees nothing of ours", nil},
	{"", "fyne.io/fyne/v2/app", "the OpenGL driver is compiled into cmd only", []string{"cmd"}},
	{"", "net", "sockets are for the leaves and cmd", []string{"assist/phone/handoff", "assist/phone/sip", "assist/compose/openai", "storage/replica/nats/serve", "cmd"}}, // serve opens none: it tells addresses from names
	{"", "github.com/nats-io", "one leaf speaks with a team's server", []string{"storage/replica/nats"}},
	{"", "net/http", "sockets are for the leaves and cmd", []string{"assist/phone/handoff", "assist/compose/openai", "cmd"}},
	{"", "github.com/sashabaranov", "one leaf speaks with a model", []string{"assist/compose/openai"}},
	{"assist", module + "/assist/compose/openai", "what decides runs without a model", nil},
	{"ui", module + "/assist/compose/openai", "a page shows what it is given", nil},
	{"storage", module + "/assist/compose/openai", "the store opens no socket", nil},
	{"", "log", "nothing is logged: what customers say would stand there", []string{"assist/phone/handoff", "cmd"}},  // handed to net/http, to write nowhere
	{"", "log/slog", "nothing is logged: what customers say would stand there", []string{"assist/phone/sip", "cmd"}}, // the same, to sipgo
	{"", "os/exec", "processes are for the leaves and cmd", []string{"assist/phone/handoff", "cmd"}},
}

// The bounds of size. Each is a stop, not an aim.
const (
	maxFuncLines  = 80
	maxCyclomatic = 15
	maxFileLines  = 500
	maxExported   = 50
	maxInAssist   = 80
	maxMethods    = 5
	maxParams     = 6
)

// source is one parsed file of the project.
type source struct {
	name   string // from the project's root, with slashes
	folder string
	lines  int
	syntax *ast.File
}

func (s source) test() bool { return strings.HasSuffix(s.name, "_test.go") }

var files = token.NewFileSet()

// sources are all of ours.
func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "docs" || name == "../build") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		f, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(name, ".."+string(filepath.Separator)))
		out = append(out, source{rel, path.Dir(rel), files.File(f.Pos()).LineCount(), f})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 10 {
		t.Fatalf("found only %d sources: is the test run from its own folder?", len(out))
	}
	return out
}

func within(folder, parent string) bool {
	return parent == "" || folder == parent || strings.HasPrefix(folder, parent+"/")
}

func hit(imported, banned string) bool {
	switch banned {
	case "net", "net/http", "os/exec", "log", "log/slog":
		return imported == banned
	}
	return within(imported, banned)
}

func (w wall) forbids(folder, imported string) bool {
	if !within(folder, w.folder) || !hit(imported, w.banned) {
		return false
	}
	for _, e := range w.except {
		if within(folder, e) {
			return false
		}
	}
	return true
}

func TestWallsHold(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		for _, i := range s.syntax.Imports {
			imported, _ := strconv.Unquote(i.Path.Value)
			for _, w := range walls {
				if w.forbids(s.folder, imported) {
					t.Errorf("%s imports %s: %s", s.name, imported, w.why)
				}
			}
			if s.folder == "assist" && strings.Contains(strings.SplitN(imported, "/", 2)[0], ".") {
				t.Errorf("%s imports %s: the words use the standard library only", s.name, imported)
			}
		}
	}
}

func TestWallsCanFall(t *testing.T) {
	for _, bad := range []struct{ folder, imported string }{
		{"assist/live", "ringside/storage"},
		{"ui/call", "github.com/dgraph-io/badger/v4"},
		{"ui", "fyne.io/fyne/v2/app"},
		{"storage/journal", "net"},
		{"assist/live", "github.com/sashabaranov/go-openai"},
		{"ui/setup", "ringside/assist/compose/openai"},
		{"assets", "ringside/assist"},
		{"storage", "log"},
		{"storage/replica", "github.com/nats-io/nats.go"},
	} {
		stopped := false
		for _, w := range walls {
			stopped = stopped || w.forbids(bad.folder, bad.imported)
		}
		if !stopped {
			t.Errorf("%s may import %s", bad.folder, bad.imported)
		}
	}
}

// TestNothingIsPrinted: only commands speak, to who has called them.
func TestNothingIsPrinted(t *testing.T) {
	speaks := map[string]bool{"fmt.Print": true, "fmt.Printf": true, "fmt.Println": true, "os.Stdout": true, "os.Stderr": true, "fyne.LogError": true}
	for _, s := range sources(t) {
		if within(s.folder, "cmd") || s.test() {
			continue
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && speaks[x.Name+"."+n.Sel.Name] {
					t.Errorf("%s: %s.%s", files.Position(n.Pos()), x.Name, n.Sel.Name)
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "println" || f.Name == "print") {
					t.Errorf("%s: %s", files.Position(n.Pos()), f.Name)
				}
			}
			return true
		})
	}
}

func TestWindowWorkIsOnlyInAsync(t *testing.T) {
	for _, s := range sources(t) {
		if !within(s.folder, "ui") || s.folder == "ui/async" || s.test() {
			continue
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: a goroutine in ui outside ui/async", files.Position(n.Pos()))
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "fyne" && (n.Sel.Name == "Do" || n.Sel.Name == "DoAndWait") {
					t.Errorf("%s: fyne.%s in ui outside ui/async", files.Position(n.Pos()), n.Sel.Name)
				}
			}
			return true
		})
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	said := map[string]bool{}
	for _, s := range sources(t) {
		if !s.test() {
			said[s.folder] = said[s.folder] || s.syntax.Doc != nil
		}
	}
	for folder, ok := range said {
		if !ok {
			t.Errorf("package %s has no comment", folder)
		}
	}
}

func TestNothingGrowsTooLong(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		if s.lines > maxFileLines {
			t.Errorf("%s has %d lines, the stop is %d", s.name, s.lines, maxFileLines)
		}
		for _, d := range s.syntax.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			where := files.Position(f.Pos()).String() + " " + f.Name.Name
			if n := files.Position(f.End()).Line - files.Position(f.Pos()).Line + 1; n > maxFuncLines {
				t.Errorf("%s has %d lines, the stop is %d", where, n, maxFuncLines)
			}
			if n := cyclomatic(f); n > maxCyclomatic {
				t.Errorf("%s has a cyclomatic number of %d, the stop is %d", where, n, maxCyclomatic)
			}
			if n := f.Type.Params.NumFields(); n > maxParams {
				t.Errorf("%s takes %d parameters, the stop is %d", where, n, maxParams)
			}
		}
	}
}

// cyclomatic counts the ways through a function: 1, and 1 for every branch, loop,
// case, && and ||.
func cyclomatic(f *ast.FuncDecl) int {
	n := 1
	ast.Inspect(f, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
			n++
		case *ast.CaseClause:
			if node.List != nil {
				n++
			}
		case *ast.CommClause:
			if node.Comm != nil {
				n++
			}
		case *ast.BinaryExpr:
			if node.Op == token.LAND || node.Op == token.LOR {
				n++
			}
		}
		return true
	})
	return n
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	count := map[string]int{}
	for _, s := range sources(t) {
		if s.test() || s.syntax.Name.Name == "main" {
			continue
		}
		for _, d := range s.syntax.Decls {
			count[s.folder] += exported(t, d)
		}
	}
	for folder, n := range count {
		stop := maxExported
		if folder == "assist" {
			stop = maxInAssist
		}
		if n > stop {
			t.Errorf("package %s exports %d names, the stop is %d", folder, n, stop)
		}
	}
}

// exported returns how many names outside methods and fields the declaration
// exports, and reports those without a comment. A group of constants or of errors counts as
// one: the values of a kind are one thing to learn.
func exported(t *testing.T, d ast.Decl) (n int) {
	t.Helper()
	undocumented := func(name *ast.Ident, docs ...*ast.CommentGroup) {
		for _, doc := range docs {
			if doc != nil {
				return
			}
		}
		t.Errorf("%s: %s has no comment", files.Position(name.Pos()), name.Name)
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if !d.Name.IsExported() || d.Recv != nil && !receiverExported(d) {
			return 0
		}
		undocumented(d.Name, d.Doc)
		if d.Recv == nil {
			n++
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if spec.Name.IsExported() {
					n++
					undocumented(spec.Name, d.Doc, spec.Doc, spec.Comment)
					methodsFit(t, spec)
				}
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					if name.IsExported() {
						n++
						undocumented(name, d.Doc, spec.Doc, spec.Comment)
					}
				}
			}
		}
		if d.Tok != token.TYPE {
			n = min(n, 1)
		}
	}
	return n
}

func methodsFit(t *testing.T, spec *ast.TypeSpec) {
	t.Helper()
	if i, ok := spec.Type.(*ast.InterfaceType); ok && i.Methods.NumFields() > maxMethods {
		t.Errorf("%s: interface %s has %d methods, the stop is %d", files.Position(spec.Pos()), spec.Name.Name, i.Methods.NumFields(), maxMethods)
	}
}

func receiverExported(d *ast.FuncDecl) bool {
	x := d.Recv.List[0].Type
	for {
		switch y := x.(type) {
		case *ast.StarExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.IndexListExpr:
			x = y.X
		case *ast.Ident:
			return y.IsExported()
		default:
			return false
		}
	}
}

package importtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestCareful: what has had a careful way made for it is done in that way alone.
//
//   - HTML that anybody wrote is parsed by internal/formatting, which looks first how many
//     elements would be made anew.
//   - What is done in a group's goroutine is guard.Work: net/http keeps a panic of a
//     request from ending the server, and nothing does so for a goroutine of its own.
func TestCareful(t *testing.T) {
	const root = "../.."
	groups, parsed := 0, 0
	for _, dir := range []string{"cmd", "internal", "wasm"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (strings.HasSuffix(d.Name(), "test") || d.Name() == "testdata") {
				return filepath.SkipDir // what is for tests alone
			}
			if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				return err
			}
			grouped := imports(file, "golang.org/x/sync/errgroup")
			parses := imports(file, "golang.org/x/net/html")
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				switch called := written(call.Fun); {
				case parses && strings.HasPrefix(called, "html.Parse"):
					parsed++
					if !strings.Contains(filepath.ToSlash(name), "internal/formatting/") {
						t.Errorf("%s uses %s: use internal/formatting's", name, called)
					}
				case grouped && strings.HasSuffix(called, ".Go"):
					groups++
					if work, ok := call.Args[0].(*ast.CallExpr); !ok || written(work.Fun) != "guard.Work" {
						t.Errorf("%s: what %s is given is to be guard.Work(…)", name, called)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if groups < 6 || parsed != 2 {
		t.Errorf("%d groups and %d parsers were found: is this test still true?", groups, parsed)
	}
}

// imports tells whether a file imports a package by its own name.
func imports(file *ast.File, path string) bool {
	for _, i := range file.Imports {
		if i.Path.Value == `"`+path+`"` && i.Name == nil {
			return true
		}
	}
	return false
}

// written is a name of a package or a variable, a dot and a name, as it is written.
func written(e ast.Expr) string {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	of, ok := s.X.(*ast.Ident)
	if !ok {
		return ""
	}
	return of.Name + "." + s.Sel.Name
}

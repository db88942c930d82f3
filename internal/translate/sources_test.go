package translate

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// told are the packages whose errors a writer is told.
var told = []string{"../server", "../forge", "../forge/local", "../forge/github", "../additions"}

// unread are sentences that no writer meets: other programs and whoever runs Galley do.
var unread = regexp.MustCompile(`^(?:%s$|Galley takes JSON here|The request is not UTF-8|The request does not say|The request cannot be read|This address only takes|There is nothing at this address|A link is asked for|This request came from another site|Galley has no such file|Galley knows no language|This request is for another host|That name is not)`)

// sentences are the formats that stand where errors are made: in refuse and Errorf, and
// as an error's Sentence; and the reasons that are filled into them.
func sentences(t *testing.T, folder string) []string {
	t.Helper()
	found := map[string]bool{}
	note := func(e ast.Expr) {
		if call, ok := e.(*ast.CallExpr); ok && len(call.Args) > 0 && name(call.Fun) == "Sprintf" {
			e = call.Args[0]
		}
		if text, ok := literal(e); ok && strings.Contains(text, " ") && !unread.MatchString(text) {
			found[text] = true
		}
	}
	files, err := filepath.Glob(folder + "/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(folder, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				at, ok := map[string]int{"refuse": 2, "Errorf": 2, "newRenders": 2, "unfit": 0}[name(n.Fun)]
				if name(n.Fun) == "refuse" && len(n.Args) == 1 {
					at = 0 // a reason, for a sentence
				}
				if ok && len(n.Args) > at {
					if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.X.(*ast.Ident).Name == "fmt" {
						return true
					}
					note(n.Args[at])
				}
			case *ast.FuncDecl:
				if n.Name.Name == "sentence" || n.Name.Name == "segmentFault" {
					ast.Inspect(n, func(n ast.Node) bool {
						if back, ok := n.(*ast.ReturnStmt); ok && len(back.Results) > 0 {
							note(back.Results[0])
						}
						return true
					})
				}
			case *ast.ValueSpec:
				if len(n.Values) == 1 && n.Names[0].Name == "copies" {
					note(n.Values[0])
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && strings.EqualFold(key.Name, "sentence") {
					note(n.Value)
				}
			case *ast.AssignStmt:
				for i, to := range n.Lhs {
					if sel, ok := to.(*ast.SelectorExpr); ok && sel.Sel.Name == "Sentence" && i < len(n.Rhs) {
						note(n.Rhs[i])
					}
				}
			case *ast.CompositeLit: // the table of kinds
				for _, e := range n.Elts {
					if text, ok := literal(e); ok && strings.HasSuffix(text, ".") && name(firstOf(n)) != "" {
						note(e)
					}
				}
			}
			return true
		})
	}
	return slices.Sorted(maps.Keys(found))
}

func firstOf(n *ast.CompositeLit) ast.Expr { return n.Elts[0] }

// name is what a call or a value is called, without its package.
func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// literal is a text that stands in the code, also in several parts.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		a, ok := literal(e.X)
		b, also := literal(e.Y)
		return a + b, ok && also
	}
	return "", false
}

// found are the files of what is told of a text and of the settings that it goes by;
// with a function, where nothing else in the file is.
var found = []string{
	"../lint/*.go", "../lint/effort/*.go", "../lint/spelling/*.go", "../lint/vale/*.go", "../postindex/topic.go", "../social/social.go",
	"../mail/bounds.go", "../mail/check.go", "../mail/mail.go", "../mail/settings.go", "../server/mailing.go", "../server/moved.go", "../server/ready.go",
	"../site/deadlinks/*.go", "../site/document/document.go#Hidden", "../outlinks/*.go", "../fetch/error.go", "../datacheck/*.go",
}

// unsaid are formats that are no part of a finding: they write places, and numbers.
var unsaid = regexp.MustCompile(`^(?:[^a-zA-Z]|%[a-zA-Z])*$|^ A template or the settings make it|^\(column`)

// findings are the formats of messages, of what mends a place and of the phrases that
// messages have in them, in the files of a pattern.
func findings(t *testing.T, pattern string) []string {
	t.Helper()
	found := map[string]bool{}
	note := func(e ast.Expr, frame [2]string) {
		if text, ok := literal(e); ok && !unsaid.MatchString(text) {
			found[strings.ReplaceAll(frame[0]+text+frame[1], "%w", "%v")] = true
		}
	}
	pattern, function, _ := strings.Cut(pattern, "#")
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal(pattern, err)
	}
	var all []ast.Node
	frames := map[string][2]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(frames, framesOf(parsed))
		if function == "" {
			all = append(all, parsed)
		}
		for _, d := range parsed.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Name.Name == function {
				all = append(all, d)
			}
		}
	}
	for _, part := range all {
		ast.Inspect(part, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ReturnStmt:
				for _, e := range n.Results {
					if text, ok := literal(e); ok && (strings.HasSuffix(text, ".") || function != "") {
						note(e, [2]string{})
					}
				}
			case *ast.CallExpr:
				called := name(n.Fun)
				switch called {
				case "tell", "offer", "problem", "doubt":
					for _, arg := range n.Args { // codes and names of files have no space
						if text, ok := literal(arg); ok && strings.Contains(text, " ") {
							note(arg, frames[called])
							break
						}
					}
				case "phrase", "Sprintf", "Errorf":
					note(n.Args[0], [2]string{})
				case "append":
					if name(n.Args[0]) == "problems" || name(n.Args[0]) == "told" {
						note(n.Args[1], [2]string{})
					}
				}
			case *ast.KeyValueExpr:
				key := name(n.Key)
				text, _ := literal(n.Value)
				if _, table := literal(n.Key); key == "Message" || key == "Name" || table && strings.HasSuffix(text, ".") {
					note(n.Value, [2]string{})
				}
			case *ast.AssignStmt:
				for i, to := range n.Lhs {
					if to := name(to); i < len(n.Rhs) && (to == "Message" || to == "message" || to == "format") || strings.HasSuffix(to, ".Name") {
						note(n.Rhs[i], [2]string{})
					}
				}
			case *ast.CompositeLit:
				if name(n.Type) == "definition" {
					return false // a rule of Vale's, whose words are its own
				}
				list, texts := n.Type.(*ast.ArrayType)
				for _, e := range n.Elts {
					text, ok := literal(e)
					if ok && (name(n.Type) == "phrases" || name(n.Type) == "Error" && strings.Contains(text, " ") || texts && name(list.Elt) == "string" && strings.HasSuffix(text, ".")) {
						note(e, [2]string{})
					}
				}
			}
			return true
		})
	}
	return slices.Sorted(maps.Keys(found))
}

// framesOf are what functions that take a format put before and behind it, by their
// names.
func framesOf(file *ast.File) map[string][2]string {
	frames := map[string][2]string{}
	in := func(function string, body ast.Node) {
		ast.Inspect(body, func(n ast.Node) bool {
			if sum, ok := n.(*ast.BinaryExpr); ok {
				before, behind := sum.X, ast.Expr(nil)
				if left, ok := sum.X.(*ast.BinaryExpr); ok && name(left.Y) == "format" {
					before, behind = left.X, sum.Y
				} else if name(sum.Y) != "format" {
					return true
				}
				a, _ := literal(before)
				b, _ := literal(behind)
				frames[function] = [2]string{a, b}
				return false
			}
			return true
		})
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			in(n.Name.Name, n)
		case *ast.AssignStmt:
			if f, ok := n.Rhs[0].(*ast.FuncLit); ok {
				in(name(n.Lhs[0]), f)
			}
		}
		return true
	})
	return frames
}

// Every sentence that an error of the server or of a forge tells a writer, and
// everything that is found in a text, is in each catalogue, and each catalogue has no
// other.
func TestSentences(t *testing.T) {
	for _, kind := range []struct {
		catalogues string
		packages   []string
		read       func(*testing.T, string) []string
	}{
		{"*.json", told, sentences},
		{"findings/*.json", found, findings},
	} {
		t.Run(kind.catalogues, func(t *testing.T) {
			stand := map[string]bool{}
			for _, pattern := range kind.packages {
				for _, s := range kind.read(t, pattern) {
					stand[s] = true
				}
			}
			if len(stand) < 150 {
				t.Fatalf("%d sentences were found", len(stand))
			}
			compare(t, kind.catalogues, stand)
		})
	}
}

// compare holds the catalogues of a pattern against what stands in the code.
func compare(t *testing.T, pattern string, stand map[string]bool) {
	names, err := fs.Glob(files, pattern)
	if err != nil || len(names) == 0 {
		t.Fatal(pattern, err)
	}
	for _, file := range names {
		data, err := files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		entries := map[string]string{}
		if err := json.Unmarshal(data, &entries); err != nil {
			t.Fatal(err)
		}
		for _, s := range slices.Sorted(maps.Keys(stand)) {
			if entries[s] == "" {
				t.Errorf("%s has not: %s", file, s)
			}
		}
		for _, s := range slices.Sorted(maps.Keys(entries)) {
			if !stand[s] {
				t.Errorf("%s has what nothing says: %s", file, s)
			}
			if a, b := verbs(s), verbs(entries[s]); !slices.Equal(a, b) {
				t.Errorf("%s: %s has other verbs in %s", file, s, entries[s])
			}
		}
		lines := strings.Split(strings.TrimSpace(string(data)), "\n")
		if lines = lines[1 : len(lines)-1]; len(lines) != len(entries) || !slices.IsSorted(lines) {
			t.Errorf("%s is not sorted, one entry a line", file)
		}
	}
}

// verbs are the arguments that a format has, with how they are written.
func verbs(format string) []string {
	found := map[string]bool{}
	next := 0
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
			next--
		}
		next++
		found[strconv.Itoa(next)+m[2]] = true
	}
	return slices.Sorted(maps.Keys(found))
}

func TestSay(t *testing.T) {
	german, err := In("de")
	if err != nil {
		t.Fatal(err)
	}
	for english, want := range map[string]string{
		"You are signed out.":                                   "Abgemeldet.",
		"There is no file a of b on the branch side.":           "Eine Datei a of b gibt es auf dem Branch side nicht.",
		`The path "a\"b" cannot be used: "c" is there already.`: `Der Pfad "a\"b" geht nicht: "c" gibt es schon.`,
		"Pull request 7 and the branch main both changed the same lines of a.md. Bring the post up to date with main, then merge.": "Pull Request 7 und der Branch main haben beide dieselben Zeilen von a.md geändert. Bitte den Beitrag auf den Stand von main bringen und dann mergen.",
		"You may not push to the branch of pull request 3, which is ada's. Submit this as a pull request of your own.":             "Auf den Branch von Pull Request 3 zu pushen ist nicht erlaubt; er gehört ada. Bitte als eigenen Pull Request einreichen.",
		"Nobody has translated this.": "Nobody has translated this.",
		"":                            "",
	} {
		if got := german.Say(english); got != want {
			t.Errorf("%q is %q, want %q", english, got, want)
		}
	}
	if none, err := In("tlh"); err != nil || none.Say("You are signed out.") != "You are signed out." {
		t.Errorf("a language without words: %v, %v", none, err)
	}
}

func FuzzSay(f *testing.F) {
	german, err := In("de")
	if err != nil {
		f.Fatal(err)
	}
	f.Add("There is no branch a.")
	f.Add("Pull request 7 is for , not for .")
	f.Fuzz(func(t *testing.T, sentence string) { german.Say(sentence) })
}

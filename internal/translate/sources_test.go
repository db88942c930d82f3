package translate

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
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
				at, ok := map[string]int{"refuse": 2, "Errorf": 2, "unfit": 0}[name(n.Fun)]
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

// Every sentence that an error of the server or of a forge tells a writer is in each
// catalogue, and each catalogue has no other.
func TestSentences(t *testing.T) {
	stand := map[string]bool{}
	for _, folder := range told {
		for _, s := range sentences(t, folder) {
			stand[s] = true
		}
	}
	if len(stand) < 150 {
		t.Fatalf("%d sentences were found", len(stand))
	}
	names, err := files.ReadDir(".")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, file := range names {
		data, err := files.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		entries := map[string]string{}
		if err := json.Unmarshal(data, &entries); err != nil {
			t.Fatal(err)
		}
		for _, s := range slices.Sorted(maps.Keys(stand)) {
			if entries[s] == "" {
				t.Errorf("%s has not: %s", file.Name(), s)
			}
		}
		for _, s := range slices.Sorted(maps.Keys(entries)) {
			if !stand[s] {
				t.Errorf("%s has what no error says: %s", file.Name(), s)
			}
			if a, b := verbs(s), verbs(entries[s]); !slices.Equal(a, b) {
				t.Errorf("%s: %s has other verbs in %s", file.Name(), s, entries[s])
			}
		}
		lines := strings.Split(strings.TrimSpace(string(data)), "\n")
		if lines = lines[1 : len(lines)-1]; len(lines) != len(entries) || !slices.IsSorted(lines) {
			t.Errorf("%s is not sorted, one entry a line", file.Name())
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

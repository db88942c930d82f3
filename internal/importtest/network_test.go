package importtest

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// askers are the files that ask others over the network: GitHub, and what
// internal/fetch is given, which refuses loopback and private addresses after
// their names were looked up, and again at each redirect. Whatever else wants an
// address of a post, of a setting or of a request has it fetched there.
var askers = []string{
	"cmd/galley/github.go", "cmd/galley/hosting.go", // make the clients below
	"internal/forge/github/",                                                // GitHub's API
	"internal/signin/",                                                      // GitHub's sign-in
	"internal/fetch/", "internal/mail/buttondown/", "cmd/galley/mailing.go", // everybody else, carefully
	"cmd/bundle/dev.go", // the Galley that it has started, for whoever works on it
}

// clients are what asks others in net/http and net.
var clients = map[string][]string{
	"net/http": {"Get", "Post", "PostForm", "Head", "Client", "DefaultClient", "Transport", "DefaultTransport", "NewRequest", "NewRequestWithContext"},
	"net":      {"Dial", "DialTimeout", "Dialer", "DialTCP", "LookupHost", "LookupIP", "LookupAddr", "DefaultResolver"},
}

// TestFewAsk: nothing but what talks to GitHub, and what is careful, can ask anybody.
func TestFewAsk(t *testing.T) {
	const root = "../.."
	asked := map[string]bool{}
	for _, dir := range []string{"cmd", "internal", "wasm", "web", "templates"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (d.Name() == "node_modules" || strings.HasSuffix(d.Name(), "test")) {
				return filepath.SkipDir // what is for tests alone
			}
			if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				return err
			}
			short := filepath.ToSlash(strings.TrimPrefix(name, root+string(filepath.Separator)))
			for _, use := range usesOf(file) {
				asked[short] = true
				if !slices.ContainsFunc(askers, func(may string) bool { return strings.HasPrefix(short, may) }) {
					t.Errorf("%s uses %s: only %s may ask others", short, use, strings.Join(askers, ", "))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(asked) < 3 {
		t.Errorf("only these ask anybody: %v", asked)
	}
}

// usesOf are the clients that a file uses.
func usesOf(file *ast.File) []string {
	names := map[string]string{}
	for _, i := range file.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		if clients[path] == nil {
			continue
		}
		name := path[strings.LastIndexByte(path, '/')+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		names[name] = path
	}
	var out []string
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if of, ok := s.X.(*ast.Ident); ok && names[of.Name] != "" && slices.Contains(clients[names[of.Name]], s.Sel.Name) {
			out = append(out, names[of.Name]+"."+s.Sel.Name)
		}
		return true
	})
	return out
}

// TestPackagesAreLocked: every package of npm's is named with its bytes' hash
// and comes from npm's registry, and every module of Go's has one in go.sum.
func TestPackagesAreLocked(t *testing.T) {
	locks, err := filepath.Glob("../../web/package-lock.json")
	more, _ := filepath.Glob("../../web/*/package-lock.json")
	locks = append(locks, more...)
	if err != nil || len(locks) < 2 {
		t.Fatal(locks, err)
	}
	for _, lock := range locks {
		data, err := os.ReadFile(lock)
		if err != nil {
			t.Fatal(err)
		}
		var l struct {
			Packages map[string]struct {
				Resolved, Integrity string
				Link                bool
			}
		}
		if err := json.Unmarshal(data, &l); err != nil || len(l.Packages) < 3 {
			t.Fatalf("%s: %d packages, %v", lock, len(l.Packages), err)
		}
		for name, p := range l.Packages {
			if name == "" || p.Link {
				continue
			}
			if p.Resolved != "" && !strings.HasPrefix(p.Resolved, "https://registry.npmjs.org/") || !strings.HasPrefix(p.Integrity, "sha512-") {
				t.Errorf("%s: %s comes from %q with %q", lock, name, p.Resolved, p.Integrity)
			}
		}
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	modules := 0
	for line := range strings.Lines(string(mod)) {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(fields) < 2 || !strings.HasPrefix(fields[1], "v") || !strings.Contains(fields[0], ".") {
			if strings.HasPrefix(line, "replace") {
				t.Errorf("go.mod replaces a module: %s", line)
			}
			continue
		}
		modules++
		if !strings.Contains(string(sum), fields[0]+" "+fields[1]+" h1:") && !strings.Contains(string(sum), fields[0]+" "+fields[1]+"/go.mod h1:") {
			t.Errorf("go.sum lacks %s %s", fields[0], fields[1])
		}
	}
	if modules < 10 {
		t.Errorf("only %d modules were found", modules)
	}
}

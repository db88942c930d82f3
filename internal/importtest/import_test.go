package importtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// allowed is the table: a package of ours, and which of ours it may import.
// Tests may import more. A package that is not here may not exist.
var allowed = map[string][]string{
	"internal/diag":               {},
	"internal/bigint":             {},
	"internal/ordered":            {"internal/bigint"},
	"internal/yaml":               {"internal/bigint", "internal/ordered", "internal/rubytime"},
	"internal/rubytime":           {},
	"internal/growthtest":         {},
	"internal/rubytest":           {},
	"internal/sharedtest":         {},
	"internal/datafile":           {"internal/bigint", "internal/ordered", "internal/yaml", "internal/rubytime"},
	"internal/datacheck":          {"internal/bigint", "internal/datafile", "internal/diag", "internal/liquid", "internal/ordered", "internal/rubytime", "internal/yaml"},
	"internal/post":               {"internal/bigint", "internal/diag", "internal/ordered", "internal/yaml", "internal/rubytime"},
	"internal/markdown":           {"internal/bigint", "internal/diag", "internal/ordered", "internal/markdown/*"},
	"internal/markdown/*":         {"internal/bigint", "internal/diag", "internal/ordered", "internal/markdown/*"},
	"internal/percent":            {},
	"internal/lexers":             {"internal/lru"},
	"internal/linediff":           {},
	"internal/merge":              {"internal/post", "internal/diag", "internal/linediff"},
	"internal/lint":               {"internal/diag", "internal/lint/effort", "internal/lint/spelling", "internal/lint/vale", "internal/markdown/outline", "internal/post", "internal/postindex", "internal/site/config"},
	"internal/carry":              {"internal/diag", "internal/markdown/outline", "internal/post", "internal/postindex"},
	"internal/relocate":           {"internal/post", "internal/site"},
	"internal/postindex":          {"internal/diag", "internal/lint/effort", "internal/markdown/outline", "internal/post"},
	"internal/lint/effort":        {},
	"internal/lint/vale":          {"internal/diag", "internal/lint/effort", "internal/markdown/outline"},
	"internal/lint/spelling":      {"internal/diag", "internal/lint/effort", "internal/markdown/outline", "internal/post"},
	"internal/liquid":             {"internal/bigint", "internal/ordered", "internal/percent", "internal/rubytime"},
	"internal/liquid/*":           {"internal/bigint", "internal/liquid", "internal/ordered", "internal/percent", "internal/rubytime"},
	"internal/site":               {"internal/datafile", "internal/diag", "internal/markdown", "internal/post", "internal/sass", "internal/site/build", "internal/site/bundle", "internal/site/config", "internal/site/deadlinks", "internal/site/library", "internal/site/memfs", "internal/site/newpost", "internal/site/render"},
	"internal/site/archives":      {},
	"internal/site/avatar":        {},
	"internal/site/build":         {"internal/diag", "internal/post", "internal/sass", "internal/site/config", "internal/site/deadlinks", "internal/site/document", "internal/site/drop", "internal/site/parallel", "internal/site/permalink", "internal/site/plugin", "internal/site/render", "internal/site/source", "internal/site/templates", "internal/site/value"},
	"internal/site/bundle":        {"internal/liquid", "internal/post", "internal/site/config", "internal/site/document", "internal/site/drop", "internal/site/emoji", "internal/site/emoji/names", "internal/site/layout", "internal/site/plugin", "internal/site/render", "internal/site/templates", "internal/site/zone"},
	"internal/site/config":        {"internal/diag", "internal/liquid", "internal/markdown", "internal/ordered", "internal/post", "internal/site/defaults", "internal/site/githubpages", "internal/site/permalink", "internal/site/plugin", "internal/site/relativelinks", "internal/site/source", "internal/site/theme", "internal/site/value", "internal/site/zone", "internal/yaml"},
	"internal/site/deadlinks":     {"internal/diag", "internal/site/config", "internal/site/permalink", "internal/site/templates"},
	"internal/site/defaults":      {"internal/ordered", "internal/site/glob"},
	"internal/site/document":      {"internal/diag", "internal/liquid", "internal/liquid/jekyll", "internal/markdown", "internal/ordered", "internal/post", "internal/rubytime", "internal/site/config", "internal/site/defaults", "internal/site/githubpages", "internal/site/headings", "internal/site/paginate", "internal/site/permalink", "internal/site/plaintext", "internal/site/plugin", "internal/site/redirect", "internal/site/value"},
	"internal/site/drop":          {"internal/liquid", "internal/lru", "internal/ordered", "internal/rubytime", "internal/site/config", "internal/site/document", "internal/site/library", "internal/site/paginate", "internal/site/value"},
	"internal/site/emoji":         {"internal/site/textnodes"},
	"internal/site/emoji/names":   {},
	"internal/site/excerpt":       {},
	"internal/site/feed":          {"internal/liquid", "internal/ordered", "internal/rubytime", "internal/site/plaintext"},
	"internal/site/generator":     {"internal/diag", "internal/liquid", "internal/ordered", "internal/post", "internal/rubytime", "internal/site/archives", "internal/site/config", "internal/site/defaults", "internal/site/document", "internal/site/drop", "internal/site/feed", "internal/site/githubpages", "internal/site/library", "internal/site/paginate", "internal/site/permalink", "internal/site/plugin", "internal/site/redirect", "internal/site/sitemap", "internal/site/value"},
	"internal/site/gist":          {},
	"internal/site/githubpages":   {},
	"internal/site/glob":          {},
	"internal/site/headings":      {},
	"internal/site/layout":        {"internal/liquid", "internal/ordered", "internal/post", "internal/site/config"},
	"internal/site/library":       {"internal/datafile", "internal/diag", "internal/ordered", "internal/post", "internal/site/config", "internal/site/document", "internal/site/parallel", "internal/site/permalink", "internal/site/source", "internal/site/value"},
	"internal/site/memfs":         {},
	"internal/site/mentions":      {"internal/site/textnodes"},
	"internal/site/newpost":       {"internal/post", "internal/site/config"},
	"internal/site/paginate":      {},
	"internal/site/parallel":      {},
	"internal/site/permalink":     {"internal/percent"},
	"internal/site/plaintext":     {},
	"internal/site/plugin":        {"internal/site/githubpages"},
	"internal/site/redirect":      {},
	"internal/site/relativelinks": {},
	"internal/site/render":        {"internal/diag", "internal/liquid", "internal/liquid/jekyll", "internal/lru", "internal/markdown", "internal/ordered", "internal/post", "internal/sass", "internal/site/config", "internal/site/defaults", "internal/site/document", "internal/site/drop", "internal/site/emoji", "internal/site/excerpt", "internal/site/generator", "internal/site/headings", "internal/site/layout", "internal/site/library", "internal/site/mentions", "internal/site/plaintext", "internal/site/plugin", "internal/site/relativelinks", "internal/site/tags", "internal/site/templates", "internal/site/theme", "internal/site/value"},
	"internal/site/sametest":      {},
	"internal/site/seo":           {"internal/liquid", "internal/ordered", "internal/site/plaintext"},
	"internal/site/sitemap":       {"internal/liquid"},
	"internal/site/source":        {"internal/site/glob"},
	"internal/site/tags":          {"internal/liquid", "internal/liquid/jekyll", "internal/ordered", "internal/site/avatar", "internal/site/config", "internal/site/drop", "internal/site/gist", "internal/site/plugin", "internal/site/seo", "internal/site/value"},
	"internal/site/templates":     {"internal/diag", "internal/markdown", "internal/post", "internal/site/config", "internal/site/plaintext", "internal/site/value"},
	"internal/site/textnodes":     {},
	"internal/site/theme":         {},
	"internal/site/value":         {"internal/ordered", "internal/post", "internal/rubytime"},
	"internal/site/zone":          {},
	"internal/report":             {"internal/diag"},
	"internal/preview":            {"internal/site", "internal/post", "internal/markdown", "internal/diag"},
	"internal/snippet":            {},
	"internal/sass":               {},
	"internal/sass/*":             {"internal/sass", "internal/lru"},
	"internal/picture":            {},
	"internal/forge":              {},
	"internal/forge/*":            {"internal/forge", "internal/guard", "internal/linediff", "internal/lru"},
	"internal/forge/github/*":     {"internal/forge", "internal/forge/github", "internal/linediff"},
	"internal/additions":          {"internal/formatting", "internal/linediff", "internal/markdown", "internal/merge", "internal/post"},
	"internal/server": {"internal/translate", "internal/site/emoji/names", "internal/additions", "internal/datacheck", "internal/sass", "internal/site", "internal/preview", "internal/carry", "internal/lint", "internal/lint/spelling", "internal/linediff", "internal/post", "internal/postindex",
		"internal/fetch", "internal/forge", "internal/guard", "internal/relocate", "internal/snippet", "internal/signin", "internal/tray", "internal/diag", "internal/mail", "internal/markdown", "internal/merge", "internal/outlinks", "internal/picture", "internal/social", "internal/lru"},
	"internal/fetch":      {"internal/lru"},
	"internal/guard":      {},
	"internal/planet":     {"internal/formatting", "internal/tray"},
	"internal/outlinks":   {"internal/diag", "internal/fetch", "internal/guard", "internal/markdown/outline", "internal/percent", "internal/post", "internal/postindex"},
	"internal/tray":       {"internal/liquid", "internal/liquid/jekyll", "internal/ordered", "internal/percent", "internal/site/plaintext"},
	"internal/mail":       {"internal/formatting", "internal/percent"},
	"internal/formatting": {},
	"internal/mail/*":     {"internal/mail"},
	"internal/social":     {},
	"internal/lru":        {},
	"internal/translate":  {},
	"internal/signin":     {"internal/forge"},
	"internal/example":    {},
	"internal/importtest": {},
	"templates":           {},
	"web":                 {},
	"wasm":                {"internal/preview", "internal/site", "templates"},
	"cmd/*":               {"*"},
}

// native are imports that nothing which is linked into WebAssembly may have of
// its own; "time.Now" and the like are looked for in the source.
var native = []string{"net/http", "os", "path/filepath", "log", "log/slog", "syscall/js", "os/exec"}

type pkg struct {
	ImportPath string
	Dir        string
	Doc        string
	Imports    []string
	GoFiles    []string
}

func list(t *testing.T, env ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Doc,Imports,GoFiles", "galley/...")
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		p.ImportPath = strings.TrimPrefix(p.ImportPath, "galley/")
		all = append(all, p)
	}
}

// rule finds a package's line in the table: its own, or its folder's.
func rule(name string) (string, bool) {
	for _, name := range []string{name, path.Dir(name) + "/*"} {
		if _, ok := allowed[name]; ok {
			return name, true
		}
	}
	return "", false
}

func matches(pattern, path string) bool {
	folder, wild := strings.CutSuffix(pattern, "*")
	return pattern == path || wild && strings.HasPrefix(path, folder)
}

func TestImports(t *testing.T) {
	for _, env := range [][]string{nil, {"GOOS=js", "GOARCH=wasm"}} {
		for _, p := range list(t, env...) {
			name, ok := rule(p.ImportPath)
			if !ok {
				t.Errorf("%s is not in the table", p.ImportPath)
				continue
			}
			for _, imported := range p.Imports {
				imported, ours := strings.CutPrefix(imported, "galley/")
				if !ours {
					continue
				}
				if !slices.ContainsFunc(allowed[name], func(pattern string) bool { return matches(pattern, imported) }) {
					t.Errorf("%s may not import %s", p.ImportPath, imported)
				}
			}
		}
	}
}

// What is linked into WebAssembly takes clock, files and settings from outside.
func TestWebAssembly(t *testing.T) {
	linked := map[string]bool{}
	all := map[string]pkg{}
	for _, p := range list(t, "GOOS=js", "GOARCH=wasm") {
		all[p.ImportPath] = p
	}
	var visit func(string)
	visit = func(path string) {
		if linked[path] {
			return
		}
		linked[path] = true
		for _, imported := range all[path].Imports {
			if imported, ours := strings.CutPrefix(imported, "galley/"); ours {
				visit(imported)
			}
		}
	}
	visit("wasm")
	if !linked["internal/site"] || !linked["templates"] {
		t.Fatalf("linked into WebAssembly: %v", linked)
	}
	now := regexp.MustCompile(`\btime\.(Now|Since|Until|Local)\b`)
	for path := range linked {
		if path == "wasm" {
			continue
		}
		for _, imported := range all[path].Imports {
			if slices.Contains(native, imported) {
				t.Errorf("%s is linked into WebAssembly and imports %s", path, imported)
			}
		}
		for _, file := range all[path].GoFiles {
			src, err := os.ReadFile(filepath.Join(all[path].Dir, file))
			if err != nil {
				t.Fatal(err)
			}
			if m := now.Find(src); m != nil {
				t.Errorf("%s/%s uses %s; take a clock", path, file, m)
			}
		}
	}
}

// Every package says what it is for.
func TestDoc(t *testing.T) {
	for _, p := range list(t) {
		if p.Doc == "" && len(p.GoFiles) > 0 {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

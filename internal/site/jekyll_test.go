package site

import (
	"context"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
	"time"

	"galley/internal/lexers"
	"galley/internal/site/build"
	"galley/internal/site/render"
	builtin "galley/templates"
)

var update = flag.Bool("update", false, "write what Jekyll makes of testdata/jekyll to testdata/jekyll-built")

// readTree reads all files below a folder.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// runJekyll builds the sample with the Jekyll that is installed. It is
// skipped where there is none, or another version than the one that Galley
// follows.
func runJekyll(t *testing.T) map[string]string {
	t.Helper()
	program, err := exec.LookPath("jekyll")
	if err != nil {
		t.Skip("jekyll is not installed, so only the stored results are compared")
	}
	out := t.TempDir()
	cmd := exec.Command(program, "build", "--quiet", "--disable-disk-cache", "--source", "testdata/jekyll", "--destination", out)
	cmd.Env = append(os.Environ(), "JEKYLL_ENV=production", "TZ=UTC", "LANG=C.UTF-8")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("jekyll is installed but does not work here: %v\n%s", err, text)
	}
	files := readTree(t, out)
	delete(files, "feed.xml") // jekyll-feed's; Galley has its own
	return files
}

// buildFolder builds a site on disk into memory.
func buildFolder(t *testing.T, dir string) (map[string]string, build.Report) {
	t.Helper()
	s, diags, err := Load(os.DirFS(dir), render.Options{Now: now, BuiltIn: builtin.FS(), Lexers: lexers.Source()})
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	var out memory
	report, err := Build(context.Background(), s, &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out.files, report
}

// buildAnyFolder builds a site on disk into memory, whatever is wrong with it,
// and gives what the build says.
func buildAnyFolder(t *testing.T, dir string) (map[string]string, []string) {
	t.Helper()
	folder, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	s, diags, err := Load(os.DirFS(dir), render.Options{Now: time.Now(), BuiltIn: builtin.FS(), Lexers: lexers.Source(), Sass: sassCompiler(t), Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	var out memory
	report, err := Build(context.Background(), s, &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, d := range diags {
		said = append(said, d.File+": "+d.Message)
	}
	for _, p := range report.Problems {
		said = append(said, p.String())
	}
	return out.files, said
}

var (
	spaces    = regexp.MustCompile(`\s+`)
	tagSpaces = regexp.MustCompile(`\s*(</?[a-zA-Z!][^>]*>)\s*`)
)

// sameSpace makes white space between elements count as none and other white
// space as one space.
func sameSpace(page string) string {
	return tagSpaces.ReplaceAllString(spaces.ReplaceAllString(page, " "), "$1")
}

// compareSites holds each of Jekyll's files against Galley's.
func compareSites(t *testing.T, want, got map[string]string) {
	t.Helper()
	names := make([]string, 0, len(want))
	for name := range want {
		names = append(names, name)
	}
	sort.Strings(names)
	equal := 0
	for _, name := range names {
		have, ok := got[name]
		switch {
		case !ok:
			t.Errorf("%s: Jekyll writes it, Galley does not", name)
		case strings.HasSuffix(name, ".html") && sameSpace(have) == sameSpace(want[name]), have == want[name]:
			equal++
		default:
			t.Errorf("%s: Galley\n%s\nJekyll\n%s", name, have, want[name])
		}
	}
	t.Logf("%d of %d files are equal", equal, len(names))
	if len(names) < 8 {
		t.Errorf("only %d files to compare", len(names))
	}
}

// TestJekyllSite compares a site with Liquid layouts, file by file, with what
// Jekyll 4.3.1 made of it.
func TestJekyllSite(t *testing.T) {
	if *update {
		if err := os.RemoveAll("testdata/jekyll-built"); err != nil {
			t.Fatal(err)
		}
		for name, text := range runJekyll(t) {
			file := filepath.Join("testdata/jekyll-built", filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, report := buildFolder(t, "testdata/jekyll")
	for _, p := range report.Problems {
		t.Error(p)
	}
	compareSites(t, readTree(t, "testdata/jekyll-built"), got)
}

// TestJekyllNow does the same with the Jekyll that is installed.
func TestJekyllNow(t *testing.T) {
	if testing.Short() {
		t.Skip("starting Jekyll takes seconds")
	}
	want := runJekyll(t)
	got, _ := buildFolder(t, "testdata/jekyll")
	compareSites(t, want, got)
}

// TestJekyllPreview renders each post by itself, out of a bundle as the
// browser does: the page must be the built file, and its content be found.
func TestJekyllPreview(t *testing.T) {
	built, _ := buildFolder(t, "testdata/jekyll")
	dir := os.DirFS("testdata/jekyll")
	bundle, err := BundleFiles(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, diags, err := Load(FromBundle(bundle), render.Options{Now: now, BuiltIn: builtin.FS(), Lexers: lexers.Source()})
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	posts, err := fs.Glob(dir, "_posts/*.md")
	if err != nil || len(posts) == 0 {
		t.Fatal("no posts", err)
	}
	for _, name := range posts {
		src, err := fs.ReadFile(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		page := s.RenderPost(name, src)
		if string(page.HTML) != built[page.Output] {
			t.Errorf("%s: the preview is not the built page:\n%s\n\n%s", name, page.HTML, built[page.Output])
		}
		if page.ContentStart < 0 || string(page.HTML[page.ContentStart:page.ContentEnd]) != string(page.Document.HTML()) {
			t.Errorf("%s: the content is not where the page says", name)
		}
		if page.Layout != "_layouts/post.html" {
			t.Errorf("%s: made by %s", name, page.Layout)
		}
	}
}

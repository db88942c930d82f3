package site

import (
	"context"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"galley/internal/lexers"
	"galley/internal/sharedtest"
	"galley/internal/site/document"
	emojis "galley/internal/site/emoji/names"
	"galley/internal/site/sametest"
	builtin "galley/templates"
)

// jekyllCases are small sites; beside each is what Jekyll 4.3.1 makes of it.
const jekyllCases = "jekyll-cases/*/site"

// allowedToDiffer names the files of cases that Galley makes otherwise, and
// why. One that comes out the same has to leave the list.
var allowedToDiffer = map[string]string{
	"sitemap/sitemap.xml":      "a file that is copied has the time of its own copy",
	"env-and-site-vars/a.html": "it prints how long the path of the folder was in which Jekyll built it",
}

// TestJekyllCases builds each of the small sites and compares every file that
// Jekyll wrote.
func TestJekyllCases(t *testing.T) {
	dirs := sharedtest.Files(jekyllCases)
	if len(dirs) == 0 {
		t.Skip("the small Jekyll sites are not here; testdata/jekyll is always compared")
	}
	for _, dir := range dirs {
		dir = filepath.Dir(dir)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			if sheets, _ := filepath.Glob(dir + "/jekyll/*.css.map"); len(sheets) > 0 && sassCompiler(t) == nil {
				t.Skip("no Sass compiler can be started here")
			}
			for _, d := range siteDifferences(t, dir) {
				id := filepath.Base(dir) + "/" + d.name
				if allowedToDiffer[id] == "" {
					t.Errorf("%s: %s", d.name, d.text)
				}
			}
		})
	}
}

// TestJekyllSites does the same with whole sites: GALLEY_JEKYLL_SITES names a
// folder of folders, each with a site in site/ and what Jekyll made of it in
// jekyll/; GALLEY_JEKYLL_ONLY names one of them.
func TestJekyllSites(t *testing.T) {
	root := os.Getenv("GALLEY_JEKYLL_SITES")
	if root == "" {
		t.Skip("GALLEY_JEKYLL_SITES names no folder of sites")
	}
	dirs, _ := filepath.Glob(filepath.Join(root, "*", "jekyll"))
	for _, dir := range dirs {
		dir = filepath.Dir(dir)
		if only := os.Getenv("GALLEY_JEKYLL_ONLY"); only != "" && only != filepath.Base(dir) {
			continue
		}
		t.Run(filepath.Base(dir), func(t *testing.T) {
			differences := siteDifferences(t, dir)
			causes := map[string]int{}
			pages := 0
			for _, d := range differences {
				causes[d.kind]++
				if strings.HasSuffix(d.name, ".html") && d.kind != "more" {
					pages++
				}
				t.Errorf("%s: %s", d.name, d.text)
			}
			all := 0
			for name := range readTree(t, filepath.Join(dir, "jekyll")) {
				if strings.HasSuffix(name, ".html") {
					all++
				}
			}
			t.Logf("%s: %d of %d pages are equal; files: %v", filepath.Base(dir), all-pages, all, causes)
		})
	}
}

// siteDifference is one file that differs.
type siteDifference struct {
	name, text string
	kind       string // "missing", "differs" or "more"
}

// siteDifferences builds dir/site and compares it with dir/jekyll. Files that
// Galley writes and Jekyll does not are differences, too.
func siteDifferences(t *testing.T, dir string) []siteDifference {
	t.Helper()
	want := readTree(t, filepath.Join(dir, "jekyll"))
	got, problems := buildAnyFolder(t, filepath.Join(dir, "site"))
	for _, p := range problems {
		t.Logf("Galley says: %s", p)
	}
	// Copied files keep their times; the newest was made.
	var newest time.Time
	for name := range want {
		if info, err := os.Stat(filepath.Join(dir, "jekyll", filepath.FromSlash(name))); err == nil && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
	}
	built := []time.Time{time.Now(), newest}
	var out []siteDifference
	for name, text := range want {
		have, ok := got[name]
		if !ok {
			out = append(out, siteDifference{name, "Jekyll writes it, Galley does not", "missing"})
			continue
		}
		if d := sametest.Difference(name, []byte(text), []byte(have), built...); d != "" {
			out = append(out, siteDifference{name, d, "differs"})
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			out = append(out, siteDifference{name, "Galley writes it, Jekyll does not", "more"})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

// TestJekyllBundles renders every page and document of the small sites by
// itself, out of a bundle as the browser does: it must be the built file.
func TestJekyllBundles(t *testing.T) {
	dirs := sharedtest.Files(jekyllCases)
	if root := os.Getenv("GALLEY_JEKYLL_SITES"); root != "" {
		dirs, _ = filepath.Glob(filepath.Join(root, "*", "site"))
	}
	if len(dirs) == 0 {
		t.Skip("the small Jekyll sites are not here")
	}
	for _, dir := range dirs {
		name := filepath.Base(filepath.Dir(dir))
		if only := os.Getenv("GALLEY_JEKYLL_ONLY"); only != "" && only != name {
			continue
		}
		t.Run(name, func(t *testing.T) { compareBundle(t, dir) })
	}
}

func compareBundle(t *testing.T, dir string) {
	t.Helper()
	files := os.DirFS(dir)
	options := Options{Now: time.Now(), BuiltIn: builtin.FS(), Lexers: lexers.Source(), Emoji: emojis.File}
	whole, _, err := Load(files, options)
	if err != nil {
		t.Fatal(err)
	}
	var out memory
	if _, err := Build(context.Background(), whole, &out, nil); err != nil {
		t.Fatal(err)
	}
	part, bundle := throughBundle(t, files, options)
	lib := whole.pages.Library()
	entries := append([]*document.Entry{}, lib.Pages...)
	for _, c := range whole.pages.Config.Collections {
		entries = append(entries, lib.Documents[c]...)
	}
	count := 0
	for _, e := range entries {
		if whole.pages.Hidden(e) != "" || e.Virtual() || !whole.IsText(e.Path, e.Post.Source) {
			continue // nothing that the editor opens
		}
		count++
		page := part.RenderPost(e.Path, e.Post.Source)
		if built := out.files[e.Output]; string(page.HTML) != built {
			t.Errorf("%s: %s", e.Path, sametest.Difference("x.txt", []byte(built), page.HTML))
		}
	}
	size := 0
	for _, text := range bundle {
		size += len(text)
	}
	t.Logf("%d pages; the bundle has %d files, %d KB", count, len(bundle), size>>10)
}

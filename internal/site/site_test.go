package site

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/diag"
	"galley/internal/lexers"
	"galley/internal/site/render"
	builtin "galley/templates"
)

// now is the present in tests.
var now = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// files makes a file system of names and texts by turns.
func files(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

// throughBundle is a site as a browser has it, and the bundle that it is made of.
func throughBundle(t testing.TB, files fs.FS, o render.Options) (*Site, map[string]string) {
	t.Helper()
	bundle, err := BundleFiles(files, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := Load(FromBundle(bundle), o)
	if err != nil {
		t.Fatal(err)
	}
	return s, bundle
}

// load makes a site and returns what was wrong with it.
func load(t testing.TB, pairs ...string) (*Site, []diag.Diagnostic) {
	t.Helper()
	s, diags, err := Load(files(pairs...), render.Options{Now: now, BuiltIn: builtin.FS(), Lexers: lexers.Source()})
	if err != nil {
		t.Fatal(err)
	}
	return s, diags
}

const samplePost = "---\nlayout: post\ntitle: A title\ndate: 2026-08-20 22:00:00 -0000\n---\n\nFirst *words*.\n\n## Part\n\nMore.\n"

// Jekyll's build ends at an empty date of a post; at a page's it does not.
func TestEmptyDate(t *testing.T) {
	s, _ := load(t)
	for name, want := range map[string]bool{"_posts/2026-08-16-update.md": true, "about.md": false} {
		for _, date := range []string{"", " ''", " # later"} {
			p := s.RenderPost(name, []byte("---\ntitle: A\ndate:"+date+"\n---\nText\n"))
			if hasCode(p.Diagnostics, "date-unreadable") != want {
				t.Errorf("%s, date:%s: %v", name, date, p.Diagnostics)
			}
		}
	}
}

func TestBuiltInPost(t *testing.T) {
	s, diags := load(t, "_config.yml", "title: News\nurl: https://n.example\npermalink: /:year/:year:month:day\n")
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	p := s.RenderPost("_posts/2026-08-16-update.md", []byte(samplePost))
	if len(p.Diagnostics) > 0 {
		t.Error(p.Diagnostics)
	}
	if p.Permalink != "/2026/20260820" || p.URL != "https://n.example/2026/20260820" || p.Output != "2026/20260820.html" {
		t.Error(p.Permalink, p.URL, p.Output)
	}
	content := p.Document.HTML()
	if got := p.HTML[p.ContentStart:p.ContentEnd]; !bytes.Equal(got, content) {
		t.Errorf("content is %q", got)
	}
	if n := bytes.Count(p.HTML, content); n != 1 {
		t.Errorf("the content is there %d times", n)
	}
	if !bytes.HasSuffix(p.HTML[:p.ContentStart], []byte("<div class=\"prose\">\n")) || !bytes.HasPrefix(p.HTML[p.ContentEnd:], []byte("</div>")) {
		t.Error("the content is not all that its element holds")
	}
	shell := s.Shell("_posts/2026-08-16-update.md", parsePost(samplePost), p.Document)
	whole := append(append(append([]byte{}, shell.HTML[:shell.ContentStart]...), content...), shell.HTML[shell.ContentStart:]...)
	if !bytes.Equal(whole, p.HTML) {
		t.Errorf("shell and content are not the page:\n%s\n\n%s", whole, p.HTML)
	}
	if !strings.Contains(string(p.HTML), `<meta name="description" content="First words.">`) {
		t.Error("no description", string(p.HTML))
	}
}

package site

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/lexers"
	"galley/internal/sharedtest"
	"galley/internal/site/render"
	builtin "galley/templates"
)

// corpusSite is a site of the corpus's posts.
func corpusSite(t *testing.T, dir string) (fstest.MapFS, *Site) {
	t.Helper()
	m := files("_config.yml", "title: LWKD\nurl: https://lwkd.info\npermalink: /:year/:year:month:day\nfuture: true\n")
	posts, err := filepath.Glob(filepath.Join(dir, "corpus", "posts", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range posts {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		m["_posts/"+filepath.Base(name)] = &fstest.MapFile{Data: src}
	}
	s, diags, err := Load(m, render.Options{Now: now, BuiltIn: builtin.FS(), Lexers: lexers.Source()})
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	return m, s
}

// memory is a Writer that keeps what is written.
type memory struct {
	mu    sync.Mutex
	files map[string]string
}

func (m *memory) WriteFile(name string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.files = map[string]string{}
	}
	m.files[name] = string(data)
	return nil
}

// TestCorpusAddresses holds every post's address, date and title against
// what Jekyll gave it.
func TestCorpusAddresses(t *testing.T) {
	dir := sharedtest.Dir(t)
	m, s := corpusSite(t, dir)
	table, err := os.ReadFile(filepath.Join(dir, "corpus", "urls.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var out memory
	report, err := Build(context.Background(), s, &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(table)), "\n")[1:]
	equal := 0
	for _, line := range lines {
		column := strings.Split(line, "\t")
		name := "_posts/" + column[0] + ".md"
		page := s.RenderPost(name, m[name].Data)
		got := []string{column[0], page.Permalink, page.Date.UTC().Format(time.RFC3339), page.Title}
		if strings.Join(got, "\t") != line {
			t.Errorf("%s:\n got %q\nwant %q", name, got, column)
			continue
		}
		if out.files[strings.TrimPrefix(column[1], "/")+".html"] != string(page.HTML) {
			t.Errorf("%s: the built file is not the rendered page", name)
			continue
		}
		equal++
	}
	t.Logf("%d of %d addresses, dates and titles are equal", equal, len(lines))
	if report.Posts != len(lines) {
		t.Errorf("%d posts were built, not %d", report.Posts, len(lines))
	}
}

// TestCorpusRenders renders every post, draft and seed: none may fail, and
// the content must stand in the page once.
func TestCorpusRenders(t *testing.T) {
	dir := sharedtest.Dir(t)
	_, s := corpusSite(t, dir)
	var names []string
	for _, pattern := range []string{"corpus/posts/*.md", "corpus/drafts/*.md", "seeds/*.txt"} {
		found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	count := 0
	for i, name := range names {
		if testing.Short() && i%4 != 0 {
			continue // every post is rendered by TestCorpusAddresses as well
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base := filepath.Base(name)
		if filepath.Ext(base) == ".txt" {
			base = "2026-08-16-" + strings.TrimSuffix(base, ".txt") + ".md"
		}
		page := s.RenderPost("_posts/"+base, src)
		for _, d := range page.Diagnostics {
			if d.Code == "render-panic" || d.Code == "template" {
				t.Errorf("%s: %s", name, d.Message)
			}
		}
		if page.ContentStart < 0 || !bytes.Equal(page.HTML[page.ContentStart:page.ContentEnd], page.Document.HTML()) {
			t.Errorf("%s: the content is not where the page says", name)
		}
		if page.Permalink == "" || page.Output == "" {
			t.Errorf("%s: no address", name)
		}
		count++
	}
	t.Logf("%d files rendered", count)
}

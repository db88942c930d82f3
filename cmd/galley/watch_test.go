package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// watched collects what a builder reports, for reading while it is at work.
type watched struct {
	mu   sync.Mutex
	text strings.Builder
}

func (w *watched) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(b)
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// await waits for something to become true.
func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("waited in vain for %s", what)
}

// TestWatchAndServe changes files of a site that is watched and shown.
func TestWatchAndServe(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("_config.yml", "title: T\npermalink: /:year/:title\nbaseurl: /news\n")
	write("_posts/2026-01-02-a.md", "---\ntitle: A\n---\nOne.\n")
	write("_posts/2026-01-03-b.md", "---\ntitle: B\n---\nTwo.\n")
	write("docs/index.md", "Docs.\n")

	ctx, stop := context.WithCancel(context.Background())
	var report watched
	b := &builder{dir: dir, out: out, report: &report}
	if _, err := b.build(ctx, nil); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- b.watch(ctx, "127.0.0.1:0", snapshot(dir, b.excluded())) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	address := regexp.MustCompile(`http://\S+/news/`)
	await(t, "the address", func() bool { return address.MatchString(report.String()) })
	base := strings.TrimSuffix(address.FindString(report.String()), "/news/")

	get := func(path string) (int, string) {
		t.Helper()
		res, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(body)
	}
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"/news/2026/a":            {200, "<p>One.</p>"},
		"/news/2026/a.html":       {200, "<p>One.</p>"},
		"/news/":                  {200, ">B</a>"},
		"/news":                   {200, ">B</a>"},
		"/":                       {200, ">B</a>"},
		"/news/docs":              {200, "<p>Docs.</p>"},
		"/news/docs/":             {200, "<p>Docs.</p>"},
		"/news/nowhere":           {404, "There is no page at this address"},
		"/2026/a":                 {404, "There is no page at this address"},
		"/news/.galley-files":     {404, "There is no page"},
		"/news/../../etc/passwd":  {404, "There is no page"},
		"/news/assets/galley.css": {200, ":root"},
	} {
		status, body := get(path)
		if status != want.status || !strings.Contains(body, want.text) {
			t.Errorf("%s: %d without %q", path, status, want.text)
		}
		if strings.Contains(body, "<html") != strings.Contains(body, reloadPath) {
			t.Errorf("%s: every page reloads, and nothing but pages", path)
		}
	}
	if built, err := os.ReadFile(filepath.Join(out, "2026", "a.html")); err != nil || strings.Contains(string(built), reloadPath) {
		t.Error("the script is in the built file", err)
	}

	// A browser listens; a post changes; the browser is told.
	res, err := http.Get(base + reloadPath)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	told := make(chan string, 8)
	go func() {
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "data:") {
				told <- lines.Text()
			}
		}
	}()
	other, err := os.Stat(filepath.Join(out, "2026", "b.html"))
	if err != nil {
		t.Fatal(err)
	}
	write("_posts/2026-01-02-a.md", "---\ntitle: A changed\n---\nOne, changed.\n")
	await(t, "the change", func() bool {
		_, page := get("/news/2026/a")
		_, index := get("/news/")
		return strings.Contains(page, "One, changed.") && strings.Contains(index, "A changed")
	})
	select {
	case <-told:
	case <-time.After(10 * time.Second):
		t.Error("the browser was not told")
	}
	if now, err := os.Stat(filepath.Join(out, "2026", "b.html")); err != nil || !now.ModTime().Equal(other.ModTime()) {
		t.Error("a page that did not change was written", err)
	}
	if !strings.Contains(report.String(), "Built 1 post, 0 pages and 0 other files") {
		t.Errorf("not only the changed post was rendered:\n%s", report.String())
	}

	// A template changes all pages; a broken one is told of and goes on.
	write("templates/post.html", "<p>own</p>{{.Content}}")
	await(t, "the template", func() bool { _, page := get("/news/2026/b"); return strings.HasPrefix(page, "<p>own</p>") })
	write("templates/post.html", "{{.Contnet}}")
	await(t, "the error", func() bool { return strings.Contains(report.String(), "templates/post.html:1:1: error") })
	write("templates/post.html", "<p>again</p>{{.Content}}")
	await(t, "the mended template", func() bool { _, page := get("/news/2026/b"); return strings.HasPrefix(page, "<p>again</p>") })

	// A post that goes takes its page along.
	if err := os.Remove(filepath.Join(dir, "_posts", "2026-01-03-b.md")); err != nil {
		t.Fatal(err)
	}
	await(t, "the page to go", func() bool { status, _ := get("/news/2026/b"); return status == 404 })
}

func TestDevServerRefusesWrites(t *testing.T) {
	var recorder recorder
	(&devServer{reload: newReloader()}).ServeHTTP(&recorder, &http.Request{Method: http.MethodPost})
	if recorder.status != http.StatusMethodNotAllowed {
		t.Error(recorder.status)
	}
}

// recorder keeps the status of an answer.
type recorder struct{ status int }

func (r *recorder) Header() http.Header         { return http.Header{} }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return len(b), nil }

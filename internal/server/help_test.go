package server_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/example"
	"galley/internal/forge"
	"galley/internal/forge/local"
	"galley/internal/lexers"
	"galley/internal/server"
	"galley/templates"
)

// now is the tests' present.
var now = time.Date(2026, 8, 16, 9, 30, 0, 0, time.UTC)

// exampleFiles are the example site's, and some that only tests want.
func exampleFiles(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(example.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(example.FS(), name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files["_config.yml"] = config
	files["_posts/2026-08-09-hostile.md"] = hostile
	files["_posts/2026-08-02-latin.md"] = "---\ntitle: caf\xe9\n---\n"
	files["_posts/notes.md"] = "not a post\n"
	files["assets/evil.html"] = "<script>alert(1)</script>"
	files["assets/evil.js"] = "alert(1)"
	files["assets/evil.svg"] = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
	files["assets/font.woff2"] = "font"
	files["assets/paper.pdf"] = "%PDF"
	files["assets/film.mp4"] = "0123456789"
	files[".github/workflows/x.txt"] = "secret"
	files["_private/x.txt"] = "secret"
	return files
}

// config are the example's settings, as far as tests look at them.
const config = `title: This Week in Tidewatch
url: https://tidewatch.example
permalink: /:year/:year:month:day
galley:
  title: "Week Ending {month} {day}, {year}"
  slug: "{date}-update"
`

const hostile = `---
layout: post
title: "\"></title><script>document.title='pwned'</script>"
---
<script>document.title = "pwned"</script>
<img src="data:," onerror="document.title='pwned'">
<svg onload="document.title='pwned'"></svg>
<iframe srcdoc="<script>parent.document.title='pwned';top.document.title='pwned'</script>"></iframe>
<base href="https://evil.example/">
<script src="/app/frame-AAAAAAAA.js"></script>

# Hostile
`

// assets is a built app, in small.
func assets() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"manifest.json":           file(`{"index.html":"index-CCCC.html","main.js":"main-BBBBBBBB.js","frame.js":"frame-AAAAAAAA.js","galley.wasm":"galley-DDDD.wasm","app.css":"app-EEEE.css"}`),
		"index-CCCC.html":         file(`<!doctype html><html><head><meta name="csp-nonce" content="{{NONCE}}"><style nonce="{{NONCE}}">p{color:red}</style></head><body></body></html>`),
		"main-BBBBBBBB.js":        file("main()"),
		"main-BBBBBBBB.js.br":     file("br of main"),
		"main-BBBBBBBB.js.gz":     file("gz of main"),
		"frame-AAAAAAAA.js":       file(`document.documentElement.dataset.patched = "yes"; document.currentScript.remove()`),
		"galley-DDDD.wasm":        file("\x00asm"),
		"galley-DDDD.wasm.gz":     file("gz of wasm"),
		"app-EEEE.css":            file("p{}"),
		"stale-FFFF.js":           file("not in the manifest"),
		"index-CCCC.html.gz":      file("gz of the page"),
		"frame-AAAAAAAA.js.LATER": file(""),
	}
}

// journal is a log that tests can read while it is written.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// bench is a server to test, with what is around it.
type bench struct {
	t     testing.TB
	forge *fake // nil over another forge
	log   *journal
	*server.Server
}

// newBench makes a server over a forge in memory with the example site;
// change may alter its configuration.
func newBench(t testing.TB, change ...func(*server.Config)) *bench {
	t.Helper()
	f := newFake(exampleFiles(t))
	b := newBenchOver(t, f, change...)
	b.forge = f
	return b
}

// localForge makes a repository on disk with the given files.
func localForge(t testing.TB, files map[string]string) forge.Forge {
	t.Helper()
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	f, err := local.Init(filepath.Join(t.TempDir(), "harbour"), tree, newFake(nil).info.Person, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// newBenchOver is newBench for any forge.
func newBenchOver(t testing.TB, f forge.Forge, change ...func(*server.Config)) *bench {
	t.Helper()
	log := &journal{}
	cfg := server.Config{
		Forge:   func(*http.Request) (forge.Forge, error) { return f, nil },
		Assets:  assets(),
		BuiltIn: templates.FS(),
		Lexers:  lexers.Source(),
		LexerXML: func(language string) ([]byte, error) {
			xml, err := lexers.Definition(language)
			if errors.Is(err, lexers.ErrUnknown) {
				return nil, nil
			}
			return xml, err
		},
		Clock:   func() time.Time { return now },
		Logger:  slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Version: "1.2.3",
		Hosts:   []string{"galley.example.org"},
	}
	for _, c := range change {
		c(&cfg)
	}
	s, err := server.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return &bench{t, nil, log, s}
}

// do sends a request; headers are "Name: value".
func (b *bench) do(method, target, body string, headers ...string) *http.Response {
	b.t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "127.0.0.1:8080"
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if name == "Host" {
			r.Host = value
		} else {
			r.Header.Set(name, value)
		}
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w.Result()
}

// get reads JSON and fails unless the status is 200.
func (b *bench) get(target string, into any) {
	b.t.Helper()
	res := b.do("GET", target, "")
	body := text(b.t, res)
	if res.StatusCode != 200 {
		b.t.Fatalf("GET %s: %d: %s", target, res.StatusCode, body)
	}
	if err := json.Unmarshal([]byte(body), into); err != nil {
		b.t.Fatalf("GET %s: %v in %s", target, err, body)
	}
}

// post sends JSON.
func (b *bench) post(target string, v any, headers ...string) *http.Response {
	b.t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do("POST", target, string(body), append([]string{"Content-Type: application/json"}, headers...)...)
}

func text(t testing.TB, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// problem is a failed answer, as the browser reads it.
type problem struct {
	Kind       string
	Sentence   string
	RetryAfter int
	Current    *struct{ Path, Text, Blob, Branch, URL string }
}

func problemOf(t testing.TB, body string) problem {
	t.Helper()
	var f struct{ Error problem }
	if err := json.Unmarshal([]byte(body), &f); err != nil || f.Error.Kind == "" {
		t.Fatalf("not a failed answer: %s", body)
	}
	if s := f.Error.Sentence; s == "" || !strings.HasSuffix(s, ".") {
		t.Errorf("not a sentence: %q", s)
	}
	return f.Error
}

func decode(t testing.TB, body string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
}

func emptyFS() fs.FS { return fstest.MapFS{".keep": &fstest.MapFile{}} }

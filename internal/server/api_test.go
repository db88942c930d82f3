package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"galley/internal/forge"
	"galley/internal/server"
	"golang.org/x/tools/txtar"
)

// TestScripts runs testdata/*.txtar, over a forge in memory and over a
// repository on disk. Each archive's comment is a script of
// requests and what is expected of the answers:
//
//	GET /api/site            a request; headers follow, one a line, as "> Name: value"
//	> Origin: https://x      and a body as "> {...}" behind a line ">"
//	200                      the status
//	header Name: regexp      a header that matches
//	no header Name           a header that is not there
//	body regexp              a body that matches
//	no body regexp           a body that does not
func TestScripts(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".txtar") {
			continue
		}
		archive, err := txtar.ParseFile("testdata/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		files := exampleFiles(t)
		for _, f := range archive.Files {
			files[f.Name] = string(f.Data)
		}
		name := strings.TrimSuffix(file.Name(), ".txtar")
		t.Run(name+"/memory", func(t *testing.T) {
			runScript(t, newBenchOver(t, newFake(files)), file.Name(), string(archive.Comment))
		})
		t.Run(name+"/disk", func(t *testing.T) {
			runScript(t, newBenchOver(t, localForge(t, files)), file.Name(), string(archive.Comment))
		})
	}
}

func runScript(t *testing.T, b *bench, name, script string) {
	var line int
	var request string
	var headers []string
	var body strings.Builder
	var inBody bool
	var res *http.Response
	var answer string
	fail := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s:%d: %s: %s", name, line, request, fmt.Sprintf(format, args...))
	}
	send := func() {
		if res == nil && request != "" {
			method, target, _ := strings.Cut(request, " ")
			res = b.do(method, target, body.String(), headers...)
			answer = text(t, res)
		}
	}
	for l := range strings.Lines(script) {
		line++
		l = strings.TrimSpace(l)
		verb, rest, _ := strings.Cut(l, " ")
		switch {
		case l == "" || strings.HasPrefix(l, "#"):
		case regexp.MustCompile(`^(GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS) `).MatchString(l):
			send()
			request, headers, inBody, res = l, nil, false, nil
			body.Reset()
		case l == ">":
			inBody = true
		case verb == ">" && inBody:
			body.WriteString(rest)
		case verb == ">":
			headers = append(headers, rest)
		case regexp.MustCompile(`^\d+$`).MatchString(l):
			send()
			if fmt.Sprint(res.StatusCode) != l {
				fail("status %d, want %s: %.300s", res.StatusCode, l, answer)
			}
		case verb == "header":
			send()
			k, pattern, _ := strings.Cut(rest, ": ")
			if got := strings.Join(res.Header.Values(k), ", "); !regexp.MustCompile(pattern).MatchString(got) {
				fail("%s is %q, want %s", k, got, pattern)
			}
		case strings.HasPrefix(l, "no header "):
			send()
			if got := res.Header.Get(strings.TrimPrefix(l, "no header ")); got != "" {
				fail("%s: %s", l, got)
			}
		case verb == "body":
			send()
			if !regexp.MustCompile(`(?s)` + rest).MatchString(answer) {
				fail("the body does not match %s: %.2000s", rest, answer)
			}
		case strings.HasPrefix(l, "no body "):
			send()
			if regexp.MustCompile(`(?s)` + strings.TrimPrefix(l, "no body ")).MatchString(answer) {
				fail("the body matches %s: %.2000s", strings.TrimPrefix(l, "no body "), answer)
			}
		default:
			t.Fatalf("%s:%d: what is %q?", name, line, l)
		}
	}
	send()
}

// What /api/post gives is the file, byte for byte.
func TestPostBytes(t *testing.T) {
	b := newBench(t)
	for i, src := range []string{"", "\ufeff---\r\ntitle: x\r\n---\r\n<b>\u2028é</b>\x01", "no front matter", "---\nunclosed"} {
		path := fmt.Sprintf("_posts/2026-05-0%d-bytes.md", i+1)
		b.forge.branches["main"][path] = []byte(src)
		var got struct{ Text, Blob, Branch, Commit, URL string }
		b.get("/api/post?path="+path, &got)
		if got.Text != src || got.Blob != id("blob", []byte(src)) || got.Branch != "main" || len(got.Commit) != 40 || !strings.HasPrefix(got.URL, "https://tidewatch.example/2026/2026050") {
			t.Errorf("%q came as %+v", src, got)
		}
	}
}

// A list of posts costs a forge that is far away no request for a post, but one
// for the settings, and tells the titles that are known anyway.
func TestPostsOfFarForge(t *testing.T) {
	b := newBench(t)
	b.forge.info.Kind = "github"
	var list struct {
		Posts []struct{ Path, Title string }
	}
	b.get("/api/posts?branch=main", &list)
	if n := b.forge.called("Blob") + b.forge.called("Read"); n > 1 { // the settings
		t.Errorf("%d reads", n)
	}
	if len(list.Posts) < 8 || list.Posts[0].Title != "" {
		t.Errorf("%+v", list)
	}
	var post struct{}
	b.get("/api/post?path="+list.Posts[0].Path, &post)
	b.get("/api/posts?branch=main", &list)
	if list.Posts[0].Title == "" {
		t.Error("a title that was read is not remembered")
	}
}

// A second rendering reads nothing again; a changed template is seen at once.
func TestSiteIsRemembered(t *testing.T) {
	b := newBench(t)
	var one, two struct{ Version string }
	b.get("/api/bundle", &one)
	before := b.forge.called("Blob")
	b.get("/api/bundle", &two)
	if n := b.forge.called("Blob") - before; n != 0 || one != two {
		t.Errorf("%d blobs read again, versions %v and %v", n, one, two)
	}
	before = b.forge.called("Tree")
	var post struct{ URL string }
	b.get("/api/post?path=_posts/2026-01-11-update.md", &post)
	b.do("GET", "/frame?path=_posts/2026-01-11-update.md", "")
	if n := b.forge.called("Tree") - before; n != 0 {
		t.Errorf("the tree was asked for %d times, for a commit that is known", n)
	}
	b.forge.branches["main"]["_config.yml"] = []byte("title: Another name\n")
	b.get("/api/bundle", &two)
	if one == two {
		t.Error("the version is the same after a change")
	}
	var site struct{ Title string }
	b.get("/api/site", &site)
	if site.Title != "Another name" {
		t.Errorf("the title is %q", site.Title)
	}
}

func TestPullsInList(t *testing.T) {
	b := newBench(t)
	res := b.post("/api/submit", map[string]string{"base": "main", "path": "_posts/2026-08-16-update.md", "text": "x", "title": "T"})
	if body := text(t, res); !strings.Contains(body, `"number":1`) {
		t.Fatal(body)
	}
	// The pull request's own branch has the post, and it is told there.
	var list struct {
		Posts []struct {
			Path  string
			Pulls []int
		}
	}
	b.get("/api/posts?branch=galley/ada/2026-08-16-update", &list)
	if p := list.Posts[0]; p.Path != "_posts/2026-08-16-update.md" || len(p.Pulls) != 1 || p.Pulls[0] != 1 {
		t.Errorf("%+v", p)
	}
	// A forge that does not tell files: the branch is named for the post.
	for branch, want := range map[string]int{
		"galley/ada/2026-08-16-update": 1, "fork:galley/bob/2026-08-16-update.2": 1,
		"galley/ada/2026-08-16-update-2": 0, "patch-1": 0, "galley/2026-08-16-update": 0,
	} {
		b.forge.pulls[0].Paths, b.forge.pulls[0].Branch = nil, branch
		var pulls []struct{ Number int }
		b.get("/api/pulls?path=_posts/2026-08-16-update.md", &pulls)
		b.get("/api/posts?branch=galley/ada/2026-08-16-update", &list)
		if len(pulls) != want || len(list.Posts[0].Pulls) != want || len(list.Posts[1].Pulls) != 0 {
			t.Errorf("%s: %+v %+v", branch, pulls, list.Posts[:2])
		}
	}
	// A forge that cannot tell of pull requests costs only them.
	b.forge.spoil = func(method string) error {
		if method == "PullRequests" {
			return &forge.Error{Kind: forge.ErrRateLimited, RetryAfter: time.Minute}
		}
		return nil
	}
	b.get("/api/posts", &list)
	if len(list.Posts) == 0 {
		t.Error("no posts without pull requests")
	}
}

// Each of a forge's errors becomes a status, a kind and a sentence, and the
// operator's detail stays in the log.
func TestForgeErrors(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		kind   string
	}{
		{forge.ErrNotFound, 404, "not-found"},
		{forge.ErrConflict, 409, "conflict"},
		{forge.ErrInvalid, 400, "invalid"},
		{forge.ErrUnauthorized, 401, "unauthorized"},
		{forge.ErrForbidden, 403, "forbidden"},
		{forge.ErrRateLimited, 429, "rate-limited"},
		{forge.ErrTooLarge, 413, "too-large"},
		{forge.ErrUnavailable, 503, "unavailable"},
		{forge.ErrUnsupported, 422, "unsupported"},
		{errors.New("secret detail"), 500, "internal"},
	} {
		for _, wrap := range []bool{false, true} {
			b := newBench(t)
			b.forge.spoil = func(string) error {
				if wrap {
					return fmt.Errorf("reading: %w", &forge.Error{Kind: c.err, Err: errors.New("secret detail"), RetryAfter: 1500 * time.Millisecond})
				}
				return c.err
			}
			res := b.do("GET", "/api/branches", "")
			body := text(t, res)
			p := problemOf(t, body)
			if res.StatusCode != c.status || p.Kind != c.kind || strings.Contains(body, "secret") {
				t.Errorf("%v: %d %s", c.err, res.StatusCode, body)
			}
			if wrap && c.kind != "internal" && (p.RetryAfter != 2 || res.Header.Get("Retry-After") != "2") {
				t.Errorf("%v: retry after %d s and %q", c.err, p.RetryAfter, res.Header.Get("Retry-After"))
			}
			if wrap && !strings.Contains(b.log.String(), "secret detail") {
				t.Errorf("%v: the log does not say why", c.err)
			}
		}
	}
}

// A panic costs its request alone, and the sentence leads to the log.
func TestPanic(t *testing.T) {
	b := newBench(t)
	b.forge.spoil = func(method string) error {
		if method == "Branches" {
			panic("oh")
		}
		return nil
	}
	res := b.do("GET", "/api/branches", "")
	body := text(t, res)
	if p := problemOf(t, body); res.StatusCode != 500 || p.Kind != "internal" || !strings.Contains(p.Sentence, res.Header.Get("X-Request-Id")) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if log := b.log.String(); !strings.Contains(log, "oh") || !strings.Contains(log, "fake_test.go") {
		t.Errorf("the log does not say where: %s", log)
	}
	if res := b.do("GET", "/api/site", ""); res.StatusCode != 200 {
		t.Errorf("afterwards: %d", res.StatusCode)
	}
}

// Neither drafts nor what is asked for stand in the log.
func TestLogIsDiscreet(t *testing.T) {
	b := newBench(t)
	b.do("GET", "/api/new?title=Embargoed+until+Monday", "")
	b.do("GET", "/assets/embargoed.png", "")
	b.do("GET", "/frame?path=_posts/2026-01-01-embargoed.md", "")
	b.post("/api/preview", map[string]string{"branch": "main", "path": "_posts/2026-01-01-embargoed.md", "text": "Embargoed"})
	b.post("/api/submit", map[string]string{"base": "main", "path": "_posts/2026-01-01-embargoed.md", "text": "Embargoed", "title": "Embargoed"}, "Authorization: Bearer embargoed", "Cookie: s=embargoed")
	if log := b.log.String(); regexp.MustCompile(`(?i)embargoed`).MatchString(log) || !strings.Contains(log, "/api/submit") {
		t.Error(log)
	}
}

func TestAnswersArePacked(t *testing.T) {
	b := newBench(t)
	b.forge.branches["main"]["template.md"] = []byte(strings.Repeat("A long template. ", 200))
	for _, c := range []struct {
		accept string
		packed bool
	}{{"gzip", true}, {"br, gzip;q=0.5", true}, {"gzip;q=0", false}, {"gzip; q=0.000", false}, {"identity", false}, {"*", false}, {"", false}} {
		res := b.do("GET", "/api/bundle", "", "Accept-Encoding: "+c.accept)
		body := text(t, res)
		if packed := res.Header.Get("Content-Encoding") == "gzip"; packed != c.packed {
			t.Errorf("%q: packed is %v", c.accept, packed)
		} else if packed {
			z, err := gzip.NewReader(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			plain, err := io.ReadAll(z)
			if err != nil {
				t.Fatal(err)
			}
			body = string(plain)
		}
		var bundle struct{ Files map[string]string }
		if err := json.Unmarshal([]byte(body), &bundle); err != nil || bundle.Files["_config.yml"] == "" {
			t.Errorf("%q: %v in %.100s", c.accept, err, body)
		}
	}
}

// The server renders what the browser cannot, with the same function.
func TestPreview(t *testing.T) {
	b := newBench(t)
	res := b.post("/api/preview", map[string]string{"branch": "main", "path": "_posts/2026-08-20-x.md", "text": "---\nlayout: post\ntitle: Hé\n---\n## One\n\n```go\nfunc main() {}\n```\n"})
	var a struct {
		Patch struct{ Kind, HTML string }
		Title string
		URL   string
		Keys  []struct{ Name, Value string }
	}
	body := text(t, res)
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	if a.Patch.Kind != "page" || a.Title != "Hé" || a.URL != "https://tidewatch.example/2026/20260820" || len(a.Keys) != 2 || !strings.Contains(a.Patch.HTML, "One</h2>") {
		t.Errorf("%s", body)
	}
}

// Rendering is given up after its time, and the slot of one that goes on is
// not given to another.
func TestRenderTime(t *testing.T) {
	release := make(chan bool)
	b := newBench(t, func(c *server.Config) {
		c.Renders = 1
		c.RenderTime = 300 * time.Millisecond
		c.LexerXML = func(string) ([]byte, error) {
			<-release
			return nil, nil
		}
	})
	waitFor(t, func() bool { return b.do("GET", "/api/site", "").StatusCode == 200 }) // the site is loaded
	slow := map[string]string{"branch": "main", "path": "_posts/2026-08-20-x.md", "text": "```go\nx\n```\n"}
	for i, want := range []string{"longer than", "too much to do"} {
		res := b.post("/api/preview", slow)
		if p := problemOf(t, text(t, res)); res.StatusCode != 503 || p.Kind != "unavailable" || !strings.Contains(p.Sentence, want) {
			t.Errorf("%d: %d %+v", i, res.StatusCode, p)
		}
	}
	close(release)
	waitFor(t, func() bool { return b.post("/api/preview", slow).StatusCode == 200 })
}

// A rendering whose time is up ends, and gives its slot back long before it
// would have been done.
func TestRenderEnds(t *testing.T) {
	files := exampleFiles(t)
	loops := "{% for a in (1..9000) %}{% for b in (1..2000) %}{% endfor %}{% endfor %}\n"
	for i := range 3 {
		files[fmt.Sprintf("_posts/2025-01-%02d-slow.md", i+1)] = "---\ntitle: x\n---\n" + loops
	}
	files["css/slow.scss"] = "---\n---\n" + loops
	files["_posts/2026-08-09-slow.md"] = "---\ntitle: x\n---\n{% for p in site.posts %}{{ p.content }}{% endfor %}"
	long := "(?:[a-z ]{0,50}N){2}"
	files["_config.yml"] += "  rules: {patterns: {list: [" + strings.Repeat("{find: '"+long+"'},", 20) + "]}}\n"
	files[".vale.ini"], files["styles/Vocab/Ours/accept.txt"] = "Vocab = Ours\n", strings.Repeat(long+"\n", 20)
	paragraphs := strings.Repeat(strings.Repeat("a word ", 150)+"\n\n", 40)
	typed := func(address, text string) func(*bench) *http.Response {
		return func(b *bench) *http.Response {
			return b.post(address, map[string]string{"branch": "main", "path": "_posts/2026-08-20-x.md", "text": text})
		}
	}
	preview := func(text string) func(*bench) *http.Response { return typed("/api/preview", text) }
	for name, slow := range map[string]func(*bench) *http.Response{
		"of a mail":   func(b *bench) *http.Response { return b.do("GET", "/mail?path=_posts/2026-08-09-slow.md", "") },
		"of a post":   func(b *bench) *http.Response { return b.do("GET", "/api/ready?path=_posts/2026-08-09-slow.md", "") },
		"of a site":   func(b *bench) *http.Response { return b.do("GET", "/frame?path=_posts/2026-08-09-slow.md", "") },
		"of Liquid":   preview(loops),
		"of a sheet":  func(b *bench) *http.Response { return b.do("GET", "/css/slow.css", "") },
		"of rules":    typed("/api/problems", paragraphs),
		"of prose":    typed("/api/prose", paragraphs),
		"of Markdown": preview(strings.Repeat("*a **b _c __d ", 100_000)),
		"of data": func(b *bench) *http.Response {
			return b.post("/api/data", map[string]string{"branch": "main", "path": "_data/x.csv", "text": "a,b\n" + strings.Repeat("1,2\n", 900_000)})
		},
	} {
		t.Run(name, func(t *testing.T) {
			within := func(limit time.Duration) (*bench, *http.Response, time.Duration) {
				b := newBenchOver(t, newFake(files), func(c *server.Config) { c.Renders, c.RenderTime, c.Sass = 1, limit, &sheets{} })
				waitFor(t, func() bool { return b.do("GET", "/api/site", "").StatusCode == 200 })
				start := time.Now()
				return b, slow(b), time.Since(start)
			}
			_, res, whole := within(time.Hour)
			if res.StatusCode != 200 {
				t.Fatalf("%d", res.StatusCode)
			}
			var back time.Duration
			for range 3 {
				start := time.Now()
				b, res, took := within(whole / 10)
				if res.StatusCode != 503 {
					t.Fatalf("%d after %v, of %v", res.StatusCode, took, whole)
				}
				waitFor(t, func() bool { return preview("x")(b).StatusCode == 200 })
				if back = time.Since(start); back < whole*2/5 {
					return
				}
			}
			t.Errorf("the slot was given back after %v; the whole rendering takes %v", back, whole)
		})
	}
}

// One too many is turned away, and whoever watches over the server is not.
func TestBusy(t *testing.T) {
	b := newBench(t, func(c *server.Config) { c.Requests = 1 })
	entered, leave := make(chan bool), make(chan bool)
	b.forge.spoil = func(method string) error {
		if method == "Branches" {
			entered <- true
			<-leave
		}
		return nil
	}
	done := make(chan int)
	go func() { done <- b.do("GET", "/api/branches", "").StatusCode }()
	<-entered
	res := b.do("GET", "/api/site", "")
	if p := problemOf(t, text(t, res)); res.StatusCode != 503 || p.RetryAfter == 0 {
		t.Errorf("%d %+v", res.StatusCode, p)
	}
	if res := b.do("GET", "/healthz", ""); res.StatusCode != 200 {
		t.Errorf("healthz: %d", res.StatusCode)
	}
	close(leave)
	if status := <-done; status != 200 {
		t.Errorf("the first: %d", status)
	}
}

// Without a build the server starts and says what to do.
func TestNotBuilt(t *testing.T) {
	b := newBench(t, func(c *server.Config) { c.Assets = emptyFS() })
	res := b.do("GET", "/", "")
	if body := text(t, res); res.StatusCode != 200 || !strings.Contains(body, "make build") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	res = b.do("GET", "/frame?path=_posts/2026-01-11-update.md", "")
	if body := text(t, res); res.StatusCode != 200 || bytes.Contains([]byte(body), []byte("/app/")) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

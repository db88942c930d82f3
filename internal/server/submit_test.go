package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"galley/internal/forge"
	"galley/internal/server"
)

// submission is one that is right; change alters it.
func submission(change map[string]any) map[string]any {
	m := map[string]any{
		"base": "main", "path": "_posts/2026-08-16-update.md", "text": "---\ntitle: x\n---\n", "blob": "",
		"title": "Week Ending August 16, 2026", "message": "Ready for review.",
	}
	for k, v := range change {
		m[k] = v
	}
	return m
}

// line is one line of a submission's answer.
type line struct {
	Step *struct {
		Name, Text string
		Done       bool
	}
	Pull *struct {
		Number             int
		URL, State, Branch string
		Paths              []string
	}
	Error *problem
}

func lines(t *testing.T, body string) []line {
	t.Helper()
	var list []line
	for l := range strings.Lines(body) {
		var one line
		decode(t, l, &one)
		list = append(list, one)
	}
	if len(list) == 0 {
		t.Fatal("no lines")
	}
	return list
}

func TestSubmit(t *testing.T) {
	b := newBench(t)
	const typed = "---\r\ntitle: \"x\"  # kept\r\n---\r\n\u2028<b>&amp;\t😀 \r\nno end"
	res := b.post("/api/submit", submission(map[string]any{"text": typed, "message": "Closes #1\n@everyone"}))
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "application/x-ndjson" || res.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v", res.StatusCode, res.Header)
	}
	list := lines(t, text(t, res))
	for _, l := range list[:len(list)-1] {
		if l.Step == nil || l.Step.Name == "" || l.Step.Text == "" {
			t.Errorf("not a step: %+v", l)
		}
	}
	end := list[len(list)-1]
	if end.Pull == nil || end.Pull.Number != 1 || end.Pull.URL != "/pulls/1" || len(list) != 5 {
		t.Fatalf("%+v", end)
	}
	if got := string(b.forge.branches["galley/ada/2026-08-16-update"]["_posts/2026-08-16-update.md"]); got != typed {
		t.Errorf("%q was written", got)
	}
	if body := b.forge.pulls[0].Body; strings.Contains(body, "Closes #1") || strings.Contains(body, "@everyone") {
		t.Errorf("the message has power: %q", body)
	}

	// Looked at, and merged.
	var pull struct {
		Pull  struct{ State, Head string }
		Files []struct {
			Path     string
			Old, New *string
		}
	}
	b.get("/api/pulls/1", &pull)
	if len(pull.Files) != 1 || pull.Files[0].Old != nil || pull.Files[0].New == nil || *pull.Files[0].New != typed {
		t.Errorf("%+v", pull)
	}
	var list2 []struct{ Number int }
	if b.get("/api/pulls?path=_posts/2026-08-16-update.md", &list2); len(list2) != 1 {
		t.Errorf("%+v", list2)
	}
	if b.get("/api/pulls?path=_posts/2026-01-11-update.md", &list2); len(list2) != 0 {
		t.Errorf("%+v", list2)
	}
	for _, c := range []struct {
		head   string
		status int
		kind   string
	}{{"", 400, "invalid"}, {"HEAD", 400, "invalid"}, {strings.Repeat("a", 40), 409, "stale"}} {
		res = b.post("/api/pulls/1/merge", map[string]string{"head": c.head})
		if body := text(t, res); res.StatusCode != c.status || problemOf(t, body).Kind != c.kind || b.forge.pulls[0].State != forge.Open {
			t.Errorf("merging %q: %d %s", c.head, res.StatusCode, body)
		}
	}
	res = b.post("/api/pulls/1/merge", map[string]string{"head": pull.Pull.Head})
	decode(t, text(t, res), &pull)
	if pull.Pull.State != "merged" || string(b.forge.branches["main"]["_posts/2026-08-16-update.md"]) != typed {
		t.Errorf("%+v", pull)
	}
	res = b.post("/api/pulls/2/merge", map[string]string{"head": pull.Pull.Head})
	if res.StatusCode != 404 {
		t.Errorf("merging what is not there: %d", res.StatusCode)
	}
}

// What must not be written is refused before anything is.
func TestSubmitRefuses(t *testing.T) {
	b := newBench(t)
	set := func(k string, v any) map[string]any { return submission(map[string]any{k: v}) }
	for _, c := range []struct {
		name   string
		body   any
		status int
		kind   string
	}{
		{"up", set("path", "_posts/../2026-08-16-x.md"), 400, "invalid"},
		{"up and away", set("path", "../_posts/2026-08-16-x.md"), 400, "invalid"},
		{"absolute", set("path", "/_posts/2026-08-16-x.md"), 400, "invalid"},
		{"escaped", set("path", "_posts/%2e%2e/2026-08-16-x.md"), 400, "invalid"},
		{"backslash", set("path", `_posts\2026-08-16-x.md`), 400, "invalid"},
		{"workflow", set("path", ".github/workflows/x.yml"), 400, "invalid"},
		{"workflow as a post", set("path", "_posts/.github/2026-08-16-x.md"), 400, "invalid"},
		{"git", set("path", "_posts/.GIT/2026-08-16-x.md"), 400, "invalid"},
		{"settings", set("path", "_config.yml"), 400, "invalid"},
		{"layout", set("path", "_layouts/2026-08-16-x.md"), 400, "invalid"},
		{"data", set("path", "_data/x.md"), 400, "invalid"},
		{"data of no kind", set("path", "_data/x.rb"), 400, "invalid"},
		{"data in capitals", set("path", "_data/x.YML"), 400, "invalid"},
		{"hidden data", set("path", "_data/.x.yml"), 400, "invalid"},
		{"hidden folder of data", set("path", "_data/.github/x.yml"), 400, "invalid"},
		{"up from the data", set("path", "_data/../_config.yml"), 400, "invalid"},
		{"escaped up from the data", set("path", "_data/%2e%2e/_config.yml"), 400, "invalid"},
		{"full width up from the data", set("path", "_data/．．/_config.yml"), 400, "invalid"},
		{"backslash in the data", set("path", `_data\x.yml`), 400, "invalid"},
		{"data and dot", set("path", "_data/x.yml."), 400, "invalid"},
		{"data in a stream", set("path", "_data/x.md:y.yml"), 400, "invalid"},
		{"data folder's case", set("path", "_Data/x.yml"), 400, "invalid"},
		{"full width data folder", set("path", "\uff3fdata/x.yml"), 400, "invalid"},
		{"data of another folder", set("path", "data/x.yml"), 400, "invalid"},
		{"data below another folder", set("path", "assets/_data/x.yml"), 400, "invalid"},
		{"a dependency's settings", set("path", "package.json"), 400, "invalid"},
		{"settings in another case", set("path", "_Config.yml"), 400, "invalid"},
		{"plugin", set("path", "_plugins/x.md"), 400, "invalid"},
		{"include", set("path", "_includes/x.html"), 400, "invalid"},
		{"full width underscore", set("path", "\uff3flayouts/x.html"), 400, "invalid"},
		{"template", set("path", "templates/post.html"), 400, "invalid"},
		{"template in another case", set("path", "Templates/post.html"), 400, "invalid"},
		{"no collection of the settings", set("path", "_docs/x.md"), 400, "invalid"},
		{"readme", set("path", "README.md"), 400, "invalid"},
		{"a tool's page", set("path", "node_modules/x/index.md"), 400, "invalid"},
		{"a page of GitHub's", set("path", ".github/ISSUE_TEMPLATE.md"), 400, "invalid"},
		{"a page above", set("path", "../about.md"), 400, "invalid"},
		{"a script", set("path", "assets/x.js"), 400, "invalid"},
		{"a page that is copied", submission(map[string]any{"path": "about.html", "text": "<script>"}), 400, "invalid"},
		{"other folder's case", set("path", "_Posts/2026-08-16-x.md"), 400, "invalid"},
		{"kind", set("path", "_posts/2026-08-16-x.html"), 400, "invalid"},
		{"no kind", set("path", "_posts/2026-08-16-x"), 400, "invalid"},
		{"kind and dot", set("path", "_posts/2026-08-16-x.md."), 400, "invalid"},
		{"stream", set("path", "_posts/2026-08-16-x.md:y.md"), 400, "invalid"},
		{"full width", set("path", "_posts/．．/2026-08-16-x.md"), 400, "invalid"},
		{"zero width", set("path", "_posts/2026-08-16-\u200bx.md"), 400, "invalid"},
		{"NUL", set("path", "_posts/2026-08-16-x\x00.md"), 400, "invalid"},
		{"not a post's name", set("path", "_posts/update.md"), 400, "invalid"},
		{"no path", set("path", ""), 400, "invalid"},
		{"base", set("base", "a..b"), 400, "invalid"},
		{"full base", set("base", "refs/heads/main"), 400, "invalid"},
		{"no base", set("base", ""), 400, "invalid"},
		{"blob", set("blob", "HEAD"), 400, "invalid"},
		{"no title", set("title", " \n\u200b"), 400, "invalid"},
		{"title is no text", set("title", 7), 400, "invalid"},
		{"large", set("text", strings.Repeat("x", 5<<20)), 413, "too-large"},
		{"long message", set("message", strings.Repeat("x", 2<<20)), 413, "too-large"},
		{"larger", set("message", strings.Repeat("x", 50<<20)), 413, "too-large"},
		{"list", []int{1}, 400, "invalid"},
	} {
		res := b.post("/api/submit", c.body)
		body := text(t, res)
		if res.StatusCode != c.status {
			t.Errorf("%s: %d %.300s", c.name, res.StatusCode, body)
			continue
		}
		if p := problemOf(t, body); p.Kind != c.kind {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
	for name, body := range map[string]string{
		"nothing":        "",
		"half":           `{"base":"main"`,
		"two":            `{} {}`,
		"not UTF-8":      "{\"text\":\"\xff\"}",
		"half character": `{"base":"main","path":"_posts/2026-08-16-x.md","title":"x","text":"\ud83d"}`,
		"deep":           strings.Repeat("[", 100_000),
	} {
		res := b.do("POST", "/api/submit", body, "Content-Type: application/json")
		if answer := text(t, res); res.StatusCode != 400 || problemOf(t, answer).Kind != "invalid" {
			t.Errorf("%s: %d %.300s", name, res.StatusCode, answer)
		}
	}
	if n := b.forge.called("Submit"); n != 0 {
		t.Errorf("the forge was asked %d times", n)
	}
	if len(b.forge.branches) != 1 {
		t.Errorf("there are branches: %v", b.forge.branches)
	}
}

// The branch that is written to is named after the person and the post,
// whatever a request asks for.
func TestSubmitBranch(t *testing.T) {
	for _, name := range []string{"galley/ben/2026-08-16-update", "release", "galley/ada/another-post"} {
		b := newBench(t)
		b.forge.branches[name] = map[string][]byte{"kept.md": []byte("kept")}
		text(t, b.post("/api/submit", submission(map[string]any{"branch": name})))
		if n := len(b.forge.branches[name]); n != 1 {
			t.Errorf("%s: %d files", name, n)
		}
	}
}

// A stale submission tells what is there now.
func TestSubmitStale(t *testing.T) {
	b := newBench(t)
	const path = "_posts/2026-03-22-update.md"
	there := string(b.forge.branches["main"][path])
	res := b.post("/api/submit", submission(map[string]any{"path": path, "blob": id("blob", []byte("older"))}))
	list := lines(t, text(t, res))
	end := list[len(list)-1]
	if end.Error == nil || end.Error.Kind != "stale" || end.Error.Current == nil {
		t.Fatalf("%+v", end)
	}
	if c := end.Error.Current; c.Text != there || c.Blob != id("blob", []byte(there)) || c.Path != path || c.Branch != "main" || c.URL == "" {
		t.Errorf("%+v", c)
	}
	if string(b.forge.branches["main"][path]) != there {
		t.Error("it was overwritten")
	}

	// What moved is the pull request's branch, not its base.
	b.post("/api/submit", submission(nil))
	list = lines(t, text(t, b.post("/api/submit", submission(map[string]any{"text": "other"}))))
	end = list[len(list)-1]
	if end.Error == nil || end.Error.Current == nil || end.Error.Current.Branch != "galley/ada/2026-08-16-update" {
		t.Errorf("%+v", end.Error)
	}

	// Gone meanwhile, which is not the same as not told.
	res = b.post("/api/submit", submission(map[string]any{"path": "_posts/2026-01-01-gone.md", "blob": id("blob", nil)}))
	body := text(t, res)
	if !strings.Contains(body, `"kind":"stale"`) || !strings.Contains(body, `"gone":true`) || strings.Contains(body, `"current"`) {
		t.Error(body)
	}

	// Nobody knows what is there: the branch moved at the same moment, or what
	// is there is not text.
	b.forge.branches["main"][path] = []byte("\xff\xfe")
	for name, spoil := range map[string]error{"moved": &forge.Error{Kind: forge.ErrStale, Sentence: "The branch moved at the same moment."}, "no text": nil} {
		b.forge.spoil = func(method string) error {
			if method == "Submit" {
				return spoil
			}
			return nil
		}
		body := text(t, b.post("/api/submit", submission(map[string]any{"path": path, "blob": id("blob", []byte("older"))})))
		if !strings.Contains(body, `"kind":"stale"`) || strings.Contains(body, `"gone"`) || strings.Contains(body, `"current"`) {
			t.Errorf("%s: %s", name, body)
		}
	}
}

// A failure in the middle is a line, since the status has gone.
func TestSubmitFails(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		spoil func(string) error
		kind  string
	}{
		{func(m string) error {
			if m == "Submit" {
				return &forge.Error{Kind: forge.ErrRateLimited, Sentence: "GitHub asks for a pause.", RetryAfter: 30 * time.Second}
			}
			return nil
		}, "rate-limited"},
		{func(m string) error {
			if m == "Submit" {
				panic("oh")
			}
			return nil
		}, "internal"},
	} {
		b.forge.spoil = c.spoil
		list := lines(t, text(t, b.post("/api/submit", submission(nil))))
		if end := list[len(list)-1]; end.Error == nil || end.Error.Kind != c.kind || c.kind == "rate-limited" && end.Error.RetryAfter != 30 {
			t.Errorf("%s: %+v", c.kind, end)
		}
	}
}

// The submission has its own time, and ends with a sentence after it.
func TestSubmitTime(t *testing.T) {
	b := newBench(t, func(c *server.Config) { c.SubmitTime = 50 * time.Millisecond })
	b.forge.during = func(ctx context.Context) { <-ctx.Done() }
	list := lines(t, text(t, b.post("/api/submit", submission(nil))))
	if end := list[len(list)-1]; end.Error == nil || end.Error.Kind != "unavailable" {
		t.Errorf("%+v", end)
	}
}

// running is a bench on a real port.
type running struct {
	*bench
	url  string
	stop context.CancelFunc
	done chan error
}

func serve(t *testing.T, b *bench, limits server.Timeouts) *running {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	r := &running{b, "http://" + l.Addr().String(), stop, make(chan error, 1)}
	go func() { r.done <- server.Serve(ctx, l, b, limits, slog.New(slog.DiscardHandler)) }()
	t.Cleanup(func() {
		stop()
		select {
		case <-r.done:
		case <-time.After(5 * time.Second):
			t.Error("the server did not stop")
		}
	})
	return r
}

func (r *running) submit(t *testing.T, ctx context.Context) (*http.Response, error) {
	t.Helper()
	body, _ := json.Marshal(submission(nil))
	req, err := http.NewRequestWithContext(ctx, "POST", r.url+"/api/submit", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	return http.DefaultTransport.RoundTrip(req)
}

// Each step arrives as it happens, not at the end.
func TestStepsArriveAtOnce(t *testing.T) {
	b := newBench(t)
	proceed := make(chan bool)
	b.forge.during = func(context.Context) { <-proceed }
	r := serve(t, b, server.Timeouts{})
	res, err := r.submit(t, t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	in := bufio.NewScanner(res.Body)
	for range 3 {
		if !in.Scan() || !strings.Contains(in.Text(), `"step"`) {
			t.Fatalf("%q %v", in.Text(), in.Err())
		}
	}
	close(proceed)
	last := ""
	for in.Scan() {
		last = in.Text()
	}
	if !strings.Contains(last, `"pull"`) || in.Err() != nil {
		t.Errorf("%q %v", last, in.Err())
	}
}

// Whoever goes away in the middle has submitted all the same.
func TestClientGoesAway(t *testing.T) {
	b := newBench(t)
	entered, proceed, alive := make(chan bool), make(chan bool), make(chan error, 1)
	b.forge.during = func(ctx context.Context) {
		entered <- true
		<-proceed
		alive <- ctx.Err()
	}
	r := serve(t, b, server.Timeouts{})
	ctx, leave := context.WithCancel(t.Context())
	go func() {
		if res, err := r.submit(t, ctx); err == nil {
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
		}
	}()
	<-entered
	leave()
	time.Sleep(50 * time.Millisecond) // for the server to notice
	close(proceed)
	if err := <-alive; err != nil {
		t.Errorf("the submission was cancelled: %v", err)
	}
	waitFor(t, func() bool {
		b.forge.mu.Lock()
		defer b.forge.mu.Unlock()
		return len(b.forge.pulls) == 1
	})
}

// Told to stop, the server takes no more connections and finishes what it has.
func TestStopDuringSubmission(t *testing.T) {
	b := newBench(t)
	entered, proceed := make(chan bool), make(chan bool)
	b.forge.during = func(context.Context) {
		entered <- true
		<-proceed
	}
	r := serve(t, b, server.Timeouts{})
	answer := make(chan string, 1)
	go func() {
		res, err := r.submit(t, context.Background())
		if err != nil {
			answer <- err.Error()
			return
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		answer <- fmt.Sprint(string(body), err)
	}()
	<-entered
	r.stop()
	waitFor(t, func() bool {
		c, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
		if err == nil {
			_ = c.Close()
		}
		return err != nil
	})
	select {
	case err := <-r.done:
		t.Fatalf("stopped with a submission in flight: %v", err)
	case <-time.After(100 * time.Millisecond):
	}
	close(proceed)
	if got := <-answer; !strings.Contains(got, `"pull":{"number":1`) || !strings.HasSuffix(got, "<nil>") {
		t.Errorf("the answer was %s", got)
	}
	if err := <-r.done; err != nil {
		t.Errorf("it stopped with %v", err)
	}
	r.done <- nil
}

// What does not end is not waited for for ever.
func TestStopHasATime(t *testing.T) {
	b := newBench(t)
	entered, proceed := make(chan bool), make(chan bool)
	defer close(proceed)
	b.forge.during = func(context.Context) {
		entered <- true
		<-proceed
	}
	r := serve(t, b, server.Timeouts{Stop: 50 * time.Millisecond})
	go func() {
		if res, err := r.submit(t, context.Background()); err == nil {
			_ = res.Body.Close()
		}
	}()
	<-entered
	r.stop()
	if err := <-r.done; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	r.done <- nil
}

// Clients that send or read slowly are let go; others are answered meanwhile.
func TestSlowClients(t *testing.T) {
	b := newBench(t)
	r := serve(t, b, server.Timeouts{Header: 200 * time.Millisecond, Read: 400 * time.Millisecond, Write: 400 * time.Millisecond, Idle: 200 * time.Millisecond})
	for name, sent := range map[string]string{
		"half a head": "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-",
		"half a body": "POST /api/submit HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
		"nothing":     "",
		"idle":        "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			_, _ = io.WriteString(c, sent)
			_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
			if _, err := io.Copy(io.Discard, c); err != nil && errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the connection is still there: %v", err)
			} else if n, ok := err.(net.Error); ok && n.Timeout() {
				t.Error("the connection is still there")
			}
		})
	}
	if res, err := http.Get(r.url + "/healthz"); err != nil || res.StatusCode != 200 {
		t.Errorf("%v %v", res, err)
	}
}

// Whoever sends slowly keeps nobody from reading, however many they are.
func TestSlowBodies(t *testing.T) {
	b := newBench(t, func(c *server.Config) { c.Requests = 8 })
	r := serve(t, b, server.Timeouts{})
	for range 20 {
		c, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		_, _ = io.WriteString(c, "POST /api/submit HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
	}
	busy := func() bool { // until those places are taken that there are for bodies
		res, err := http.Post(r.url+"/api/preview", "application/json", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode == http.StatusServiceUnavailable
	}
	waitFor(t, busy)
	for range 20 {
		res, err := http.Get(r.url + "/api/site")
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != 200 {
			t.Fatalf("a page: %d", res.StatusCode)
		}
	}
}

// Nor is somebody waited for who does not take the answer.
func TestSlowReader(t *testing.T) {
	b := newBench(t)
	const size = 16 << 20 // more than connections hold by themselves
	b.forge.branches["main"]["assets/large.mp4"] = make([]byte, size)
	r := serve(t, b, server.Timeouts{Write: 300 * time.Millisecond})
	c, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, _ = io.WriteString(c, "GET /assets/large.mp4 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
	time.Sleep(600 * time.Millisecond)
	_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
	if n, err := io.Copy(io.Discard, c); n >= size {
		t.Errorf("it got %d bytes, %v", n, err)
	} else if ne, ok := err.(net.Error); ok && ne.Timeout() {
		t.Error("the connection is still there")
	}
}

// Heads have a size.
func TestHugeHeader(t *testing.T) {
	r := serve(t, newBench(t), server.Timeouts{})
	req := httptest.NewRequest("GET", r.url+"/", nil)
	req.RequestURI = ""
	req.Header.Set("X-Huge", strings.Repeat("x", 100<<10))
	res, err := http.DefaultTransport.RoundTrip(req)
	if err == nil && res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("%d", res.StatusCode)
	}
}

// A connection that sends nothing costs no one else theirs.
func TestIdleConnections(t *testing.T) {
	r := serve(t, newBench(t), server.Timeouts{})
	for range 1000 {
		c, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
		if err != nil {
			t.Skipf("this machine does not allow so many connections: %v", err)
		}
		defer c.Close()
	}
	res, err := http.Get(r.url + "/api/site")
	if err != nil || res.StatusCode != 200 {
		t.Fatalf("%v %v", res, err)
	}
	_ = res.Body.Close()
}

func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for range 500 {
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("it did not happen")
}

// The same on a repository on disk: once or twice, it is one pull request, and
// what somebody else wrote there is told and kept.
func TestSubmitOnDisk(t *testing.T) {
	f := localForge(t, exampleFiles(t))
	b := newBenchOver(t, f)
	for range 2 {
		list := lines(t, text(t, b.post("/api/submit", submission(nil))))
		if end := list[len(list)-1]; end.Pull == nil || end.Pull.Number != 1 {
			t.Fatalf("%+v", end)
		}
	}
	const path = "_posts/2026-03-22-update.md"
	var post struct{ Text, Blob, Branch string }
	b.get("/api/post?path="+path, &post)
	list := lines(t, text(t, b.post("/api/submit", submission(map[string]any{"path": path, "text": "one\r\n", "blob": post.Blob}))))
	end := list[len(list)-1]
	if end.Pull == nil || end.Pull.Number != 2 {
		t.Fatalf("%+v", end)
	}
	branch := end.Pull.Branch
	b.get("/api/post?path="+path+"&branch="+branch, &post)
	if post.Text != "one\r\n" {
		t.Errorf("%q was written", post.Text)
	}
	list = lines(t, text(t, b.post("/api/submit", submission(map[string]any{"path": path, "text": "two", "blob": id("blob", []byte("zero"))}))))
	end = list[len(list)-1]
	if end.Error == nil || end.Error.Kind != "stale" || end.Error.Current == nil || end.Error.Current.Text != "one\r\n" || end.Error.Current.Branch != branch {
		t.Errorf("%+v", end.Error)
	}
	var pulls []struct {
		Number int
		Head   string
	}
	if b.get("/api/pulls?path="+path, &pulls); len(pulls) != 1 || pulls[0].Number != 2 {
		t.Errorf("%+v", pulls)
	}
	res := b.post("/api/pulls/2/merge", map[string]string{"head": pulls[0].Head})
	if body := text(t, res); !strings.Contains(body, `"state":"merged"`) {
		t.Error(body)
	}
	if b.get("/api/post?path="+path, &post); post.Text != "one\r\n" {
		t.Errorf("%q was merged", post.Text)
	}
}

// What continues, merges, announces and names others reaches the forge as it
// was sent, and what cannot be meant does not.
func TestSubmitWishes(t *testing.T) {
	b := newBench(t)
	commit := strings.Repeat("ab", 20)
	submitted(t, b, submission(map[string]any{
		"pull": 7, "pullBranch": "bo:patch", "merged": commit, "announce": true,
		"coAuthors": []map[string]any{{"name": "Bo", "email": "bo@example.org"}, {"login": "cy", "name": "Cy"}},
	}))
	got := b.forge.last
	want := []forge.Person{{Name: "Bo", Email: "bo@example.org"}, {Login: "cy", Name: "Cy"}}
	if got.Pull != 7 || got.PullBranch != "bo:patch" || got.Merged != commit || !got.Announce || !slices.Equal(got.CoAuthors, want) || got.Branch != "" {
		t.Errorf("the forge was given %+v", got)
	}
	for _, wrong := range []map[string]any{{"pull": -1}, {"merged": "main"}, {"merged": commit + "0"}} {
		res := b.post("/api/submit", submission(wrong))
		if body := text(t, res); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"kind":"invalid"`) {
			t.Errorf("%v: %d %s", wrong, res.StatusCode, body)
		}
	}
}

// Pages and the documents of collections are listed, shown and written where the
// settings of the branch say that they are the site's.
func TestTexts(t *testing.T) {
	b := newBench(t)
	b.forge.branches["docs"] = map[string][]byte{
		"_config.yml":            []byte("title: T\ncollections:\n  docs:\n    output: true\n"),
		"_posts/2026-01-01-a.md": []byte("---\ntitle: Post\n---\n"),
		"_docs/first.md":         []byte("---\ntitle: First\n---\nOne."),
		"_docs/deep/index.md":    []byte("---\n---\nTwo."),
		"_drafts/later.md":       []byte("---\ntitle: Later\n---\n"),
		"about.md":               []byte("---\ntitle: About\n---\nWho."),
		"index.html":             []byte("---\ntitle: Home\n---\n<p>Home.</p>"),
		"copied.md":              []byte("no front matter"),
		"_docs/copied.md":        []byte("none here either"),
		"copied.html":            []byte("<p>no front matter</p>"),
		"README.md":              []byte("# Read"),
		"_layouts/post.html":     []byte("{{ content }}"),
		"_includes/x.html":       []byte("x"),
	}
	var list struct {
		Texts []struct{ Path, Group, Title string }
	}
	b.get("/api/posts?branch=docs", &list)
	var got []string
	for _, e := range list.Texts {
		got = append(got, e.Group+" "+e.Path+" "+e.Title)
	}
	want := "drafts _drafts/later.md Later, docs _docs/deep/index.md , docs _docs/first.md First, pages about.md About, pages index.html Home"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("listed are\n%s, not\n%s", s, want)
	}
	for path, status := range map[string]int{
		"_docs/first.md": 200, "about.md": 200, "index.html": 200, "_drafts/later.md": 200, "copied.html": 422, "copied.md": 422, "_docs/copied.md": 422,
		"_layouts/post.html": 404, "_includes/x.html": 404, "_config.yml": 404, "README.md": 404, "_other/x.md": 404,
	} {
		if res := b.do("GET", "/api/post?branch=docs&path="+path, ""); res.StatusCode != status {
			t.Errorf("%s is answered with %d", path, res.StatusCode)
		}
		if status == 404 {
			if res := b.do("GET", "/frame?branch=docs&path="+path, ""); res.StatusCode != status {
				t.Errorf("the frame of %s is answered with %d", path, res.StatusCode)
			}
		}
	}
	if res := b.do("GET", "/frame?branch=docs&path=_docs/first.md", ""); res.StatusCode != 200 || !strings.Contains(text(t, res), "<p>One.</p>") {
		t.Errorf("a document's frame is answered with %d", res.StatusCode)
	}
	for i, path := range []string{"_docs/new.md", "about.md", "index.html"} {
		blob := ""
		if old, has := b.forge.branches["docs"][path]; has {
			blob = id("blob", old)
		}
		res := b.post("/api/submit", submission(map[string]any{"base": "docs", "path": path, "blob": blob, "text": "---\ntitle: New\n---\nnew"}))
		all := lines(t, text(t, res))
		if end := all[len(all)-1]; res.StatusCode != 200 || end.Pull == nil || end.Pull.Number != i+1 {
			t.Errorf("%s: %d %+v", path, res.StatusCode, end)
		}
	}
	// Another branch knows nothing of the collection.
	if res := b.post("/api/submit", submission(map[string]any{"base": "main", "path": "_docs/new.md", "text": "x"})); res.StatusCode != 400 {
		t.Errorf("a document of no collection: %d", res.StatusCode)
	}
}

// A post that is there is written under its name, whatever that is; a new one
// gets none that some system cannot have.
func TestSubmitOddNames(t *testing.T) {
	files := exampleFiles(t)
	const odd = "_posts/2026-08-10-what-now?.md"
	files[odd] = "---\ntitle: What now?\n---\nold\n"
	b := newBenchOver(t, localForge(t, files))
	var file struct{ Text, Blob string }
	b.get("/api/post?branch=main&path="+url.QueryEscape(odd), &file)
	if file.Text != files[odd] {
		t.Fatalf("%+v", file)
	}
	submit := func(path, blob string) string {
		return text(t, b.post("/api/submit", map[string]string{"base": "main", "path": path, "blob": blob, "text": "---\ntitle: Now\n---\nnew\n", "title": "Now"}))
	}
	if answer := submit(odd, file.Blob); !strings.Contains(answer, `"number"`) || strings.Contains(answer, `"error"`) {
		t.Errorf("the old one: %s", answer)
	}
	if answer := submit("_posts/2026-08-11-what-then?.md", ""); !strings.Contains(answer, `"invalid"`) {
		t.Errorf("a new one: %s", answer)
	}
	if answer := submit("_posts/2026-08-11-what-then?.md", file.Blob); strings.Contains(answer, `"number"`) {
		t.Errorf("a new one that says that it is an old one: %s", answer)
	}
}

// What cannot be edited as text is told where it is asked for, and neither written over
// nor moved.
func TestOverNoText(t *testing.T) {
	const path = "_posts/2026-08-10-update.md"
	for name, c := range map[string]struct {
		data, says string
		status     int
	}{
		"a pointer of Git LFS": {"version https://git-lfs.github.com/spec/v1\noid sha256:" + strings.Repeat("a", 64) + "\nsize 12345\n", "Git LFS", 422},
		"Latin-1":              {"---\ntitle: Caf\xe9\n---\n\nna\xefve\n", "not UTF-8", 422},
		"UTF-16":               {"\xff\xfe-\x00-\x00-\x00", "not UTF-8", 422},
		"a cut character":      {"---\ntitle: Now\n---\n\nna\xc3", "not UTF-8", 422},
		"too large":            {"---\ntitle: Now\n---\n" + strings.Repeat("x", 4<<20), "too large", 413},
	} {
		t.Run(name, func(t *testing.T) {
			files := exampleFiles(t)
			files[path] = c.data
			b := newBenchOver(t, localForge(t, files))
			blob := forge.BlobID([]byte(c.data))
			refused := func(what string, res *http.Response) {
				t.Helper()
				if p := problemOf(t, text(t, res)); res.StatusCode != c.status || !strings.Contains(p.Sentence, c.says) || !strings.Contains(p.Sentence, path) {
					t.Errorf("%s: %d %+v", what, res.StatusCode, p)
				}
			}
			refused("reading", b.do("GET", "/api/post?branch=main&path="+path, ""))
			refused("writing over", b.post("/api/submit", map[string]string{"base": "main", "path": path, "blob": blob, "text": "---\ntitle: Now\n---\nnew\n", "title": "Now"}))
			refused("moving", b.post("/api/submit", map[string]string{"base": "main", "path": "_posts/2026-08-11-update.md", "from": path, "fromBlob": blob, "text": "---\ntitle: Now\n---\nnew\n", "title": "Now"}))
			var pulls []struct{ Number int }
			if b.get("/api/pulls", &pulls); len(pulls) != 0 {
				t.Errorf("%+v", pulls)
			}
		})
	}
}

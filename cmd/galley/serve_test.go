package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// started is a `galley serve` that runs.
type started struct {
	url    string
	stop   context.CancelFunc
	done   chan int // its exit code
	stderr *strings.Builder
}

// start runs galley with arguments until it says where it is.
func start(t *testing.T, args ...string) *started {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	s := &started{stop: stop, done: make(chan int, 1), stderr: &strings.Builder{}}
	root := newRootCommand()
	root.SetArgs(append([]string{"serve"}, args...))
	root.SetOut(in)
	root.SetErr(s.stderr)
	go func() {
		code := run(ctx, root)
		_ = in.Close()
		s.done <- code
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	m := regexp.MustCompile(`^Galley is at (http://127\.0\.0\.1:\d+) \(Ctrl\+C stops it\)\n$`).FindStringSubmatch(line)
	if m == nil {
		stop()
		t.Fatalf("it said %q (%v), and exited with %d: %s", line, err, <-s.done, s.stderr)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	s.url = m[1]
	t.Cleanup(func() {
		stop()
		select {
		case <-s.done:
		case <-time.After(10 * time.Second):
			t.Error("it did not stop")
		}
	})
	return s
}

func get(t *testing.T, address string) string {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, res)
}

func read(t *testing.T, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != 200 {
		t.Fatalf("%s: %d %s", res.Request.URL, res.StatusCode, body)
	}
	return string(body)
}

// The whole job on the example site, and it is still there after a restart.
func TestServeExample(t *testing.T) {
	data := filepath.Join(t.TempDir(), "galley-data")
	s := start(t, "--addr", "127.0.0.1:0", "--data", data)
	if site := get(t, s.url+"/api/site"); !strings.Contains(site, `"kind":"local"`) || !strings.Contains(site, `"canMerge":true`) {
		t.Error(site)
	}
	if posts := get(t, s.url+"/api/posts"); !strings.Contains(posts, `"title":"Week Ending March 22, 2026"`) {
		t.Error(posts)
	}
	get(t, s.url+"/frame?path=_posts/2026-03-22-update.md")
	get(t, s.url+"/assets/galley.css")
	res, err := http.Post(s.url+"/api/submit", "application/json", strings.NewReader(
		`{"base":"main","path":"_posts/2026-03-29-update.md","text":"---\r\ntitle: x\r\n---\r\n","title":"Week Ending March 29, 2026","message":"First."}`))
	if err != nil {
		t.Fatal(err)
	}
	if steps := read(t, res); !strings.Contains(steps, `"pull":{"number":3,`) {
		t.Fatal(steps)
	}
	s.stop()
	if code := <-s.done; code != 0 {
		t.Errorf("it exited with %d: %s", code, s.stderr)
	}
	s.done <- 0

	s = start(t, "--addr", "127.0.0.1:0", "--data", data)
	if pulls := get(t, s.url+"/api/pulls"); !strings.Contains(pulls, `"title":"Week Ending March 29, 2026"`) {
		t.Error(pulls)
	}
	pull := get(t, s.url+"/api/pulls/3")
	if !strings.Contains(pull, `"new":"---\r\ntitle: x\r\n---\r\n"`) {
		t.Error(pull)
	}
	_, head, _ := strings.Cut(pull, `"head":"`)
	head, _, _ = strings.Cut(head, `"`)
	if res, err = http.Post(s.url+"/api/pulls/3/merge", "application/json", strings.NewReader(`{"head":"`+head+`"}`)); err != nil {
		t.Fatal(err)
	}
	if merged := read(t, res); !strings.Contains(merged, `"state":"merged"`) {
		t.Error(merged)
	}
	if post := get(t, s.url+"/api/post?path=_posts/2026-03-29-update.md"); !strings.Contains(post, `"text":"---\r\ntitle: x\r\n---\r\n"`) {
		t.Error(post)
	}
}

// A repository of one's own, whose commits bear the name in Git's settings.
func TestServeFolder(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{
		{"init", "-q", "-b", "main"}, {"config", "user.name", "Ada Example"}, {"config", "user.email", "ada@example.org"},
		{"commit", "-q", "--allow-empty", "-m", "Begin"},
	} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("git %v: %v: %s", args, err, out)
		}
	}
	s := start(t, "--addr", "localhost:0", "--site", dir)
	if site := get(t, s.url+"/api/site"); !strings.Contains(site, `"name":"Ada Example","email":"ada@example.org"`) {
		t.Error(site)
	}
}

// A site in a folder of its repository: by its path, by name, and found.
func TestServeFolderOfRepository(t *testing.T) {
	dir := t.TempDir()
	git := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Skipf("git %v: %v: %s", args, err, out)
		}
		return string(out)
	}
	add := func(files map[string]string) {
		t.Helper()
		for name, text := range files {
			file := filepath.Join(dir, filepath.FromSlash(name))
			if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		git("add", ".")
		git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "Add")
	}
	git("init", "-q", "-b", "main")
	add(map[string]string{
		"README.md": "# Code\n", "vendor/theme/_config.yml": "title: Theme\n", "docs/demo/_config.yml": "title: Demo\n",
		"docs/_config.yml": "title: The Docs\n", "docs/_posts/2026-08-16-a.md": "---\ntitle: A\n---\n\n![](/assets/dot.png)\n", "docs/assets/a.txt": "within\n",
	})
	serves := func(s *started) {
		t.Helper()
		if site := get(t, s.url+"/api/site"); !strings.Contains(site, `"title":"The Docs"`) {
			t.Error(site)
		}
		if posts := get(t, s.url+"/api/posts"); !strings.Contains(posts, `"path":"_posts/2026-08-16-a.md"`) || strings.Contains(posts, "README") {
			t.Error(posts)
		}
		if file := get(t, s.url+"/assets/a.txt"); file != "within\n" {
			t.Errorf("%q", file)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(filepath.Join(dir, "docs"), link); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--site", filepath.Join(dir, "docs")}, {"--site", dir, "--folder", "docs/"}, {"--site", link}, {"--site", dir}} {
		s := start(t, append([]string{"--addr", "127.0.0.1:0"}, args...)...)
		serves(s)
		s.stop()
		<-s.done
		if found := strings.Contains(s.stderr.String(), "The site is in the folder docs of the repository"); found != (len(args) == 2 && args[1] == dir) {
			t.Errorf("%v: %s", args, s.stderr)
		}
		s.done <- 0
	}

	s := start(t, "--addr", "127.0.0.1:0", "--site", filepath.Join(dir, "docs"))
	res, err := http.Post(s.url+"/api/submit", "application/json", strings.NewReader(
		`{"base":"main","path":"_posts/2026-08-23-b.md","text":"---\ntitle: B\n---\n","title":"B","message":"."}`))
	if err != nil {
		t.Fatal(err)
	}
	if steps := read(t, res); !strings.Contains(steps, `"paths":["_posts/2026-08-23-b.md"]`) {
		t.Error(steps)
	}
	pull := get(t, s.url+"/api/pulls/1")
	if !strings.Contains(pull, `"own":true,"text":true`) {
		t.Error(pull)
	}
	_, branch, _ := strings.Cut(pull, `"branch":"`)
	branch, _, _ = strings.Cut(branch, `"`)
	if files := git("diff", "--name-only", "main..."+branch); files != "docs/_posts/2026-08-23-b.md\n" {
		t.Errorf("on %s: %q", branch, files)
	}

	add(map[string]string{"site/_config.yml": "title: Another\n"})
	for _, c := range []struct{ args, says string }{
		{"", "several folders have one: say which is the site; there are --folder docs, --folder site"},
		{"--folder lost", "has no file in the folder lost on its branch main"},
		{"--folder ../docs", "has to be a folder of the repository"},
	} {
		root := newRootCommand()
		root.SetArgs(append([]string{"serve", "--addr", "127.0.0.1:0", "--site", dir}, strings.Fields(c.args)...))
		var stderr strings.Builder
		root.SetErr(&stderr)
		if code := run(t.Context(), root); code == 0 || !strings.Contains(stderr.String(), c.says) {
			t.Errorf("%s: %d %s", c.args, code, &stderr)
		}
	}
	s = start(t, "--addr", "127.0.0.1:0", "--site", dir, "--folder", ".")
	if site := get(t, s.url+"/api/site"); strings.Contains(site, "The Docs") {
		t.Error(site)
	}
}

func TestServePortInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	root := newRootCommand()
	root.SetArgs([]string{"serve", "--addr", l.Addr().String(), "--data", filepath.Join(t.TempDir(), "data")})
	var stderr strings.Builder
	root.SetErr(&stderr)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	if code := run(t.Context(), root); code != 1 || !strings.Contains(stderr.String(), "port "+port+" is in use") || !strings.Contains(stderr.String(), "--addr 127.0.0.1:") {
		t.Errorf("%d %s", code, stderr.String())
	}
}

// A repository on GitHub: asked for at the start, with the token, and what is
// wrong with it is a sentence without the token.
func TestServeGitHub(t *testing.T) {
	status := http.StatusOK
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer s3cret" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		switch {
		case status != http.StatusOK:
			_, _ = io.WriteString(w, `{"message":"no"}`)
		case r.URL.Path == "/user":
			_, _ = io.WriteString(w, `{"login":"ada","id":1,"name":"Ada"}`)
		default:
			_, _ = io.WriteString(w, `{"name":"news","full_name":"harbour/news","default_branch":"trunk","owner":{"login":"harbour"},"permissions":{"push":true,"pull":true}}`)
		}
	}))
	defer api.Close()
	t.Setenv("GITHUB_TOKEN", " s3cret\n")
	start(t, "--addr", "127.0.0.1:0", "--repo", "harbour/news", "--github-api", api.URL)

	for _, c := range []struct {
		token  string
		status int
		args   string
		code   int
		says   string
	}{
		{"s3cret", 404, "--addr 127.0.0.1:0 --repo harbour/news --github-api " + api.URL, 1, "harbour/news cannot be opened: "},
		{"s3cret", 200, "--addr 127.0.0.1:0 --repo harbour/news --github-api http://127.0.0.1:1", 1, "connection refused"},
		{"other3", 200, "--addr 127.0.0.1:0 --repo harbour/news --github-api " + api.URL, 1, "does not accept the token in GITHUB_TOKEN"},
		{"", 200, "--addr 127.0.0.1:0 --repo harbour/news", 1, "GITHUB_TOKEN is not set"},
		{"s3cret", 200, "--addr 127.0.0.1:0 --repo news", 2, "write it as OWNER/NAME"},
		{"s3cret", 200, "--addr 127.0.0.1:0 --repo harbour/news --github-api http://github.example.org/", 1, "https://"},
		{"s3cret", 200, "--addr 0.0.0.0:0 --repo harbour/news --github-api " + api.URL, 2, "only listens on this machine"},
	} {
		t.Setenv("GITHUB_TOKEN", c.token)
		status = c.status
		root := newRootCommand()
		root.SetArgs(append([]string{"serve"}, strings.Fields(c.args)...))
		var stderr strings.Builder
		root.SetErr(&stderr)
		if code := run(t.Context(), root); code != c.code || !strings.Contains(stderr.String(), c.says) || strings.Contains(stderr.String(), "s3cret") || strings.Contains(stderr.String(), "what you wrote") {
			t.Errorf("%s: %d %s", c.args, code, stderr.String())
		}
	}
}

func TestCheckAddress(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:8080": true, "127.8.9.1:1": true, "[::1]:8080": true, "localhost:0": true, "[::ffff:127.0.0.1]:80": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:8080": false, "192.168.0.7:8080": false, "galley.example.org:80": false,
		"localhost.example.org:80": false,
	} {
		if local, err := checkAddress(addr); err != nil || local != want {
			t.Errorf("%s: %v %v", addr, local, err)
		}
	}
	for _, addr := range []string{"", "8080", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:99999", "::1:80"} {
		if _, err := checkAddress(addr); err == nil {
			t.Errorf("%q is an address", addr)
		}
	}
}

func TestGitPerson(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	if p := gitPerson(t.Context(), t.TempDir()); p.Name == "" || p.Email == "" || p.Login == "" {
		t.Errorf("without settings: %+v", p)
	}
	if err := os.WriteFile(filepath.Join(os.Getenv("HOME"), ".gitconfig"), []byte("[user]\n\tname = Ada\n\temail = ada@example.org\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git on this machine")
	}
	if p := gitPerson(t.Context(), t.TempDir()); p.Name != "Ada" || p.Email != "ada@example.org" {
		t.Errorf("%+v", p)
	}
}

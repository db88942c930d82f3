package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"galley/internal/forge/github/githubtest"
)

var (
	long = flag.Bool("long", false, "kill a copy at every step, and let 200 writers write")
	// lasting is how long TestWritersAndKills takes.
	lasting = flag.Duration("lasting", 10*time.Minute, "how long the writers write while copies are killed")
)

// copies are several `galley serve`, each a process of its own, behind a proxy
// that sends every request to another one.
type copies struct {
	t       *testing.T
	url     string
	args    []string
	logs    *lockedBuilder
	next    atomic.Int64
	mu      sync.Mutex
	running []*instance
}

type instance struct {
	url string
	cmd *exec.Cmd
}

// lockedBuilder takes what several processes write.
type lockedBuilder struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedBuilder) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuilder) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// startCopies starts n copies of a Galley for harbour/notes on g.
func startCopies(t *testing.T, g *githubtest.GitHub, n int) *copies {
	t.Helper()
	c := &copies{t: t, logs: &lockedBuilder{}}
	front := httputil.ReverseProxy{
		FlushInterval: -1,
		Rewrite: func(p *httputil.ProxyRequest) {
			to, _ := url.Parse(c.pick())
			p.SetURL(to)
			p.Out.Host = p.In.Host
			p.SetXForwarded()
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: &front}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	c.url = "http://" + l.Addr().String()
	c.args = []string{"serve", "--addr", "127.0.0.1:0", "--url", c.url, "--repo", githubtest.Owner + "/notes", "--github-api", g.URL,
		"--trusted-proxy", "127.0.0.1", "--log", "warn"}
	for range n {
		c.start()
	}
	t.Cleanup(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, one := range c.running {
			one.cmd.Process.Kill()
			one.cmd.Wait()
		}
	})
	return c
}

// start starts one more copy, and waits until it listens.
func (c *copies) start() {
	c.t.Helper()
	cmd := &exec.Cmd{Path: os.Args[0], Args: append([]string{"galley"}, c.args...), Stderr: c.logs, Dir: c.t.TempDir()}
	cmd.Env = append(os.Environ(), "GITHUB_TOKEN=", "GALLEY_CLIENT_ID="+githubtest.ClientID, "GALLEY_CLIENT_SECRET="+githubtest.ClientSecret, "GALLEY_KEYS="+testKey)
	out, err := cmd.StdoutPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address, _, found := strings.Cut(strings.TrimPrefix(line, "Galley is at "), " ")
	if err != nil || !found {
		c.t.Fatalf("a copy said %q (%v): %s", line, err, c.logs)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = append(c.running, &instance{address, cmd})
}

// pick gives the copy whose turn it is.
func (c *copies) pick() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.running) == 0 {
		return "http://127.0.0.1:1"
	}
	return c.running[int(c.next.Add(1))%len(c.running)].url
}

// kill ends a copy as a power cut would: SIGKILL, with whatever it was doing.
func (c *copies) kill(i int) {
	c.mu.Lock()
	one := c.running[i]
	c.running = append(c.running[:i:i], c.running[i+1:]...)
	c.mu.Unlock()
	one.cmd.Process.Kill()
	one.cmd.Wait()
}

// killAll ends all copies.
func (c *copies) killAll() {
	for c.left() > 0 {
		c.kill(0)
	}
}

func (c *copies) left() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.running)
}

// try does what the page does about an answer that is lost: it asks again. Copies that
// were killed take their time until others are there.
func (v *visitor) try(method, address, body string) string {
	v.t.Helper()
	for end := time.Now().Add(time.Minute); ; {
		status, text, err := v.once(method, address, body)
		lost := err != nil || status >= 500 || strings.Contains(address, "/api/submit") && !strings.Contains(text, `"pull":{`)
		if !lost {
			if status != http.StatusOK {
				v.t.Fatalf("%s %s: %d %s", method, address, status, text)
			}
			return text
		}
		if time.Now().After(end) {
			v.t.Fatalf("%s %s: %d %v %s", method, address, status, err, text)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (v *visitor) once(method, address, body string) (int, string, error) {
	req, err := http.NewRequest(method, v.galley+address, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := v.client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(text), err
}

// A whole session goes through two copies with no stickiness, and either may be
// killed at any point: at each write of a submission, before GitHub has it and
// after.
func TestCopies(t *testing.T) {
	g := githubtest.Start(t)
	repo := g.NewRepo(t, "notes", map[string][]byte{
		"_config.yml":                 []byte("title: Harbour Notes\npermalink: /:year/:year:month:day\n"),
		"_posts/2026-08-16-update.md": []byte("---\ntitle: Week\ndate: 2026-08-16 22:00:00 -0000\n---\n\nText.\n"),
	})
	c := startCopies(t, g, 2)
	v := newVisitor(t, c.url)

	// Begun at one, finished at another that was not there then.
	page := v.begin("/")
	c.kill(0)
	back := v.agree(page, "ana")
	c.kill(0)
	c.start()
	c.start()
	if resp, text := v.do(http.MethodGet, back, nil); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", resp.StatusCode, text)
	}
	for range 4 {
		if site := v.try(http.MethodGet, "/api/site", ""); !strings.Contains(site, `"login":"ana"`) {
			t.Fatal(site)
		}
	}
	v.try(http.MethodGet, "/api/posts", "")
	v.try(http.MethodGet, "/api/post?branch=main&path=_posts/2026-08-16-update.md", "")
	v.try(http.MethodGet, "/frame?branch=main&path=_posts/2026-08-16-update.md", "")

	steps := []githubtest.Fault{
		{Method: http.MethodPost, Path: `/git/refs$`, Accepted: true},
		{Method: http.MethodPut, Path: `/contents/`, Accepted: true},
		{Method: http.MethodPost, Path: `/pulls$`},
	}
	if *long {
		steps = nil
		for _, accepted := range []bool{false, true} {
			for _, step := range []githubtest.Fault{
				{Method: http.MethodGet, Path: `/git/ref/heads`}, {Method: http.MethodPost, Path: `/git/refs$`}, {Method: http.MethodPut, Path: `/contents/`},
				{Method: http.MethodGet, Path: `/pulls$`}, {Method: http.MethodPost, Path: `/pulls$`},
			} {
				step.Accepted = accepted
				steps = append(steps, step)
			}
		}
	}
	for i, step := range steps {
		name := fmt.Sprintf("2026-09-%02d-update", i+1)
		t.Run(fmt.Sprintf("%s %s accepted=%v", step.Method, step.Path, step.Accepted), func(t *testing.T) {
			before := repo.Branches(t)
			killed := make(chan struct{})
			step.Before = func() {
				if !step.Accepted { // all of them: whoever it was has not got further
					go func() { c.killAll(); c.start(); c.start(); close(killed) }()
				}
			}
			if step.Accepted {
				step.Delay = 300 * time.Millisecond // in which GitHub has it, and the copy dies
				step.Before = func() {
					go func() {
						time.Sleep(150 * time.Millisecond)
						c.killAll()
						c.start()
						c.start()
						close(killed)
					}()
				}
			}
			g.Faults.Add(step)
			text := "---\\ntitle: " + name + "\\n---\\n"
			answer := v.try(http.MethodPost, "/api/submit", `{"base":"main","path":"_posts/`+name+`.md","text":"`+text+`","title":"`+name+`","message":""}`)
			select {
			case <-killed:
			case <-time.After(20 * time.Second):
				t.Fatal("no copy was killed")
			}
			again := v.try(http.MethodPost, "/api/submit", `{"base":"main","path":"_posts/`+name+`.md","text":"`+text+`","title":"`+name+`","message":"","earlier":[]}`)
			if pulls := repo.Pulls(t); pulls != i+1 {
				t.Errorf("%d pull requests, want %d\n%s\n%s", pulls, i+1, answer, again)
			}
			if branches := repo.Branches(t); branches != before+1 {
				t.Errorf("%d branches more", branches-before)
			}
			if log := repo.Log(t, "galley/ana/"+name); len(log) != len(repo.Log(t, "main"))+1 {
				t.Errorf("%d commits", len(log))
			}
			if left := g.Faults.Left(""); left != 0 {
				t.Errorf("%d faults were not met", left)
			}
		})
	}
	if out := v.try(http.MethodPost, "/auth/sign-out", "{}"); !strings.Contains(out, `"revoked":true`) || g.OAuth.Live() != 0 {
		t.Error(out)
	}
	for _, secret := range append(g.OAuth.Secrets(), githubtest.ClientSecret, testKey) {
		if secret != "" && strings.Contains(c.logs.String(), secret) {
			t.Error("a secret is in the log")
		}
	}
}

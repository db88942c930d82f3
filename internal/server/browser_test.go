package server_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"

	"strings"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/server"
)

// chromium makes a command that opens an address in a browser without windows.
// Its end is the test's.
func chromium(t *testing.T, address string, flags ...string) *exec.Cmd {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes seconds, and -short is set")
	}
	program, err := exec.LookPath("/usr/lib/chromium/chromium-headless-shell")
	if err != nil {
		program, err = exec.LookPath("chromium")
	}
	if err != nil {
		t.Skip("there is no chromium on this machine: install Debian's package")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	t.Cleanup(cancel)
	profile, err := os.MkdirTemp("", "galley-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The browser's helpers write on for a moment after its end.
		for range 20 {
			if os.RemoveAll(profile) == nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	})
	args := append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
		"--no-first-run", "--user-data-dir=" + profile}, flags...)
	return exec.CommandContext(ctx, program, append(args, address)...)
}

// report is what the frame's script found out about where it runs.
type report struct {
	Title, Origin, Color, Storage, Top string
	Image, Runs                        int
}

// reporting is the frame's script in these tests.
const reporting = `{
globalThis.runs = (globalThis.runs ?? 0) + 1
const me = document.currentScript
addEventListener("load", () => setTimeout(() => {
  const attempt = f => { try { return String(f()) } catch (e) { return e.name } }
  const style = getComputedStyle(document.documentElement)
  parent.postMessage(JSON.stringify({
    title: document.title, origin: self.origin, color: style.getPropertyValue("--accent"),
    image: document.querySelector("img.ours")?.naturalWidth ?? -1,
    storage: attempt(() => localStorage.length), top: attempt(() => top.document.title),
    runs: globalThis.runs,
  }), "*")
  document.title = "patched"
}, 300))
me.remove()
}`

// embedding is the app's script: what the frame says, it tells the test.
const embedding = `
addEventListener("message", e => fetch("/report", {method: "POST", body: e.data + "\n" + document.title}))
`

// embed is an app in small that shows the frame.
func embed(path string) func(*server.Config) {
	return func(c *server.Config) {
		files := assets()
		files["frame-AAAAAAAA.js"] = &fstest.MapFile{Data: []byte(reporting)}
		files["main-BBBBBBBB.js"] = &fstest.MapFile{Data: []byte(embedding)}
		delete(files, "main-BBBBBBBB.js.br")
		delete(files, "main-BBBBBBBB.js.gz")
		files["index-CCCC.html"] = &fstest.MapFile{Data: []byte(`<!doctype html><html><head><title>app</title>
<script src="/app/main-BBBBBBBB.js"></script></head><body><iframe sandbox="allow-scripts" src="/frame?path=` + url.QueryEscape(path) + `"></iframe></body></html>`)}
		c.Assets = files
	}
}

// A hostile post in the frame, in a real browser: its scripts do not run, the
// patcher, the style sheet and the pictures do, and the origin is opaque.
func TestFrameInBrowser(t *testing.T) {
	for _, host := range []string{"localhost", "[::1]"} {
		t.Run(host, func(t *testing.T) {
			const path = "_posts/2026-08-09-hostile.md"
			b := newBench(t, embed(path))
			b.forge.branches["main"][path] = []byte(hostile + "\n<img class=ours src=\"/assets/images/harbour.svg\">\n")
			reports := make(chan string, 10)
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/report" {
					body, _ := io.ReadAll(r.Body)
					reports <- string(body)
					return
				}
				b.ServeHTTP(w, r)
			}))
			if host == "[::1]" {
				l, err := net.Listen("tcp6", "[::1]:0")
				if err != nil {
					t.Skipf("no IPv6 on this machine: %v", err)
				}
				_ = s.Listener.Close()
				s.Listener = l
			}
			s.Start()
			defer s.Close()
			u, _ := url.Parse(s.URL)
			cmd := chromium(t, "http://"+host+":"+u.Port()+"/", "--remote-debugging-port=0")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			defer func() {
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
			}()
			var told string
			select {
			case told = <-reports:
			case <-time.After(30 * time.Second):
				t.Fatalf("the frame did not report\n%s", b.log)
			}
			line, title, _ := strings.Cut(told, "\n")
			var r report
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatalf("%v in %s", err, told)
			}
			if title != "app" {
				t.Errorf("a script of the post reached the app's page: its title is %q", title)
			}
			if r.Title == "pwned" {
				t.Error("a script of the post ran")
			}
			if r.Origin != "null" || r.Storage != "SecurityError" || r.Top != "SecurityError" {
				t.Errorf("the frame is not alone: %+v", r)
			}
			if r.Runs != 1 {
				t.Errorf("the patcher ran %d times: a post can call it", r.Runs)
			}
			if r.Color == "" {
				t.Error("the site's style sheet did not reach the frame")
			}
			if r.Image <= 0 {
				t.Error("the site's picture did not reach the frame")
			}
		})
	}
}

// The frame's address opened alone is as harmless.
func TestFrameAloneInBrowser(t *testing.T) {
	b := newBench(t, embed(""))
	s := httptest.NewServer(b)
	defer s.Close()
	dom, err := chromium(t, s.URL+"/frame?path=_posts/2026-08-09-hostile.md", "--virtual-time-budget=3000", "--dump-dom").Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(dom), "<title>pwned") || !strings.Contains(string(dom), "<title>patched") {
		t.Errorf("opened alone:\n%s", dom)
	}
}

// A post that sends its page elsewhere gets nowhere: the frame may only show
// the server's own documents, so that no other site ever stands where the
// writer's page should.
func TestFrameStaysInBrowser(t *testing.T) {
	visited := make(chan string, 10)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		visited <- r.Header.Get("Sec-Fetch-Dest") + " " + r.URL.Path
	}))
	defer elsewhere.Close()
	const path = "_posts/2026-08-09-hostile.md"
	b := newBench(t, embed(path))
	b.forge.branches["main"][path] = []byte(strings.ReplaceAll(`<meta http-equiv="refresh" content="0; url=X/refresh">
<iframe src="X/iframe"></iframe><object data="X/object"></object><embed src="X/embed">
<link rel="stylesheet" href="X/style"><img src="X/image"><script src="X/script"></script>
<svg><use href="X/use#a"></use></svg><video src="X/video"></video>
`, "X", elsewhere.URL))
	framed := make(chan bool, 10)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.ServeHTTP(w, r)
		if r.URL.Path == "/frame" {
			framed <- true
		}
	}))
	defer s.Close()
	cmd := chromium(t, s.URL, "--remote-debugging-port=0")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	select {
	case <-framed:
	case <-time.After(30 * time.Second):
		t.Fatal("the frame was not loaded")
	}
	select {
	case what := <-visited:
		t.Errorf("the browser went to another site: %s", what)
	case <-time.After(1500 * time.Millisecond):
	}
}

// Package githubtest is GitHub for tests, over real HTTP: the emulate npm
// package as a process of its own, and in front of it a proxy that holds every
// request against GitHub's own OpenAPI description, lets the emulator's answers
// say what GitHub's would (see proxy.go), and breaks them on demand (see
// fault.go).
//
// It is for tests alone, and needs web/node_modules. Where that is missing
// tests are skipped, except under CI=true, where they fail.
package githubtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// Owner is the organization of which Ana and Ben are members, so that they may
// push to its repositories. Foreign is one of which Ana is none.
const (
	Owner   = "harbour"
	Foreign = "lighthouse"
)

// Tokens of the three persons. Cam is a member nowhere.
const (
	TokenAna = "gho_SecretOfAna0123456789abcdefghijklmnop"
	TokenBen = "gho_SecretOfBen0123456789abcdefghijklmnop"
	TokenCam = "gho_SecretOfCam0123456789abcdefghijklmnop"
)

// GitHub is a running emulator with its proxy.
type GitHub struct {
	// URL is the proxy's address, for a forge's BaseURL.
	URL      string
	Faults   *Faults
	OAuth    *OAuth
	emulator string // without the proxy
	client   *http.Client
	proxy    *proxy
	asked    atomic.Int64 // requests to the emulator
	said     said
}

// modules finds web/node_modules; it skips or fails the test without.
func modules(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = filepath.Dir(dir)
	}
	dir = filepath.Join(dir, "web", "node_modules")
	for _, need := range []string{"emulate/dist/index.js", "@octokit/openapi/generated/api.github.com.json"} {
		if _, err := os.Stat(filepath.Join(dir, need)); err != nil {
			missing(t, "web/node_modules/"+need+" is missing; run: npm --prefix web ci")
		}
	}
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "node is missing; install Node.js 20 or newer")
	}
	return dir
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip("GitHub cannot be emulated: " + what)
}

// Start starts a GitHub, which ends with the test.
func Start(t *testing.T) *GitHub {
	t.Helper()
	dir := modules(t)
	description, err := loadDescription(filepath.Join(dir, "@octokit/openapi/generated/api.github.com.json"))
	if err != nil {
		t.Fatal(err)
	}
	seed := filepath.Join(t.TempDir(), "seed.json")
	users := []any{
		map[string]any{"login": "ana", "name": "Ana Müller", "email": "ana@example.org"},
		map[string]any{"login": "ben", "name": "Ben", "email": "ben@example.org"},
		map[string]any{"login": "cam", "name": "Cam", "email": "cam@example.org"},
	}
	members := []any{map[string]any{"login": "ana", "role": "admin"}, map[string]any{"login": "ben", "role": "admin"}}
	for n := range Writers {
		login := writerLogin(n + 1)
		users = append(users, map[string]any{"login": login, "name": "Writer " + login, "email": login + "@example.org"})
		members = append(members, map[string]any{"login": login, "role": "admin"})
	}
	text, err := json.Marshal(map[string]any{
		"tokens": tokens(),
		"github": map[string]any{
			"users": users,
			"orgs": []any{
				map[string]any{"login": Owner, "name": "Harbour", "members": members},
				map[string]any{"login": Foreign, "name": "Lighthouse", "members": []any{map[string]any{"login": "ben", "role": "admin"}}},
			},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(seed, text, 0o600); err != nil {
		t.Fatal(err)
	}

	g := &GitHub{client: &http.Client{Timeout: 30 * time.Second}, Faults: &Faults{}}
	g.emulator = startEmulator(t, dir, seed)
	g.proxy = newProxy(t, g, description)
	g.OAuth = newOAuth(g, g.proxy)
	server := httptest.NewServer(g.OAuth)
	t.Cleanup(server.Close)
	g.URL = server.URL
	return g
}

// The emulator counts 5,000 requests an hour for each token, and has no switch
// for that; a test needs more. So each person has many tokens there, and uses
// one after the other.
const (
	spares   = 100
	spareFor = 4000 // requests
)

func tokens() map[string]any {
	all := map[string]any{}
	for token, login := range map[string]string{TokenAna: "ana", TokenBen: "ben", TokenCam: "cam"} {
		all[token] = map[string]any{"login": login, "scopes": []string{"repo", "user"}}
		for n := range spares {
			all[spare(token, n)] = map[string]any{"login": login, "scopes": []string{"repo", "user"}}
		}
	}
	for n := range Writers {
		all[WriterToken(n+1)] = map[string]any{"login": writerLogin(n + 1), "scopes": []string{"repo", "user"}}
	}
	return all
}

func spare(token string, n int) string { return fmt.Sprintf("%s%d", token, n) }

// fresh gives the token that a person's next request to the emulator is to have;
// tokens of others are left as they are.
func (g *GitHub) fresh(token string) string {
	if token != TokenAna && token != TokenBen && token != TokenCam {
		return token
	}
	return spare(token, int(g.asked.Add(1)/spareFor)%spares)
}

// startEmulator starts the process on a free port and waits until it answers.
func startEmulator(t *testing.T, dir, seed string) string {
	t.Helper()
	for try := 1; ; try++ {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := listener.Addr().(*net.TCPAddr).Port
		listener.Close()
		address := fmt.Sprintf("http://127.0.0.1:%d", port)
		var output bytes.Buffer
		cmd := exec.Command("node", filepath.Join(dir, "emulate/dist/index.js"),
			"--service", "github", "--port", fmt.Sprint(port), "--seed", seed, "--base-url", address)
		cmd.Stdout, cmd.Stderr = &output, &output
		cmd.Dir = t.TempDir()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { cmd.Wait(); close(ended) }()
		if answers(address, ended) {
			t.Cleanup(func() { cmd.Process.Kill(); <-ended })
			return address
		}
		cmd.Process.Kill()
		<-ended
		if try == 3 { // somebody else may have taken the port
			t.Fatalf("the GitHub emulator does not start: %s", output.String())
		}
	}
}

func answers(address string, ended <-chan struct{}) bool {
	client := &http.Client{Timeout: time.Second}
	for range 600 {
		if resp, err := client.Get(address + "/rate_limit"); err == nil {
			resp.Body.Close()
			return true
		}
		select {
		case <-ended:
			return false
		case <-time.After(50 * time.Millisecond):
		}
	}
	return false
}

// Call asks the emulator itself, as Ben, and fails the test on an error.
func (g *GitHub) Call(t *testing.T, method, path string, body, answer any) {
	t.Helper()
	if status, text := g.call(t, TokenBen, method, path, body, answer); status >= 400 {
		t.Fatalf("%s %s: %d %s", method, path, status, text)
	}
}

func (g *GitHub) call(t *testing.T, token, method, path string, body, answer any) (int, string) {
	t.Helper()
	status, text, era := http.StatusOK, "", 0
	there := false
	if method == http.MethodGet {
		text, there, era = g.said.find(token, path)
	}
	if !there {
		g.said.during(method, path, func() { status, text = g.ask(t, token, method, path, body) })
		if method == http.MethodGet && status == http.StatusOK {
			g.said.keep(token, path, text, era)
		}
	}
	if answer != nil && status < 400 {
		if err := json.Unmarshal([]byte(text), answer); err != nil {
			t.Fatalf("%s %s: %v in %s", method, path, err, text)
		}
	}
	return status, text
}

// ask asks the emulator itself.
func (g *GitHub) ask(t *testing.T, token, method, path string, body any) (int, string) {
	t.Helper()
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, g.emulator+path, reader)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+g.fresh(token))
	resp, err := g.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// Direct is the emulator's own address, without the proxy.
func (g *GitHub) Direct() string { return g.emulator }

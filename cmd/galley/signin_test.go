package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"galley/internal/forge/github/githubtest"
)

const (
	testKey  = "k0VdGmVxq2Zb8rJw3nYt5LhSfA7cPzXoE1uIiTgR9MQ="
	otherKey = "Zb8rJw3nYt5LhSfA7cPzXoE1uIiTgR9MQk0VdGmVxq2="
)

// visitor is a browser as far as signing in goes: it keeps cookies and follows
// redirects, and shows none of this to scripts.
type visitor struct {
	t      *testing.T
	client *http.Client
	galley string
	seen   strings.Builder // all that a page, an address or a script could read
}

func newVisitor(t *testing.T, galley string) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, galley: galley}
	v.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return v
}

func (v *visitor) do(method, address string, body io.Reader, header ...string) (*http.Response, string) {
	v.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = v.galley + address
	}
	req, err := http.NewRequest(method, address, body)
	if err != nil {
		v.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	fmt.Fprintln(&v.seen, address, resp.Header.Get("Location"), string(text))
	return resp, string(text)
}

func (v *visitor) get(address string) (int, string) {
	v.t.Helper()
	resp, text := v.do(http.MethodGet, address, nil)
	return resp.StatusCode, text
}

func (v *visitor) post(address, body string) (int, string) {
	v.t.Helper()
	resp, text := v.do(http.MethodPost, address, strings.NewReader(body), "Content-Type", "application/json")
	return resp.StatusCode, text
}

// begin goes to GitHub's page, and gives the address that it has.
func (v *visitor) begin(to string) string {
	v.t.Helper()
	resp, _ := v.do(http.MethodGet, "/auth/start?"+url.Values{"to": {to}}.Encode(), nil)
	if resp.StatusCode != http.StatusSeeOther {
		v.t.Fatalf("/auth/start: %d", resp.StatusCode)
	}
	return resp.Header.Get("Location")
}

var hiddenField = regexp.MustCompile(`name="(login|redirect_uri|scope|state|client_id)" value="([^"]*)"`)

// agree presses a person's button on GitHub's page, and gives the address to
// which GitHub sends the browser.
func (v *visitor) agree(page, login string) string {
	v.t.Helper()
	at, err := url.Parse(page)
	if err != nil {
		v.t.Fatal(err)
	}
	_, text := v.get(page)
	for form := range strings.SplitSeq(text, "</form>") {
		fields := url.Values{}
		for _, m := range hiddenField.FindAllStringSubmatch(form, -1) {
			fields.Set(m[1], strings.ReplaceAll(m[2], "&amp;", "&"))
		}
		if fields.Get("login") != login {
			continue
		}
		resp, _ := v.do(http.MethodPost, at.ResolveReference(&url.URL{Path: "/login/oauth/callback"}).String(), strings.NewReader(fields.Encode()), "Content-Type", "application/x-www-form-urlencoded")
		return resp.Header.Get("Location")
	}
	v.t.Fatalf("GitHub's page has no button for %s: %s", login, text)
	return ""
}

// signIn signs in and gives the address that it ends at.
func (v *visitor) signIn(login, to string) string {
	v.t.Helper()
	resp, text := v.do(http.MethodGet, v.agree(v.begin(to), login), nil)
	if resp.StatusCode != http.StatusSeeOther {
		v.t.Fatalf("signing in: %d %s", resp.StatusCode, text)
	}
	return resp.Header.Get("Location")
}

// cookies are the names and values that the visitor has for Galley.
func (v *visitor) cookies() map[string]string {
	u, _ := url.Parse(v.galley)
	all := map[string]string{}
	for _, c := range v.client.Jar.Cookies(u) {
		if strings.Contains(c.Name, "galley") { // GitHub is at the same host here
			all[c.Name] = c.Value
		}
	}
	return all
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// hosted starts a GitHub and a Galley that people sign in to.
func hosted(t *testing.T, args ...string) (*githubtest.GitHub, *githubtest.Repo, *started) {
	t.Helper()
	g := githubtest.Start(t)
	repo := g.NewRepo(t, "notes", map[string][]byte{
		"_config.yml":                 []byte("title: Harbour Notes\npermalink: /:year/:year:month:day\n"),
		"_posts/2026-08-16-update.md": []byte("---\ntitle: Week\ndate: 2026-08-16 22:00:00 -0000\n---\n\nText.\n"),
		"assets/site.css":             []byte("p { color: teal }\n"),
	})
	t.Setenv("GITHUB_TOKEN", "")
	t.Setenv("GALLEY_CLIENT_ID", githubtest.ClientID)
	t.Setenv("GALLEY_CLIENT_SECRET", githubtest.ClientSecret)
	t.Setenv("GALLEY_KEYS", testKey)
	s := start(t, append([]string{"--addr", freePort(t), "--repo", githubtest.Owner + "/notes", "--github-api", g.URL}, args...)...)
	return g, repo, s
}

const submission = `{"base":"main","path":"_posts/2026-08-23-update.md","text":"---\ntitle: Next\n---\n","title":"Next week","message":""}`

// A whole session: sign in, write, sign out. The token is in the sealed cookie
// and nowhere else.
func TestSignIn(t *testing.T) {
	g, repo, s := hosted(t, "--log", "debug")
	v := newVisitor(t, s.url)
	if status, text := v.get("/api/site"); status != http.StatusUnauthorized || !strings.Contains(text, `"kind":"unauthorized"`) {
		t.Fatalf("without a sign-in: %d %s", status, text)
	}
	_, text := v.get("/auth/session")
	if !strings.Contains(text, `"person":null`) || !strings.Contains(text, "the contents and the pull requests of harbour/notes") {
		t.Fatal(text)
	}
	const to = "/edit?branch=main&path=_posts/2026-08-16-update.md"
	if got := v.signIn("ana", to); got != to {
		t.Errorf("it ended at %q", got)
	}
	if len(v.cookies()) != 1 {
		t.Errorf("cookies: %v", v.cookies())
	}
	if status, text := v.get("/api/site"); status != http.StatusOK || !strings.Contains(text, `"login":"ana"`) || !strings.Contains(text, `"signIn":true`) {
		t.Fatalf("%d %s", status, text)
	}
	if status, text := v.post("/api/submit", submission); status != http.StatusOK || !strings.Contains(text, `"pull":{"number":1,`) {
		t.Fatalf("%d %s", status, text)
	}
	if n := repo.Pulls(t); n != 1 {
		t.Errorf("%d pull requests", n)
	}
	secrets := g.OAuth.Secrets()
	if len(secrets) != 3 {
		t.Fatalf("%d secrets", len(secrets))
	}
	session := v.cookies()["galley-session"]
	if status, text := v.post("/auth/sign-out", "{}"); status != http.StatusOK || !strings.Contains(text, `"revoked":true`) {
		t.Fatalf("%d %s", status, text)
	}
	if len(v.cookies()) != 0 || g.OAuth.Live() != 0 {
		t.Errorf("signed out: %d tokens are good, cookies %v", g.OAuth.Live(), v.cookies())
	}
	// A copy of the cookie is worth nothing any more, either.
	u, _ := url.Parse(s.url)
	v.client.Jar.SetCookies(u, []*http.Cookie{{Name: "galley-session", Value: session}})
	if status, _ := v.get("/api/branches"); status != http.StatusUnauthorized {
		t.Errorf("a copied cookie after signing out: %d", status)
	}
	s.stop()
	<-s.done
	s.done <- 0
	for _, secret := range append(secrets, githubtest.ClientSecret, testKey) {
		if strings.Contains(v.seen.String()+s.stderr.String(), secret) {
			t.Errorf("a secret is in a page, an address or the log: %.8s...", secret)
		}
	}
}

// What comes back from GitHub must belong to an attempt of this browser.
func TestSignInState(t *testing.T) {
	_, _, s := hosted(t)
	ana, mallory := newVisitor(t, s.url), newVisitor(t, s.url)
	refused := func(v *visitor, what, address string) {
		t.Helper()
		resp, text := v.do(http.MethodGet, address, nil)
		if resp.StatusCode < 400 || !strings.Contains(text, "Sign in again") || !strings.Contains(text, "not begun in this browser") {
			t.Errorf("%s: %d %s", what, resp.StatusCode, text)
		}
		if _, in := v.cookies()["galley-session"]; in {
			t.Errorf("%s: signed in", what)
		}
		if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
			t.Errorf("%s: policy %q", what, csp)
		}
	}
	theirs := mallory.agree(mallory.begin("/"), "ben")
	refused(ana, "another browser's", theirs)
	refused(ana, "no state", "/auth/callback?code=abc")
	refused(ana, "a state of nobody", "/auth/callback?code=abc&state="+strings.Repeat("x", 32))
	mine := ana.agree(ana.begin("/"), "ana")
	changed, _ := url.Parse(mine)
	q := changed.Query()
	q.Set("state", q.Get("state")[:20]+"AAAAAAAAAAAA")
	changed.RawQuery = q.Encode()
	before := ana.cookies()
	refused(ana, "half a state", changed.String())
	// Two windows at once: both end well, and each once.
	u, _ := url.Parse(s.url)
	for name, value := range before {
		ana.client.Jar.SetCookies(u, []*http.Cookie{{Name: name, Value: value}})
	}
	second := ana.agree(ana.begin("/?branch=x"), "ana")
	for address, to := range map[string]string{mine: "/", second: "/?branch=x"} {
		if resp, text := ana.do(http.MethodGet, address, nil); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != to {
			t.Errorf("%d %s", resp.StatusCode, text)
		}
	}
	if resp, text := ana.do(http.MethodGet, mine, nil); resp.StatusCode != http.StatusForbidden || !strings.Contains(text, "used already") {
		t.Errorf("replayed: %d %s", resp.StatusCode, text)
	}
	if resp, text := newVisitor(t, s.url).do(http.MethodGet, "/auth/start?to=/", nil, "Sec-Fetch-Site", "cross-site"); resp.Header.Get("Location") != "/" || len(resp.Cookies()) != 0 {
		t.Errorf("begun by another site: %v %s", resp.Header, text)
	}
}

// Whoever says no at GitHub is told so, and comes back to where they were.
func TestSignInDeclined(t *testing.T) {
	_, _, s := hosted(t)
	v := newVisitor(t, s.url)
	page, _ := url.Parse(v.begin("/edit?path=x"))
	resp, text := v.do(http.MethodGet, "/auth/callback?error=access_denied&state="+page.Query().Get("state"), nil)
	if resp.StatusCode != http.StatusForbidden || !strings.Contains(text, "did not let Galley in") || !strings.Contains(text, `href="/edit?path=x"`) {
		t.Errorf("%d %s", resp.StatusCode, text)
	}
	page, _ = url.Parse(v.begin("/"))
	if resp, text := v.do(http.MethodGet, "/auth/callback?error=<script>&state="+page.Query().Get("state"), nil); resp.StatusCode != http.StatusServiceUnavailable || strings.Contains(text, "script") {
		t.Errorf("%d %s", resp.StatusCode, text)
	}
}

// Expired tokens are renewed on request; a refresh token that was used already
// signs nobody out.
func TestSignInRenewed(t *testing.T) {
	g, _, s := hosted(t)
	v := newVisitor(t, s.url)
	v.signIn("ana", "/")
	g.OAuth.Expire()
	if status, text := v.get("/api/branches"); status != http.StatusUnauthorized {
		t.Fatalf("expired: %d %s", status, text)
	}
	late := newVisitor(t, s.url) // another tab, whose answer comes late
	u, _ := url.Parse(s.url)
	late.client.Jar.SetCookies(u, v.client.Jar.Cookies(u))
	var before, after struct{ Issued int64 }
	_, text := v.get("/auth/session")
	if err := json.Unmarshal([]byte(text), &before); err != nil || !strings.Contains(text, `"renewable":true`) {
		t.Fatal(text)
	}
	status, text := v.post("/auth/renew", "{}")
	if err := json.Unmarshal([]byte(text), &after); status != http.StatusOK || err != nil {
		t.Fatalf("%d %s", status, text)
	}
	if status, text := v.get("/api/branches"); status != http.StatusOK {
		t.Fatalf("renewed: %d %s", status, text)
	}
	kept := late.cookies()["galley-session"]
	resp, text := late.do(http.MethodPost, "/auth/renew", strings.NewReader("{}"), "Content-Type", "application/json")
	if resp.StatusCode != http.StatusUnauthorized || len(resp.Cookies()) != 0 || late.cookies()["galley-session"] != kept || g.OAuth.Refused() != 1 {
		t.Errorf("late: %d %v %s", resp.StatusCode, resp.Cookies(), text)
	}
	g.Faults.Add(githubtest.Fault{Method: http.MethodPost, Path: "/login/oauth/access_token", Status: http.StatusBadGateway})
	if status, text := v.post("/auth/renew", "{}"); status != http.StatusServiceUnavailable {
		t.Errorf("GitHub has a fault: %d %s", status, text)
	}
	if status, text := v.get("/api/branches"); status != http.StatusOK {
		t.Errorf("after a fault: %d %s", status, text)
	}
	// Signing out of a session that has expired revokes what could renew it.
	g.OAuth.Expire()
	if status, text := v.post("/auth/sign-out", "{}"); status != http.StatusOK {
		t.Errorf("%d %s", status, text)
	}
}

// A page of one person does nothing as another who signed in meanwhile.
func TestSignInOtherPerson(t *testing.T) {
	_, repo, s := hosted(t)
	v := newVisitor(t, s.url)
	v.signIn("ben", "/")
	resp, text := v.do(http.MethodPost, "/api/submit", strings.NewReader(submission), "Content-Type", "application/json", "Galley-Person", "ana")
	if resp.StatusCode != http.StatusUnauthorized || !strings.Contains(text, "ben is signed in now") || repo.Pulls(t) != 0 {
		t.Errorf("%d %s", resp.StatusCode, text)
	}
	for _, address := range []string{"/auth/renew", "/auth/sign-out"} {
		resp, text := v.do(http.MethodPost, address, strings.NewReader("{}"), "Content-Type", "application/json", "Galley-Person", "ana")
		if resp.StatusCode != http.StatusUnauthorized || !strings.Contains(text, "ben is signed in now") || len(resp.Cookies()) != 0 {
			t.Errorf("%s: %d %s", address, resp.StatusCode, text)
		}
	}
	if status, _ := v.get("/api/branches"); status != http.StatusOK {
		t.Errorf("ben is signed out by ana's page: %d", status)
	}
	if resp, text := v.do(http.MethodPost, "/auth/sign-out", strings.NewReader("{}"), "Content-Type", "application/json", "Galley-Person", "Ben"); resp.StatusCode != http.StatusOK {
		t.Errorf("ben's own page: %d %s", resp.StatusCode, text)
	}
}

// Keys rotate: a new one in front seals, the old one still opens.
func TestSignInKeys(t *testing.T) {
	g, _, s := hosted(t)
	v := newVisitor(t, s.url)
	v.signIn("ana", "/")
	u, _ := url.Parse(s.url)
	cookies := v.client.Jar.Cookies(u)
	for keys, want := range map[string]int{otherKey + "," + testKey: http.StatusOK, otherKey: http.StatusUnauthorized} {
		t.Setenv("GALLEY_KEYS", keys)
		other := start(t, "--addr", freePort(t), "--repo", githubtest.Owner+"/notes", "--github-api", g.URL)
		w := newVisitor(t, other.url)
		at, _ := url.Parse(other.url)
		w.client.Jar.SetCookies(at, cookies)
		if status, text := w.get("/api/branches"); status != want {
			t.Errorf("with %d keys: %d %s", strings.Count(keys, ",")+1, status, text)
		}
	}
}

// What the preview frame loads comes without cookies: it gets what is public.
func TestSignInPublicFiles(t *testing.T) {
	_, _, s := hosted(t)
	v := newVisitor(t, s.url)
	if status, text := v.get("/assets/site.css"); status != http.StatusOK || !strings.Contains(text, "teal") {
		t.Errorf("%d %s", status, text)
	}
	if status, _ := v.get("/frame?path=_posts/2026-08-16-update.md"); status != http.StatusUnauthorized {
		t.Errorf("a page without a sign-in: %d", status)
	}
}

// Whatever is wrong with the configuration is said at the start, all of it, in
// sentences without secrets.
func TestServeChecks(t *testing.T) {
	g := githubtest.Start(t)
	g.NewRepo(t, "notes", map[string][]byte{"_config.yml": []byte("title: Notes\n")})
	whole := map[string]string{
		"GITHUB_TOKEN": "", "GALLEY_REPO": githubtest.Owner + "/notes", "GALLEY_GITHUB_API": g.URL, "GALLEY_ADDR": "127.0.0.1:0",
		"GALLEY_URL": "https://galley.example.org", "GALLEY_CLIENT_ID": githubtest.ClientID, "GALLEY_CLIENT_SECRET": githubtest.ClientSecret, "GALLEY_KEYS": testKey,
	}
	file := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(file, []byte(testKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		change map[string]string
		says   []string
	}{
		{map[string]string{"GALLEY_CLIENT_ID": ""}, []string{"--client-id (GALLEY_CLIENT_ID) is missing"}},
		{map[string]string{"GALLEY_CLIENT_SECRET": ""}, []string{"GALLEY_CLIENT_SECRET (or GALLEY_CLIENT_SECRET_FILE) is missing"}},
		{map[string]string{"GALLEY_KEYS": ""}, []string{"there is no key; make one with: openssl rand -base64 32"}},
		{map[string]string{"GALLEY_KEYS": "abc"}, []string{"key 1 has 3 characters"}},
		{map[string]string{"GALLEY_KEYS_FILE": file}, []string{"GALLEY_KEYS and GALLEY_KEYS_FILE are both set"}},
		{map[string]string{"GALLEY_KEYS": "", "GALLEY_KEYS_FILE": file + "x"}, []string{"GALLEY_KEYS_FILE cannot be read"}},
		{map[string]string{"GALLEY_URL": ""}, []string{"--url (GALLEY_URL) is missing"}},
		{map[string]string{"GALLEY_URL": "http://galley.example.org"}, []string{"has to begin with https://"}},
		{map[string]string{"GALLEY_URL": "https://example.org/galley"}, []string{"has to be a host alone"}},
		{map[string]string{"GALLEY_URL": "galley.example.org"}, []string{"has to be an address such as"}},
		{map[string]string{"GITHUB_TOKEN": "gho_secretSecret"}, []string{"GITHUB_TOKEN is set beside settings for signing in"}},
		{map[string]string{"GALLEY_REPO": ""}, []string{"name it with --repo OWNER/NAME"}},
		{map[string]string{"GALLEY_REPO": "notes"}, []string{"write it as OWNER/NAME"}},
		{map[string]string{"GALLEY_APP": "app"}, []string{`--app is "app"`}},
		{map[string]string{"GALLEY_PRIVATE": "true"}, []string{"--private is for OAuth Apps"}},
		{map[string]string{"GALLEY_PRIVATE": "perhaps"}, []string{`GALLEY_PRIVATE is "perhaps"`}},
		{map[string]string{"GALLEY_TRUSTED_PROXY": "proxy.example.org"}, []string{"--trusted-proxy"}},
		{map[string]string{"GALLEY_GITHUB_API": "http://github.example.org/"}, []string{"--github-api"}},
		{map[string]string{"GALLEY_CLIENT_ID": "", "GALLEY_KEYS": "abc", "GALLEY_URL": "x"}, []string{"the configuration has faults", "--client-id", "key 1", "--url"}},
		{map[string]string{"GALLEY_REPO": "", "GALLEY_CLIENT_ID": "", "GALLEY_CLIENT_SECRET": "", "GALLEY_KEYS": "", "GALLEY_GITHUB_API": ""}, []string{"name it with --repo", "--client-id (GALLEY_CLIENT_ID) is missing"}},
		{map[string]string{
			"GALLEY_REPO": "https://github.com/harbour/notes", "GALLEY_URL": "http://galley.example.org", "GALLEY_KEYS": testKey + " short", "GALLEY_APP": "foo",
			"GALLEY_TRUSTED_PROXY": "proxy.example.org", "GALLEY_PRIVATE": "perhaps", "GALLEY_CLIENT_SECRET": "", "GALLEY_CLIENT_SECRET_FILE": file + "x",
		}, []string{
			"write it as OWNER/NAME", "has to begin with https://", "key 2", `--app is "foo"`, "--trusted-proxy", `GALLEY_PRIVATE is "perhaps"`, "GALLEY_CLIENT_SECRET_FILE cannot be read",
		}},
		{map[string]string{"GALLEY_CLIENT_SECRET": "anotherSecretOfTheApp"}, []string{"does not accept the client id with this secret"}},
		{map[string]string{"GALLEY_APP": "oauth-app", "GALLEY_REPO": githubtest.Owner + "/none"}, []string{"shows no public repository harbour/none"}},
	} {
		for name, value := range whole {
			t.Setenv(name, value)
		}
		t.Setenv("GALLEY_KEYS_FILE", "")
		t.Setenv("GALLEY_CLIENT_SECRET_FILE", "")
		t.Setenv("GALLEY_APP", "")
		t.Setenv("GALLEY_PRIVATE", "false")
		t.Setenv("GALLEY_TRUSTED_PROXY", "")
		for name, value := range c.change {
			t.Setenv(name, value)
		}
		root := newRootCommand()
		root.SetArgs([]string{"serve"})
		var stderr strings.Builder
		root.SetErr(&stderr)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		code := run(ctx, root)
		cancel()
		for _, says := range c.says {
			if code == 0 || !strings.Contains(stderr.String(), says) {
				t.Errorf("%v: it does not say %q but (%d) %s", c.change, says, code, stderr.String())
			}
		}
		for _, secret := range []string{"ecretSecret", "ecretOfTheApp", testKey} {
			if strings.Contains(stderr.String(), secret) {
				t.Errorf("%v: a secret is told: %s", c.change, stderr.String())
			}
		}
	}
}

func TestGitHubAddresses(t *testing.T) {
	for api, want := range map[string]string{
		"": "https://api.github.com/ https://github.com/", "https://github.example.org/api/v3": "https://github.example.org/api/v3/ https://github.example.org/",
		"https://api.octocorp.ghe.com/": "https://api.octocorp.ghe.com/ https://octocorp.ghe.com/", "http://127.0.0.1:4000": "http://127.0.0.1:4000/ http://127.0.0.1:4000/",
	} {
		a, w, err := githubAddresses(api)
		if err != nil || a.String()+" "+w.String() != want {
			t.Errorf("%q: %v %v %v", api, a, w, err)
		}
	}
}

// An OAuth App asks for public repositories alone, and who has no right to
// write works from a fork.
func TestSignInOAuthApp(t *testing.T) {
	g, repo, s := hosted(t, "--app", "oauth-app")
	g.OAuth.NeverExpire()
	v := newVisitor(t, s.url)
	if _, text := v.get("/auth/session"); !strings.Contains(text, "“public_repo”") {
		t.Error(text)
	}
	page := v.begin("/")
	if at, err := url.Parse(page); err != nil || at.Query().Get("scope") != "public_repo" {
		t.Error(page)
	}
	if resp, text := v.do(http.MethodGet, v.agree(page, "cam"), nil); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", resp.StatusCode, text)
	}
	if _, text := v.get("/auth/session"); !strings.Contains(text, `"expiresIn":null,"renewable":false`) {
		t.Error(text)
	}
	if status, text := v.post("/api/submit", submission); status != http.StatusOK || !strings.Contains(text, `"pull":{"number":1,`) || !strings.Contains(text, `"branch":"cam:galley/`) {
		t.Fatalf("%d %s", status, text)
	}
	if repo.Pulls(t) != 1 || repo.Branches(t) != 1 {
		t.Errorf("%d pull requests, %d branches", repo.Pulls(t), repo.Branches(t))
	}
	if status, text := v.post("/auth/renew", "{}"); status != http.StatusUnauthorized {
		t.Errorf("%d %s", status, text)
	}
	if status, text := v.post("/auth/sign-out", "{}"); status != http.StatusOK || g.OAuth.Live() != 0 {
		t.Errorf("%d %s", status, text)
	}
}

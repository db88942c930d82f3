package signin

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"galley/internal/forge"
)

const (
	oldKey = "k0VdGmVxq2Zb8rJw3nYt5LhSfA7cPzXoE1uIiTgR9MQ="
	newKey = "Zb8rJw3nYt5LhSfA7cPzXoE1uIiTgR9MQk0VdGmVxq2="
)

func keys(t testing.TB, text string) *Keys {
	t.Helper()
	k, err := ParseKeys(text)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestKeysRotate(t *testing.T) {
	was, now, later := keys(t, oldKey), keys(t, newKey+"\n"+oldKey+"\n"), keys(t, newKey)
	text := was.Seal("session", []byte("ana"))
	if again := was.Seal("session", []byte("ana")); again == text {
		t.Error("the same text is sealed the same way twice")
	}
	if data, err := now.Open("session", text); err != nil || string(data) != "ana" {
		t.Errorf("%q %v", data, err)
	}
	if _, err := later.Open("session", text); err != ErrSeal {
		t.Errorf("without its key: %v", err)
	}
	if data, err := later.Open("session", now.Seal("session", []byte("ana"))); err != nil || string(data) != "ana" {
		t.Errorf("the first key does not seal: %q %v", data, err)
	}
	if _, err := was.Open("attempt", text); err != ErrSeal {
		t.Errorf("for another purpose: %v", err)
	}
}

func TestParseKeys(t *testing.T) {
	for text, says := range map[string]string{
		"":                              "no key",
		" ,\n":                          "no key",
		"short":                         "key 1 has 5 characters",
		oldKey + " secret":              "key 2 has 6 characters",
		strings.Repeat("ab", 30):        "key 1 is not random",
		oldKey + "," + oldKey:           "key 2 is there twice",
		newKey + "\t" + oldKey + "\r\n": "",
	} {
		k, err := ParseKeys(text)
		if (says == "") != (err == nil) || err != nil && (!strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%q: %v", text, err)
		}
		if k != nil && strings.Contains(fmt.Sprintf("%v %+v %#v", k, k, k), "Zb8") {
			t.Error("keys are printed")
		}
	}
}

func testSignIn(t testing.TB, key, address string, now time.Time) *SignIn {
	t.Helper()
	at := func(text string) *url.URL {
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	s, err := New(Config{
		Kind: GitHubApp, ClientID: "Iv1", ClientSecret: "s", Repository: "harbour/notes", URL: at(address),
		API: at("https://api.github.com/"), Web: at("https://github.com/"), Keys: keys(t, key), Clock: func() time.Time { return now },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func with(cookies ...*http.Cookie) *http.Request {
	r, _ := http.NewRequest(http.MethodGet, "/", nil)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	return r
}

func TestSession(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	s := testSignIn(t, oldKey, "https://galley.example.org", now)
	want := Session{Login: "ana", Token: "ghu_abc", Refresh: "ghr_def", Issued: now, Expires: now.Add(8 * time.Hour), Ends: now.Add(Lifetime)}
	c, err := s.Keep(want)
	if err != nil {
		t.Fatal(err)
	}
	if c.Name != "__Host-galley-session" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != int(Lifetime/time.Second) {
		t.Errorf("%#v", c)
	}
	if got, err := s.Session(with(c)); err != nil || got != want {
		t.Errorf("%v %v", got, err)
	}
	if text := fmt.Sprintf("%v %+v %#v %s", want, want, want, want); strings.Contains(text, "gh") {
		t.Errorf("a token is printed: %s", text)
	}
	for what, other := range map[string]*SignIn{
		"another key": testSignIn(t, newKey, "https://galley.example.org", now),
		"a month on":  testSignIn(t, oldKey, "https://galley.example.org", now.Add(Lifetime)),
		"without TLS": testSignIn(t, oldKey, "http://127.0.0.1:8080", now),
		"another app": func() *SignIn {
			o := testSignIn(t, oldKey, "https://galley.example.org", now)
			o.ClientID = "Iv2"
			return o
		}(),
		"no cookie":    nil,
		"half of it":   nil,
		"an attempt's": nil,
	} {
		r := with(c)
		switch what {
		case "no cookie":
			r, other = with(), s
		case "half of it":
			r, other = with(&http.Cookie{Name: c.Name, Value: c.Value[:len(c.Value)/2]}), s
		case "an attempt's":
			_, attempt := s.Begin("/")
			r, other = with(&http.Cookie{Name: c.Name, Value: attempt.Value}), s
		}
		if got, err := other.Session(r); err == nil {
			t.Errorf("%s: opened as %v", what, got)
		}
	}
	if _, err := s.Keep(Session{Token: strings.Repeat("x", 5000), Ends: now.Add(time.Hour)}); err == nil {
		t.Error("a cookie that no browser keeps")
	}
}

func TestBegin(t *testing.T) {
	s := testSignIn(t, oldKey, "https://galley.example.org", time.Unix(1_800_000_000, 0))
	address, c := s.Begin("/edit?path=x")
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if u.Host != "github.com" || u.Path != "/login/oauth/authorize" || q.Get("redirect_uri") != "https://galley.example.org/auth/callback" ||
		q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || len(q.Get("state")) < 32 || q.Has("scope") {
		t.Error(address)
	}
	if !strings.HasPrefix(c.Name, "__Host-galley-attempt-") || c.MaxAge != 600 || !c.HttpOnly || strings.Contains(c.Value, q.Get("state")) {
		t.Errorf("%#v", c)
	}
}

func TestScope(t *testing.T) {
	for _, c := range []struct {
		kind    Kind
		private bool
		scope   string
	}{{GitHubApp, false, ""}, {OAuthApp, false, "public_repo"}, {OAuthApp, true, "repo"}} {
		s := SignIn{Config: Config{Kind: c.kind, Private: c.private, Repository: "harbour/notes"}}
		if s.Scope() != c.scope || !strings.Contains(s.Permission(), "“"+c.scope+"”") && c.scope != "" || !strings.Contains(s.Permission(), "harbour/notes") {
			t.Errorf("%v: %q %q", c, s.Scope(), s.Permission())
		}
	}
}

// Without a network whoever runs Galley is told what is the matter with it.
func TestCheckUnavailable(t *testing.T) {
	s := testSignIn(t, oldKey, "https://galley.example.org", time.Now())
	s.API, _ = url.Parse("http://127.0.0.1:1/")
	err := s.Check(t.Context())
	if !errors.Is(err, forge.ErrUnavailable) || !strings.Contains(err.Error(), "connection refused") || strings.Contains(err.Error(), "what you wrote") {
		t.Error(err)
	}
}

func TestReturnAddress(t *testing.T) {
	for to, want := range map[string]string{
		"/": "/", "/edit?branch=a%2Fb&path=_posts/x.md": "/edit?branch=a%2Fb&path=_posts/x.md", "/pulls/7": "/pulls/7",
		"/edit?branch=100%2525&path=_posts%2Fa+%26+%C3%A4+%25.md": "/edit?branch=100%2525&path=_posts%2Fa+%26+%C3%A4+%25.md",
		"": "/", "edit": "/", "//evil.example": "/", "///evil.example": "/", `/\evil.example`: "/", `\\evil.example`: "/",
		"https://evil.example/": "/", "javascript:alert(1)": "/", "/\t/evil.example": "/", "/%5Cevil": "/%5Cevil",
		"/.//evil.example": "/", "/x/..//evil.example": "/", "/a b": "/", "/\x00": "/", "/" + strings.Repeat("x", 3000): "/",
	} {
		if got := ReturnAddress(to); got != want {
			t.Errorf("%q: %q, want %q", to, got, want)
		}
	}
}

// Whatever a browser sends as a cookie, nothing but what was sealed is opened.
func FuzzOpen(f *testing.F) {
	k, err := ParseKeys(newKey + " " + oldKey)
	if err != nil {
		f.Fatal(err)
	}
	now := time.Unix(1_800_000_000, 0)
	s := testSignIn(f, newKey+" "+oldKey, "https://galley.example.org", now)
	sealed := k.Seal(s.purpose("session"), Session{Login: "ana", Token: "t", Ends: now.Add(time.Hour)}.encode())
	for _, seed := range []string{"", "=", "AAAA", sealed, sealed + "A", sealed[1:], strings.ToUpper(sealed)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := k.Open("session", text); err == nil {
			t.Error("opened for a purpose that nothing was sealed for")
		}
		r := with()
		r.Header.Set("Cookie", s.cookieName(sessionCookie)+"="+text)
		if got, err := s.Session(r); err == nil && (got.Login != "ana" || got.Token != "t") {
			t.Errorf("%q is a session of %v", text, got)
		}
	})
}

// What is sealed is ours, but another version of Galley may have sealed it.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"l":"ana","t":"x","e":1}`))
	f.Add([]byte(`{"s":"x","v":"y","to":"/","u":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if s, err := decodeSession(data); err == nil && (s.Login == "" || s.Token == "") {
			t.Error("a session of nobody")
		}
		if a, err := decodeAttempt(data); err == nil && (a.State == "" || a.Verifier == "") {
			t.Error("an attempt without a state")
		}
	})
}

// A return address never leads to another host, whoever reads it.
func FuzzReturnAddress(f *testing.F) {
	for _, seed := range []string{"/", "//x", `/\x`, "/edit?to=//x", "/%2e%2e//x", "/\u2028", "/?#//x"} {
		f.Add(seed)
	}
	base, _ := url.Parse("https://galley.example.org/auth/callback")
	f.Fuzz(func(t *testing.T, to string) {
		got := ReturnAddress(to)
		u, err := base.Parse(got)
		if err != nil || u.Host != base.Host || u.Scheme != base.Scheme || !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.Contains(got, `\`) {
			t.Errorf("%q leads to %q", to, got)
		}
		if again := ReturnAddress(got); again != got {
			t.Errorf("%q, then %q", got, again)
		}
	})
}

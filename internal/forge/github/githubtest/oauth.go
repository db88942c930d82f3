package githubtest

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Of the app that people sign in to; the emulator knows it by them.
const (
	ClientID     = "Iv23liHarbourGalley00"
	ClientSecret = "SecretOfTheApp0123456789abcdefghijklmnop"
)

// OAuth is how GitHub signs people in. The emulator has the page on which one
// chooses who one is, and codes; the rest GitHub does and it does not, so that
// this does:
//
//   - a code is only good with the verifier of its PKCE challenge;
//   - a GitHub App's tokens expire, and come with a refresh token that works
//     once and ends the old token with it;
//   - tokens can be asked about and revoked by the app;
//   - expired and revoked tokens are answered with 401;
//   - an app may ask for what is public with its id and secret.
type OAuth struct {
	github *GitHub
	next   http.Handler // the proxy of the API

	mu         sync.Mutex
	private    bool
	scopeOnly  bool // an OAuth App: tokens do not expire
	challenges map[string]string
	codes      map[string]string
	tokens     map[string]*grant // by access token
	refreshes  map[string]*grant // by refresh token
	given      []string
	refused    int // renewals with a refresh token that was used
}

// grant is one sign-in of a person, through all of its renewals.
type grant struct {
	login    string
	scope    string
	emulator string // the emulator's token
	token    string
	refresh  string
	expired  bool
}

func newOAuth(g *GitHub, next http.Handler) *OAuth {
	return &OAuth{
		github: g, next: next, challenges: map[string]string{}, codes: map[string]string{},
		tokens: map[string]*grant{}, refreshes: map[string]*grant{},
	}
}

// NeverExpire makes the app an OAuth App: its tokens stay good.
func (o *OAuth) NeverExpire() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.scopeOnly = true
}

// Private shows nothing to who is not signed in.
func (o *OAuth) Private() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.private = true
}

// Expire ends everybody's tokens; they can be renewed.
func (o *OAuth) Expire() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, g := range o.tokens {
		g.expired = true
	}
}

// Revoke ends everybody's tokens for good.
func (o *OAuth) Revoke() {
	o.mu.Lock()
	defer o.mu.Unlock()
	clear(o.tokens)
	clear(o.refreshes)
}

// Live counts the tokens that are good.
func (o *OAuth) Live() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := 0
	for _, g := range o.tokens {
		if !g.expired {
			n++
		}
	}
	return n
}

// Refused counts the renewals that were refused.
func (o *OAuth) Refused() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.refused
}

// Secrets are all tokens that were ever given out.
func (o *OAuth) Secrets() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.given)
}

// Token signs a person in without a browser, and gives the token.
func (o *OAuth) Token(login string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.give(&grant{login: login}).token
}

// ServeHTTP implements http.Handler.
func (o *OAuth) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/login/oauth/"):
		o.web(w, r)
	case strings.HasPrefix(r.URL.Path, "/applications/"):
		o.applications(w, r)
	case r.Header.Get("Sec-Fetch-Mode") != "": // what the emulator's pages load
		o.emulator(w, r)
	default:
		if o.authorize(w, r) {
			o.next.ServeHTTP(w, r)
		}
	}
}

func (o *OAuth) emulator(w http.ResponseWriter, r *http.Request) { o.github.proxy.next.ServeHTTP(w, r) }

// authorize puts the emulator's token in the place of ours, and answers for
// tokens that are no good any more.
func (o *OAuth) authorize(w http.ResponseWriter, r *http.Request) bool {
	if id, secret, ok := r.BasicAuth(); ok {
		if id == ClientID && secret == ClientSecret && r.Method == http.MethodGet {
			r.Header.Del("Authorization")
			return o.shown(w)
		}
		answerJSON(w, http.StatusUnauthorized, map[string]any{"message": "Bad credentials"})
		return false
	}
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		return o.shown(w)
	}
	if token == TokenAna || token == TokenBen || token == TokenCam || isWriter(token) {
		return true
	}
	o.mu.Lock()
	g := o.tokens[token]
	o.mu.Unlock()
	if g == nil || g.expired {
		answerJSON(w, http.StatusUnauthorized, map[string]any{"message": "Bad credentials"})
		return false
	}
	r.Header.Set("Authorization", "Bearer "+tokenOf(g.login)) // by which the proxy knows the person's rights
	return true
}

// shown tells whether everybody sees the repositories, and answers if not.
func (o *OAuth) shown(w http.ResponseWriter) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.private {
		answerJSON(w, http.StatusNotFound, map[string]any{"message": "Not Found"})
	}
	return !o.private
}

// web is the pages and the exchange of codes.
func (o *OAuth) web(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client went away
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if fault := o.github.Faults.take(r); fault != nil {
		if fault.Before != nil {
			fault.Before()
		}
		if fault.Accepted {
			o.webAnswer(httptest.NewRecorder(), r, body)
		}
		if fault.Status == 0 {
			panic(http.ErrAbortHandler) // cuts the connection
		}
		w.WriteHeader(fault.Status)
		io.WriteString(w, fault.Body)
		return
	}
	o.webAnswer(w, r, body)
}

func (o *OAuth) webAnswer(w http.ResponseWriter, r *http.Request, body []byte) {
	switch r.URL.Path {
	case "/login/oauth/authorize":
		q := r.URL.Query()
		if q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || len(q.Get("state")) < 20 {
			o.github.proxy.t.Errorf("a sign-in without PKCE or state: %s", r.URL.RawQuery)
		}
		o.mu.Lock()
		o.challenges[q.Get("state")] = q.Get("code_challenge")
		o.mu.Unlock()
		o.emulator(w, r)
	case "/login/oauth/callback":
		answer := httptest.NewRecorder()
		o.emulator(answer, r)
		if to, err := url.Parse(answer.Header().Get("Location")); err == nil {
			o.mu.Lock()
			o.codes[to.Query().Get("code")] = o.challenges[to.Query().Get("state")]
			o.mu.Unlock()
		}
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		w.Write(answer.Body.Bytes())
	case "/login/oauth/access_token":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			o.github.proxy.t.Errorf("a form that cannot be read: %v", err)
		}
		o.exchange(w, r, form)
	default:
		o.emulator(w, r)
	}
}

// exchange gives tokens for a code or a refresh token.
func (o *OAuth) exchange(w http.ResponseWriter, r *http.Request, form url.Values) {
	if form.Get("client_id") != ClientID || subtle.ConstantTimeCompare([]byte(form.Get("client_secret")), []byte(ClientSecret)) != 1 {
		answerForm(w, url.Values{"error": {"incorrect_client_credentials"}})
		return
	}
	if form.Get("grant_type") == "refresh_token" {
		o.mu.Lock()
		defer o.mu.Unlock()
		old := o.refreshes[form.Get("refresh_token")]
		if old == nil {
			o.refused++
			answerForm(w, url.Values{"error": {"bad_refresh_token"}})
			return
		}
		delete(o.refreshes, old.refresh)
		delete(o.tokens, old.token)
		o.answerGrant(w, o.give(&grant{login: old.login, scope: old.scope, emulator: old.emulator}))
		return
	}
	code := form.Get("code")
	o.mu.Lock()
	challenge, known := o.codes[code]
	delete(o.codes, code)
	o.mu.Unlock()
	sum := sha256.Sum256([]byte(form.Get("code_verifier")))
	if !known || base64.RawURLEncoding.EncodeToString(sum[:]) != challenge {
		answerForm(w, url.Values{"error": {"bad_verification_code"}})
		return
	}
	form.Del("code_verifier")
	inner := httptest.NewRequest(http.MethodPost, r.URL.Path, strings.NewReader(form.Encode()))
	inner.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	inner.Header.Set("Accept", "application/json")
	answer := httptest.NewRecorder()
	o.emulator(answer, inner)
	var got struct {
		Token string `json:"access_token"`
		Scope string
		Error string
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil || got.Token == "" {
		answerForm(w, url.Values{"error": {got.Error}})
		return
	}
	var user struct{ Login string }
	o.github.call(o.github.proxy.t, got.Token, http.MethodGet, "/user", nil, &user)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.answerGrant(w, o.give(&grant{login: user.Login, scope: got.Scope, emulator: got.Token}))
}

// give makes new tokens for a grant. The lock is held.
func (o *OAuth) give(g *grant) *grant {
	var raw [18]byte
	rand.Read(raw[:])
	name := base64.RawURLEncoding.EncodeToString(raw[:])
	if o.scopeOnly {
		g.token = "gho_" + name
	} else {
		g.token, g.refresh = "ghu_"+name, "ghr_"+name
		o.refreshes[g.refresh] = g
	}
	o.tokens[g.token] = g
	o.given = append(o.given, g.token, g.refresh, g.emulator)
	return g
}

func (o *OAuth) answerGrant(w http.ResponseWriter, g *grant) {
	form := url.Values{"access_token": {g.token}, "token_type": {"bearer"}, "scope": {g.scope}}
	if g.refresh != "" {
		form.Set("expires_in", fmt.Sprint(int(8*time.Hour/time.Second)))
		form.Set("refresh_token", g.refresh)
		form.Set("refresh_token_expires_in", fmt.Sprint(15897600))
	}
	answerForm(w, form)
}

// applications is what an app may ask about its tokens.
func (o *OAuth) applications(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client went away
	}
	if err := o.github.proxy.description.check(r, body); err != nil {
		o.github.proxy.t.Errorf("a request is not as GitHub describes it: %v", err)
	}
	if fault := o.github.Faults.take(r); fault != nil && fault.Status != 0 {
		answerJSON(w, fault.Status, map[string]any{"message": "Server Error"})
		return
	}
	if id, secret, _ := r.BasicAuth(); id != ClientID || secret != ClientSecret {
		answerJSON(w, http.StatusUnauthorized, map[string]any{"message": "Bad credentials"})
		return
	}
	var asked struct {
		Token string `json:"access_token"`
	}
	json.Unmarshal(body, &asked)
	o.mu.Lock()
	defer o.mu.Unlock()
	g := o.tokens[asked.Token]
	switch {
	case g == nil || g.expired:
		answerJSON(w, http.StatusNotFound, map[string]any{"message": "Not Found"})
	case r.Method == http.MethodDelete:
		delete(o.tokens, g.token)
		delete(o.refreshes, g.refresh)
		w.WriteHeader(http.StatusNoContent)
	default:
		answerJSON(w, http.StatusOK, map[string]any{"id": 1, "token": g.token, "scopes": strings.Fields(g.scope)})
	}
}

func answerForm(w http.ResponseWriter, form url.Values) {
	w.Header().Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	io.WriteString(w, form.Encode())
}

func answerJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

package signin

import (
	"context"
	"crypto/subtle"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/go-github/v75/github"
	"golang.org/x/oauth2"

	"galley/internal/forge"
)

// Kind is what Galley is to GitHub.
type Kind string

// The two kinds.
const (
	// GitHubApp has its permissions, and the repositories it may touch, from
	// where it is installed; its tokens expire and are renewed.
	GitHubApp Kind = "github-app"
	// OAuthApp asks for a scope, which is for all repositories of the person.
	OAuthApp Kind = "oauth-app"
)

// Config says how people sign in.
type Config struct {
	// Kind is what the client id belongs to.
	Kind Kind
	// ClientID and ClientSecret are what GitHub knows Galley by.
	ClientID, ClientSecret string
	// Repository is OWNER/NAME, for the words on the screen.
	Repository string
	// Private tells that an OAuth App has to ask for private repositories.
	Private bool
	// URL is the address at which browsers have Galley, without a path. It has
	// to be https, except on this machine.
	URL *url.URL
	// API is the address of GitHub's API, and Web that of its pages; both end
	// with a slash.
	API, Web *url.URL
	// Keys seal the cookies.
	Keys *Keys
	// HTTPClient sends requests to GitHub; nil: one with a time-out.
	HTTPClient *http.Client
	// Clock tells the time; nil: time.Now.
	Clock func() time.Time
	// Logger is told of what GitHub refuses; nil: nobody is told.
	Logger *slog.Logger
}

// SignIn signs people in and out. Its methods may be called concurrently.
type SignIn struct {
	Config
	oauth oauth2.Config
}

// New returns a SignIn. It asks nobody yet.
func New(c Config) (*SignIn, error) {
	switch {
	case c.Kind != GitHubApp && c.Kind != OAuthApp:
		return nil, fmt.Errorf("signin: no kind %q", c.Kind)
	case c.ClientID == "" || c.ClientSecret == "":
		return nil, errors.New("signin: no client id or no client secret")
	case c.Keys == nil || c.URL == nil || c.API == nil || c.Web == nil:
		return nil, errors.New("signin: no keys or no addresses")
	}
	if c.HTTPClient == nil {
		c.HTTPClient = &http.Client{Timeout: 20 * time.Second}
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	s := &SignIn{Config: c}
	s.oauth = oauth2.Config{
		ClientID: c.ClientID, ClientSecret: c.ClientSecret,
		RedirectURL: c.URL.JoinPath(CallbackPath).String(),
		Endpoint: oauth2.Endpoint{
			AuthURL: c.Web.JoinPath("login/oauth/authorize").String(), TokenURL: c.Web.JoinPath("login/oauth/access_token").String(),
			AuthStyle: oauth2.AuthStyleInParams,
		},
	}
	if scope := s.Scope(); scope != "" {
		s.oauth.Scopes = []string{scope}
	}
	return s, nil
}

// CallbackPath is the address to which GitHub sends browsers back; it is
// registered there.
const CallbackPath = "/auth/callback"

// String names it without its secrets.
func (s *SignIn) String() string { return "signin(" + string(s.Kind) + ")" }

// GoString keeps the secrets out of %#v.
func (s *SignIn) GoString() string { return s.String() }

// Scope is the permission that an OAuth App asks for, in GitHub's words; empty
// for a GitHub App, whose permissions come with its installation.
func (s *SignIn) Scope() string {
	switch {
	case s.Kind == GitHubApp:
		return ""
	case s.Private:
		return "repo"
	}
	return "public_repo"
}

// Permission says in sentences what is asked for, and what for.
func (s *SignIn) Permission() string {
	switch {
	case s.Kind == GitHubApp:
		return "GitHub lets Galley read and write the contents and the pull requests of " + s.Repository + ", in your name, and nothing else that is yours."
	case s.Private:
		return "GitHub will ask you for “repo”: to read and write your public and private repositories. It has no narrower permission for this. Galley uses it for " + s.Repository + " and, where you may not write there, your fork of it."
	}
	return "GitHub will ask you for “public_repo”: to read and write public repositories, none of your private ones. Galley uses it for " + s.Repository + " and, where you may not write there, your fork of it."
}

// Begin starts a sign-in that ends at an address of ours. The browser has to
// keep the cookie and go to the address.
func (s *SignIn) Begin(to string) (address string, cookie *http.Cookie) {
	a := newAttempt(to, s.Clock())
	cookie = s.cookie(attemptName(a.State), s.Keys.Seal(s.purpose("attempt"), a.encode()), attemptTime)
	return s.oauth.AuthCodeURL(a.State, oauth2.S256ChallengeOption(a.Verifier)), cookie
}

// Refusals of a sign-in. Each has a sentence in the error that Finish returns.
var (
	// ErrState: there is no attempt in this browser for the state, or it was
	// used or is too old.
	ErrState = errors.New("no such attempt in this browser")
	// ErrDeclined: the person said no at GitHub.
	ErrDeclined = errors.New("declined")
)

// Finish ends a sign-in with the request that GitHub sent the browser back
// with. used takes the attempt's cookie away, whatever the outcome; nil where
// there is none. The attempt tells where to go on, also after a failure.
func (s *SignIn) Finish(r *http.Request) (session Session, attempt Attempt, used *http.Cookie, err error) {
	q := r.URL.Query()
	attempt, used, err = s.attempt(r, q.Get("state"))
	if err != nil {
		return Session{}, attempt, used, err
	}
	if q.Get("error") == "access_denied" {
		return Session{}, attempt, used, forge.Errorf(forge.ErrForbidden, ErrDeclined, "You did not let Galley in at GitHub, so you are not signed in.")
	}
	code := q.Get("code")
	if code == "" {
		s.Logger.WarnContext(r.Context(), "GitHub sent a browser back without a code", "reason", plain(q.Get("error")))
		return Session{}, attempt, used, forge.Errorf(forge.ErrUnavailable, nil, "GitHub did not sign you in. Try again; if it stays so, tell whoever runs Galley.")
	}
	token, err := s.oauth.Exchange(s.context(r.Context()), code, oauth2.VerifierOption(attempt.Verifier))
	if err != nil {
		return Session{}, attempt, used, s.fault(r.Context(), err, "exchanging a code")
	}
	login, err := s.login(r.Context(), token.AccessToken)
	if err != nil {
		return Session{}, attempt, used, s.fault(r.Context(), err, "asking whose a token is")
	}
	return s.session(login, token), attempt, used, nil
}

// attempt finds the attempt that a state belongs to among the request's cookies.
func (s *SignIn) attempt(r *http.Request, state string) (Attempt, *http.Cookie, error) {
	refused := forge.Errorf(forge.ErrForbidden, ErrState, "This sign-in was not begun in this browser, was used already, or took longer than ten minutes. You are not signed in by it; begin anew.")
	if len(state) < attemptLetters || len(state) > 100 {
		return Attempt{}, nil, refused
	}
	name := attemptName(state)
	c, err := r.Cookie(s.cookieName(name))
	if err != nil {
		return Attempt{}, nil, refused
	}
	used := s.gone(name)
	data, err := s.Keys.Open(s.purpose("attempt"), c.Value)
	if err != nil {
		return Attempt{}, used, refused
	}
	a, err := decodeAttempt(data)
	if err != nil || subtle.ConstantTimeCompare([]byte(a.State), []byte(state)) != 1 || s.Clock().Unix() > a.Until {
		return Attempt{To: a.To}, used, refused
	}
	return a, used, nil
}

// session makes a session of what GitHub gave.
func (s *SignIn) session(login string, token *oauth2.Token) Session {
	now := s.Clock()
	n := Session{Login: login, Token: token.AccessToken, Refresh: token.RefreshToken, Issued: now, Ends: now.Add(Lifetime)}
	if token.ExpiresIn > 0 {
		n.Expires = now.Add(time.Duration(token.ExpiresIn) * time.Second)
		n.Ends = n.Expires
	}
	if n.Refresh != "" {
		n.Ends = now.Add(180 * 24 * time.Hour)
		if seconds, ok := number(token.Extra("refresh_token_expires_in")); ok {
			n.Ends = now.Add(time.Duration(seconds) * time.Second)
		}
	}
	return n
}

// Renew gets a new token for a session. Where GitHub refuses, the error is
// forge.ErrUnauthorized; where it does not answer, forge.ErrUnavailable, and
// the session is as good as it was.
func (s *SignIn) Renew(ctx context.Context, old Session) (Session, error) {
	over := forge.Errorf(forge.ErrUnauthorized, nil, "Your sign-in has expired. Sign in again.")
	if old.Refresh == "" {
		return Session{}, over
	}
	token, err := s.oauth.TokenSource(s.context(ctx), &oauth2.Token{RefreshToken: old.Refresh}).Token()
	if err != nil {
		var refused *oauth2.RetrieveError
		if errors.As(err, &refused) && refused.ErrorCode != "" {
			s.Logger.DebugContext(ctx, "GitHub does not renew a token", "reason", plain(refused.ErrorCode))
			return Session{}, over
		}
		return Session{}, s.fault(ctx, err, "renewing a token")
	}
	return s.session(old.Login, token), nil
}

// Check asks GitHub whether it knows the client id and its secret, by asking
// about a token that there is not. Its errors are for whoever runs Galley.
func (s *SignIn) Check(ctx context.Context) error {
	_, resp, err := s.program().Authorizations.Check(ctx, s.ClientID, "gho_0000000000000000000000000000000000000")
	switch {
	case resp == nil, resp.StatusCode >= 500:
		return forge.Errorf(forge.ErrUnavailable, nil, "GitHub's API at %s does not answer: %s.", s.API.Host, reasonOf(err))
	case resp.StatusCode == http.StatusUnauthorized:
		return forge.Errorf(forge.ErrUnauthorized, nil, "GitHub does not accept the client id with this secret. Copy both from the page of the App once more.")
	}
	return nil
}

// End revokes a session's token, so that it is of no use to anybody any more.
// A token that has expired is renewed first, as its refresh token would go on.
func (s *SignIn) End(ctx context.Context, old Session) error {
	if !old.Expires.IsZero() && s.Clock().After(old.Expires) {
		renewed, err := s.Renew(ctx, old)
		if errors.Is(err, forge.ErrUnauthorized) {
			return nil // nothing is left that could be used
		}
		if err != nil {
			return err
		}
		old = renewed
	}
	resp, err := s.program().Authorizations.Revoke(ctx, s.ClientID, old.Token)
	if resp != nil && (resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusUnprocessableEntity) {
		return nil // it is revoked already
	}
	if err != nil {
		return s.fault(ctx, err, "revoking a token")
	}
	return nil
}

// login asks GitHub whose token it is.
func (s *SignIn) login(ctx context.Context, token string) (string, error) {
	client := *s.HTTPClient
	client.Transport = &oauth2.Transport{Base: s.HTTPClient.Transport, Source: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token})}
	user, _, err := s.github(&client).Users.Get(ctx, "")
	if err != nil {
		return "", err
	}
	if user.GetLogin() == "" {
		return "", errors.New("GitHub names nobody")
	}
	return user.GetLogin(), nil
}

// program asks GitHub as Galley itself.
func (s *SignIn) program() *github.Client {
	client := *s.HTTPClient
	client.Transport = &github.BasicAuthTransport{Username: s.ClientID, Password: s.ClientSecret, Transport: s.HTTPClient.Transport}
	return s.github(&client)
}

func (s *SignIn) github(client *http.Client) *github.Client {
	c := github.NewClient(client)
	c.BaseURL = s.API
	c.UserAgent = "galley"
	return c
}

// context hands the client for GitHub to the oauth2 package.
func (s *SignIn) context(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, s.HTTPClient)
}

// reasonOf says why GitHub gave no good answer, without what may hold a token or
// a code.
func reasonOf(err error) string {
	var refused *oauth2.RetrieveError
	var answer *github.ErrorResponse
	var network *net.OpError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &refused):
		reason := plain(refused.ErrorCode)
		if refused.Response != nil {
			reason = strings.TrimSpace(refused.Response.Status + " " + reason)
		}
		return reason
	case errors.As(err, &answer) && answer.Response != nil:
		return answer.Response.Status
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		return "no answer in time"
	case errors.As(err, &network):
		return network.Error()
	case errors.As(err, &certificate):
		return certificate.Error()
	}
	return "no answer that makes sense"
}

// fault makes an error for the person of one that may hold a token or a code
// in its text, and logs no more of it than what kind it is.
func (s *SignIn) fault(ctx context.Context, err error, doing string) error {
	var refused *oauth2.RetrieveError
	errors.As(err, &refused)
	reason := reasonOf(err)
	s.Logger.WarnContext(ctx, "signing in at GitHub", "doing", doing, "reason", reason)
	switch {
	case refused != nil && refused.ErrorCode == "bad_verification_code":
		return forge.Errorf(forge.ErrForbidden, ErrState, "GitHub does not accept this sign-in any more: it was used already or took too long. Begin anew.")
	case refused != nil && refused.ErrorCode == "incorrect_client_credentials", refused != nil && refused.ErrorCode == "redirect_uri_mismatch":
		return forge.Errorf(forge.ErrUnavailable, nil, "GitHub does not know this Galley (%s). Whoever runs it has to look at its client id, its secret and its callback address.", refused.ErrorCode)
	}
	return forge.Errorf(forge.ErrUnavailable, nil, "GitHub does not answer as it should. Try again in a moment.")
}

// plain is a code of GitHub's as it may be logged and shown.
func plain(code string) string {
	if len(code) > 60 || strings.Trim(code, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return "of an unknown kind"
	}
	return code
}

func number(v any) (int64, bool) {
	switch n := v.(type) {
	case float64:
		return int64(n), n > 0
	case int64:
		return n, n > 0
	case string:
		var i int64
		_, err := fmt.Sscan(n, &i)
		return i, err == nil && i > 0
	}
	return 0, false
}

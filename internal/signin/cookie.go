package signin

import (
	"net/http"
	"strings"
	"time"

	"galley/internal/forge"
)

// Names of cookies, without the prefix that they have under https.
const (
	sessionCookie = "galley-session"
	attemptCookie = "galley-attempt-"
	// attemptLetters of the state tell attempts apart: somebody may begin in
	// two windows at once.
	attemptLetters = 10
)

func attemptName(state string) string { return attemptCookie + state[:attemptLetters] }

// secure tells whether browsers reach Galley by https.
func (s *SignIn) secure() bool { return s.URL.Scheme == "https" }

// cookieName is a cookie's full name. The prefix makes browsers refuse one that
// another host of the domain, or a page without https, has set.
func (s *SignIn) cookieName(name string) string {
	if s.secure() {
		return "__Host-" + name
	}
	return name
}

// cookie makes a cookie for our own requests and for links that lead here, and
// for no script.
func (s *SignIn) cookie(name, value string, life time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: s.cookieName(name), Value: value, Path: "/", MaxAge: int(life / time.Second),
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	}
}

// gone takes a cookie away.
func (s *SignIn) gone(name string) *http.Cookie {
	c := s.cookie(name, "", 0)
	c.MaxAge = -1
	return c
}

// purpose keeps cookies of another client id, and those of another kind, from
// being taken for ours.
func (s *SignIn) purpose(what string) string { return what + " " + s.ClientID }

// maxCookie is what browsers keep, name and attributes included.
const maxCookie = 3900

// Keep makes the cookie of a session.
func (s *SignIn) Keep(session Session) (*http.Cookie, error) {
	c := s.cookie(sessionCookie, s.Keys.Seal(s.purpose("session"), session.encode()), session.Ends.Sub(s.Clock()))
	if len(c.Name)+len(c.Value) > maxCookie {
		return nil, forge.Errorf(forge.ErrUnavailable, nil, "GitHub's token is too long for a cookie. Tell whoever runs Galley.")
	}
	return c, nil
}

// Forget takes the session's cookie away.
func (s *SignIn) Forget() *http.Cookie { return s.gone(sessionCookie) }

// Stale takes away the attempts of a request, all but the last few: those that
// were never finished.
func (s *SignIn) Stale(r *http.Request) []*http.Cookie {
	const kept = 4
	var stale []*http.Cookie
	found := 0
	for _, c := range r.Cookies() {
		name := strings.TrimPrefix(c.Name, "__Host-")
		if !strings.HasPrefix(name, attemptCookie) {
			continue
		}
		if found++; found > kept {
			stale = append(stale, s.gone(name))
		}
	}
	return stale
}

// Session is who sends a request. The error is forge.ErrUnauthorized where
// nobody is signed in. A token that has expired is told as such by the session:
// whether it can be renewed is for the page to find out.
func (s *SignIn) Session(r *http.Request) (Session, error) {
	out := forge.Errorf(forge.ErrUnauthorized, nil, "You are not signed in. Sign in at GitHub to go on.")
	c, err := r.Cookie(s.cookieName(sessionCookie))
	if err != nil {
		return Session{}, out
	}
	data, err := s.Keys.Open(s.purpose("session"), c.Value)
	if err != nil {
		return Session{}, out
	}
	session, err := decodeSession(data)
	if err != nil || !s.Clock().Before(session.Ends) {
		return Session{}, out
	}
	return session, nil
}

package server

import (
	"context"
	"errors"
	"html"
	"net/http"
	"net/url"
	"strings"
	"time"

	"galley/internal/signin"
)

// signedInPath is where the small window of a sign-in ends: the app's page,
// which tells the page that opened it and closes.
const signedInPath = "/auth/done"

// personHeader names the person that a page works for. Cookies are shared by
// all tabs: what was begun by one person must not be done as another who has
// signed in meanwhile.
const personHeader = "Galley-Person"

type signInInfo struct {
	// Name is whose sign-in it is.
	Name       string `json:"name"`
	Repository string `json:"repository"`
	// Permission says in sentences what is asked for.
	Permission string `json:"permission"`
}

type sessionInfo struct {
	SignIn *signInInfo `json:"signIn"` // null where the server has one user
	Person *person     `json:"person"` // null where nobody is signed in
	// Issued is another number for every token, 0 for none.
	Issued int64 `json:"issued"`
	// ExpiresIn is in seconds, null where the token does not expire.
	ExpiresIn *int64 `json:"expiresIn"`
	// Renewable tells whether POST /auth/renew may get another token.
	Renewable bool `json:"renewable"`
}

// getSession answers GET /auth/session: who is signed in, and how one does.
func (s *Server) getSession(r *http.Request) (any, error) {
	if s.cfg.SignIn == nil {
		return sessionInfo{}, nil
	}
	session, err := s.cfg.SignIn.Session(r)
	if err != nil {
		return s.sessionInfo(nil), nil
	}
	return s.sessionInfo(&session), nil
}

func (s *Server) sessionInfo(session *signin.Session) sessionInfo {
	in := s.cfg.SignIn
	info := sessionInfo{SignIn: &signInInfo{Name: "GitHub", Repository: in.Repository, Permission: in.Permission()}}
	if session == nil {
		return info
	}
	info.Person = &person{Login: session.Login, Name: session.Login}
	info.Issued = session.Issued.Unix()
	info.Renewable = session.Refresh != ""
	if !session.Expires.IsZero() {
		left := int64(session.Expires.Sub(s.cfg.Clock()) / time.Second)
		info.ExpiresIn = &left
	}
	return info
}

// samePerson refuses a request of a page whose person is not the one who is
// signed in now.
func (s *Server) samePerson(r *http.Request) error {
	meant := r.Header.Get(personHeader)
	if s.cfg.SignIn == nil || meant == "" {
		return nil
	}
	session, err := s.cfg.SignIn.Session(r)
	if err != nil || strings.EqualFold(session.Login, meant) {
		return err
	}
	return refuse(http.StatusUnauthorized, kindUnauthorized,
		"In this browser %s is signed in now, and this page is %s's. Sign in as %s to go on with it.", session.Login, meant, meant)
}

// startSignIn answers GET /auth/start?to=ADDRESS: the browser goes to GitHub.
func (s *Server) startSignIn(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	to := r.URL.Query().Get("to")
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default: // Another site's link. What a person agrees to stands on our page first.
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	address, cookie := s.cfg.SignIn.Begin(to)
	for _, stale := range s.cfg.SignIn.Stale(r) {
		http.SetCookie(w, stale)
	}
	http.SetCookie(w, cookie)
	http.Redirect(w, r, address, http.StatusSeeOther)
}

// finishSignIn answers the request with which GitHub sends a browser back.
func (s *Server) finishSignIn(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	session, attempt, used, err := s.cfg.SignIn.Finish(r)
	if used != nil {
		http.SetCookie(w, used)
	}
	var cookie *http.Cookie
	if err == nil {
		cookie, err = s.cfg.SignIn.Keep(session)
	}
	if err != nil {
		s.signInFailed(w, r, attempt.To, err)
		return
	}
	s.log.Info("signed in", "id", requestID(r), "person", session.Login)
	http.SetCookie(w, cookie)
	http.Redirect(w, r, attempt.To, http.StatusSeeOther)
}

// signInFailed answers with a page, as it is a page that the browser waits for.
func (s *Server) signInFailed(w http.ResponseWriter, r *http.Request, to string, err error) {
	p := s.tell(r, err)
	again := "/auth/start?" + url.Values{"to": {signin.ReturnAddress(to)}}.Encode()
	if errors.Is(err, signin.ErrDeclined) && to != signedInPath {
		again = signin.ReturnAddress(to) // the screen that says what is asked for, and why
	}
	nonce := newNonce()
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+nonce+"'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(p.status)
	_, _ = w.Write([]byte(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Not signed in – Galley</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="` + nonce + `">` + failedStyle + `</style></head>
<body><main><h1>You are not signed in</h1>
<p>` + html.EscapeString(p.Sentence) + `</p>
<p><a href="` + html.EscapeString(again) + `">Sign in again</a></p></main></body></html>
`))
}

// failedStyle is the app's look, for a page that stands alone.
const failedStyle = `:root{color-scheme:light dark}
body{margin:0;background:light-dark(#fffefb,#191a1b);color:light-dark(#22211e,#e6e3dc);font:1rem/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:12vh auto;padding:0 1.5rem}
h1{font:600 1.75rem/1.2 ui-serif,Georgia,serif}
a{color:light-dark(#0b6158,#7fd0c2)}`

// renewSignIn answers POST /auth/renew with the session after it. A refusal
// takes no cookie away: another tab may have renewed it just now.
func (s *Server) renewSignIn(w http.ResponseWriter, r *http.Request) {
	if err := s.samePerson(r); err != nil {
		s.fail(w, r, err)
		return
	}
	old, err := s.cfg.SignIn.Session(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	// Once begun it is finished: GitHub takes a refresh token only once.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), s.cfg.SubmitTime)
	defer cancel()
	renewed, err := s.cfg.SignIn.Renew(ctx, old)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	cookie, err := s.cfg.SignIn.Keep(renewed)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	http.SetCookie(w, cookie)
	s.json(func(*http.Request) (any, error) { return s.sessionInfo(&renewed), nil })(w, r)
}

type signedOut struct {
	// Revoked tells whether GitHub took the token back.
	Revoked  bool   `json:"revoked"`
	Sentence string `json:"sentence"`
}

// signOut answers POST /auth/sign-out. Whatever GitHub says, the cookie goes,
// unless another person than the page's has signed in.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) {
	session, err := s.cfg.SignIn.Session(r)
	if err == nil {
		if err := s.samePerson(r); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	http.SetCookie(w, s.cfg.SignIn.Forget())
	answer := signedOut{Revoked: true, Sentence: "You are signed out."}
	if err == nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 20*time.Second)
		defer cancel()
		err = s.cfg.SignIn.End(ctx, session)
		if err != nil {
			s.tell(r, err)
			answer = signedOut{Sentence: "You are signed out of this browser. GitHub did not confirm that it took Galley's permission back; you can do that yourself in GitHub's settings, under Applications."}
		}
	}
	answer.Sentence = s.assets.pages.of(r).words.Say(answer.Sentence)
	s.json(func(*http.Request) (any, error) { return answer, nil })(w, r)
}

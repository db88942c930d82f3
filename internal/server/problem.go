package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"

	"galley/internal/forge"
)

// kind is what a program can branch on in a failed answer.
type kind string

const (
	kindNotFound     kind = "not-found"
	kindStale        kind = "stale"
	kindConflict     kind = "conflict"
	kindInvalid      kind = "invalid"
	kindUnauthorized kind = "unauthorized"
	kindForbidden    kind = "forbidden"
	kindRateLimited  kind = "rate-limited"
	kindTooLarge     kind = "too-large"
	kindUnavailable  kind = "unavailable"
	kindUnsupported  kind = "unsupported"
	kindInternal     kind = "internal"
	// kindOtherSite: the request is of another site's page.
	kindOtherSite kind = "other-site"
	// kindOtherMail: the mailing service has a mail of the post that is not Galley's to
	// write over.
	kindOtherMail kind = "other-mail"
)

// problem is a failure as the browser gets it.
type problem struct {
	Kind     kind   `json:"kind"`
	Sentence string `json:"sentence"`
	// RetryAfter is in seconds.
	RetryAfter int `json:"retryAfter,omitempty"`
	// Current is what is there now, with kindStale, where that is known.
	Current *postFile `json:"current,omitempty"`
	// Gone, with kindStale: the file is not there any more.
	Gone bool `json:"gone,omitempty"`
	// Renamed is where a post went that is not there any more, with kindNotFound
	// and with Gone, where its branch tells.
	Renamed *renamed `json:"renamed,omitempty"`
	// Mail, with kindOtherMail, is that mail.
	Mail *otherMail `json:"mail,omitempty"`

	status int
}

// failure is the body of a failed answer.
type failure struct {
	Error problem `json:"error"`
}

// refusal is an error of the server's own, with its sentence.
type refusal struct {
	problem
	cause error // for the log; may be nil
}

func (e *refusal) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%s: %v", e.Kind, e.cause)
	}
	return fmt.Sprintf("%s: %s", e.Kind, e.Sentence)
}

func (e *refusal) Unwrap() error { return e.cause }

// refuse makes an error with a sentence for the writer.
func refuse(status int, k kind, format string, args ...any) error {
	return &refusal{problem: problem{Kind: k, Sentence: fmt.Sprintf(format, args...), status: status}}
}

// kinds are the forge's errors, with their status and with a sentence for when
// the forge gave none.
var kinds = []struct {
	err      error
	kind     kind
	status   int
	sentence string
}{
	{forge.ErrNotFound, kindNotFound, http.StatusNotFound, "That is not there, or no longer."},
	{forge.ErrStale, kindStale, http.StatusConflict, "The post was changed by somebody else meanwhile. Compare the two and submit again."},
	{forge.ErrConflict, kindConflict, http.StatusConflict, "The changes collide with others and have to be joined by hand."},
	{forge.ErrInvalid, kindInvalid, http.StatusBadRequest, "The request cannot be carried out as it is."},
	{forge.ErrUnauthorized, kindUnauthorized, http.StatusUnauthorized, "You are not signed in, or no longer. Sign in again."},
	{forge.ErrForbidden, kindForbidden, http.StatusForbidden, "You are not allowed to do that in this repository."},
	{forge.ErrRateLimited, kindRateLimited, http.StatusTooManyRequests, "That were too many requests. Wait a little and try again."},
	{forge.ErrTooLarge, kindTooLarge, http.StatusRequestEntityTooLarge, "That is too large."},
	{forge.ErrUnavailable, kindUnavailable, http.StatusServiceUnavailable, "The repository does not answer. Try again in a little while."},
	{forge.ErrUnsupported, kindUnsupported, http.StatusUnprocessableEntity, "This repository does not do that."},
	{fs.ErrNotExist, kindNotFound, http.StatusNotFound, "That is not there, or no longer."},
	{context.DeadlineExceeded, kindUnavailable, http.StatusServiceUnavailable, "That took too long and was given up. Try again."},
}

// problemOf turns an error into what the browser is told. id is the request's.
func problemOf(err error, id string) problem {
	var own *refusal
	if errors.As(err, &own) {
		return own.problem
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return problem{Kind: kindTooLarge, status: http.StatusRequestEntityTooLarge,
			Sentence: fmt.Sprintf("That is too large: at most %d MB can be sent at once.", large.Limit>>20)}
	}
	for _, k := range kinds {
		if !errors.Is(err, k.err) {
			continue
		}
		p := problem{Kind: k.kind, Sentence: k.sentence, status: k.status}
		var told *forge.Error
		if errors.As(err, &told) {
			if told.Sentence != "" {
				p.Sentence = told.Sentence
			}
			if told.RetryAfter > 0 {
				p.RetryAfter = int(math.Ceil(told.RetryAfter.Seconds()))
			}
			p.Gone = k.kind == kindStale && told.Gone
		}
		return p
	}
	return problem{Kind: kindInternal, status: http.StatusInternalServerError,
		Sentence: fmt.Sprintf("Galley failed at this. Try again, and if it happens again tell whoever runs Galley that the log has it under %s.", id)}
}

// fail answers with an error, in a page where a person opened the address, and logs what is the operator's business.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := s.tell(r, err)
	if p.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	if wantsPage(r) {
		failPage(w, s.assets.pages.of(r).language, p)
		return
	}
	if p.status == http.StatusNotFound && r.Header.Get("Sec-Fetch-Dest") == "image" {
		// A picture of a draft is in no commit yet, and one that is missing is told at
		// its place. A fault would only stand in the browser's console.
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin") // the frame is of another origin
		w.WriteHeader(http.StatusNoContent)
		return
	}
	body, encodeErr := json.Marshal(failure{p})
	if encodeErr != nil {
		body = []byte(`{"error":{"kind":"internal","sentence":"Galley failed at this."}}`)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Del("Content-Encoding")
	h.Del("ETag")
	w.WriteHeader(p.status)
	_, _ = w.Write(append(body, '\n'))
}

// wantsPage tells whether a person opened an address, rather than a script or
// the preview's frame.
func wantsPage(r *http.Request) bool {
	dest := r.Header.Get("Sec-Fetch-Dest")
	return (dest == "" || dest == "document") && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// failPage tells a problem to a person.
func failPage(w http.ResponseWriter, language string, p problem) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Del("Content-Encoding")
	h.Del("ETag")
	w.WriteHeader(p.status)
	_, _ = fmt.Fprintf(w, `<!DOCTYPE html>
<html lang="%s">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Galley</title>
<p>%s
<p><a href="/">Go to the posts</a>
`, language, html.EscapeString(p.Sentence))
}

// tell logs an error and gives the problem that the browser is told, in its language.
func (s *Server) tell(r *http.Request, err error) problem {
	id := requestID(r)
	p := problemOf(err, id)
	level := slog.LevelDebug
	switch {
	case r.Context().Err() != nil && errors.Is(err, context.Canceled):
		// Whoever asked has gone.
	case p.Kind == kindInternal:
		level = slog.LevelError
	case p.status >= 500:
		level = slog.LevelWarn
	}
	s.log.Log(r.Context(), level, "request failed", "id", id, "route", r.Pattern, "kind", p.Kind, "error", err.Error())
	p.Sentence = s.assets.pages.of(r).words.Say(p.Sentence)
	return p
}

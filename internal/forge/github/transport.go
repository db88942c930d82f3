package github

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"galley/internal/forge"
)

// Times. A writer waits in front of them, so that a long wait is told rather
// than waited for.
const (
	attemptTime = 20 * time.Second // one try of one request
	totalTime   = 60 * time.Second // a request with all its tries
	longestWait = 3 * time.Second  // a longer Retry-After is the caller's to wait for
	tries       = 3
	firstPause  = 100 * time.Millisecond // before a second try
	maxAnswer   = 64 << 20               // bytes of one answer; a larger one is an error
)

// transport adds the token, keeps answers, and repeats reading requests that
// failed for a moment: 502, 503, 504, lost connections, and rate limits that
// end within a few seconds. Writing requests are never repeated here: whether
// one took effect has to be looked at first, which Submit does.
type transport struct {
	base   *url.URL
	next   http.RoundTripper
	tokens *tokens
	cache  *Cache
	log    *slog.Logger
	clock  func() time.Time
	limit  int64 // bytes of one answer
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return t.once(r)
	}
	key, stored := "", (*answer)(nil)
	if r.Method == http.MethodGet && t.own(r.URL) {
		token, err := t.tokens.get()
		if err != nil {
			return nil, err
		}
		key = cacheKey(token, r)
		if stored = t.cache.get(key); stored != nil {
			if immutable(r.URL.Path) {
				return stored.response(r, nil), nil
			}
			r = r.Clone(r.Context())
			r.Header.Set("If-None-Match", stored.etag)
		}
	}
	resp, err := t.patiently(r)
	if err != nil || key == "" {
		return resp, err
	}
	if resp.StatusCode == http.StatusNotModified && stored != nil {
		resp.Body.Close()
		return stored.response(r, resp.Header), nil
	}
	etag := resp.Header.Get("ETag")
	if resp.StatusCode != http.StatusOK || etag == "" && !immutable(r.URL.Path) {
		return resp, nil
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, t.limit+1))
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > t.limit {
		return nil, forge.Errorf(forge.ErrTooLarge, nil, "GitHub's answer has more than %d MB, which is too much to be worked with here.", t.limit>>20)
	}
	fresh := &answer{etag: etag, header: resp.Header.Clone(), body: body}
	if fresh.worthKeeping(r.URL.Path) {
		t.cache.put(key, fresh)
	}
	return fresh.response(r, nil), nil
}

// own tells whether an address belongs to the forge, so that it may see the
// token. A redirect to another host, as to a store of files, may not.
func (t *transport) own(u *url.URL) bool {
	return u.Scheme == t.base.Scheme && strings.EqualFold(u.Host, t.base.Host)
}

// patiently sends a reading request until it has an answer worth having.
func (t *transport) patiently(r *http.Request) (*http.Response, error) {
	for try := 1; ; try++ {
		resp, err := t.once(r)
		wait, again := t.worthRepeating(r.Context(), resp, err, try)
		if !again {
			return resp, err
		}
		if resp != nil {
			io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
			resp.Body.Close()
		}
		t.log.WarnContext(r.Context(), "asking GitHub again", "method", r.Method, "path", r.URL.Path, "status", status(resp), "try", try, "wait", wait)
		select {
		case <-time.After(wait):
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
}

// worthRepeating decides whether to ask again, and after what wait.
func (t *transport) worthRepeating(ctx context.Context, resp *http.Response, err error, try int) (time.Duration, bool) {
	if try >= tries || ctx.Err() != nil {
		return 0, false
	}
	pause := backoff(firstPause, try)
	if err != nil {
		var token *tokenError // one that cannot be renewed stays so
		return pause, !errors.As(err, &token)
	}
	switch resp.StatusCode {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout, http.StatusInternalServerError:
		return max(pause, retryAfter(resp.Header)), retryAfter(resp.Header) <= longestWait
	case http.StatusTooManyRequests, http.StatusForbidden:
		after := retryAfter(resp.Header)
		return after, after > 0 && after <= longestWait
	}
	return 0, false
}

// backoff grows with each try, and differs, so that two who collided do not
// collide again.
func backoff(first time.Duration, try int) time.Duration {
	base := first << (try - 1)
	return base + rand.N(base)
}

// retryAfter is the wait that an answer asks for; 0 where it asks for none.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

// once sends a request one time, within the time of one try.
func (t *transport) once(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(r.Context(), attemptTime)
	out := r.Clone(ctx)
	out.Header.Del("Authorization")
	if t.own(out.URL) {
		token, err := t.tokens.get()
		if err != nil {
			cancel()
			return nil, err
		}
		if token != "" {
			out.Header.Set("Authorization", token)
		}
	}
	begin := t.clock()
	resp, err := t.next.RoundTrip(out)
	t.log.DebugContext(r.Context(), "asked GitHub", "method", r.Method, "path", r.URL.Path, "status", status(resp), "took", t.clock().Sub(begin))
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = &endingBody{resp.Body, cancel}
	return resp, nil
}

func status(resp *http.Response) int {
	if resp == nil {
		return 0
	}
	return resp.StatusCode
}

// endingBody ends a try's time when its answer has been read.
type endingBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *endingBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

// tokens gives the token for a request, and knows which ones to take out of
// texts.
type tokens struct {
	source oauth2.TokenSource
	mu     sync.Mutex
	last   string
}

// get gives what is sent as Authorization; empty where nobody is to be named.
func (t *tokens) get() (string, error) {
	token, err := t.source.Token()
	if err != nil {
		return "", &tokenError{err}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = token.AccessToken
	if token.AccessToken == "" {
		return "", nil
	}
	return token.Type() + " " + token.AccessToken, nil
}

// redact takes the token out of an error's text.
func (t *tokens) redact(err error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil || t.last == "" || !strings.Contains(err.Error(), t.last) {
		return err
	}
	return &redacted{strings.ReplaceAll(err.Error(), t.last, "[token]"), err}
}

// redacted is an error without the token in its text. It can still be told
// apart by errors.Is, and is not unwrapped, so that nothing prints the cause.
type redacted struct {
	text  string
	cause error
}

func (e *redacted) Error() string        { return e.text }
func (e *redacted) Is(target error) bool { return errors.Is(e.cause, target) }

// tokenError: there is no token to be had. What the sign-in server answered may
// hold secrets, so that its text is left out.
type tokenError struct{ cause error }

func (e *tokenError) Error() string        { return "the token cannot be renewed" }
func (e *tokenError) Is(target error) bool { return errors.Is(e.cause, target) }

// response makes an answer anew from one that was kept; newer headers win.
func (a *answer) response(r *http.Request, newer http.Header) *http.Response {
	header := a.header.Clone()
	for name, values := range newer {
		if name != "Content-Length" && name != "Content-Type" && name != "Content-Encoding" {
			header[name] = values
		}
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(a.body)), ContentLength: int64(len(a.body)), Request: r,
	}
}

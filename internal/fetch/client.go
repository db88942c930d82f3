package fetch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"

	"galley/internal/lru"
)

// Config says how addresses are fetched. Clock is needed; the zero value of the
// rest is a careful default.
type Config struct {
	// Own are networks that are not public and may be asked all the same, on any
	// port.
	Own []netip.Prefix
	// Clock tells the time.
	Clock func() time.Time
	// Agent is what Galley calls itself; "Galley" when empty.
	Agent string
	// Limit is how many bytes one answer may have; 4 MB when 0.
	Limit int64
	// Time is how long one step may take, from the dialling to the last byte;
	// 15 s when 0. Waiting for one's turn does not count.
	Time time.Duration
	// Pause is the time between two requests to one host; 250 ms when 0.
	Pause time.Duration
	// Keep is how many bytes of answers are kept; 32 MB when 0.
	Keep int
	// Resolver looks names up; the system's when nil.
	Resolver *net.Resolver
}

// Client fetches. It may be used concurrently.
type Client struct {
	cfg    Config
	polite *polite
	kept   *lru.Cache[string, *Answer]
	same   singleflight.Group
}

// Answer is what stands at an address. It is shared: nobody changes it.
type Answer struct {
	// Status is HTTP's.
	Status int
	// Body is what was read, unpacked; nil where only the status was asked for.
	Body []byte
	// Type is the Content-Type.
	Type string
	// At is the address that answered, after all redirects.
	At string
	// Moved: a redirect on the way said that it is for good, and none said that
	// it is not.
	Moved bool
	// When is when it was fetched or last confirmed.
	When time.Time

	etag, modified string
}

// OK tells whether the answer is a success.
func (a *Answer) OK() bool { return a.Status >= 200 && a.Status < 300 }

const (
	maxRedirects = 5
	maxAddress   = 4096     // bytes
	maxHeaders   = 64 << 10 // bytes
	atOnce       = 8        // connections
)

// New returns a client.
func New(cfg Config) *Client {
	if cfg.Agent == "" {
		cfg.Agent = "Galley"
	}
	if cfg.Limit <= 0 {
		cfg.Limit = 4 << 20
	}
	if cfg.Time <= 0 {
		cfg.Time = 15 * time.Second
	}
	if cfg.Pause <= 0 {
		cfg.Pause = 250 * time.Millisecond
	}
	if cfg.Keep <= 0 {
		cfg.Keep = 32 << 20
	}
	g := newGuard(cfg.Own)
	dialer := &net.Dialer{Timeout: cfg.Time, Resolver: cfg.Resolver, Control: g.control}
	return &Client{
		cfg: cfg,
		polite: newPolite(&http.Transport{
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			MaxIdleConns:           2 * atOnce,
			IdleConnTimeout:        30 * time.Second,
			TLSHandshakeTimeout:    cfg.Time,
			MaxResponseHeaderBytes: maxHeaders,
		}, cfg),
		kept: lru.New[string](cfg.Keep, func(a *Answer) int { return len(a.Body) + 1024 }),
	}
}

// Get fetches an address. An answer that was fetched not longer than within ago
// is taken as it is, an older one is asked about. An answer that is no success
// is no error. When nobody can be asked, what is kept of an earlier success comes
// together with the error, which is an *Error.
func (c *Client) Get(ctx context.Context, address string, within time.Duration) (*Answer, error) {
	return c.ask(ctx, http.MethodGet, address, within)
}

// Look asks what an address answers, without its content. Who does not answer
// that is asked for the content.
func (c *Client) Look(ctx context.Context, address string, within time.Duration) (*Answer, error) {
	a, err := c.ask(ctx, http.MethodHead, address, within)
	if err != nil || a.OK() || a.Status == http.StatusTooManyRequests {
		return a, err
	}
	return c.ask(ctx, "LOOK", address, within) // many servers know no HEAD, or answer it wrongly
}

// ask is for those who ask for the same at once one request.
func (c *Client) ask(ctx context.Context, method, address string, within time.Duration) (*Answer, error) {
	u, err := check(address)
	if err != nil {
		return nil, err
	}
	key := method + " " + u.String()
	kept, _ := c.kept.Get(key)
	if kept != nil && c.cfg.Clock().Sub(kept.When) <= within {
		return kept, nil
	}
	done := c.same.DoChan(key, func() (any, error) {
		// Whoever asked first may go; the others wait on.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 4*time.Minute)
		defer cancel()
		return c.fetch(ctx, method, u, kept)
	})
	select {
	case <-ctx.Done():
		return nil, newError(u.String(), ctx.Err())
	case result := <-done:
		if result.Err != nil {
			if kept != nil && !kept.OK() {
				kept = nil
			}
			return kept, newError(u.String(), result.Err)
		}
		a := result.Val.(*Answer)
		if a.Status != http.StatusTooManyRequests && a.Status < 500 {
			c.kept.Put(key, a)
		} else if kept != nil && kept.OK() {
			return kept, newError(u.String(), statusError(a.Status))
		}
		return a, nil
	}
}

// fetch asks once, and follows redirects.
func (c *Client) fetch(ctx context.Context, method string, u *url.URL, kept *Answer) (*Answer, error) {
	verb := method
	if method == "LOOK" {
		verb = http.MethodGet
	}
	r, err := http.NewRequestWithContext(ctx, verb, u.String(), nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", c.cfg.Agent)
	r.Header.Set("Accept", "*/*")
	if method == http.MethodGet && kept != nil && kept.OK() {
		if kept.etag != "" {
			r.Header.Set("If-None-Match", kept.etag)
		}
		if kept.modified != "" {
			r.Header.Set("If-Modified-Since", kept.modified)
		}
	}
	permanent, passing := false, false
	client := http.Client{Transport: c.polite, CheckRedirect: func(next *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return errRedirects
		}
		if _, err := check(next.URL.String()); err != nil {
			return err
		}
		next.Header.Del("Referer")
		switch next.Response.StatusCode {
		case http.StatusMovedPermanently, http.StatusPermanentRedirect:
			permanent = true
		default:
			passing = true
		}
		return nil
	}}
	resp, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	a := &Answer{
		Status: resp.StatusCode, Type: resp.Header.Get("Content-Type"), At: resp.Request.URL.String(), Moved: permanent && !passing,
		When: c.cfg.Clock(), etag: resp.Header.Get("ETag"), modified: resp.Header.Get("Last-Modified"),
	}
	switch {
	case resp.StatusCode == http.StatusNotModified && kept != nil:
		same := *kept
		same.When = a.When
		return &same, nil
	case method != http.MethodGet || !a.OK():
		return a, nil
	}
	a.Body, err = io.ReadAll(io.LimitReader(resp.Body, c.cfg.Limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(a.Body)) > c.cfg.Limit {
		return nil, errTooLarge(c.cfg.Limit)
	}
	return a, nil
}

// check reads an address that is to be asked.
func check(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case len(address) > maxAddress:
		return nil, &Error{ErrRefused, short(address), "is too long", nil}
	case err != nil || u.Host == "" || u.Opaque != "":
		return nil, &Error{ErrRefused, short(address), "is no address", err}
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, &Error{ErrRefused, short(address), "is neither http nor https", nil}
	case u.User != nil:
		return nil, &Error{ErrRefused, short(u.Redacted()), "has a user's name in it", nil}
	}
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

var errRedirects = errors.New("too many redirects")

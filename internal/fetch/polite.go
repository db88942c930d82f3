package fetch

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// polite gives each host one request at a time.
type polite struct {
	next  http.RoundTripper
	cfg   Config
	slots chan struct{}

	mu    sync.Mutex
	hosts map[string]*host
}

// host is one that is being asked, or was lately.
type host struct {
	turn  chan struct{} // holds one while a request is on its way
	users int           // who waits or has the turn
	last  time.Time     // when the last request ended
	until time.Time     // it asked for a pause until then
}

const (
	longestPause = time.Hour // a host that asks for more is asked again after that
	rememberHost = time.Minute
)

func newPolite(next http.RoundTripper, cfg Config) *polite {
	return &polite{next: next, cfg: cfg, slots: make(chan struct{}, atOnce), hosts: map[string]*host{}}
}

// RoundTrip implements http.RoundTripper. The turn ends when the answer's body
// is closed.
func (p *polite) RoundTrip(r *http.Request) (*http.Response, error) {
	name := strings.ToLower(r.URL.Host)
	h := p.enter(name)
	if err := p.wait(r.Context(), h); err != nil {
		p.leave(h)
		return nil, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), p.cfg.Time)
	end := sync.OnceFunc(func() {
		cancel()
		p.mu.Lock()
		h.last = p.cfg.Clock()
		p.mu.Unlock()
		<-p.slots
		<-h.turn
		p.leave(h)
	})
	resp, err := p.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		end()
		return nil, err
	}
	if resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusServiceUnavailable {
		p.mu.Lock()
		h.until = p.cfg.Clock().Add(retryAfter(resp.Header, p.cfg.Clock()))
		p.mu.Unlock()
	}
	resp.Body = &body{resp.Body, end}
	return resp, nil
}

// enter notes that somebody wants to ask a host, and forgets hosts that nobody
// asks any more.
func (p *polite) enter(name string) *host {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.cfg.Clock()
	for other, h := range p.hosts {
		if h.users == 0 && now.Sub(h.last) > rememberHost && now.After(h.until) {
			delete(p.hosts, other)
		}
	}
	h := p.hosts[name]
	if h == nil {
		h = &host{turn: make(chan struct{}, 1)}
		p.hosts[name] = h
	}
	h.users++
	return h
}

// leave notes that somebody asks a host no longer.
func (p *polite) leave(h *host) {
	p.mu.Lock()
	h.users--
	p.mu.Unlock()
}

// wait is for one's turn, and refuses while the host asks for a pause.
func (p *polite) wait(ctx context.Context, h *host) error {
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	p.mu.Lock()
	now := p.cfg.Clock()
	paused, pause := h.until.Sub(now), p.cfg.Pause-now.Sub(h.last)
	p.mu.Unlock()
	if paused > 0 {
		<-h.turn
		return pausedError(paused)
	}
	if pause > 0 && pause <= p.cfg.Pause {
		timer := time.NewTimer(pause)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			<-h.turn
			return ctx.Err()
		}
	}
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		<-h.turn
		return ctx.Err()
	}
}

// retryAfter is the pause that an answer asks for, in seconds or as a date; a
// minute where it does not say.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	pause := time.Minute
	if seconds, err := strconv.Atoi(text); err == nil && seconds >= 0 {
		pause = time.Duration(min(seconds, int(longestPause/time.Second))) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		pause = at.Sub(now)
	}
	return min(max(pause, 0), longestPause)
}

// body ends a turn.
type body struct {
	io.ReadCloser
	end func()
}

func (b *body) Close() error {
	defer b.end()
	return b.ReadCloser.Close()
}

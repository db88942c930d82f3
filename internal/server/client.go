package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// client is the address that a request comes from. What X-Forwarded-For says
// is believed as far as it was written by proxies that the configuration names:
// from the end, until an address that is none of theirs.
func (s *Server) client(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	at = at.Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(at); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = before.Unmap()
	}
	return at
}

func (s *Server) trusted(at netip.Addr) bool {
	for _, network := range s.cfg.Proxies {
		if network.Contains(at) {
			return true
		}
	}
	return false
}

// https tells whether browsers are to use https alone.
func (s *Server) https() bool { return s.cfg.SignIn != nil && s.cfg.SignIn.URL.Scheme == "https" }

// encrypted sends browsers that a trusted proxy had without https there, and
// tells all others to stay with it.
func (s *Server) encrypted(next http.Handler) http.Handler {
	if !s.https() {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		at, parseErr := netip.ParseAddr(host)
		if err == nil && parseErr == nil && s.trusted(at.Unmap()) && r.Header.Get("X-Forwarded-Proto") == "http" {
			http.Redirect(w, r, s.cfg.SignIn.URL.JoinPath("/").String(), http.StatusPermanentRedirect)
			return
		}
		w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		next.ServeHTTP(w, r)
	})
}

// signInTurns is how many steps of signing in one address may ask for in a
// minute. An office behind one address has all of these.
const signInTurns = 120

// turns counts what each client does in a minute. An IPv6 client is its /64.
type turns struct {
	clock func() time.Time
	limit int

	mu    sync.Mutex
	begin time.Time
	taken map[netip.Addr]int
}

// maxClients bounds what is counted; beyond it, counting begins anew.
const maxClients = 10_000

func newTurns(clock func() time.Time, limit int) *turns {
	return &turns{clock: clock, limit: limit, taken: map[netip.Addr]int{}}
}

// take counts one, and tells whether it is within the limit.
func (t *turns) take(at netip.Addr) bool {
	if at.Is6() {
		if network, err := at.WithZone("").Prefix(64); err == nil {
			at = network.Addr()
		}
	}
	now := t.clock()
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.begin) >= time.Minute || len(t.taken) >= maxClients {
		t.begin = now
		clear(t.taken)
	}
	t.taken[at]++
	return t.taken[at] <= t.limit
}

// inTurn lets a client through that has not asked too often.
func (s *Server) inTurn(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.signIns.take(s.client(r)) {
			s.fail(w, r, &refusal{problem: problem{Kind: kindRateLimited, status: http.StatusTooManyRequests, RetryAfter: 60,
				Sentence: "There were too many sign-ins from your address. Wait a minute and try again."}})
			return
		}
		next(w, r)
	}
}

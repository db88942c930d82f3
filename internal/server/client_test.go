package server

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"testing"
	"time"

	"galley/internal/signin"
)

// X-Forwarded-For is believed as far as proxies wrote it that are configured.
func TestClient(t *testing.T) {
	s := &Server{cfg: Config{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}}}
	for _, c := range []struct {
		remote    string
		forwarded []string
		want      string
	}{
		{"203.0.113.9:1234", nil, "203.0.113.9"},
		{"203.0.113.9:1234", []string{"198.51.100.1"}, "203.0.113.9"}, // anybody can write this
		{"10.1.2.3:1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"10.1.2.3:1", []string{"192.0.2.66, 198.51.100.1"}, "198.51.100.1"}, // the first one is the client's own word
		{"10.1.2.3:1", []string{"198.51.100.1, 10.9.9.9"}, "198.51.100.1"},
		{"10.1.2.3:1", []string{"198.51.100.1", "10.9.9.9"}, "198.51.100.1"},
		{"10.1.2.3:1", []string{"unknown"}, "10.1.2.3"},
		{"10.1.2.3:1", []string{""}, "10.1.2.3"},
		{"10.1.2.3:1", nil, "10.1.2.3"},
		{"[::1]:1", []string{"2001:db8::7"}, "2001:db8::7"},
		{"[::ffff:10.1.2.3]:1", []string{"198.51.100.1"}, "198.51.100.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		r.Header["X-Forwarded-For"] = c.forwarded
		if got := s.client(r); got.String() != c.want {
			t.Errorf("%s %q: %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func TestTurns(t *testing.T) {
	at := time.Unix(1_800_000_000, 0)
	turns := newTurns(func() time.Time { return at }, 2)
	one, two := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8:0:1::1")
	same := netip.MustParseAddr("2001:db8::ffff") // of one network, and so of one client
	if !turns.take(one) || !turns.take(same) || turns.take(one) || !turns.take(two) {
		t.Error("turns are not counted by client")
	}
	at = at.Add(time.Minute)
	if !turns.take(one) {
		t.Error("a minute later there is no turn")
	}
	for i := range maxClients + 10 {
		turns.take(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}))
	}
	if len(turns.taken) > maxClients {
		t.Errorf("%d clients are counted", len(turns.taken))
	}
}

// A browser that came without https is sent there, where the proxy that says
// so is believed.
func TestEncrypted(t *testing.T) {
	address, err := url.Parse("https://galley.example.org")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{cfg: Config{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, SignIn: &signin.SignIn{Config: signin.Config{URL: address}}}}
	h := s.encrypted(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	for _, c := range []struct {
		remote, proto string
		want          int
	}{
		{"10.1.2.3:1", "http", http.StatusPermanentRedirect}, {"10.1.2.3:1", "https", http.StatusNoContent},
		{"203.0.113.9:1", "http", http.StatusNoContent}, {"10.1.2.3:1", "", http.StatusNoContent},
	} {
		r := httptest.NewRequest(http.MethodGet, "/edit?path=x", nil)
		r.RemoteAddr = c.remote
		r.Header.Set("X-Forwarded-Proto", c.proto)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.want || w.Code == http.StatusPermanentRedirect && w.Header().Get("Location") != "https://galley.example.org/" ||
			w.Code == http.StatusNoContent && w.Header().Get("Strict-Transport-Security") == "" {
			t.Errorf("%v: %d %v", c, w.Code, w.Header())
		}
	}
}

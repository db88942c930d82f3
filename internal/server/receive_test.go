package server

import (
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/language"

	"galley/internal/signin"
)

// speaking is a server that can refuse, and no more.
func speaking(cfg Config) *Server {
	english := pages{all: make([]languagePage, 1), matcher: language.NewMatcher([]language.Tag{language.English})}
	return &Server{cfg: cfg, log: slog.New(slog.DiscardHandler), assets: &assets{pages: english}}
}

// drip sends a byte now and then.
type drip struct{ left int }

func (d *drip) Read(b []byte) (int, error) {
	if d.left == 0 {
		return 0, io.EOF
	}
	d.left--
	time.Sleep(20 * time.Millisecond)
	b[0] = 'x'
	return 1, nil
}

// A body of which a byte comes now and then is not waited for, and one that comes
// as fast as it may is.
func TestDrippingBody(t *testing.T) {
	ended := make(chan time.Duration, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		body, err := receive(w, r, &room{held: new(atomic.Int64), all: 1 << 20, most: 1 << 20}, 200*time.Millisecond)
		if err == nil && len(body) == 300 {
			ended <- 0
			return
		}
		ended <- time.Since(begin)
	}))
	defer server.Close()
	send := func(body io.Reader) time.Duration {
		if res, err := http.Post(server.URL, "text/plain", body); err == nil {
			_ = res.Body.Close()
		}
		return <-ended
	}
	// It would take six seconds, and never stops for as long as a stall.
	if took := send(&drip{300}); took == 0 || took > 3*time.Second {
		t.Errorf("it was waited for %v", took)
	}
	if took := send(strings.NewReader(strings.Repeat("x", 300))); took != 0 {
		t.Errorf("a quick one was given up after %v", took)
	}
}

// Who is not signed in sends no more than what a sign-in needs, where people sign in,
// and is told to sign in; where nobody does, a post may come, and pictures with a
// submission alone.
func TestRoomForBodies(t *testing.T) {
	address, err := url.Parse("https://galley.example.org")
	if err != nil {
		t.Fatal(err)
	}
	open := Config{Requests: 8}
	signedIn := Config{Requests: 8, SignIn: &signin.SignIn{Config: signin.Config{URL: address}}}
	for _, c := range []struct {
		cfg  Config
		path string
		size int
		want int
	}{
		{signedIn, "/auth/renew", maxStranger, http.StatusNoContent},
		{signedIn, "/api/submit", maxStranger + 1, http.StatusUnauthorized},
		{signedIn, "/nothing", maxStranger + 1, http.StatusUnauthorized},
		{open, "/api/preview", maxBody, http.StatusNoContent},
		{open, "/nothing", maxBody + 1, http.StatusRequestEntityTooLarge},
		{open, "/api/submit", maxBody + 1, http.StatusNoContent},
		{open, "/api/submit", maxSubmit + 1, http.StatusRequestEntityTooLarge},
	} {
		s := speaking(c.cfg)
		w := httptest.NewRecorder()
		h := s.received(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, c.path, bytes.NewReader(make([]byte, c.size))))
		if w.Code != c.want {
			t.Errorf("%s with %d bytes: %d, want %d", c.path, c.size, w.Code, c.want)
		}
	}
}

// Bodies that are held together take no more than there is room for all: who comes
// later is asked to come again, and finds room when others are done with.
func TestRoomForAllBodies(t *testing.T) {
	var held atomic.Int64
	take := func() ([]byte, error) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat("x", 60)))
		return receive(httptest.NewRecorder(), r, &room{held: &held, all: 100, most: 100}, time.Minute)
	}
	first, err := take()
	if err != nil {
		t.Fatal(err)
	}
	second, err := take()
	if w := httptest.NewRecorder(); err == nil {
		t.Error("there was room for both")
	} else if speaking(Config{}).fail(w, httptest.NewRequest(http.MethodPost, "/", nil), err); w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d", w.Code)
	}
	held.Add(-int64(len(second)))
	if _, err := take(); err == nil {
		t.Error("there was room though the first is still held")
	}
	held.Store(int64(0))
	if _, err := take(); err != nil {
		t.Errorf("%d are held of nobody: %v", len(first), err)
	}
}

// Who takes nothing of an answer holds a place no longer than a stall, however long
// answers may take; who reads slowly gets all; and whoever sets times is left with
// them.
func TestStalledReader(t *testing.T) {
	ended := make(chan error, 1)
	h := http.NewServeMux()
	answer := make([]byte, 16<<20) // more than connections hold by themselves
	h.HandleFunc("/answer", func(w http.ResponseWriter, r *http.Request) {
		_, err := w.Write(answer)
		ended <- err
	})
	h.HandleFunc("/own", func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Minute))
		_, err := w.Write(answer)
		ended <- err
	})
	server := httptest.NewServer(paced(h, 500*time.Millisecond, time.Minute))
	defer server.Close()
	ask := func(path string) net.Conn {
		c, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, "GET "+path+" HTTP/1.0\r\nHost: localhost\r\n\r\n")
		return c
	}
	begin := time.Now()
	stalls := ask("/answer")
	defer stalls.Close()
	if err := <-ended; err == nil || time.Since(begin) > 20*time.Second {
		t.Errorf("it was waited for %v: %v", time.Since(begin), err)
	}
	own := ask("/own")
	select {
	case err := <-ended:
		t.Errorf("an answer with a time of its own ended: %v", err)
	case <-time.After(2 * time.Second):
	}
	_ = own.Close()
	<-ended
	reads := ask("/answer")
	defer reads.Close()
	if n, err := io.Copy(io.Discard, reads); n < 16<<20 || err != nil {
		t.Errorf("who reads got %d bytes, %v", n, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

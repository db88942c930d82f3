package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// own is the network that tests have their servers in.
var own = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

func client(cfg Config) *Client {
	if cfg.Own == nil {
		cfg.Own = own
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Pause == 0 {
		cfg.Pause = time.Millisecond
	}
	return New(cfg)
}

func serve(t *testing.T, f http.HandlerFunc) string {
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s.URL
}

func TestConditional(t *testing.T) {
	var asked, same atomic.Int32
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Header().Set("ETag", `"one"`)
		if r.Header.Get("If-None-Match") == `"one"` {
			same.Add(1)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "hello")
	})
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	c := client(Config{Clock: func() time.Time { return now }})
	for range 2 {
		a, err := c.Get(t.Context(), address+"/#part", time.Hour)
		if err != nil || string(a.Body) != "hello" {
			t.Fatal(a, err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("asked %d times within the hour", asked.Load())
	}
	now = now.Add(2 * time.Hour)
	a, err := c.Get(t.Context(), address, time.Hour)
	if err != nil || string(a.Body) != "hello" || !a.When.Equal(now) || same.Load() != 1 {
		t.Error(a, err, same.Load())
	}
}

// What was fetched once is there when the network is not.
func TestKeptWithoutNetwork(t *testing.T) {
	broken := atomic.Bool{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if broken.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		io.WriteString(w, "hello")
	}))
	defer s.Close()
	c := client(Config{})
	if _, err := c.Get(t.Context(), s.URL, 0); err != nil {
		t.Fatal(err)
	}
	broken.Store(true)
	if a, err := c.Get(t.Context(), s.URL, 0); err == nil || a == nil || string(a.Body) != "hello" || !strings.Contains(err.Error(), "502") {
		t.Error(a, err)
	}
	s.Close()
	if a, err := c.Get(t.Context(), s.URL, 0); !errors.Is(err, ErrUnreachable) || a == nil || string(a.Body) != "hello" {
		t.Error(a, err)
	}
}

// Whatever way an address that is not public is written, it is not dialled.
func TestPrivateNumbers(t *testing.T) {
	var asked atomic.Int32
	address := serve(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	port := address[strings.LastIndexByte(address, ':'):]
	c := New(Config{Clock: time.Now, Pause: time.Millisecond, Time: 2 * time.Second})
	for _, host := range []string{
		"127.0.0.1" + port, "127.0.0.1:80", "localhost" + port, "[::1]" + port, "[::ffff:127.0.0.1]" + port, "[::ffff:7f00:1]:80", "127.1:80", "0x7f000001:80",
		"2130706433:80", "0177.0.0.1:80", "0.0.0.0:80", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16",
		"224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[ff02::1]", "[::]", "[::127.0.0.1]",
		"8.8.8.8:22", "8.8.8.8:25",
	} {
		_, err := c.Get(t.Context(), "http://"+host+"/", 0)
		if !errors.Is(err, ErrRefused) && !errors.Is(err, ErrNotFound) && !(strings.HasPrefix(host, "0") || strings.HasPrefix(host, "2130") || strings.HasPrefix(host, "127.1")) {
			t.Errorf("%s: %v", host, err)
		}
		if err == nil {
			t.Errorf("%s was fetched", host)
		}
	}
	for _, address := range []string{"file:///etc/passwd", "gopher://x.example/", "ftp://x.example/", "http://", "http:///x", "//x.example/", "http:x.example", "", "http://user:secret@x.example/", "http://x.example/" + strings.Repeat("a", 5000), "http://[::1", "http://x.example:99999999/"} {
		_, err := c.Get(t.Context(), address, 0)
		if err == nil || !errors.Is(err, ErrRefused) && !errors.Is(err, ErrUnreachable) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", address, err)
		}
	}
	if asked.Load() != 0 {
		t.Errorf("this machine was asked %d times", asked.Load())
	}
}

// names is a resolver that a test decides about.
func names(t *testing.T, answer func(name string) net.IP) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
			q := m.Questions[0]
			if ip := answer(q.Name.String()); ip != nil && q.Type == dnsmessage.TypeA {
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
					Body:   &dnsmessage.AResource{A: [4]byte(ip.To4())},
				}}
			}
			if out, err := m.Pack(); err == nil {
				conn.WriteTo(out, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// A name that leads elsewhere at its second look-up is refused there.
func TestRebinding(t *testing.T) {
	good, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("this machine has no second loopback address:", err)
	}
	port := good.Addr().(*net.TCPAddr).Port
	bad, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Skip("that port is taken at the first loopback address:", err)
	}
	var asked atomic.Int32
	for _, l := range []net.Listener{good, bad} {
		s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Connection", "close")
			if l == bad {
				asked.Add(1)
			}
			io.WriteString(w, "hello")
		})}
		go s.Serve(l)
		t.Cleanup(func() { s.Close() })
	}
	var mu sync.Mutex
	to := net.IPv4(127, 0, 0, 2)
	resolver := names(t, func(string) net.IP {
		mu.Lock()
		defer mu.Unlock()
		return to
	})
	c := client(Config{Own: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}, Resolver: resolver})
	address := fmt.Sprintf("http://turncoat.example:%d/", port)
	if a, err := c.Get(t.Context(), address, 0); err != nil || string(a.Body) != "hello" {
		t.Fatal(a, err)
	}
	mu.Lock()
	to = net.IPv4(127, 0, 0, 1)
	mu.Unlock()
	if _, err := c.Get(t.Context(), address, 0); !errors.Is(err, ErrRefused) {
		t.Errorf("the name's second answer was taken: %v", err)
	}
	if asked.Load() != 0 {
		t.Error("this machine was asked")
	}
	if _, err := c.Get(t.Context(), strings.Replace(address, "turncoat", "unknown", 1), 0); !errors.Is(err, ErrRefused) {
		t.Error(err)
	}
}

func TestRedirects(t *testing.T) {
	var address string
	address = serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			if r.Referer() != "" {
				t.Error("a referrer was sent")
			}
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
		case "/passing":
			http.Redirect(w, r, "/old", http.StatusFound)
		case "/new":
			io.WriteString(w, "here")
		case "/around":
			http.Redirect(w, r, "/around", http.StatusFound)
		case "/inside":
			http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
		case "/six":
			http.Redirect(w, r, "http://[::1]:80/", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/named":
			http.Redirect(w, r, strings.Replace(address, "://", "://name@", 1), http.StatusFound)
		}
	})
	c := client(Config{})
	for path, moved := range map[string]bool{"/old": true, "/passing": false} {
		a, err := c.Get(t.Context(), address+path, 0)
		if err != nil || a.At != address+"/new" || a.Moved != moved || string(a.Body) != "here" {
			t.Errorf("%s: %+v, %v", path, a, err)
		}
	}
	if _, err := c.Get(t.Context(), address+"/around", 0); !errors.Is(err, ErrUnreachable) || !strings.Contains(err.Error(), "redirects") {
		t.Error(err)
	}
	for _, path := range []string{"/inside", "/six", "/file", "/named"} {
		if _, err := c.Get(t.Context(), address+path, 0); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// Endless answers, packed ones too, end.
func TestTooMuch(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		zeros := make([]byte, 1<<16)
		switch r.URL.Path {
		case "/packed":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 4000 { // 250 MB
				if _, err := z.Write(zeros); err != nil {
					return
				}
			}
			z.Close()
		case "/header":
			for i := range 100 {
				w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("a", 4096))
			}
		default:
			for {
				if _, err := w.Write(zeros); err != nil {
					return
				}
			}
		}
	})
	c := client(Config{Limit: 1 << 20})
	for _, path := range []string{"/", "/packed"} {
		if _, err := c.Get(t.Context(), address+path, 0); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := c.Get(t.Context(), address+"/header", 0); !errors.Is(err, ErrUnreachable) {
		t.Error(err)
	}
}

// Nobody is waited for longer than the time for one step.
func TestTooSlow(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if r.URL.Path == "/drops" {
				io.WriteString(w, ".")
				w.(http.Flusher).Flush()
			}
			time.Sleep(10 * time.Millisecond)
		}
	})
	c := client(Config{Time: 200 * time.Millisecond})
	for _, path := range []string{"/silent", "/drops"} {
		begin := time.Now()
		_, err := c.Get(t.Context(), address+path, 0)
		if !errors.Is(err, ErrUnreachable) || !strings.Contains(err.Error(), "in time") || time.Since(begin) > 5*time.Second {
			t.Errorf("%s: %v after %v", path, err, time.Since(begin))
		}
	}
}

// A host is asked by one request at a time, and not at all while it asks for a
// pause.
func TestPolite(t *testing.T) {
	var now, most, asked atomic.Int32
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer now.Add(-1)
		time.Sleep(2 * time.Millisecond)
		if r.URL.Path == "/busy" {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	c := client(Config{Clock: func() time.Time { mu.Lock(); defer mu.Unlock(); return at }})
	var group sync.WaitGroup
	for i := range 10 {
		group.Go(func() { c.Get(t.Context(), fmt.Sprint(address, "/", i), 0) })
		group.Go(func() { c.Get(t.Context(), address+"/same", time.Hour) })
	}
	group.Wait()
	if most.Load() != 1 {
		t.Errorf("%d requests at once", most.Load())
	}
	if a, err := c.Get(t.Context(), address+"/busy", 0); err != nil || a.Status != http.StatusTooManyRequests {
		t.Fatal(a, err)
	}
	before := asked.Load()
	if _, err := c.Get(t.Context(), address+"/other", 0); !errors.Is(err, ErrPaused) || asked.Load() != before {
		t.Errorf("%v, asked %d times more", err, asked.Load()-before)
	}
	mu.Lock()
	at = at.Add(31 * time.Second)
	mu.Unlock()
	if _, err := c.Get(t.Context(), address+"/other", 0); err != nil {
		t.Error(err)
	}
	if len(c.polite.slots) != 0 {
		t.Errorf("%d connections are still counted", len(c.polite.slots))
	}
}

// A server that knows no HEAD is asked as a browser would.
func TestLook(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(http.StatusMethodNotAllowed)
		} else if r.URL.Path == "/gone" {
			w.WriteHeader(http.StatusNotFound)
		}
	})
	c := client(Config{})
	if a, err := c.Look(t.Context(), address, 0); err != nil || !a.OK() {
		t.Error(a, err)
	}
	if a, err := c.Look(t.Context(), address+"/gone", 0); err != nil || a.Status != http.StatusNotFound {
		t.Error(a, err)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": time.Minute, "5": 5 * time.Second, "999999999999": time.Minute, "86400": time.Hour, "-3": time.Minute, "x": time.Minute,
		"Sun, 01 Mar 2026 00:10:00 GMT": 10 * time.Minute, "Sun, 01 Mar 2020 00:10:00 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {text}}, now); got != want && !(text == "999999999999" && got == time.Hour) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

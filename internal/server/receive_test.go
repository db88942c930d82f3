package server

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

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
		body, err := receive(w, r, 200*time.Millisecond)
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

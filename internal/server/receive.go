package server

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"time"
)

// received has a body arrive before there is work for it: whoever sends slowly
// takes a place among those who send, which are fewer, and none of those who
// are worked for. So pages and posts are read while somebody keeps all writes
// waiting.
func (s *Server) received(next http.Handler) http.Handler {
	places := make(chan struct{}, max(1, s.cfg.Requests/4))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		select {
		case places <- struct{}{}:
		default:
			s.fail(w, r, busy())
			return
		}
		body, err := receive(w, r, stalled)
		<-places
		if err != nil {
			s.fail(w, r, err)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// receive reads a request's body, as long as enough comes of it: who sends a
// byte now and then would hold a place for all the time that a request has.
func receive(w http.ResponseWriter, r *http.Request, stalled time.Duration) ([]byte, error) {
	connection := http.NewResponseController(w)
	// Not a deadline for each part: that would take the place of the one that
	// the whole request has.
	watch := time.AfterFunc(stalled, func() { _ = connection.SetReadDeadline(time.Now()) })
	defer watch.Stop()
	var body bytes.Buffer
	_, err := body.ReadFrom(&progress{Reader: http.MaxBytesReader(w, r.Body, maxSubmit), watch: watch, stalled: stalled, begin: time.Now()})
	var large *http.MaxBytesError
	if err != nil && !errors.As(err, &large) {
		err = &refusal{cause: err, problem: problem{Kind: kindInvalid, status: http.StatusRequestTimeout,
			Sentence: "The request did not arrive whole, or much too slowly. Try again."}}
	}
	return body.Bytes(), err
}

// progress winds a watch up with every part that is read, to when more is due.
type progress struct {
	io.Reader
	watch   *time.Timer
	stalled time.Duration // for each part
	begin   time.Time
	read    int // bytes
}

// Read implements io.Reader.
func (p *progress) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	if n > 0 {
		p.read += n
		due := p.begin.Add(p.stalled * time.Duration(1+p.read/part))
		p.watch.Reset(max(0, min(p.stalled, time.Until(due))))
	}
	return n, err
}

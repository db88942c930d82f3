package server

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// received has a body arrive before there is work for it: whoever sends slowly
// takes a place among those who send, which are fewer, and none of those who
// are worked for. So pages and posts are read while somebody keeps all writes
// waiting.
func (s *Server) received(next http.Handler) http.Handler {
	places := make(chan struct{}, max(1, s.cfg.Requests/4))
	var held atomic.Int64 // bytes
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
		most, stranger := s.roomFor(r)
		body, err := receive(w, r, &room{held: &held, all: maxHeld, most: most}, stalled)
		<-places
		defer held.Add(-int64(len(body)))
		if err != nil {
			var large *http.MaxBytesError
			if stranger != nil && errors.As(err, &large) {
				err = stranger
			}
			s.fail(w, r, err)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

const (
	// maxHeld is how much of all bodies is held at once, in bytes: some submissions
	// with many pictures, on a machine with little memory.
	maxHeld = 4 * maxSubmit
	// maxStranger is the largest body, in bytes, of somebody who is not signed in
	// where people sign in. Who began to write before that was over is told so.
	maxStranger = 64 << 10
)

// roomFor is how large a request's body may be, in bytes, and why it may not be larger
// where nobody is known to be signed in.
func (s *Server) roomFor(r *http.Request) (most int64, stranger error) {
	if s.cfg.SignIn != nil {
		if _, err := s.cfg.SignIn.Session(r); err != nil {
			return maxStranger, err
		}
	}
	if r.URL.Path == "/api/submit" {
		return maxSubmit, nil
	}
	return maxBody, nil
}

// room is what a body may take: of its own, and of what all bodies may.
type room struct {
	held *atomic.Int64 // bytes of all
	all  int64
	most int64
}

// receive reads a request's body, as long as there is room and enough comes of it: who
// sends a byte now and then would hold a place for all the time that a request has.
// What it returns counts as held until its caller takes that off, whatever the error.
func receive(w http.ResponseWriter, r *http.Request, room *room, stalled time.Duration) ([]byte, error) {
	connection := http.NewResponseController(w)
	// Not a deadline for each part: that would take the place of the one that
	// the whole request has.
	watch := time.AfterFunc(stalled, func() { _ = connection.SetReadDeadline(time.Now()) })
	defer watch.Stop()
	var body bytes.Buffer
	_, err := body.ReadFrom(&progress{Reader: http.MaxBytesReader(w, r.Body, room.most), room: room, watch: watch, stalled: stalled, begin: time.Now()})
	var large *http.MaxBytesError
	var refused *refusal
	if err != nil && !errors.As(err, &large) && !errors.As(err, &refused) {
		err = &refusal{cause: err, problem: problem{Kind: kindInvalid, status: http.StatusRequestTimeout,
			Sentence: "The request did not arrive whole, or much too slowly. Try again."}}
	}
	return body.Bytes(), err
}

// progress winds a watch up with every part that is read, to when more is due.
type progress struct {
	io.Reader
	room    *room
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
		if p.room.held.Add(int64(n)) > p.room.all {
			return n, busy()
		}
		due := p.begin.Add(p.stalled * time.Duration(1+p.read/part))
		p.watch.Reset(max(0, min(p.stalled, time.Until(due))))
	}
	return n, err
}

package server

import (
	"net/http"
	"time"
)

// A client is too slow that takes longer than stalled for a part of a body or of
// an answer, which is less than the slowest telephone does. Serve says how long
// all of a request and its answer may take.
const (
	stalled = 10 * time.Second
	part    = 16 << 10 // bytes
)

// paced ends an answer that is taken too slowly: it would hold a place among
// those that are worked for. all is how long one may take in all. Whoever sets
// times of their own, as submissions do for each line, is left with them.
func paced(next http.Handler, stalled, all time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(&pacedWriter{ResponseWriter: w, control: http.NewResponseController(w), stalled: stalled, end: time.Now().Add(all)}, r)
	})
}

type pacedWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	stalled time.Duration
	end     time.Time
	own     bool // the handler sets times
}

// Write implements io.Writer.
func (w *pacedWriter) Write(b []byte) (int, error) {
	if w.own {
		return w.ResponseWriter.Write(b)
	}
	for done := 0; ; {
		n := min(part, len(b)-done)
		due := time.Now().Add(w.stalled)
		if due.After(w.end) {
			due = w.end
		}
		_ = w.control.SetWriteDeadline(due) // writers of tests have none
		n, err := w.ResponseWriter.Write(b[done : done+n])
		if done += n; err != nil || done == len(b) {
			return done, err
		}
	}
}

// SetWriteDeadline is what http.ResponseController calls.
func (w *pacedWriter) SetWriteDeadline(t time.Time) error {
	w.own = true
	return w.control.SetWriteDeadline(t)
}

// Unwrap lets http.ResponseController find what else the writer can do.
func (w *pacedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

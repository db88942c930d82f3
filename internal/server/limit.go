package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// limited works on so many requests at once and turns the others away, which
// is better for all of them than to be slow together.
func (s *Server) limited(next http.Handler) http.Handler {
	slots := make(chan struct{}, s.cfg.Requests)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" { // busy is not ill
			next.ServeHTTP(w, r)
			return
		}
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
			next.ServeHTTP(w, r)
		default:
			s.fail(w, r, busy())
		}
	})
}

func busy() error {
	return &refusal{problem: problem{Kind: kindUnavailable, status: http.StatusServiceUnavailable, RetryAfter: 2,
		Sentence: "Galley has too much to do at the moment. Try again in a few seconds."}}
}

// ending is what work that can be ended asks now and then. Whoever has it ends
// for all who share it.
type ending struct{ over atomic.Bool }

var errEnded = errors.New("the work was given up")

// end has the work end soon.
func (e *ending) end() { e.over.Store(true) }

// Err is errEnded once the work is to end, else nil.
func (e *ending) Err() error {
	if e.over.Load() {
		return errEnded
	}
	return nil
}

// renders bounds rendering, which hostile posts can make long, and other work
// of that kind: how many at once, and for how long each.
type renders struct {
	slots chan struct{}
	limit time.Duration
	late  string // the sentence when the time is up
}

func newRenders(n int, limit time.Duration, late string) *renders {
	return &renders{make(chan struct{}, n), limit, late}
}

// run calls a function and waits for it, within the limits. Once its time is up
// it is told so by e, whether or not somebody still waits for it, and it keeps
// its slot until it has ended: no more than the slots' number ever run. What it
// writes to must not be read after an error.
func (l *renders) run(ctx context.Context, e *ending, render func()) error {
	timer := time.NewTimer(l.limit)
	defer timer.Stop()
	select {
	case l.slots <- struct{}{}:
	case <-timer.C:
		return busy()
	case <-ctx.Done():
		return ctx.Err()
	}
	if e.Err() != nil { // by another work, while this one waited
		<-l.slots
		return busy()
	}
	var mine atomic.Bool
	late := time.AfterFunc(l.limit, func() { mine.Store(true); e.end() })
	done := make(chan error, 1)
	go func() {
		defer func() {
			late.Stop()
			<-l.slots
			if p := recover(); mine.Load() {
				done <- refuse(http.StatusServiceUnavailable, kindUnavailable, "%s", l.late)
			} else if e.Err() != nil { // by another's work
				done <- busy()
			} else if p != nil {
				done <- fmt.Errorf("panic while rendering: %v\n%s", p, debug.Stack())
			}
			close(done)
		}()
		render()
	}()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return refuse(http.StatusServiceUnavailable, kindUnavailable, "%s", l.late)
	case <-ctx.Done():
		return ctx.Err()
	}
}

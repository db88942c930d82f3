package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Timeouts bound what a client may take its time with. The zero value of each
// field means its default.
type Timeouts struct {
	// Header is how long a request's head may take; 10 s.
	Header time.Duration
	// Read is how long a whole request may take; 60 s.
	Read time.Duration
	// Write is how long an answer may take, from the request's end; 90 s.
	// Submissions have a time of their own for each line.
	Write time.Duration
	// Stall is how long the next part of an answer, 16 KB, may take; 10 s.
	Stall time.Duration
	// Idle is how long a connection is kept without requests; 2 min.
	Idle time.Duration
	// Stop is how long Serve waits for requests when it is told to stop; 2 min
	// and 10 s, so that a submission can end.
	Stop time.Duration
}

// Serve answers requests on a listener until the context ends. It then takes
// no more connections, and returns when every request that was begun is
// answered, or the time is up. It closes the listener.
func Serve(ctx context.Context, l net.Listener, h http.Handler, t Timeouts, log *slog.Logger) error {
	or := func(d, otherwise time.Duration) time.Duration {
		if d > 0 {
			return d
		}
		return otherwise
	}
	srv := &http.Server{
		Handler:           paced(h, or(t.Stall, stalled), or(t.Write, 90*time.Second)),
		ReadHeaderTimeout: or(t.Header, 10*time.Second),
		ReadTimeout:       or(t.Read, 60*time.Second),
		WriteTimeout:      or(t.Write, 90*time.Second),
		IdleTimeout:       or(t.Idle, 2*time.Minute),
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), or(t.Stop, 130*time.Second))
	defer cancel()
	err := srv.Shutdown(stop)
	if errors.Is(err, context.DeadlineExceeded) {
		_ = srv.Close() // nothing is left to be polite to
		return fmt.Errorf("stopping: requests were still running: %w", err)
	}
	return err
}

package server

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"galley/internal/forge"
	"galley/internal/site"
)

// readTime is how long the first reading of a site may take with all waiting for the
// forge, which may be far away. What was read by then is remembered, so that another try
// goes on. The work of it has the time of a rendering.
const readTime = 2 * time.Minute

// bundled reads the site of a tree for the first time. Who may push chooses the files and
// the patterns that each is held against, so that it is bounded as rendering is, and ends
// when nobody waits for it.
func (s *Server) bundled(ctx context.Context, f forge.Forge, tree forge.Tree) (map[string]string, error) {
	timed := &timedReads{Forge: f}
	snapshot, err := forge.Snapshot(ctx, atTree{timed, tree}, "")
	if err != nil {
		return nil, err
	}
	files := &wholeFiles{FS: snapshot}
	var bundle map[string]string
	var reading error
	var e ending
	errLong := errors.New("reading the site takes too long")
	err = s.readings.run(ctx, &e, func() {
		begun := time.Now()
		stop := func() error {
			if time.Since(begun)-timed.waited() > s.cfg.RenderTime {
				return errLong
			}
			return errors.Join(ctx.Err(), e.Err())
		}
		if bundle, reading = site.BundleFiles(files, stop); reading == nil {
			reading = cmp.Or(stop(), files.Err()) // without which something may have been left out
		}
	})
	if err != nil {
		return nil, err
	}
	if errors.Is(reading, errLong) {
		return nil, refuse(http.StatusServiceUnavailable, kindUnavailable,
			"Reading the site took longer than %v and was given up. Its settings may have very many patterns of files, or very long ones.", s.cfg.RenderTime)
	}
	return bundle, reading
}

// timedReads is a forge that knows how long its files were waited for. It is for one reading.
type timedReads struct {
	forge.Forge
	mu     sync.Mutex
	asked  int           // how many are waited for
	since  time.Time     // when the first of these was asked for
	before time.Duration // until then
}

// Blob implements forge.Forge.
func (f *timedReads) Blob(ctx context.Context, id string) ([]byte, error) {
	f.count(1)
	defer f.count(-1)
	return f.Forge.Blob(ctx, id)
}

func (f *timedReads) count(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.asked == 0 {
		f.since = time.Now()
	}
	if f.asked += n; f.asked == 0 {
		f.before += time.Since(f.since)
	}
}

// waited is how long at least one file was waited for.
func (f *timedReads) waited() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.asked > 0 {
		return f.before + time.Since(f.since)
	}
	return f.before
}

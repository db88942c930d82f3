package server

import (
	"context"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"galley/internal/forge"
	"galley/internal/guard"
)

// aheadWait is how long a request waits for the files of a site to be read.
const aheadWait = 10 * time.Second

// readAheads are the trees whose files are being read, by commit.
type readAheads struct {
	mu    sync.Mutex
	known map[string]chan struct{} // closed when they are read
}

// ahead reads the texts of a tree from a forge that is far away, several at once, so
// that a build which reads them one after the other finds them. It tells whether they
// are there now; reading goes on when they are not, unless they are too many.
func (s *Server) ahead(ctx context.Context, f forge.Forge, tree forge.Tree) bool {
	missing := s.notRead(tree)
	if len(missing) == 0 {
		return true
	}
	if len(missing) > farReads {
		return false
	}
	s.readAheads.mu.Lock()
	done := s.readAheads.known[tree.Commit]
	if done == nil {
		done = make(chan struct{})
		s.readAheads.known[tree.Commit] = done
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), indexTime)
		go func() {
			defer cancel()
			group, within := errgroup.WithContext(within)
			group.SetLimit(readsAtOnce)
			for _, id := range missing {
				group.Go(guard.Work(func() error {
					_, err := f.Blob(within, id) // it is remembered
					return err
				}))
			}
			if err := group.Wait(); err != nil {
				s.log.WarnContext(within, "a site cannot be read ahead", "error", err)
			}
			s.readAheads.mu.Lock()
			delete(s.readAheads.known, tree.Commit)
			s.readAheads.mu.Unlock()
			close(done)
		}()
	}
	s.readAheads.mu.Unlock()
	timer := time.NewTimer(aheadWait)
	defer timer.Stop()
	select {
	case <-done:
		return len(s.notRead(tree)) == 0 // else some could not be read, or all do not fit
	case <-timer.C:
	case <-ctx.Done():
	}
	return false
}

// notRead are the blobs of a tree's texts that are not remembered.
func (s *Server) notRead(tree forge.Tree) (missing []string) {
	for _, e := range tree.Entries {
		if _, ok := s.blobs.Get(e.Blob); !ok && e.Size <= maxPost && !slices.Contains(unread, strings.ToLower(path.Ext(e.Path))) {
			missing = append(missing, e.Blob)
		}
	}
	return missing
}

// unread are the extensions of files that a build copies as they are.
var unread = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".pdf", ".zip", ".gz", ".woff", ".woff2", ".ttf", ".eot", ".otf", ".mp3", ".mp4", ".webm", ".wasm"}

// Package parallel does many things on all processors.
package parallel

import (
	"context"
	"sync"
)

// Do does n things, some at once, and stops at the first error. done is
// called after each, never by two goroutines at once.
func Do(ctx context.Context, workers, n int, do func(i int) error, done func(count, i int)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var mu sync.Mutex
	next, finished := 0, 0
	var all sync.WaitGroup
	for range min(workers, n) {
		all.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= n || ctx.Err() != nil {
					return
				}
				if err := do(i); err != nil {
					stop(err)
					return
				}
				mu.Lock()
				finished++
				done(finished, i)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil && finished < n {
		return err
	}
	return nil
}

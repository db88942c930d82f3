// Package growthtest tells in a test whether work grows faster than what it is done
// for. Times of two sizes are compared, never one with a limit in seconds: machines
// differ.
package growthtest

import (
	"testing"
	"time"
)

// What takes less than this is not told from what a collection of garbage takes.
const least = 20 * time.Millisecond

// Linear fails the test where eight times as much takes over 32 times as long; what is
// quadratic takes 64 times. made prepares the work for a size, and is not measured.
// What counts is the processor's time of this process, where the system tells it, so
// that it does not matter what else the machine does. A test of this kind does not run
// beside others of its package, and is skipped with -short, as WebAssembly is tested.
func Linear(t testing.TB, n int, made func(n int) func()) {
	t.Helper()
	if testing.Short() {
		t.Skip("times are compared natively, where a collection of garbage takes less of them")
	}
	const times = 8
	large := took(made(times*n), 1)
	for try := 1; large >= least; try++ {
		small := took(made(n), 3)
		if large < times/2*times*small {
			return
		}
		if try == 3 {
			t.Errorf("a size of %d took %v, and %d took %v", n, small, times*n, large)
			return
		}
		// What takes long is done again only where it seems to have taken too long.
		large = min(large, took(made(times*n), 1))
	}
}

// took is the least time of several that the work takes.
func took(work func(), tries int) time.Duration {
	best := time.Duration(-1)
	for range tries {
		start := processorTime()
		work()
		if t := processorTime() - start; best < 0 || t < best {
			best = t
		}
	}
	return best
}

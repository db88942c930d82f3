// Package growthtest tells in a test whether work grows faster than what it is done
// for. Times of two sizes are compared, never one with a limit in seconds: machines
// differ.
package growthtest

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

const (
	// What takes less than this is not told from what else a process does.
	least = 20 * time.Millisecond
	// Above this many bytes garbage is collected also while times are taken.
	memory = 1 << 30
	// The larger size is so many times the smaller.
	times = 16
)

// Linear fails the test where work of the size n takes over 128 times as long as work of
// a sixteenth of it; what is quadratic takes 256 times, and what is proportional up to
// some 80, where the smaller fits into the processor's cache and the larger is the first
// to have its memory. made prepares the work for a size, and is not measured.
// What counts is the processor's time of this process, where the system tells it, so
// that it does not matter what else the machine does. Garbage is collected before each
// time that is taken, not meanwhile: it would be so for the larger size alone, by every
// processor that is idle. A test of this kind does not run beside others of its package,
// and is skipped with -short, as WebAssembly is tested.
func Linear(t testing.TB, n int, made func(n int) func()) {
	t.Helper()
	if testing.Short() {
		t.Skip("times are compared natively, where a collection of garbage takes less of them")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memory))
	large := took(made(n), 1)
	for try := 1; large >= least; try++ {
		small := took(made(n/times), 3)
		if proportional(small, large) {
			return
		}
		if try == 3 {
			t.Errorf("a size of %d took %v, and %d took %v", n/times, small, n, large)
			return
		}
		// What takes long is done again only where it seems to have taken too long.
		large = min(large, took(made(n), 1))
	}
}

// proportional tells whether the times that the two sizes took are not rather those of
// what is quadratic.
func proportional(small, large time.Duration) bool { return large < times/2*times*small }

// took is the least time of several that the work takes.
func took(work func(), tries int) time.Duration {
	best := time.Duration(-1)
	for range tries {
		runtime.GC()
		start := processorTime()
		work()
		if t := processorTime() - start; best < 0 || t < best {
			best = t
		}
	}
	return best
}

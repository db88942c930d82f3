//go:build unix

package growthtest

import (
	"syscall"
	"time"
)

// processorTime is how long this process has had a processor, getrusage(2).
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

//go:build !linux

package libsass

// limitMemory does nothing where the system has no limit that fits.
func limitMemory(uint64) {}

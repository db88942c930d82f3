package libsass

import "syscall"

// limitMemory ends this process rather than let it take more than some bytes.
func limitMemory(bytes uint64) {
	// What cannot be limited still has a limit of time.
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: bytes, Max: bytes})
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}

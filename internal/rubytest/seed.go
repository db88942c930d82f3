package rubytest

import (
	"os"
	"strconv"
	"testing"
	"time"
)

// Seed is what inputs made at random begin with. It is the same each time, so that
// a run fails because of what was changed, and not by chance; GALLEY_SEED names
// another one, and "new" is new each time, to look for what nobody has seen.
func Seed(t testing.TB) int64 {
	t.Helper()
	switch text := os.Getenv("GALLEY_SEED"); text {
	case "":
		return 1
	case "new":
		return time.Now().UnixNano()
	default:
		seed, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatalf("GALLEY_SEED is %q, and not a number or “new”", text)
		}
		return seed
	}
}

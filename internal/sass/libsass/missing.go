//go:build !cgo

package libsass

import "galley/internal/sass"

// Included tells whether this program has the compiler.
const Included = false

// compile says that there is no compiler.
func compile(*sass.Source, string) (sass.Result, error) {
	return sass.Result{}, ErrMissing
}

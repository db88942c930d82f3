//go:build !cgo

package libsass

import "galley/internal/sass"

// compile says that there is no compiler.
func compile(*sass.Source, string) (sass.Result, error) {
	return sass.Result{}, ErrMissing
}

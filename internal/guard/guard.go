// Package guard keeps a panic in a goroutine from ending the whole program, as net/http
// does for a request's own: what anybody's text set off is an error of the work that met
// it, and the others go on.
package guard

import (
	"fmt"
	"runtime/debug"
)

// Work is work for a goroutine whose panic is its error, which has the stack for the log.
func Work(work func() error) func() error {
	return func() (err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		return work()
	}
}

package forge

import (
	"errors"
	"fmt"
	"time"
)

// What a caller can branch on. Forges wrap these in an *Error, which carries a
// sentence for the writer.
var (
	// ErrNotFound: the branch, file or pull request is not there, or hidden.
	ErrNotFound = errors.New("not found")
	// ErrStale: what was to be replaced is no longer what the edit started from.
	ErrStale = errors.New("the file changed meanwhile")
	// ErrConflict: two changes cannot be joined without a person.
	ErrConflict = errors.New("merge conflict")
	// ErrInvalid: a path, branch name or title that no forge accepts.
	ErrInvalid = errors.New("invalid request")
	// ErrUnauthorized: the token is missing, wrong or expired.
	ErrUnauthorized = errors.New("not signed in")
	// ErrForbidden: the person may not do that.
	ErrForbidden = errors.New("not allowed")
	// ErrRateLimited: too many requests; Error.RetryAfter says when to go on.
	ErrRateLimited = errors.New("rate limited")
	// ErrTooLarge: the file is larger than the forge takes.
	ErrTooLarge = errors.New("too large")
	// ErrUnavailable: the forge did not answer, or answered with a fault.
	ErrUnavailable = errors.New("forge unavailable")
	// ErrUnsupported: this forge does not do that.
	ErrUnsupported = errors.New("not supported")
)

// Error is a failure with a sentence for the writer kept apart from the
// operator's detail.
type Error struct {
	// Kind is one of this package's sentinel errors.
	Kind error
	// Sentence says what happened and what to do. It holds no secret.
	Sentence string
	// RetryAfter is how long to wait before trying again; 0 when not known.
	RetryAfter time.Duration
	// Current is what was found instead, with ErrStale; nil when nothing is
	// there any more, which Gone says, and when nobody looked.
	Current *File
	// Gone, with ErrStale: the file is not there any more.
	Gone bool
	// Branch is where Current or nothing was found; empty when nobody looked.
	Branch string
	// Err is the cause, for the log; it may be nil.
	Err error
}

// Error gives the operator's view.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%v: %v", e.Kind, e.Err)
	}
	return fmt.Sprintf("%v: %s", e.Kind, e.Sentence)
}

// Unwrap lets errors.Is find the kind and the cause.
func (e *Error) Unwrap() []error {
	if e.Err != nil {
		return []error{e.Kind, e.Err}
	}
	return []error{e.Kind}
}

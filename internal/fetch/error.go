package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"code.dny.dev/ssrf"
)

// What an *Error is, for errors.Is.
var (
	// ErrRefused: an address that is not asked, or that led to one.
	ErrRefused = errors.New("refused")
	// ErrTooLarge: an answer with more bytes than are read.
	ErrTooLarge = errors.New("too large")
	// ErrPaused: the host asked for a pause.
	ErrPaused = errors.New("paused")
	// ErrNotFound: no host has that name.
	ErrNotFound = errors.New("no such host")
	// ErrNoNames: nobody could be asked which host has that name, as without a
	// network. It says nothing of the address.
	ErrNoNames = errors.New("no name server")
	// ErrUnreachable: everything else, from a time-out to a certificate.
	ErrUnreachable = errors.New("unreachable")
)

// Error says why an address was not fetched, in words that go behind its name:
// "https://x.example/ answers with nothing for too long".
type Error struct {
	Kind    error
	Address string
	What    string
	Cause   error // for the log; may be nil
}

func (e *Error) Error() string { return e.Address + " " + e.What }

// Is tells the error's kind.
func (e *Error) Is(target error) bool { return target == e.Kind }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// newError says what an error of net/http's means.
func newError(address string, err error) *Error {
	address = short(address)
	var own *Error
	if errors.As(err, &own) {
		if own.Address != "" && own.Address != address {
			return &Error{own.Kind, address, fmt.Sprintf("leads to %s, which %v", own.Address, own.What), err}
		}
		return &Error{own.Kind, address, own.What, err}
	}
	var (
		named *net.DNSError
		slow  net.Error
	)
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrProhibitedNetwork):
		return &Error{ErrRefused, address, "leads to an address that is not public", err}
	case errors.Is(err, errRedirects):
		return &Error{ErrUnreachable, address, fmt.Sprintf("redirects more than %d times", maxRedirects), err}
	case errors.As(err, &named) && named.IsNotFound && !named.IsTemporary && !named.IsTimeout:
		return &Error{ErrNotFound, address, "names a host that is not known", err}
	case named != nil:
		return &Error{ErrNoNames, address, "could not be asked, as no name server answered", err}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return &Error{ErrUnreachable, address, "does not answer in time", err}
	case errors.Is(err, context.Canceled):
		return &Error{ErrUnreachable, address, "was not waited for", err}
	}
	var of *url.Error
	if errors.As(err, &of) {
		err = of.Err
	}
	return &Error{ErrUnreachable, address, fmt.Sprintf("cannot be reached (%s)", err), err}
}

func errTooLarge(limit int64) error {
	return &Error{Kind: ErrTooLarge, What: fmt.Sprintf("has more than %d KB, which is more than is read", limit>>10)}
}

func pausedError(pause time.Duration) error {
	return &Error{Kind: ErrPaused, What: fmt.Sprintf("asks for a pause of %s", pause.Round(time.Second))}
}

func statusError(status int) error {
	return &Error{Kind: ErrUnreachable, What: fmt.Sprintf("answers with %d %s", status, http.StatusText(status))}
}

// short is an address as a sentence has it.
func short(address string) string {
	if len(address) > 200 {
		return address[:200] + "…"
	}
	return address
}

package liquid

import (
	"fmt"
	"strconv"
	"strings"
)

// A Problem is something to tell about a place in a template.
type Problem struct {
	File    string
	Line    int    // from 1; 0 when it is not known
	Message string // a sentence, or the words of one
}

// An Error is what parsing or rendering ended with. Its place is the innermost
// one: where an include failed, the place in the included file.
type Error struct {
	Problem
	Err error // what was wrong, when a caller may want to know: a limit, a stop
}

// Error names place and fault.
func (e *Error) Error() string {
	if e.File == "" {
		return e.Message
	}
	return e.File + ":" + strconv.Itoa(e.Line) + ": " + e.Message
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// fault is an error without a place yet; the nearest tag gives it one.
type fault string

func (f fault) Error() string { return string(f) }

// Faultf makes an error for a tag or a filter to return. It gets the place of
// the tag that is being rendered.
func Faultf(format string, args ...any) error { return fault(fmt.Sprintf(format, args...)) }

// Shown is a value as an error shows it, shortened.
func Shown(v any) string { return shorten(Inspect(v)) }

func shorten(s string) string {
	if len(s) > 60 {
		s = strings.ToValidUTF8(s[:57], "") + "..."
	}
	return s
}

// at gives an error its place, unless it has one.
func at(err error, file string, line int) error {
	if err == nil {
		return nil
	}
	if e, ok := err.(*Error); ok {
		return e
	}
	return &Error{Problem: Problem{File: file, Line: line, Message: err.Error()}, Err: err}
}

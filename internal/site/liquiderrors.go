package site

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"galley/internal/diag"
)

// liquidError is an error in a template, with its place.
type liquidError struct {
	file string
	line int
	err  error
}

func (e *liquidError) Error() string { return fmt.Sprintf("%s:%d: %v", e.file, e.line, e.err) }

func (e *liquidError) Unwrap() error { return e.err }

// liquidDiag tells an error: file, line and the words there.
func liquidDiag(file string, files fs.FS, err error) diag.Diagnostic {
	line := 1
	var le *liquidError
	if errors.As(err, &le) {
		file, line, err = le.file, le.line, le.err
	}
	src := source{file: file}
	if files != nil {
		if b, readErr := fs.ReadFile(files, file); readErr == nil {
			src.text = string(b)
		}
	}
	return templateDiag(src, fmt.Errorf("template: %s:%d: %s", strings.ReplaceAll(file, " ", "_"), line, strings.TrimSuffix(err.Error(), ".")))
}

// placed gives a library's error its place.
func placed(err error, f *liquidFile) error {
	var have *liquidError
	if errors.As(err, &have) {
		return have
	}
	out := &liquidError{f.file, f.line, err}
	if e, ok := err.(interface { //nolint:errorlint // the library's own type
		Path() string
		LineNumber() int
		Cause() error
	}); ok {
		if errors.As(e.Cause(), &have) {
			return have
		}
		if e.Path() != "" {
			out.file = e.Path()
		}
		if e.LineNumber() > 0 {
			out.line = e.LineNumber()
		}
		message := err.Error()
		// "Liquid error (line 3): what in where" says the place twice.
		if m := liquidMessage.FindStringSubmatch(message); m != nil {
			message = m[1]
		}
		out.err = errors.New(strings.TrimSuffix(message, " in "+e.Path()))
	}
	return out
}

var liquidMessage = regexp.MustCompile(`(?s)^Liquid error(?: \(line \d+\))?: (.*)$`)

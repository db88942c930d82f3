// Package diag holds what Galley says about a post: positions, ranges and
// diagnostics, and the conversion between the bytes that Go counts and the
// UTF-16 code units that the browser counts.
//
// Every other package counts bytes from the start of the post's file, front
// matter included. UTF-16 appears only at the border to the browser, in
// [Index].
package diag

import "fmt"

// Severity says how much a diagnostic matters.
type Severity string

// The severities, from the worst down.
const (
	Error   Severity = "error"   // the page would be wrong or missing
	Warning Severity = "warning" // the page works, but something is likely not meant
	Info    Severity = "info"    // worth knowing
)

// Range is a half-open range of bytes, [Start, End), in a post's file.
type Range struct {
	Start, End int
}

// Position is a place as people count: both numbers start at 1. Column counts
// UTF-16 code units, as editors do.
type Position struct {
	Line, Column int
}

// String gives the usual line:column.
func (p Position) String() string { return fmt.Sprintf("%d:%d", p.Line, p.Column) }

// Diagnostic is one thing to tell a writer, at a place.
type Diagnostic struct {
	// Range is where the problem stands. An empty range marks a point.
	Range Range
	// Severity is Error, Warning or Info.
	Severity Severity
	// Code names the rule, in lower case with hyphens: "front-matter-unclosed".
	Code string
	// Message is a sentence a writer can act on: what is wrong, and what to do.
	Message string
	// Fix is what mends it; nil where a person has to.
	Fix *Fix
	// File is the file that the problem is in, when it is not the post itself
	// (a template, say). Range then counts in that file.
	File string
}

// Fix is a replacement that mends a problem.
type Fix struct {
	// Name is what it does, as on a button: "Put a plain space".
	Name string
	// Range is what is replaced; empty for a text that is put in.
	Range Range
	// Insert is what is put there.
	Insert string
	// Asks is true where the fix decides what was meant: which of two numbers is wrong,
	// or that a post is to come out now. It is offered to somebody who looks at it, and
	// never made unasked.
	Asks bool
}

// Format writes a diagnostic the way compilers do, which editors and GitHub
// know how to read: "file:line:column: severity: message (code)".
func Format(file string, src []byte, d Diagnostic) string {
	if d.File != "" {
		return fmt.Sprintf("%s: %s: %s (%s)", d.File, d.Severity, d.Message, d.Code)
	}
	p := NewIndex(src).Position(d.Range.Start)
	return fmt.Sprintf("%s:%s: %s: %s (%s)", file, p, d.Severity, d.Message, d.Code)
}

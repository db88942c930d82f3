package sass

import (
	"context"
	"fmt"
	"path"
	"strings"
)

// Source is all that a style sheet's CSS is made of.
type Source struct {
	// Name is the sheet's file in its site; Text is what it holds, without
	// front matter and with Liquid carried out.
	Name, Text string
	// Files are the files that it may import, by their paths in the site.
	Files map[string]string
	// LoadPaths are the folders in which imports are looked for, in order.
	LoadPaths []string
	// Style is nested, expanded, compact or compressed.
	Style string
	// Precision is how many digits numbers have behind the point; 0 is 10.
	Precision int
	// Charset begins CSS that is not plain ASCII with @charset, in the style
	// that leaves it out otherwise.
	Charset bool
	// Map asks for a source map and an address of it at the CSS's end.
	Map bool
}

// Indented says that the sheet is written in the older syntax, without braces.
func (s *Source) Indented() bool { return strings.EqualFold(path.Ext(s.Name), ".sass") }

// Result is a compiled style sheet.
type Result struct {
	CSS []byte
	// Map is the source map, empty where none was asked for.
	Map []byte
}

// Compiler makes CSS of Sass. It is safe for concurrent use.
type Compiler interface {
	// Compile compiles a sheet. What is wrong with it is an [*Error]; any
	// other error is the compiler's own.
	Compile(ctx context.Context, source *Source) (Result, error)
}

// Error is a mistake in a style sheet.
type Error struct {
	// File is the file in its site that has it.
	File string
	// Line is its line there, from 1, or 0 where that is not known. In the
	// sheet itself lines are counted without front matter.
	Line int
	// Message is a sentence.
	Message string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message)
}

// Is says whether a file is written in Sass, by its ending.
func Is(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".scss", ".sass":
		return true
	}
	return false
}

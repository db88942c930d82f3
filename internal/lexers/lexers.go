// Package lexers knows every chroma lexer. It is for programs that run
// natively: linking all lexers into WebAssembly would double its size, so
// there a definition is fetched as data when a post first uses it.
package lexers

import (
	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// Source returns a function that finds a lexer by the name written in a code
// fence, or nil when there is none.
func Source() func(language string) chroma.Lexer {
	return func(language string) chroma.Lexer {
		return lexers.Get(language)
	}
}

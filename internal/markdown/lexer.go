package markdown

import (
	"fmt"

	"github.com/alecthomas/chroma/v2"
)

// NewLexer makes a lexer from its definition, chroma's XML, as
// lexers.Definition gives it. It is how a browser learns a language when a
// post first needs it.
func NewLexer(definition []byte) (lexer chroma.Lexer, err error) {
	defer func() {
		if p := recover(); p != nil {
			lexer, err = nil, fmt.Errorf("the definition cannot be used: %v", p)
		}
	}()
	l, err := chroma.Unmarshal(definition)
	if err != nil {
		return nil, fmt.Errorf("the definition cannot be read: %w", err)
	}
	return l, nil
}

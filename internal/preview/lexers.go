package preview

import (
	"errors"
	"strings"

	"github.com/alecthomas/chroma/v2"

	"galley/internal/markdown"
)

// maxLexer bounds a definition; the largest of chroma's has some 100 KB.
const maxLexer = 1 << 20 // bytes

// lexers are the languages whose definitions have arrived, by the name that
// posts use, in lower case. A nil value is a language that nobody knows.
type lexers map[string]chroma.Lexer

func (l lexers) find(language string) chroma.Lexer {
	return l[strings.ToLower(language)]
}

func (l lexers) known(language string) bool {
	_, ok := l[strings.ToLower(language)]
	return ok
}

// add takes a definition. An empty one says that there is none, so that it is
// not asked for again.
func (l lexers) add(language, definition string) error {
	language = strings.ToLower(language)
	l[language] = nil
	if definition == "" {
		return nil
	}
	if len(definition) > maxLexer {
		return errors.New("its definition is too large")
	}
	lexer, err := markdown.NewLexer([]byte(definition))
	if err != nil {
		return err
	}
	l[language] = lexer
	return nil
}

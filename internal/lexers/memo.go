package lexers

import (
	"unsafe"

	"github.com/alecthomas/chroma/v2"

	"galley/internal/lru"
)

// memory is how many bytes of tokens are kept. Sites show the same commands on
// many pages, and what an excerpt or a feed shows is coloured again: Homebrew's
// site has 350 blocks of code, of which 15 differ.
const memory = 8 << 20

// passage is a piece of code in a language.
type passage struct {
	lexer *chroma.Config // each has its own
	code  string
}

// memo keeps the tokens that lexers made.
type memo struct {
	tokens *lru.Cache[passage, []chroma.Token]
}

func newMemo() *memo {
	return &memo{lru.New[passage](memory, func(t []chroma.Token) int {
		size := len(t) * int(unsafe.Sizeof(chroma.Token{}))
		for _, token := range t {
			size += len(token.Value)
		}
		return size
	})}
}

// find is [find] with lexers that remember.
func (m *memo) find(language string) chroma.Lexer {
	l := find(language)
	if l == nil {
		return nil
	}
	return &remembering{l, m}
}

// remembering is a lexer that makes the tokens of the same code once.
type remembering struct {
	chroma.Lexer
	memo *memo
}

// Tokenise implements chroma.Lexer. Tokens are made while they are asked for:
// a caller that has had enough of them ends it, and then none are kept.
func (r *remembering) Tokenise(options *chroma.TokeniseOptions, code string) (chroma.Iterator, error) {
	if options == nil || *options != (chroma.TokeniseOptions{State: "root"}) {
		return r.Lexer.Tokenise(options, code)
	}
	key := passage{r.Config(), code}
	if tokens, ok := r.memo.tokens.Get(key); ok {
		return chroma.Literator(tokens...), nil
	}
	next, err := r.Lexer.Tokenise(options, code)
	if err != nil {
		return nil, err
	}
	var tokens []chroma.Token
	return func() chroma.Token {
		t := next()
		if t != chroma.EOF {
			tokens = append(tokens, t)
		} else {
			r.memo.tokens.Put(key, tokens)
		}
		return t
	}, nil
}

package lexers

import (
	"testing"

	"github.com/alecthomas/chroma/v2"
)

// Code is lexed once; what was not read to its end is not kept.
func TestMemo(t *testing.T) {
	m := newMemo()
	options := &chroma.TokeniseOptions{State: "root"}
	read := func(language, code string, most int) (tokens []chroma.Token) {
		t.Helper()
		next, err := m.find(language).Tokenise(options, code)
		if err != nil {
			t.Fatal(err)
		}
		for len(tokens) < most {
			token := next()
			if token == chroma.EOF {
				break
			}
			tokens = append(tokens, token)
		}
		return tokens
	}
	const code = "x = 1 # y\n"
	if read("ruby", code, 2); m.tokens.Len() != 0 {
		t.Error("half of the tokens are kept")
	}
	first := read("ruby", code, 100)
	if m.tokens.Len() != 1 {
		t.Fatalf("%d pieces of code are kept, not 1", m.tokens.Len())
	}
	for _, again := range [][]chroma.Token{read("ruby", code, 100), read("rb", code, 100)} {
		if len(again) != len(first) {
			t.Fatalf("there are %d tokens, not %d", len(again), len(first))
		}
		for i := range first {
			if again[i] != first[i] {
				t.Errorf("token %d is %v, not %v", i, again[i], first[i])
			}
		}
	}
	if read("python", code, 100); m.tokens.Len() != 2 {
		t.Error("another language has the same tokens")
	}
	if m.find("no such language") != nil {
		t.Error("a language that there is not has a lexer")
	}
}

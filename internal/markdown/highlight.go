package markdown

import (
	"bytes"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// maxHighlight is the size in bytes up to which code is coloured; a lexer's
// regular expressions can take very long on hostile code.
const maxHighlight = 32 << 10

// highlighter writes code as HTML with classes.
type highlighter struct {
	lexers LexerSource
}

// kramdown writes code the way kramdown has rouge do it: false for a
// language that rouge does not know, no spans where no lexer is at hand.
func (h *highlighter) kramdown(code, language string) (html []byte, known bool) {
	name, _, _ := strings.Cut(language, "?")
	tag := rougeTag(name)
	if tag == "" {
		return nil, false
	}
	if tag == "plaintext" {
		return escapeCode(code), true
	}
	if html, ok := h.colour(code, name, tag); ok {
		return html, true
	}
	return escapeCode(code), true
}

// colour writes code with a lexer's spans.
func (h *highlighter) colour(code, name, tag string) (html []byte, ok bool) {
	if h.lexers == nil || len(code) > maxHighlight {
		return nil, false
	}
	lexer := h.lexers(name)
	if lexer == nil && tag != name {
		lexer = h.lexers(tag)
	}
	if lexer == nil {
		return nil, false
	}
	defer func() {
		if recover() != nil {
			html, ok = nil, false
		}
	}()
	tokens, err := chroma.Tokenise(lexer, nil, code)
	if err != nil {
		return nil, false
	}
	var b bytes.Buffer
	size := 0
	for _, t := range tokens {
		size += len(t.Value)
		writeToken(&b, tag, t)
	}
	if size != len(code) {
		return nil, false // a lexer that changes the text is not to be trusted
	}
	return b.Bytes(), true
}

func writeToken(b *bytes.Buffer, tag string, t chroma.Token) {
	class := chroma.StandardTypes[t.Type]
	if class == "" {
		b.Write(escapeCode(t.Value))
		return
	}
	b.WriteString(`<span class="`)
	b.WriteString(class)
	b.WriteString(`">`)
	b.Write(escapeCode(t.Value))
	b.WriteString(`</span>`)
}

var codeEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func escapeCode(s string) []byte {
	if strings.IndexAny(s, "&<>") < 0 {
		return []byte(s)
	}
	return []byte(codeEscaper.Replace(s))
}

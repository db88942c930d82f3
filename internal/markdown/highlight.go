package markdown

import (
	"bytes"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// Code up to this size and with lines up to this length, in bytes, is
// coloured: a lexer's regular expressions can take quadratic time on hostile
// code.
const (
	maxHighlight = 16 << 10
	maxLine      = 2_000
)

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
	if h.lexers == nil || len(code) > maxHighlight || hasLongLine(code) {
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
	next, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, code)
	if err != nil {
		return nil, false
	}
	var b bytes.Buffer
	from, at, class := 0, 0, ""
	for n := 0; ; n++ {
		t := next()
		if t == chroma.EOF {
			break
		}
		if !strings.HasPrefix(code[at:], t.Value) || n > 4*len(code)+16 {
			return nil, false // a lexer that changes the text, or never ends, is not to be trusted
		}
		if c := rougeClass(t.Type); c != class && t.Value != "" {
			writeToken(&b, class, code[from:at])
			from, class = at, c
		}
		at += len(t.Value)
	}
	if at != len(code) {
		return nil, false
	}
	writeToken(&b, class, code[from:])
	return b.Bytes(), true
}

// hasLongLine tells whether a line is longer than maxLine.
func hasLongLine(code string) bool {
	for len(code) > maxLine {
		n := strings.IndexByte(code[:maxLine+1], '\n')
		if n < 0 {
			return true
		}
		code = code[n+1:]
	}
	return false
}

// writeToken writes a piece of code with a class.
func writeToken(b *bytes.Buffer, class, code string) {
	switch {
	case code == "":
	case class == "":
		b.Write(escapeCode(code))
	default:
		b.WriteString(`<span class="`)
		b.WriteString(class)
		b.WriteString(`">`)
		b.Write(escapeCode(code))
		b.WriteString(`</span>`)
	}
}

// rougeClass returns the class that rouge's style sheets know for a type of
// chroma's: both follow Pygments, but chroma has types that rouge lacks,
// which take the class of what they are a kind of.
func rougeClass(t chroma.TokenType) string {
	switch t { // our lexers' stand-ins
	case chroma.TextPunctuation:
		return "pi"
	case chroma.TextSymbol:
		return "cd"
	case chroma.LiteralNumberByte:
		return "mx"
	}
	for _, try := range []chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if class := chroma.StandardTypes[try]; class == "" && try.Category() == chroma.Text || rougeClasses[class] {
			return class
		}
	}
	return ""
}

// rougeClasses are the classes that rouge 3.30 writes.
var rougeClasses = tagSet("w esc err x k kc kd kn kp kr kt kv n na nb bp nc no nd ni ne nf fm py nl nn nx nt nv vc vg vi vm " +
	"l ld s sa sb sc dl sd s2 se sh si sx sr s1 ss m mb mf mh mi il mo mx o ow p pi c ch cd cm cp cpf c1 cs " +
	"g gd ge gr gh gi go gp gs gu gt gl")

var codeEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func escapeCode(s string) []byte {
	if strings.IndexAny(s, "&<>") < 0 {
		return []byte(s)
	}
	return []byte(codeEscaper.Replace(s))
}

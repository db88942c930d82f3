package markdown

import (
	"bytes"
	"slices"
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
	ask    func() // panics when rendering is to end; nil is not called
}

func newHighlighter(c Config) *highlighter { return &highlighter{lexers: c.Lexers, ask: c.ask} }

// kramdown writes code the way kramdown has rouge do it: false for a
// language that rouge does not know, no spans where no lexer is at hand.
// wanted are the languages that the code needs lexers of.
func (h *highlighter) kramdown(code, language string) (html []byte, wanted []string, known bool) {
	name, _, _ := strings.Cut(language, "?")
	tag := rougeTag(name)
	if tag == "" {
		return nil, nil, false
	}
	if tag == "plaintext" {
		return escapeCode(code), nil, true
	}
	wanted = codeLanguages(code, name, tag)
	if html, ok := h.colour(code, name, tag); ok {
		return html, wanted, true
	}
	return escapeCode(code), wanted, true
}

// codeLanguages are the known languages that code in a language is written in:
// that one, and those of code blocks in Markdown.
func codeLanguages(code, name, tag string) []string {
	languages := []string{name}
	if tag != "markdown" {
		return languages
	}
	for line := range strings.Lines(code) {
		line = strings.TrimSpace(line)
		label := strings.TrimLeft(strings.TrimLeft(line, "`"), "~")
		if len(line)-len(label) < 3 {
			continue
		}
		label, _, _ = strings.Cut(strings.TrimSpace(label), "?")
		if tag := rougeTag(label); tag != "" && tag != "plaintext" && !slices.Contains(languages, label) {
			languages = append(languages, label)
		}
	}
	return languages
}

// piece is a piece of code with a class, by its length in bytes.
type piece struct {
	class string
	size  int
}

// colour writes code with a lexer's spans.
func (h *highlighter) colour(code, name, tag string) (html []byte, ok bool) {
	if h.ask != nil {
		h.ask()
	}
	if h.lexers == nil || len(code) > maxHighlight || hasLongLine(code) {
		return nil, false
	}
	pieces, ok := h.pieces(code, name, tag, 0)
	if !ok {
		return nil, false
	}
	var b bytes.Buffer
	for _, p := range pieces {
		writeToken(&b, p.class, code[:p.size])
		code = code[p.size:]
	}
	return b.Bytes(), true
}

// pieces are code's pieces in order, no two of one class side by side.
func (h *highlighter) pieces(code, name, tag string, depth int) (pieces []piece, ok bool) {
	lexer := h.lexers(name)
	if lexer == nil && tag != name {
		lexer = h.lexers(tag)
	}
	if lexer == nil || depth > maxCodeDepth {
		return nil, false
	}
	defer func() {
		if recover() != nil {
			pieces, ok = nil, false
		}
	}()
	next, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, code)
	if err != nil {
		return nil, false
	}
	at, label := 0, ""
	for n := 0; ; n++ {
		t := next()
		if t == chroma.EOF {
			break
		}
		if !strings.HasPrefix(code[at:], t.Value) || n > 4*len(code)+16 {
			return nil, false // a lexer that changes the text, or never ends, is not to be trusted
		}
		at += len(t.Value)
		switch t.Type {
		case embeddedCode:
			pieces = h.embedded(pieces, t.Value, label, depth)
		case chroma.NameLabel:
			label = t.Value
			fallthrough
		default:
			pieces = appendPiece(pieces, rougeClass(t.Type), len(t.Value))
		}
	}
	return pieces, at == len(code)
}

// embeddedCode is the type of code that is in the language which the label
// before it names, as in Markdown. It is coloured by that language's lexer.
const embeddedCode = chroma.LiteralOther

// maxCodeDepth bounds how deep code of one language stands in code of another.
const maxCodeDepth = 8

// embedded appends the pieces of code that stands in other code. Where rouge
// knows no such language, the code is a string.
func (h *highlighter) embedded(to []piece, code, label string, depth int) []piece {
	name, _, _ := strings.Cut(strings.TrimSpace(label), "?")
	tag := rougeTag(name)
	switch {
	case name == "":
	case tag == "":
		return appendPiece(to, "sb", len(code))
	case tag == "plaintext":
	default:
		if pieces, ok := h.pieces(code, name, tag, depth+1); ok {
			for _, p := range pieces {
				to = appendPiece(to, p.class, p.size)
			}
			return to
		}
	}
	return appendPiece(to, "", len(code))
}

func appendPiece(to []piece, class string, size int) []piece {
	if last := len(to) - 1; last >= 0 && to[last].class == class {
		to[last].size += size
		return to
	}
	if size == 0 {
		return to
	}
	return append(to, piece{class, size})
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
	if !strings.ContainsAny(s, "&<>") {
		return []byte(s)
	}
	return []byte(codeEscaper.Replace(s))
}

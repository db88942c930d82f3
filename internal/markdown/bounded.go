package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxSpans bounds goldmark's work on the spans of one block: how often it looks
// for one, times the block's bytes. Many of its parsers look up to the block's
// end each time, such as that of links for "[a](" over and over. What is behind
// the bound is text. A paragraph of 30 KB reaches it with 2,000 brackets and
// stars.
const maxSpans = 1 << 26

// maxDefinitions bounds goldmark's work on definitions of links: it moves all
// lines of a paragraph for each one at its beginning. A paragraph of more lines
// defines none.
const maxDefinitions = 4_000

// boundedParser is goldmark's own with spans bounded. It calls ask at every
// span, which panics when parsing is to end.
func boundedParser(ask func()) parser.Parser {
	inline := parser.DefaultInlineParsers()
	key := parser.NewContextKey()
	for i := range inline {
		b := boundedSpan{inline[i].Value.(parser.InlineParser), key, ask}
		if closer, ok := b.InlineParser.(parser.CloseBlocker); ok {
			inline[i] = util.Prioritized(boundedSpans{b, closer}, inline[i].Priority)
		} else {
			inline[i] = util.Prioritized(b, inline[i].Priority)
		}
	}
	paragraphs := parser.DefaultParagraphTransformers()
	for i := range paragraphs {
		paragraphs[i].Value = boundedDefinitions{paragraphs[i].Value.(parser.ParagraphTransformer)}
	}
	return parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...), parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(paragraphs...))
}

// boundedDefinitions finds the definitions of links in paragraphs.
type boundedDefinitions struct{ parser.ParagraphTransformer }

// Transform implements parser.ParagraphTransformer.
func (b boundedDefinitions) Transform(node *ast.Paragraph, reader text.Reader, c parser.Context) {
	if node.Lines().Len() <= maxDefinitions {
		b.ParagraphTransformer.Transform(node, reader, c)
	}
}

// boundedSpan is a parser of spans. All of them count what they do under one key.
type boundedSpan struct {
	parser.InlineParser
	key parser.ContextKey
	ask func()
}

// boundedSpans is one that wants to know where a block ends.
type boundedSpans struct {
	boundedSpan
	parser.CloseBlocker
}

// spent is what was spent on the spans of a block.
type spent struct {
	block ast.Node
	bytes int
	work  int
}

// Parse implements parser.InlineParser.
func (b boundedSpan) Parse(block ast.Node, reader text.Reader, c parser.Context) ast.Node {
	b.ask()
	s, _ := c.Get(b.key).(*spent)
	if s == nil || s.block != block {
		s = &spent{block: block}
		if lines := block.Lines(); lines.Len() > 0 {
			s.bytes = lines.At(lines.Len()-1).Stop - lines.At(0).Start
		}
		c.Set(b.key, s)
	}
	if s.work += s.bytes; s.work > maxSpans {
		return nil
	}
	return b.InlineParser.Parse(block, reader, c)
}

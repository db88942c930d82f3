package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
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

// bounded is goldmark's parser, what extensions add to it included, with its work
// bounded. It calls ask at every span and every paragraph, which panics when parsing
// is to end.
type bounded struct {
	parser.Parser
	key parser.ContextKey
	ask func()
}

// boundedParser reads CommonMark until extensions add to it.
func boundedParser(ask func()) parser.Parser {
	b := bounded{parser.NewParser(), parser.NewContextKey(), ask}
	b.AddOptions(parser.WithBlockParsers(parser.DefaultBlockParsers()...), parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...))
	return b
}

// AddOptions implements parser.Parser.
func (b bounded) AddOptions(options ...parser.Option) {
	for _, o := range options {
		b.Parser.AddOptions(boundedOption{o, b})
	}
}

// boundedOption bounds the parsers that an option brings.
type boundedOption struct {
	parser.Option
	by bounded
}

// SetParserOption implements parser.Option.
func (o boundedOption) SetParserOption(c *parser.Config) {
	spans, paragraphs, trees := len(c.InlineParsers), len(c.ParagraphTransformers), len(c.ASTTransformers)
	o.Option.SetParserOption(c)
	for i := spans; i < len(c.InlineParsers); i++ {
		c.InlineParsers[i].Value = o.by.span(c.InlineParsers[i].Value.(parser.InlineParser))
	}
	for i := paragraphs; i < len(c.ParagraphTransformers); i++ {
		transformer := c.ParagraphTransformers[i].Value.(parser.ParagraphTransformer)
		if transformer == extension.NewTableParagraphTransformer() {
			c.ParagraphTransformers[i].Value = boundedTables{transformer, o.by.ask}
		} else {
			c.ParagraphTransformers[i].Value = boundedDefinitions{transformer, o.by.ask}
		}
	}
	for i := trees; i < len(c.ASTTransformers); i++ {
		if c.ASTTransformers[i].Value == extension.NewTableASTTransformer() {
			c.ASTTransformers[i].Value = escapedPipes{}
		}
	}
}

// span bounds a parser of spans.
func (b bounded) span(p parser.InlineParser) parser.InlineParser {
	one := boundedSpan{p, b.key, b.ask, !looksNear(p)}
	if closer, ok := p.(parser.CloseBlocker); ok {
		return boundedSpans{one, closer}
	}
	return one
}

// looksNear tells of parsers that look but a few hundred bytes ahead wherever they
// find nothing: those of what begins at a space or a dot, of which prose is full, and
// that of the box before a task. They are not counted.
func looksNear(p parser.InlineParser) bool {
	return bytes.ContainsAny(p.Trigger(), " .") || p == extension.NewTaskCheckBoxParser()
}

// boundedDefinitions finds the definitions of links in paragraphs.
type boundedDefinitions struct {
	parser.ParagraphTransformer
	ask func()
}

// Transform implements parser.ParagraphTransformer.
func (b boundedDefinitions) Transform(node *ast.Paragraph, reader text.Reader, c parser.Context) {
	b.ask()
	if node.Lines().Len() <= maxDefinitions {
		b.ParagraphTransformer.Transform(node, reader, c)
	}
}

// boundedSpan is a parser of spans. All of them that are counted count what they do
// under one key.
type boundedSpan struct {
	parser.InlineParser
	key     parser.ContextKey
	ask     func()
	counted bool
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
	if !b.counted {
		return b.InlineParser.Parse(block, reader, c)
	}
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

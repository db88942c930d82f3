package markdown

import (
	"bytes"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// stock renders the GFM and CommonMark dialects with goldmark as it is.
type stock struct {
	md goldmark.Markdown
}

func newStock(c Config) *stock {
	options := []goldmark.Option{
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(html.WithUnsafe(), renderer.WithNodeRenderers(
			util.Prioritized(&stockCode{lexers: c.Lexers}, 100))),
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList,
			extension.Footnote, extension.Typographer),
	}
	return &stock{md: goldmark.New(options...)}
}

func (s *stock) render(body []byte) Document {
	var doc Document
	tree := s.md.Parser().Parse(text.NewReader(body))
	start := 0
	for n := tree.FirstChild(); n != nil; n = n.NextSibling() {
		end := len(body)
		if next := n.NextSibling(); next != nil {
			if at := sourceStart(next, body); at >= start {
				end = at
			} else {
				end = start
			}
		}
		var out bytes.Buffer
		if err := s.md.Renderer().Render(&out, body, n); err != nil {
			return plain(body, err.Error())
		}
		doc.Blocks = append(doc.Blocks, Block{Start: start, End: end, HTML: out.Bytes(), Balanced: true})
		start = end
	}
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			h := Heading{Level: n.Level, Text: string(n.Text(body)), Start: sourceStart(n, body)} //nolint:staticcheck // plain text is wanted
			if id, ok := n.AttributeString("id"); ok {
				if b, ok := id.([]byte); ok {
					h.ID = string(b)
				}
			}
			doc.Headings = append(doc.Headings, h)
		case *ast.FencedCodeBlock:
			doc.addLanguage(string(n.Language(body)))
		}
		return ast.WalkContinue, nil
	})
	return doc
}

// addLanguage notes a language once.
func (d *Document) addLanguage(name string) {
	if name == "" {
		return
	}
	for _, l := range d.Languages {
		if l == name {
			return
		}
	}
	d.Languages = append(d.Languages, name)
}

// sourceStart is the start of the line on which a block begins.
func sourceStart(n ast.Node, body []byte) int {
	at := len(body)
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && c.Type() == ast.TypeBlock && c.Lines().Len() > 0 {
			at = min(at, c.Lines().At(0).Start)
		}
		return ast.WalkContinue, nil
	})
	if f, ok := n.(*ast.FencedCodeBlock); ok && f.Info != nil {
		at = f.Info.Segment.Start
	}
	at = min(at, len(body))
	return bytes.LastIndexByte(body[:at], '\n') + 1
}

// stockCode colours fenced code.
type stockCode struct {
	lexers LexerSource
}

// RegisterFuncs implements renderer.NodeRenderer.
func (s *stockCode) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, s.fenced)
}

func (s *stockCode) fenced(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.FencedCodeBlock)
	code := string(n.Lines().Value(source))
	var lexer chroma.Lexer
	language := string(n.Language(source))
	if s.lexers != nil && language != "" {
		lexer = s.lexers(language)
	}
	if lexer != nil {
		if it, err := lexer.Tokenise(nil, code); err == nil {
			err = chromahtml.New(chromahtml.WithClasses(true)).Format(w, styles.Fallback, it)
			return ast.WalkSkipChildren, err
		}
	}
	_, _ = w.WriteString("<pre><code")
	if language != "" {
		_, _ = w.WriteString(` class="language-` + string(util.EscapeHTML([]byte(language))) + `"`)
	}
	_ = w.WriteByte('>')
	_, _ = w.Write(util.EscapeHTML([]byte(code)))
	_, _ = w.WriteString("</code></pre>\n")
	return ast.WalkSkipChildren, nil
}

package markdown

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"galley/internal/diag"
)

// specified renders the dialects that have a specification, CommonMark and
// GFM, with goldmark. Headings have no ids there, as specified.
type specified struct {
	md goldmark.Markdown
	// filter is GFM's: some tags are shown instead of being used, and bare
	// addresses are links.
	filter bool
}

func newSpecified(c Config) *specified {
	if own := c.Settings.commonMark; own != nil && c.Dialect == CommonMark {
		options := append(own.options(newHighlighter(c)), goldmark.WithParser(boundedParser(c.ask)))
		return &specified{md: goldmark.New(options...), filter: own.autolink}
	}
	s := &specified{filter: c.Dialect == GFM}
	nodes := []util.PrioritizedValue{util.Prioritized(&specifiedCode{newHighlighter(c)}, 100)}
	if s.filter {
		nodes = append(nodes, util.Prioritized(filteredHTML{}, 100))
	}
	options := []goldmark.Option{goldmark.WithRendererOptions(gmhtml.WithUnsafe(), gmhtml.WithXHTML(),
		renderer.WithNodeRenderers(nodes...))}
	if s.filter {
		options = append(options, goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
			extension.Strikethrough, extension.TaskList, extension.Linkify))
	}
	s.md = goldmark.New(append(options, goldmark.WithParser(boundedParser(c.ask)))...)
	return s
}

func (s *specified) render(body []byte) Document {
	parts, err := s.parts(body, newReferences())
	if err != nil {
		return plain(body, err.Error())
	}
	var doc Document
	at := 0
	for _, p := range parts {
		doc.Blocks = p.appendBlocks(doc.Blocks, at)
		doc.Headings = p.appendHeadings(doc.Headings, at)
		doc.Languages = p.appendLanguages(doc.Languages)
		at += p.length
	}
	return doc
}

func (s *specified) follow(body []byte) followed {
	references := newReferences()
	parts, err := s.parts(body, references)
	if err != nil {
		return nil
	}
	l := &specifiedLive{renderer: s, text: diag.NewText(body), links: references.links}
	l.parts.replace(cursor{}, cursor{}, parts)
	return l
}

// maxNesting bounds how deep elements may stand in each other: goldmark
// recurses, and the stack is small in WebAssembly.
const maxNesting = 200

// nestsDeeply tells whether a line's markers and indentation could open more
// than maxNesting blocks.
func nestsDeeply(body []byte) bool {
	for len(body) > 0 {
		line := body
		if n := bytes.IndexByte(body, '\n'); n >= 0 {
			line, body = body[:n], body[n+1:]
		} else {
			body = nil
		}
		if len(line) < maxNesting {
			continue
		}
		markers, columns := 0, 0
	scan:
		for i := 0; i < len(line); i++ {
			switch c := line[i]; {
			case c == ' ':
				columns++
			case c == '\t':
				columns += 4
			case c == '>' || c == '-' || c == '*' || c == '+' || c == '.' || c == ')':
				markers++
			case c >= '0' && c <= '9':
			default:
				break scan
			}
		}
		if markers+columns/2 > maxNesting && strings.Trim(string(line), "*- \t\r_") != "" {
			return true
		}
	}
	return false
}

// deeperThan tells whether a tree is deeper than most, without recursion.
func deeperThan(tree ast.Node, most int) bool {
	depth := 0
	for n := tree; n != nil; {
		if c := n.FirstChild(); c != nil {
			if depth++; depth > most {
				return true
			}
			n = c
			continue
		}
		for n != nil && n != tree && n.NextSibling() == nil {
			n = n.Parent()
			depth--
		}
		if n == nil || n == tree {
			return false
		}
		n = n.NextSibling()
	}
	return false
}

// trimLineEnds takes the spaces away that stand before a line break; the
// search for bare addresses splits texts there and leaves them behind. It goes back no
// further than to the line break before, at which it has been.
func trimLineEnds(tree ast.Node, body []byte) {
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		t, ok := n.(*ast.Text)
		if !ok || !entering || !t.SoftLineBreak() && !t.HardLineBreak() {
			return ast.WalkContinue, nil
		}
		for ; t != nil; t, _ = t.PreviousSibling().(*ast.Text) {
			t.Segment = t.Segment.TrimRightSpace(body)
			if !t.Segment.IsEmpty() {
				break
			}
			if was, _ := t.PreviousSibling().(*ast.Text); was != nil && (was.SoftLineBreak() || was.HardLineBreak()) {
				break
			}
		}
		return ast.WalkContinue, nil
	})
}

// plainText is the text of a node as it shows.
func plainText(n ast.Node, body []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := c.(*ast.Text); ok && entering {
			if t.IsRaw() {
				b.Write(t.Value(body))
			} else {
				b.WriteString(html.UnescapeString(string(util.UnescapePunctuations(t.Value(body)))))
			}
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		} else if s, ok := c.(*ast.String); ok && entering {
			b.Write(s.Value)
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// lineStart is the start of the line on which a block begins.
func lineStart(n ast.Node, body []byte) int {
	at := min(max(n.Pos(), 0), len(body))
	return bytes.LastIndexByte(body[:at], '\n') + 1
}

// specifiedCode writes fenced code as specified, coloured inside.
type specifiedCode struct {
	code *highlighter
}

// RegisterFuncs implements renderer.NodeRenderer.
func (s *specifiedCode) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, s.fenced)
}

func (s *specifiedCode) fenced(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.FencedCodeBlock)
	code := string(n.Lines().Value(source))
	language := html.UnescapeString(string(util.UnescapePunctuations(n.Language(source))))
	coloured, ok := []byte(nil), false
	if tag := rougeTag(language); tag != "" && tag != "plaintext" {
		coloured, ok = s.code.colour(code, language, tag)
	}
	if ok {
		_, _ = w.WriteString(`<pre class="highlight"><code`)
	} else {
		coloured = util.EscapeHTML([]byte(code))
		_, _ = w.WriteString("<pre><code")
	}
	if language != "" {
		_, _ = w.WriteString(` class="language-` + html.EscapeString(language) + `"`)
	}
	_ = w.WriteByte('>')
	_, _ = w.Write(coloured)
	_, _ = w.WriteString("</code></pre>\n")
	return ast.WalkSkipChildren, nil
}

// filteredTags are the tags that GFM does not let through.
var filteredTags = regexp.MustCompile(`(?i)<(/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)(?:[\s/>]|$))`)

// filteredHTML writes raw HTML without the tags that GFM disallows.
type filteredHTML struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (f filteredHTML) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHTMLBlock, f.block)
	r.Register(ast.KindRawHTML, f.inline)
}

func filterTags(b []byte) []byte { return filteredTags.ReplaceAll(b, []byte("&lt;$1")) }

func (filteredHTML) block(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.HTMLBlock)
	if entering {
		_, _ = w.Write(filterTags(n.Lines().Value(source)))
	} else if n.HasClosure() {
		_, _ = w.Write(filterTags(n.ClosureLine.Value(source)))
	}
	return ast.WalkContinue, nil
}

func (filteredHTML) inline(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.Write(filterTags(node.(*ast.RawHTML).Segments.Value(source)))
	}
	return ast.WalkSkipChildren, nil
}

package markdown

import (
	"bufio"
	"bytes"
	"errors"
	"html"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// part is a stretch of a body that can be parsed by itself. Goldmark goes line by
// line, and a part begins with a line at which it ends all blocks that are open
// and begins another: of what stands before, only the definitions of links count
// from there on. All positions in a part count from its beginning, so that what
// stands before it may change.
type part struct {
	length     int // bytes of the body
	blocks     []Block
	unbalanced int // blocks that are not balanced
	cells      int // of tables
	headings   []Heading
	languages  []string
	defines    []string // what the definitions of links in it say, in order
}

// parts renders a body, or a stretch of one, in parts. It fails where the whole
// body is shown as it was typed.
func (s *specified) parts(body []byte, links *references) ([]*part, error) {
	if nestsDeeply(body) {
		return nil, errors.New("it nests too deeply")
	}
	tree := s.md.Parser().Parse(text.NewReader(body), parser.WithContext(links))
	if deeperThan(tree, maxNesting) {
		return nil, errors.New("it nests too deeply")
	}
	if s.filter {
		trimLineEnds(tree, body)
	}
	var parts []*part
	begins, at := 0, 0 // the last part, and the last block in it
	end := func(here int) {
		p := parts[len(parts)-1]
		p.blocks[len(p.blocks)-1].End = here - begins
		p.length = here - begins
	}
	w := bufio.NewWriter(nil)
	for n := tree.FirstChild(); n != nil; n = n.NextSibling() {
		line := lineStart(n, body)
		switch {
		case len(parts) == 0:
			parts = []*part{{}}
		case line > at && canBegin(n, body):
			end(line)
			begins, at = line, line
			parts = append(parts, &part{})
		default:
			at = max(at, line)
			end(at)
		}
		var out bytes.Buffer
		w.Reset(&out)
		if err := s.md.Renderer().Render(w, body, n); err != nil {
			return nil, err
		}
		parts[len(parts)-1].add(n, body, begins, Block{Start: at - begins, HTML: out.Bytes()})
	}
	if len(parts) > 0 {
		end(len(body))
	}
	return parts, nil
}

// canBegin tells whether a part can begin with a top-level block that is not
// the first: behind a blank line. That ends all blocks but lists and indented
// code, and these go on only with a line that is indented or a list's item.
func canBegin(n ast.Node, body []byte) bool {
	was, line := n.PreviousSibling(), lineStart(n, body)
	if line <= lineStart(was, body) {
		return false // both were one paragraph, such as a table with text before it
	}
	if was.Kind() == ast.KindList || was.Kind() == ast.KindCodeBlock {
		if bytes.IndexByte([]byte(" \t-+*0123456789"), body[line]) >= 0 {
			return false
		}
	}
	before := body[:line-1]
	return util.IsBlank(before[bytes.LastIndexByte(before, '\n')+1:])
}

// add adds a block, and notes what is in it.
func (p *part) add(n ast.Node, body []byte, begins int, b Block) {
	if b.Balanced = balanced(b.HTML); !b.Balanced {
		p.unbalanced++
	}
	p.blocks = append(p.blocks, b)
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			p.headings = append(p.headings, Heading{Level: n.Level, Text: plainText(n, body), Start: lineStart(n, body) - begins})
		case *ast.FencedCodeBlock:
			name := html.UnescapeString(string(n.Language(body)))
			if tag := rougeTag(name); name != "" && tag != "" && tag != "plaintext" {
				p.languages = append(p.languages, codeLanguages(string(n.Lines().Value(body)), name, tag)...)
			}
		case *extended.Table:
			p.cells += cellsOf(n)
		case *ast.LinkReferenceDefinition:
			p.defines = append(p.defines, strings.Join([]string{string(n.Label), string(n.Destination), string(n.Title)}, "\x00"))
		}
		return ast.WalkContinue, nil
	})
}

// appendBlocks appends the blocks of a part that begins at a place in a body.
func (p *part) appendBlocks(to []Block, at int) []Block {
	for _, b := range p.blocks {
		b.Start += at
		b.End += at
		to = append(to, b)
	}
	return to
}

func (p *part) appendHeadings(to []Heading, at int) []Heading {
	for _, h := range p.headings {
		h.Start += at
		to = append(to, h)
	}
	return to
}

// appendLanguages appends those that are not there yet.
func (p *part) appendLanguages(to []string) []string {
	for _, name := range p.languages {
		if !slices.Contains(to, name) {
			to = append(to, name)
		}
	}
	return to
}

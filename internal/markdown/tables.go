package markdown

import (
	"bytes"
	"errors"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// maxEmptyCells bounds the cells of a body's tables, apart from those that its bytes
// can make: goldmark gives each row as many cells as the header has, so that a few
// bytes could ask for billions. A cell takes some 250 bytes.
const maxEmptyCells = 1 << 18

var errTooManyCells = errors.New("its tables have too many empty cells")

// tooManyCells tells whether tables have more cells than are made of a body.
func tooManyCells(cells, bytes int) bool { return cells > maxEmptyCells+bytes/2 }

// cellsOf is how many cells a table has.
func cellsOf(table *extended.Table) int { return len(table.Alignments) * table.ChildCount() }

// boundedTables finds the tables in paragraphs. It counts the cells before they are
// made, and panics where a body has too many.
type boundedTables struct {
	parser.ParagraphTransformer
	ask func()
}

// Transform implements parser.ParagraphTransformer.
func (b boundedTables) Transform(node *ast.Paragraph, reader text.Reader, c parser.Context) {
	b.ask()
	body, lines, most := c.(*references), node.Lines(), 0
	for i := 1; i < lines.Len(); i++ {
		// Which of these lines the table begins with does not matter here.
		line := lines.At(i)
		most = max(most, columns(line.Value(reader.Source()))*(lines.Len()-i+1))
	}
	if most == 0 {
		return
	}
	if tooManyCells(body.cells+most, len(reader.Source())) {
		panic(errTooManyCells)
	}
	before, parent := node.PreviousSibling(), node.Parent()
	b.ParagraphTransformer.Transform(node, reader, c)
	made := node.NextSibling()
	if node.Parent() == nil { // all of it is the table
		if made = parent.FirstChild(); before != nil {
			made = before.NextSibling()
		}
	}
	if table, ok := made.(*extended.Table); ok {
		body.cells += cellsOf(table)
	}
}

// columns is how many columns a line tells a table to have, 0 where it does not look
// as if it told of any.
func columns(line []byte) int {
	if len(bytes.Trim(line, "|-: \t\r\n\v\f")) > 0 {
		return 0
	}
	return 1 + bytes.Count(bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(line), []byte("|")), []byte("|")), []byte("|"))
}

// escapedPipes takes the backslash away before a pipe in code within a table's cell.
// goldmark's own looks through all of the body's for each of them.
type escapedPipes struct{}

// Transform implements parser.ASTTransformer.
func (escapedPipes) Transform(tree *ast.Document, reader text.Reader, c parser.Context) {
	if c.(*references).cells == 0 {
		return
	}
	within := false
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case extended.KindTableCell:
			within = entering
		case ast.KindCodeSpan:
			for t := n.FirstChild(); within && entering && t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					splitAtPipes(t, reader.Source())
				}
			}
		}
		return ast.WalkContinue, nil
	})
}

// splitAtPipes splits code where a backslash stands before a pipe.
func splitAtPipes(code *ast.Text, source []byte) {
	for {
		at := bytes.Index(code.Segment.Value(source), []byte(`\|`))
		if at < 0 {
			return
		}
		at += code.Segment.Start
		code.Parent().InsertBefore(code.Parent(), code, ast.NewRawTextSegment(code.Segment.WithStop(at)))
		code.Segment = code.Segment.WithStart(at + 1)
	}
}

package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// smart makes typographic quotes, dashes and ellipses as cmark's option SMART does
// (its smart_punct.txt tells). goldmark's typographer has rules of its own, and counts
// open quotes over the whole document, where an edit of one block changes others.
type smart struct{}

// Extend implements goldmark.Extender.
func (s smart) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(s, 9999)))
}

// openQuotes are the quotes of a block that none has closed yet.
type openQuotes struct {
	block ast.Node
	nodes []*ast.String
	count map[string]int // of the nodes, by what they are
}

// Trigger implements parser.InlineParser.
func (s smart) Trigger() []byte { return []byte(`'"-.`) }

// Parse implements parser.InlineParser.
func (s smart) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	switch c := line[0]; c {
	case '.':
		if bytes.HasPrefix(line, []byte("...")) {
			block.Advance(3)
			return ast.NewString([]byte("…"))
		}
	case '-':
		n := len(line) - len(bytes.TrimLeft(line, "-"))
		block.Advance(n)
		return ast.NewString([]byte(dashes(n)))
	case '\'', '"':
		before, after := block.PrecendingCharacter(), '\n'
		if len(line) > 1 {
			after = util.ToRune(line, 1)
		}
		block.Advance(1)
		return quote(c, before, after, quotesOf(parent, pc))
	}
	return nil
}

// dashes are what a run of hyphens stands for: em dashes alone or en dashes alone if
// that is possible, and as few en dashes as possible else.
func dashes(n int) string {
	if n == 1 {
		return "-"
	}
	em, en := n/3, 0
	if n%3 != 0 {
		switch {
		case n%2 == 0:
			em, en = 0, n/2
		case n%3 == 2:
			em, en = (n-2)/3, 1
		default:
			em, en = (n-4)/3, 2
		}
	}
	return strings.Repeat("—", em) + strings.Repeat("–", en)
}

// quote is a quote between two characters. Where it closes one, that becomes an
// opening one; where it closes none, it is an apostrophe, or as its place has it.
func quote(c byte, before, after rune, open *openQuotes) ast.Node {
	leftFlanking := !util.IsSpaceRune(after) && (!util.IsPunctRune(after) || util.IsSpaceRune(before) || util.IsPunctRune(before))
	closes := !util.IsSpaceRune(before) && (!util.IsPunctRune(before) || util.IsSpaceRune(after) || util.IsPunctRune(after))
	opens := leftFlanking && (!closes || before == '(' || before == '[') && before != ']' && before != ')'
	left, right := "‘", "’"
	if c == '"' {
		left, right = "“", "”"
	}
	node := ast.NewString([]byte(right))
	if closes && open.count[left]+open.count[right] > 0 {
		for i := len(open.nodes) - 1; i >= 0; i-- {
			if at := open.nodes[i]; strings.ContainsAny(string(at.Value), left+right) {
				open.cut(i)
				at.Value = []byte(left)
				return node
			}
		}
	} else if !closes && c == '"' {
		node.Value = []byte(left)
	}
	if opens {
		open.nodes = append(open.nodes, node)
		open.count[string(node.Value)]++
	}
	return node
}

// cut forgets the quotes from one on.
func (o *openQuotes) cut(i int) {
	for _, node := range o.nodes[i:] {
		o.count[string(node.Value)]--
	}
	o.nodes = o.nodes[:i]
}

func quotesOf(parent ast.Node, pc parser.Context) *openQuotes {
	block := parent
	for block.Type() == ast.TypeInline && block.Parent() != nil {
		block = block.Parent()
	}
	open, _ := pc.Get(openQuotesKey).(*openQuotes)
	if open == nil || open.block != block {
		open = &openQuotes{block: block, count: map[string]int{}}
		pc.Set(openQuotesKey, open)
	}
	return open
}

var openQuotesKey = parser.NewContextKey()

package liquid

import (
	"strconv"
)

// tableRowNode makes rows of a table.
type tableRowNode struct {
	variable            string
	collection          expr
	limit, offset, cols expr
	body                *Body
}

func tableRowTag(p *Parser, markup string) (Node, error) {
	m := laxTableRow().FindStringSubmatch(markup)
	if m == nil {
		return nil, Faultf("Syntax Error in 'table_row loop' - Valid syntax: table_row [item] in [collection] cols=3")
	}
	n := &tableRowNode{variable: m[1], collection: parseExpr(m[2])}
	for _, m := range laxNamed().FindAllStringSubmatch(markup, -1) {
		switch m[1] {
		case "limit":
			n.limit = parseExpr(m[2])
		case "offset":
			n.offset = parseExpr(m[2])
		case "cols":
			n.cols = parseExpr(m[2])
		}
	}
	var err error
	n.body, err = p.Block("tablerow")
	return n, err
}

// Blank says whether the cells are empty. The rows are made all the same.
func (n *tableRowNode) Blank() bool { return n.body.blank }

// tableRowLoop is what a row's loop knows of itself.
type tableRowLoop struct {
	index, length, row, col, cols int64
}

// Get is tablerowloop's property.
func (t *tableRowLoop) Get(key string) (any, bool) {
	switch key {
	case "length":
		return t.length, true
	case "col":
		return t.col, true
	case "row":
		return t.row, true
	case "index":
		return t.index + 1, true
	case "index0":
		return t.index, true
	case "col0":
		return t.col - 1, true
	case "rindex":
		return t.length - t.index, true
	case "rindex0":
		return t.length - t.index - 1, true
	case "first":
		return t.index == 0, true
	case "last":
		return t.index == t.length-1, true
	case "col_first":
		return t.col == 1, true
	case "col_last":
		return t.col == t.cols, true
	}
	return nil, true
}

// LiquidText is what Ruby prints.
func (t *tableRowLoop) LiquidText() string { return "Liquid::TablerowloopDrop" }

func evalInt(c *Context, e expr) (int64, error) {
	if e == nil {
		return 0, nil
	}
	v, err := e.eval(c)
	return toInt(v), err
}

// Render makes the rows.
func (n *tableRowNode) Render(c *Context) error {
	collection, err := n.collection.eval(c)
	if err != nil || !truthy(collection) {
		return err
	}
	from, err := evalInt(c, n.offset)
	if err != nil {
		return err
	}
	to := int64(-1)
	if n.limit != nil {
		limit, err := evalInt(c, n.limit)
		if err != nil {
			return err
		}
		to = max(0, from+limit)
	}
	items := slice(collection, from, to)
	cols, err := evalInt(c, n.cols)
	if err != nil {
		return err
	}
	c.Write("<tr class=\"row1\">\n")
	if err := c.push(); err != nil {
		return err
	}
	loop := &tableRowLoop{length: items.length, row: 1, col: 1, cols: cols}
	c.Set("tablerowloop", loop)
	line := c.line
	for i := range items.length {
		c.Set(n.variable, items.at(i))
		c.Write(`<td class="col` + strconv.FormatInt(loop.col, 10) + `">`)
		if err := n.body.Render(c); err != nil {
			return err
		}
		c.line = line
		c.Write("</td>")
		if loop.col == cols && loop.index != loop.length-1 {
			c.Write("</tr>\n<tr class=\"row" + strconv.FormatInt(loop.row+1, 10) + `">`)
		}
		loop.index++
		if loop.col == cols {
			loop.col = 1
			loop.row++
		} else {
			loop.col++
		}
	}
	c.pop()
	c.Write("</tr>\n")
	return nil
}

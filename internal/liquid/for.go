package liquid

import (
	"galley/internal/ordered"
)

// forNode is a loop.
type forNode struct {
	name       string // of the loop, for offset: continue
	variable   string
	collection expr
	limit      expr
	offset     expr
	goOn       bool // offset: continue
	reversed   bool
	body       *Body
	otherwise  *Body
	blank      bool
}

func forTag(p *Parser, markup string) (Node, error) {
	n := &forNode{}
	err := p.lenient(markup, false,
		func() error { return n.strict(p.config, markup) },
		func() error { return n.lax(markup) })
	if err != nil {
		return nil, err
	}
	n.body = newBody(p)
	err = p.block("for", n.body, func(tag, _ string) (*Body, error) {
		if tag != "else" {
			return nil, nil
		}
		if n.otherwise != nil {
			// Ruby reads one else; the tag behind a second is left open.
			n.otherwise = nil
		}
		n.otherwise = newBody(p)
		return n.otherwise, nil
	})
	if err != nil {
		return nil, err
	}
	n.blank = n.body.blank && (n.otherwise == nil || n.otherwise.blank)
	if n.blank {
		n.body.dropSpace()
		if n.otherwise != nil {
			n.otherwise.dropSpace()
		}
	}
	return n, nil
}

func (n *forNode) strict(cfg *Config, markup string) error {
	l, err := cfg.lexer(markup)
	if err != nil {
		return err
	}
	variable, err := l.expect(lexName, "a name")
	if err != nil {
		return err
	}
	if in, err := l.named("in"); err != nil || !in {
		if err == nil {
			err = Faultf("For loops require an 'in' clause")
		}
		return err
	}
	collection, err := l.expression()
	if err != nil {
		return err
	}
	reversed, err := l.named("reversed")
	if err != nil {
		return err
	}
	out := forNode{name: variable + "-" + collection, variable: variable, collection: parseExpr(collection), reversed: reversed}
	for l.now.kind == lexName && l.ahead.is(":") {
		key := l.now.text
		if key != "limit" && key != "offset" {
			return Faultf("Invalid attribute in for loop. Valid attributes are limit and offset")
		}
		if err := l.shift(); err != nil {
			return err
		}
		if err := l.shift(); err != nil {
			return err
		}
		value, err := l.expression()
		if err != nil {
			return err
		}
		out.set(key, value)
	}
	if err := l.end(); err != nil {
		return err
	}
	*n = out
	return nil
}

func (n *forNode) lax(markup string) error {
	m := laxFor().FindStringSubmatch(markup)
	if m == nil {
		return Faultf("Syntax Error in 'for loop' - Valid syntax: for [item] in [collection]")
	}
	*n = forNode{name: m[1] + "-" + m[2], variable: m[1], collection: parseExpr(m[2]), reversed: m[3] != ""}
	for _, m := range laxNamed().FindAllStringSubmatch(markup, -1) {
		n.set(m[1], m[2])
	}
	return nil
}

func (n *forNode) set(key, value string) {
	switch {
	case key == "limit":
		n.limit = parseExpr(value)
	case key == "offset" && value == "continue":
		n.goOn = true
	case key == "offset":
		n.goOn, n.offset = false, parseExpr(value)
	}
}

// Blank says whether the loop makes no text.
func (n *forNode) Blank() bool { return n.blank }

// forloop is what a loop knows of itself.
type forloop struct {
	name   string
	index  int64
	length int64
	parent *forloop
}

// Get is forloop's property.
func (f *forloop) Get(key string) (any, bool) {
	switch key {
	case "index":
		return f.index + 1, true
	case "index0":
		return f.index, true
	case "rindex":
		return f.length - f.index, true
	case "rindex0":
		return f.length - f.index - 1, true
	case "first":
		return f.index == 0, true
	case "last":
		return f.index == f.length-1, true
	case "length":
		return f.length, true
	case "name":
		return f.name, true
	case "parentloop":
		if f.parent == nil {
			return nil, true
		}
		return f.parent, true
	}
	return nil, true
}

// LiquidText is what Ruby prints.
func (f *forloop) LiquidText() string { return "Liquid::ForloopDrop" }

// Render renders the body for each element.
func (n *forNode) Render(c *Context) error {
	items, err := n.segment(c)
	if err != nil {
		return err
	}
	if items.length == 0 {
		if n.otherwise != nil {
			return n.otherwise.Render(c)
		}
		return nil
	}
	if err := c.push(); err != nil {
		return err
	}
	loop := &forloop{name: n.name, length: items.length}
	if k := len(c.loops); k > 0 {
		loop.parent = c.loops[k-1]
	}
	c.loops = append(c.loops, loop)
	c.Set("forloop", loop)
	line := c.line
	for i := int64(0); i < items.length && err == nil; i++ {
		at := i
		if n.reversed {
			at = items.length - 1 - i
		}
		c.Set(n.variable, items.at(at))
		if err = n.body.Render(c); err != nil {
			break
		}
		c.line = line
		loop.index++
		if k := len(c.interrupts); k > 0 {
			stop := c.interrupts[k-1]
			c.interrupts = c.interrupts[:k-1]
			if stop == breaks {
				break
			}
		}
	}
	c.loops = c.loops[:len(c.loops)-1]
	c.pop()
	return err
}

// segment is the part of the collection that the loop goes over.
func (n *forNode) segment(c *Context) (run, error) {
	from := int64(0)
	if n.goOn {
		from = c.offsets[n.name]
	} else if n.offset != nil {
		var err error
		if from, err = optionalInteger(c, n.offset); err != nil {
			return run{}, err
		}
	}
	collection, err := n.collection.eval(c)
	if err != nil {
		return run{}, err
	}
	to := int64(-1)
	if n.limit != nil {
		v, err := n.limit.eval(c)
		if err != nil {
			return run{}, err
		}
		if v != nil && !(v == false && c.config.Liquid4) {
			limit, err := optionalInteger(c, literal{v})
			if err != nil {
				return run{}, err
			}
			if to = limit + from; to < 0 {
				to = 0
			}
		}
	}
	items := slice(collection, from, to)
	if c.offsets == nil {
		c.offsets = map[string]int64{}
	}
	c.offsets[n.name] = from + items.length
	return items, nil
}

func optionalInteger(c *Context, e expr) (int64, error) {
	v, err := e.eval(c)
	switch {
	case v == nil || err != nil:
		return 0, err
	case c.config.Liquid4:
		return toInt(v), nil
	}
	return integer(v)
}

// run is a part of a collection.
type run struct {
	length int64
	list   []any
	hash   *ordered.Map
	first  int64 // of the hash or of a range
}

func (r *run) at(i int64) any {
	switch {
	case r.list != nil:
		return r.list[i]
	case r.hash != nil:
		return pair(r.hash, int(r.first+i))
	}
	return r.first + i
}

// slice is a collection from one place up to another; below 0 is to its end. A
// text is a collection of itself.
func slice(v any, from, to int64) run {
	cut := func(length int64) (int64, int64) {
		end := length
		if to >= 0 {
			end = min(end, to)
		}
		begin := min(max(from, 0), length)
		return begin, max(begin, end)
	}
	switch v := v.(type) {
	case string:
		if v != "" {
			return run{length: 1, list: []any{v}}
		}
	case []any:
		begin, end := cut(int64(len(v)))
		return run{length: end - begin, list: v[begin:end:end]}
	case *ordered.Map:
		begin, end := cut(int64(v.Len()))
		return run{length: end - begin, hash: v, first: begin}
	case Range:
		begin, end := cut(v.Len())
		return run{length: end - begin, first: v.First + begin}
	case Keyed:
		pairs := keyedPairs(v)
		begin, end := cut(int64(len(pairs)))
		return run{length: end - begin, list: pairs[begin:end:end]}
	}
	return run{}
}

// keyedPairs are a drop's properties as a loop sees them.
func keyedPairs(d Keyed) []any {
	keys := d.Keys()
	out := make([]any, len(keys))
	for i, k := range keys {
		v, _ := d.Get(k)
		out[i] = []any{k, v}
	}
	return out
}

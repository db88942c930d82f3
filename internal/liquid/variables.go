package liquid

import (
	"strconv"
	"strings"
)

// assignNode gives a name a value.
type assignNode struct {
	name  string
	value *output
}

// assignTag reads name = value. The name may have dots in it and means
// something only as a whole, so that nothing reads it again.
func assignTag(p *Parser, markup string) (Node, error) {
	name, rest, ok := cutAssign(markup)
	if !ok {
		return nil, Faultf("Syntax Error in 'assign' - Valid syntax: assign [var] = [source]")
	}
	value, err := p.output(rest)
	return &assignNode{name, value}, err
}

// cutAssign finds \(?[\w\-.\[\]]\)? once and more, an equals sign, and what is
// behind.
func cutAssign(s string) (name, value string, ok bool) {
	for from := 0; from < len(s); from++ {
		end := from
		for end < len(s) {
			n := signatureLength(s[end:])
			if n == 0 {
				break
			}
			end += n
		}
		if end == from {
			continue
		}
		i := end
		for i < len(s) && space(s[i]) {
			i++
		}
		if i < len(s) && s[i] == '=' {
			i++
			for i < len(s) && space(s[i]) {
				i++
			}
			return s[from:end], s[i:], true
		}
	}
	return "", "", false
}

// signatureLength matches \(?[\w\-.\[\]]\)? at the beginning of a text.
func signatureLength(s string) int {
	n := 0
	if s[0] == '(' {
		n = 1
	}
	if n == len(s) {
		return 0
	}
	if c := s[n]; !word(c) && c != '-' && c != '.' && c != '[' && c != ']' {
		return 0
	}
	n++
	if n < len(s) && s[n] == ')' {
		n++
	}
	return n
}

// Blank is true: an assign makes no text.
func (n *assignNode) Blank() bool { return true }

// Render sets the variable.
func (n *assignNode) Render(c *Context) error {
	v, err := n.value.eval(c)
	if err == nil {
		c.Assign(n.name, v)
	}
	return err
}

// captureNode gives a name the text of a block.
type captureNode struct {
	name string
	body *Body
}

func captureTag(p *Parser, markup string) (Node, error) {
	name := ""
	for i := 0; i < len(markup) && name == ""; i++ {
		end := i
		for end < len(markup) {
			n := signatureLength(markup[end:])
			if n == 0 {
				break
			}
			end += n
		}
		name = markup[i:end]
	}
	if name == "" {
		return nil, Faultf("Syntax Error in 'capture' - Valid syntax: capture [var]")
	}
	body, err := p.Block("capture")
	return &captureNode{name, body}, err
}

// Blank is true: a capture prints nothing.
func (n *captureNode) Blank() bool { return true }

// Render sets the variable.
func (n *captureNode) Render(c *Context) error {
	text, err := c.Capture(func() error { return n.body.Render(c) })
	if err == nil {
		c.Assign(n.name, text)
	}
	return err
}

// counterNode is increment, which prints and then adds, and decrement, which
// subtracts and then prints.
type counterNode struct {
	name string
	down bool
}

func incrementTag(_ *Parser, markup string) (Node, error) {
	return &counterNode{name: trim(markup)}, nil
}

func decrementTag(_ *Parser, markup string) (Node, error) {
	return &counterNode{name: trim(markup), down: true}, nil
}

// Render counts.
func (n *counterNode) Render(c *Context) error {
	by := int64(1)
	if n.down {
		by = -1
	}
	was, err := c.count(n.name, by)
	if err != nil {
		return err
	}
	if n.down {
		was--
	}
	c.out = strconv.AppendInt(c.out, was, 10)
	return nil
}

// cycleNode prints one of some values after the other.
type cycleNode struct {
	name   expr // nil for one that goes by its values
	key    any  // then
	values []expr
}

func cycleTag(_ *Parser, markup string) (Node, error) {
	n := &cycleNode{}
	list := markup
	if m := laxCycleNamed().FindStringSubmatch(markup); m != nil {
		n.name, list = parseExpr(m[1]), m[2]
	} else if !laxCycle().MatchString(markup) {
		return nil, Faultf("Syntax Error in 'cycle' - Valid syntax: cycle [name :] var [, var2, var3 ...]")
	}
	var key strings.Builder
	key.WriteString("\x00")
	names := false
	for _, part := range splitCommas(list) {
		if m := laxCycleOne().FindStringSubmatch(part); m != nil {
			e := parseExpr(m[1])
			lit, ok := e.(literal)
			if ok && lit.value == nil {
				continue // Liquid takes one that says nil for none
			}
			n.values = append(n.values, e)
			names = names || !ok
			key.WriteString(Inspect(lit.value) + "\x00")
		}
	}
	// Cycles of the same values count together. Ruby tells names apart by where
	// they stand, so that each cycle with one counts for itself.
	if n.key = key.String(); names {
		n.key = n
	}
	return n, nil
}

func splitCommas(s string) []string {
	var out []string
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] == ',' {
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// Render prints the next value.
func (n *cycleNode) Render(c *Context) error {
	key := n.key
	if n.name != nil {
		var err error
		if key, err = n.name.eval(c); err != nil {
			return err
		}
		key = hashable(key)
	}
	i := c.cycles[key]
	var v any
	if i < len(n.values) {
		var err error
		if v, err = n.values[i].eval(c); err != nil {
			return err
		}
	}
	if i++; i >= len(n.values) {
		i = 0
	}
	if c.cycles == nil {
		c.cycles = map[any]int{}
	}
	c.cycles[key] = i
	return c.print(v)
}

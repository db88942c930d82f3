package liquid

import (
	"galley/internal/ordered"
)

// output is {{ expression | filter: argument }}.
type output struct {
	value   expr
	filters []filterCall
}

// filterCall is one filter with its arguments.
type filterCall struct {
	name  string
	line  int
	apply *Filter // nil for one that does not exist
	args  []expr
	named []namedArg
}

type namedArg struct {
	name  string
	value expr
}

// output reads what stands in an output, behind the = of an assign or in an
// echo.
func (p *Parser) output(markup string) (*output, error) {
	o := &output{}
	err := p.lenient(markup, true,
		func() error { return p.strictOutput(o, markup) },
		func() error { p.laxOutput(o, markup); return nil })
	return o, err
}

func (p *Parser) strictOutput(o *output, markup string) error {
	l, err := p.config.lexer(markup)
	if err != nil {
		return err
	}
	if l.now.kind == lexEnd && !p.config.Liquid4 {
		return nil
	}
	s, err := l.expression()
	if err != nil {
		return err
	}
	var filters []filterCall
	for {
		bar, err := l.take("|")
		if err != nil {
			return err
		}
		if !bar {
			break
		}
		name, err := l.expect(lexName, "the name of a filter")
		if err != nil {
			return err
		}
		args, err := l.arguments()
		if err != nil {
			return err
		}
		filters = append(filters, p.filterCall(name, args))
	}
	if err := l.end(); err != nil {
		return err
	}
	o.value, o.filters = parseExpr(s), filters
	return nil
}

// arguments reads a filter's arguments, if it has any.
func (l *lexer) arguments() ([]string, error) {
	more, err := l.take(":")
	var args []string
	for err == nil && more {
		arg := ""
		if l.now.kind == lexName && l.ahead.is(":") {
			arg = l.now.text + ": "
			if err := l.shift(); err != nil {
				return nil, err
			}
			if err := l.shift(); err != nil {
				return nil, err
			}
		}
		s, err := l.expression()
		if err != nil {
			return nil, err
		}
		args = append(args, arg+s)
		if more, err = l.take(","); err != nil {
			return nil, err
		}
	}
	return args, err
}

func (p *Parser) laxOutput(o *output, markup string) {
	o.value, o.filters = nil, nil
	m := laxOutput().FindStringSubmatch(markup)
	if m == nil {
		return
	}
	o.value = parseExpr(m[1])
	rest := m[2]
	for i := 0; i < len(rest); i++ {
		if rest[i] != '|' {
			continue
		}
		for _, f := range laxFilters().FindAllString(rest[i+1:], -1) {
			name := laxFilterName().FindString(f)
			if name == "" {
				continue
			}
			var args []string
			for _, a := range laxFilterArgs().FindAllStringSubmatch(f, -1) {
				args = append(args, a[1])
			}
			o.filters = append(o.filters, p.filterCall(name, args))
		}
		return
	}
}

// filterCall makes the call of a filter.
func (p *Parser) filterCall(name string, args []string) filterCall {
	f := filterCall{name: name, line: p.line}
	if known, ok := p.config.Filters[name]; ok && !(known.New && p.config.Liquid4) {
		f.apply = &known
	} else if !p.config.StrictFilters {
		p.Warn("there is no filter “" + name + "”; what stands before it is passed on as it is")
	}
	for _, a := range args {
		if m := matchNamed(a); m != nil {
			f.named = append(f.named, namedArg{m[1], parseExpr(m[2])})
		} else {
			f.args = append(f.args, parseExpr(a))
		}
	}
	return f
}

// matchNamed takes name: value apart.
func matchNamed(s string) []string {
	for i := 0; i < len(s); i++ {
		if s[i] == ':' {
			return laxNamedOnly().FindStringSubmatch(s)
		}
		if !word(s[i]) && s[i] != '-' && !space(s[i]) {
			return nil
		}
	}
	return nil
}

// value is the output before it is printed.
func (o *output) eval(c *Context) (any, error) {
	if o.value == nil {
		return o.filter(c, nil)
	}
	v, err := o.value.eval(c)
	if err != nil {
		return nil, err
	}
	return o.filter(c, v)
}

func (o *output) filter(c *Context, v any) (any, error) {
	for i := range o.filters {
		f := &o.filters[i]
		var err error
		if v, err = f.run(c, v); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func (f *filterCall) run(c *Context, v any) (any, error) {
	base := len(c.args)
	for _, e := range f.args {
		a, err := e.eval(c)
		if err != nil {
			return nil, err
		}
		c.args = append(c.args, a)
	}
	if len(f.named) > 0 {
		h := ordered.New(len(f.named))
		for _, n := range f.named {
			a, err := n.value.eval(c)
			if err != nil {
				return nil, err
			}
			h.Set(n.name, a)
		}
		c.args = append(c.args, h)
	}
	out, err := f.call(c, v, c.args[base:])
	c.args = c.args[:base]
	return out, err
}

func (f *filterCall) call(c *Context, v any, args []any) (any, error) {
	if f.apply == nil {
		if c.config.StrictFilters {
			return nil, Faultf("undefined filter %s", f.name)
		}
		return settled(v), nil
	}
	if len(args) < f.apply.Min || len(args) > f.apply.Max {
		return nil, f.wrongCount(len(args))
	}
	steps := 1 + weight(v)
	for _, a := range args {
		if s, ok := a.(string); ok {
			steps += weight(s)
		}
	}
	if err := c.Spend(steps); err != nil {
		return nil, err
	}
	out, err := f.apply.Apply(c, v, args)
	if err != nil {
		return nil, err
	}
	if s, ok := out.(string); ok && len(s) > 64 {
		err = c.spendText(len(s))
	}
	return settled(out), err
}

// wrongCount counts the input too, as Ruby does.
func (f *filterCall) wrongCount(given int) error {
	wanted := Text(int64(f.apply.Min + 1))
	if f.apply.Max > f.apply.Min {
		wanted += ".." + Text(int64(f.apply.Max+1))
	}
	return Faultf("the filter “%s” has the wrong number of arguments (given %d, expected %s; what stands before it counts)", f.name, given+1, wanted)
}

// weight is how much work a value is to a filter.
func weight(v any) int {
	switch v := v.(type) {
	case string:
		return len(v) >> 8
	case []any:
		return len(v)
	case *ordered.Map:
		return v.Len()
	case Range:
		return int(min(v.Len(), 1<<40))
	}
	return 0
}

// Render prints the value.
func (o *output) Render(c *Context) error {
	v, err := o.eval(c)
	if err != nil {
		return err
	}
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		c.out = append(c.out, v...)
		return nil
	}
	return c.print(v)
}

// print adds a value's text to the output.
func (c *Context) print(v any) error {
	left := maxWalk
	from := len(c.out)
	c.out = appendText(c.out, v, &left)
	c.env.made += len(c.out) - from
	return c.walked(left)
}

package liquid

import (
	"fmt"
	"time"

	"galley/internal/rubytime"
)

// maxScopes is how deep loops and includes may stand in each other.
const maxScopes = 100

// A Context is one rendering of one template and of what it includes.
type Context struct {
	config   *Config
	env      *Env
	template *Template // that is being rendered
	out      []byte
	line     int // of the node that is being rendered

	assigned map[string]any // by assign and capture
	scopes   []scope        // the innermost last
	args     []any          // of the filters that are being applied

	interrupts []interrupt
	loops      []*forloop
	offsets    map[string]int64 // where each for loop ended
	cycles     map[any]int
	changed    string // what ifchanged saw last
	everSeen   bool
	limits     Limits

	// What filters read while rendering, which loops do again and again.
	conditions map[string]Condition
	outputs    map[string]*output
	kept       int // bytes of the markup of both
	searched   trigrams
}

// A scope holds the few names of a loop or an include.
type scope struct {
	names  []string
	values []any
}

func (s *scope) set(name string, value any) {
	for i, n := range s.names {
		if n == name {
			s.values[i] = value
			return
		}
	}
	s.names = append(s.names, name)
	s.values = append(s.values, value)
}

type interrupt uint8

const (
	breaks interrupt = iota
	continues
)

// Render makes a template's text.
func (t *Template) Render(env *Env) ([]byte, error) {
	c := &Context{config: t.config, env: env, template: t, line: t.line, limits: env.Limits}
	if c.limits.Steps == 0 {
		c.limits.Steps = defaultSteps
	}
	if c.limits.Bytes == 0 {
		c.limits.Bytes = defaultBytes
	}
	if c.limits.Text == 0 {
		c.limits.Text = defaultText
	}
	c.out = make([]byte, 0, 2*t.size)
	if err := t.body.Render(c); err != nil {
		return nil, at(err, c.template.Name, c.line)
	}
	return c.out, nil
}

// Include renders another template in this one's place. It sees this one's
// variables, those of its own that are given, and leaves behind what it
// assigns.
func (c *Context) Include(t *Template, name string, value any) error {
	if err := c.push(); err != nil {
		return err
	}
	if name != "" {
		c.Set(name, value)
	}
	outer, line := c.template, c.line
	c.template = t
	err := t.body.Render(c)
	if err != nil {
		err = at(err, t.Name, c.line)
	}
	c.template, c.line = outer, line
	c.pop()
	return err
}

// Part is the text of a template that stands within a tag of this one.
func (c *Context) Part(t *Template) (string, error) {
	return c.Capture(func() error { return t.body.Render(c) })
}

// Host is the Env's host.
func (c *Context) Host() any { return c.env.Host }

// Now is the Env's time.
func (c *Context) Now() time.Time { return rubytime.Local(c.env.Now, c.Place()) }

// Place is where dates are shown.
func (c *Context) Place() *time.Location {
	if c.env.Place == nil {
		return time.UTC
	}
	return c.env.Place
}

// Liquid4 says whether Config.Liquid4 is set.
func (c *Context) Liquid4() bool { return c.config.Liquid4 }

// Config is what the template was parsed with.
func (c *Context) Config() *Config { return c.config }

// Write adds to the output.
func (c *Context) Write(s string) { c.out = append(c.out, s...) }

// Capture is the text that f writes.
func (c *Context) Capture(f func() error) (string, error) {
	outer := c.out
	c.out = nil
	err := f()
	inner := string(c.out)
	c.out = outer
	if err == nil {
		err = c.spendText(len(inner))
	}
	return inner, err
}

// Warn tells of something at the tag that is being rendered.
func (c *Context) Warn(format string, args ...any) {
	c.env.warn(Problem{File: c.template.Name, Line: c.line, Message: fmt.Sprintf(format, args...)})
}

// push begins a scope.
func (c *Context) push() error {
	if len(c.scopes)+2 > maxScopes {
		return &Error{Problem: Problem{File: c.template.Name, Line: c.line,
			Message: "Nesting too deep: a template includes itself, or loops and includes stand in more than 100 others"}, Err: ErrLimit}
	}
	if n := len(c.scopes); n < cap(c.scopes) {
		// The room of a scope that ended.
		c.scopes = c.scopes[:n+1]
		c.scopes[n].names, c.scopes[n].values = c.scopes[n].names[:0], c.scopes[n].values[:0]
		return nil
	}
	c.scopes = append(c.scopes, scope{})
	return nil
}

func (c *Context) pop() { c.scopes = c.scopes[:len(c.scopes)-1] }

// Set gives a name a value in the innermost scope: the loop's or the
// include's.
func (c *Context) Set(name string, value any) {
	if n := len(c.scopes); n > 0 {
		c.scopes[n-1].set(name, settled(value))
		return
	}
	c.Assign(name, value)
}

// Scoped calls f with a scope of its own, for filters that set a name.
func (c *Context) Scoped(f func() error) error {
	if err := c.push(); err != nil {
		return err
	}
	err := f()
	c.pop()
	return err
}

// Assign gives a name a value for the rest of the template.
func (c *Context) Assign(name string, value any) {
	if c.assigned == nil {
		c.assigned = map[string]any{}
	}
	c.assigned[name] = settled(value)
}

// Lookup is what a name means, nil when it means nothing.
func (c *Context) Lookup(name string) any {
	v, _ := c.find(name)
	return v
}

func (c *Context) find(name string) (any, bool) {
	for i := len(c.scopes) - 1; i >= 0; i-- {
		s := &c.scopes[i]
		for j, n := range s.names {
			if n == name {
				return s.values[j], true
			}
		}
	}
	if v, ok := c.assigned[name]; ok {
		return v, true
	}
	if n, ok := c.env.counters[name]; ok {
		return n, true
	}
	if c.env.Globals == nil {
		return nil, false
	}
	return c.env.Globals.Get(name)
}

// count adds to the counter of increment and decrement and is what it was.
func (c *Context) count(name string, by int64) (int64, error) {
	n, ok := c.env.counters[name]
	if !ok && c.env.Globals != nil {
		switch v, _ := c.env.Globals.Get(name); v := v.(type) {
		case nil:
		case int64:
			n = v
		default:
			return 0, Faultf("%s is not a number and cannot be counted up or down", name)
		}
	}
	if c.env.counters == nil {
		c.env.counters = map[string]int64{}
	}
	c.env.counters[name] = n + by
	return n, nil
}

// maxKept is how many bytes of expressions are kept as they were read, which takes some
// forty times as much memory.
const maxKept = 4 * maxTag

// mayKeep counts the work of reading an expression of a filter, which will be kept, and is
// an error where it is too long. Where many are, those before are forgotten.
func (c *Context) mayKeep(markup string) error {
	if len(markup) > maxTag {
		return Faultf("an expression in a filter has more than %d KB", maxTag>>10)
	}
	if c.kept += len(markup); c.kept > maxKept {
		c.conditions, c.outputs, c.kept = nil, nil, len(markup)
	}
	return c.Spend(len(markup) >> 2)
}

// Condition reads a condition that stands in a filter's argument: strictly, and
// empty and blank equal nothing in it, unless it is Liquid 4's.
func (c *Context) Condition(markup string) (Condition, error) {
	if cond, ok := c.conditions[markup]; ok {
		return cond, nil
	}
	if err := c.mayKeep(markup); err != nil {
		return nil, err
	}
	read := parseExpr
	if c.config.Liquid4 {
		read = operand
	}
	cond, err := c.config.strictCondition(markup, read)
	if err == nil && len(cond) > 1 && c.config.Liquid4 {
		err = Faultf("a condition in a filter cannot have and and or in Jekyll 3, which GitHub Pages has:")
	}
	if err != nil {
		return nil, Faultf("%v in %s", err, quoteMarkup(markup))
	}
	if c.conditions == nil {
		c.conditions = map[string]Condition{}
	}
	c.conditions[markup] = cond
	return cond, nil
}

// Evaluate is the value of an expression with filters that stands in a filter's
// argument.
func (c *Context) Evaluate(markup string) (any, error) {
	o, ok := c.outputs[markup]
	if !ok {
		if err := c.mayKeep(markup); err != nil {
			return nil, err
		}
		p := &Parser{config: c.config, file: c.template.Name, line: c.line}
		var err error
		if o, err = p.output(markup); err != nil {
			return nil, err
		}
		for _, w := range p.warnings {
			c.env.warn(w)
		}
		if c.outputs == nil {
			c.outputs = map[string]*output{}
		}
		c.outputs[markup] = o
	}
	return o.eval(c)
}

// An Expression is a name, a text or a number that was read.
type Expression struct{ expr expr }

// ParseExpression reads an expression without filters, leniently.
func ParseExpression(markup string) Expression { return Expression{parseExpr(markup)} }

// Literal is an expression that is a value.
func Literal(v any) Expression { return Expression{literal{v}} }

// Eval is its value.
func (e Expression) Eval(c *Context) (any, error) { return e.expr.eval(c) }

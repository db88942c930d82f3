package liquid

import (
	"errors"
	"fmt"
)

// ErrLimit is the cause of an Error that says that a template did too much.
var ErrLimit = errors.New("a limit of rendering was reached")

// askEvery is how many steps pass between two calls of Env.Stop.
const askEvery = 4096

func (c *Context) limit(format string, args ...any) error {
	return &Error{Problem: Problem{File: c.template.Name, Line: c.line, Message: fmt.Sprintf(format, args...)}, Err: ErrLimit}
}

// Spend counts steps of work. What looks at many elements counts each.
func (c *Context) Spend(steps int) error {
	e := c.env
	e.steps += steps
	if e.steps > c.limits.Steps {
		return c.limit("the template took more than %d steps; is there a loop in a loop that it does not need?", c.limits.Steps)
	}
	if e.Stop != nil && e.steps-e.asked >= askEvery {
		e.asked = e.steps
		if err := e.Stop(); err != nil {
			return &Error{Problem: Problem{File: c.template.Name, Line: c.line, Message: err.Error()}, Err: err}
		}
	}
	if len(c.out) > c.limits.Text {
		return c.limit("the template made more than %d MB of text", c.limits.Text>>20)
	}
	return nil
}

// walked counts what a value was looked through for, of which so much was left.
func (c *Context) walked(left int) error {
	if left < 0 {
		return c.limit("a value has more than %d elements, with those of the lists in it", maxWalk)
	}
	return c.Spend((maxWalk - left) >> 2)
}

// Fits is an error where a text of so many bytes is more than may be made at once. What
// makes a long text of short ones asks before it goes on; the filter's result is counted
// by itself.
func (c *Context) Fits(bytes int) error {
	if bytes > c.limits.Text {
		return c.limit("the template made too much text: more than %d MB at once or %d MB in all", c.limits.Text>>20, c.limits.Bytes>>20)
	}
	return nil
}

// SpendText counts the work of going through a value that is a text, as long as it is; any
// other value is none.
func (c *Context) SpendText(v any) error {
	if s, ok := v.(string); ok && len(s) >= 1<<8 {
		return c.Spend(len(s) >> 8)
	}
	return nil
}

// Key is [Key] for what makes many: it counts the work.
func (c *Context) Key(v any) (any, error) {
	key := Key(v)
	return key, c.SpendText(key)
}

// spendText counts text that was made, and the work of making it.
func (c *Context) spendText(n int) error {
	c.env.made += n
	if n > c.limits.Text || c.env.made > c.limits.Bytes {
		return c.limit("the template made too much text: more than %d MB at once or %d MB in all", c.limits.Text>>20, c.limits.Bytes>>20)
	}
	return c.Spend(n >> 8)
}

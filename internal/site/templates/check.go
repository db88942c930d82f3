package templates

import (
	"fmt"
	"html/template"
	"reflect"
	"text/template/parse"
)

// problem is one thing wrong in a template, found without executing it.
type problem struct {
	template string // the file that it is in
	line     int
	message  string
}

// Error has the form of the template library's own errors.
func (p problem) Error() string {
	return fmt.Sprintf("template: %s:%d: %s", p.template, p.line, p.message)
}

// checkTemplate holds a template, and what it calls, against the struct that
// it will be given. Where a type cannot be known (a value out of front
// matter, say) nothing is said, nor of what is left once stop returns an error.
func checkTemplate(t *template.Template, dot reflect.Type, stop func() error) []problem {
	c := &checker{set: t, done: map[string]bool{}, stop: stop}
	c.template(t, dot)
	return c.problems
}

type checker struct {
	set      *template.Template
	tree     *parse.Tree
	vars     []variable
	done     map[string]bool
	problems []problem
	stop     func() error // nil never stops
}

type variable struct {
	name string
	typ  reflect.Type // nil when not known
}

// template checks one template for one type of dot.
func (c *checker) template(t *template.Template, dot reflect.Type) {
	key := t.Name() + " " + fmt.Sprint(dot)
	if t.Tree == nil || c.done[key] || len(c.done) > 1000 {
		return
	}
	c.done[key] = true
	tree, vars := c.tree, c.vars
	c.tree, c.vars = t.Tree, []variable{{"$", dot}}
	c.list(t.Tree.Root, dot)
	c.tree, c.vars = tree, vars
}

func (c *checker) fail(n parse.Node, format string, args ...any) {
	location, _ := c.tree.ErrorContext(n)
	p := problem{template: c.tree.ParseName, line: 1, message: fmt.Sprintf(format, args...)}
	// The location is "file:line:column".
	var column int
	if len(location) > len(p.template) {
		_, _ = fmt.Sscanf(location[len(p.template):], ":%d:%d", &p.line, &column)
	}
	for _, have := range c.problems {
		if have == p {
			return
		}
	}
	c.problems = append(c.problems, p)
}

func (c *checker) list(l *parse.ListNode, dot reflect.Type) {
	if l == nil {
		return
	}
	mark := len(c.vars)
	for _, n := range l.Nodes {
		if c.stop != nil && c.stop() != nil {
			break
		}
		c.node(n, dot)
	}
	c.vars = c.vars[:mark]
}

func (c *checker) node(n parse.Node, dot reflect.Type) {
	switch n := n.(type) {
	case *parse.ActionNode:
		c.pipe(n.Pipe, dot)
	case *parse.IfNode:
		mark := len(c.vars)
		c.pipe(n.Pipe, dot)
		c.list(n.List, dot)
		c.list(n.ElseList, dot)
		c.vars = c.vars[:mark]
	case *parse.WithNode:
		mark := len(c.vars)
		c.list(n.List, c.pipe(n.Pipe, dot))
		c.list(n.ElseList, dot)
		c.vars = c.vars[:mark]
	case *parse.RangeNode:
		c.loop(n, dot)
	case *parse.TemplateNode:
		arg := c.pipe(n.Pipe, dot)
		if t := c.set.Lookup(n.Name); t != nil {
			c.template(t, arg)
		} else {
			c.fail(n, "there is no template %q", n.Name)
		}
	}
}

func (c *checker) loop(n *parse.RangeNode, dot reflect.Type) {
	mark := len(c.vars)
	over := c.pipeValue(n.Pipe, dot)
	key, elem := reflect.Type(nil), reflect.Type(nil)
	if over != nil {
		switch t := indirect(over); t.Kind() {
		case reflect.Slice, reflect.Array:
			key, elem = reflect.TypeFor[int](), t.Elem()
		case reflect.Map:
			key, elem = t.Key(), t.Elem()
		case reflect.Int, reflect.Int64, reflect.Int32, reflect.Uint64:
			elem = t
		case reflect.Interface, reflect.Func, reflect.Chan:
		default:
			c.fail(n.Pipe, "range over %s, which is not a list", n.Pipe)
		}
	}
	key, elem = known(key), known(elem)
	switch len(n.Pipe.Decl) {
	case 1:
		c.vars = append(c.vars, variable{n.Pipe.Decl[0].Ident[0], elem})
	case 2:
		c.vars = append(c.vars, variable{n.Pipe.Decl[0].Ident[0], key}, variable{n.Pipe.Decl[1].Ident[0], elem})
	}
	c.list(n.List, elem)
	c.vars = c.vars[:mark]
	c.list(n.ElseList, dot)
}

// pipe checks a pipeline, declares its variable and gives its type.
func (c *checker) pipe(p *parse.PipeNode, dot reflect.Type) reflect.Type {
	t := c.pipeValue(p, dot)
	if p == nil {
		return nil
	}
	for _, v := range p.Decl {
		if p.IsAssign {
			for i := range c.vars {
				if c.vars[i].name == v.Ident[0] && c.vars[i].typ != t {
					c.vars[i].typ = nil
				}
			}
		} else {
			c.vars = append(c.vars, variable{v.Ident[0], t})
		}
	}
	return t
}

func (c *checker) pipeValue(p *parse.PipeNode, dot reflect.Type) reflect.Type {
	if p == nil {
		return nil
	}
	var t reflect.Type
	for i, cmd := range p.Cmds {
		t = c.command(cmd, dot, i > 0)
	}
	return known(t)
}

// command checks one command; piped is true when a value comes in by a pipe.
func (c *checker) command(cmd *parse.CommandNode, dot reflect.Type, piped bool) reflect.Type {
	for _, a := range cmd.Args[1:] {
		c.value(a, dot)
	}
	more := len(cmd.Args) - 1
	if piped {
		more++
	}
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return c.call(id, more)
	}
	t := c.value(cmd.Args[0], dot)
	if more > 0 {
		switch cmd.Args[0].(type) {
		case *parse.FieldNode, *parse.VariableNode, *parse.ChainNode:
			return nil // a method with arguments; its value is not followed
		default:
			c.fail(cmd, "%s is not a function, but is given an argument", cmd.Args[0])
		}
	}
	return t
}

// call checks a function by name and number of arguments.
func (c *checker) call(id *parse.IdentifierNode, args int) reflect.Type {
	fn, ok := signatures[id.Ident]
	if !ok {
		return nil // the language's own, or checked by the parser
	}
	t := reflect.TypeOf(fn)
	if want := t.NumIn(); !t.IsVariadic() && args != want || t.IsVariadic() && args < want-1 {
		c.fail(id, "%s takes %d arguments, not %d", id.Ident, want, args)
	}
	return known(t.Out(0))
}

// value gives the type of an operand, nil when it is not known.
func (c *checker) value(n parse.Node, dot reflect.Type) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return c.fields(n, dot, n.Ident)
	case *parse.VariableNode:
		for i := len(c.vars) - 1; i >= 0; i-- {
			if c.vars[i].name == n.Ident[0] {
				return c.fields(n, c.vars[i].typ, n.Ident[1:])
			}
		}
	case *parse.ChainNode:
		return c.fields(n, c.value(n.Node, dot), n.Field)
	case *parse.PipeNode:
		return c.pipe(n, dot)
	case *parse.IdentifierNode:
		return c.call(n, 0)
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	}
	return nil
}

// fields follows a chain of names.
func (c *checker) fields(n parse.Node, t reflect.Type, names []string) reflect.Type {
	for _, name := range names {
		if t = known(t); t == nil {
			return nil
		}
		if m, ok := t.MethodByName(name); ok {
			t = m.Type.Out(0)
			continue
		}
		under := indirect(t)
		if t.Kind() == reflect.Struct {
			if m, ok := reflect.PointerTo(t).MethodByName(name); ok {
				t = m.Type.Out(0)
				continue
			}
		}
		switch under.Kind() {
		case reflect.Struct:
			f, ok := under.FieldByName(name)
			if !ok || !f.IsExported() {
				c.fail(n, "%s: there is no %s in a %s", n, name, under.Name())
				return nil
			}
			t = f.Type
		case reflect.Map:
			t = under.Elem()
		default:
			c.fail(n, "%s: there is nothing in a %s by the name of %s", n, under, name)
			return nil
		}
	}
	return known(t)
}

// known is nil for types that say nothing.
func known(t reflect.Type) reflect.Type {
	if t == nil || t.Kind() == reflect.Interface {
		return nil
	}
	return t
}

func indirect(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

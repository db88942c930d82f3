package jekyll

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"galley/internal/liquid"
	"galley/internal/ordered"
)

// includeNode is include, include_relative or include_cached.
type includeNode struct {
	tag     string
	file    string           // as it is written
	dynamic *liquid.Template // makes the name, when there is an output in it
	fault   error            // of reading that, told when it is rendered
	params  []param
	given   bool // whether parameters were given, even none
	get     getter
}

// param is one parameter.
type param struct {
	name  string
	value liquid.Expression
}

// getter renders a file of an include.
type getter func(c *liquid.Context, h Host, n *includeNode, name string, params *ordered.Map) error

// dynamicName is a name with an output in it, and what follows. Ruby's Jekyll
// reads it so.
var dynamicName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?s)([^{]*(?:\{\{[ \t\n\v\f\r]*[\w\-.]+[ \t\n\v\f\r]*(?:\|.*)?\}\}[^ \t\n\v\f\r{}]*)+)(.*)`)
})

func includeTag(get getter) liquid.Tag {
	return func(p *liquid.Parser, markup string) (liquid.Node, error) {
		n := &includeNode{tag: p.Tag(), get: get}
		markup = strings.Trim(markup, space+"\x00")
		var params string
		if m := matchDynamic(markup); m != nil {
			n.file, params, n.given = strings.Trim(m[1], space), strings.Trim(m[2], space), true
			n.dynamic, n.fault = p.Inner(n.file)
		} else if i := strings.IndexAny(markup, space); i >= 0 {
			n.file, params, n.given = markup[:i], strings.TrimLeft(markup[i:], space), true
		} else {
			n.file = markup
		}
		var ok bool
		if n.params, ok = cutParams(params); !ok {
			return nil, liquid.Faultf("Invalid syntax for include tag: %s. Valid syntax: {%% %s file.ext param='value' param2=\"value\" param3=variable %%}", params, n.tag)
		}
		return n, nil
	}
}

func matchDynamic(markup string) []string {
	if !strings.Contains(markup, "{{") {
		return nil
	}
	return dynamicName().FindStringSubmatch(markup)
}

// cutParams reads name="value", name='value' and name=variable. Within quotes
// a backslash keeps the next character from ending them.
func cutParams(s string) ([]param, bool) {
	var out []param
	for s = strings.TrimLeft(s, space); s != ""; s = strings.TrimLeft(s, space) {
		n := 0
		for n < len(s) && (isWord(s[n]) || s[n] == '-') {
			n++
		}
		name := s[:n]
		s = strings.TrimLeft(s[n:], space)
		if n == 0 || !strings.HasPrefix(s, "=") {
			return nil, false
		}
		s = strings.TrimLeft(s[1:], space)
		if s == "" {
			return nil, false
		}
		var value liquid.Expression
		if quote := s[0]; quote == '"' || quote == '\'' {
			end := quoteEnd(s)
			if end < 0 {
				return nil, false
			}
			value = liquid.Literal(strings.ReplaceAll(s[1:end], `\`+string(quote), string(quote)))
			s = s[end+1:]
		} else {
			end := 0
			for end < len(s) && (isWord(s[end]) || s[end] == '.' || s[end] == '-') {
				end++
			}
			if end == 0 {
				return nil, false
			}
			value = liquid.ParseExpression(s[:end])
			s = s[end:]
		}
		if s != "" && !isSpace(s[0]) {
			return nil, false
		}
		out = append(out, param{name, value})
	}
	return out, true
}

// quoteEnd is where a text in quotes ends.
func quoteEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == s[0]:
			return i
		case s[i] == '\\':
			if i++; i < len(s) && s[i] == '\n' {
				return -1
			}
		}
	}
	return -1
}

// validName says whether Jekyll takes a text for the name of a file.
func validName(s string) bool {
	dots := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '.' || c == '/' {
			if dots++; dots == 2 {
				return false
			}
		} else {
			dots = 0
		}
		if !isWord(c) && strings.IndexByte("/.-()+~#@", c) < 0 {
			return false
		}
	}
	return s != ""
}

// Render includes the file.
func (n *includeNode) Render(c *liquid.Context) error {
	h, err := host(c)
	if err != nil {
		return err
	}
	if n.fault != nil {
		return n.fault
	}
	name := n.file
	if n.dynamic != nil {
		if name, err = c.Part(n.dynamic); err != nil {
			return err
		}
	}
	if !validName(name) {
		return liquid.Faultf("Invalid syntax for include tag. %q contains characters or sequences that the name of a file may not have. Valid syntax: {%% %s file.ext param='value' %%}", name, n.tag)
	}
	var params *ordered.Map
	if n.given {
		params = ordered.New(len(n.params))
		for i := range n.params {
			v, err := n.params[i].value.Eval(c)
			if err != nil {
				return err
			}
			params.Set(n.params[i].name, v)
		}
	}
	return n.get(c, h, n, name, params)
}

// run renders a template in the caller's place.
func (n *includeNode) run(c *liquid.Context, t *liquid.Template, name, folder string, params *ordered.Map, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return liquid.Faultf("Could not locate the included file '%s' in %s. Make sure that it is there", name, folder)
	}
	if err != nil {
		return err
	}
	if params == nil {
		return c.Include(t, "", nil)
	}
	return c.Include(t, "include", params)
}

func including(c *liquid.Context, h Host, n *includeNode, name string, params *ordered.Map) error {
	t, err := h.Include(name)
	return n.run(c, t, name, "_includes", params, err)
}

func relative(c *liquid.Context, h Host, n *includeNode, name string, params *ordered.Map) error {
	t, err := h.IncludeRelative(name)
	return n.run(c, t, name, "the page's folder", params, err)
}

// cached renders a file once for each set of values of its parameters, and not
// again in the whole build. Jekyll tells them apart by the values in the order
// of the names. What cannot be told apart, such as a loop's numbers, is rendered
// each time.
func cached(c *liquid.Context, h Host, n *includeNode, name string, params *ordered.Map) error {
	key := newCacheKey(c, name)
	if n.given {
		names := make([]string, 0, params.Len())
		for k := range params.All() {
			names = append(names, k.(string))
		}
		slices.Sort(names)
		for _, k := range names {
			v, _ := params.Get(k)
			if err := key.add(v, 0); err != nil {
				return err
			}
		}
	}
	if key.vague {
		return including(c, h, n, name, params)
	}
	s, err := h.Cached(key.text(), func() (string, error) {
		return c.Capture(func() error { return including(c, h, n, name, params) })
	})
	c.Write(s)
	return err
}

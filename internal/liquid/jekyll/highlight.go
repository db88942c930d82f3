package jekyll

import (
	"regexp"
	"strings"
	"sync"

	"galley/internal/liquid"
)

// highlightNode is a block of code.
type highlightNode struct {
	language string
	lines    bool
	body     *liquid.Body
}

// The language, then names that may have a word or a list of numbers as value.
var highlightMarkup = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^([a-zA-Z0-9.+#_-]+)((?:[ \t\n\v\f\r]+\w+(?:=(?:\w+|"(?:[0-9]+[ \t\n\v\f\r])*[0-9]+"))?)*)$`)
})

func highlightTag(p *liquid.Parser, markup string) (liquid.Node, error) {
	m := highlightMarkup().FindStringSubmatch(strings.Trim(markup, space))
	if m == nil {
		return nil, liquid.Faultf("Syntax Error in tag 'highlight' while parsing the following markup: %s. Valid syntax: highlight <lang> [linenos]", markup)
	}
	n := &highlightNode{language: liquid.Downcase(m[1])}
	for _, option := range strings.Fields(m[2]) {
		name, _, _ := strings.Cut(option, "=")
		n.lines = n.lines || name == "linenos"
	}
	var err error
	n.body, err = p.Block("highlight")
	return n, err
}

// Blank says whether no code is in it.
func (n *highlightNode) Blank() bool { return n.body.Blank() }

// Render makes the figure.
func (n *highlightNode) Render(c *liquid.Context) error {
	h, err := host(c)
	if err != nil {
		return err
	}
	code, err := c.Capture(func() error { return n.body.Render(c) })
	if err != nil {
		return err
	}
	made := strings.TrimSuffix(h.Highlight(n.language, strings.Trim(code, "\r\n"), n.lines), "\n")
	c.Write(liquid.Text(c.Lookup("highlighter_prefix")))
	c.Write(`<figure class="highlight"><pre><code class="language-` + strings.ReplaceAll(n.language, "+", "-") +
		`" data-lang="` + n.language + `">`)
	c.Write(made)
	c.Write("</code></pre></figure>")
	c.Write(liquid.Text(c.Lookup("highlighter_suffix")))
	return nil
}

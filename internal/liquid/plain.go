package liquid

import (
	"strings"
)

// rawNode prints what it holds as it is.
type rawNode string

func rawTag(p *Parser, markup string) (Node, error) {
	if !spaces(markup) {
		return nil, Faultf("Syntax Error in 'raw' - Valid syntax: raw")
	}
	begins := p.line
	var b strings.Builder
	for {
		token, _, ok := p.tokens.next()
		if err := p.mayRead(""); err != nil {
			return nil, err
		}
		if !ok {
			return nil, at(Faultf("'raw' tag was never closed"), p.file, begins)
		}
		before, name := cutRaw(token)
		if name == "endraw" || name != "" && p.config.Liquid4 { // 4 writes what stands before a tag twice
			b.WriteString(before)
		}
		if name == "endraw" {
			return rawNode(b.String()), nil
		}
		b.WriteString(token)
	}
}

// cutRaw finds a tag at the end of a token, which may begin with something
// else: {{ {% endraw %}. A dash within it is not known here.
func cutRaw(token string) (before, name string) {
	if !strings.HasSuffix(token, "%}") {
		return "", ""
	}
	for end := len(token) - 2; ; {
		at := strings.LastIndex(token[:end], "{%")
		if at < 0 {
			return "", ""
		}
		inner := strings.TrimLeft(token[at+2:len(token)-2], blank)
		n := 0
		for n < len(inner) && word(inner[n]) {
			n++
		}
		if n > 0 {
			return token[:at], inner[:n]
		}
		end = at
	}
}

// Blank says whether nothing is in it.
func (n rawNode) Blank() bool { return n == "" }

// Render prints it.
func (n rawNode) Render(c *Context) error {
	c.out = append(c.out, n...)
	return nil
}

// nothing is a comment.
type nothing struct{}

// Blank is true.
func (nothing) Blank() bool { return true }

// Render does nothing.
func (nothing) Render(*Context) error { return nil }

// commentTag reads what is in a comment as Liquid, which has to be right; only
// tags that do not exist are passed over.
func commentTag(p *Parser, _ string) (Node, error) {
	body := newBody(p)
	err := p.block("comment", body, func(string, string) (*Body, error) { return body, nil })
	return nothing{}, err
}

// inlineCommentTag is {% # ... %}.
func inlineCommentTag(_ *Parser, markup string) (Node, error) {
	lines := strings.Split(markup, "\n")
	for i, line := range lines[1:] {
		// White space before a line's text may be lines too.
		if line = strings.TrimLeft(line, blank); line != "" && line[0] != '#' {
			_ = i
			return nil, Faultf("Syntax error in tag '#' - Each line of comments must be prefixed by the '#' character")
		}
	}
	return nothing{}, nil
}

func echoTag(p *Parser, markup string) (Node, error) { return p.output(markup) }

// interruptNode is break and continue.
type interruptNode struct{ what interrupt }

func breakTag(*Parser, string) (Node, error) { return interruptNode{breaks}, nil }

func continueTag(*Parser, string) (Node, error) { return interruptNode{continues}, nil }

// Render has the bodies around it end.
func (n interruptNode) Render(c *Context) error {
	c.interrupts = append(c.interrupts, n.what)
	return nil
}

// changedNode prints its text when it is not what was printed last.
type changedNode struct{ body *Body }

func ifChangedTag(p *Parser, _ string) (Node, error) {
	body, err := p.Block("ifchanged")
	return &changedNode{body}, err
}

// Blank says whether the block makes no text.
func (n *changedNode) Blank() bool { return n.body.blank }

// Render compares with the text before.
func (n *changedNode) Render(c *Context) error {
	text, err := c.Capture(func() error { return n.body.Render(c) })
	if err == nil && (!c.everSeen || text != c.changed) {
		c.changed, c.everSeen = text, true
		c.Write(text)
	}
	return err
}

// renderNode is the render tag. Jekyll gives it no files, so that it ends the
// build when it is reached.
type renderNode struct{}

func renderTag(_ *Parser, markup string) (Node, error) {
	if !laxRender().MatchString(markup) {
		return nil, Faultf("Syntax error in tag 'render' - Template name must be a quoted string")
	}
	return renderNode{}, nil
}

// Render is an error.
func (renderNode) Render(*Context) error {
	return Faultf("This liquid context does not allow includes. Jekyll has no files for the render tag: use include")
}

// StandardTags are Liquid's own.
func StandardTags() map[string]Tag {
	return map[string]Tag{
		"#": inlineCommentTag, "assign": assignTag, "break": breakTag, "capture": captureTag, "case": caseTag,
		"comment": commentTag, "continue": continueTag, "cycle": cycleTag, "decrement": decrementTag,
		"echo": echoTag, "for": forTag, "if": ifTag, "ifchanged": ifChangedTag, "increment": incrementTag,
		"raw": rawTag, "render": renderTag, "tablerow": tableRowTag, "unless": unlessTag,
	}
}

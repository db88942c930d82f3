package liquid

import (
	"strings"
)

// maxBlocks is how deep blocks may stand in each other.
const maxBlocks = 100

// A Parser reads a template. Tags get it to read their bodies and markup.
type Parser struct {
	config   *Config
	file     string
	line     int // of the tag that is being read
	tokens   *tokens
	trimNext bool // the next text loses the space before it
	depth    int
	name     string // of that tag
	warnings []Problem
}

// Config is what the template is read with.
func (p *Parser) Config() *Config { return p.config }

// Tag is the name of the tag that is being read.
func (p *Parser) Tag() string { return p.name }

// Inner reads a text in a tag that is a template of its own.
func (p *Parser) Inner(source string) (*Template, error) {
	t, err := p.config.Parse(p.file, p.line, source)
	if err == nil {
		p.warnings = append(p.warnings, t.Warnings...)
	}
	return t, err
}

// Warn tells of something at the tag that is being read.
func (p *Parser) Warn(message string) { p.warnAt(p.line, message) }

func (p *Parser) warnAt(line int, message string) {
	if len(p.warnings) < maxWarnings {
		p.warnings = append(p.warnings, Problem{File: p.file, Line: line, Message: message})
	}
}

// lenient reads markup strictly where the mode asks for it, and leniently when
// that failed. Always says that Lax too reads it strictly first.
func (p *Parser) lenient(markup string, always bool, strictly func() error, leniently func() error) error {
	if p.config.Mode == Lax && (!always || p.config.Liquid4) {
		return leniently()
	}
	err := strictly()
	if err == nil {
		return nil
	}
	if p.config.Mode == Strict {
		return Faultf("%v in %q", err, trim(markup))
	}
	if p.config.Mode == Warn {
		p.Warn(err.Error() + " in " + quoteMarkup(markup))
	}
	return leniently()
}

// quoteMarkup shows a writer what stands in a tag.
func quoteMarkup(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 80 {
		s = s[:77] + "..."
	}
	return "“" + strings.ToValidUTF8(s, "?") + "”"
}

// document reads a whole template.
func (p *Parser) document() (*Body, error) {
	body := newBody(p)
	name, _, _, err := p.read(body)
	switch {
	case err != nil:
		return nil, err
	case name == "":
		return body, nil
	case name == "else" || name == "end":
		return nil, Faultf("Unexpected outer '%s' tag", name)
	}
	return nil, unknownTag(name)
}

func unknownTag(name string) error {
	return &UnknownTag{Name: name}
}

// UnknownTag is the cause of an Error: there is no tag of this name.
type UnknownTag struct{ Name string }

func (e *UnknownTag) Error() string { return "Unknown tag '" + e.Name + "'" }

// read reads nodes into a body until a tag that is not in the configuration,
// whose name it returns, or the end.
func (p *Parser) read(body *Body) (name, markup string, more bool, err error) {
	if p.tokens.lines {
		return p.readLines(body)
	}
	for {
		token, line, ok := p.tokens.next()
		if !ok {
			p.line = p.tokens.line
			return "", "", false, nil
		}
		p.line = line
		switch {
		case strings.HasPrefix(token, "{%"):
			p.trim(token, body)
			name, markup, ok := p.cutTag(token)
			if err := p.mayRead(markup); err != nil && name != "liquid" {
				return "", "", false, err
			}
			if !ok {
				return "", "", false, Faultf("Tag '%s' was not properly terminated with %%}", shorten(token))
			}
			if name == "liquid" && !p.config.Liquid4 {
				if err := p.liquidTag(body, markup, line+strings.Count(token[:strings.LastIndex(token, markup)], "\n")); err != nil {
					return "", "", false, err
				}
				continue
			}
			tag := p.config.tag(name)
			if tag == nil {
				return name, markup, true, nil
			}
			if err := p.tag(body, name, tag, markup); err != nil {
				return "", "", false, err
			}
		case strings.HasPrefix(token, "{{"):
			p.trim(token, body)
			if len(token) < 4 || !strings.HasSuffix(token, "}}") {
				return "", "", false, Faultf("Variable '%s' was not properly terminated with }}. Braces that are no Liquid stand between {%% raw %%} and {%% endraw %%}", shorten(token))
			}
			inside := insideDashes(token)
			if err := p.mayRead(inside); err != nil {
				return "", "", false, err
			}
			out, err := p.output(inside)
			if err != nil {
				return "", "", false, err
			}
			body.add(out, line, false)
		default:
			if p.trimNext {
				token = strings.TrimLeft(token, blank+"\x00")
				p.trimNext = false
			}
			body.addText(token)
		}
	}
}

// maxTag is how long what stands between a tag's braces may be, in bytes. A tag is read
// at once, and nothing ends that.
const maxTag = 64 << 10

// mayRead is an error where a tag is too long to be read, or parsing is to end.
func (p *Parser) mayRead(markup string) error {
	if len(markup) > maxTag {
		return Faultf("A tag has more than %d KB between its braces; divide it, or put what it holds into a data file", maxTag>>10)
	}
	if p.config.Stop != nil {
		return p.config.Stop()
	}
	return nil
}

// trim takes the space before a tag with {%- off the text there, and notes
// whether the text behind it loses its own.
func (p *Parser) trim(token string, body *Body) {
	if len(token) > 2 && token[2] == '-' {
		body.trimEnd()
	}
	p.trimNext = len(token) > 2 && token[len(token)-3] == '-'
}

// insideDashes is what stands in {{- ... -}} or the same of a tag.
func insideDashes(token string) string {
	s := token[2 : len(token)-2]
	s = strings.TrimPrefix(s, "-")
	return strings.TrimSuffix(s, "-")
}

// cutTag takes a tag apart, and moves p.line to its name.
func (p *Parser) cutTag(token string) (name, markup string, ok bool) {
	if len(token) < 4 || !strings.HasSuffix(token, "%}") {
		return "", "", false
	}
	s := strings.TrimPrefix(token[2:len(token)-2], "-")
	return p.cutName(strings.TrimSuffix(s, "-"), true)
}

func (p *Parser) cutName(s string, count bool) (name, markup string, ok bool) {
	rest := strings.TrimLeft(s, blank)
	n := 0
	if strings.HasPrefix(rest, "#") && !p.config.Liquid4 {
		n = 1
	}
	for n < len(rest) && word(rest[n]) && rest[0] != '#' {
		n++
	}
	if n == 0 {
		return "", "", false
	}
	markup = strings.TrimLeft(rest[n:], blank)
	if count {
		p.line += strings.Count(s[:len(s)-len(rest)], "\n")
	}
	return rest[:n], markup, true
}

// tag reads one tag into a body.
func (p *Parser) tag(body *Body, name string, tag Tag, markup string) error {
	line := p.line
	p.name = name
	node, err := tag(p, markup)
	if err != nil {
		return at(err, p.file, line)
	}
	b, ok := node.(Blanker)
	body.add(node, line, ok && b.Blank())
	return nil
}

// liquidTag reads the lines of a liquid tag, of which the first has a number.
func (p *Parser) liquidTag(body *Body, markup string, line int) error {
	outer := p.tokens
	p.tokens = &tokens{source: strings.TrimRight(markup, "\n"), line: line, lines: true}
	name, _, more, err := p.read(body)
	if err == nil && more {
		err = p.wrongEnd(name, "liquid", "%}")
	}
	p.tokens = outer
	return err
}

func (p *Parser) readLines(body *Body) (name, markup string, more bool, err error) {
	for {
		token, line, ok := p.tokens.next()
		if !ok {
			p.line = line
			return "", "", false, nil
		}
		p.line = line
		if spaces(token) {
			continue
		}
		name, markup, ok := p.cutName(token, false)
		if err := p.mayRead(markup); err != nil {
			return "", "", false, err
		}
		if !ok {
			return token, token, true, nil
		}
		tag := p.config.tag(name)
		if tag == nil {
			return name, markup, true, nil
		}
		if err := p.tag(body, name, tag, markup); err != nil {
			return "", "", false, err
		}
	}
}

// wrongEnd is the error for a tag that does not belong in a block.
func (p *Parser) wrongEnd(tag, block, end string) error {
	switch {
	case tag == "else":
		return Faultf("%s tag does not expect 'else' tag", block)
	case strings.HasPrefix(tag, "end"):
		return Faultf("'%s' is not a valid delimiter for %s tags. use %s", tag, block, end)
	}
	return unknownTag(tag)
}

// block reads bodies until the block's end. Between is called for each other
// tag that is not in the configuration, and gives the body that goes on behind
// it, or nil when the tag does not belong here.
func (p *Parser) block(name string, body *Body, between func(tag, markup string) (*Body, error)) error {
	begins := p.line
	for {
		if p.depth >= maxBlocks {
			return Faultf("Nesting too deep: more than %d blocks stand in each other", maxBlocks)
		}
		p.depth++
		tag, markup, more, err := p.read(body)
		p.depth--
		switch {
		case err != nil:
			return err
		case !more:
			return at(Faultf("'%s' tag was never closed", name), p.file, begins)
		case tag == "end"+name:
			return nil
		}
		body = nil
		if between != nil {
			if body, err = between(tag, markup); err != nil {
				return at(err, p.file, p.line)
			}
		}
		if body == nil {
			return at(p.wrongEnd(tag, name, "end"+name), p.file, p.line)
		}
	}
}

// Block reads the body of a block tag, up to its end.
func (p *Parser) Block(name string) (*Body, error) {
	body := newBody(p)
	if err := p.block(name, body, nil); err != nil {
		return nil, err
	}
	return body, nil
}

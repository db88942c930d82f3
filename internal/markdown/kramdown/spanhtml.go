package kramdown

import "strings"

// HTML in text.
//
// Rule: elements that stand in text keep their tags and their content is
// Markdown, except in code, kbd, pre and the like; one that is never closed
// is closed at the end of the text. A block's tag, or an end tag without its
// element, is text.

// tagStop ends the content of an element.
type tagStop struct {
	name string
	fold bool
}

func (t *tagStop) stops(p *parser, i int) bool { return t.end(p.src.s, i) >= 0 }

// end returns the end of the element's end tag at i, or -1.
func (t *tagStop) end(s string, i int) int {
	if s[i] != '<' || at(s, i+1) != '/' {
		return -1
	}
	k := i + 2 + len(t.name)
	if k > len(s) || s[i+2:k] != t.name && !(t.fold && strings.EqualFold(s[i+2:k], t.name)) {
		return -1
	}
	if k = skipSpace(s, k); at(s, k) != '>' {
		return -1
	}
	return k + 1
}

// parseSpanHTML reads an element, a comment, or a tag as text.
func (p *parser) parseSpanHTML() bool {
	s, i := p.src.s, p.src.pos
	if c := at(s, i+1); c != '/' && !strings.HasPrefix(s[i:], "<!--") && htmlName(s, i+1) < 0 {
		return false
	}
	if end := p.src.commentEnd(i); end >= 0 {
		e := p.element(kindMarkup)
		e.value, e.inline = s[i:end], true
		p.tree.add(e)
		p.src.pos = end
		return true
	}
	if _, end := endTagAt(s, i); end >= 0 {
		p.addRange(i, end)
		p.src.pos = end
		return true
	}
	t, ok := p.src.tagAt(i)
	if !ok {
		return false
	}
	name := t.name
	html := isHTMLElement(strings.ToLower(name))
	if html {
		name = strings.ToLower(name)
	}
	if blockElements[name] || p.spanDepth > maxDepth {
		p.addRange(i, t.end)
		p.src.pos = t.end
		return true
	}
	attr := t.set(html)
	for n := range attr {
		attr[n].value = joinLines(attr[n].value)
	}
	parse := p.options.spanHTML && contentModel(name) != modelRaw && p.tree.model != modelRaw
	if value, ok := attr.get("markdown"); ok {
		attr.remove("markdown")
		switch value {
		case "span":
			parse = true
		case "1":
			parse = contentModel(name) != modelRaw
		case "0":
			parse = false
		}
	}
	e := p.element(kindHTML)
	e.value, e.attr, e.inline, e.closed, e.model = name, attr, true, t.closed, modelRaw
	if parse {
		e.model = modelSpan
	}
	p.tree.add(e)
	p.src.pos = t.end
	if t.closed || emptyElements[name] {
		return true
	}
	which := allSpans
	if !parse {
		which = htmlSpans
	}
	stop := &tagStop{name, html}
	if p.parseSpans(e, stop, which) {
		p.src.pos = stop.end(s, p.src.pos)
	} else {
		p.addPiece(e, p.src.rest(), p.src, p.src.pos)
		p.src.pos = len(s)
	}
	return true
}

// joinLines makes line breaks in an attribute spaces.
func joinLines(s string) string {
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	for strings.Contains(s, "\n\n") {
		s = strings.ReplaceAll(s, "\n\n", "\n")
	}
	return strings.ReplaceAll(s, "\n", " ")
}

// parseSpanExtension reads an extension or an attribute list in text.
func (p *parser) parseSpanExtension() bool {
	s, i := p.src.s, p.src.pos
	if x := p.extensionAt(i); x != nil {
		if x.ending || !x.known() {
			return false
		}
		body, has, end := "", false, x.end
		if !x.closed {
			start, after := p.src.index("{:/}", x.end), len("{:/}")
			named := "{:/" + x.name + "}"
			if n := p.src.index(named, x.end); n >= 0 && (start < 0 || n < start) {
				start, after = n, len(named)
			}
			if start < 0 {
				return false
			}
			body, has, end = s[x.end:start], true, start+after
		}
		p.src.pos = end
		p.runExtension(x, body, has, true)
		return true
	}
	if p.src.index("}", i) < 0 {
		return false
	}
	brace := p.src.attributesEnd(i+2, false)
	if brace < 0 {
		return false
	}
	last := p.tree.last()
	if last == nil || last.kind == kindText {
		return false
	}
	var list attributeList
	list.parse(s[i+2 : brace])
	if last.ial == nil {
		last.ial = &attributeList{}
	} else if p.isDefinitions(last.ial) {
		p.changesItself = true
	}
	last.ial.join(&list)
	p.apply(&last.attr, &list)
	p.src.pos = brace + 1
	return true
}

package kramdown

import "strings"

// HTML blocks.
//
// Rule: a tag that is not a span element's begins a block anywhere, after a
// paragraph's lines too, and its element reaches to its end tag, over blank
// lines; what is never closed reaches to the end. Inside nothing is
// Markdown, unless the tag says markdown="1", "block" or "span". An end tag
// without its element is text.

// parseBlockHTML reads an HTML element or comment.
func (p *parser) parseBlockHTML() result {
	s, i := p.src.s, p.src.pos
	if end := p.src.commentEnd(i); end >= 0 {
		e := p.element(kindMarkup)
		e.value = s[i:end]
		p.tree.add(e)
		p.src.pos = end
		p.skipLineEnd()
		return yes
	}
	j := skipIndent(s, i, 3)
	if at(s, j) != '<' {
		return no
	}
	if at(s, j+1) == '/' {
		name, end := endTagAt(s, j)
		name = strings.ToLower(name)
		if end >= 0 && !spanElements[name] && p.tree.kind == kindHTML && p.tree.value == name {
			p.src.pos = end
			return stop
		}
		return no
	}
	t, ok := p.src.tagAt(j)
	if !ok || spanElements[strings.ToLower(t.name)] {
		return no
	}
	p.src.pos = t.end
	p.startTag(t)
	return yes
}

// skipLineEnd skips blanks up to and with the line break.
func (p *parser) skipLineEnd() {
	if i := skipBlanks(p.src.s, p.src.pos); at(p.src.s, i) == '\n' {
		p.src.pos = i + 1
	}
}

// startTag adds the element of a start tag and reads its content.
func (p *parser) startTag(t tag) {
	name := t.name
	html := isHTMLElement(strings.ToLower(name))
	if html {
		name = strings.ToLower(name)
	}
	e := p.element(kindHTML)
	e.value = name
	e.attr = t.set(html)
	p.tree.add(e)
	closed := t.closed || emptyElements[name]
	if name == "script" || name == "style" {
		p.rawContent(e)
		p.htmlContent(e, false, false)
		return
	}
	p.htmlContent(e, closed, true)
}

// rawContent reads the content of script and style.
func (p *parser) rawContent(e *element) {
	end := p.src.indexEndTag(e.value, p.src.pos)
	after := end
	if end < 0 {
		end = len(p.src.s)
		after = end
	} else {
		_, after = endTagAt(p.src.s, end)
	}
	if p.src.pos < end {
		raw := p.element(kindRaw)
		raw.value, raw.inline = p.src.s[p.src.pos:end], true
		e.add(raw)
	}
	p.src.pos = after
}

// htmlContent decides how the content of e is read, and reads it.
func (p *parser) htmlContent(e *element, closed, body bool) {
	if p.ial != nil {
		e.ial, p.ial = p.ial, nil
	}
	inRaw := p.tree.kind == kindHTML && p.tree.model == modelRaw
	m := modelRaw
	if !inRaw && p.options.blockHTML {
		m = contentModel(e.value)
	}
	if value, ok := e.attr.get("markdown"); ok {
		e.attr.remove("markdown")
		switch value {
		case "0":
			m = modelRaw
		case "1":
			m = contentModel(e.value)
		case "span":
			m = modelSpan
		case "block":
			m = modelBlock
		}
	}
	if m == modelBlock {
		p.skipLineEnd()
	}
	e.model, e.closed = m, closed
	if closed || !body {
		return
	}
	switch m {
	case modelBlock:
		p.parseBlocks(e, nil)
	case modelSpan:
		s := p.src.s
		if end := p.src.indexEndTag(e.value, p.src.pos); end >= 0 {
			p.addPiece(e, s[p.src.pos:end], p.src, p.src.pos)
			p.src.pos = end
			if _, after := endTagAt(s, end); after >= 0 {
				p.src.pos = after
			}
		} else {
			p.addPiece(e, p.src.rest(), p.src, p.src.pos)
			p.src.pos = len(s)
		}
	default:
		p.parseRawHTML(e)
	}
	if !inRaw {
		p.skipLineEnd()
	}
}

// parseRawHTML reads HTML into e up to its end tag.
func (p *parser) parseRawHTML(e *element) {
	tree, kind := p.tree, p.textKind
	p.tree, p.textKind = e, kindText
	p.depth++
	s := p.src.s
	for done := false; !done && !p.src.done(); {
		i := p.src.pos
		j := i
		for {
			n := p.src.index("<", j)
			if n < 0 {
				j = -1
				break
			}
			j = n
			if c := at(s, j+1); c == '/' || c == '?' || strings.HasPrefix(s[j:], "<!--") || htmlName(s, j+1) >= 0 {
				break
			}
			j++
		}
		if j < 0 {
			p.addRange(i, len(s))
			p.src.pos = len(s)
			break
		}
		p.addRange(i, j)
		p.src.pos = j
		end := p.src.commentEnd(j)
		if end < 0 {
			end = p.src.instructionEnd(j)
		}
		if end >= 0 {
			m := p.element(kindMarkup)
			m.value = s[j:end]
			e.add(m)
			p.src.pos = end
			continue
		}
		if t, ok := p.src.tagAt(j); ok && p.depth <= maxDepth {
			p.src.pos = t.end
			// Text before and after belongs to e, raw text to the element.
			p.textKind = kind
			p.startTag(t)
			p.textKind = kindText
			continue
		}
		if name, end := endTagAt(s, j); end >= 0 {
			if isHTMLElement(e.value) {
				name = strings.ToLower(name)
			}
			p.src.pos = end
			if name == e.value {
				done = true
			} else {
				p.addRange(j, end)
			}
			continue
		}
		_, n := runeAt(s, j)
		p.addRange(j, j+n)
		p.src.pos = j + n
	}
	p.depth--
	p.tree, p.textKind = tree, kind
}

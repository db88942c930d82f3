package kramdown

import "strings"

// Definition lists.
//
// Rule: a line that begins with : and a space, after a paragraph, whose
// lines become the terms. A blank line between makes the definition's first
// paragraph keep its tags.

// parseDefinitionList reads the definitions of the paragraph before them.
func (p *parser) parseDefinitionList() bool {
	s := p.src.s
	if j := skipIndent(s, p.src.pos, 3); at(s, j) != ':' || !isMarkerTail(s, j+1) {
		return false
	}
	before := p.tree.children
	n := len(before)
	switch {
	case n == 0,
		n == 1 && before[0].kind != kindParagraph,
		n >= 2 && before[n-1].kind != kindParagraph &&
			(before[n-1].kind != kindBlank || before[n-1].value != "\n" || before[n-2].kind != kindParagraph):
		return false
	}
	list := p.block(kindDefinitionList)
	para := p.tree.pop()
	asPara := false
	if para.kind == kindBlank {
		para = p.tree.pop()
		asPara = true
	}
	list.start = para.start
	if len(para.children) > 0 {
		for _, term := range strings.Split(strings.TrimRight(para.children[0].text(), "\n"), "\n") {
			e := p.element(kindTerm)
			if content, end, ok := itemAttributes(term); ok {
				e.ial = &attributeList{}
				e.ial.parse(content)
				term = term[end:]
			}
			e.alt = term
			raw := p.element(kindRawText)
			raw.value = term
			e.add(raw)
			list.add(e)
		}
	}
	list.ial = para.ial

	type definition struct {
		element *element
		text    []byte
		line    int
	}
	var definitions []*definition
	var lines itemLines
	most, blank := 3, false
	line := p.src.lineNumber()
	for !p.src.done() {
		i := p.src.pos
		if j := skipIndent(s, i, most); at(s, j) == ':' && isMarkerTail(s, j+1) {
			next := nextLine(s, j)
			d := &definition{element: p.element(kindDefinition), line: line}
			d.element.firstAsPara = asPara
			var text string
			text, lines, d.element.ial = p.firstItemLine(j+1-i, s[j+1:next])
			d.text = append(d.text, text...)
			list.add(d.element)
			definitions = append(definitions, d)
			most = lines.markerMost
			asPara, blank = false, false
			p.src.pos = next
			line++
			continue
		}
		if endOfBlockMarker(s, i) >= 0 {
			break
		}
		d := definitions[len(definitions)-1]
		end := lines.content(s, i)
		if end < 0 && !blank {
			end = lines.lazy(p, i)
		}
		if end >= 0 {
			text, _ := lines.strip(s[i:end])
			d.text = append(d.text, text...)
			asPara, blank = false, false
			p.src.pos = end
			line++
			continue
		}
		end = blankEnd(s, i)
		if end < 0 {
			break
		}
		asPara, blank = true, true
		d.text = append(d.text, s[i:end]...)
		p.src.pos = end
		line += strings.Count(s[i:end], "\n")
	}

	var last *element
	for _, d := range definitions {
		e := d.element
		p.parseBlocks(e, newScanner(string(d.text), d.line))
		if len(e.children) == 0 {
			continue
		}
		last = nil
		if e.last().kind == kindBlank {
			last = e.pop()
		}
		if len(e.children) > 0 && e.children[0].kind == kindParagraph {
			if e.firstAsPara {
				e.firstAsPara = false
				continue
			}
			if first := e.children[0]; len(e.children) > 1 && len(first.children) > 0 {
				first.children[0].extend("\n", nil, 0)
			}
			e.children[0].transparent = true
		}
	}

	n = len(p.tree.children)
	switch {
	case n >= 1 && p.tree.children[n-1].kind == kindDefinitionList:
		d := p.tree.children[n-1]
		d.children = append(d.children, list.children...)
	case n >= 2 && p.tree.children[n-1].kind == kindBlank && p.tree.children[n-2].kind == kindDefinitionList:
		p.tree.pop()
		d := p.tree.last()
		d.children = append(d.children, list.children...)
	default:
		p.tree.add(list)
	}
	if last != nil {
		p.tree.add(last)
	}
	return true
}

package kramdown

import "strings"

// Lists.
//
// Rule: a marker is *, + or -, or a number with a full stop, behind up to
// three spaces and before a space, a tab or a |; a marker alone on its line
// is none. Markers of one kind make one list, whatever their characters; the
// number does not matter. The text after the marker sets the indentation:
// lines so far in belong to the item, and so do lines further out until a
// blank line. A marker further in than the item's text starts a list inside
// it. An item is tight when no blank line follows its first paragraph; the
// last item of a list follows those before it. {:.class} after a marker is
// the item's.

// listMarker returns where the marker at i ends, behind at most most spaces,
// or 0.
func listMarker(s string, i, most int) int {
	if end := bulletMarker(s, i, most); end > 0 {
		return end
	}
	return numberMarker(s, i, most)
}

func bulletMarker(s string, i, most int) int {
	i = skipIndent(s, i, most)
	switch at(s, i) {
	case '*', '+', '-':
		if isMarkerTail(s, i+1) {
			return i + 1
		}
	}
	return 0
}

func numberMarker(s string, i, most int) int {
	i = skipIndent(s, i, most)
	j := i
	for isDigit(at(s, j)) {
		j++
	}
	if j > i && at(s, j) == '.' && isMarkerTail(s, j+1) {
		return j + 1
	}
	return 0
}

// isMarkerTail tells whether what may follow a list marker stands at i.
func isMarkerTail(s string, i int) bool {
	c := at(s, i)
	return (c == ' ' || c == '\t' || c == '|') && nextLine(s, i) >= 0
}

// itemLines is what decides to which item a line belongs.
type itemLines struct {
	indentation int
	markerMost  int // spaces that a marker of the same list may stand behind
}

func newItemLines(indentation int) itemLines {
	l := itemLines{indentation: indentation, markerMost: 3}
	if indentation >= 1 && indentation <= 3 {
		l.markerMost = indentation - 1
	}
	return l
}

// content returns the end of a line at i that is indented for the item.
func (l itemLines) content(s string, i int) int {
	for n := l.indentation / 4; n > 0; n-- {
		w := codeIndent(s, i)
		if w == 0 {
			return -1
		}
		i += w
	}
	if rest := l.indentation % 4; rest > 0 {
		if j := skipIndent(s, i, rest); j == i+rest {
			i = j
		} else if w := codeIndent(s, i); w > 0 {
			i += w
		} else {
			return -1
		}
	}
	return filled(s, i)
}

// filled returns the end of the line at i when anything is on it, or -1.
func filled(s string, i int) int {
	for ; i < len(s) && s[i] != '\n'; i++ {
		if !isSpace(s[i]) {
			return nextLine(s, i)
		}
	}
	return -1
}

// lazy returns the end of a line at i that goes on with the item although it
// is not indented.
func (l itemLines) lazy(p *parser, i int) int {
	if p.lazyTag(i, min(l.indentation, 3)) {
		return -1
	}
	return filled(p.src.s, i)
}

// strip takes the item's indentation off a line.
func (l itemLines) strip(line string) (string, bool) {
	tabs := 0
	for at(line, tabs) == '\t' {
		tabs++
	}
	if tabs > 0 {
		line = strings.Repeat("    ", tabs) + line[tabs:]
	}
	if skipIndent(line, 0, l.indentation) == l.indentation {
		return line[l.indentation:], true
	}
	return line, false
}

// firstItemLine works out an item's indentation and text from the line with
// its marker, which is marker bytes wide; tail is what follows it. The list
// returned belongs to the item.
func (p *parser) firstItemLine(marker int, tail string) (string, itemLines, *attributeList) {
	attributes, afterAttributes, hasAttributes := itemAttributes(tail)
	indentation := marker
	if blankEnd(tail, 0) >= 0 && filled(tail, 0) < 0 || hasAttributes && filled(tail, afterAttributes) < 0 {
		indentation = 4
	} else {
		for {
			spaces := skipIndent(tail, 0, len(tail))
			if at(tail, spaces) != '\t' {
				break
			}
			tabs := 0
			for at(tail, spaces+tabs) == '\t' {
				tabs++
			}
			width := 4 - (spaces+marker)%4 + (tabs-1)*4
			tail = tail[:spaces] + strings.Repeat(" ", width) + tail[spaces+tabs:]
		}
		indentation += skipIndent(tail, 0, len(tail))
		attributes, afterAttributes, hasAttributes = itemAttributes(tail)
	}
	lines := newItemLines(indentation)
	if hasAttributes {
		list := &attributeList{}
		list.parse(attributes)
		return tail[afterAttributes:], lines, list
	}
	return tail[skipSpace(tail, 0):], lines, nil
}

// itemAttributes finds an attribute list at the start of an item.
func itemAttributes(s string) (content string, end int, ok bool) {
	i := skipSpace(s, 0)
	if !strings.HasPrefix(s[i:], "{:") {
		return "", 0, false
	}
	j := i + 2
	if at(s, j) == '/' || at(s, j) == ':' {
		return "", 0, false
	}
	if k := nameEnd(s, j); k > j && at(s, k) == ':' {
		return "", 0, false
	}
	end = newScanner(s, 0).attributesEnd(j, false)
	if end < 0 {
		return "", 0, false
	}
	return s[j:end], skipSpace(s, end+1), true
}

// segment is a part of an item's text that is parsed by itself.
type segment struct {
	text []byte
	line int
}

// item is a list item while its lines are collected.
type item struct {
	element  *element
	segments []segment
}

// parseList reads a list.
func (p *parser) parseList() bool {
	s := p.src.s
	if listMarker(s, p.src.pos, 3) == 0 {
		return false
	}
	listKind, marker := kindBulletList, bulletMarker
	if bulletMarker(s, p.src.pos, 3) == 0 {
		listKind, marker = kindOrderedList, numberMarker
	}
	list := p.block(listKind)
	var items []item
	var lines itemLines
	most := 3
	ended, nested, blank := false, false, false
	line := p.src.lineNumber()
	for !p.src.done() {
		i := p.src.pos
		if blank && ruleEnd(s, i) >= 0 {
			break
		}
		if end := endOfBlockMarker(s, i); end >= 0 {
			p.src.pos = end
			ended = true
			break
		}
		if end := marker(s, i, most); end > 0 {
			next := nextLine(s, end)
			e := p.element(kindItem)
			var text string
			text, lines, e.ial = p.firstItemLine(end-i, s[end:next])
			list.add(e)
			most = lines.markerMost
			nested, blank = listMarker(text, 0, 3) > 0, false
			items = append(items, item{e, []segment{{append(make([]byte, 0, 2*len(text)), text...), line}}})
			p.src.pos = next
			line++
			continue
		}
		it := &items[len(items)-1]
		current := &it.segments[len(it.segments)-1]
		end := lines.content(s, i)
		if end < 0 && !blank {
			end = lines.lazy(p, i)
		}
		if end >= 0 {
			text, indented := lines.strip(s[i:end])
			isItem := listMarker(text, 0, 3) > 0
			if !nested && indented && isItem {
				it.segments = append(it.segments, segment{line: line})
				current = &it.segments[len(it.segments)-1]
				nested = true
			} else if nested && !indented && isItem {
				current.text = append(current.text, strings.Repeat(" ", lines.indentation+4)...)
			}
			current.text = append(current.text, text...)
			blank = false
			p.src.pos = end
			line++
			continue
		}
		end = blankEnd(s, i)
		if end < 0 {
			break
		}
		nested, blank = true, true
		current.text = append(current.text, s[i:end]...)
		p.src.pos = end
		line += strings.Count(s[i:end], "\n")
	}
	p.tree.add(list)
	var last *element
	for n, it := range items {
		p.parseItem(it)
		children := it.element.children
		if len(children) == 0 {
			continue
		}
		if first := children[0]; first.kind == kindParagraph && len(children) >= 2 &&
			children[1].kind == kindEnd && first.ial != nil {
			children = append(children[:1], children[2:]...)
			it.element.children = children
		}
		if isTight(list, n, ended) {
			first := children[0]
			if len(children) > 1 && children[1].kind != kindBlank && len(first.children) > 0 {
				first.children[0].extend("\n", nil, 0)
			}
			first.transparent = true
		}
		last = nil
		if children[len(children)-1].kind == kindBlank {
			last = it.element.pop()
		}
	}
	if last != nil && !ended {
		p.tree.add(last)
	}
	if p.options.input == inputGFM {
		markTasks(list)
	}
	return true
}

// parseItem parses an item's segments one after the other into it.
func (p *parser) parseItem(it item) {
	for _, g := range it.segments {
		p.parseBlocks(it.element, newScanner(string(g.text), g.line))
	}
}

// isTight tells whether the first paragraph of a list's nth item stands
// without its tags.
func isTight(list *element, n int, ended bool) bool {
	children := list.children[n].children
	if children[0].kind != kindParagraph {
		return false
	}
	last := n == len(list.children)-1
	if len(children) >= 2 && children[1].kind == kindBlank && !(last && len(children) == 2 && !ended) {
		return false
	}
	if !last || len(list.children) == 1 {
		return true
	}
	for _, other := range list.children[:n] {
		if len(other.children) == 0 || other.children[0].kind != kindParagraph || other.children[0].transparent {
			return true
		}
	}
	return false
}

package kramdown

import "strings"

// Links and images.
//
// Rule: [text](address "title"), [text][id], [id], and with ! before it an
// image. The address is all up to the parenthesis that closes it or to a
// quoted title, spaces and brackets included, and is not encoded; an image's
// alternative text is the text as typed. Links do not nest; what finds no
// definition is text.

// linkStop ends the text of a link.
type linkStop struct {
	element *element
	count   int
	// seen are the element's children among which images were counted.
	seen, images int
	// opened are the brackets passed at the top of the text, closed those
	// that found their partner.
	opened []openBracket
	closed []bracketPair
}

// openBracket is a bracket and how many were open before it.
type openBracket struct{ at, depth int }

type bracketPair struct{ open, close int }

func (l *linkStop) stops(p *parser, i int) bool {
	s := p.src.s
	opens := s[i] == '[' || s[i] == '!' && at(s, i+1) == '['
	if !opens && s[i] != ']' {
		return false
	}
	for ; l.seen < len(l.element.children); l.seen++ {
		if l.element.children[l.seen].kind == kindImage {
			l.images++
		}
	}
	if opens {
		l.settle(i)
		if s[i] == '[' {
			l.opened = append(l.opened, openBracket{i, l.count - l.images})
		}
		l.count++
	} else {
		l.count--
		l.settle(i)
	}
	return l.count-l.images == 0
}

// settle closes the brackets that find their partner at i.
func (l *linkStop) settle(i int) {
	for n := len(l.opened); n > 0 && l.opened[n-1].depth >= l.count-l.images; n-- {
		l.closed = append(l.closed, bracketPair{l.opened[n-1].at, i})
		l.opened = l.opened[:n-1]
	}
}

// parseLink reads a link or an image, or its bracket as text.
func (p *parser) parseLink() bool {
	s, i := p.src.s, p.src.pos
	k, from := kindLink, i+1
	if s[i] == '!' {
		if at(s, i+1) != '[' {
			return false
		}
		k, from = kindImage, i+2
	}
	if from >= len(s) || s[from] == '^' {
		return false
	}
	asText := func() bool {
		p.src.pos = from
		p.addRange(i, from)
		return true
	}
	if k == kindLink && p.anchors > 0 || p.spanDepth > maxDepth {
		return asText()
	}
	a := p.attempt(i, k)
	if p.hasFailed(a) {
		return asText()
	}
	if close, ok := p.closers[a]; ok && !p.couldLink(from, close) {
		return asText()
	}
	p.src.pos = from
	e := p.element(k)
	stop := &linkStop{element: e, count: 1}
	if !p.parseSpans(e, stop, allSpans) {
		p.fail(a)
		b := a
		b.kind = kindLink
		for _, open := range stop.opened {
			b.at = open.at
			p.fail(b)
		}
		p.remember(b, stop.closed)
		return asText()
	}
	close := p.src.pos
	b := a
	b.kind = kindLink
	p.remember(b, stop.closed)
	alt := s[from:close]
	p.src.pos = close + 1
	if p.linkTarget(e, alt) {
		return true
	}
	return asText()
}

// remember keeps where brackets close, for when they are tried themselves.
func (p *parser) remember(a attempt, pairs []bracketPair) {
	if len(pairs) < 8 {
		return
	}
	if p.closers == nil {
		p.closers = map[attempt]int{}
	}
	for _, pair := range pairs {
		a.at = pair.open
		p.closers[a] = pair.close
	}
}

// couldLink tells whether brackets from..close can turn out to be a link.
func (p *parser) couldLink(from, close int) bool {
	switch at(p.src.s, skipSpace(p.src.s, close+1)) {
	case '(', '[':
		return true
	}
	return close-from <= 2*p.longestID+64 && len(p.links) > 0
}

// linkTarget reads what follows the text of a link and adds it.
func (p *parser) linkTarget(e *element, alt string) bool {
	s := p.src.s
	i := p.src.pos
	id, end, has := inlineID(s, i)
	if has || at(s, i) != '(' {
		if has {
			p.src.pos = end
		}
		if id == "" {
			id = unescape(alt)
		}
		if len(p.links) == 0 {
			return false
		}
		d := p.links[normalizeID(id)]
		if d == nil {
			return false
		}
		p.addLink(e, d.address, d.title, d.titled, alt, d.mark.ial)
		return true
	}
	address, nested := "", 0
	if at(s, i+1) == '<' && anglesClose(s, i+2) >= 0 {
		end := anglesClose(s, i+2)
		address = s[i+2 : end]
		p.src.pos = end + 1
		if at(s, end+1) == ')' {
			p.src.pos++
			p.addLink(e, address, "", false, alt, nil)
			return true
		}
	} else {
		j, last := i, i
		done := false
		for !done {
			for j < len(s) && s[j] != '(' && s[j] != ')' && !(isSpace(s[j]) && (at(s, j+1) == '"' || at(s, j+1) == '\'')) {
				j++
			}
			if j >= len(s) {
				break
			}
			switch s[j] {
			case ')':
				nested--
				done = nested == 0
			case '(':
				nested++
			default:
				done = true
			}
			j++
			last = j
		}
		p.work -= last - i
		if last > i+1 {
			address = s[i+1 : last-1]
		}
		address = trim(address)
		p.src.pos = last
		if nested == 0 {
			p.addLink(e, address, "", false, alt, nil)
			return true
		}
	}
	title, end, ok := p.inlineTitle(p.src.pos)
	if !ok {
		return false
	}
	p.src.pos = end
	p.addLink(e, address, title, true, alt, nil)
	return true
}

// anglesClose finds the > that closes an address on its line.
func anglesClose(s string, i int) int {
	for ; i < len(s) && s[i] != '\n'; i++ {
		if s[i] == '>' {
			return i
		}
	}
	return -1
}

// inlineID reads [id] after white space.
func inlineID(s string, i int) (id string, end int, ok bool) {
	i = skipSpace(s, i)
	if at(s, i) != '[' {
		return "", 0, false
	}
	n := strings.IndexByte(s[i:], ']')
	if n < 0 {
		return "", 0, false
	}
	return s[i+1 : i+n], i + n + 1, true
}

// inlineTitle reads a quoted title and the closing parenthesis.
func (p *parser) inlineTitle(i int) (title string, end int, ok bool) {
	s := p.src.s
	i = skipSpace(s, i)
	q := at(s, i)
	if q != '"' && q != '\'' {
		return "", 0, false
	}
	_, n := runeAt(s, i+1)
	for j := i + 1 + n; j < len(s); j++ {
		if s[j] != q {
			continue
		}
		if e := skipSpace(s, j+1); at(s, e) == ')' {
			return s[i+1 : j], e + 1, true
		}
	}
	p.work -= len(s) - i
	return "", 0, false
}

// addLink completes a link or an image and adds it.
func (p *parser) addLink(e *element, address, title string, titled bool, alt string, ial *attributeList) {
	e.ial = ial
	if ial != nil {
		p.apply(&e.attr, ial)
	}
	if e.kind == kindLink {
		e.attr.set("href", address)
	} else {
		e.attr.set("src", address)
		e.attr.set("alt", unescape(alt))
		e.children = nil
	}
	if titled {
		e.attr.set("title", title)
	}
	p.tree.add(e)
}

// unescape takes the backslashes away from an alternative text.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("\\.*_+`<>()[]{}#!:|\"'$=-", s[i+1]) >= 0 {
			i++
		}
		b = append(b, s[i])
	}
	return string(b)
}

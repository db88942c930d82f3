package kramdown

import "strings"

// Code blocks.
//
// Rule: lines indented by a tab or four spaces, over blank lines; a line
// that follows without indentation joins the line before it. Or lines
// between fences of three or more ` or ~: the closing fence has the same
// character and at least as many of it, and without one there is no code
// block. The fence's first word is the language; white space after it is
// fine, a second word makes it no fence.

func codeIndent(s string, i int) int {
	switch {
	case at(s, i) == '\t':
		return 1
	case strings.HasPrefix(s[min(i, len(s)):], "    "):
		return 4
	}
	return 0
}

// codeEnd returns where the indented code at i ends; i if there is none.
func (p *parser) codeEnd(s string, i int, tags func(int) bool) int {
	for {
		j := i
		if b := blankEnd(s, i); b >= 0 {
			j = b
		}
		k := j
		for {
			n := codeIndent(s, k)
			if n == 0 {
				break
			}
			next := filledLine(s, k+n)
			if next < 0 {
				break
			}
			k = next
		}
		if k == j {
			return i
		}
		for {
			next := filledLine(s, k)
			if next < 0 || tags(k) {
				break
			}
			k = next
		}
		i = k
	}
}

// filledLine returns the end of the line at i when it is not blank, or -1.
func filledLine(s string, i int) int {
	i = skipBlanks(s, i)
	if i >= len(s) || isSpace(s[i]) {
		// Other white space may still be followed by something.
		for j := i; j < len(s) && s[j] != '\n'; j++ {
			if !isSpace(s[j]) {
				return -1
			}
		}
		return -1
	}
	return nextLine(s, i)
}

// codeStop tells whether the line at i ends the lazy lines of indented code.
func (p *parser) codeStop(i int) bool {
	return endOfBlockMarker(p.src.s, i) >= 0 || p.lazyTag(i, 3)
}

// parseIndentedCode reads indented code.
func (p *parser) parseIndentedCode() bool {
	s, start := p.src.s, p.src.pos
	if codeIndent(s, start) == 0 {
		return false
	}
	end := p.codeEnd(s, start, p.codeStop)
	if end == start {
		return false
	}
	e := p.block(kindCodeBlock)
	e.value = unindent(joinLazy(s[start:end]))
	p.tree.add(e)
	p.src.pos = end
	return true
}

// joinLazy joins lines with less than four spaces to those before them.
func joinLazy(s string) string {
	var b []byte
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '\n' {
			continue
		}
		j := skipIndent(s, i+1, 3)
		if j < len(s) && !isSpace(s[j]) {
			b = append(b, s[from:i]...)
			b = append(b, ' ')
			from = i + 1
		}
	}
	if b == nil {
		return s
	}
	return string(append(b, s[from:]...))
}

// unindent takes one indentation off every line.
func unindent(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		next := nextLine(s, i)
		if next < 0 {
			next = len(s)
		}
		b = append(b, s[i+codeIndent(s, i):next]...)
		i = next
	}
	return string(b)
}

// fenceLength counts the fence characters at i.
func fenceLength(s string, i int) int {
	n := 0
	for c := at(s, i+n); c == '`' || c == '~'; c = at(s, i+n) {
		n++
	}
	return n
}

// fenceIndent is how many spaces may stand before a fence.
func (p *parser) fenceIndent() int {
	if p.options.input == inputGFM {
		return 3
	}
	return 0
}

// parseFencedCode reads code between fences.
func (p *parser) parseFencedCode() bool {
	s, start := p.src.s, p.src.pos
	i := skipIndent(s, start, p.fenceIndent())
	n := fenceLength(s, i)
	if p.options.input != inputGFM {
		n = len(s[i:]) - len(strings.TrimLeft(s[i:], "~"))
	}
	if n < 3 {
		return false
	}
	if end := nextLine(s, i); end < 0 || p.src.index(s[i:i+3], end) < 0 {
		return false
	}
	// The opening run may mix characters; its last one repeats in the
	// closing fence after a copy of the run, and may be taken for text, too.
	for m := n; m >= 3; m-- {
		if end := p.closeFence(s, i, i+m); end >= 0 {
			p.src.pos = end
			return true
		}
	}
	return false
}

// closeFence reads the code whose opening fence is s[i:j] and returns its
// end, or -1.
func (p *parser) closeFence(s string, i, j int) int {
	fence := s[i:j]
	k := j
	for k < len(s) && isSpace(s[k]) && s[k] != '\n' {
		k++
	}
	word := k
	for k < len(s) && !isSpace(s[k]) {
		k++
	}
	language := s[word:k]
	body := restBlank(s, k)
	if body < 0 {
		return -1
	}
	if from, ok := p.src.unclosed[fence]; ok && from <= body {
		p.src.looked(-1, 0)
		return -1
	}
	end := p.scanFence(s, fence, body, language)
	if end < 0 {
		p.src.looked(-1, 0)
	}
	if end < 0 && len(fence) <= 16 {
		if p.src.unclosed == nil {
			p.src.unclosed = map[string]int{}
		}
		p.src.unclosed[fence] = body
	}
	return end
}

// scanFence looks for the line that closes a fence.
func (p *parser) scanFence(s, fence string, body int, language string) int {
	for line := body; line < len(s); {
		next := nextLine(s, line)
		if next < 0 {
			return -1
		}
		c := skipIndent(s, line, p.fenceIndent())
		if strings.HasPrefix(s[c:], fence) {
			c += len(fence)
			for at(s, c) == fence[len(fence)-1] {
				c++
			}
			if end := restBlank(s, c); end >= 0 {
				p.addCode(s[body:line], language)
				return end
			}
		}
		line = next
		if f := p.src.index(fence, line); f < 0 {
			return -1
		} else if b := strings.LastIndexByte(s[line:f], '\n'); b >= 0 {
			line += b + 1
		}
	}
	return -1
}

func (p *parser) addCode(code, language string) {
	e := p.block(kindCodeBlock)
	e.value = code
	if language != "" {
		e.alt = language
		name := language
		if q := strings.IndexByte(language[1:], '?'); q >= 0 {
			name = language[:q+1]
		}
		e.attr.set("class", "language-"+name)
	}
	p.tree.add(e)
}

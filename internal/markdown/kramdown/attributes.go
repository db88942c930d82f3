package kramdown

import (
	"regexp"
	"strings"
)

// Attribute lists.
//
// Rule: {:.class #id key="value" name} on a line of its own belongs to the
// block right before it, or, after a blank line, to the block that follows.
// In text it belongs to the span right before it. {:name: .class} defines a
// list, to which others refer by its name. Classes add up; of anything else
// the last one counts.

// attributeList is what a list in braces says.
type attributeList struct {
	references []string
	attr       attributes
}

func (l *attributeList) refers(name string) bool {
	if l == nil {
		return false
	}
	for _, r := range l.references {
		if r == name {
			return true
		}
	}
	return false
}

// addClass adds classes to those that are there.
func addClass(a *attributes, class string) {
	old, _ := a.get("class")
	a.set("class", strings.TrimLeft(old+" "+class, " \t\n\v\f\r\x00"))
}

func merge(to *attributes, from attributes) {
	for _, a := range from {
		if a.key == "class" {
			addClass(to, a.value)
		} else {
			to.set(a.key, a.value)
		}
	}
}

// join adds another list to this one.
func (l *attributeList) join(other *attributeList) {
	l.references = append(l.references, other.references...)
	merge(&l.attr, other.attr)
}

// apply sets what a list says, references included. Lists may name each other,
// and themselves, many times over, so that each reference costs of what spans
// may cost in a text; without any left, references say nothing.
func (p *parser) apply(a *attributes, l *attributeList) { p.applyList(a, l, 0) }

func (p *parser) applyList(a *attributes, l *attributeList, depth int) {
	if depth < 8 {
		for _, name := range l.references {
			if r := p.references[name]; r != nil && p.work > 0 {
				classes, _ := a.get("class")
				p.work -= 16 + len(classes)
				p.applyList(a, r, depth+1)
			}
		}
	}
	merge(a, l.attr)
}

// nameEnd returns the end of a name at i, or i.
func nameEnd(s string, i int) int {
	if i >= len(s) || !isWord(s[i]) {
		return i
	}
	for i < len(s) && (isWord(s[i]) || s[i] == '-') {
		i++
	}
	return i
}

// attributesEnd finds the brace that closes a list whose content begins at i: the
// first one without a backslash, or else the last one with it before that. With
// alone, one counts only when the rest of its line is blank.
func (c *scanner) attributesEnd(i int, alone bool) int {
	if at(c.s, i) == '}' {
		return -1
	}
	b := c.bracesFrom(i)
	if b.plain < len(c.s) && (!alone || restBlank(c.s, b.plain+1) >= 0) {
		return b.plain
	}
	last := b.escaped
	if alone {
		last = b.escapedAlone
	}
	if last <= i { // or none
		return -1
	}
	return last
}

// braces are those that may close a list of attributes which begins at from or
// between there and plain.
type braces struct {
	from  int
	plain int // the first without a backslash; the text's length for none
	// escaped is the last one before it with a backslash, escapedAlone the last of those
	// behind which the line is blank; -1 for none.
	escaped, escapedAlone int
}

// bracesFrom finds them. It remembers what it found, since what many lists leave open
// would be searched to the text's end for each of them.
func (c *scanner) bracesFrom(i int) braces {
	if b := c.braces; b != nil && b.from <= i && i <= b.plain {
		return *b
	}
	b := &braces{i, len(c.s), -1, -1}
	for j := i; j < len(c.s); j++ {
		n := strings.IndexByte(c.s[j:], '}')
		if n < 0 {
			break
		}
		if j += n; j == 0 || c.s[j-1] != '\\' {
			b.plain = j
			break
		}
		b.escaped = j
		if restBlank(c.s, j+1) >= 0 {
			b.escapedAlone = j
		}
	}
	c.braces = b
	return *b
}

// attributesAt reads a list that is the rest of its line at i.
func (p *parser) attributesAt(i int) (content string, end int, ok bool) {
	s := p.src.s
	if !strings.HasPrefix(s[min(i, len(s)):], "{:") || at(s, i+2) == ':' || at(s, i+2) == '/' || p.src.index("}", i) < 0 {
		return "", 0, false
	}
	p.src.lookedForBrace(i + 2)
	brace := p.src.attributesEnd(i+2, true)
	if brace < 0 {
		return "", 0, false
	}
	return s[i+2 : brace], restBlank(s, brace+1), true
}

// blockAttributes reads a list on a line of its own at i.
func (p *parser) blockAttributes(i int) (content string, end int, ok bool) {
	return p.attributesAt(skipIndent(p.src.s, i, 3))
}

var unescapeBrace = regexp.MustCompile(`\\([}"'])`)

// parse reads the content of a list.
func (l *attributeList) parse(s string) {
	if t := trim(s); t == "" || t == ":" {
		return
	}
	var open [2]bool
	for i := 0; i < len(s); {
		if i == 0 {
			if end := l.one(s, 0, &open); end > 0 {
				i = end
				continue
			}
		}
		if isSpace(s[i]) {
			if end := l.one(s, i+1, &open); end > 0 {
				i = end
				continue
			}
		}
		i++
	}
}

func attributeEnds(s string, i int) bool { return i >= len(s) || isSpace(s[i]) }

// valueEnd finds the quotation mark that closes a value at i. One with a
// backslash does so only when no other does.
func valueEnd(s string, i int, q byte, escapes bool) int {
	for ; i < len(s) && s[i] != 0x02; i++ {
		switch {
		case escapes && s[i] == '\\' && (at(s, i+1) == q || at(s, i+1) == '}'):
			i++
		case s[i] == q && attributeEnds(s, i+1):
			return i
		case s[i] == '}' && at(s, i-1) != '\\':
			return -1
		}
	}
	return -1
}

// one reads one entry of a list at i and returns its end, or -1. In open it keeps for
// " and ' whether no value that begins with it ends any more.
func (l *attributeList) one(s string, i int, open *[2]bool) int {
	name := nameEnd(s, i)
	if name > i {
		if q := at(s, name+1); at(s, name) == '=' && (q == '"' && !open[0] || q == '\'' && !open[1]) {
			end := valueEnd(s, name+2, q, true)
			if end < 0 {
				end = valueEnd(s, name+2, q, false)
			}
			if end < 0 {
				open[strings.IndexByte("\"'", q)] = true
			}
			if end >= 0 {
				value := unescapeBrace.ReplaceAllStringFunc(s[name+2:end], func(m string) string {
					if m[1] == '}' || m[1] == q {
						return m[1:]
					}
					return m
				})
				l.attr.set(s[i:name], value)
				return end + 1
			}
		}
		if attributeEnds(s, name) {
			l.references = append(l.references, s[i:name])
			return name
		}
		return -1
	}
	j := i
	var found attributes
	for j < len(s) {
		k := j + 1
		switch s[j] {
		case '#':
			if c := at(s, k) | 0x20; c < 'a' || c > 'z' {
				return -1
			}
			for k < len(s) && (isWord(s[k]) || s[k] == ':' || s[k] == '-') {
				k++
			}
			found = append(found, attribute{"id", s[j+1 : k]})
		case '.':
			for k < len(s) && !isSpace(s[k]) && s[k] != '.' && s[k] != '#' {
				k++
			}
			if k == j+1 {
				return -1
			}
			found = append(found, attribute{"class", s[j+1 : k]})
		default:
			if j > i && isSpace(s[j]) {
				merge(&l.attr, found)
				return j
			}
			return -1
		}
		j = k
	}
	if j == i {
		return -1
	}
	merge(&l.attr, found)
	return j
}

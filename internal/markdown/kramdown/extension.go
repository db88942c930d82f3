package kramdown

import (
	"regexp"
	"strings"
)

// Extensions.
//
// Rule: {::comment}...{:/comment} becomes an HTML comment, {::nomarkdown}
// ...{:/} goes through as it is (with type="latex" and the like it
// disappears), {::options key="value" /} changes how this document is read.
// Anything else in such braces is text.

var (
	extensionStart = regexp.MustCompile(`^\{::(\w+)(?:\s((?:\\\}|[^}])*?)|)(/)?\}`)
	extensionStop  = regexp.MustCompile(`^\{:/(\w[\w-]*)?\}`)
)

// parseBlockExtension reads an attribute list, a definition of one, or an
// extension, on lines of their own.
func (p *parser) parseBlockExtension() bool {
	s := p.src.s
	i := skipIndent(s, p.src.pos, 3)
	if !strings.HasPrefix(s[i:], "{:") || p.src.index("}", i) < 0 {
		return false
	}
	p.src.lookedForBrace(i + 2)
	if name := nameEnd(s, i+2); name > i+2 && at(s, name) == ':' {
		brace := p.src.attributesEnd(name+1, true)
		if brace >= 0 {
			id := s[i+2 : name]
			if p.references == nil {
				p.references = map[string]*attributeList{}
			}
			if p.references[id] == nil {
				p.references[id] = &attributeList{}
			}
			p.references[id].parse(s[name+1 : brace])
			p.src.pos = restBlank(s, brace+1)
			e := p.block(kindEnd)
			p.define(e, "{"+id, s[name+1:brace])
			e.end = endReference
			p.tree.add(e)
			return true
		}
	}
	if x := p.extensionAt(i); x != nil {
		if end := restBlank(s, x.end); end >= 0 {
			x.end = end
			return p.blockExtension(x)
		}
	}
	content, end, ok := p.attributesAt(i)
	if !ok {
		return false
	}
	p.src.pos = end
	last := p.tree.last()
	if last != nil && last.kind != kindBlank &&
		(last.kind != kindEnd || last.end == endLinkDefinition || last.end == endAbbreviation || last.end == endFootnote) {
		if last.ial == nil {
			last.ial = &attributeList{}
		}
		last.ial.parse(content)
		if _, _, more := p.blockAttributes(end); !more {
			e := p.block(kindEnd)
			e.end = endAttributes
			p.tree.add(e)
		}
		return true
	}
	if p.ial == nil {
		p.ial = &attributeList{}
	}
	p.ial.parse(content)
	return true
}

// extension is the start or the end of an extension.
type extension struct {
	name, attributes string
	closed, ending   bool
	end              int // of the tag
}

// extensionAt reads the tag of an extension at i.
func (p *parser) extensionAt(i int) *extension {
	s := p.src.s
	if c := at(s, i+2); c == '/' {
		if m := extensionStop.FindStringIndex(s[i:]); m != nil {
			return &extension{ending: true, end: i + m[1]}
		}
		return nil
	} else if c != ':' {
		return nil
	}
	brace := p.src.index("}", i)
	if brace < 0 {
		return nil
	}
	m := extensionStart.FindStringSubmatchIndex(s[i:])
	if m == nil {
		return nil
	}
	x := &extension{name: s[i+m[2] : i+m[3]], closed: m[6] >= 0, end: i + m[1]}
	if m[4] >= 0 {
		x.attributes = s[i+m[4] : i+m[5]]
	}
	return x
}

func (x *extension) known() bool {
	return !x.ending && (x.name == "comment" || x.name == "nomarkdown" || x.name == "options")
}

func (p *parser) blockExtension(x *extension) bool {
	if !x.known() {
		return false
	}
	s := p.src.s
	body, has, end := "", false, x.end
	if !x.closed {
		if from, ok := p.src.unended[x.name]; ok && from <= x.end {
			p.src.looked(-1, 0)
			return false
		}
		start, stop := blockExtensionStop(s, x.end, x.name)
		p.src.looked(stop, 0)
		if start < 0 {
			if p.src.unended == nil {
				p.src.unended = map[string]int{}
			}
			p.src.unended[x.name] = x.end
			return false
		}
		body, has, end = s[x.end:start], true, stop
		body = strings.TrimSuffix(body, "\n")
	}
	p.src.pos = end
	p.runExtension(x, body, has, false)
	return true
}

// blockExtensionStop finds the line that ends an extension.
func blockExtensionStop(s string, i int, name string) (start, end int) {
	for i < len(s) {
		j := skipIndent(s, i, 3)
		if strings.HasPrefix(s[j:], "{:/") {
			k := j + 3
			if strings.HasPrefix(s[k:], name) && at(s, k+len(name)) == '}' {
				k += len(name)
			}
			if at(s, k) == '}' {
				k = skipIndent(s, k+1, len(s))
				if at(s, k) == '\n' {
					return i, k + 1
				}
			}
		}
		next := nextLine(s, i)
		if next < 0 {
			break
		}
		i = next
	}
	return -1, -1
}

// runExtension does what an extension says.
func (p *parser) runExtension(x *extension, body string, hasBody, inline bool) {
	var list attributeList
	list.parse(x.attributes)
	switch x.name {
	case "comment":
		if hasBody {
			e := p.element(kindComment)
			e.value, e.inline = body, inline
			p.tree.add(e)
		}
	case "nomarkdown":
		if hasBody {
			e := p.element(kindRaw)
			e.value, e.inline = body, inline
			if t, _ := list.attr.get("type"); len(strings.Fields(t)) > 0 {
				html := false
				for _, f := range strings.Fields(t) {
					html = html || f == "html"
				}
				if !html {
					e.value, e.alt = "", "other"
				}
			}
			p.tree.add(e)
		}
	case "options":
		p.changesItself = true
		for _, a := range list.attr {
			p.options.set(a.key, a.value)
		}
		if !inline {
			e := p.block(kindEnd)
			e.end = endExtension
			p.tree.add(e)
		}
	}
}

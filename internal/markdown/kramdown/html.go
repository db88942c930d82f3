package kramdown

import "strings"

// HTML tags.
//
// Rule: a tag's name and attributes may be followed over line breaks; a value
// is quoted, or one run of letters, digits and _. What does not fit, such as
// width=100%, makes the whole tag text. Names and attributes of HTML are
// written in lower case, those of other languages as they stand.

func setOf(names string) map[string]bool {
	set := map[string]bool{}
	for _, n := range strings.Fields(names) {
		set[n] = true
	}
	return set
}

var (
	spanElements = setOf("a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label " +
		"mark option q rb rbc rp rt rtc ruby samp select small span strong sub sup tt u var")
	blockElements = setOf("address article aside applet body blockquote caption col colgroup dd div dl dt " +
		"fieldset figcaption footer form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li " +
		"main map nav ol optgroup p pre section summary table tbody td th thead tfoot tr ul")
	emptyElements = setOf("area base br col command embed hr img input keygen link meta param source track wbr")

	blockContent = setOf("address applet article aside blockquote body dd details div dl fieldset figure " +
		"figcaption footer form header hgroup iframe li main map menu nav noscript object section summary td")
	spanContent = setOf("a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins " +
		"label legend optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt")
	rawContent = setOf("script style math option textarea pre code kbd samp var")
)

func isHTMLElement(name string) bool {
	return spanElements[name] || blockElements[name] || emptyElements[name] ||
		blockContent[name] || spanContent[name] || rawContent[name]
}

// contentModel is how an element's content is read when markdown="1" says
// no more.
func contentModel(name string) model {
	switch {
	case blockContent[name]:
		return modelBlock
	case spanContent[name]:
		return modelSpan
	}
	return modelRaw
}

// htmlName returns the end of a name at i, with or without a prefix, or -1.
func htmlName(s string, i int) int {
	end := simpleName(s, i)
	if end < 0 {
		return -1
	}
	if at(s, end) == ':' {
		if next := simpleName(s, end+1); next >= 0 {
			return next
		}
	}
	return end
}

func simpleName(s string, i int) int {
	r, n := runeAt(s, i)
	if n == 0 || r != '_' && !isLetter(r) {
		return -1
	}
	for i += n; i < len(s); i += n {
		r, n = runeAt(s, i)
		if r != '-' && r != '.' && r != '_' && !isLetterOrDigit(r) {
			break
		}
	}
	return i
}

// tag is a start tag.
type tag struct {
	name   string
	attr   attributes
	closed bool // <x/>
	end    int
}

// tagAt reads a start tag at i.
func (c *scanner) tagAt(i int) (t tag, ok bool) {
	s := c.s
	if at(s, i) != '<' {
		return t, false
	}
	end := htmlName(s, i+1)
	if end < 0 || c.index(">", end) < 0 {
		return t, false
	}
	if c.watched {
		defer func() { c.looked(end, 0) }()
	}
	t.name = s[i+1 : end]
	for {
		j := skipSpace(s, end)
		k := htmlName(s, j)
		if j == end || k < 0 {
			break
		}
		a := attribute{key: s[j:k]}
		end = k
		if eq := skipSpace(s, k); at(s, eq) == '=' {
			v := skipSpace(s, eq+1)
			if q := at(s, v); q == '"' || q == '\'' {
				if close := c.index(s[v:v+1], v+1); close >= 0 {
					a.value, end = s[v+1:close], close+1
				}
			} else {
				w := v
				for w < len(s) {
					r, n := runeAt(s, w)
					if !isWordRune(r) {
						break
					}
					w += n
				}
				if w > v {
					a.value, end = s[v:w], w
				}
			}
		}
		t.attr = append(t.attr, a)
	}
	end = skipSpace(s, end)
	if at(s, end) == '/' {
		t.closed = true
		end++
	}
	if at(s, end) != '>' {
		return t, false
	}
	t.end = end + 1
	return t, true
}

// set returns a tag's attributes, each once.
func (t *tag) set(html bool) attributes {
	var a attributes
	for _, one := range t.attr {
		if html {
			one.key = strings.ToLower(one.key)
		}
		a.set(one.key, one.value)
	}
	return a
}

// endTagAt reads an end tag at i.
func endTagAt(s string, i int) (name string, end int) {
	if at(s, i) != '<' || at(s, i+1) != '/' {
		return "", -1
	}
	n := htmlName(s, i+2)
	if n < 0 {
		return "", -1
	}
	end = skipSpace(s, n)
	if at(s, end) != '>' {
		return "", -1
	}
	return s[i+2 : n], end + 1
}

// commentEnd returns the end of an HTML comment at i, or -1.
func (c *scanner) commentEnd(i int) int {
	if !strings.HasPrefix(c.s[i:], "<!--") {
		return -1
	}
	if end := c.index("-->", i+4); end >= 0 {
		return end + 3
	}
	return -1
}

// instructionEnd returns the end of <?...?> at i, or -1.
func (c *scanner) instructionEnd(i int) int {
	if !strings.HasPrefix(c.s[i:], "<?") {
		return -1
	}
	if end := c.index("?>", i+2); end >= 0 {
		return end + 2
	}
	return -1
}

// indexEndTag finds the next end tag of an element, whatever its case.
func (c *scanner) indexEndTag(name string, i int) int {
	for {
		j := c.index("</", i)
		if j < 0 {
			return -1
		}
		k := j + 2 + len(name)
		if k <= len(c.s) && strings.EqualFold(c.s[j+2:k], name) && at(c.s, skipSpace(c.s, k)) == '>' {
			return j
		}
		i = j + 2
	}
}

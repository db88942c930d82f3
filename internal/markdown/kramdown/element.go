package kramdown

// kind says what an element is.
type kind uint8

const (
	kindRoot kind = iota
	kindBlank
	kindParagraph
	kindHeading
	kindQuote
	kindCodeBlock
	kindBulletList
	kindOrderedList
	kindItem
	kindDefinitionList
	kindTerm
	kindDefinition
	kindRule
	kindTable
	kindTableHead
	kindTableBody
	kindTableFoot
	kindRow
	kindCell
	kindMath
	kindHTML
	kindMarkup  // an HTML comment or instruction, as written
	kindComment // a kramdown comment
	kindRaw     // output as it is
	kindEnd     // shows nothing, ends the block before it
	kindFootnoteDefinition
	kindRawText // text whose spans are not parsed yet
	kindText
	kindLink
	kindImage
	kindBreak
	kindCode
	kindFootnote
	kindEmphasis
	kindStrong
	kindCharacter // an entity, a quotation mark, a dash
	kindAbbreviation
	kindTableOfContents
)

// model says how the content of an HTML element is read.
type model uint8

const (
	modelNone model = iota
	modelRaw
	modelSpan
	modelBlock
)

// endReason says what left a kindEnd behind.
type endReason uint8

const (
	endMarker endReason = iota
	endAttributes
	endReference
	endExtension
	endLinkDefinition
	endAbbreviation
	endFootnote
)

// attribute is one HTML attribute, not escaped yet.
type attribute struct{ key, value string }

// attributes keep the order in which they were first set.
type attributes []attribute

func (a attributes) get(key string) (string, bool) {
	for i := range a {
		if a[i].key == key {
			return a[i].value, true
		}
	}
	return "", false
}

func (a *attributes) set(key, value string) {
	for i := range *a {
		if (*a)[i].key == key {
			(*a)[i].value = value
			return
		}
	}
	*a = append(*a, attribute{key, value})
}

func (a *attributes) remove(key string) {
	for i := range *a {
		if (*a)[i].key == key {
			*a = append(append(attributes(nil), (*a)[:i]...), (*a)[i+1:]...)
			return
		}
	}
}

// element is a node of the tree that both block and span parsers build.
type element struct {
	kind        kind
	level       uint8 // of a heading
	model       model
	end         endReason
	transparent bool // a paragraph without its tags
	inline      bool // an element that can be either stands in a span
	closed      bool // HTML written as <x/>
	firstAsPara bool // a definition after a blank line
	columns     []string
	value       string
	alt         string // language of code; plain character of a kindCharacter; name of a footnote
	attr        attributes
	ial         *attributeList
	children    []*element
	start       int // bytes of the source; of children of the root only
	line        int // of a heading: where its line begins, in bytes of the source
	body        *element

	from *scanner // of the last text appended, which ends at upTo
	upTo int
	buf  []byte // value while it grows out of pieces
}

func (e *element) last() *element {
	if len(e.children) == 0 {
		return nil
	}
	return e.children[len(e.children)-1]
}

func (e *element) add(child *element) { e.children = append(e.children, child) }

func (e *element) pop() *element {
	last := e.children[len(e.children)-1]
	e.children = e.children[:len(e.children)-1]
	return last
}

// text returns the element's value.
func (e *element) text() string {
	if e.buf != nil {
		e.value, e.buf = string(e.buf), nil
	}
	return e.value
}

// extend appends to the element's value. Pieces that follow each other in
// the source stay a slice of it.
func (e *element) extend(s string, from *scanner, at int) {
	if e.buf == nil {
		if e.value == "" {
			e.value, e.from, e.upTo = s, from, at+len(s)
			return
		}
		if from != nil && e.from == from && e.upTo == at {
			e.upTo = at + len(s)
			e.value = from.s[e.upTo-len(e.value)-len(s) : e.upTo]
			return
		}
		e.buf = append(make([]byte, 0, 2*(len(e.value)+len(s))), e.value...)
	}
	e.from = nil
	e.buf = append(e.buf, s...)
}

// isBlock tells whether the element is of the block level.
func (e *element) isBlock() bool {
	switch e.kind {
	case kindBlank, kindParagraph, kindHeading, kindQuote, kindCodeBlock, kindBulletList, kindOrderedList,
		kindItem, kindDefinitionList, kindTerm, kindDefinition, kindTable, kindCell, kindRule:
		return true
	case kindHTML, kindMarkup, kindComment, kindRaw, kindMath:
		return !e.inline
	}
	return false
}

package kramdown

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// writer writes HTML the way the site generator does.
type writer struct {
	p     *parser
	out   []byte
	stack []*element
	// highlight colours code; see Options.
	highlight func(code, language string) (html []byte, wanted []string, ok bool)

	ids        map[string]int
	toc        []tocEntry
	tocAt      int // where in out the table of contents goes, or -1
	tocList    *element
	notesAt    int // where the footnotes go, or -1
	notes      []*note
	noteByName map[string]*note
	headings   []Heading
	languages  []string
	balanced   bool
	refs       []noteRef // as they were written
}

type note struct {
	name    string
	content *element
	number  int
	repeats int
}

const spaces = "                                                                "

func (w *writer) indent(n int) {
	for ; n > len(spaces); n -= len(spaces) {
		w.out = append(w.out, spaces...)
	}
	if n > 0 {
		w.out = append(w.out, spaces[:n]...)
	}
}

func (w *writer) string(s string) { w.out = append(w.out, s...) }

// inner writes an element's children.
func (w *writer) inner(e *element, indent int) {
	w.stack = append(w.stack, e)
	for _, c := range e.children {
		w.element(c, indent+2)
	}
	w.stack = w.stack[:len(w.stack)-1]
}

func (w *writer) open(name string, attr attributes) {
	w.out = append(w.out, '<')
	w.out = append(w.out, name...)
	w.attributes(attr)
	w.out = append(w.out, '>')
}

func (w *writer) close(name string) {
	w.out = append(w.out, '<', '/')
	w.out = append(w.out, name...)
	w.out = append(w.out, '>')
}

// line writes an element whose tags stand on the line of its content.
func (w *writer) line(name string, attr attributes, e *element, indent int) {
	w.indent(indent)
	w.open(name, attr)
	w.inner(e, indent)
	w.close(name)
	w.out = append(w.out, '\n')
}

// lines writes an element whose tags stand on lines of their own.
func (w *writer) lines(name string, attr attributes, e *element, indent int) {
	w.indent(indent)
	w.open(name, attr)
	w.out = append(w.out, '\n')
	w.inner(e, indent)
	w.indent(indent)
	w.close(name)
	w.out = append(w.out, '\n')
}

// span writes an element in text.
func (w *writer) span(name string, e *element, indent int) {
	w.open(name, e.attr)
	w.inner(e, indent)
	w.close(name)
}

func (w *writer) element(e *element, indent int) {
	switch e.kind {
	case kindBlank:
		w.out = append(w.out, '\n')
	case kindText, kindRawText:
		if w.p.options.joinCJK {
			w.text(joinLettersCJK(e.text()))
			return
		}
		w.text(e.text())
	case kindParagraph:
		w.paragraph(e, indent)
	case kindHeading:
		w.heading(e, indent)
	case kindQuote:
		w.lines("blockquote", e.attr, e, indent)
	case kindCodeBlock:
		w.codeBlock(e, indent)
	case kindBulletList, kindOrderedList:
		w.list(e, indent)
	case kindItem:
		w.item("li", e, indent)
	case kindDefinitionList:
		w.lines("dl", e.attr, e, indent)
	case kindTerm:
		w.term(e, indent)
	case kindDefinition:
		w.item("dd", e, indent)
	case kindRule:
		w.indent(indent)
		w.string("<hr")
		w.attributes(e.attr)
		w.string(" />\n")
	case kindTable:
		w.lines("table", e.attr, e, indent)
	case kindTableHead:
		w.lines("thead", e.attr, e, indent)
	case kindTableBody:
		w.lines("tbody", e.attr, e, indent)
	case kindTableFoot:
		w.lines("tfoot", e.attr, e, indent)
	case kindRow:
		w.row(e, indent)
	case kindMath:
		w.math(e, indent)
	case kindHTML:
		w.html(e, indent)
	case kindMarkup:
		w.markup(e, indent)
	case kindComment:
		if !e.inline {
			w.indent(indent)
		}
		w.string("<!-- ")
		w.string(e.value)
		w.string(" -->")
		if !e.inline {
			w.out = append(w.out, '\n')
		}
		if strings.Contains(e.value, "--") {
			w.balanced = false
		}
	case kindRaw:
		w.string(e.value)
		if !e.inline && e.alt != "other" && e.alt != "generated" {
			w.out = append(w.out, '\n')
		}
		if e.alt == "" && strings.IndexByte(e.value, '<') >= 0 {
			w.balanced = w.balanced && !strings.Contains(e.value, "<!--") && len(w.stack) > 0 && w.stack[len(w.stack)-1].kind == kindHTML
		}
	case kindLink:
		w.span("a", e, indent)
	case kindImage:
		w.string("<img")
		w.attributes(e.attr)
		w.string(" />")
	case kindBreak:
		w.string("<br />")
	case kindCode:
		w.codeSpan(e)
	case kindFootnote:
		w.footnote(e)
	case kindEmphasis:
		w.span("em", e, indent)
	case kindStrong:
		w.span("strong", e, indent)
	case kindCharacter:
		w.string(e.value)
	case kindAbbreviation:
		w.abbreviation(e)
	}
}

// joinLettersCJK takes out line breaks between two letters of Chinese or
// Japanese.
func joinLettersCJK(s string) string {
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	cjk := func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) }
	var b strings.Builder
	for i, r := range s {
		if r == '\n' {
			before, _ := runeBefore(s, i)
			after, _ := runeAt(s, i+1)
			if cjk(before) && cjk(after) {
				continue
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (w *writer) paragraph(e *element, indent int) {
	switch {
	case e.transparent:
		w.inner(e, indent)
	case len(e.children) == 1 && e.children[0].kind == kindImage && e.children[0].ial.refers("standalone"):
		w.figure(e, indent)
	default:
		w.line("p", e.attr, e, indent)
	}
}

// figure writes an image that stands alone in its paragraph.
func (w *writer) figure(e *element, indent int) {
	figure := append(attributes(nil), e.attr...)
	image := append(attributes(nil), e.children[0].attr...)
	for _, key := range []string{"class", "id"} {
		if value, ok := image.get(key); ok {
			if _, taken := figure.get(key); !taken {
				figure.set(key, value)
				image.remove(key)
			}
		}
	}
	w.indent(indent)
	w.open("figure", figure)
	w.out = append(w.out, '\n')
	w.indent(indent + 2)
	w.string("<img")
	w.attributes(image)
	w.string(" />\n")
	w.indent(indent + 2)
	alt, _ := image.get("alt")
	w.string("<figcaption>" + alt + "</figcaption>\n")
	if strings.IndexByte(alt, '<') >= 0 {
		w.balanced = false
	}
	w.indent(indent)
	w.string("</figure>\n")
}

func (w *writer) heading(e *element, indent int) {
	if w.p.options.autoIDs && !hasID(e) {
		e.attr.set("id", w.fallbackID(e.alt))
	}
	id, hasID := e.attr.get("id")
	class, _ := e.attr.get("class")
	if hasID && w.p.options.tocLevels[e.level] && !noTOC.MatchString(class) {
		w.toc = append(w.toc, tocEntry{int(e.level), id, e.children})
	}
	level := min(max(int(e.level)+w.p.options.headingOffset, 1), 6)
	w.headings = append(w.headings, Heading{Level: level, ID: id, Text: plainText(e), Start: e.line})
	w.line("h"+strconv.Itoa(level), e.attr, e, indent)
}

var noTOC = regexp.MustCompile(`\bno_toc\b`)

func (w *writer) row(e *element, indent int) {
	section := w.stack[len(w.stack)-1]
	columns := w.stack[len(w.stack)-2].columns
	name := "td"
	if section.kind == kindTableHead {
		name = "th"
	}
	w.indent(indent)
	w.open("tr", e.attr)
	w.out = append(w.out, '\n')
	w.stack = append(w.stack, e)
	for i, c := range e.children {
		attr := c.attr
		if i < len(columns) && columns[i] != "" {
			attr = append(attributes(nil), attr...)
			style, has := attr.get("style")
			if has {
				style += "; "
			}
			attr.set("style", style+"text-align: "+columns[i])
		}
		w.indent(indent + 2)
		w.open(name, attr)
		from := len(w.out)
		w.inner(c, indent+2)
		if len(w.out) == from {
			w.string(w.p.options.space())
		}
		w.close(name)
		w.out = append(w.out, '\n')
	}
	w.stack = w.stack[:len(w.stack)-1]
	w.indent(indent)
	w.string("</tr>\n")
}

func (w *writer) math(e *element, indent int) {
	open, close := `\(`, `\)`
	if !e.inline {
		open, close = `\[`, "\\]\n"
	}
	switch {
	case !w.p.options.mathEngine:
		attr := append(attributes(nil), e.attr...)
		class, _ := attr.get("class")
		attr.set("class", strings.TrimLeft(class+" kdmath", " "))
		if e.inline {
			w.open("span", attr)
			w.string("$" + e.value + "$</span>")
		} else {
			w.indent(indent)
			w.open("div", attr)
			w.string("$$\n" + e.value + "\n$$</div>\n")
		}
		w.balanced = w.balanced && strings.IndexByte(e.value, '<') < 0
	case len(e.attr) == 0:
		w.string(open)
		w.code(e.value)
		w.string(close)
	case e.inline:
		w.open("span", e.attr)
		w.string("$" + e.value + "$</span>")
		w.balanced = w.balanced && strings.IndexByte(e.value, '<') < 0
	default:
		w.indent(indent)
		w.open("div", e.attr)
		w.string(open)
		w.code(e.value)
		w.string(close)
		w.string("</div>\n")
	}
}

func (w *writer) abbreviation(e *element) {
	a := w.p.abbreviate[e.value]
	var attr attributes
	if a != nil {
		attr = append(attr, a.mark.attr...)
		if a.text != "" {
			attr.set("title", a.text)
		}
	}
	w.open("abbr", attr)
	w.string(e.value)
	w.string("</abbr>")
	if strings.IndexByte(e.value, '<') >= 0 {
		w.balanced = false
	}
}

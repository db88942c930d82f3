package kramdown

import (
	"strconv"
	"strings"

	"galley/internal/bigint"
	"galley/internal/ordered"
)

// input is the parser that reads a text.
type input uint8

const (
	// inputGFM is kramdown with its GFM parser, which Jekyll uses.
	inputGFM input = iota
	// inputKramdown is kramdown's own: headings and code need blank lines
	// around them, only ~ makes a fence, ids of headings follow the older rule.
	inputKramdown
	// inputSmarty reads quotation marks, symbols and HTML alone.
	inputSmarty
)

// options are how a text is read and written.
type options struct {
	input        input
	hardWrap     bool // a line break in the text is one on the page
	paragraphEnd bool // a paragraph ends at what begins another block
	symbols      bool // dashes, dots and guillemets are typographic
	strippedIDs  bool // ids are made of a heading's text without its markup

	autoIDs   bool
	idPrefix  string
	blockHTML bool // Markdown in block HTML without markdown="1"
	spanHTML  bool // Markdown in span HTML without markdown="1"
	links     map[string]*linkDefinition

	headingOffset  int
	footnoteNumber int
	footnotePrefix string
	footnoteBack   string
	footnoteInline bool
	tocLevels      [7]bool
	mathEngine     bool
	joinCJK        bool // line breaks between Chinese or Japanese letters go

	entities    entityOutput
	quotes      [4]entity         // for ‘ ’ “ ”
	replacement map[string]string // for symbols by their names

	highlighter bool
	block, span codeOptions
}

// codeOptions are how a highlighter shows code.
type codeOptions struct {
	off      bool
	language string // of code that names none
	// plain shows code without colours as highlighted, too.
	plain bool
	class string // of the pre element
	lines bool   // numbers beside the lines
	first int    // the first line's number
	// format is how a number is written, for fmt.
	format                  string
	table, gutter, lineCode string // classes of the table with numbers
}

var defaultCode = codeOptions{language: "plaintext", plain: true, class: "highlight", first: 1, format: "%d",
	table: "rouge-table", gutter: "rouge-gutter", lineCode: "rouge-code"}

func defaultOptions() options {
	return options{
		paragraphEnd: true, symbols: true, strippedIDs: true,
		autoIDs: true, spanHTML: true, footnoteNumber: 1, footnoteBack: "&#8617;",
		tocLevels:  [7]bool{false, true, true, true, true, true, true},
		mathEngine: true, highlighter: true, block: defaultCode, span: defaultCode,
		quotes: [4]entity{{'‘', "lsquo"}, {'’', "rsquo"}, {'“', "ldquo"}, {'”', "rdquo"}},
	}
}

// inParts tells whether Live can follow a text with these options in parts.
func (o *options) inParts() bool { return o.input == inputGFM && o.paragraphEnd }

// set changes one option within a text; what is unknown or not allowed there is
// ignored.
func (o *options) set(key, value string) {
	switch key {
	case "input", "hard_wrap", "gfm_quirks", "link_defs", "template", "forbidden_inline_options", "syntax_highlighter_opts":
		return // read before the text is
	}
	was := *o
	if o.change(key, value) != "" {
		*o = was
	}
}

// change sets an option to a value of a site's settings, or to a text. It
// returns what is wrong with it, as a part of a sentence.
func (o *options) change(key string, value any) string {
	text := rubyText(value)
	number := func(to *int) string {
		n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(text), "_", ""))
		if err != nil {
			return "should be a whole number"
		}
		*to = n
		return ""
	}
	switch key {
	case "auto_ids":
		o.autoIDs = isOn(value)
	case "auto_id_prefix":
		o.idPrefix = text
	case "auto_id_stripping":
		o.strippedIDs = isOn(value)
	case "parse_block_html":
		o.blockHTML = isOn(value)
	case "parse_span_html":
		o.spanHTML = isOn(value)
	case "header_offset":
		return number(&o.headingOffset)
	case "footnote_nr":
		return number(&o.footnoteNumber)
	case "footnote_prefix":
		o.footnotePrefix = text
	case "footnote_backlink":
		o.footnoteBack = text
	case "footnote_backlink_inline":
		o.footnoteInline = isOn(value)
	case "remove_line_breaks_for_cjk":
		o.joinCJK = isOn(value)
	case "hard_wrap":
		o.hardWrap = isOn(value)
	case "toc_levels":
		return o.setLevels(value)
	case "gfm_quirks":
		quirks := listOf(value)
		o.paragraphEnd, o.symbols = false, true
		for _, q := range quirks {
			switch symbolOf(q) {
			case "paragraph_end":
				o.paragraphEnd = true
			case "no_auto_typographic":
				o.symbols = false
			}
		}
	case "input":
		return o.setInput(symbolOf(value))
	case "entity_output":
		switch symbolOf(value) {
		case "as_char":
			o.entities = asCharacter
		case "as_input":
			o.entities = asInput
		case "symbolic":
			o.entities = symbolic
		default:
			o.entities = numeric
		}
	case "smart_quotes":
		return o.setQuotes(listOf(value))
	case "typographic_symbols":
		m, ok := value.(*ordered.Map)
		if !ok {
			return "should be a section with keys of its own"
		}
		o.replacement = map[string]string{}
		for name, sign := range m.All() {
			o.replacement[symbolOf(name)] = rubyText(sign)
		}
	case "link_defs":
		return o.setLinks(value)
	case "math_engine":
		engine := symbolOf(value)
		o.mathEngine = engine == "mathjax"
		if engine != "" && !o.mathEngine {
			return "names an engine that Galley does not have; mathjax is the one there is"
		}
	case "syntax_highlighter":
		o.highlighter = symbolOf(value) == "rouge"
	case "syntax_highlighter_opts":
		return o.setCode(value)
	case "html_to_native":
		if isOn(value) {
			return "is not supported"
		}
	}
	return ""
}

// isOn reads a truth value as kramdown does: anything is true but false and
// nothing.
func isOn(value any) bool {
	text := rubyText(value)
	return text != "" && strings.TrimSpace(strings.ToLower(text)) != "false"
}

// rubyText is a value of YAML as Ruby writes it.
func rubyText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case bigint.Int:
		return v.String()
	case float64:
		text := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(text, ".") {
			text += ".0"
		}
		return text
	}
	return ""
}

// symbolOf is a value as the symbol that Ruby makes of it; empty for none.
func symbolOf(value any) string {
	text := strings.TrimPrefix(strings.TrimSpace(rubyText(value)), ":")
	if text == "nil" {
		return ""
	}
	return text
}

// listOf is a list, or a text that commas part.
func listOf(value any) []any {
	if list, ok := value.([]any); ok {
		return list
	}
	var list []any
	for part := range strings.SplitSeq(rubyText(value), ",") {
		list = append(list, part)
	}
	return list
}

// setLevels reads "2..4", "1,3" or a list.
func (o *options) setLevels(value any) string {
	const wrong = "should be levels from 1 to 6, such as 2..4"
	text := strings.TrimSpace(rubyText(value))
	var list []any
	if from, to, ok := strings.Cut(text, ".."); ok {
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if errA != nil || errB != nil || len(from) != 1 || len(to) != 1 {
			return wrong
		}
		for n := a; n <= b; n++ {
			list = append(list, int64(n))
		}
	} else {
		list = listOf(value)
	}
	var levels [7]bool
	for _, e := range list {
		n, err := strconv.Atoi(strings.TrimSpace(rubyText(e)))
		if err != nil || n < 1 || n > 6 {
			return wrong
		}
		levels[n] = true
	}
	o.tocLevels = levels
	return ""
}

func (o *options) setInput(name string) string {
	switch strings.ToLower(name) {
	case "gfm":
		o.input = inputGFM
	case "kramdown":
		o.input = inputKramdown
	default:
		return "names an input that Galley does not read; GFM and kramdown are those there are"
	}
	return ""
}

func (o *options) setQuotes(names []any) string {
	if len(names) != 4 {
		return "should be four signs, such as lsquo,rsquo,ldquo,rdquo"
	}
	for i, name := range names {
		e, ok := entityOf(strings.TrimSpace(rubyText(name)))
		if !ok {
			return "has a sign that kramdown does not know"
		}
		o.quotes[i] = e
	}
	return ""
}

func (o *options) setLinks(value any) string {
	m, ok := value.(*ordered.Map)
	if !ok {
		return "should be a section with keys of its own"
	}
	links := map[string]*linkDefinition{}
	for id, v := range m.All() {
		list, _ := v.([]any)
		if len(list) < 1 || len(list) > 2 {
			return "should have a list of an address and a title for each link"
		}
		d := &linkDefinition{address: rubyText(list[0]), mark: &element{kind: kindEnd}}
		if len(list) == 2 && list[1] != nil {
			d.title, d.titled = rubyText(list[1]), true
		}
		links[normalizeID(rubyText(id))] = d
	}
	o.links = links
	return ""
}

// setCode reads syntax_highlighter_opts: those for all code, and those of the
// keys span and block.
func (o *options) setCode(value any) string {
	m, ok := value.(*ordered.Map)
	if !ok {
		return "should be a section with keys of its own"
	}
	for _, one := range []struct {
		key string
		to  *codeOptions
	}{{"block", &o.block}, {"span", &o.span}} {
		for _, settings := range []any{m, valueOf(m, one.key)} {
			s, _ := settings.(*ordered.Map)
			if problem := one.to.change(s); problem != "" {
				return problem
			}
		}
	}
	return ""
}

// valueOf finds a key that may be written as a symbol.
func valueOf(m *ordered.Map, name string) any {
	for key, value := range m.All() {
		if symbolOf(key) == name {
			return value
		}
	}
	return nil
}

// change reads rouge's options.
func (c *codeOptions) change(m *ordered.Map) string {
	for key, value := range m.All() {
		truth := value != nil && value != false
		switch symbolOf(key) {
		case "disable":
			c.off = truth
		case "default_lang":
			if truth {
				c.language = rubyText(value)
			}
		case "css_class":
			if truth {
				c.class = rubyText(value)
			}
		case "line_numbers":
			c.lines = truth
		case "start_line":
			n, ok := value.(int64)
			if !ok || n < -1e6 || n > 1e6 {
				return "should have a whole number as start_line"
			}
			c.first = int(n)
		case "line_format":
			format, ok := lineFormat(rubyText(value))
			if !ok {
				return "should have a format such as %3d as line_format"
			}
			c.format = format
		case "table_class":
			c.table = rubyText(value)
		case "gutter_class":
			c.gutter = rubyText(value)
		case "code_class":
			c.lineCode = rubyText(value)
		case "formatter":
			if name := rubyText(value); truth && name != "HTMLLegacy" && name != "" && name[0] >= 'A' && name[0] <= 'Z' {
				return "names a formatter that Galley does not have"
			}
		case "inline_theme":
			if truth {
				return "has an inline_theme, which Galley does not have; it writes classes"
			}
		}
	}
	return ""
}

// lineFormat makes a format of Ruby's for one number one of Go's.
func lineFormat(s string) (string, bool) {
	before, verb, ok := strings.Cut(s, "%")
	width := strings.TrimLeft(verb, "0123456789 -+")
	if !ok || len(verb)-len(width) > 3 || width == "" || width[0] != 'i' && width[0] != 'd' || strings.Contains(width, "%") {
		return "", false
	}
	return before + "%" + verb[:len(verb)-len(width)] + "d" + width[1:], true
}

package kramdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// Wrappers around code.
//
// Rule: code in a language that rouge knows, and code without one, stands in
// <div class="language-x highlighter-rouge"><div class="highlight"><pre
// class="highlight"><code>; code in an unknown one in <pre><code
// class="language-x">. Code without a language is language-plaintext, in
// text, too.

const highlighter = " highlighter-rouge"

var (
	languageClass     = regexp.MustCompile(`\blanguage-(\S+)`)
	showWhiteSpace    = regexp.MustCompile(`\bshow-whitespaces\b`)
	whiteSpaceRuns    = regexp.MustCompile(`(?m)(^[ \t]+)|([ \t]+$)|([ \t]+)`)
	languageClassOrIt = regexp.MustCompile(`\blanguage-\S+|^`)
)

// colour returns highlighted code, or false for a language nobody knows, and
// where code is not to be highlighted.
func (w *writer) colour(code, language string, o *codeOptions) ([]byte, bool) {
	if !w.p.options.highlighter || w.highlight == nil || o.off {
		return nil, false
	}
	if language == "" {
		language = o.language
	}
	if name, _, _ := strings.Cut(language, "?"); !o.plain && (name == "plaintext" || name == "text") {
		return nil, false
	}
	html, wanted, ok := w.highlight(code, language)
	for _, name := range wanted {
		w.addLanguage(name)
	}
	if ok && o.lines {
		html = numbered(html, o)
	}
	return html, ok
}

// NumberLines puts highlighted code into rouge's table with numbers beside the
// lines; gutter and code are the classes of its cells.
func NumberLines(html []byte, gutter, code string) []byte {
	o := defaultOptions().block
	o.gutter, o.lineCode = gutter, code
	return numbered(html, &o)
}

func numbered(html []byte, o *codeOptions) []byte {
	lines := bytes.Count(html, []byte("\n"))
	if !bytes.HasSuffix(html, []byte("\n")) && !bytes.HasSuffix(html, []byte("\n</span>")) {
		lines++
		html = append(html[:len(html):len(html)], '\n')
	}
	var b bytes.Buffer
	b.WriteString(`<table class="` + o.table + `"><tbody><tr><td class="` + o.gutter + ` gl"><pre class="lineno">`)
	for n := range lines {
		fmt.Fprintf(&b, o.format+"\n", o.first+n)
	}
	b.WriteString(`</pre></td><td class="` + o.lineCode + `"><pre>`)
	b.Write(html)
	b.WriteString("</pre></td></tr></tbody></table>")
	return b.Bytes()
}

func (w *writer) addLanguage(name string) {
	for _, l := range w.languages {
		if l == name {
			return
		}
	}
	w.languages = append(w.languages, name)
}

func (w *writer) codeBlock(e *element, indent int) {
	attr := append(make(attributes, 0, len(e.attr)+1), e.attr...)
	language := ""
	if class, ok := attr.get("class"); ok {
		if m := languageClass.FindStringSubmatchIndex(class); m != nil {
			language = class[m[2]:m[3]]
			if class = trim(class[:m[0]] + class[m[1]:]); class == "" {
				attr.remove("class")
			} else {
				attr.set("class", class)
			}
		}
	}
	ask := e.alt
	if ask == "" {
		ask = language
	}
	o := &w.p.options.block
	if html, ok := w.colour(e.value, ask, o); ok {
		class, has := attr.get("class")
		class = strings.TrimLeft(class+highlighter, " ")
		name := language
		if name == "" {
			name = o.language
		}
		class = "language-" + name + " " + class
		if has {
			attr.set("class", class)
		} else {
			attr = append(attr, attribute{"class", class})
		}
		w.indent(indent)
		w.open("div", attr)
		w.string(`<div class="highlight"><pre class="` + o.class + `"><code>`)
		w.out = append(w.out, html...)
		w.string("</code></pre></div>")
		w.indent(indent)
		w.string("</div>\n")
		return
	}
	w.indent(indent)
	w.open("pre", attr)
	w.string("<code")
	if language != "" {
		w.attributes(attributes{{"class", "language-" + language}})
	}
	w.out = append(w.out, '>')
	from := len(w.out)
	w.code(strings.TrimSuffix(e.value, "\n"))
	if class, _ := e.attr.get("class"); showWhiteSpace.MatchString(class) {
		shown := showSpaces(string(w.out[from:]))
		w.out = append(w.out[:from], shown...)
	}
	w.string("\n</code></pre>\n")
}

// showSpaces makes white space visible.
func showSpaces(code string) string {
	return whiteSpaceRuns.ReplaceAllStringFunc(code, func(run string) string {
		var b strings.Builder
		for _, c := range run {
			if c == '\t' {
				b.WriteString("<span class=\"ws-tab\">\t</span>")
			} else {
				b.WriteString("<span class=\"ws-space\">&#8901;</span>")
			}
		}
		return b.String()
	})
}

func (w *writer) codeSpan(e *element) {
	o := &w.p.options.span
	if len(e.attr) == 0 && w.p.options.highlighter && w.highlight != nil && *o == defaultCode {
		w.string(`<code class="language-plaintext highlighter-rouge">`)
		w.code(e.value)
		w.string("</code>")
		return
	}
	attr := append(make(attributes, 0, len(e.attr)+1), e.attr...)
	class, _ := attr.get("class")
	language := ""
	if m := languageClass.FindStringSubmatch(class); m != nil {
		language = m[1]
	}
	html, ok := w.colour(e.value, language, o)
	if !ok {
		w.open("code", attr)
		w.code(e.value)
		w.close("code")
		return
	}
	if language == "" {
		language = o.language
	}
	class = strings.TrimLeft(class+highlighter, " ")
	m := languageClassOrIt.FindStringIndex(class)
	add := "language-" + language
	if m[0] == m[1] {
		add += " "
	}
	attr.set("class", class[:m[0]]+add+class[m[1]:])
	w.open("code", attr)
	w.out = append(w.out, html...)
	w.close("code")
}

package kramdown

import (
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

const (
	defaultLanguage = "plaintext"
	highlighter     = " highlighter-rouge"
)

var (
	languageClass     = regexp.MustCompile(`\blanguage-(\S+)`)
	showWhiteSpace    = regexp.MustCompile(`\bshow-whitespaces\b`)
	whiteSpaceRuns    = regexp.MustCompile(`(?m)(^[ \t]+)|([ \t]+$)|([ \t]+)`)
	languageClassOrIt = regexp.MustCompile(`\blanguage-\S+|^`)
)

// colour returns highlighted code, or false for a language nobody knows.
func (w *writer) colour(code, language string) ([]byte, bool) {
	if !w.p.options.highlighter || w.highlight == nil {
		return nil, false
	}
	if language == "" {
		language = defaultLanguage
	}
	html, wanted, ok := w.highlight(code, language)
	for _, name := range wanted {
		w.addLanguage(name)
	}
	return html, ok
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
	if html, ok := w.colour(e.value, ask); ok {
		class, has := attr.get("class")
		class = strings.TrimLeft(class+highlighter, " ")
		name := language
		if name == "" {
			name = defaultLanguage
		}
		class = "language-" + name + " " + class
		if has {
			attr.set("class", class)
		} else {
			attr = append(attr, attribute{"class", class})
		}
		w.indent(indent)
		w.open("div", attr)
		w.string(`<div class="highlight"><pre class="highlight"><code>`)
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
	if len(e.attr) == 0 && w.p.options.highlighter && w.highlight != nil {
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
	html, ok := w.colour(e.value, language)
	if !ok {
		w.open("code", attr)
		w.code(e.value)
		w.close("code")
		return
	}
	if language == "" {
		language = defaultLanguage
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

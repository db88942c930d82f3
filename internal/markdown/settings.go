package markdown

import (
	"html"
	"strings"

	"galley/internal/markdown/kramdown"
	"galley/internal/ordered"
)

// Settings are what a site says of how its Markdown is read and its code shown.
// The zero value is what Jekyll does where a site says nothing.
type Settings struct {
	kramdown   kramdown.Settings
	commonMark *commonMark
	// plainCode shows code of Jekyll's highlight tag without colours.
	plainCode bool
}

// Problem is a setting that cannot be followed.
type Problem struct {
	Key string
	// Message is a sentence.
	Message string
}

// ReadSettings reads a site's settings: the sections kramdown and commonmark, and
// highlighter.
// What cannot be followed is told, and read as if it were not there.
func ReadSettings(config *ordered.Map) (Settings, []Problem) {
	section, _ := config.Value("kramdown").(*ordered.Map)
	highlighter := config.Value("highlighter")
	s, wrong := kramdown.ReadSettings(section, highlighter)
	own, problems := readCommonMark(config)
	for _, p := range wrong {
		problems = append(problems, Problem(p))
	}
	plain := highlighter != nil && highlighter != "rouge" && highlighter != "pygments"
	return Settings{s, own, plain}, problems
}

// Highlight gives code in a language as it stands within the code element of
// Jekyll's highlight tag: coloured, or as it is where the language is not known.
// With lines it is rouge's table with the lines' numbers.
func (r *Renderer) Highlight(code, language string, lines bool) string {
	if r.config.Settings.plainCode {
		return strings.Trim(escapeLiquid.Replace(code), " \t\r\n\v\f\x00")
	}
	coloured, _, known := r.code.kramdown(code, language)
	if !known {
		coloured = escapeCode(code)
	}
	if lines {
		coloured = kramdown.NumberLines(coloured, "gutter", "code")
	}
	return string(coloured)
}

// escapeLiquid writes what Liquid's escape filter writes.
var escapeLiquid = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// Smartify makes quotation marks, dashes and dots of a text typographic, as
// Jekyll's filter smartify does. HTML in it stays. A text in which Config.Stop ends
// this stays as it was typed.
func (r *Renderer) Smartify(text string) (out string) {
	defer func() {
		if recover() != nil {
			out = html.EscapeString(text)
		}
	}()
	return kramdown.Smartify(text, r.config.Settings.kramdown, r.config.ask)
}

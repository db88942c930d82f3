// Package mentions makes links of @names in a page, as jekyll-mentions 1.6 does.
//
// A name is letters, digits, "_" and "-" behind an "@" that does not follow
// one of the first three. What stands in pre, code, a, style and script stays
// as it is, and so do names that a "/" follows.
package mentions

import (
	"fmt"
	"html"
	"strings"

	"galley/internal/site/textnodes"
)

// DefaultBase is where names lead unless the settings say otherwise.
const DefaultBase = "https://github.com"

// Base reads the setting "jekyll-mentions", of the site or of a page: an
// address, or a map with base_url. Off is true for a page that says false.
func Base(setting any) (base string, off bool, err error) {
	switch v := setting.(type) {
	case nil:
		return DefaultBase, false, nil
	case bool:
		if !v {
			return DefaultBase, true, nil
		}
	case string:
		return v, false, nil
	case map[string]any:
		switch base := v["base_url"].(type) {
		case nil:
			return DefaultBase, false, nil
		case string:
			return base, false, nil
		}
	}
	return DefaultBase, false, fmt.Errorf("jekyll-mentions in the settings should be an address such as %s, or base_url with one", DefaultBase)
}

// Link gives a page with links for the names in its body.
func Link(page, base string) string {
	if !strings.Contains(page, "@") {
		return page
	}
	before, body, after := textnodes.Body(page)
	return before + textnodes.Replace(body, []string{"pre", "code", "a", "style", "script"}, func(text string) string {
		return linkText(text, base)
	}) + after
}

// linkText puts links into one text.
func linkText(text, base string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	var out strings.Builder
	done := 0
	for i := 0; i < len(text); i++ {
		// The sign before the "@" is part of what matches: none that was part
		// of the name before counts.
		if text[i] != '@' || i > 0 && text[i-1] != '\n' && (i == done && done > 0 || word(text[i-1])) {
			continue
		}
		end := i + 1
		for end < len(text) && (word(text[end]) || end > i+1 && text[end] == '-') {
			end++
		}
		if end == i+1 || !ends(text[end:]) {
			continue
		}
		name := text[i+1 : end]
		switch strings.ToLower(name) {
		case "mention", "mentions", "mentioned", "mentioning": // speak of mentions
		default:
			out.WriteString(text[done:i])
			out.WriteString(link(name, base))
			done = end
			i = end - 1
			continue
		}
		out.WriteString(text[done:end])
		done = end
		i = end - 1
	}
	return out.String() + text[done:]
}

// ends says whether a name ends before this text: not at a "/", and not at a
// full stop that stands within a word.
func ends(rest string) bool {
	if rest == "" || rest[0] == '\n' {
		return true
	}
	if rest[0] == '/' {
		return false
	}
	return rest[0] != '.' || len(rest) == 1 || !word(rest[1])
}

func link(name, base string) string {
	if !strings.HasSuffix(base, "/") && !strings.HasSuffix(base, "~") {
		base += "/"
	}
	return `<a href="` + html.EscapeString(base+name) + `" class="user-mention">@` + name + `</a>`
}

// word says whether a byte is part of a word as Ruby's \w has it: in ASCII.
func word(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

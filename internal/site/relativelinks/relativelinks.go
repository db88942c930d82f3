// Package relativelinks makes addresses of links between a site's files, as
// jekyll-relative-links 0.7 does: [more](other.md) in a Markdown text leads to
// the page that other.md becomes.
package relativelinks

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"
)

// Settings are the section "relative_links" of the settings.
type Settings struct {
	// Enabled is true unless the section says otherwise.
	Enabled bool
	// Collections has it done in posts and the documents of collections too.
	Collections bool
	// Exclude names files and folders whose links stay as they are.
	Exclude []string
}

// Read reads the section.
func Read(section any) Settings {
	m, _ := section.(map[string]any)
	s := Settings{Enabled: m["enabled"] != false, Collections: m["collections"] == true}
	list, _ := m["exclude"].([]any)
	for _, e := range list {
		if name, ok := e.(string); ok {
			s.Exclude = append(s.Exclude, name)
		}
	}
	return s
}

// links finds links in a line, [text](path#fragment "title"), and their
// definitions, [text]: path#fragment "title". Groups 1 to 4 and 5 to 8 are
// these parts. A title may have \" in it.
var links = sync.OnceValue(func() *regexp.Regexp {
	const (
		fragment = `(#.+?|)?`
		title    = `(\s+"(?:(?:\\"|[^"])*(?:\\"|[^"\\]))?"|\s+"(?:(?:\\'|[^'])*(?:\\'|[^'\\]))?')?`
	)
	return regexp.MustCompile(`(?m)\[(.*?)\]\(([^)]+?)` + fragment + title + `\)` +
		`|^\s*?\[(.*?)\]: (.+?)` + fragment + title + `\s*?$`)
})

// Resolve gives a Markdown text with its links to the site's files replaced.
// File is the text's own path, and address gives the address of the page, the
// document or the file at a path, as it is to stand in a page.
func Resolve(text, file string, address func(path string) (string, bool)) string {
	if !strings.Contains(text, "](") && !strings.Contains(text, "]: ") {
		return text
	}
	var out strings.Builder
	done := 0
	for _, m := range links().FindAllStringSubmatchIndex(text, -1) {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		first := 1
		if m[2] < 0 {
			first = 5
		}
		target := part(first + 1)
		if strings.HasPrefix(target, "#") || hasScheme(target) {
			continue
		}
		to, ok := address(rooted(target, file))
		if !ok {
			continue
		}
		out.WriteString(text[done:m[0]])
		done = m[1]
		to += part(first + 2)
		if first == 1 {
			out.WriteString("[" + part(1) + "](" + to + part(4) + ")")
		} else {
			out.WriteString("\n[" + part(5) + "]: " + to + part(8))
		}
	}
	return out.String() + text[done:]
}

// rooted is the path of a link's target from the site's root.
func rooted(target, file string) string {
	base := path.Dir("/" + file)
	if strings.HasPrefix(target, "/") {
		base = "/"
	}
	p := strings.TrimPrefix(path.Join(base, strings.TrimPrefix(target, "/")), "/")
	if plain, err := url.QueryUnescape(p); err == nil {
		return plain
	}
	return p
}

// hasScheme says whether an address is whole.
func hasScheme(address string) bool {
	for i := range len(address) {
		c := address[i]
		switch {
		case c == ':':
			return i > 0
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return false
}

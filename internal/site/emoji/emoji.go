// Package emoji makes pictures of names such as :tada: in a page, as jemoji
// 0.13 does. The names are those of GitHub; they are handed in, since all of
// them are too much for a browser that does not need them.
package emoji

import (
	"html"
	"sort"
	"strings"

	"galley/internal/site/textnodes"
)

// DefaultRoot is where GitHub keeps the pictures.
const DefaultRoot = "https://github.githubassets.com/images/icons/"

// Names gives the picture's file of a name, such as "unicode/1f389.png" for
// "tada", and false for a name that there is not.
type Names func(name string) (file string, ok bool)

// Root is where the pictures are by the setting "emoji", a map with src.
func Root(setting any) string {
	if m, ok := setting.(map[string]any); ok {
		if src, ok := m["src"].(string); ok {
			return src
		}
	}
	return DefaultRoot
}

// Show gives a page with pictures for the names in its body, outside of pre,
// code and tt. As in jemoji, a text with a name in it is read as HTML
// afterwards, so that what was written as &lt; there begins a tag.
func Show(page, root string, names Names) string {
	if names == nil || !strings.Contains(page, ":") {
		return page
	}
	before, body, after := textnodes.Body(page)
	return before + textnodes.Replace(body, []string{"pre", "code", "tt"}, func(text string) string {
		if !strings.Contains(text, ":") {
			return text
		}
		plain := html.UnescapeString(text)
		if shown := show(plain, root, names); shown != plain {
			return shown
		}
		return text
	}) + after
}

func show(text, root string, names Names) string {
	var out strings.Builder
	done := 0
	each(text, names, func(start, end int, file string) {
		out.WriteString(text[done:start])
		name := text[start:end]
		out.WriteString(`<img class="emoji" title="` + name + `" alt="` + name + `" src="` +
			strings.TrimRight(root, "/") + "/emoji/" + file + `" height="20" width="20">`)
		done = end
	})
	return out.String() + text[done:]
}

// each finds the names in a text, with the colons around them.
func each(text string, names Names, found func(start, end int, file string)) {
	for i := 0; i < len(text); i++ {
		if text[i] != ':' {
			continue
		}
		end := i + 1
		for end < len(text) && nameByte(text[end]) {
			end++
		}
		file, ok := "", false
		if end < len(text) && text[end] == ':' {
			file, ok = names(text[i+1 : end])
		}
		if !ok {
			i = end - 1 // the colon at its end may begin another
			continue
		}
		found(i, end+1, file)
		i = end
	}
}

// Table is a list of names and files, one pair a line, for [Read].
type Table map[string]string

// Add adds the names that a text has.
func (t Table) Add(text string, names Names) {
	each(text, names, func(start, end int, file string) { t[text[start+1:end-1]] = file })
}

// String writes the table.
func (t Table) String() string {
	var lines []string
	for name, file := range t {
		lines = append(lines, name+" "+file+"\n")
	}
	sort.Strings(lines)
	return strings.Join(lines, "")
}

// Read reads a table's names.
func Read(table string) Names {
	t := Table{}
	for _, line := range strings.Split(table, "\n") {
		if name, file, ok := strings.Cut(line, " "); ok {
			t[name] = file
		}
	}
	return func(name string) (string, bool) {
		file, ok := t[name]
		return file, ok
	}
}

func nameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '+' || c == '-'
}

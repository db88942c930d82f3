// Package gist is the tag {% gist ID FILE %} of jekyll-gist 1.5: a gist of
// GitHub, which a script of GitHub's puts into the page.
package gist

import (
	"errors"
	"strings"
)

// ErrSyntax is for a tag that names no gist.
var ErrSyntax = errors.New("this tag names no gist; write {% gist 28949e1d5ee2273f9fd3 %} or {% gist user/1234567 file.js %}")

// Parse reads what stands in a tag: the gist's id, with or without its user,
// and the one file of it to show, or "".
func Parse(markup string) (id, file string, err error) {
	markup = strings.TrimSpace(markup)
	words := strings.Fields(markup)
	switch {
	case len(words) == 1:
		return words[0], "", nil
	case len(words) == 2 && len(words[0])+len(words[1])+1 == len(markup):
		return words[0], words[1], nil
	case strings.LastIndexByte(markup, '/') >= 0 && !strings.Contains(markup, "\n"):
		return markup, "", nil
	}
	return "", "", ErrSyntax
}

// HTML is the script that shows a gist. With noscript it is what jekyll-gist
// writes by default where it has no network to fetch the code from: the word
// "true" in place of the code for browsers without scripts. The setting
// `gist: {noscript: false}` turns that off.
func HTML(id, file string, noscript bool) string {
	out := ""
	if noscript {
		out = "true"
	}
	out += `<script src="https://gist.github.com/` + id + `.js`
	if file != "" {
		out += "?file=" + file
	}
	return out + `"> </script>`
}

// Noscript reads the setting "gist" for [HTML].
func Noscript(setting any) bool {
	m, _ := setting.(map[string]any)
	return m["noscript"] != false
}

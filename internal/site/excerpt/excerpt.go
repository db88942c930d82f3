// Package excerpt cuts a document's text where its excerpt ends, as Jekyll
// does: with the definitions of the links that it uses, wherever they stand,
// and with the ends of Liquid's blocks that it begins.
package excerpt

import (
	"regexp"
	"strings"
)

var (
	tag        = regexp.MustCompile(`(?s)\{%-?\s*(\w+)\s*.*?-?%\}`)
	definition = regexp.MustCompile(`(?m)^ {0,3}(\[[^\]]+\])(:.+)$`)
)

// Cut gives the text before the first separator. isBlock tells which Liquid
// tags have an end. mended is true when an end was added.
func Cut(text, separator string, isBlock func(tag string) bool) (head string, mended bool) {
	if separator == "" {
		return text, false
	}
	head, tail, _ := strings.Cut(text, separator)
	if tail == "" {
		return head, false
	}
	if strings.Contains(head, "{%") {
		head, mended = close(head, isBlock)
	}
	var links []string
	for _, m := range definition.FindAllStringSubmatch(tail, -1) {
		if strings.Contains(head, m[1]) {
			links = append(links, m[1]+m[2])
		}
	}
	if len(links) > 0 {
		head += "\n\n" + strings.Join(links, "\n")
	}
	return head, mended
}

// close ends the blocks that a text begins, the inner ones first.
func close(head string, isBlock func(string) bool) (string, bool) {
	mended := false
	found := tag.FindAllStringSubmatch(head, -1)
	for i := len(found) - 1; i >= 0; i-- {
		name := found[i][1]
		if !isBlock(name) || hasEnd(head, name) {
			continue
		}
		mended = true
		head += "\n{% end" + name + " %}"
	}
	return head, mended
}

// hasEnd says whether there is any end of a block of this name.
func hasEnd(text, name string) bool {
	for {
		_, rest, found := strings.Cut(text, "{%")
		if !found {
			return false
		}
		inner := strings.TrimLeft(strings.TrimPrefix(rest, "-"), " \t\r\n\f\v")
		if strings.HasPrefix(inner, "end"+name) && strings.Contains(inner, "%}") {
			return true
		}
		text = rest
	}
}

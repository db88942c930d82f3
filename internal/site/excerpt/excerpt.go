// Package excerpt cuts a document's text where its excerpt ends, as Jekyll
// does: with the definitions of the links that it uses, wherever they stand,
// and with the ends of Liquid's blocks that it begins.
package excerpt

import (
	"iter"
	"regexp"
	"strings"
)

var tag = regexp.MustCompile(`(?s)\{%-?\s*(\w+)\s*.*?-?%\}`)

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
	var labels [][2]string
	for label, rest := range definitions(tail) {
		labels = append(labels, [2]string{label, rest})
	}
	var links []string
	used := within(head, labels)
	for _, l := range labels {
		if used[l[0]] {
			links = append(links, l[0]+l[1])
		}
	}
	if len(links) > 0 {
		head += "\n\n" + strings.Join(links, "\n")
	}
	return head, mended
}

// within gives those of the labels that stand in a text. A label ends with the first
// bracket that closes, so that each place in the text is looked at for few.
func within(text string, labels [][2]string) map[string]bool {
	wanted, lengths, found := map[string]bool{}, map[int]bool{}, map[string]bool{}
	for _, l := range labels {
		wanted[l[0]], lengths[len(l[0])] = true, true
	}
	for len(wanted) > 0 {
		n := strings.IndexByte(text, ']')
		if n < 0 {
			break
		}
		run := text[:n+1]
		for at := strings.IndexByte(run, '['); at >= 0; at = strings.IndexByte(run, '[') {
			if run = run[at:]; lengths[len(run)] && wanted[run] {
				found[run] = true
			}
			run = run[1:]
		}
		text = text[n+1:]
	}
	return found
}

// definitions are the definitions of links in a text, each as its label in
// brackets and what follows it in its line. Whatever stands at a line's
// beginning, behind up to three spaces, is one; the label may go over several
// lines. Long posts have few, so it looks for their colons.
func definitions(text string) iter.Seq2[string, string] {
	return func(yield func(label, rest string) bool) {
		from := 0 // what is before it is no part of a label
		for at := 0; ; {
			n := strings.Index(text[at:], "]:")
			if n < 0 {
				return
			}
			end := at + n + 1 // of the label
			at = end
			if i := strings.LastIndexByte(text[from:end-1], ']'); i >= 0 {
				from += i + 1
			}
			rest := text[end:]
			if n := strings.IndexByte(rest, '\n'); n >= 0 {
				rest = rest[:n]
			}
			start := firstLabel(text, from, end-1)
			from = end
			if start < 0 || rest == ":" {
				continue
			}
			if !yield(text[start:end], rest) {
				return
			}
			at = end + len(rest)
			from = at
		}
	}
}

// firstLabel is where the first bracket opens within a text that may begin a
// definition, or -1.
func firstLabel(text string, from, to int) int {
	for i := from; ; {
		n := strings.IndexByte(text[i:to], '[')
		if n < 0 {
			return -1
		}
		i += n
		line := strings.TrimRight(text[max(i-3, from):i], " ")
		if before := max(i-3, from) + len(line); i+1 < to && (before == 0 || text[before-1] == '\n') {
			return i
		}
		i++
	}
}

// close ends the blocks that a text begins, the inner ones first.
func close(head string, isBlock func(string) bool) (string, bool) {
	mended := false
	ended := map[string]bool{}
	found := tag.FindAllStringSubmatch(head, -1)
	for i := len(found) - 1; i >= 0; i-- {
		name := found[i][1]
		if !isBlock(name) || ended[name] {
			continue
		}
		ended[name] = true // by now
		if hasEnd(head, name) {
			continue
		}
		mended = true
		head += "\n{% end" + name + " %}"
	}
	return head, mended
}

// hasEnd says whether there is any end of a block of this name.
func hasEnd(text, name string) bool {
	last := strings.LastIndex(text, "%}")
	text = text[:max(last, 0)] // nothing behind that ends
	for {
		_, rest, found := strings.Cut(text, "{%")
		if !found {
			return false
		}
		inner := strings.TrimLeft(strings.TrimPrefix(rest, "-"), " \t\r\n\f\v")
		if strings.HasPrefix(inner, "end"+name) {
			return true
		}
		text = rest
	}
}

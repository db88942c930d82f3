// Package formatting parses HTML that anybody wrote, and bounds what comes of elements
// that nobody closes.
//
// A formatting element (b, code, a) that is still open where a block ends is made anew
// in the next one, and in each that follows: some hundred of them in front of some
// thousand paragraphs are gigabytes, out of a page of kilobytes. See "The list of active
// formatting elements" in HTML's standard, section 13.2.4.3.
package formatting

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Max is how many elements a page may have made anew before it is no page of anybody's:
// some 15 MB of them.
const Max = 100_000

// Reopened tells how many elements of a page, or of a part of one, its parser makes anew at
// the most. That more than three of the same are none more (the standard's "Noah's Ark
// clause") does not count here. It takes time in proportion to the page.
func Reopened(page []byte) int {
	open, sum := map[atom.Atom]int{}, 0
	all := 0
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return sum
		}
		if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		name, _ := z.TagName()
		tag := atom.Lookup(name)
		switch {
		case !isFormatting(tag):
			sum += all // those that ended with a block
		case kind != html.EndTagToken:
			open[tag]++
			all++
		case open[tag] > 0:
			open[tag]--
			all--
		}
	}
}

func isFormatting(tag atom.Atom) bool {
	switch tag {
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		return true
	}
	return false
}

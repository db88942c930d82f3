package mail

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// maxPage is how large a page may be, in bytes, of which a mail is tried to be made:
	// ten times what programs show.
	maxPage = 10 * maxHTML
	// maxMatching is how often a page's elements may be compared with parts of selectors
	// at the most. Selectors for two descendants in each of 2,000 rules stay below it, for
	// a page of 1,500 elements that are 15 deep.
	maxMatching = 500e6
	// maxCells is up to how many cells tables are laid out in the text.
	maxCells = 1000
)

// tooLarge is an error for a page that is far from being a mail.
func tooLarge(bytes int) error {
	if bytes <= maxPage {
		return nil
	}
	return fmt.Errorf("its page is %d KB large, and mail programs show %d KB of one: shorten the post, or send a part of it and link to the rest", kb(bytes), maxHTML>>10)
}

// tooMuchOpen is an error for a page that is not parsed, for [formatting.ErrUnclosed].
func tooMuchOpen() error {
	return fmt.Errorf("its page has far too many elements that are not closed, such as <b> or <a>, and each block behind them has all of them again: close them")
}

// shape is what the time goes by that a page's styles take.
type shape struct {
	elements, cells int
	depth, width    int // the deepest element, and the most that one has within
	beside          int // elements beside each element, summed up
	styles          []string
}

func shapeOf(root *html.Node) (s shape) {
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		s.elements++
		s.depth = max(s.depth, depth)
		switch n.DataAtom {
		case atom.Td, atom.Th:
			s.cells++
		case atom.Style:
			if n.FirstChild != nil {
				s.styles = append(s.styles, n.FirstChild.Data)
			}
		}
		within := 0
		for child := range n.ChildNodes() {
			within++
			if child.Type == html.ElementNode {
				walk(child, depth+1)
			}
		}
		s.width, s.beside = max(s.width, within), s.beside+within*within
	}
	walk(root, 0)
	return s
}

// tooManyStyles is an error where putting the styles of a page into its elements could
// take without end: each part of a selector may be compared with all elements around one,
// for each of which the part before it is.
func (s shape) tooManyStyles() error {
	work := 0.0
	for _, style := range s.styles {
		for part := range strings.SplitSeq(style, "{") {
			selectors := part[strings.LastIndexAny(part, "};")+1:]
			for selector := range strings.SplitSeq(selectors, ",") {
				work += s.matching(selector)
			}
		}
	}
	if work > maxMatching {
		return fmt.Errorf("the mail's styles have too many rules for its %d elements: take those out that mails do not need, and make selectors shorter", s.elements)
	}
	return nil
}

// matching is how often elements are compared with a selector at the most.
func (s shape) matching(selector string) float64 {
	work := float64(s.elements)
	selector = strings.ToLower(strings.NewReplacer(">", " > ", "+", " + ", "~", " ~ ").Replace(selector))
	// Of what stands above an element each is tried, of what stands directly above or
	// beside it one.
	above := -1
	for _, word := range strings.Fields(selector) {
		switch word {
		case ">", "+", "~":
			above--
		default:
			above++
		}
	}
	for k := range above { // ways to choose so many of those above
		work *= max(float64(s.depth-k), 1) / float64(k+1)
	}
	among := func(words ...string) (n int) {
		for _, word := range words {
			n += strings.Count(selector, word)
		}
		return n
	}
	for range among(":has", ":contains", ":matches") {
		work *= float64(s.elements)
	}
	for k := range among("~", "-child", "-of-type") {
		if k == 0 {
			work *= max(float64(s.beside)/float64(s.elements), 1)
		} else {
			work *= float64(s.width)
		}
	}
	return work
}

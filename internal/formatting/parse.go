package formatting

import (
	"bytes"
	"errors"

	"golang.org/x/net/html"
)

// ErrUnclosed is for a page of which more than [Max] elements would be made anew.
var ErrUnclosed = errors.New("the elements that nobody closes would be made anew too often")

// Parse reads a page as browsers do; [ErrUnclosed] before anything of it is made.
// Nothing else here parses HTML that anybody wrote.
func Parse(page []byte) (*html.Node, error) {
	if Reopened(page) > Max {
		return nil, ErrUnclosed
	}
	return html.Parse(bytes.NewReader(page))
}

// ParseFragment reads what is within an element as browsers do, as [Parse] does a page.
func ParseFragment(part []byte, within *html.Node) ([]*html.Node, error) {
	if Reopened(part) > Max {
		return nil, ErrUnclosed
	}
	return html.ParseFragment(bytes.NewReader(part), within)
}

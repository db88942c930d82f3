package mail

import (
	"strings"

	"github.com/inbucket/html2text"
	"golang.org/x/net/html"
)

// text is a document as text.
func text(root *html.Node) (string, error) {
	t, err := html2text.FromHTMLNode(root, html2text.Options{PrettyTables: true})
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(t) + "\n", nil
}

package mail

import (
	"strings"

	"github.com/inbucket/html2text"
	"golang.org/x/net/html"
)

// text is a document as text. tables says whether its tables are laid out, which takes
// more than proportional time.
func text(root *html.Node, tables bool) (string, error) {
	t, err := html2text.FromHTMLNode(root, html2text.Options{PrettyTables: tables})
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(t) + "\n", nil
}

package formatting

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// unclosed are n formatting elements that nobody closes, in front of so many paragraphs.
func unclosed(n, paragraphs int) string {
	var b strings.Builder
	b.WriteString("<p>")
	for i := range n {
		fmt.Fprintf(&b, "<b id=%d>", i)
	}
	return b.String() + strings.Repeat("<p>x", paragraphs)
}

// What is counted is never less than what the parser makes.
func TestReopened(t *testing.T) {
	for name, page := range map[string]string{
		"none closed":       unclosed(20, 50),
		"closed in between": unclosed(20, 10) + strings.Repeat("</b>", 15) + strings.Repeat("<div>x</div>", 20),
		"crossed":           strings.Repeat("<p><b class=a><i class=b>x</b>y</p><p>z</i></p>", 20),
		"cells":             "<b><table><tr><td><i>x<td>y</table>" + strings.Repeat("<p>x", 10),
		"links":             strings.Repeat("<p><a href=x>x<p>y", 10),
	} {
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(name, err)
		}
		tags, elements := strings.Count(page, "<"), elementsOf(root)
		if most := tags + 5 + Reopened([]byte(page)); elements > most { // html, head, body, tbody, tr
			t.Errorf("%s: %d elements are made of %d tags, and %d were to be the most", name, elements, tags, most)
		}
	}
	for name, page := range map[string]string{
		"a post":         strings.Repeat("<h2>A <em>b</em></h2><p>Some <strong>words</strong> and <a href=\"x\"><code>code</code></a>.</p>", 5_000),
		"a whole link":   "<a href=x>" + strings.Repeat("<div>x</div>", 20_000) + "</a>",
		"forgotten ends": strings.Repeat("<p><b>x</p>", 300),
	} {
		if n := Reopened([]byte(page)); n > Max {
			t.Errorf("%s: %d are too many", name, n)
		}
	}
	if n := Reopened([]byte(unclosed(450, 2_000))); n <= Max {
		t.Errorf("450 elements in 2,000 paragraphs are %d", n)
	}
}

// Ends that cross each other make some more anew, so many for each tag at the most (the
// adoption agency algorithm, section 13.2.6.4.7).
func FuzzReopened(f *testing.F) {
	f.Add([]byte(unclosed(3, 4)))
	f.Add([]byte("<p><b><i>x</b><p>y</i><table><a><td><a>x</table>"))
	f.Fuzz(func(t *testing.T, page []byte) {
		root, err := html.Parse(bytes.NewReader(page))
		if len(page) > 4096 || err != nil {
			return
		}
		if tags, elements := bytes.Count(page, []byte("<")), elementsOf(root); elements > 5+30*tags+Reopened(page) {
			t.Errorf("%d elements are made of %d tags", elements, tags)
		}
	})
}

func elementsOf(root *html.Node) (n int) {
	for node := range root.Descendants() {
		if node.Type == html.ElementNode {
			n++
		}
	}
	return n
}

package markdown

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FuzzRender renders any text in all dialects: no panic, ranges that cover
// the text without gaps, and balanced blocks that can be parsed one by one.
func FuzzRender(f *testing.F) {
	for _, c := range readCases(f) {
		f.Add(c.input)
	}
	for name, input := range hostileInputs(1000) {
		_ = name
		f.Add(input)
	}
	renderers := map[Dialect]*Renderer{}
	for _, d := range []Dialect{Kramdown, GFM, CommonMark} {
		renderers[d] = New(Config{Dialect: d})
	}
	f.Fuzz(func(t *testing.T, input string) {
		if len(input) > 1<<14 {
			return
		}
		for d, r := range renderers {
			doc := r.Render([]byte(input))
			checkRanges(t, string(d), doc, len(input))
			checkBalanced(t, string(d), doc)
			if got := string(doc.HTML()); strings.HasPrefix(got, "<!-- not rendered: ") && !strings.Contains(got, "nests too deeply") {
				t.Errorf("%s: %s", d, doc.HTML())
			}
		}
	})
}

func parseBody(t testing.TB, s string) []*html.Node {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Skip("the HTML parser refuses this depth: " + err.Error())
	}
	return nodes
}

func outline(nodes []*html.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		_ = html.Render(&b, n)
	}
	return b.String()
}

// checkBalanced parses blocks one by one and together: what says that it is
// balanced must not change what follows it.
func checkBalanced(t testing.TB, name string, doc Document) {
	t.Helper()
	if !utf8.Valid(doc.HTML()) || strings.ContainsRune(string(doc.HTML()), 0) {
		return
	}
	for _, b := range doc.Blocks {
		if !b.Balanced {
			continue
		}
		const next = "<p>next</p>"
		alone := outline(parseBody(t, string(b.HTML))) + next
		if together := outline(parseBody(t, string(b.HTML)+next)); together != alone {
			t.Errorf("%s: a block says that it is balanced but is not: %q\n alone    %q\n together %q", name, b.HTML, alone, together)
			return
		}
	}
}

func TestBalanced(t *testing.T) {
	r := New(Config{Dialect: CommonMark})
	k := New(Config{})
	for _, c := range []struct {
		in   string
		r    *Renderer
		want bool
	}{
		{"a *b*\n", r, true}, {"a <b>c</b>\n", r, true}, {"a <b>c\n", r, false}, {"</div>\n", r, false},
		{"<div>a</div>\n", r, true}, {"<div>\n", r, false}, {"a <br> b\n", r, true}, {"<!-- a -->\n", r, true},
		{"<!-- a\n", r, false}, {"<div/>\n", r, false},
		{"<div>\n*a*\n", k, true}, {"a <b>c\n", k, true}, {"<div/>\n", k, false}, {"{::nomarkdown}\n<div>\n{:/}\n", k, false},
	} {
		doc := c.r.Render([]byte(c.in))
		if len(doc.Blocks) != 1 || doc.Blocks[0].Balanced != c.want {
			t.Errorf("%q: %+v, want balanced %v", c.in, doc.Blocks, c.want)
		}
	}
}

// Blocks and headings are where they were typed.
func TestRanges(t *testing.T) {
	const body = "first\nline\n\n* a\n* b\n\n[x]: y\n\n{: .c}\n# Head\n\n> quote\n> ## In *quote*\n\nlast [x]\n"
	for _, in := range []string{body, strings.ReplaceAll(body, "\n", "\r\n")} {
		doc := New(Config{}).Render([]byte(in))
		checkRanges(t, "kramdown", doc, len(in))
		var starts []string
		for _, b := range doc.Blocks {
			line, _, _ := strings.Cut(in[b.Start:], "\n")
			starts = append(starts, strings.TrimSuffix(line, "\r"))
		}
		if got, want := strings.Join(starts, "|"), "first|* a|{: .c}|> quote|last [x]"; got != want {
			t.Errorf("blocks start with %q, want %q", got, want)
		}
		if len(doc.Headings) != 2 {
			t.Fatalf("headings: %+v", doc.Headings)
		}
		if h := doc.Headings[0]; h.ID != "head" || h.Text != "Head" || !strings.HasPrefix(in[h.Start:], "# Head") {
			t.Errorf("first heading: %+v", h)
		}
		if h := doc.Headings[1]; h.ID != "in-quote" || h.Text != "In quote" || !strings.HasPrefix(in[h.Start:], "> ## In") {
			t.Errorf("second heading: %+v", h)
		}
	}
}

// Whatever a third-party lexer does, the post is shown.
func TestInfoStrings(t *testing.T) {
	for _, d := range []Dialect{Kramdown, GFM, CommonMark} {
		r := New(Config{Dialect: d})
		for _, info := range []string{`js"onclick=alert(1)`, `"><script>alert(1)</script>`, "a&quot;b", "x'y", "<b>", "&#34;onload=1", `a" b="c`} {
			got := string(r.Render([]byte("```" + info + "\nx\n```\n")).HTML())
			for _, n := range parseBody(t, got) {
				checkOnlyClass(t, string(d)+" "+info, n)
			}
		}
	}
}

func checkOnlyClass(t *testing.T, name string, n *html.Node) {
	if n.Data == "script" || n.Data == "b" {
		t.Errorf("%s: an element got through: %s", name, n.Data)
	}
	for _, a := range n.Attr {
		if a.Key != "class" {
			t.Errorf("%s: an attribute got through: %s", name, a.Key)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		checkOnlyClass(t, name, c)
	}
}

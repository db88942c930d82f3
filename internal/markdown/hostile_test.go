package markdown

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"galley/internal/growthtest"
	"galley/internal/ordered"
)

var long = flag.Bool("long", false, "render hostile texts at their full length in every dialect, and hostile code in every language")

// hostileInputs are texts that make a careless parser slow or deep.
func hostileInputs(scale int) map[string]string {
	n := func(count int) int { return max(count/scale, 1) }
	rep := func(s string, count int) string { return strings.Repeat(s, n(count)) }
	runs := func(sep string) string {
		var b strings.Builder
		for i := 1; i < 400/scale+2; i++ {
			b.WriteString(strings.Repeat("`", i) + sep)
		}
		return b.String()
	}
	nested := func(marker string, indent int) string {
		var b strings.Builder
		for i := 0; i < n(600); i++ {
			b.WriteString(strings.Repeat(" ", i*indent) + marker + " a\n")
		}
		return b.String()
	}
	numbered := func(line string, count int) string {
		var b strings.Builder
		for i := range n(count) {
			fmt.Fprintf(&b, line, i)
		}
		return b.String()
	}
	return map[string]string{
		"lists of themselves": "{:x: " + strings.Repeat("x ", 12) + ".b}\n\n" + rep("a\n{: x}\n\n", 2_000),
		"lists in a circle":   "{:x: y y y y y y .b}\n{:y: x x x x x x .c}\n\n" + rep("a\n{: x y}\n\n", 2_000),
		"brackets":            rep("[", 50_000),
		"brackets balanced":   rep("[", 25_000) + rep("]", 25_000),
		"brackets pairs":      rep("[]", 25_000),
		"brackets parens":     rep("[", 16_000) + rep("](", 16_000),
		"links open":          rep("[a](", 12_000),
		"links titles":        rep(`[a](b "c `, 6_000),
		"link references":     rep("[a][b]", 8_000),
		"images":              rep("![", 25_000),
		"images balanced":     rep("![", 12_000) + rep("](a)", 12_000),
		"star a":              rep("*a ", 50_000),
		"star star a":         rep("**a ", 30_000),
		"star mixed":          rep("*a **b _c __d ", 8_000),
		"stars":               rep("*", 50_000),
		"underscores":         rep("_a ", 50_000),
		"a star":              rep("a*", 30_000),
		"a star star":         rep("a**b", 20_000),
		"strong in emphasis":  rep("*a **a ", 12_000),
		"backticks":           rep("`", 50_000),
		"backtick a":          rep("`a ", 25_001),
		"backtick runs":       runs("a"),
		"backtick runs tick":  runs(" "),
		"tildes":              rep("~~a ", 25_000),
		"quotes nested":       rep("> ", 10_000) + "a",
		"quotes growing":      strings.Repeat(strings.Repeat(">", 200)+" a\n", n(200)),
		"lists nested":        nested("*", 2),
		"lists one line":      rep("* ", 10_000) + "a",
		"numbers one line":    rep("1. ", 10_000) + "a",
		"definitions":         "a\n" + rep(": ", 10_000) + "a",
		"comment open":        "<!--" + rep(" a", 50_000),
		"comments open":       rep("<!-- a ", 10_000),
		"comments lines":      rep("<!-- a\n", 10_000),
		"tags open":           rep("<b>", 20_000),
		"blocks open":         rep("<div>\n", 10_000),
		"blocks one line":     rep("<div>", 20_000),
		"tags emphasis":       rep("*<b>", 12_000),
		"tags halves":         rep("<a b='", 10_000),
		"tags quotes":         rep("<a b=\"c\" ", 10_000),
		"closing tags":        rep("</b>", 20_000),
		"entities":            rep("&a", 30_000),
		"dollars":             rep("$$a", 20_001),
		"attribute lists":     rep("{:", 25_000),
		"attribute lines":     rep("{: a\n", 10_000),
		"attribute escaped":   "{:" + rep(`\}`, 20_000),
		"extensions":          rep("{::comment}\n", 5_000),
		"extensions inline":   rep("a {::comment} ", 5_000),
		"footnotes":           rep("[^1]", 10_000) + "\n\n[^1]: a[^1]\n",
		"footnote chain":      rep("[^1]: a[^2]\n\n[^2]: b[^1]\n\n", 1_000) + "x[^1]\n",
		"definitions links":   rep("[a]: b\n", 10_000),
		"abbreviations":       rep("*[A]: b\n", 300) + rep("A ", 20_000),
		"abbreviations many":  numbered("*[Ab%dc]: d\n", 4_000) + rep("Ab ", 30_000),
		"abbreviations bend":  numbered("*[!%d]: d\n", 4_000) + rep("!", 90_000),
		"fences":              rep("```a\n", 10_000),
		"fences mixed":        rep("```a\n~~~b\n", 5_000),
		"headings":            rep("# a\n", 10_000),
		"setext":              rep("a\n-\n", 10_000),
		"table wide":          rep("|a", 20_000) + "\n" + rep("|-", 20_000) + "\n" + rep("|b", 20_000) + "\n",
		"table filling":       rep("|a", 3_000) + "\n" + rep("|\n", 3_000),
		"table rows":          rep("|a|b|\n", 10_000),
		"table undone":        rep("|a|b|\n", 10_000) + "c\n",
		"tables undone":       rep("a|b\nc\n\n", 5_000),
		"quotation marks":     rep("\"'", 25_000),
		"escapes":             rep(`\*`, 25_000),
		"hard breaks":         rep("a  \n", 10_000),
		"backslash breaks":    rep("a\\\n", 10_000),
		"lines":               rep("\n", 100_000),
		"spaces":              rep(" ", 100_000),
		"tabs":                rep("\t", 50_000),
		"blank items":         rep("*\n", 20_000),
		"code":                rep("    a\n", 10_000),
		"code blank":          rep("    a\n\n", 10_000),
		"NUL":                 rep("\x00", 10_000),
		"not UTF-8":           rep("\xff\xc0*\xfe", 10_000),
		"go code":             "```go\n" + rep("func a() { /* \"`' ", 2_000) + "\n```\n",
		"yaml code":           "```yaml\n" + rep("- - - a: [{", 3_000) + "\n```\n",
		"javascript code":     "```javascript\n" + rep("/a(/`${", 4_000) + "\n```\n",
	}
}

// Every dialect renders hostile texts in bounded time. The limit is loose,
// for slow machines; a quadratic parser misses it by far. Our own parser gets
// the texts at their full length; goldmark, which is quadratic in places and
// takes most of the time, only with -long. WebAssembly is some ten times
// slower, and what is quadratic natively is so there too: a tenth is enough.
func TestHostile(t *testing.T) {
	const limit = 6 * time.Second
	lexers := testRenderer().config.Lexers
	for _, dialect := range []Dialect{Kramdown, GFM, CommonMark} {
		scale := 1
		switch {
		case testing.Short() && dialect == Kramdown:
			scale = 10
		case testing.Short():
			scale = 40
		case dialect != Kramdown && !*long:
			scale = 5
		}
		r := New(Config{Dialect: dialect, Lexers: lexers})
		for name, input := range hostileInputs(scale) {
			start := time.Now()
			doc := r.Render([]byte(input))
			took := time.Since(start)
			limit := limit
			if dialect != Kramdown && *long {
				limit *= 4 // goldmark is quadratic in places, within bounds
			}
			if took > limit {
				// Once more: other work on the machine may have been in the way.
				start = time.Now()
				r.Render([]byte(input))
				took = min(took, time.Since(start))
			}
			if took > limit {
				t.Errorf("%s, %s: %d bytes took %v", dialect, name, len(input), took)
			} else if took > 300*time.Millisecond {
				t.Logf("%s, %s: %d bytes took %v", dialect, name, len(input), took)
			}
			checkRanges(t, fmt.Sprint(dialect, " ", name), doc, len(input))
		}
	}
}

// A paragraph that is four times as long takes about four times as long at most,
// in all dialects: what takes quadratic time takes many seconds for the longer.
func TestHostileProportional(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes as WebAssembly")
	}
	for _, dialect := range []Dialect{Kramdown, GFM} {
		r := New(Config{Dialect: dialect})
		for _, piece := range []string{"[a](", "[", "[a", "a**b", "*a ", "</b>", "![a](", "[a](b \"", "[a]: b\n", deepList} {
			took := func(size int) time.Duration {
				input := []byte(strings.Repeat(piece, size/len(piece)))
				if piece == deepList {
					input = deeper(size)
				}
				best := time.Hour
				for range 3 {
					start := time.Now()
					r.Render(input)
					best = min(best, time.Since(start))
				}
				return best
			}
			for try := 1; ; try++ {
				small, large := took(100_000), took(400_000)
				if large < 12*small || large < time.Second { // or too short to say
					break
				}
				if try == 3 {
					t.Errorf("%s, %q: 100 KB took %v and 400 KB %v", dialect, piece, small, large)
					break
				}
			}
		}
	}
}

// What GFM's and cmark's extensions add to goldmark takes proportional time, too.
func TestExtensionsProportional(t *testing.T) {
	config := ordered.Of("commonmark", ordered.Of("options", []any{"SMART"},
		"extensions", []any{"table", "strikethrough", "autolink", "tagfilter", "tasklist"}))
	settings, _ := ReadSettings(config)
	for _, r := range []*Renderer{New(Config{Dialect: GFM}), New(Config{Dialect: CommonMark, Settings: settings})} {
		for _, c := range []struct{ before, piece string }{
			{"a", "~"}, {"a </pre>", "~~"}, {"", "~~a "}, {"", " ~a b~~b"}, {"", "\\\n"}, {"", "a\\\n"}, {"", " \"a b'"}, {"", "a.'"}, {"", "-- "},
			{"", "www.a.b/&a;"}, {"", " www.a.b/~"}, {"", " www."}, {"", "a@a."}, {"", "- [ ] "}, {"", "- [x] a\n"},
			{"|a|\n|-|\n", "|`\\|`|\n"}, {"", "|a|\n|-|\n"}, {"", "|a|\n|-\n"},
		} {
			t.Run(fmt.Sprintf("%s, %q", r.config.Dialect, c.piece), func(t *testing.T) {
				growthtest.Linear(t, 480_000/len(c.piece), func(n int) func() {
					text := []byte(c.before + strings.Repeat(c.piece, n))
					return func() { r.Render(text) }
				})
			})
		}
	}
}

// What kramdown's grammar searches a text for to its end, it searches once.
func TestKramdownProportional(t *testing.T) {
	r := New(Config{})
	for _, c := range []struct{ before, piece, behind string }{
		{"", "{::comment}\n", ""}, {"", "~\n\n\n\n{::nomarkdown}\n", ""}, {"", "\n{: .c}\n\n{::options}\n", ""}, {"", "{::x}\n", ""},
		{"", "* {::comment}\n", ""}, {"", "a {::comment}", ""}, {"", "{::comment}\n", "{:/}\n"},
		{"", "{: \\}a\n", ""}, {"", "{: \\}\n", ""}, {"", "a{: \\}a", ""}, {"", "* {: \\}a\n", ""}, {"", "{:a: \\}a\n", ""},
		{"{:", ` a="b`, "}\n\na\n"}, {"a{:", " a='b", "}\n"},
	} {
		t.Run(fmt.Sprintf("%q", c.piece), func(t *testing.T) {
			growthtest.Linear(t, 480_000/len(c.piece), func(n int) func() {
				text := []byte(c.before + strings.Repeat(c.piece, n) + c.behind)
				return func() {
					r.Render(text)
					r.Open(text)
				}
			})
		})
	}
}

// What is rendered ends soon when it is to, whatever of GFM is in it.
func TestExtensionsStop(t *testing.T) {
	for _, piece := range []string{"a~~", " www.a.b", "- [ ] a\n", "|a|\n|-|\n\n"} {
		asked := 0
		r := New(Config{Dialect: GFM, Stop: func() error { asked++; return nil }})
		r.Render([]byte(strings.Repeat(piece, 1_000)))
		if asked < 500 {
			t.Errorf("%q a thousand times: asked %d times", piece, asked)
		}
	}
}

// deepList stands for a list that is indented ever deeper.
const deepList = "ever deeper"

func deeper(size int) []byte {
	var b []byte
	for n := 0; len(b) < size; n++ {
		b = append(append(b, strings.Repeat("  ", n)...), "* a\n"...)
	}
	return b[:size]
}

// checkRanges checks what must hold for every document.
func checkRanges(t testing.TB, name string, doc Document, size int) {
	t.Helper()
	at := 0
	for i, b := range doc.Blocks {
		if b.Start != at || b.End < b.Start || b.End > size {
			t.Errorf("%s: block %d is %d to %d, want it to start at %d within %d", name, i, b.Start, b.End, at, size)
			return
		}
		at = b.End
	}
	if len(doc.Blocks) > 0 && at != size {
		t.Errorf("%s: the blocks end at %d of %d", name, at, size)
	}
	for _, h := range doc.Headings {
		if h.Start < 0 || h.Start > size {
			t.Errorf("%s: heading %q starts at %d of %d", name, h.Text, h.Start, size)
		}
	}
}

// Code that makes a lexer's regular expressions slow is bounded by its size.
// Each language gets two pieces of code, beginning with another one, so that
// all of them are used; with -long it gets all. In WebAssembly every ninth
// language is tried: the lexers are the same, and what is bounded natively is
// bounded there.
func TestHostileCode(t *testing.T) {
	patterns := []string{"a", " ", "\n", "\t", "(", "[", "{", "\"", "'", "`", "\\", "/", "/*", "//", "#", "$", "$(", "${", "<<A\n", "<<'A'\n",
		"- ", ": ", "a: ", "a: |\n  b\n", "a: >\n b\n", "  a\n", "*", "*a ", "&a", "!", "? ", "%", "@", "@@ ", "--- ", "+", "-", "\"a\\", "'''", "\"\"\"", "f\"{",
		"r'", "if ", "case ", "case x in ", "a=", "RUN ", "FROM a AS ", "RUN a \\\n", "ONBUILD ", "class ", "def ", "from a ", "/a[", "`${", "a?b:", "{a:", "0x", "1.", "1e", ".", ",", ";",
		"a b(", "f(a) ", "a f(a)/**/", "#if 0\n", "#define a \\\n", "R\"(", "template<", "$\"{", "@\"", "@'", "\"\\(", "r#\"", "vec![", "fun <", "<?php ", "<?", "?>",
		"<<<A\n", "function a(b = ", "\"{$a", "new class {", "<div>", "<a b={", "</", "--[[", "gsub(", "function ", "<#", "a <<A\n", "${a", "\"${", "a = {",
		"use a\\", "const a=(", "public ", "a: (", "macro_rules! a { $", "#selector(", "import ", "a.b", "a::b", "a < b", "1_", "'\\", "@a", "a!"}
	h := &highlighter{lexers: testRenderer().config.Lexers}
	limit := 6 * time.Second
	every := 101
	if *long {
		every = 1
	}
	for n, language := range sampleLanguages(t) {
		if testing.Short() && n%9 != 0 {
			continue
		}
		slowest, what := time.Duration(0), ""
		for i, p := range patterns {
			if (i+n)%every != 0 {
				continue
			}
			// Long lines are not coloured, so they are broken up.
			line := strings.Repeat(p, 60/len(p)+1) + "\n"
			for _, code := range []string{strings.Repeat(line, maxHighlight/len(line)), strings.Repeat(p, maxLine/len(p)),
				strings.Repeat(p+patterns[(i*7+3)%len(patterns)], 120) + "\n"} {
				took := limit + 1
				for try := 0; try < 3 && took > limit; try++ { // the machine may have had other things to do
					start := time.Now()
					if html, ok := h.colour(code, language, rougeTag(language)); ok {
						if text, _ := classes(t, string(html)); text != code {
							t.Errorf("%s: the text of %.20q changed", language, code)
						}
					}
					took = time.Since(start)
				}
				if took > slowest {
					slowest, what = took, code[:min(20, len(code))]
				}
			}
		}
		t.Logf("%s: at most %v, for %q", language, slowest, what)
		if slowest > limit {
			t.Errorf("%s: %q took %v", language, what, slowest)
		}
	}
}

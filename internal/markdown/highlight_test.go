package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"galley/internal/lexers"
	"galley/internal/sharedtest"
)

var code = flag.String("code", "", "compare the highlighting of this folder's files too, DIR/LANGUAGE/FILE")

// sampleLanguages are the languages that have rules of our own, which are
// those of our samples.
func sampleLanguages(t testing.TB) []string {
	t.Helper()
	found := map[string]bool{}
	archives, _ := filepath.Glob("testdata/code/*.txtar")
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			language, _, _ := strings.Cut(f.Name, "-")
			found[language] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// codeSamples are pieces of code by language: ours, those in the corpus, and
// those in the folder that -code names.
func codeSamples(t testing.TB) map[string][]string {
	t.Helper()
	samples := map[string][]string{}
	archives, _ := filepath.Glob("testdata/code/*.txtar")
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			language, _, _ := strings.Cut(f.Name, "-")
			samples[language] = append(samples[language], string(f.Data))
		}
	}
	files := sharedtest.Files("corpus/posts/*.md")
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		fences := strings.Split("\n"+string(source), "\n```")
		for i := 1; i+1 < len(fences); i += 2 {
			language, code, _ := strings.Cut(fences[i], "\n")
			if samples[language] != nil {
				samples[language] = append(samples[language], code+"\n")
			}
		}
	}
	if *code != "" {
		files, _ := filepath.Glob(filepath.Join(*code, "*", "*"))
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			language := filepath.Base(filepath.Dir(file))
			samples[language] = append(samples[language], string(source))
		}
	}
	return samples
}

// classes returns the class of every character of highlighted code.
func classes(t testing.TB, highlighted string) (text string, class []string) {
	t.Helper()
	var walk func(n *html.Node, inside string)
	var b strings.Builder
	walk = func(n *html.Node, inside string) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			for range n.Data {
				class = append(class, inside)
			}
		}
		for _, a := range n.Attr {
			if a.Key == "class" {
				inside = a.Val
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inside)
		}
	}
	for _, n := range parseBody(t, "<pre>\n"+highlighted+"</pre>") {
		walk(n, "")
	}
	return b.String(), class
}

// TestRougeClasses compares, by character, the classes of code with those
// that rouge gives it, and prints how far they agree, and of how many pieces
// the HTML is the same.
func TestRougeClasses(t *testing.T) {
	reference := startRuby(t, "code")
	h := &highlighter{lexers: lexers.Source()}
	samples := codeSamples(t)
	var names []string
	for n := range samples {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, language := range names {
		t.Run(language, func(t *testing.T) {
			same, all, equal := 0, 0, 0
			confused := map[string]int{}
			for _, code := range samples[language] {
				coloured, ok := h.colour(code, language, rougeTag(language))
				if !ok {
					t.Errorf("not highlighted: %.60q", code)
					continue
				}
				text, got := classes(t, string(coloured))
				if text != code {
					t.Errorf("the text changed: %q from %q", text, code)
					continue
				}
				answer, _ := reference.ask(t, language+"\n"+code)
				var want []string
				var b bytes.Buffer
				for _, line := range strings.Split(strings.TrimSuffix(answer, "\n"), "\n") {
					class, dumped, _ := strings.Cut(line, "\t")
					value := undump(dumped)
					writeToken(&b, class, value)
					for range value {
						want = append(want, class)
					}
				}
				if b.String() == string(coloured) {
					equal++
				}
				if len(want) != len(got) {
					t.Errorf("rouge has %d characters, we %d: %.60q", len(want), len(got), code)
					continue
				}
				told := false
				for i, r := range []rune(code) {
					if got[i] != want[i] && !told {
						told = true
						rs := []rune(code)
						t.Logf("%s for %s at: %q", got[i], want[i], string(rs[max(i-40, 0):i])+"▶"+string(rs[i:min(i+20, len(rs))]))
					}
					if r == ' ' || r == '\n' || r == '\t' {
						continue // white space has no colour
					}
					all++
					if got[i] == want[i] {
						same++
					} else {
						confused[fmt.Sprintf("%s for %s", got[i], want[i])]++
					}
				}
			}
			percent := 100 * float64(same) / float64(max(all, 1))
			t.Logf("%6d of %6d characters, %6.2f %%; %d of %d pieces; %v", same, all, percent, equal, len(samples[language]), confused)
			if percent < 99 {
				t.Errorf("less than 99 %% of the characters have rouge's class")
			}
		})
	}
}

// undump reads a string as Ruby's dump writes it.
func undump(s string) string {
	// As Go writes it: all escapes by two or more characters, \\ among them.
	s = regexp.MustCompile(`\\(?:u\{[0-9A-F]+\}|.)`).ReplaceAllStringFunc(s, func(escape string) string {
		switch {
		case escape == `\#`:
			return "#"
		case escape == `\e`:
			return `\x1b`
		case len(escape) > 2:
			n, _ := strconv.ParseInt(escape[3:len(escape)-1], 16, 32)
			return string(rune(n))
		}
		return escape
	})
	if out, err := strconv.Unquote(s); err == nil {
		return out
	}
	return s
}

// A lexer made of its definition, as a browser does it, colours code as the
// one that is linked.
func TestDefinitions(t *testing.T) {
	samples := codeSamples(t)
	for n, language := range append(sampleLanguages(t), "clojure", "erlang") {
		if testing.Short() && n%6 != 0 {
			continue // the definitions are the same
		}
		data, err := lexers.Definition(language)
		if err != nil {
			t.Errorf("%s: %v", language, err)
			continue
		}
		lexer, err := NewLexer(data)
		if err != nil {
			t.Errorf("%s: %v", language, err)
			continue
		}
		fetched := &highlighter{lexers: func(name string) chroma.Lexer {
			if name == language {
				return lexer
			}
			data, err := lexers.Definition(name) // of code within code
			if err != nil {
				return nil
			}
			l, _ := NewLexer(data)
			return l
		}}
		linked := &highlighter{lexers: lexers.Source()}
		codes := samples[language]
		for _, other := range []string{"go", "json", "yaml", "bash"} {
			codes = append(codes, samples[other]...) // any text will do
		}
		for _, code := range codes {
			a, okA := linked.colour(code, language, rougeTag(language))
			b, okB := fetched.colour(code, language, rougeTag(language))
			if okA != okB || string(a) != string(b) {
				t.Errorf("%s: %.60q is coloured differently:\n linked  %.300s\n fetched %.300s", language, code, a, b)
				break
			}
		}
	}
	if _, err := lexers.Definition("no such language"); err == nil {
		t.Error("there is a definition of no such language")
	}
	for _, bad := range []string{"", "<lexer>", "<lexer><rules></rules></lexer>", "\x00"} {
		if l, err := NewLexer([]byte(bad)); err == nil {
			if _, ok := (&highlighter{lexers: func(string) chroma.Lexer { return l }}).colour("a", "go", "go"); ok {
				t.Errorf("a lexer was made of %q", bad)
			}
		}
	}
}

// FuzzHighlight colours any text in any language: no panic, and the text is
// kept.
func FuzzHighlight(f *testing.F) {
	languages := sampleLanguages(f)
	for language, codes := range codeSamples(f) {
		for _, code := range codes {
			if n := slices.Index(languages, language); n >= 0 && len(code) < 4_000 {
				f.Add(byte(n), code)
			}
		}
	}
	h := &highlighter{lexers: lexers.Source()}
	f.Fuzz(func(t *testing.T, n byte, code string) {
		if len(code) > 4_000 || hasLongLine(code) || !utf8.ValidString(code) || strings.ContainsAny(code, "\r\x00") {
			return
		}
		language := languages[int(n)%len(languages)]
		coloured, ok := h.colour(code, language, rougeTag(language))
		if !ok {
			t.Fatalf("%s is not coloured: %q", language, code)
		}
		if text, _ := classes(t, string(coloured)); text != code {
			t.Fatalf("%s: the text changed: %q from %q", language, text, code)
		}
	})
}

// panicking is a lexer that fails in every way that a lexer can.
type panicking struct{ chroma.Lexer }

func (panicking) Tokenise(*chroma.TokeniseOptions, string) (chroma.Iterator, error) { panic("no") }

func TestLexerPanics(t *testing.T) {
	r := New(Config{Lexers: func(string) chroma.Lexer { return panicking{} }})
	got := string(r.Render([]byte("```go\na < b\n```\n")).HTML())
	if !strings.Contains(got, "a &lt; b") || strings.Contains(got, "not rendered") {
		t.Errorf("the code is not shown: %s", got)
	}
}

// Languages are the names that a lexer is asked for, known ones only.
func TestLanguages(t *testing.T) {
	const body = "```yaml\na: 1\n```\n\n```ruby?x=1\na\n```\n\n```nosuch\na\n```\n\n```yaml\nb\n```\n\n```plaintext\na\n```\n\n    a\n\n" +
		"`a`{:.language-go}\n"
	for d, want := range map[Dialect]string{Kramdown: "yaml ruby go", GFM: "yaml", CommonMark: "yaml"} {
		asked := map[string]bool{}
		doc := New(Config{Dialect: d, Lexers: func(name string) chroma.Lexer {
			asked[name] = true
			return nil
		}}).Render([]byte(body))
		if got := strings.Join(doc.Languages, " "); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
		for _, name := range doc.Languages {
			if !asked[name] {
				t.Errorf("%s: no lexer was asked for %q", d, name)
			}
		}
	}
}

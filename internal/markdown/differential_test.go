package markdown

import (
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"galley/internal/sharedtest"
)

// snippets are what mutations put into a text.
var snippets = strings.Split("*|_|**|__|`|``|~~|[|]|(|)|![|](|][|]: |<|>|<b>|</b>|<div>|</div>|<br>|<!--|-->|\"|'|--|---|...|"+
	"<<|>>|\\|\\\\|  \n|\n|\n\n|    |\t| |#|## |> |* |- |+ |1. |: |:|```\n|~~~\n|```ruby\n|{:.x}|{: .a #b}|{:toc}|\n{:.c}\n|{::comment}|{:/}|$$|$|"+
	"^\n|[^1]|[^1]: |*[A]: b\n|&amp;|&|&copy;|&#8217;|=|===\n|---\n|***\n|\\||[ ] |[x] |é|“|https://a.io|<https://a.io>|a@b.io|'80s|"+
	"A|x|0|. |!|?|;|/|</p>|<p>|<details markdown=\"1\">|<span class=x>|<img src=\"a\">|{#id}|@|%|+|~|\r\n", "|")

// mutate changes a text in one to four places.
func mutate(r *rand.Rand, s string) string {
	for n := 1 + r.Intn(4); n > 0; n-- {
		lines := strings.SplitAfter(s, "\n")
		at := r.Intn(len(s) + 1)
		for at < len(s) && !utf8.RuneStart(s[at]) {
			at++
		}
		line := r.Intn(len(lines))
		switch r.Intn(9) {
		case 0, 1, 2:
			snippet := snippets[r.Intn(len(snippets))]
			if snippet == "" {
				snippet = "|"
			}
			s = s[:at] + snippet + s[at:]
		case 3:
			if _, size := utf8.DecodeRuneInString(s[at:]); at < len(s) {
				s = s[:at] + s[at+size:]
			}
		case 4:
			lines[line] = ""
			s = strings.Join(lines, "")
		case 5:
			lines[line] = strings.Repeat(" ", 1+r.Intn(6)) + lines[line]
			s = strings.Join(lines, "")
		case 6:
			lines[line] = strings.TrimLeft(lines[line], " *-#>")
			s = strings.Join(lines, "")
		case 7:
			lines[line] = strings.TrimSuffix(lines[line], "\n")
			s = strings.Join(lines, "")
		case 8:
			other := r.Intn(len(lines))
			lines[line], lines[other] = lines[other], lines[line]
			s = strings.Join(lines, "")
		}
	}
	return s
}

// seeds are excerpts of the corpus and our own cases.
func seeds(t testing.TB) []string {
	var out []string
	for _, c := range readCases(t) {
		out = append(out, c.input)
	}
	if shared := os.Getenv("GALLEY_NO_CORPUS"); shared == "" {
		for _, pattern := range []string{"corpus/posts/*.md", "corpus/drafts/*.md"} {
			for _, f := range sharedtest.Files(pattern) {
				if b, err := os.ReadFile(f); err == nil {
					out = append(out, string(bodyOf(b)))
				}
			}
		}
	}
	return out
}

// excerpt takes some lines out of a text.
func excerpt(r *rand.Rand, s string) string {
	lines := strings.SplitAfter(s, "\n")
	n := 1 + r.Intn(25)
	from := r.Intn(len(lines))
	return strings.Join(lines[from:min(from+n, len(lines))], "")
}

// soup is a text of snippets, words and lines of other texts.
func soup(r *rand.Rand, texts []string) string {
	var b strings.Builder
	for n := 1 + r.Intn(14); n > 0; n-- {
		switch r.Intn(6) {
		case 0, 1, 2:
			snippet := snippets[r.Intn(len(snippets))]
			if snippet == "" {
				snippet = "|"
			}
			b.WriteString(snippet)
		case 3:
			b.WriteString([]string{"a", "b c", " ", "word", "1", "x y\n", "\n", "\n\n", "  ", "s", ".", ","}[r.Intn(12)])
		case 4, 5:
			lines := strings.SplitAfter(texts[r.Intn(len(texts))], "\n")
			b.WriteString(lines[r.Intn(len(lines))])
		}
	}
	return b.String()
}

// TestDifferential renders mutated texts, and some made of snippets, here and with kramdown and compares
// the trees. GALLEY_DIFFERENTIAL sets how many (300 otherwise),
// GALLEY_DIFFERENTIAL_SEED which.
func TestDifferential(t *testing.T) {
	reference := startRuby(t, "html")
	count, seed := 300, int64(1)
	if n, err := strconv.Atoi(os.Getenv("GALLEY_DIFFERENTIAL")); err == nil {
		count = n
	}
	if n, err := strconv.ParseInt(os.Getenv("GALLEY_DIFFERENTIAL_SEED"), 10, 64); err == nil {
		seed = n
	}
	r := rand.New(rand.NewSource(seed))
	renderer := testRenderer()
	texts := seeds(t)
	tried, refused, different := 0, 0, 0
	differs := func(s string) (string, bool) {
		want, ok := reference.ask(t, s)
		if !ok {
			return "", false
		}
		got := string(renderer.Render([]byte(s)).HTML())
		diff := domDifference(t, got, want)
		return fmt.Sprintf("%s\n got:  %s\n want: %s", diff, got, want), diff != ""
	}
	for tried < count {
		s := mutate(r, excerpt(r, texts[r.Intn(len(texts))]))
		if r.Intn(4) == 0 {
			s = soup(r, texts)
		}
		tried++
		if _, ok := reference.ask(t, s); !ok {
			refused++
			continue
		}
		if _, bad := differs(s); !bad {
			continue
		}
		different++
		if different <= 25 {
			small := minimise(s, func(s string) bool { _, bad := differs(s); return bad })
			report, _ := differs(small)
			t.Logf("%q: %s", small, report)
		}
	}
	t.Logf("%d mutations, %d differ (%.2f %%), %d that kramdown gave up on", tried, different,
		100*float64(different)/float64(tried), refused)
	if float64(different) > 0.005*float64(tried)+1 {
		t.Errorf("more than 0.5 %% of mutations differ")
	}
}

// minimise makes a text smaller while it stays bad.
func minimise(s string, bad func(string) bool) string {
	for _, split := range []string{"\n", " ", ""} {
		for changed := true; changed; {
			changed = false
			parts := strings.SplitAfter(s, split)
			for size := len(parts) / 2; size >= 1; size /= 2 {
				for i := 0; i+size <= len(parts); {
					shorter := strings.Join(parts[:i], "") + strings.Join(parts[i+size:], "")
					if shorter != s && bad(shorter) {
						s = shorter
						parts = strings.SplitAfter(s, split)
						changed = true
					} else {
						i += size
					}
				}
			}
		}
	}
	return s
}

package textnodes

import (
	"strings"
	"testing"
)

func TestReplace(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"a", "A"},
		{"a<b>b</b>c", "A<b>B</b>C"},
		{"<p title='a>b'>c</p>", "<p title='a>b'>C</p>"},
		{"<pre>a<b>b</b></pre>c", "<pre>a<b>b</b></pre>C"},
		{"<p><code>a</p>b", "<p><code>a</p>B"},
		{"<PRE>a</PRE>b", "<PRE>a</PRE>B"},
		{"<!-- a -->b", "<!-- a -->B"},
		{"a < b", "A < B"},
		{"<br>a<br/>b", "<br>A<br/>B"},
		{"<script>if (a<b) c</script>d", "<script>IF (A<B) C</script>D"},
		{"<style>a</style>b", "<style>a</style>B"},
		{"</pre>a", "</pre>A"},
		{"<a href=x'y>b", "<a href=x'y>B"},
		{"<", "<"},
		{"a<b", "A<b"},
		{"<pre", "<pre"},
		{"<!--a", "<!--a"},
	} {
		if got := Replace(c.in, []string{"pre", "code", "style"}, strings.ToUpper); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestBody(t *testing.T) {
	for _, c := range []struct{ page, before, content, after string }{
		{"a", "", "a", ""},
		{"<html><body>\n a</body></html>", "<html><body>\n ", "a", "</body></html>"},
		{"<body\nclass=x>a", "<body\nclass=x>", "a", ""},
		{"<body", "<body", "", ""},
	} {
		if before, content, after := Body(c.page); before != c.before || content != c.content || after != c.after {
			t.Errorf("%q: got %q, %q, %q", c.page, before, content, after)
		}
	}
}

// What is not changed stays as it is, whatever it is.
func FuzzReplace(f *testing.F) {
	for _, s := range []string{"<p>a</p>", "<pre><code>", "<!--", "<a href='>", "<script></scri", "</>", "<a/>b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, html string) {
		if got := Replace(html, []string{"pre"}, func(s string) string { return s }); got != html {
			t.Errorf("%q became %q", html, got)
		}
		before, content, after := Body(html)
		if before+content+after != html {
			t.Errorf("%q was cut into %q, %q, %q", html, before, content, after)
		}
	})
}

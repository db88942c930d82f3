package markdown

import "testing"

// The comparison itself must tell apart what counts and forgive what does not.
func TestDOMDifference(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		equal bool
	}{
		{"<p>a b</p>", "<p> a\n b </p>\n", true},
		{"<p>a b</p>", "<p>ab</p>", false},
		{"<p>a <em>b</em></p>", "<p>a<em> b</em></p>", false},
		{"<p>a<em>b</em></p>", "<p>a <em>b</em></p>", false},
		{"<p>a <br> b</p>", "<p>a<br />b</p>", true},
		{`<p id="a" class="b">x</p>`, `<p class="b" id="a">x</p>`, true},
		{`<p id="a">x</p>`, `<p>x</p>`, false},
		{"<ul><li>a</li></ul>", "<ul>\n <li>a</li>\n</ul>", true},
		{"<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>", false},
		{"<p>“a“</p>", "<p>“a”</p>", false},
		{"<pre><code>a  b\n</code></pre>", "<pre><code><span class=x>a</span>  b</code></pre>", true},
		{"<pre><code>a  b\n</code></pre>", "<pre><code>a b\n</code></pre>", false},
		{`<pre><code class="x">a</code></pre>`, "<pre><code>a</code></pre>", false},
		{"<!-- a --><p>x</p>", "<p>x</p>", false},
		{"<p>x</p><p>y</p>", "<p>x</p>", false},
	} {
		if got := domDifference(t, c.a, c.b) == ""; got != c.equal {
			t.Errorf("%q and %q: equal %v, want %v", c.a, c.b, got, c.equal)
		}
	}
}

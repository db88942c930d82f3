package sametest

import "testing"

// The comparison tells apart what counts, and forgives what does not.
func TestDifference(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		same       bool
	}{
		{"a.html", "<p>a b</p>", "<p> a\n b </p>\n", true},
		{"a.html", "<p>a b</p>", "<p>ab</p>", false},
		{"a.html", `<p id="a" class="b">x</p>`, `<p class="b" id="a">x</p>`, true},
		{"a.html", `<p id="a">x</p>`, `<p>x</p>`, false},
		{"a.html", "<pre>a  b</pre>", "<pre>a b</pre>", false},
		{"a.html", "<p>x</p><p>y</p>", "<p>x</p>", false},
		{"a.html", `<meta name="generator" content="a">`, `<meta name="generator" content="b">`, true},
		{"a.html", `<script type="application/ld+json">{"a":1,"b":2}</script>`, `<script type="application/ld+json">{"b": 2, "a": 1}</script>`, true},
		{"a.html", `<script type="application/ld+json">{"a":1}</script>`, `<script type="application/ld+json">{"a":2}</script>`, false},
		{"a.xml", "<a><b x='1' y='2'/></a>", `<a><b y="2" x="1"></b></a>`, true},
		{"a.xml", "<a>x</a>", "<a>y</a>", false},
		{"feed.xml", "<feed><updated>1</updated></feed>", "<feed><updated>2</updated></feed>", true},
		{"feed.xml", "<feed><entry><updated>1</updated></entry></feed>", "<feed><entry><updated>2</updated></entry></feed>", false},
		{"a.txt", "a b", "a  b", false},
		{"a.json", `{"a": 1}`, `{"a":1}`, true},
	} {
		if got := Difference(c.name, []byte(c.a), []byte(c.b)) == ""; got != c.same {
			t.Errorf("%s: %q and %q: same %v, want %v", c.name, c.a, c.b, got, c.same)
		}
	}
}

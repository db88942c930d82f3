package sametest

import (
	"testing"
	"time"
)

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

// Times of building do not count, and other times do.
func TestDifferenceOfTimes(t *testing.T) {
	built := []time.Time{time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}
	page := func(at string) []byte { return []byte("<time>" + at + "</time>") }
	if d := Difference("a.html", page("2026-03-04T06:06:08+01:00"), page("2026-05-01 00:10:00 +0000"), built...); d != "" {
		t.Error(d)
	}
	if Difference("a.html", page("2026-03-04T06:06:08+01:00"), page("2026-05-01 02:10:00 +0000"), built...) == "" {
		t.Error("a time two hours from each building is another time")
	}
}

package preview

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"galley/internal/sharedtest"
	"galley/templates"
)

// benchPost is a post of about size bytes: a seed where it is, else our own,
// repeated; the small seed or the large one.
func benchPost(size int, small bool) string {
	name := "004_*.txt"
	if small {
		name = "001_*.txt"
	}
	one := strings.Replace(sample, "* one\n", strings.Repeat("* one with *emphasis* and a [link](https://example.org)\n", 12), 1)
	if files := sharedtest.Files("seeds/" + name); len(files) == 1 {
		if b, err := os.ReadFile(files[0]); err == nil {
			one = string(b)
		}
	}
	head, body := "", one
	if parts := strings.SplitAfterN(one, "---\n", 3); len(parts) == 3 && parts[0] == "---\n" {
		head, body = parts[0]+parts[1], parts[2]
	}
	text := head + body
	for len(text)+len(body)/2 < size {
		text += "\n\n" + body
	}
	return text
}

// places are offsets all over the text at which a letter can be typed.
func places(text string) []int {
	var out []int
	for n := 1; n < 20; n++ {
		at := len(text) * n / 20
		for at+1 < len(text) && !(text[at] >= 'a' && text[at] <= 'z' && text[at-1] >= 'a' && text[at-1] <= 'z') {
			at++
		}
		out = append(out, len(utf16.Encode([]rune(text[:at]))))
	}
	return out
}

func openBench(tb testing.TB, size int, small bool) (*Session, string) {
	s := New(Options{BuiltIn: templates.FS(), Clock: func() time.Time { return time.Date(2026, 8, 20, 0, 0, 0, 0, time.UTC) }})
	s.Site(Bundle{Files: map[string]string{"_config.yml": "title: Sample\nurl: https://news.example.org\npermalink: /:year/:year:month:day\n"}})
	text := benchPost(size, small)
	if a := s.Open("_posts/2026-08-16-update.md", text); a.Error != "" {
		tb.Fatal(a.Error)
	}
	return s, text
}

// typing gives the requests of typing a letter at a place and taking it back.
func typing(at int) (in, out []byte) {
	return wired(1, []Change{{Span{at, at}, "x"}}), wired(2, []Change{{Span{at, at + 1}, ""}})
}

var benchPosts = []struct {
	size  int
	small bool // made of the small seed
}{{9_000, true}, {105_000, false}, {1_050_000, false}, {1_050_000, true}}

// BenchmarkKeystroke is the worker's own work for one letter: a request's
// bytes in, the answer's bytes out.
func BenchmarkKeystroke(b *testing.B) {
	for _, post := range benchPosts {
		b.Run(fmt.Sprintf("%dKB/small=%t", post.size/1000, post.small), func(b *testing.B) {
			s, text := openBench(b, post.size, post.small)
			var requests [][]byte
			for _, at := range places(text) {
				in, out := typing(at)
				requests = append(requests, in, out)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				s.Handle(requests[i%len(requests)])
			}
		})
	}
}

// TestKeystrokeFollowsTheEdit compares the work for a letter in a large and in
// a small post, by the median over places all over the text. What it prints
// are the ratios; it fails only where they are far from 1, since other work on
// the machine disturbs it.
func TestKeystrokeFollowsTheEdit(t *testing.T) {
	if testing.Short() {
		t.Skip("measures medians over many edits, which short mode has no time for")
	}
	type one struct {
		session  *Session
		requests [][]byte
		took     []time.Duration
	}
	var all []*one
	for _, post := range benchPosts {
		s, text := openBench(t, post.size, post.small)
		o := &one{session: s}
		for _, at := range places(text) {
			in, out := typing(at)
			o.requests = append(o.requests, in, out)
		}
		all = append(all, o)
	}
	for range 30 { // interleaved
		for _, o := range all {
			for _, r := range o.requests {
				start := time.Now()
				o.session.Handle(r)
				o.took = append(o.took, time.Since(start))
			}
		}
	}
	var medians []time.Duration
	for i, o := range all {
		slices.Sort(o.took)
		m := o.took[len(o.took)/2]
		medians = append(medians, m)
		start := time.Now()
		o.session.sent = false
		o.session.Handle([]byte(`{"op":"edit","seq":1,"changes":[]}`))
		full := time.Since(start)
		t.Logf("%5d KB: a letter %v (99 %%: %v), all of it %v; a letter is %.2f of that at 9 KB, and 1/%.0f of all of it",
			benchPosts[i].size/1000, m, o.took[len(o.took)*99/100], full, float64(m)/float64(medians[0]), float64(full)/float64(m))
	}
	if max(medians[2], medians[3]) > 5*medians[0] {
		t.Errorf("a letter in 1 MB takes %v and %v, in 9 KB %v", medians[2], medians[3], medians[0])
	}
}

package postindex

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

const july = `---
title: Week Ending July 5, 2026
---
# Top

[stray](https://a.example/0)

## Featured PRs

### [123: Faster gauges](https://code.example/o/r/pull/123/?utm_source=x)

By [ann](https://code.example/ann), after [#100](https://code.example/o/r/pull/100).

## KEP of the Week

### [KEP-0647: Tracing](https://code.example/keps/sig/647-tracing)

## Other

* Fixes [a leak](http://www.code.example/o/r/pull/124#top), see [#123](https://code.example/o/r/pull/123)
* [crane v1.2](https://code.example/crane)
`

func settings(t testing.TB) Settings {
	t.Helper()
	s, problems := ReadSettings(map[string]any{"memory": map[string]any{"topics": []any{
		map[string]any{"name": "KEP", "text": `KEP-?(\d+)`, "address": `/keps/[^/]+/(\d+)-`},
		map[string]any{"name": "PR", "address": `/pull/(\d+)`},
	}}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

func TestLookup(t *testing.T) {
	s := settings(t)
	x := New([]File{
		{"_posts/2026-07-05-update.md", s.Read([]byte(july))},
		{"_posts/2026-07-12-update.md", s.Read([]byte("---\ntitle: Next\n---\n## News\n\nBack to [it](https://code.example/o/r/pull/123) and KEP-647.\n\n## KEP-647 again\n"))},
		{"_drafts/loose.md", s.Read([]byte("[it](https://code.example/o/r/pull/123)\n"))},
	})
	told := func(list []Mention) (out []string) {
		for _, m := range list {
			out = append(out, fmt.Sprintf("%s %s:%d %q %d", m.Day.Format(time.DateOnly), m.Title, m.Line, m.Section, m.Kind))
		}
		return out
	}
	for _, c := range []struct {
		got  []Mention
		want []string
	}{
		{x.Lookup("http://www.code.example/o/r/pull/123/#a"), []string{
			`2026-07-12 Next:6 "News" 0`, `2026-07-05 Week Ending July 5, 2026:10 "Featured PRs" 2`, `2026-07-05 Week Ending July 5, 2026:20 "Other" 0`, `0001-01-01 :1 "" 0`}},
		{x.Lookup("https://code.example/o/r/pull/124"), []string{`2026-07-05 Week Ending July 5, 2026:20 "Other" 1`}},
		{x.Lookup("https://a.example/0"), []string{`2026-07-05 Week Ending July 5, 2026:6 "" 0`}},
		{x.Lookup("mailto:x"), nil},
		{x.Thing("KEP 647"), []string{`2026-07-12 Next:8 "KEP-647 again" 2`, `2026-07-05 Week Ending July 5, 2026:16 "KEP of the Week" 2`}},
		{x.Thing("PR 100"), []string{`2026-07-05 Week Ending July 5, 2026:12 "Featured PRs" 0`}},
	} {
		if got := told(c.got); !reflect.DeepEqual(got, c.want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// What is reported again is what an item or a heading is about, in both posts.
func TestAgain(t *testing.T) {
	at := func(day int) Reach {
		return Reach{Day: time.Date(2026, 7, day, 0, 0, 0, 0, time.UTC)}
	}
	x := New([]File{
		{"_posts/2026-07-05-update.md", Settings{}.Read([]byte(july))},
		{"_posts/2026-07-12-update.md", Settings{}.Read([]byte("* [plan](https://a.example/plan)\n"))},
		{"_posts/2026-07-13-update.md", Settings{}.Read([]byte("* [plan](https://a.example/plan)\n"))},
		{"_posts/2026-07-14-update.md", Settings{}.Read([]byte("* [plan](https://a.example/plan)\n"))},
	})
	for _, c := range []struct {
		name, text string
		within     Reach
		want       int
	}{
		{"an item about it", "* [x](https://code.example/o/r/pull/123)", at(12), 10},
		{"a heading about it", "### [x](https://code.example/o/r/pull/124)", at(12), 20},
		{"in passing here", "See [x](https://code.example/o/r/pull/123).", at(12), 0},
		{"in passing there", "* [x](https://code.example/o/r/pull/100)", at(12), 0},
		{"in passing, where that counts", "See [x](https://code.example/o/r/pull/100).", Reach{Day: at(12).Day, Passing: true}, 12},
		{"second in its item", "* [y](https://code.example/y), [x](https://code.example/o/r/pull/123)", at(12), 0},
		{"the same day", "* [x](https://code.example/o/r/pull/123)", at(5), 0},
		{"too long ago", "* [x](https://code.example/o/r/pull/123)", Reach{Day: at(19).Day, Back: 2}, 0},
		{"another release of a project", "* [crane v1.3](https://code.example/crane)", at(12), 0},
		{"the same release of a project", "* [crane v1.2](https://code.example/crane)", at(12), 21},
		{"reported twice", "* [plan](https://a.example/plan)", at(14), 1},
		{"a habit", "* [plan](https://a.example/plan)", at(15), 0},
	} {
		got := 0
		for _, l := range (Settings{}).Read([]byte(c.text)).links {
			if m, ok := x.Again(l.Link, c.within); ok {
				got = m.Line
			}
		}
		if got != c.want {
			t.Errorf("%s: line %d, want %d", c.name, got, c.want)
		}
	}
}

func TestReadSettingsTellsWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		memory any
		want   string
	}{
		{"x", "a list “topics”"},
		{map[string]any{"topic": 1}, "“topic”, which says nothing"},
		{map[string]any{"topics": 1}, "should be a list"},
		{map[string]any{"topics": []any{1}}, "number 1 has no name"},
		{map[string]any{"topics": []any{map[string]any{"name": "A", "text": "x"}}}, "a group for the number in “text”"},
		{map[string]any{"topics": []any{map[string]any{"name": "A", "text": "("}}}, "for “text” that cannot be used: missing closing )"},
		{map[string]any{"topics": []any{map[string]any{"name": "A", "text": "(" + strings.Repeat("x", 2000) + ")"}}}, "it is longer than 2000 bytes"},
		{map[string]any{"topics": []any{map[string]any{"name": "A", "address": "(" + strings.Repeat("a{0,1000}", 3) + ")b"}}}, "its repetitions come to "},
		{map[string]any{"topics": []any{map[string]any{"name": "A"}}}, "neither"},
		{map[string]any{"topics": []any{map[string]any{"name": "A", "text": "(x)", "y": 1}}}, "“y”, which says nothing"},
	} {
		_, problems := ReadSettings(map[string]any{"memory": c.memory})
		if len(problems) != 1 || !strings.Contains(problems[0], c.want) {
			t.Errorf("%v: %q, want %q", c.memory, problems, c.want)
		}
	}
}

// What topics look for takes no more time in one text than some seconds, whatever the
// patterns and the text are: package regexp cannot be ended.
func TestReadBoundsTopics(t *testing.T) {
	settings := func(pattern string, times int) Settings {
		var topics []any
		for range times {
			topics = append(topics, map[string]any{"name": "K", "address": pattern})
		}
		s, problems := ReadSettings(map[string]any{"memory": map[string]any{"topics": topics}})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return s
	}
	things := func(s Settings, address string, times int) int {
		return len(s.Read([]byte("---\ntitle: x\n---\n\n" + strings.Repeat("[x]("+address+")\n\n", times))).things)
	}
	usual, greedy := settings(`/(\d+)`, 1), settings(`/(?:a{0,1000}a{0,1000})?(\d+)`, maxTopics)
	if n := things(usual, "/7", 1); n != 1 {
		t.Errorf("a usual text names %d things", n)
	}
	if n := things(usual, strings.Repeat("x", maxSearched)+"/7", 1); n != 0 {
		t.Errorf("an address that is too long names %d things", n)
	}
	hostile := "https://" + strings.Repeat("a", maxSearched-20)
	src := []byte("---\ntitle: x\n---\n\n" + strings.Repeat("[x]("+hostile+")\n\n", 200) + "[x](/7)\n")
	if n := len(greedy.Read(src).things); n != 0 {
		t.Errorf("behind more than may be looked through there are %d things", n)
	}
	if n := len(usual.Read(src).things); n != 1 {
		t.Errorf("behind as much for a usual pattern there are %d things", n)
	}
}

// corpus reads real posts, as often as it takes to have n of them.
func corpus(b *testing.B, n int) (names []string, texts [][]byte) {
	files, _ := filepath.Glob("../../../shared/corpus/posts/*.md")
	if len(files) == 0 {
		b.Skip("the corpus of posts is not on this machine")
	}
	day := time.Date(2026, 8, 9, 0, 0, 0, 0, time.UTC)
	for i := range n {
		src, err := os.ReadFile(files[i%len(files)])
		if err != nil {
			b.Fatal(err)
		}
		names = append(names, "_posts/"+day.AddDate(0, 0, -i).Format(time.DateOnly)+"-update.md")
		texts = append(texts, append(src, fmt.Sprintf("\n* [one of its own](https://a.example/%d)\n", i)...))
	}
	return names, texts
}

func BenchmarkIndex(b *testing.B) {
	s := settings(b)
	for _, n := range []int{386, 5000} {
		names, texts := corpus(b, n)
		files := make([]File, n)
		size := 0
		b.Run(fmt.Sprintf("read/%d", n), func(b *testing.B) {
			for b.Loop() {
				size = 0
				for i := range texts {
					files[i] = File{names[i], s.Read(texts[i])}
					size += files[i].Text.Size()
				}
			}
			b.ReportMetric(float64(size)/1e6, "MB")
		})
		var x *Index
		b.Run(fmt.Sprintf("put-together/%d", n), func(b *testing.B) {
			for b.Loop() {
				x = New(files)
			}
		})
		b.Run(fmt.Sprintf("again/%d", n), func(b *testing.B) {
			for b.Loop() {
				for _, l := range files[0].Text.links {
					x.Again(l.Link, Reach{Day: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Back: 25})
				}
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	s := settings(f)
	f.Add([]byte(july), "https://code.example/o/r/pull/123")
	f.Add([]byte("## \x00\n* [KEP-1](//x) <https://a.example/pull/9> |\n"), "http://A.example:80/pull/9?utm_x=&b")
	f.Fuzz(func(t *testing.T, src []byte, address string) {
		text := s.Read(src)
		if len(text.folded) != len(text.source) {
			t.Fatalf("%d bytes in small letters, of %d", len(text.folded), len(text.source))
		}
		x := New([]File{{"_posts/2026-07-05-update.md", text}})
		for _, m := range append(x.Lookup(address), x.Thing("KEP 1")...) {
			if m.Line < 1 || m.Line > strings.Count(string(src), "\n")+1 {
				t.Fatalf("line %d of %d bytes", m.Line, len(src))
			}
		}
		if once := Normalize(address); once != "" && Normalize("https://"+once) != once {
			t.Fatalf("%q is %q, and that %q", address, once, Normalize("https://"+once))
		}
	})
}

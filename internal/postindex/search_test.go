package postindex

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestSearch(t *testing.T) {
	s := Settings{}
	long := strings.Repeat("ä ", 300) + "a Needle in Ärger " + strings.Repeat("ö ", 300)
	x := New([]File{
		{"_posts/2026-01-04-one.md", s.Read([]byte("---\ntitle: The gauge\nsecret: kettle\n---\nNothing here.\n"))},
		{"_posts/2026-01-11-two.md", s.Read([]byte("---\ntitle: Two\n---\nA gauge is read.\r\nA quiet lock.\n\n* Gauge and LOCK, gauge\n"))},
		{"_posts/2026-01-18-three.md", s.Read([]byte("---\ntitle: Three\n---\nThe lock.\nThe gauge.\n" + long + "\n"))},
	})
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"", nil},
		{"kettle", nil}, // only what is read
		{"GAUGE", []string{"one.md The [gauge]", "three.md 5:The [gauge].", "two.md 4:A [gauge] is read. 7:* [Gauge] and LOCK, [gauge]"}},
		{"lock gauge", []string{"two.md 7:* [Gauge] and [LOCK], [gauge]", "three.md 4:The [lock]. 5:The [gauge]."}},
		{`"gauge and lock"`, []string{"two.md 7:* [Gauge and LOCK], gauge"}},
		{"2026-01-11", []string{"two.md"}},
		{"ärger needle", []string{"three.md 6:" + "…" + strings.Repeat("ä ", 19) + "a [Needle] in [Ärger] " + strings.Repeat("ö ", 53) + "ö…"}},
		{"gauge nowhere", nil},
	} {
		var got []string
		for _, h := range x.Search(c.query, 10).Hits {
			line := h.Path[len("_posts/2026-01-00-"):]
			if len(h.Marks) > 0 {
				line += " " + marked(h.Title, h.Marks)
			}
			for _, l := range h.Lines {
				text := marked(l.Text, l.Marks)
				if l.Cut[0] {
					text = "…" + text
				}
				if l.Cut[1] {
					text += "…"
				}
				line += fmt.Sprintf(" %d:%s", l.Number, text)
			}
			got = append(got, line)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.query, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
	if f := x.Search("gauge", 1); len(f.Hits) != 1 || f.Posts != 3 || f.Searched != 3 {
		t.Errorf("%+v", f)
	}
}

func TestSearchShortWords(t *testing.T) {
	x := New([]File{{"_posts/2026-01-04-a-berth.md", Settings{}.Read([]byte("---\ntitle: A boat at last\n---\nA berth with a boat, a\u0301 and aa.\n上海的船 in Go 1.5, 한국어 k8s\nit's in_a_row\n"))}})
	for _, c := range []struct{ query, want string }{
		{"berth with a boat", "[A] [boat] at last|[A] [berth] [with] [a] [boat], a\u0301 and aa."},
		{"a", "[A] boat at last|[A] berth with [a] boat, a\u0301 and aa.|it's in_[a]_row"},
		{"aa", "A boat at last|A berth with a boat, a\u0301 and [aa]."},
		{"oa", ""},
		{"oat", "A b[oat] at last|A berth with a b[oat], a\u0301 and aa."},
		{"海", "A boat at last|上[海]的船 in Go 1.5, 한국어 k8s"},
		{"的船", "A boat at last|上海[的船] in Go 1.5, 한국어 k8s"},
		{"국", "A boat at last|上海的船 in Go 1.5, 한[국]어 k8s"},
		{"go", "A boat at last|上海的船 in [Go] 1.5, 한국어 k8s"},
		{"5,", "A boat at last|上海的船 in Go 1.[5,] 한국어 k8s"},
		{`"a b"`, "[A b]oat at last|[A b]erth with [a b]oat, a\u0301 and aa."},
	} {
		got := ""
		for _, h := range x.Search(c.query, 10).Hits {
			got = marked(h.Title, h.Marks)
			for _, l := range h.Lines {
				got += "|" + marked(l.Text, l.Marks)
			}
		}
		if got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.query, got, c.want)
		}
	}
}

// marked puts brackets around what is marked.
func marked(text string, marks []Mark) string {
	var b strings.Builder
	for i, piece := range Pieces(text, marks) {
		if i%2 == 1 {
			piece = "[" + piece + "]"
		}
		b.WriteString(piece)
	}
	return b.String()
}

func FuzzSearch(f *testing.F) {
	f.Add([]byte("---\ntitle: Ä\n---\nİstanbul ſ K\n"), `ä "b c`)
	f.Fuzz(func(t *testing.T, src []byte, query string) {
		text := Settings{}.Read(src)
		x := New([]File{{"_posts/2026-07-05-update.md", text}})
		for _, h := range x.Search(query, 5).Hits {
			_ = marked(h.Title, h.Marks)
			for _, l := range h.Lines {
				if string(src[l.At:l.At+len(l.Text)]) != l.Text {
					t.Fatalf("line %d begins elsewhere than at %d", l.Number, l.At)
				}
				_ = marked(l.Text, l.Marks)
			}
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	s := settings(b)
	for _, n := range []int{386, 5000} {
		names, texts := corpus(b, n)
		files := make([]File, n)
		for i := range texts {
			files[i] = File{names[i], s.Read(texts[i])}
		}
		x := New(files)
		for _, query := range []string{"kubelet memory", "123516", "nowhere to be found", "the"} {
			b.Run(fmt.Sprintf("%d/%s", n, query), func(b *testing.B) {
				for b.Loop() {
					x.Search(query, 50)
				}
			})
		}
	}
}

package preview

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"galley/templates"
)

const sample = `---
layout: post
title: Week Ending August 16, 2026
date: 2026-08-19 22:00:00 -0000
---

The first words, which the page's description repeats.

## News

A paragraph with 𝄞 in it.

* one
* two

Last words.
`

func newSession(t testing.TB) *Session {
	t.Helper()
	s := New(Options{BuiltIn: templates.FS(), Clock: func() time.Time { return time.Date(2026, 8, 20, 0, 0, 0, 0, time.UTC) }})
	a := s.Site(Bundle{Files: map[string]string{"_config.yml": "title: Sample\nurl: https://news.example.org\npermalink: /:year/:year:month:day\n"}})
	if !a.OK || len(a.Diagnostics) > 0 {
		t.Fatalf("site: %+v", a)
	}
	return s
}

// replace is the change that replaces the first old in text by a new one.
func replace(text, old, new string) Change {
	at := strings.Index(text, old)
	from := len(utf16.Encode([]rune(text[:at])))
	return Change{Span{from, from + len(utf16.Encode([]rune(old)))}, new}
}

// A form's field has one line, and would take the line ends out of what it
// shows: it is not told to show what has several.
func TestKeysOfSeveralLines(t *testing.T) {
	told := func(matter string) string {
		names := ""
		for _, k := range newSession(t).Open("_posts/2026-08-16-update.md", "---\n"+matter+"---\nBody\n").Keys {
			if k.Scalar {
				names += k.Name + " "
			}
		}
		return names
	}
	for matter, want := range map[string]string{
		"a: one\nb: |\n  one\n  two\nc: \"one\\ntwo\"\nd: [one]\n":    "a ",
		"a: >\n  one\n  two\nb: >\n  one\n\n  two\nc: |\n  one\nd:\n": "a c d ",
		"a: one\nb: c: d\n":                     "a b ", // broken
		"a: one\nb: |\n  one\n  two\nc: d: e\n": "a c ", // broken
	} {
		if got := told(matter); got != want {
			t.Errorf("of\n%s%q have one line, want %q", matter, got, want)
		}
	}
}

func TestOpen(t *testing.T) {
	a := newSession(t).Open("_posts/2026-08-16-update.md", sample)
	if a.Error != "" || a.Patch == nil || a.Patch.Kind != "page" {
		t.Fatalf("%+v", a)
	}
	if a.URL != "https://news.example.org/2026/20260819" || a.Title != "Week Ending August 16, 2026" {
		t.Errorf("url %q, title %q", a.URL, a.Title)
	}
	if !strings.Contains(a.Patch.HTML, "A paragraph with 𝄞 in it.") {
		t.Errorf("page:\n%s", a.Patch.HTML)
	}
	if a.Patch.Slot == nil || a.Patch.Slot.Before+strings.Join(a.Patch.Blocks, "")+a.Patch.Slot.After != a.Patch.HTML {
		t.Errorf("slot and blocks do not make up the page")
	}
	units := utf16.Encode([]rune(sample))
	at := func(s Span) string { return string(utf16.Decode(units[s.From:s.To])) }
	if len(a.Keys) != 3 || a.Keys[1].Name != "title" || at(a.Keys[1].Span) != "Week Ending August 16, 2026" {
		t.Errorf("keys: %+v", a.Keys)
	}
	if len(a.Headings) != 1 || !strings.HasPrefix(string(utf16.Decode(units[a.Headings[0].From:])), "## News") {
		t.Errorf("headings: %+v", a.Headings)
	}
	var last string
	for _, b := range a.Blocks {
		last = at(b)
	}
	if strings.TrimSpace(last) != "Last words." {
		t.Errorf("the last block is %q", last)
	}
}

func TestEditPatchesOneBlock(t *testing.T) {
	s := newSession(t)
	s.Open("_posts/2026-08-16-update.md", sample)
	a, err := s.Edit(7, []Change{replace(sample, "in it", "inside")})
	if err != nil {
		t.Fatal(err)
	}
	if a.Seq != 7 || a.Patch == nil || a.Patch.Kind != "blocks" || a.Patch.Slot != nil || len(a.Patch.Ranges) != 1 || a.Patch.Ranges[0].Remove != 1 || len(a.Patch.Ranges[0].Insert) != 1 {
		t.Fatalf("%+v", a.Patch)
	}
	if !strings.Contains(a.Patch.Ranges[0].Insert[0], "𝄞 inside.") {
		t.Errorf("inserted %q", a.Patch.Ranges[0].Insert[0])
	}
	again, err := s.Edit(8, nil)
	if err != nil || again.Patch != nil {
		t.Errorf("an edit of nothing: %+v %v", again.Patch, err)
	}
}

func TestEditOfTheTitlePatchesTheShell(t *testing.T) {
	s := newSession(t)
	s.Open("_posts/2026-08-16-update.md", sample)
	a, err := s.Edit(1, []Change{replace(sample, "Week Ending", "Month Ending")})
	if err != nil || a.Patch == nil || a.Patch.Kind != "blocks" || a.Patch.Slot == nil || len(a.Patch.Ranges) != 0 || a.Title != "Month Ending August 16, 2026" {
		t.Fatalf("%+v %v", a, err)
	}
}

func TestEditOutOfOrder(t *testing.T) {
	s := newSession(t)
	s.Open("_posts/2026-08-16-update.md", sample)
	if _, err := s.Edit(1, []Change{{Span{10, 12}, ""}, {Span{4, 5}, ""}}); err == nil {
		t.Error("no error")
	}
	if string(s.source()) != sample {
		t.Error("the text changed")
	}
}

func TestSetKey(t *testing.T) {
	s := newSession(t)
	s.Open("_posts/2026-08-16-update.md", sample)
	c, err := s.SetKey("title", "𝄞: music")
	if err != nil {
		t.Fatal(err)
	}
	if want := replace(sample, "Week Ending August 16, 2026", `"𝄞: music"`); c != want {
		t.Errorf("got %+v, want %+v", c, want)
	}
	if string(s.source()) != sample {
		t.Error("the text changed before the editor said so")
	}
}

// Unbalanced HTML reaches beyond its block, so the whole page is sent.
func TestUnbalancedHTML(t *testing.T) {
	s := newSession(t)
	s.Site(Bundle{Files: map[string]string{"_config.yml": "markdown: gfm\n"}}) // kramdown closes what it opens
	s.Open("_posts/2026-08-16-update.md", sample)
	a, err := s.Edit(1, []Change{replace(sample, "* one", "<div>\n\n* one")})
	if err != nil || a.Patch == nil || a.Patch.Kind != "page" || a.Patch.Slot != nil {
		t.Errorf("%+v %v", a.Patch, err)
	}
}

func TestHandle(t *testing.T) {
	s := newSession(t)
	for _, c := range []struct{ request, want string }{
		{`{"op":"open","path":"_posts/2026-08-16-update.md","text":"Hello <b>you</b>"}`, `<b>you</b>`},
		{`{"op":"edit","seq":3,"changes":[{"from":0,"to":5,"insert":"Bye"}]}`, `"seq":3`},
		{`{"op":"edit","seq":4,"changes":[{"from":9,"to":5,"insert":""}]}`, `"error":`},
		{`{"op":"setKey","key":"title","value":"T"}`, `"insert":"---\ntitle: T\n---\n"`},
		{`{"op":"lexer","name":"nosuch","xml":""}`, `"ok":true`},
		{`{"op":"lexer","name":"broken","xml":"<lexer"}`, `"error":`},
		{`{"op":"site"}`, `"error":`},
		{`{"op":"fly"}`, `"error":`},
		{`not JSON`, `"error":`},
		{``, `"error":`},
	} {
		got := string(s.Handle([]byte(c.request)))
		if !strings.Contains(got, c.want) {
			t.Errorf("%s\ngot  %s\nwant %s", c.request, got, c.want)
		}
		if !json.Valid([]byte(got)) {
			t.Errorf("%s: not JSON: %s", c.request, got)
		}
	}
}

func TestEditBeforeSite(t *testing.T) {
	s := New(Options{BuiltIn: templates.FS(), Clock: time.Now})
	if a := s.Open("_posts/2026-08-16-update.md", sample); a.Error == "" || a.Patch != nil {
		t.Errorf("%+v", a)
	}
}

func FuzzHandle(f *testing.F) {
	f.Add(`{"op":"open","path":"_posts/2026-08-16-a.md","text":"x"}`, `{"op":"edit","changes":[{"from":0,"to":1,"insert":"y"}]}`)
	f.Add(`{"op":"open","path":"_posts/2026-08-16-a.md","text":"x"}`, "\x01\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00y")
	f.Fuzz(func(t *testing.T, first, second string) {
		s := newSession(t)
		for _, request := range []string{first, second} {
			if got := s.Handle([]byte(request)); !json.Valid(got) {
				t.Fatalf("not JSON: %s", got)
			}
		}
	})
}

// A lexer that arrives patches the code that it colours, and nothing else.
func TestLexerPatchesItsCode(t *testing.T) {
	s := newSession(t)
	s.Open("_posts/2026-08-16-update.md", sample+"\n```go\nword\n```\n\nBetween.\n\n```go\nmore\n```\n")
	if err := s.AddLexer("go", `<lexer><config><name>Go</name><alias>go</alias></config><rules><state name="root">`+
		`<rule pattern="\w+"><token type="Keyword"/></rule><rule pattern="."><token type="Text"/></rule></state></rules></lexer>`); err != nil {
		t.Fatal(err)
	}
	a, err := s.Edit(1, nil)
	if err != nil || a.Patch == nil || a.Patch.Kind != "blocks" || a.Patch.Slot != nil || len(a.Patch.Ranges) != 2 || len(a.Languages) != 0 {
		t.Fatalf("%+v %+v %v", a, a.Patch, err)
	}
	for i, word := range []string{"word", "more"} {
		if r := a.Patch.Ranges[i]; r.Remove != 1 || len(r.Insert) != 1 || !strings.Contains(r.Insert[0], `<span class="k">`+word) {
			t.Errorf("range %d: %+v", i, r)
		}
	}
	if again, err := s.Edit(2, nil); err != nil || again.Patch != nil {
		t.Errorf("an edit of nothing: %+v %v", again.Patch, err)
	}
}

// Headings that are numbered anew are patched alone, far as they are apart.
func TestEditPatchesFarBlocksAlone(t *testing.T) {
	s := newSession(t)
	text := sample + "\n## News\n\nBetween.\n\nAnd between.\n\n## News\n\nThe end.\n"
	s.Open("_posts/2026-08-16-update.md", text)
	a, err := s.Edit(1, []Change{replace(text, "## News", "## Olds")})
	if err != nil || a.Patch == nil || a.Patch.Kind != "blocks" || len(a.Patch.Ranges) != 3 {
		t.Fatalf("%+v %v", a.Patch, err)
	}
	for _, r := range a.Patch.Ranges {
		if r.Remove != 1 || len(r.Insert) != 1 || !strings.Contains(r.Insert[0], "<h2") {
			t.Errorf("%+v", r)
		}
	}
}

package preview

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"galley/templates"
)

// page is what a frame holds after a patch, by the rules of docs/protocol.md.
type page struct {
	html   string
	slot   *Slot
	blocks []string
}

func (p *page) apply(t testing.TB, patch *Patch) {
	switch {
	case patch == nil:
	case patch.Kind == "page":
		p.html, p.slot, p.blocks = patch.HTML, patch.Slot, patch.Blocks
		if p.slot != nil && p.slot.Before+strings.Join(p.blocks, "")+p.slot.After != p.html {
			t.Fatalf("a page that is not its slot and blocks: %q %q %q", p.slot, p.blocks, p.html)
		}
	default:
		if p.slot == nil {
			t.Fatal("a patch of blocks for a page without a slot")
		}
		for _, r := range slices.Backward(patch.Ranges) {
			p.blocks = slices.Replace(p.blocks, r.At, r.At+r.Remove, r.Insert...)
		}
		if patch.Slot != nil {
			p.slot = patch.Slot
		}
		p.html = p.slot.Before + strings.Join(p.blocks, "") + p.slot.After
	}
}

// walkSites are sites whose pages come about in different ways.
var walkSites = []struct {
	name  string
	files map[string]string
}{
	{"built-in templates", map[string]string{"_config.yml": "title: Sample\npermalink: /:year/:year:month:day\n"}},
	{"GitHub's dialect", map[string]string{"_config.yml": "markdown: gfm\n"}},
	{"CommonMark", map[string]string{"_config.yml": "markdown: commonmark\n"}},
	{"contents in the shell", map[string]string{
		"templates/post.html": `<title>{{.Page.Title}}</title><nav>{{range .Page.Headings}}<a href="#{{.ID}}">{{.Text}}</a>{{end}}</nav>{{.Page.Excerpt}}<main>{{.Content}}</main>`}},
	{"content more than once", map[string]string{
		"templates/post.html": `{{if .Content}}<main>{{.Content}}</main>{{end}}`}},
	{"Liquid", map[string]string{
		"_config.yml":           "title: Sample\nexcerpt_separator: <!--more-->\n",
		"_layouts/post.html":    "---\nlayout: default\n---\n<h1>{{ page.title }}</h1>{{ page.excerpt }}\n{{ content }}",
		"_layouts/default.html": "<title>{{ page.title }}</title>{% for p in site.posts %}{{ p.title }}{% endfor %}{{ content }}<footer>"}},
	{"excerpts and contents in layouts", map[string]string{
		"_layouts/post.html": "<header>{{ page.excerpt }}</header><main>{{ content }}</main>",
		"_layouts/page.html": "<p>{{ page.content | number_of_words }}</p><main>{{ content }}</main>"}},
	{"excerpts of all posts in templates", map[string]string{
		"_config.yml":              "title: Sample\nexcerpt_separator: <!--more-->\n",
		"_posts/2026-08-01-one.md": "Words [x].\n\n<!--more-->\n\n[x]: /z\n",
		"templates/post.html":      `{{range .Site.Posts}}{{.Excerpt}}{{end}}<main>{{.Content}}</main>`}},
	{"Liquid that looks at all of the post", map[string]string{
		"_layouts/post.html": "{{ page | jsonify }}<main>{{ content }}</main>"}},
}

var walkPieces = []string{"\n", "\n\n", "* a", "# h\n", "\n## News\n", "```\n", "<div>\n", "</div>\n", "[x]: /y\n", "[x]", "]:", "é𝄞", "---\n", "title: z\n",
	"> q", "    code", "<!--", "-->", "*", "text ", "| a | b |\n", "\r\n", "[^1]: n\n", "[^1]", "*[a]: b\n", "{: .c}\n", "* x\n{:toc}\n", "{{", "}}", "{% raw %}", "{% if",
	"<!--more-->", "description: d\n", "excerpt_separator: a\n", "excerpt: e\n", "layout: none\n", "published: false\n", "render_with_liquid: false\n", "date: x\n", "...\n", "\ufeff", "\n\n\nwords\n\n", "- ", "1. ", "```ruby\nx\n```\n"}

// walkTexts are what a walk begins with.
var walkTexts = []struct{ path, text string }{
	{"_posts/2026-08-16-update.md", sample},
	{"_posts/2026-08-16-update.md", strings.ReplaceAll(sample, "\n", "\r\n")},
	// Longer than what is first looked at for an excerpt, with links defined at the end.
	{"_posts/2026-08-16-update.md", strings.Replace(sample, "words,", "[words][x],", 1) + strings.Repeat("\nWords between.\n", 700) + "\n[x]: https://one.example\n"},
	{"about.md", strings.Replace(sample, "layout: post", "layout: page", 1)},
}

// rubyLexer colours words.
const rubyLexer = `<lexer><config><name>Ruby</name><alias>ruby</alias></config><rules><state name="root">` +
	`<rule pattern="\w+"><token type="Keyword"/></rule><rule pattern="."><token type="Text"/></rule></state></rules></lexer>`

// checkWalk holds what the frame shows against a render from scratch, after
// each of some random edits.
func checkWalk(t testing.TB, seed uint64, edits int) {
	random := rand.New(rand.NewPCG(seed, 1))
	on := walkSites[seed%uint64(len(walkSites))]
	begins := walkTexts[seed/uint64(len(walkSites))%uint64(len(walkTexts))]
	path, sample := begins.path, begins.text
	s := New(Options{BuiltIn: templates.FS(), Clock: func() time.Time { return time.Date(2026, 8, 20, 0, 0, 0, 0, time.UTC) }})
	if a := s.Site(Bundle{Files: on.files}); !a.OK || len(a.Diagnostics) > 0 {
		t.Fatalf("%s: %+v", on.name, a)
	}
	pieces := make([]string, 0, 20)
	for range cap(pieces) {
		pieces = append(pieces, walkPieces[random.IntN(len(walkPieces))])
	}
	text := utf16.Encode([]rune(sample))
	var frame page
	frame.apply(t, s.Open(path, sample).Patch)
	parts, coloured := 0, false
	for i := range edits {
		var changes []Change
		next := []uint16{}
		at := 0
		for range 1 + random.IntN(8)/7 {
			from := random.IntN(len(text) + 1)
			if random.IntN(4) == 0 {
				from = random.IntN(min(len(text), 150) + 1)
			}
			to := min(len(text), from+random.IntN(6)*random.IntN(3)*random.IntN(2+random.IntN(8)))
			if from > 0 && from < len(text) && utf16.IsSurrogate(rune(text[from])) && text[from] >= 0xdc00 {
				from--
			}
			if to < len(text) && utf16.IsSurrogate(rune(text[to])) && text[to] >= 0xdc00 {
				to++
			}
			if to = max(from, to); from < at {
				break
			}
			insert := pieces[random.IntN(len(pieces))]
			if to > from && random.IntN(2) == 0 {
				insert = ""
			}
			changes = append(changes, Change{Span{from, to}, insert})
			next = append(append(next, text[at:from]...), utf16.Encode([]rune(insert))...)
			at = to
		}
		text = append(next, text[at:]...)
		src := string(utf16.Decode(text))
		e, err := s.Edit(i+1, changes)
		if err != nil {
			t.Fatal(err)
		}
		p, title := e.Patch, e.Title
		frame.apply(t, p)
		if !coloured && slices.Contains(e.Languages, "ruby") && random.IntN(4) == 0 {
			coloured = true
			if err := s.AddLexer("ruby", rubyLexer); err != nil {
				t.Fatal(err)
			}
			again, err := s.Edit(i+1, nil)
			if err != nil {
				t.Fatal(err)
			}
			frame.apply(t, again.Patch)
		}
		if s.view.live != nil {
			parts++
		}
		want := s.site.RenderPost(path, []byte(src))
		if frame.html != string(want.HTML) || title != want.Title {
			at := 0
			for at < min(len(frame.html), len(want.HTML)) && frame.html[at] == want.HTML[at] {
				at++
			}
			t.Errorf("from byte %d on: %.200q, want %.200q; after %.200q; title %q, want %q; patch %+v", at, frame.html[at:], want.HTML[at:], frame.html[max(0, at-200):at], title, want.Title, p)
			t.Fatalf("%s, seed %d, edit %d, %+v: the frame differs from the page of\n%q\ngot\n%s\nwant\n%s", on.name, seed, i, changes, src, frame.html, want.HTML)
		}
		if i%10 == 9 {
			fresh := New(s.options)
			fresh.Site(Bundle{Files: on.files})
			if coloured {
				_ = fresh.AddLexer("ruby", rubyLexer)
			}
			a, b := s.Describe(), fresh.Open(path, src)
			b.Patch, b.Seq = nil, a.Seq
			moved := 0
			for _, r := range e.Blocks {
				if at := r.At + moved; !slices.Equal(r.Insert, b.Blocks[at:at+len(r.Insert)]) {
					t.Fatalf("%s, seed %d, edit %d: of %q Edit tells the blocks\n%+v\nbut Open\n%+v", on.name, seed, i, src, e.Blocks, b.Blocks)
				}
				moved += len(r.Insert) - r.Remove
			}
			if e.Keys != nil && !reflect.DeepEqual(e.Keys, b.Keys) {
				t.Fatalf("%s, seed %d, edit %d: of %q Edit tells the keys\n%+v\nbut Open\n%+v", on.name, seed, i, src, e.Keys, b.Keys)
			}
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("%s, seed %d, edit %d: of %q Describe tells\n%+v\nbut Open\n%+v", on.name, seed, i, src, a, b)
			}
		}
		if len(text) > len(sample)+3000 {
			text = utf16.Encode([]rune(sample))
			frame.apply(t, s.Open(path, sample).Patch)
		}
	}
	t.Logf("%s: %d of %d edits in parts", on.name, parts, edits)
}

func TestWalk(t *testing.T) {
	edits, seeds := 200, uint64(len(walkSites)*len(walkTexts))
	if testing.Short() {
		edits, seeds = 60, 5
	}
	for seed := range seeds {
		checkWalk(t, seed, edits)
	}
}

func FuzzWalk(f *testing.F) {
	for seed := range uint64(len(walkSites) * len(walkTexts)) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) { checkWalk(t, seed, 20) })
}

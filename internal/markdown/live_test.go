package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"

	"galley/internal/lexers"
	"galley/internal/sharedtest"
)

var liveEdits = flag.Int("live-edits", 0, "how many random edits to make on each sample")

// structure is what random edits put into a text: whatever reaches further
// than a word.
var structure = []string{
	"```\n", "\n```\n", "```ruby\n", "~~~\n", "~~~~", "<div>", "<div>\n", "</div>\n", "<div markdown=\"1\">\n", "<p", "<details markdown=\"1\"><summary>x</summary>\n",
	"<!--", "-->", "<!-- x -->\n", "<?", "?>", "<b>", "</b>", "<script>", "</script>\n", "<br />\n", "<style>\n",
	"[x]: /y\n", "[x]: /z \"t\"\n", "\n[x]: <a b>\n'title'\n", "[x]", "[x][]", "[text][x]", "[y]: /1\n{: .c}\n", "[y]",
	"[^1]: n\n", "[^1]", "[^2]", "\n[^2]: note\n\n    more\n", "[^3]: a [^1] b\n", "    [^1]: x\n", "[^4]: # h\n",
	"*[a]: b\n", "\n*[the]: article\n", "*[x]: \n{: .k}\n", "{: .c}\n", "\n{: #id}\n", "\n{: .c}\n\n", "{:.x}", "{:toc}", "\n* toc\n{:toc}\n", "\n1. x\n{:toc}\n", "\n* n\n{:footnotes}\n",
	"{:a: .b}\n", "{:a}", "{:", "}", "{::comment}\n", "{:/comment}\n", "{:/}\n", "{::nomarkdown}\n", "{::options auto_ids=\"false\" /}\n", "{::options parse_block_html=\"true\" /}",
	"|", "| a | b |\n", "|---|\n", "a | b\n", "\n|x|\n", "---", "---\n", "\n---\n", "===", "\n===\n", "***\n", "---\ntitle: x\n---\n",
	"* ", "\n* a", "  * ", "   - ", "1. ", "\n1. b\n", "    ", "\t", "  ", " ", "\n    code\n", "> ", "\n> q\n", ">", ": ", "\n: def\n", "term\n: def\n", "\n\n: def\n\n", "^\n", "\n^\n",
	"\r\n", "\r", "\n", "\n\n", "\n\n\n", "# ", "\n# h\n", "## News\n", "\n## News\n\n", "# A {#b}\n", "<div markdown=\"1\">\n# h\n</div>\n", "x\n===\n", "$$", "\n$$\nx\n$$\n", "\\", "\\$$", "`", "``",
	"*", "**", "_", "\"", "'", "~~", "&", "&amp;", "é", "𝄞", "\x00", "\v", "\f", "\u00a0", "\xff", "[", "]", "(", ")", "![i](j)", "{: standalone}", "<", ">", "<<", "...", "--",
	"word ", "a", "some more words of text ", "\n\nA new paragraph.\n\n", "- [ ] t\n", "- [x] t\n", "https://a.io", "<https://a.io>",
}

// editor makes random edits, out of some of the structures: some of them make
// a text one that is always rendered as a whole.
type editor struct {
	random *rand.Rand
	pieces []string
}

func newEditor(seed, stream uint64) *editor {
	e := &editor{random: rand.New(rand.NewPCG(seed, stream))}
	for range 8 + e.random.IntN(40) {
		e.pieces = append(e.pieces, structure[e.random.IntN(len(structure))])
	}
	return e
}

// edit gives a place in the text and what to put there.
func (e *editor) edit(text []byte) (start, end int, insert []byte) {
	r := e.random
	start = r.IntN(len(text) + 1)
	line := func(at int) int { return bytes.LastIndexByte(text[:at], '\n') + 1 }
	switch r.IntN(16) {
	case 0:
		start = 0
	case 1:
		start = len(text)
	case 2, 3, 4, 5, 6, 7:
		start = line(start)
	}
	end = start
	switch r.IntN(8) {
	case 0: // delete a little
		end = min(len(text), start+1+r.IntN(4))
	case 1: // delete a line's end
		if n := bytes.IndexByte(text[start:], '\n'); n >= 0 {
			start += n
			end = start + 1
		}
	case 2: // delete lines
		for range 1 + r.IntN(4) {
			n := bytes.IndexByte(text[end:], '\n')
			if n < 0 {
				break
			}
			end += n + 1
		}
	case 3: // move lines from elsewhere
		from := line(r.IntN(len(text) + 1))
		insert = bytes.Clone(text[from:min(len(text), from+r.IntN(200))])
	}
	if len(insert) == 0 && (end == start || r.IntN(3) == 0) {
		for range 1 + r.IntN(2) {
			insert = append(insert, e.pieces[r.IntN(len(e.pieces))]...)
		}
	}
	return start, end, insert
}

// checkLive compares a Live with a render from scratch.
func checkLive(r *Renderer, l *Live, text []byte) error {
	if got := l.Text().Slice(0, l.Text().Len()); !bytes.Equal(got, text) {
		return fmt.Errorf("the text is %q, not %q", got, text)
	}
	want, got := r.Render(text), l.Document()
	if len(want.Blocks) != len(got.Blocks) {
		return fmt.Errorf("%d blocks, want %d\n got  %q\n want %q", len(got.Blocks), len(want.Blocks), got.HTML(), want.HTML())
	}
	balanced := true
	for i, w := range want.Blocks {
		g := got.Blocks[i]
		if !bytes.Equal(g.HTML, w.HTML) || g.Start != w.Start || g.End != w.End || g.Balanced != w.Balanced {
			return fmt.Errorf("block %d is %d-%d %t %q, want %d-%d %t %q", i, g.Start, g.End, g.Balanced, g.HTML, w.Start, w.End, w.Balanced, w.HTML)
		}
		balanced = balanced && w.Balanced
	}
	if !slices.Equal(want.Headings, got.Headings) {
		return fmt.Errorf("headings %+v, want %+v", got.Headings, want.Headings)
	}
	if !slices.Equal(want.Languages, got.Languages) {
		return fmt.Errorf("languages %q, want %q", got.Languages, want.Languages)
	}
	if l.Balanced() != balanced || l.Len() != len(want.Blocks) {
		return fmt.Errorf("balanced %t, want %t; %d blocks, want %d", l.Balanced(), balanced, l.Len(), len(want.Blocks))
	}
	if n := len(want.Blocks); n > 3 {
		if some := l.Blocks(n/2, n/2+2); len(some) != 2 || some[0].Start != want.Blocks[n/2].Start || some[1].End != want.Blocks[n/2+1].End {
			return fmt.Errorf("blocks %d and on are %+v", n/2, some)
		}
	}
	return nil
}

// follow keeps what a frame would show after changes.
type follow struct {
	blocks    []string
	headings  []Heading
	languages []string
}

func newFollow(l *Live) *follow {
	f := &follow{headings: l.Headings(), languages: slices.Clone(l.Languages())}
	for _, b := range l.Document().Blocks {
		f.blocks = append(f.blocks, string(b.HTML))
	}
	return f
}

func (f *follow) apply(l *Live, c Change) error {
	moved, end := 0, -1
	for _, r := range c.Ranges {
		if r.At < end || r.Removed == 0 && r.Inserted == 0 {
			return fmt.Errorf("ranges %+v", c.Ranges)
		}
		end = r.At + r.Removed
		at := r.At + moved
		var with []string
		for _, b := range l.Blocks(at, at+r.Inserted) {
			with = append(with, string(b.HTML))
		}
		if len(with) != r.Inserted {
			return fmt.Errorf("%d blocks from %d on, want %d", len(with), at, r.Inserted)
		}
		f.blocks = slices.Replace(f.blocks, at, at+r.Removed, with...)
		moved += r.Inserted - r.Removed
	}
	if got, want := strings.Join(f.blocks, ""), string(l.Document().HTML()); got != want || len(f.blocks) != l.Len() {
		return fmt.Errorf("after the change %+v:\n got  %q\n want %q", c, got, want)
	}
	same := slices.EqualFunc(f.headings, l.Headings(), func(a, b Heading) bool { return a.Level == b.Level && a.ID == b.ID && a.Text == b.Text })
	if same == c.Headings && !(c.Full && c.Headings) {
		return fmt.Errorf("headings changed: %t, but the change says %t", !same, c.Headings)
	}
	if same := slices.Equal(f.languages, l.Languages()); same == c.Languages && !(c.Full && c.Languages) {
		return fmt.Errorf("languages changed: %t, but the change says %t", !same, c.Languages)
	}
	f.headings, f.languages = l.Headings(), slices.Clone(l.Languages())
	return nil
}

// oneEdit is an edit of a walk, for telling of it.
type oneEdit struct {
	start, end int
	insert     string
}

// walkLive edits a text at random and checks it after each edit. On a failure
// it gives the shortest sequence of edits that it finds.
func walkLive(t testing.TB, r *Renderer, text []byte, e *editor, edits int) (full int) {
	t.Helper()
	live := r.Open(text)
	if err := checkLive(r, live, text); err != nil {
		t.Fatalf("opened: %q: %v", text, err)
	}
	first, done := text, []oneEdit(nil)
	seen := newFollow(live)
	limit := 2*len(text) + 2000
	for range edits {
		start, end, insert := e.edit(text)
		if len(text) > limit {
			end, insert = min(len(text), start+len(text)/3), nil
		}
		done = append(done, oneEdit{start, end, string(insert)})
		change := live.Edit(start, end, insert)
		text = slices.Concat(text[:start], insert, text[end:])
		err := checkLive(r, live, text)
		if err == nil {
			err = seen.apply(live, change)
		}
		if change.Full {
			full++
		}
		if err != nil {
			t.Fatal(shorten(r, first, done, err))
		}
	}
	return full
}

// shorten looks for a smaller failure: the last edit alone, on less text.
func shorten(r *Renderer, text []byte, edits []oneEdit, err error) string {
	last := edits[len(edits)-1]
	for _, o := range edits[:len(edits)-1] {
		text = slices.Concat(text[:o.start], []byte(o.insert), text[o.end:])
	}
	try := func(text []byte, o oneEdit) error {
		l := r.Open(text)
		seen := newFollow(l)
		c := l.Edit(o.start, o.end, []byte(o.insert))
		err := checkLive(r, l, slices.Concat(text[:o.start], []byte(o.insert), text[o.end:]))
		if err == nil {
			err = seen.apply(l, c)
		}
		return err
	}
	if try(text, last) == nil {
		return fmt.Sprintf("after %d edits, the last %+v of %q, and not by that one alone: %v", len(edits), last, text, err)
	}
	for size := len(text) / 2; size >= 1; size /= 2 {
		for at := 0; at+size <= len(text); {
			o := last
			switch {
			case at+size <= o.start:
				o.start, o.end = o.start-size, o.end-size
			case at < o.end:
				at++
				continue
			}
			if less := slices.Concat(text[:at], text[at+size:]); try(less, o) != nil {
				text, last = less, o
			} else {
				at += size
			}
		}
	}
	return fmt.Sprintf("edit %+v of %q: %v", last, text, try(text, last))
}

// liveSamples are texts to edit: our own, and the corpus and seeds where they are.
func liveSamples(t testing.TB) [][]byte {
	var out [][]byte
	var all []byte
	for _, c := range readCases(t) {
		all = append(append(all, c.input...), '\n')
		if len(all) > 1500 {
			out = append(out, all)
			all = nil
		}
	}
	out = append(out, nil, []byte("One paragraph"), bytes.Repeat([]byte("## News\r\n\r\n* one\r\n* two\r\n\r\n"), 8))
	for _, pattern := range []string{"corpus/posts/*.md", "seeds/*.txt"} {
		for i, f := range sharedtest.Files(pattern) {
			if b, err := os.ReadFile(f); err == nil && utf8.Valid(b) && (len(b) < 20_000 || i%3 == 0) {
				out = append(out, bodyOf(b)[:min(len(bodyOf(b)), 30_000)])
			}
		}
	}
	return out
}

// walkEdits is how many edits a walk makes: what -live-edits says, else n. In
// short mode, as in WebAssembly, where each costs ten times as much, it is a
// fifth: nothing in Live depends on the platform.
func walkEdits(n int) int {
	if *liveEdits > 0 {
		return *liveEdits
	}
	if testing.Short() {
		return max(n/5, 3)
	}
	return n
}

// After any edits a Live is what a render from scratch gives.
func TestLiveWalk(t *testing.T) {
	edits := walkEdits(25)
	r := testRenderer()
	all, full := 0, 0
	for i, text := range liveSamples(t) {
		if len(text) > 5000 && *liveEdits == 0 && i%8 != 0 {
			continue
		}
		e := newEditor(uint64(i), uint64(edits))
		full += walkLive(t, r, text, e, edits)
		all += edits
	}
	t.Logf("%d edits, %d of them rendered as a whole", all, full)
}

// A text of many parts is edited all over, so that parts are split, joined and
// moved between pages.
func TestLiveWalkLarge(t *testing.T) {
	edits := max(walkEdits(40), 8)
	for _, d := range []Dialect{Kramdown, GFM, CommonMark} {
		r := New(Config{Dialect: d, Lexers: lexers.Source()})
		for i, size := range []int{105_000, 400_000} {
			if testing.Short() && size > 200_000 {
				break // the smaller one has many parts too
			}
			text := benchText(t, size)
			e := newEditor(uint64(i), 11)
			e.pieces = slices.DeleteFunc(e.pieces, func(p string) bool {
				return strings.Contains(p, "{::options") || strings.Contains(p, ": # h") || d != Kramdown && strings.Contains(p, "]:")
			})
			e.pieces = append(e.pieces, "word", "\n\nA paragraph.\n\n", string(text[:5000]))
			full := walkLive(t, r, text, e, edits)
			t.Logf("%s: %d bytes: %d edits, %d of them rendered as a whole", d, len(text), edits, full)
		}
	}
}

// What walks and fuzzing found, and what is made for each rule.
func TestLiveEdits(t *testing.T) {
	type edit struct {
		text, insert string
		start, end   int
	}
	try := func(d Dialect, c edit) (full bool) {
		t.Helper()
		r := New(Config{Dialect: d, Lexers: lexers.Source()})
		l := r.Open([]byte(c.text))
		seen := newFollow(l)
		change := l.Edit(c.start, c.end, []byte(c.insert))
		if err := checkLive(r, l, []byte(c.text[:c.start]+c.insert+c.text[c.end:])); err != nil {
			t.Errorf("%s: %+v: %v", d, c, err)
		} else if err := seen.apply(l, change); err != nil {
			t.Errorf("%s: %+v: %v", d, c, err)
		}
		return change.Full
	}
	for _, c := range []edit{
		{"[a]: b\n\n", "c\n\n", 0, 0}, // the first part becomes another
		{"```\n```\n{:.language-ruby}\n", "```\nb\n```\n\n", 0, 0},
		{"[a]{:.d}\n\n[a]:b\n{:c}\n", "1. b\n", 4, 4}, // a link's attributes become its definition's
		{"a\n:\t\n\na\n: \n^", "<div>\n", 11, 12},     // definition lists that join
	} {
		try(Kramdown, c)
	}
	const notes = "a [x]\n\nb\n\n[x]: /y\n\nc\n"
	for _, c := range []struct {
		edit
		full bool
	}{
		{edit{"^\np\n|-\n", "y", 1, 1}, false},         // a table out of a paragraph's last lines
		{edit{"\nf\nb\n-:\n", "", 0, 1}, false},        // the same behind a blank line
		{edit{"* a\n\n# b\n\nc\n", "  ", 5, 5}, false}, // a heading that joins a list
		{edit{"    a\n\n  b\n\nc\n", "  ", 8, 8}, false},
		{edit{"    a\n\nb\n\nc\n", "    ", 7, 7}, false},        // a paragraph that becomes more code
		{edit{"a\n\nb\n\nc\n", "", 3, 4}, false},                // a block that goes, but its lines
		{edit{"a\n\n b\n\nc\n", "", 4, 5}, false},               // the same, and a space stays
		{edit{"a\n\nb\n\nc\n\n```\nd\n", "```\n", 3, 3}, false}, // a fence that reaches the next one
		{edit{"<!-- a\n\nb\n\nc\n", "-->", 6, 6}, false},        // a comment that ends
		{edit{"- a\n\n- b\n\nc\n", "", 5, 6}, false},            // an item that leaves its list
		{edit{"- - a\n\n  1. b\n\n\nc\n", "-", 12, 12}, false},  // what follows a list
		{edit{notes, "y", 1, 1}, false},
		{edit{notes, "z", 16, 16}, true}, // a definition changes
		{edit{notes, "z\n\n", 10, 10}, false},
		{edit{"[x]\n\nb\n", "[x]: /1\n", 5, 5}, true},
		{edit{"[x]\n\nb\n", "> * [x]: /1\n\n", 5, 5}, true},
		{edit{"a\n\nb\n", strings.Repeat("> ", 210), 3, 3}, true}, // nests too deeply
	} {
		for _, d := range []Dialect{GFM, CommonMark} {
			if full := try(d, c.edit); full != c.full {
				t.Errorf("%s: %+v: rendered as a whole: %t", d, c.edit, full)
			}
		}
	}
}

// Where rendering panics, a Live shows what Render shows, and recovers when the
// cause is gone.
func TestLivePanic(t *testing.T) {
	r := New(Config{Lexers: func(language string) chroma.Lexer {
		if language == "ruby" {
			panic("no lexer")
		}
		return nil
	}})
	text := []byte("a\n\nb\n\n```rub\nx\n```\n\nc\n")
	l := r.Open(text)
	for _, e := range []oneEdit{{12, 12, "y"}, {0, 0, "word "}, {17, 18, ""}, {3, 3, "more\n\n"}} {
		l.Edit(e.start, e.end, []byte(e.insert))
		text = slices.Concat(text[:e.start], []byte(e.insert), text[e.end:])
		if err := checkLive(r, l, text); err != nil {
			t.Errorf("%+v: %q: %v", e, text, err)
		}
	}
}

// specifiedStructure is what random edits put into texts of the dialects that
// have a specification, beside structure.
var specifiedStructure = []string{
	"- - -\n", "* * *\n", "___\n", "-\n", "\n-\n\n", "1) ", "\n2. b\n", "+ ", "\n\n- c\n\n", "- a\n\n  b\n", "\n      c\n", "\n\n    code\n\n", "\tcode\n", "-\tx\n", ">\tx\n",
	"<!-- a", "<!-- a\n\nb -->\n", "<![CDATA[", "]]>\n", "<!A", "<?x", "<pre>\n", "</pre>", "<a\n", "href='x'>", "</b >\n", "<table>\n",
	"\n[x]: /y\n", "\n\n[z]: /1 (t\n", "u)\n", "[z]:\n", "/2\n", "> [z]: /3\n", "- [z]: /4\n", "\n[Z]: <>\n'\n", "[z]", "![z]", "[a][z]", "\n[x]: /y\na\n", "[x]: /y 't\n\n",
	"\n\na | b\n--|:-:\n1 | 2\n", "\n|`a\\|b`|\n|-|\n", "p\n|-\n", "\n-:\n-\n", "~~a~~", "~", "www.a.io", " a@b.io ", "(https://a.io/b)", "\\\n", "  \n", " \n", "\n \n", "\n\t\n",
	"\n> - a\n>\n> b\n", "\n> > ", "\n```go\nx\n```\n", "   ```\n", "````", "\n\n\n\n",
}

func newSpecifiedEditor(seed, stream uint64) *editor {
	e := newEditor(seed, stream)
	for range 8 + e.random.IntN(30) {
		e.pieces = append(e.pieces, specifiedStructure[e.random.IntN(len(specifiedStructure))])
	}
	return e
}

// The dialects that have a specification are followed by other code, so they
// are walked by themselves.
func TestLiveWalkSpecified(t *testing.T) {
	edits := walkEdits(25)
	for _, d := range []Dialect{GFM, CommonMark} {
		r := New(Config{Dialect: d, Lexers: lexers.Source()})
		all, full := 0, 0
		for i, text := range liveSamples(t) {
			if len(text) > 5000 && *liveEdits == 0 && i%8 != 0 {
				continue
			}
			full += walkLive(t, r, text, newSpecifiedEditor(uint64(i), 7), edits)
			all += edits
		}
		t.Logf("%s: %d edits, %d of them rendered as a whole", d, all, full)
	}
}

func FuzzLive(f *testing.F) {
	for i, text := range liveSamples(f) {
		if len(text) < 3000 {
			f.Add(text, uint64(i))
		}
	}
	r := testRenderer()
	edits := 12
	if testing.Short() {
		edits = 3 // edits of each seed; they take most of the time
	}
	f.Fuzz(func(t *testing.T, text []byte, seed uint64) {
		if len(text) > 4000 {
			return
		}
		walkLive(t, r, text, newEditor(seed, 3), edits)
	})
}

func FuzzLiveSpecified(f *testing.F) {
	for i, text := range liveSamples(f) {
		if len(text) < 3000 {
			f.Add(text, uint64(i))
		}
	}
	edits := 12
	if testing.Short() {
		edits = 3
	}
	var renderers []*Renderer
	for _, d := range []Dialect{GFM, CommonMark} {
		renderers = append(renderers, New(Config{Dialect: d, Lexers: lexers.Source()}))
	}
	f.Fuzz(func(t *testing.T, text []byte, seed uint64) {
		if len(text) > 4000 {
			return
		}
		for _, r := range renderers {
			walkLive(t, r, text, newSpecifiedEditor(seed, 5), edits)
		}
	})
}

package markdown

import (
	_ "embed"
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"galley/internal/lexers"
	"galley/internal/ordered"
	"galley/internal/rubytest"
	"galley/internal/yaml"
)

//go:embed testdata/settings.rb
var settingsRuby string

// settingLines are lines of the section kramdown.
var settingLines = []string{
	"auto_ids: false", "auto_ids: ''", "auto_id_prefix: pre-", "auto_id_stripping: true",
	"parse_block_html: true", "parse_span_html: false", "header_offset: 1", "header_offset: -1", "header_offset: '2'",
	"toc_levels: 2..3", "toc_levels: [1, 3]", "toc_levels: '2,4'",
	"smart_quotes: apos,apos,quot,quot", "smart_quotes: [39, 39, 34, 34]", "smart_quotes: 'laquo,raquo,bdquo,ldquo'", "smart_quotes: lt,gt,amp,8218",
	"typographic_symbols: {hellip: ..., mdash: '---', ndash: '--', laquo: '<<', raquo_space: ' &gt;'}",
	"entity_output: numeric", "entity_output: symbolic", "entity_output: as_input",
	"hard_wrap: true", "gfm_quirks: []", "gfm_quirks: no_auto_typographic", "gfm_quirks: 'paragraph_end,no_auto_typographic'",
	"footnote_nr: 5", "footnote_prefix: p", "footnote_backlink: ''", "footnote_backlink: '<b> &amp; back'", "footnote_backlink_inline: true",
	"remove_line_breaks_for_cjk: true", "math_engine: ~", "input: kramdown",
	"syntax_highlighter: none", "syntax_highlighter: rouge", "guess_lang: false",
	"syntax_highlighter_opts: {default_lang: ruby}", "syntax_highlighter_opts: {disable: true}", "syntax_highlighter_opts: {css_class: code}",
	"syntax_highlighter_opts: {block: {line_numbers: true, start_line: 3}, span: {disable: true}}",
	"syntax_highlighter_opts: {line_numbers: true, gutter_class: g, code_class: c, table_class: t, line_format: '%3d'}",
	"syntax_highlighter_opts: {span: {line_numbers: false}, block: {line_numbers: false, default_lang: nothing}}",
	"link_defs: {home: [https://a.io, Title], x: [/y]}", "show_warnings: false", "transliterated_header_ids: false", "remove_block_html_tags: false",
}

func randomSettings(r *rand.Rand) string {
	lines := map[string]string{}
	for n := 1 + r.Intn(4); n > 0; n-- {
		line := settingLines[r.Intn(len(settingLines))]
		key, _, _ := strings.Cut(line, ":")
		lines[key] = line
	}
	var b strings.Builder
	b.WriteString("kramdown:\n")
	for _, line := range settingLines { // in one order
		key, _, _ := strings.Cut(line, ":")
		if lines[key] == line {
			b.WriteString("  " + line + "\n")
		}
	}
	if r.Intn(12) == 0 {
		b.WriteString("highlighter: none\n")
	}
	return b.String()
}

func readSettings(t testing.TB, text string) Settings {
	t.Helper()
	v, err := yaml.Read([]byte(text), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := v.(*ordered.Map)
	s, problems := ReadSettings(m)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", text, problems)
	}
	return s
}

// settingTexts show what settings change.
var settingTexts = []string{
	"# One\n\ntext\n## Two \"quoted\" *x*\n\n* toc\n{:toc}\n\n### Three İ\n#### Four\n\n# One\n",
	"a\nb \"c\" 'd' -- --- ... << e >> &amp; &copy; &#65; &lt; &mdash; &nope; \\<<\nf\\\ng  \nh\n",
	"note[^1] and[^2] again[^1]\n\n[^1]: One.\n[^2]:\n    - list\n\n    > quote\n",
	"<div>*a*\n\nb</div>\n\n<span>*c*</span> <b markdown=\"1\">*d*</b>\n\n<div markdown=\"1\">\n# In\n</div>\n",
	"```ruby\nputs 1\nputs 2\n```\n\n    plain < code\n\n`span` and `x`{:.language-ruby}\n\n~~~\nno language\n~~~\n\n```nothing\nx\n```\n",
	"$$a < b$$\n\ntext $$c$$ end\n\n$$d$$\n{:.k}\n",
	"中文\n字符 ab\n中\nかな\n\n[home] [x][] ~~struck~~ \\~\n\n- [ ] task\n- [x] done\n",
	"para\n# heading #\n> quote\n- item\n1. one\n```\ncode\n```\n\nA title\n===\n\n#Tight\n\n##  \n\n| a | b |\n|---|---|\n| 1 |  |\n",
	"term\n: def \"x\"\n\n{:.c}\n# H `code` $$m$$ &amp; x\n\n# H {#own}\n\n1\\. a\n",
}

// Under settings made at random, a text is what Jekyll makes of it.
func TestSettingsDifferential(t *testing.T) {
	ruby := rubytest.Start(t, settingsRuby)
	seed := rubytest.Seed(t)
	r := rand.New(rand.NewSource(seed))
	texts := append(append([]string(nil), settingTexts...), seeds(t)...)
	wrong, same := 0, 0
	n := 1000
	if testing.Short() {
		n = 400
	}
	for range n {
		settings := randomSettings(r)
		text := texts[r.Intn(len(settingTexts))]
		if r.Intn(3) == 0 {
			text = texts[r.Intn(len(texts))]
		}
		if len(text) > 3000 {
			text = text[:strings.LastIndexByte(text[:3000], '\n')+1]
		}
		if r.Intn(2) == 0 {
			text = mutate(r, text)
		}
		want := ruby.Ask(t, settings+"\x00\x00"+text)
		if want == "refused" {
			continue
		}
		m := New(Config{Lexers: lexers.Source(), Settings: readSettings(t, settings)})
		got := string(m.Render([]byte(text)).HTML())
		difference := domDifference(t, got, want)
		if difference == "" {
			same++
			continue
		}
		t.Errorf("%s%q\n%s", settings, text, difference)
		if wrong++; wrong > 5 {
			t.Fatalf("with seed %d", seed)
		}
	}
	if same < n/2 {
		t.Errorf("only %d of %d texts were compared", same, n)
	}
}

// What Jekyll's filter and its tag make.
func TestSmartifyAndHighlight(t *testing.T) {
	ruby := rubytest.Start(t, settingsRuby)
	m := New(Config{Lexers: lexers.Source()})
	seed := rubytest.Seed(t)
	r := rand.New(rand.NewSource(seed))
	pieces := strings.Split("\"a\"|'b'|--|---|...| << | >> |&amp;|&lt;|&nope;|<b>|</b>|<div>|</div>|*c*|`d`|[e](f)|\\|\n|\n\n|# | |word|'80s|<br>|<!-- x -->|<p>\"q\"</p>|é|1. |    ", "|")
	wrong := 0
	for range 1500 {
		var b strings.Builder
		for n := 1 + r.Intn(8); n > 0; n-- {
			b.WriteString(pieces[r.Intn(len(pieces))])
		}
		text := b.String()
		want := ruby.Ask(t, "\x00smartify\x00"+text)
		if got := m.Smartify(text); got != want && want != "refused" {
			t.Errorf("smartify %q is\n%q, Jekyll's\n%q", text, got, want)
			if wrong++; wrong > 8 {
				t.Fatalf("with seed %d", seed)
			}
		}
	}
	for _, code := range []string{"x = 1", "x = 1\ny = 2\n", "", "\n", "puts \"<&>\"\n# comment"} {
		for _, language := range []string{"ruby", "text", "nothing", "json"} {
			for what, lines := range map[string]bool{"highlight": false, "lines": true} {
				source := strings.Trim(code, "\r\n") // as the tag does
				want := ruby.Ask(t, "\x00"+what+"\x00"+language+"\x00"+source)
				got := strings.TrimSuffix(m.Highlight(source, language, lines), "\n")
				if got != want {
					t.Errorf("%s %s %q is\n%s\nJekyll's\n%s", what, language, source, got, want)
				}
			}
		}
	}
}

// After any edits a Live is what a render from scratch gives, whatever a site
// sets.
func TestLiveWalkSettings(t *testing.T) {
	var samples [][]byte
	for _, text := range liveSamples(t) {
		if len(text) < 3000 {
			samples = append(samples, text)
		}
	}
	for _, text := range settingTexts {
		samples = append(samples, []byte(text+"\n"+settingTexts[0]))
	}
	r := rand.New(rand.NewSource(7))
	edits := walkEdits(10)
	full := 0
	for i := range walkEdits(100) {
		settings := randomSettings(r)
		m := New(Config{Lexers: lexers.Source(), Settings: readSettings(t, settings)})
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			defer func() {
				if t.Failed() {
					t.Log(settings)
				}
			}()
			full += walkLive(t, m, samples[r.Intn(len(samples))], newEditor(uint64(i), 3), edits)
		})
	}
	t.Logf("%d edits rendered as a whole", full)
}

func FuzzLiveSettings(f *testing.F) {
	f.Add([]byte("# a\n\nb \"c\" -- d[^1]\ne\n\n[^1]: f\n\n* toc\n{:toc}\n"), int64(1), uint64(2))
	f.Fuzz(func(t *testing.T, text []byte, settings int64, seed uint64) {
		if len(text) > 2000 {
			return
		}
		s := readSettings(t, randomSettings(rand.New(rand.NewSource(settings))))
		walkLive(t, New(Config{Settings: s}), text, newEditor(seed, 5), 5)
	})
}

// With a section commonmark, CommonMark is what jekyll-commonmark makes of it.
func TestCommonMarkSettings(t *testing.T) {
	ruby := rubytest.Start(t, settingsRuby)
	for _, section := range []string{
		"{}", "{options: [UNSAFE]}", "{options: [hardbreaks, SMART]}", "{extensions: [table, strikethrough]}",
		"{options: [UNSAFE], extensions: [autolink, tagfilter, tasklist, table, strikethrough]}",
	} {
		settings := "commonmark: " + section + "\n"
		m := New(Config{Dialect: CommonMark, Lexers: lexers.Source(), Settings: readSettings(t, settings)})
		for _, text := range []string{
			"a\nb \"c\" -- --- ... it's <b>x</b>\n", "an \"open\n\n1\" and 2' (\"in\") 'it''s' \"'a' b\" ']' c- ---- ----- ------- -------- .. .... it\\'s '90s rock 'n' roll [\"a\"](b) *\"c\"* \"d*e*\"\n", "<div>x</div>\n\n<title>y</title>\n", "```ruby\nputs 1\n```\n\n    plain <\n\n```\nx\n```\n\n```nothing\ny\n```\n",
			"| a | b |\n|---|:-:|\n| 1 | ~~2~~ |\n", "https://a.io www.b.io ~~x~~\n", "- [ ] a\n- [x] b\n", "[x](javascript:y) ![i](j \"t\") `c`\n", "# H\n\n> q\n\n1. a\n2. b\n",
		} {
			want := ruby.Ask(t, settings+"\x00commonmark\x00"+text)
			if want == "refused" {
				t.Skip("jekyll-commonmark is not installed (Debian's ruby-jekyll-commonmark)")
			}
			if d := domDifference(t, string(m.Render([]byte(text)).HTML()), want); d != "" {
				t.Errorf("%s%q: %s", settings, text, d)
			}
		}
		for i, text := range settingTexts[:6] {
			walkLive(t, m, []byte(text), newEditor(uint64(i), 9), walkEdits(15))
		}
	}
}

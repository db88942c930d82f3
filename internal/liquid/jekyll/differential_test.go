package jekyll

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"galley/internal/liquid"
	"galley/internal/rubytest"
)

// reference is Ruby's Jekyll.
type reference struct {
	process *rubytest.Process
	folder  string
}

func startReference(t testing.TB) *reference {
	script, err := os.ReadFile("testdata/liquid.rb")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, text := range siteFiles {
		name = filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return &reference{rubytest.Start(t, string(script), "VALUES="+ruby(testValues())), folder}
}

// render is what Jekyll makes of a template; "!" before it says that it ends
// the build.
func (r *reference) render(t testing.TB, mode, source string) string {
	return r.process.Ask(t, mode+"\n"+r.folder+"\n"+source)
}

// grammar makes templates by chance.
type grammar struct {
	*rand.Rand
	depth int
}

func (g *grammar) of(list ...string) string { return list[g.Intn(len(list))] }

var (
	someNames = strings.Fields("a b e s html uni num dec neg odd comma i z m f g big whole t n no l nums mixed none nest h eh pairs items " +
		"time utc day date key page made q nope forloop include x it v empty blank nil true false")
	someTexts = []string{`"a"`, `'b'`, `""`, `" "`, `","`, `"x"`, `'a,b;c'`, `"é ß"`, `'<p>'`, `"k"`, `"Beta"`, `"it.n > 1"`, `"it.name"`, `"%Y-%m-%d"`,
		`"%-d %b %y, %H:%M %p"`, `"2026-01-02"`, `"10"`, `"1.5"`, `"\\0-"`, `"/a b/c?d=e f#g"`, `"index.html"`, `"x/index.html"`, `"now"`, `"\\"`, `"a b  c d "`}
	someFilters = strings.Fields("size downcase upcase capitalize slice truncate truncatewords split strip lstrip rstrip strip_html strip_newlines newline_to_br replace " +
		"replace_first replace_last remove remove_first remove_last append prepend escape h escape_once url_encode url_decode base64_encode base64_decode base64_url_safe_encode base64_url_safe_decode " +
		"join sort_natural uniq reverse map compact concat first last abs ceil floor round plus minus times divided_by modulo at_least at_most date default " +
		"relative_url absolute_url strip_index uri_escape cgi_escape slugify xml_escape normalize_whitespace number_of_words array_to_sentence_string to_integer " +
		"date_to_string date_to_long_string date_to_xmlschema date_to_rfc822 where where_exp find find_exp group_by group_by_exp sort push pop unshift shift jsonify inspect shout")
)

var allFilters = Filters()

// usual are arguments that make sense, so that not all templates fail.
var usual = map[string][]string{
	"slice": {"0", "1, 2", "-2, 5", "num"}, "truncate": {"3", "7, ''", "50", "4, a"}, "truncatewords": {"1", "2, '--'", "0", "3"},
	"split": {"','", "' '", "''", "a", "'b'"}, "replace": {"'a', 'b'", "' ', ''", "'', '-'", `"e", "\\0\\0"`, "'x'"}, "replace_first": {"'a', 'b'", "''"}, "replace_last": {"'a', 'b'", "'', 'z'"},
	"remove": {"'a'", "' '"}, "remove_first": {"'a'"}, "remove_last": {"'a'"}, "append": {"'z'", "i", "l", "n", "h"}, "prepend": {"'z'", "f"},
	"join": {"", "', '", "1"}, "sort_natural": {"", "'name'", "'n'"}, "uniq": {"", "'name'"}, "map": {"'name'", "'n'", "'in'", "0"}, "compact": {"", "'name'"}, "concat": {"l", "none", "nums", "a"},
	"round": {"", "1", "2", "-1", "'1'"}, "plus": {"1", "f", "'2'", "'0.1'", "n", "0.2"}, "minus": {"1", "f", "9.9"}, "times": {"2", "f", "0.1", "big"}, "divided_by": {"2", "f", "3.0", "-2", "z"}, "modulo": {"2", "f", "-3", "0.7"},
	"at_least": {"3", "f", "'9'"}, "at_most": {"3", "f"}, "date": {"'%Y'", "'%a %d %B %j %U %W %V %G'", "'%s %z %Z %:z'", "'%-m/%e %l%P %^b %10Y %L %3N'", "''", "n"}, "default": {"'d'", "'d', allow_false: true", "", "l"},
	"slugify": {"", "'raw'", "'pretty'", "'ascii'", "'latin'", "'none'"}, "number_of_words": {"", "'cjk'", "'auto'"}, "array_to_sentence_string": {"", "'or'"},
	"date_to_string": {"", "'ordinal'", "'ordinal', 'US'"}, "date_to_long_string": {"", "'ordinal', 'US'"},
	"where": {"'name', 'Beta'", "'n', 2", "'tags', 'x'", "'in.deep', 10", "'name', nil", "'w', 1", "'n', '1.5'"}, "find": {"'name', 'alpha'", "'n', 99"},
	"where_exp": {"'it', 'it.n > 1'", "'it', 'it contains \"a\"'", "'it', 'it.name == nil or it.n == 2'", "'x', 'x'", "'x', 'x[1].w == 1'"}, "find_exp": {"'it', 'it.n == 10'"},
	"group_by": {"'name'", "'n'", "'tags'"}, "group_by_exp": {"'it', 'it.name | downcase'", "'it', 'it.n'", "'it', 'it | size'"},
	"sort": {"", "'name'", "'n'", "'name', 'last'", "'in.deep'", "'w'"}, "push": {"'p'", "n"}, "pop": {"", "2"}, "unshift": {"1"}, "shift": {"", "9"},
}

// fits are inputs that make sense.
var fits = map[string][]string{
	"where": {"items", "pairs"}, "find": {"items", "pairs"}, "where_exp": {"items", "l", "pairs", "h"}, "find_exp": {"items", "nums"}, "group_by": {"items"}, "group_by_exp": {"items", "l", "mixed", "pairs"},
	"sort": {"items", "l", "nums", "pairs", "none", "h", "nest"}, "map": {"items", "h", "l"}, "date": {"time", "utc", "day", "date", "num", "i", "'2026-05-06'", "'May 5, 2025 3pm'"},
	"sort_natural": {"l", "items", "nums"}, "uniq": {"l", "items", "mixed", "nest"}, "array_to_sentence_string": {"l", "mixed", "none", "nums"},
	"date_to_string": {"time", "utc", "day", "date"}, "date_to_long_string": {"time", "day"}, "date_to_xmlschema": {"time", "utc", "day", "date"}, "date_to_rfc822": {"time", "utc", "date"},
	"number_of_words": {"a", "b", "uni", "html"}, "slugify": {"a", "b", "uni", "html", "'A.b_c  d-'"}, "cgi_escape": {"a", "html", "uni"}, "uri_escape": {"a", "html", "uni", "'/a?b=c d&%41'"},
	"url_decode": {"'a%20b+c'", "a", "'%C3%A9'"}, "base64_decode": {"'eA=='", "'eHl6'"}, "base64_url_safe_decode": {"'eA=='", "'eA'"}, "strip_index": {"'/x/index.html'", "'/index.htm'", "a", "e"},
	"relative_url": {"'/a b'", "'x'", "a", "e", "'https://x.y'", "'/é?a=1#b c'", "n", "i"}, "absolute_url": {"'/a b'", "'x'", "a", "e", "'https://x.y'", "n"},
}

func (g *grammar) expr() string {
	switch g.Intn(12) {
	case 0, 1, 2, 3:
		return someNames[g.Intn(len(someNames))]
	case 4, 5:
		return someTexts[g.Intn(len(someTexts))]
	case 6:
		return g.of("0", "1", "2", "5", "-1", "3.5", "-0.5", "100", "1.0")
	case 7:
		return g.of("h.k", "h['two']", "h[key]", "h.size", "l.first", "l.last", "l[0]", "l[-1]", "l[i]", "items[0].name", "items.first.in.deep", "items.last.tags[0]", "pairs.a.w", "a.size", "l.size",
			"nest[0][1][0]", "page.title", "page.tags.size", "h[3]", "h.nope.x", "n.x", "time.year", "forloop.last", "it.name", "include.x", "x[0]", "h.first", "i.size", "['a']", "[key]", "h.[key]", "a-b", "a.b?", "mixed[4]", "nums.first.size")
	case 8:
		return g.of("(1..3)", "(i..9)", "(1..l.size)", "(3..1)", "(a..b)", "('1'..num)", "(1 .. 2)", "(1.5..3)")
	default:
		return someNames[g.Intn(40)]
	}
}

func (g *grammar) filter() string {
	name := someFilters[g.Intn(len(someFilters))]
	return " | " + name + g.args(name)
}

func (g *grammar) args(name string) string {
	if list := usual[name]; list != nil && g.Intn(8) > 0 {
		if a := list[g.Intn(len(list))]; a != "" {
			return ": " + a
		}
		return ""
	}
	if usual[name] == nil && g.Intn(10) > 0 {
		return ""
	}
	f := allFilters[name]
	n := f.Min + g.Intn(f.Max-f.Min+1)
	if g.Intn(20) == 0 {
		n = g.Intn(4)
	}
	if n == 0 {
		return ""
	}
	var args []string
	for range n {
		args = append(args, g.expr())
	}
	return g.of(": ", ":", " : ") + strings.Join(args, g.of(", ", ",", " , "))
}

// filtered is an expression with filters.
func (g *grammar) filtered() string {
	s := g.expr()
	n := g.Intn(4)
	if n > 0 && g.Intn(3) > 0 {
		name := someFilters[g.Intn(len(someFilters))]
		if list := fits[name]; list != nil {
			s = list[g.Intn(len(list))]
		}
		s += " | " + name + g.args(name)
		n--
	}
	for ; n > 0; n-- {
		s += g.filter()
	}
	return s
}

func (g *grammar) condition() string {
	s := g.expr()
	for n := g.Intn(3); n >= 0; n-- {
		switch g.Intn(5) {
		case 0, 1, 2:
			s += " " + g.of("==", "!=", "<", ">", "<=", ">=", "contains", "<>", "==", "contains") + " " + g.expr()
		}
		if n > 0 {
			s += " " + g.of("and", "or") + " " + g.expr()
		}
	}
	return s
}

func (g *grammar) tag(name, markup string) string {
	open, end := "{% ", " %}"
	switch g.Intn(8) {
	case 0:
		open = "{%- "
	case 1:
		end = " -%}"
	case 2:
		open, end = "{%", "%}"
	case 3:
		open, end = "{%-", "-%}"
	}
	if markup != "" {
		name += " " + markup
	}
	return open + name + end
}

func (g *grammar) end(name string) string { return g.tag("end"+name, "") }

func (g *grammar) block() string {
	if g.depth > 3 {
		return "."
	}
	g.depth++
	defer func() { g.depth-- }()
	var b strings.Builder
	for n := g.Intn(3); n >= 0; n-- {
		b.WriteString(g.node())
	}
	return b.String()
}

func (g *grammar) node() string {
	switch g.Intn(24) {
	case 0, 1, 2:
		return g.of("a", " ", "\n", " x ", "é\n", "  \n", "}", "{ ", "<p>", "% }", "\r\n\t")
	case 3, 4, 5, 6, 7, 8:
		return g.of("{{ ", "{{", "{{- ") + g.filtered() + g.of(" }}", "}}", " -}}")
	case 9, 10:
		return g.tag("assign", g.of("x", "v", "made", "q", "a.b", "it")+g.of(" = ", "=", " =")+g.filtered())
	case 11:
		return g.tag("capture", g.of("x", "v", "'q'")) + g.block() + g.end("capture")
	case 12, 13:
		s := g.tag("if", g.condition()) + g.block()
		for n := g.Intn(3); n > 0; n-- {
			s += g.tag("elsif", g.condition()) + g.block()
		}
		if g.Intn(2) == 0 {
			s += g.tag("else", "") + g.block()
		}
		return s + g.end("if")
	case 14:
		s := g.tag("unless", g.condition()) + g.block()
		if g.Intn(2) == 0 {
			s += g.tag(g.of("else", "elsif "+g.expr()), "") + g.block()
		}
		return s + g.end("unless")
	case 15:
		s := g.tag("case", g.expr()) + g.of("", " ", "\n")
		for n := g.Intn(3); n >= 0; n-- {
			s += g.tag("when", g.expr()+g.of("", ", "+g.expr(), " or "+g.expr())) + g.block()
		}
		if g.Intn(2) == 0 {
			s += g.tag("else", "") + g.block()
		}
		return s + g.end("case")
	case 16, 17:
		s := g.tag("for", g.of("it", "x", "v")+" in "+g.expr()+g.of("", "", " reversed")+g.of("", "", " limit: 2", " limit:i", " limit: a")+g.of("", "", " offset: 1", " offset:continue", " offset: num")+g.of("", " reversed")) + g.block()
		if g.Intn(3) == 0 {
			s += g.tag(g.of("break", "continue"), "") + "z"
		}
		if g.Intn(3) == 0 {
			s += g.tag("else", "") + g.block()
		}
		return s + g.end("for")
	case 18:
		return g.tag("tablerow", "it in "+g.expr()+g.of("", " cols:2", " cols: 3 limit: 4", " offset: 1", " limit: 2, cols: 1")) + g.block() + g.end("tablerow")
	case 19:
		return g.of(g.tag("cycle", g.of("'a', 'b'", "a, 'b', i", "'g': 1, 2", "key: 'x', 'y'", "1,2,3", "a, i", "1, a", "1, nil, 2", "null")), g.tag("increment", g.of("c", "d")), g.tag("decrement", g.of("c", "d")),
			g.tag("echo", g.filtered()), g.tag("#", "note"), g.tag("break", ""), g.tag("ifchanged", "")+g.block()+g.end("ifchanged"))
	case 20:
		return g.of(g.tag("raw", "")+g.of("{{ a }}", "{% if %}", " {{", "x")+"{% endraw %}", g.tag("comment", "")+g.block()+g.end("comment"),
			"{% liquid\n assign x = "+g.filtered()+"\n echo x\n if "+g.condition()+"\n echo 'y'\n endif %}", g.tag(g.of("echo a", "echo", "echo l", "echo i", "echo x", "unknown"), ""), g.tag("highlight", g.of("ruby", "c++ linenos"))+g.block()+g.end("highlight"))
	case 21:
		return g.tag("include_relative", g.of("near.md", "near.md", "/near.md x=i", "near.md x='1'  y=\"2\"", "no.md"))
	case 22:
		return g.tag(g.of("include", "include", "include_cached"), g.of("a.html", "b.html", "plain.html", "deep/c.html", "list.html", "/a.html", "{{ page.title | downcase }}.html", "a.html", "a.html", "b.html", "list.html", "plain.html", "{{ page.title | prepend: include.x }}.html", "no.html")+
			g.of("", " x="+g.of(someNames[g.Intn(len(someNames))], "'q'", `"d \"e\""`, "page.title", "1", "h.k"), " x='1' y="+g.of("a", "l", "include.x", `"z"`), " of=l", " stop=true", " x = 'sp'  y='t'"))
	}
	return g.of(g.tag("link", g.of("about.md", "sub/a.md", "plain.txt", "/plain.txt", "no.md", "{{ n }}about.md")), g.tag("post_url", g.of("2026-01-02-one", "2026-01-03-Two-2", "in/2026-02-03-in", "2026-03-04-cat", "cat/2026-03-04-cat", "2026-01-02-one", "/2026-01-02-one", "2020-01-01-no")),
		g.of("}}", "%}", "{{ a }}", "{{ }}"), "{{ x | "+g.of("upcase", "nope", "size: 1")+" }}")
}

// spoil puts something into a template, or takes something out.
func (g *grammar) spoil(s string) string {
	for n := g.Intn(3); n > 0 && s != ""; n-- {
		at := g.Intn(len(s))
		switch g.Intn(3) {
		case 0:
			s = s[:at] + s[at+1:]
		default:
			s = s[:at] + g.of(" ", "|", ":", ",", "'", `"`, ".", "-", "=", "[", "]", "(", ")", "{", "}", "%", "!", "and", " or ", "x", "0", "&", "\n", "..", "#", "é") + s[at:]
		}
	}
	return strings.ToValidUTF8(s, "?")
}

func (g *grammar) template() string {
	var b strings.Builder
	for n := g.Intn(4); n >= 0; n-- {
		b.WriteString(g.node())
	}
	if g.Intn(4) == 0 {
		return g.spoil(b.String())
	}
	return b.String()
}

// TestDifferential renders templates made by chance here and with Ruby's
// Jekyll. GALLEY_DIFFERENTIAL sets how many (300 otherwise),
// GALLEY_DIFFERENTIAL_SEED which. With GALLEY_JEKYLL3 the reference is to be
// Jekyll 3.10 with Liquid 4.0.4, which RUBYLIB has to name.
func TestDifferential(t *testing.T) {
	reference := startReference(t)
	count, seed := 300, int64(1)
	if n, err := strconv.Atoi(os.Getenv("GALLEY_DIFFERENTIAL")); err == nil {
		count = n
	}
	if n, err := strconv.ParseInt(os.Getenv("GALLEY_DIFFERENTIAL_SEED"), 10, 64); err == nil {
		seed = n
	}
	g := &grammar{Rand: rand.New(rand.NewSource(seed))}
	modes := map[string]*liquid.Config{"warn": testConfig(liquid.Warn), "lax": testConfig(liquid.Lax), "strict": testConfig(liquid.Strict)}
	modes["warn!"] = testConfig(liquid.Warn)
	modes["warn!"].StrictFilters, modes["warn!"].StrictVariables = true, true
	for _, config := range modes {
		config.Liquid4 = os.Getenv("GALLEY_JEKYLL3") != ""
	}
	failed, different := 0, 0
	for range count {
		mode := "warn"
		if g.Intn(6) == 0 {
			mode = g.of("lax", "strict", "warn!")
		}
		differs := func(s string) (string, bool) {
			want := reference.render(t, mode, s)
			got, err := renderTest(modes[mode], s, &liquid.Env{Globals: liquid.Names{Map: testValues()}, Now: time.Now()})
			switch {
			case err != nil && want[0] == '!':
				return "", false
			case err != nil:
				got = "!" + err.Error()
			default:
				got = "=" + got
			}
			return fmt.Sprintf("got:  %q\nwant: %q", got, want), got != want && !explained(got, want)
		}
		s := g.template()
		report, bad := differs(s)
		if report == "" {
			failed++
		}
		if !bad {
			continue
		}
		if different++; different <= 25 {
			small := minimise(s, func(s string) bool { _, bad := differs(s); return bad })
			report, _ = differs(small)
			t.Logf("%s %s\n%s", mode, small, report)
		}
	}
	t.Logf("%d templates, %d differ (%.2f %%), %d end the build", count, different, 100*float64(different)/float64(count), failed)
	if different > count/500 {
		t.Errorf("more than 0.2 %% of the templates differ")
	}
}

// rangeAsKey is what only a range leads to that is taken for a property's name.
var rangeAsKey = regexp.MustCompile(`cannot select the property '-?\d+\.\.-?\d+'`)

// explained are differences that are left alone: what Ruby makes of bytes that
// are no text, the addresses of its objects, list[(1..2)] by a filter, and
// posts that are named by a regular expression.
func explained(got, want string) bool {
	return !utf8.ValidString(got) || !utf8.ValidString(want) || strings.HasPrefix(want, "!Encoding::") || strings.Contains(want, "RegexpError") ||
		strings.Contains(strings.ToLower(want), "methodliteral:0x") || rangeAsKey.MatchString(got)
}

// minimise makes a text smaller while it stays bad.
func minimise(s string, bad func(string) bool) string {
	for changed := true; changed; {
		changed = false
		for size := len(s) / 2; size >= 1; size /= 2 {
			for i := 0; i+size <= len(s); {
				shorter := s[:i] + s[i+size:]
				if strings.ToValidUTF8(shorter, "") == shorter && bad(shorter) {
					s, changed = shorter, true
				} else {
					i += size
				}
			}
		}
	}
	return s
}

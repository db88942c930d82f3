package mail

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

const address = "https://news.example/2026/20260816"

// mustMake makes a mail of content in our own layout.
func mustMake(t *testing.T, content string, change func(*Post)) Mail {
	t.Helper()
	p := Post{Subject: "News: Week Ending August 16", Preview: "Gauges and queues", Title: "Week Ending August 16", Site: "News", Address: address, Content: []byte(content)}
	if change != nil {
		change(&p)
	}
	m, err := Make(p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func codes(m Mail) []string {
	var list []string
	for _, f := range m.Found {
		list = append(list, f.Code)
	}
	return list
}

func TestAddresses(t *testing.T) {
	m := mustMake(t, `<p><a href="/about">a</a> <a href="#part">b</a> <a href="other">c</a> <a href="mailto:x@example.org">d</a> <a href="https://else.example/?q=1">e</a></p>
<p><img src="../assets/x.png" alt="x" srcset="/y.png 2x" loading="lazy" onerror="alert(1)"></p>`, nil)
	for _, want := range []string{
		`href="https://news.example/about"`, `href="` + address + `#part"`, `href="https://news.example/2026/other"`,
		`href="mailto:x@example.org"`, `href="https://else.example/?q=1"`, `src="https://news.example/assets/x.png"`,
	} {
		if !strings.Contains(m.HTML, want) {
			t.Errorf("without %s:\n%s", want, m.HTML)
		}
	}
	for _, not := range []string{"onerror", "srcset", "loading"} {
		if strings.Contains(m.HTML, not) {
			t.Errorf("with %s:\n%s", not, m.HTML)
		}
	}
	if !strings.Contains(m.Text, "https://news.example/about") {
		t.Error(m.Text)
	}
	if len(m.Found) > 0 {
		t.Error(m.Found)
	}
}

func TestStylesAreInline(t *testing.T) {
	m := mustMake(t, "<h2>Part</h2>", nil)
	if !strings.Contains(m.HTML, `<h2 style="`) || !strings.Contains(m.HTML, "font-size") {
		t.Error(m.HTML)
	}
	m = mustMake(t, "", func(p *Post) {
		p.HTML = []byte(`<html><head><style>.a > b { color: #123456 } @media (max-width: 400px) { .a { color: red } }</style></head><body><p class="a"><b>x</b><i><b>y</b></i></p></body></html>`)
	})
	if strings.Count(m.HTML, "#123456") != 1 || !strings.Contains(m.HTML, "@media") {
		t.Error(m.HTML)
	}
}

func TestChecks(t *testing.T) {
	for _, c := range []struct {
		what    string
		content string
		change  func(*Post)
		want    []string
	}{
		{"nothing", "<p>x</p>", nil, nil},
		{"no subject", "<p>x</p>", func(p *Post) { p.Subject = " " }, []string{"subject-length"}},
		{"nine", "<p>x</p>", func(p *Post) { p.Subject = "ninechars" }, []string{"subject-length"}},
		{"ten", "<p>x</p>", func(p *Post) { p.Subject = "ten  chars" }, []string{"subject-length"}}, // nine in one line
		{"ten of two bytes", "<p>x</p>", func(p *Post) { p.Subject = "äöüäöüäöüä" }, nil},
		{"78", "<p>x</p>", func(p *Post) { p.Subject = strings.Repeat("é", 78) }, nil},
		{"79", "<p>x</p>", func(p *Post) { p.Subject = strings.Repeat("é", 79) }, []string{"subject-length"}},
		{"no preview", "<p>x</p>", func(p *Post) { p.Preview = "" }, []string{"preview-text"}},
		{"long preview", "<p>x</p>", func(p *Post) { p.Preview = strings.Repeat("x", 141) }, []string{"preview-text"}},
		{"data", `<p><img alt="x" src="data:image/png;base64,AAAA"></p>`, nil, []string{"data-address"}},
		{"no alt", `<p><img src="/x.png"></p>`, nil, []string{"picture-text"}},
		{"empty alt", `<p><img src="/x.png" alt=""></p>`, nil, nil},
		{"large", `<p><img src="/x.png" alt=""></p>`, func(p *Post) {
			p.PictureSize = func(a string) (int, bool) { return 2 << 20, a == "https://news.example/x.png" }
		}, []string{"picture-size"}},
		{"unknown size", `<p><img src="/x.png" alt=""></p>`, func(p *Post) { p.PictureSize = func(string) (int, bool) { return 2 << 20, false } }, nil},
		{"long", "<p>" + strings.Repeat("x", 103<<10) + "</p>", nil, []string{"size"}},
		{"no room", "<p>" + strings.Repeat("x", 90<<10) + "</p>", nil, []string{"size"}},
		{"less room", "<p>" + strings.Repeat("x", 90<<10) + "</p>", func(p *Post) { p.Room = 4 << 10 }, nil},
		{"no address", `<p><a href="http://[::1/">x</a> <a href="/100%">y</a></p>`, nil, []string{"address"}},
		{"script", "<p>x</p><script>y</script><iframe src=z></iframe>", nil, []string{"taken-out"}},
		{"sheet", "", func(p *Post) {
			p.HTML = []byte(`<html><head><link rel=stylesheet href=/a.css></head><body>x</body></html>`)
		}, []string{"style-sheet"}},
	} {
		if got := codes(mustMake(t, c.content, c.change)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

func TestHostile(t *testing.T) {
	m := mustMake(t, `<p onclick="x()"><a href=" java`+"\t"+`script:alert(1)">a</a><svg onload=x><script>1</script><a xlink:href="java`+"\t"+`script:alert(2)"><animate attributeName="href" to="javascript:alert(3)"/><set attributeName="href" to="javascript:alert(4)"/>b</a></svg><base href="https://evil.example/"><a href="/b">b</a></p><style>p{color:red}</style>`, func(p *Post) {
		p.Title, p.Subject = "<script>2</script>", "</title><script>3</script>"
	})
	for _, not := range []string{"<script", "javascript:", "onclick", "onload", "<base", "evil.example/b", "alert("} {
		if strings.Contains(strings.ToLower(m.HTML), not) {
			t.Errorf("with %s:\n%s", not, m.HTML)
		}
	}
}

// An address that cannot be read is in no mail, since a browser may read something else
// in it: the mailing service shows mails on the web, too.
func TestUnreadableAddresses(t *testing.T) {
	const script = "script:alert(1)"
	for written, want := range map[string]string{
		"java&#10;" + script: "", "java&#13;\n\t" + script: "", "&#1; java" + script: "", "vb\n" + script: "", "java&#11;" + script: "", "java&#0;" + script: "",
		"http://[::1/": "", "1:x": "", "https://x.example/a\nb": "https://x.example/ab", " /100% ": "https://news.example/100%25",
		"https://x.example/%4%%41?q=5%#%": "https://x.example/%254%25%41?q=5%25#%25", "/a b": "https://news.example/a%20b",
	} {
		m := mustMake(t, `<p><a href="`+written+`">here</a><img alt="" src="`+written+`"></p>`, nil)
		_, link, _ := strings.Cut(m.HTML, "</p>\n<p")
		_, link, _ = strings.Cut(link, "<a")
		link, picture, _ := strings.Cut(link, "<img")
		if has := strings.Contains(link, "href="); has != (want != "") || has && !strings.Contains(link, `href="`+want+`"`) {
			t.Errorf("%q: <a%s, want %q", written, link, want)
		}
		if has := strings.Contains(picture, "src="); has != (want != "") {
			t.Errorf("%q: <img%s", written, picture)
		}
	}
}

func TestPreviewComesFirst(t *testing.T) {
	m := mustMake(t, "<p>Content</p>", func(p *Post) { p.Preview = "Look <here>" })
	if i, j := strings.Index(m.HTML, "Look &lt;here&gt;"), strings.Index(m.HTML, "<h1"); i < 0 || i > j {
		t.Error(m.HTML)
	}
	if strings.Contains(m.Text, "Look") {
		t.Error("the text has it too:\n" + m.Text)
	}
}

func TestText(t *testing.T) {
	m := mustMake(t, `<h2>Part</h2><p>Some <em>words</em> and <a href="/x">a link</a>.</p><ul><li>One</li><li>Two <code>x</code><ul><li>deep</li></ul></li></ul>
<table><tr><th>harbour</th><th>gauge</th></tr><tr><td>north</td><td>3</td></tr></table><pre><code>func main() {}
	x
</code></pre><p>I-am_not*escaped*</p>`, nil)
	for _, want := range []string{"Part", "words", "a link ( https://news.example/x )", "* One", "* Two", "* deep", "north", "func main() {}", "I-am_not*escaped*"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("without %q", want)
		}
	}
	if t.Failed() {
		t.Log(m.Text)
	}
	if os.Getenv("SHOW") != "" {
		fmt.Println(m.Text, m.HTML)
	}
}

func TestNoAddress(t *testing.T) {
	for _, a := range []string{"", "/2026/x", "::"} {
		if _, err := Make(Post{Address: a}); err == nil || !strings.Contains(err.Error(), "_config.yml") {
			t.Errorf("%q: %v", a, err)
		}
	}
}

func FuzzMake(f *testing.F) {
	f.Add("<p>x</p>", "p{color:red}")
	f.Add("<table><svg><a href=javascript:x><style>", "@media{a{")
	f.Fuzz(func(t *testing.T, content, style string) {
		m, err := Make(Post{Subject: "x", Address: address, HTML: []byte("<style>" + style + "</style>" + content)})
		if err == nil && strings.Contains(strings.ToLower(m.HTML), "<script") && !strings.Contains(style, "<") {
			t.Error(m.HTML)
		}
	})
}

// A page that is far from being a mail is refused before anything of it is read, and what
// styles and tables take is bounded.
func TestMakeIsBounded(t *testing.T) {
	rep := strings.Repeat
	deep := func(n int, within string) string { return rep("<div>", n) + within + rep("</div>", n) }
	open := ""
	for i := range 450 {
		open += fmt.Sprintf("<b id=%d>", i)
	}
	for name, c := range map[string]struct{ content, refused string }{
		"not closed":        {"<p>" + open + "</p>" + rep("<p>x", 100_000), "elements that are not closed"},
		"large":             {rep("<p>a</p>", 1<<18), "its page is 2048 KB large"},
		"rules":             {"<style>" + rep("p{color:red}", 20_000) + "</style>" + rep("<p>", 30_000), "too many rules"},
		"selectors":         {"<style>" + rep("p,", 20_000) + "p{color:red}</style>" + rep("<p>", 30_000), "too many rules"},
		"descendants":       {"<style>.none div div div div div div{color:red}</style>" + deep(400, "a"), "too many rules"},
		"in a medium":       {"<style>@media all{.none div div div div div div{color:red}}</style>" + deep(400, "a"), "too many rules"},
		"siblings":          {"<style>.none~p~p~p{color:red}</style>" + rep("<p>", 20_000), "too many rules"},
		"places":            {"<style>p:nth-last-child(2n){color:red}</style>" + rep("<p>", 50_000), "too many rules"},
		"words":             {"<style>p:has(i):contains(x){color:red}</style>" + rep("<p>", 50_000), "too many rules"},
		"a wide table":      {"<table><tr>" + rep("<td>a", 100_000), ""},
		"a newsletter's":    {"<style>" + rep("table td > p a, h2 + ul li:first-child {color:red}", 100) + "</style>" + rep("<table><tr><td><p>One <a href=/x>two</a></p><ul><li>three</li></ul></td></tr></table>", 300), ""},
		"a framework's":     {"<style>" + rep(".a .b .c{color:red}", 1500) + "</style>" + rep(deep(12, "<p>a</p>"), 100), ""},
		"many small styles": {rep("<style>p{color:red}</style>", 100) + "<p>a</p>", ""},
	} {
		start := time.Now()
		_, err := Make(Post{Subject: "A subject", Title: "x", Address: "https://example.org/a", Content: []byte(c.content)})
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: it took %v", name, took)
		}
		if c.refused == "" && err != nil || c.refused != "" && (err == nil || !strings.Contains(err.Error(), c.refused)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Making a mail ends when it is told to.
func TestMakeStops(t *testing.T) {
	over := errors.New("over")
	for n := range 4 {
		asked := 0
		_, err := Make(Post{Subject: "A subject", Address: "https://example.org/a", Content: []byte("<p>a</p>"), Stop: func() error {
			if asked++; asked > n {
				return over
			}
			return nil
		}})
		if n < 3 && !errors.Is(err, over) || n == 3 && err != nil {
			t.Errorf("asked %d times, it ends with %v", n, err)
		}
	}
}

package server

import (
	"strings"
	"testing"
	"time"

	nethtml "golang.org/x/net/html"
)

func TestWithoutRefresh(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{`<p>a`, `<p>a`},
		{`<meta http-equiv="refresh" content="0">b`, `<meta http-equiv="refresh">b`},
		{`<META HTTP-EQUIV=ReFresh CONTENT='4;url=http://e.org'><p>`, `<meta http-equiv="ReFresh"><p>`},
		{"<meta\ncontent=0\fhttp-equiv=' refresh '/>", `<meta http-equiv=" refresh "/>`},
		{`<meta/content="0"/http-equiv="&#82;efre&#x73;h">`, `<meta http-equiv="Refresh">`},
		{`<meta http-equiv=refresh http-equiv=x content=0 content=1 id="a&quot;b">`, `<meta http-equiv="refresh" id="a&#34;b">`},
		{`<noscript><meta http-equiv=refresh content=0></noscript>`, `<noscript><meta http-equiv="refresh"></noscript>`},
		{`<svg><style><meta http-equiv=refresh content=0>`, `<svg><style><meta http-equiv="refresh">`},
		{`<svg><![CDATA[<a b="]]><meta http-equiv=refresh content=0>">`, `<svg><![CDATA[<a b="]]><meta http-equiv="refresh">">`},
		{`<select><xmp></select><meta http-equiv=refresh content=0>`, `<select><xmp></select><meta http-equiv="refresh">`},
		{`<a b="<meta c='"><meta http-equiv=refresh content=0>'>`, `<a b="<meta c='"><meta http-equiv="refresh">'>`},
		{`<meta charset="utf-8"><meta name=description content="refresh">`, `<meta charset="utf-8"><meta name=description content="refresh">`},
		{`<metal http-equiv=refresh content=0><meta`, `<metal http-equiv=refresh content=0><meta`},
		{`<meta http-equiv=refresh content=0`, `<meta http-equiv=refresh content=0`},
	} {
		if got := string(withoutRefresh([]byte(c.page))); got != c.want {
			t.Errorf("%s becomes %s, not %s", c.page, got, c.want)
		}
	}
}

func TestWithoutRefreshProportional(t *testing.T) {
	for _, page := range []string{strings.Repeat("<meta ", 1<<18), strings.Repeat("<meta ", 1<<18) + ">" + strings.Repeat("<meta http-equiv=refresh content=0>", 9)} {
		start := time.Now()
		got := withoutRefresh([]byte(page))
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("it took %v", took)
		}
		if refreshes(t, string(got)) > 0 {
			t.Error("a refresh is left")
		}
	}
}

func FuzzWithoutRefresh(f *testing.F) {
	f.Add(`<svg><style><meta http-equiv=refresh content=0></style><meta http-equiv="&#82;efresh" content=1>`)
	f.Add(`<!-- <meta http-equiv=refresh --><meta <meta content=0 http-equiv=refresh '>">`)
	f.Fuzz(func(t *testing.T, page string) {
		got := withoutRefresh([]byte(page))
		if refreshes(t, string(got)) > 0 {
			t.Errorf("%q becomes %q", page, got)
		}
	})
}

// refreshes counts the elements of a page that lead it away.
func refreshes(t *testing.T, page string) int {
	t.Helper()
	root, err := nethtml.Parse(strings.NewReader(page))
	if err != nil {
		return 0 // too deep for this reader
	}
	count := 0
	for n := range root.Descendants() {
		has := map[string]string{}
		for _, a := range n.Attr {
			if _, twice := has[a.Key]; !twice {
				has[a.Key] = a.Val
			}
		}
		if _, ok := has["content"]; ok && n.Type == nethtml.ElementNode && n.Data == "meta" && strings.EqualFold(strings.TrimSpace(has["http-equiv"]), "refresh") {
			count++
		}
	}
	return count
}

package server_test

import (
	"regexp"
	"strings"
	"testing"

	"galley/internal/forge"
)

var patcher = regexp.MustCompile(`<script nonce="[\w-]{22}">document\.documentElement\.dataset\.patched = "yes"; document\.currentScript\.remove\(\)</script>`)

// Where the patcher goes, for templates of all kinds. "@" marks the place.
func TestPatcherPlace(t *testing.T) {
	for name, template := range map[string]string{
		"usual":                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>@\n<title>x</title></head><body>{{.Content}}</body></html>",
		"attributes":           "<html><head data-a=\"<head>\" prefix='og: x'>@<title>x</title></head><body>{{.Content}}</body></html>",
		"capitals":             "<HTML><HEAD>@</HEAD><BODY>{{.Content}}</BODY></HTML>",
		"no head":              "<!doctype html><title>x</title>{{.Content}}@",
		"head in the body":     "<body><p>x</p><head></head>{{.Content}}</body>@",
		"head in an attribute": "<html data-x='<head>'><body>{{.Content}}</body></html>@",
		"head in a script":     "<html><script>'<head>'</script><head></head><body>{{.Content}}</body></html>@",
		"header":               "<html><header>x</header>{{.Content}}</html>@",
		"text before":          "x<html><head></head>{{.Content}}</html>@",
		"content alone":        "{{.Content}}@",
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.forge.branches["main"]["templates/post.html"] = []byte(strings.ReplaceAll(template, "@", ""))
			b.forge.branches["main"]["_posts/2026-01-01-x.md"] = []byte("---\nlayout: post\n---\n<html><head>\n")
			body := text(t, b.do("GET", "/frame?path=_posts/2026-01-01-x.md", ""))
			if n := len(patcher.FindAllString(body, -1)); n != 1 {
				t.Fatalf("the patcher is there %d times: %s", n, body)
			}
			got := patcher.ReplaceAllString(body, "@")
			before, _, _ := strings.Cut(template, "@")
			before, _, _ = strings.Cut(before, "{{.Content}}")
			atEnd := strings.HasSuffix(template, "@")
			if atEnd && !strings.HasSuffix(got, "@") || !atEnd && !strings.HasPrefix(got, before+"@") {
				t.Errorf("%s", got)
			}
		})
	}
}

// The page without the patcher is the page that the site has.
func TestFrameIsThePage(t *testing.T) {
	b := newBench(t)
	// With code: the server has the lexers, the preview gets them as data.
	const path = "_posts/2026-03-22-update.md"
	b.forge.branches["main"][path] = append(b.forge.branches["main"][path], "\n```go\nfunc main() { return nil }\n```\n\n```php\n<?php echo 1; ?>\n```\n"...)
	body := text(t, b.do("GET", "/frame?path="+path, ""))
	res := b.post("/api/preview", map[string]string{"branch": "main", "path": path, "text": string(b.forge.branches["main"][path])})
	var a struct{ Patch struct{ HTML string } }
	decode(t, text(t, res), &a)
	if got := patcher.ReplaceAllString(body, ""); got != a.Patch.HTML || !strings.Contains(got, `<span class="`) {
		t.Errorf("the frame and the preview are two pages:\n%s\n%s", got, a.Patch.HTML)
	}
}

// A frame whose text is still to come has a document's type, on a site that gives a text
// none by itself, too: browsers go on with the rules that they began with.
func TestFrameOfNoText(t *testing.T) {
	b := newBenchOver(t, newFake(map[string]string{
		"_config.yml":               "title: x\n",
		"_layouts/post.html":        "<!DOCTYPE html><html><head></head><body>{{ content }}</body></html>",
		"_posts/2026-01-01-bare.md": "---\nlayout: none\n---\nBare.\n",
	}))
	for target, typed := range map[string]bool{"/frame": true, "/frame/posts/x.html?branch=main&mode=standard": true, "/frame?mode=quirks": false, "/frame?path=_posts/2030-01-01-not-yet.md": true, "/frame?path=_posts/2026-01-01-bare.md": false} {
		if body := text(t, b.do("GET", target, "")); strings.HasPrefix(body, "<!DOCTYPE html>\n<html><head><script") != typed {
			t.Errorf("%s: %s", target, body)
		}
	}
}

// Nonces are new for each answer, and in its policy.
func TestNonces(t *testing.T) {
	b := newBench(t)
	seen := map[string]bool{}
	for _, target := range []string{"/", "/edit?x", "/pulls/7", "/frame", "/frame?path=_posts/2026-01-11-update.md", "/"} {
		res := b.do("GET", target, "")
		body := text(t, res)
		nonce := regexp.MustCompile(`nonce="([\w-]{22})"`).FindStringSubmatch(body)
		if nonce == nil || seen[nonce[1]] {
			t.Errorf("%s: no new nonce in %s", target, body)
			continue
		}
		seen[nonce[1]] = true
		if policy := strings.Join(res.Header.Values("Content-Security-Policy"), ", "); !strings.Contains(policy, "'nonce-"+nonce[1]+"'") {
			t.Errorf("%s: the nonce is not in the policy %s", target, policy)
		}
		if strings.Contains(body, "{{NONCE}}") || res.Header.Get("ETag") != "" {
			t.Errorf("%s: %s", target, body)
		}
	}
}

// Where the page cannot be rendered, the patcher comes with a sentence, and
// under the same policy.
func TestFrameFails(t *testing.T) {
	b := newBench(t)
	check := func(target string, status int) {
		t.Helper()
		res := b.do("GET", target, "")
		body := text(t, res)
		if res.StatusCode != status || !patcher.MatchString(body) || !strings.HasPrefix(res.Header.Get("Content-Security-Policy"), "sandbox allow-scripts;") || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %v %s", target, res.StatusCode, res.Header, body)
		}
	}
	check("/frame?branch=nowhere", 404)
	check("/frame?branch=a..b", 400)
	check("/frame?path=_config.yml", 404)
	check("/frame?path=../../etc/passwd", 404)
	check("/frame?path=_posts/2030-01-01-not-yet.md", 200)
	check("/frame", 200)
	res := b.do("GET", "/frame?branch="+`%3Cscript%3E`, "")
	if body := text(t, res); strings.Contains(body, "<script>") {
		t.Error(body)
	}
	b.forge.spoil = func(string) error { return &forge.Error{Kind: forge.ErrUnauthorized} }
	check("/frame", 401)
}

// With a post, the bundle has the lexers that the post's code wants, and no
// others: the browser's first page is then coloured like the server's.
func TestBundleLexers(t *testing.T) {
	b := newBench(t)
	const path = "_posts/2026-03-22-update.md"
	b.forge.branches["main"][path] = append(b.forge.branches["main"][path], "\n```go\nfunc main() { return nil }\n```\n\n```nonsense\nx\n```\n"...)
	var bundle struct{ Lexers map[string]string }
	decode(t, text(t, b.do("GET", "/api/bundle?path="+path, "")), &bundle)
	if len(bundle.Lexers) != 1 || !strings.Contains(bundle.Lexers["go"], "<lexer>") {
		t.Errorf("%v", bundle.Lexers)
	}
}

// A page that has something loaded by a relative address is at its own, where such
// an address leads to the site's file.
func TestRelativeAddresses(t *testing.T) {
	for body, relative := range map[string]bool{
		"![](pic.png)": true, "![](../pic.png)": true, "![](/pic.png)": false, "[link](pic.png)": false, "![](https://elsewhere.example/pic.png)": false,
		"<img srcset='a.png 1x'>": true, "<p style=\"background: url( 'a.png')\">x</p>": true, "<p style=\"background: url(/a.png)\">x</p>": false,
		"<style>p { background: url(data:,) }</style>": false, "<style>p { background: url(a.png) }</style>": true, "<link href='own.css'>": true,
		"<img src=''> <img src='#a'> <img src='?b'> <img src='//c.example/d'>": false,
	} {
		b := newBench(t)
		b.forge.branches["main"]["_posts/2026-01-01-x.md"] = []byte("---\nlayout: post\npermalink: /2026/s%C3%BC-d/x.html\n---\n\n" + body + "\n")
		res := b.do("GET", "/frame?branch=main&path=_posts/2026-01-01-x.md", "")
		to := res.Header.Get("Location")
		if relative != (res.StatusCode == 307) || relative && !strings.HasPrefix(to, "/frame/2026/s%C3%BC-d/x.html?branch=main&") {
			t.Errorf("%s: %d %s", body, res.StatusCode, to)
		}
		if relative {
			if got := text(t, b.do("GET", to, "")); !patcher.MatchString(got) {
				t.Errorf("%s: %s", body, got)
			}
		}
	}
	b := newBench(t)
	b.forge.branches["main"]["2026/pic.png"] = []byte("pixels")
	if res := b.do("GET", "/frame/2026/pic.png", ""); text(t, res) != "pixels" || !strings.HasPrefix(res.Header.Get("Content-Security-Policy"), "sandbox;") {
		t.Errorf("the site's file: %d %v", res.StatusCode, res.Header)
	}
	for _, address := range []string{"/frame/2026/other.png", "/frame/_config.yml", "/frame/api/site", "/frame/"} {
		if res := b.do("GET", address, ""); res.StatusCode != 404 {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
	}
}

// Whatever a post has, its document in the frame leads nowhere.
func TestFrameWithoutRefresh(t *testing.T) {
	const path = "_posts/2026-08-09-refresh.md"
	b := newBench(t)
	b.forge.branches["main"][path] = []byte("---\ntitle: a\n---\nBEFORE\n\n<meta http-equiv=\"refresh\" content=\"0\">\n\nAFTER\n")
	body := text(t, b.do("GET", "/frame?path="+path, ""))
	if !strings.Contains(body, `<meta http-equiv="refresh"/>`) {
		t.Errorf("the frame has %s", body)
	}
}

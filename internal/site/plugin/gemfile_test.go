package plugin

import (
	"strings"
	"testing"
)

func TestGemfilePlugins(t *testing.T) {
	got := strings.Join(OfGemfile("source 'x'\ngem \"jekyll\"\ngroup :jekyll_plugins do\n  gem \"jekyll-feed\", \"~> 0.1\"\n  gem('jemoji')\nend\ngem 'jekyll-gist', group: :jekyll_plugins\ngem 'jekyll-other'\n"), " ")
	if got != "jekyll-feed jemoji jekyll-gist" {
		t.Errorf("got %q", got)
	}
}
